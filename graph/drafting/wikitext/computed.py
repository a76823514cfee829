"""Templates whose text is made of their arguments: dates, measures, coordinates, identifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from graph.drafting.wikitext.ages import UNITS, duration
from graph.drafting.wikitext.position import from_coord

Arguments = Sequence[str]
Named = Mapping[str, str]
_Shown = Callable[[Arguments, Named], str | None]

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS: Final = MappingProxyType(
    {
        "acre": "acres",
        "C": "°C",
        "F": "°F",
        "ft": "feet",
        "ha": "hectares",
        "in": "inches",
        "lb": "pounds",
        "LT": "long tons",
        "mi": "miles",
        "nmi": "nautical miles",
        "sqkm": "km2",
        "sqmi": "square miles",
        "ST": "short tons",
        "t": "tonnes",
        "yd": "yards",
    }
)
_BETWEEN: Final = MappingProxyType(
    {
        "to": " to ",
        "-": "\N{EN DASH}",
        "\N{EN DASH}": "\N{EN DASH}",
        "and": " and ",
        "or": " or ",
        "by": " by ",
        "x": " \N{MULTIPLICATION SIGN} ",
    }
)
"""What may stand between two measures of one unit."""
_LONGEST: Final = 30
"""Digits of a number that is grouped; no count has so many."""


def _circa(given: Arguments, _named: Named) -> str | None:
    return " \N{EN DASH} ".join(f"c. {one}" for one in given if one) or "c."


def _prefixed(prefix: str) -> _Shown:
    return lambda given, _named: f"{prefix} {given[0]}" if given else prefix


def _grouped(number: str) -> str:
    whole, point, rest = number.replace(",", "").partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdecimal() and len(whole) < _LONGEST else number


def _convert(given: Arguments, _named: Named) -> str | None:
    """Return the measure that the text gives; what it is converted to is no word of the article."""
    match given:
        case [first, between, second, unit, *_] if between in _BETWEEN:
            return f"{_grouped(first)}{_BETWEEN[between]}{_grouped(second)} {_UNITS.get(unit, unit)}"
        case [number, unit, *_]:
            return f"{_grouped(number)} {_UNITS.get(unit, unit)}"
    return None


def _fraction(given: Arguments, _named: Named) -> str | None:
    slash = "\N{FRACTION SLASH}"
    match given:
        case [below]:
            return f"1{slash}{below}"
        case [above, below]:
            return f"{above}{slash}{below}"
        case [whole, above, below, *_]:
            return f"{whole} {above}{slash}{below}"
    return None


def _date(given: Arguments, named: Named) -> str | None:
    day_first = named.get("df", "").lower() in {"y", "yes"}
    match [one for one in given[:3] if one]:
        case [year, month, day] if (name := _month(month)) and day.isdecimal():
            return f"{int(day)} {name} {year}" if day_first else f"{name} {int(day)}, {year}"
        case [year, month] if name := _month(month):
            return f"{name} {year}"
        case [written]:
            return written
    return None


def _month(number: str) -> str | None:
    return _MONTHS[int(number) - 1] if number.isdecimal() and 1 <= int(number[:3]) <= len(_MONTHS) else None


def _dates(given: Arguments, named: Named) -> str | None:
    first, last = _date(given[:3], named), _date(given[3:6], named)
    return f"{first} \N{EN DASH} {last}" if first and last else None


def _old_style(given: Arguments, _named: Named) -> str | None:
    match given:
        case [new, year, old, *_] if year:
            return f"{new} [O.S. {old}] {year}"
        case [new, _, old, *_] | [new, old]:
            return f"{new} [O.S. {old}]"
    return None


def _old_style_years(given: Arguments, _named: Named) -> str | None:
    match given:
        case [new, year, old, *_]:
            return f"{new} {year} [O.S. {old}]"
    return None


def _coord(given: Arguments, _named: Named) -> str | None:
    return from_coord(given)


def _number(given: Arguments, _named: Named) -> str | None:
    return _grouped(given[0]) if given else None


_IDENTIFIERS: Final = ("ISBN", "ISSN", "OCLC", "JSTOR", "LCCN", "PMID", "ASIN", "Bibcode")
COMPUTED: Final = MappingProxyType[str, _Shown](
    {
        **dict.fromkeys(("circa", "c.", "ca", "ca.", "c"), _circa),
        **dict.fromkeys(("floruit", "fl."), _prefixed("fl.")),
        **{name.lower(): _prefixed(name) for name in _IDENTIFIERS},
        **dict.fromkeys(("isbnt", "isbn link"), _prefixed("ISBN")),
        "doi": _prefixed("doi:"),
        **dict.fromkeys(("convert", "cvt"), _convert),
        **dict.fromkeys(("frac", "fraction", "sfrac"), _fraction),
        **dict.fromkeys(("start date", "end date", "dts", "start date and age", "end date and age"), _date),
        **dict.fromkeys(("start and end dates", "start and end date"), _dates),
        **dict.fromkeys(("oldstyledate", "old style date", "oldstyledateny", "oldstyledatenoyear"), _old_style),
        **dict.fromkeys(("oldstyledatedy", "old style date dy"), _old_style_years),
        **dict.fromkeys(("coord", "coords"), _coord),
        **dict.fromkeys(("formatnum", "number", "num", "val", "nts", "gaps"), _number),
        **{name: partial(duration, units) for name, units in UNITS.items()},
    }
)
"""What each shows, of the visible text of its arguments; None where that cannot be told."""
