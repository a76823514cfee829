"""One date as it is written, perhaps without the month or year that a neighbour lends it.

fragment = qualifier* (iso | day month | month day | month | season | century | decade | number) year? era? "?"?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.chronicle.dates.tokens import Kind, Token
from graph.drafting.chronicle.dates.words import (
    APPROXIMATE,
    DAYTIMES,
    FILLERS,
    MONTHS,
    PARTS,
    SEASONS,
    UNCERTAIN,
    WEEKDAYS,
)
from graph.drafting.chronicle.dates.years import Fragment, century, era_at, is_at, text_at, with_year, years

_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12
_DAY_DIGITS: Final = 2
_MOST_QUALIFIERS: Final = 6
_QUALIFIERS: Final = APPROXIMATE | UNCERTAIN | PARTS | FILLERS | WEEKDAYS | DAYTIMES


def read_fragment(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    """Return the date that is written at this place, and the place after it."""
    qualified, start = _qualifiers(tokens, at)
    found = (
        _iso(tokens, start)
        or _day_month(tokens, start)
        or _month_day(tokens, start)
        or _season(tokens, start)
        or century(tokens, start)
        or years(tokens, start)
    )
    if found is None:
        return None
    fragment, end = found
    if text_at(tokens, end) in DAYTIMES:
        end += 1
    is_uncertain = qualified.is_uncertain
    if text_at(tokens, end) == "?":
        is_uncertain, end = True, end + 1
    return replace(fragment, is_approximate=qualified.is_approximate, is_uncertain=is_uncertain), end


def _qualifiers(tokens: Sequence[Token], at: int) -> tuple[Fragment, int]:
    """Take "c.", "early", "the night of", "Monday," and the like."""
    found, most = Fragment(), at + _MOST_QUALIFIERS
    while (word := text_at(tokens, at)) in _QUALIFIERS and at < most:
        found = replace(
            found,
            is_approximate=found.is_approximate or word in APPROXIMATE,
            is_uncertain=found.is_uncertain or word in UNCERTAIN,
        )
        at += 1
        if (
            (text_at(tokens, at) == "." and word in APPROXIMATE | WEEKDAYS)
            or (text_at(tokens, at) == "," and word in WEEKDAYS)
            or (is_at(tokens, at, Kind.DASH) and word in PARTS)
        ):
            at += 1
    return found, at


def _iso(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    if not is_at(tokens, at, Kind.ISO):
        return None
    year, month, day = map(int, tokens[at].text.split("-"))
    return (Fragment(day, month, year=year, era="AD"), at + 1) if 1 <= month <= _LAST_MONTH and day else None


def _day_month(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    if not _is_day(tokens, at):
        return None
    after = at + 1 + (text_at(tokens, at + 1) == "of")
    if (month := MONTHS.get(text_at(tokens, after))) is None:
        return None
    return with_year(tokens, _past_stop(tokens, after), Fragment(tokens[at].number, month))


def _month_day(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    if (month := MONTHS.get(text_at(tokens, at))) is None:
        return None
    at = _past_stop(tokens, at)
    at += text_at(tokens, at) == "the" and is_at(tokens, at + 1, Kind.ORDINAL)
    if _is_day(tokens, at) and not era_at(tokens, at + 1):
        return with_year(tokens, at + 1, Fragment(tokens[at].number, month))
    return with_year(tokens, at, Fragment(month=month))


def _is_day(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number can be that of a day."""
    if is_at(tokens, at, Kind.NUMBER) and len(tokens[at].text) > _DAY_DIGITS:
        return False
    return is_at(tokens, at, Kind.NUMBER, Kind.ORDINAL) and 1 <= tokens[at].number <= _LAST_DAY


def _season(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    if (season := SEASONS.get(text_at(tokens, at))) is None:
        return None
    return with_year(tokens, at + 1, Fragment(season=season))


def _past_stop(tokens: Sequence[Token], month: int) -> int:
    """Return the place after a month and the full stop of its abbreviation."""
    return month + 1 + (text_at(tokens, month + 1) == ".")
