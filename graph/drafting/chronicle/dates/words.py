"""The words that dates are written with, in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {name: number for number, name in enumerate(_MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
SEASONS: Final[Mapping[str, int]] = MappingProxyType(
    {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
)
"""The numbers of ISO 8601-2:2019 for seasons of no named hemisphere."""

BEFORE_CHRIST: Final = frozenset({"bc", "bce"})
ANNO_DOMINI: Final = frozenset({"ad", "ce"})
CALENDARS: Final[Mapping[str, str]] = MappingProxyType(
    {"os": "Julian", "ns": "Gregorian", "julian": "Julian", "gregorian": "Gregorian"}
)
STYLES: Final[Mapping[str, str]] = MappingProxyType({"old": "Julian", "new": "Gregorian"})
"""Before "style"."""

APPROXIMATE: Final = frozenset({"c", "ca", "circa", "about", "around", "approximately", "approx", "~"})
UNCERTAIN: Final = frozenset({"possibly", "probably", "perhaps", "likely", "presumably"})
PARTS: Final = frozenset({"early", "mid", "late", "middle", "beginning", "end", "start"})
"""Parts of a month or year; EDTF has no "early", so the whole month or year is written."""
DAYTIMES: Final = frozenset({"night", "morning", "evening", "afternoon", "dawn", "dusk", "noon", "midnight"})
WEEKDAYS: Final = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
FILLERS: Final = frozenset({"the", "of", "in", "on"})
RANGE_WORDS: Final = frozenset({"to", "until", "till", "through"})
OPEN_ENDS: Final = frozenset({"present", "ongoing", "now"})
UNKNOWN_ENDS: Final = frozenset({"?", "unknown"})

DAYS_OF_UNITS: Final[Mapping[str, int | None]] = MappingProxyType(
    {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": None, "months": None, "year": None, "years": None}
)
"""How many days a unit of a duration has; months and years have no fixed number."""
_DIGITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS: Final[Mapping[str, int]] = MappingProxyType({name: number for number, name in enumerate(_DIGITS, 1)})
FEASTS: Final = frozenset({"day", "eve", "sunday", "monday", "friday", "easter", "christmas", "pentecost"})
"""Last words of the names of days."""
CLAIMS: Final = frozenset({"per", "according"})
"""First words of a label that says whose date it is, not which phase's."""
