"""Values as QuickStatements writes them, in what versions 2 and 3 read alike.

Both read a file line by line and column by column and know no escape. What one of them
would change (version 3 takes every `|` for a TAB and makes typographic double quotes
straight; both look for a summary between `/*` and `*/`) is refused here, so that nothing is
ever quoted otherwise than it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

_UNWRITABLE: Final = re.compile(r'[\x00-\x1f\x7f\u2028\u2029|“”]|/\*|\*/|^""|""$')
_LANGUAGE: Final = re.compile(r"[a-z]{2,}(?:-[a-z]+)*")
_URL: Final = re.compile(r"https?://[^\s\"<>|“”]+")
_LONGEST: Final = 1500
"""Characters that Wikibase takes in a string."""

SOME_VALUE: Final = "somevalue"
"""A value that is there and not known."""

DAY: Final = 11
MONTH: Final = 10
YEAR: Final = 9
# In older dates the calendar would have to be known.
_FIRST_DAY: Final = date(1582, 10, 15)

Snak = tuple[str, str]
"""A property and its value as QuickStatements writes it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A day between two, as a value with its precision and what bounds it more closely."""

    value: str
    bounds: tuple[Snak, ...]
    is_exact: bool


def text(value: str | None) -> str | None:
    """Return a string, None where it cannot be written as it stands."""
    words = (value or "").strip()
    return f'"{words}"' if words and len(words) <= _LONGEST and not _UNWRITABLE.search(words) else None


def monolingual(value: str, language: str | None) -> str | None:
    """Return a text with its language, None where either cannot be written."""
    words = text(value)
    return f"{language}:{words}" if words and language and _LANGUAGE.fullmatch(language) else None


def url(value: str | None) -> str | None:
    """Return an address, None where it is none of the web."""
    return f'"{value}"' if value and _URL.fullmatch(value) and "/*" not in value else None


def day(value: str | None) -> str | None:
    """Return a day of the Gregorian calendar, None where this is none.

    >>> day("2020-10-07")
    '+2020-10-07T00:00:00Z/11'
    """
    read = _read_day(value)
    return f"+{read.isoformat()}T00:00:00Z/{DAY}" if read else None


def span(earliest: str | None, latest: str | None) -> Span | None:
    """Return the value of a day that lies in these bounds, None where no precision covers it.

    >>> span("2020-10-14", "2020-10-15").value
    '+2020-10-00T00:00:00Z/10'
    """
    first, last = _read_day(earliest), _read_day(latest)
    if first is None or last is None or first > last or first.year != last.year:
        return None
    if first == last:
        return Span(f"+{first.isoformat()}T00:00:00Z/{DAY}", (), is_exact=True)
    bounds = (("P1319", day(earliest) or ""), ("P1326", day(latest) or ""))
    if first.month == last.month:
        value, is_whole = f"+{first:%Y-%m}-00T00:00:00Z/{MONTH}", first.day == 1 and _is_last_of_month(last)
    else:
        whole_year = date(first.year, 1, 1), date(first.year, 12, 31)
        value, is_whole = f"+{first:%Y}-00-00T00:00:00Z/{YEAR}", (first, last) == whole_year
    return Span(value, () if is_whole else bounds, is_exact=False)


def join(cells: Sequence[str]) -> str:
    """Return the cells as a row."""
    return "\t".join(cells)


def _read_day(value: str | None) -> date | None:
    try:
        read = date.fromisoformat(value or "")
    except ValueError:
        return None
    return read if read >= _FIRST_DAY else None


def _is_last_of_month(value: date) -> bool:
    return date.fromordinal(value.toordinal() + 1).month != value.month
