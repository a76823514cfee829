"""Days of the proleptic Gregorian calendar, before year 1 too, as numbers and in words.

Python's own dates have no year below 1. Here a day is an integer: how many days it comes
after 1 January 1970. Years are counted as XSD 1.1 and EDTF count them: 0 is 1 BCE, -489
is 490 BCE.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias

from babel import Locale
from babel.dates import format_date, format_skeleton, get_month_names

Day: TypeAlias = int
"""Days since 1 January 1970."""

LATEST_YEAR: Final = 9999
"""Years from 1 to this one are named as Babel names them, and can stand in a `datetime` attribute."""

_WRITTEN: Final = re.compile(
    r"(?P<year>-?[0-9]{4,9})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_FEBRUARY: Final = 2
_DECEMBER: Final = 12
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA: Final = 719_468
"""Days from 1 March of year 0 to 1 January 1970."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from one to another, both included."""

    first: Day
    last: Day

    @property
    def is_one_day(self) -> bool:
        """Tell whether the two are the same."""
        return self.first == self.last


def read_span(written: str) -> Span | None:
    """Return the days that an xsd:date, xsd:gYearMonth or xsd:gYear covers; None where it is none of them.

    >>> read_span("2020-10").last - read_span("2020-10").first
    30
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or (day is not None and month is not None and not 0 < day <= days_of(year, month)):
        return None
    last_month = month or _DECEMBER
    return Span(number(year, month or 1, day or 1), number(year, last_month, day or days_of(year, last_month)))


def days_of(year: int, month: int) -> int:
    """Return how many days a month has."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + (month == _FEBRUARY and is_leap)


def number(year: int, month: int, day: int) -> Day:
    """Return the number of a day.

    >>> number(1970, 1, 1), number(1969, 12, 31), number(2000, 3, 1)
    (0, -1, 11017)
    """
    # Years begin in March here, so that the leap day is the last one.
    turned = year - (month <= _FEBRUARY)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return turned * 365 + turned // 4 - turned // 100 + turned // 400 + of_year - _ERA


def parts(day: Day) -> tuple[int, int, int]:
    """Return year, month and day of the month.

    >>> parts(number(-489, 9, 12))
    (-489, 9, 12)
    """
    since = day + _ERA
    era, of_era = divmod(since, 146_097)
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    turned = (5 * of_year + 2) // 153
    month = turned + 3 if turned < 10 else turned - 9  # noqa: PLR2004  March is the first month, January the eleventh
    return era * 400 + year_of_era + (month <= _FEBRUARY), month, of_year - (153 * turned + 2) // 5 + 1


def iso(day: Day) -> str | None:
    """Return the day as HTML's `datetime` takes it, None where its year cannot stand there."""
    year, month, of_month = parts(day)
    return f"{year:04}-{month:02}-{of_month:02}" if 1 <= year <= LATEST_YEAR else None


def is_day(text: str) -> bool:
    """Tell whether it is a day as HTML's `datetime` takes it, and no other form that Python would read."""
    span = read_span(text)
    return span is not None and span.is_one_day and iso(span.first) == text


@lru_cache(maxsize=4096)
def name_day(day: Day, locale: Locale) -> str:
    """Return a day in words, `7 October 2020`; other languages than English have their own order."""
    year, month, of_month = parts(day)
    if not 1 <= year <= LATEST_YEAR:
        return f"{of_month} {get_month_names('wide', 'format', locale)[month]} {name_year(year, locale)}"
    # Babel's long form of a date in plain "en" is the American one.
    return str(format_date(date(year, month, of_month), "d MMMM y" if locale.language == "en" else "long", locale))


def name_day_before(day: Day, other: Day, locale: Locale) -> str:
    """Return a day in words, in English without the month and year that it shares with another named after it."""
    (year, month, of_month), (other_year, other_month, _) = parts(day), parts(other)
    if locale.language != "en" or year != other_year:
        return name_day(day, locale)
    if month == other_month:
        return str(of_month)
    return f"{of_month} {get_month_names('wide', 'format', locale)[month]}"


def name_short_day(day: Day, locale: Locale) -> str:
    """Return a day without its year, `7 Oct`."""
    _, month, of_month = parts(day)
    if locale.language == "en":
        return f"{of_month} {get_month_names('abbreviated', 'format', locale)[month]}"
    return str(format_skeleton("MMMd", date(2000, month, of_month), locale=locale))


def name_month(year: int, month: int, locale: Locale) -> str:
    """Return a month with its year, `October 2020`."""
    return f"{get_month_names('wide', 'stand-alone', locale)[month]} {name_year(year, locale)}"


def name_year(year: int, locale: Locale) -> str:
    """Return a year as people count it, `490 BCE` for -489."""
    if year > 0:
        return str(year)
    era = "BCE" if locale.language == "en" else locale.eras["abbreviated"][0]
    return f"{1 - year} {era}"
