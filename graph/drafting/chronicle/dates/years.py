"""Years, decades and centuries, with their eras; and what a date has of its own, before others lend it more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.chronicle.dates.tokens import Kind, Token
from graph.drafting.chronicle.dates.words import ANNO_DOMINI, BEFORE_CHRIST, DAYTIMES, RANGE_WORDS

_MOST_DIGITS: Final = 4
_LEAST_DIGITS: Final = 3
"""A number of fewer digits is a year only beside an era or as the end of a stretch of years."""
_AFTER_YEARS: Final = DAYTIMES | RANGE_WORDS | {"or", "and"}
"""Words that may follow a year that stands alone; before any other, the number counts something: "300 men"."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """The parts of a date that are written out."""

    day: int | None = None
    month: int | None = None
    season: int | None = None
    year: int | None = None
    """As it is written: 31 of "31 BC"."""
    era: str | None = None
    """"BC" or "AD" where it is written."""
    bare: str | None = None
    """The digits of a number that its neighbours tell to be a day or a year: "19" of "19-20 September"."""
    span: int = 1
    is_approximate: bool = False
    is_uncertain: bool = False


def text_at(tokens: Sequence[Token], at: int) -> str:
    """Return the text of a token; nothing past the last one."""
    return tokens[at].text if at < len(tokens) else ""


def is_at(tokens: Sequence[Token], at: int, *kinds: Kind) -> bool:
    """Tell whether a token of one of these kinds is at a place."""
    return at < len(tokens) and tokens[at].kind in kinds


def century(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    """Return the century at a place, and the place after it."""
    if not is_at(tokens, at, Kind.ORDINAL) or text_at(tokens, at + 1) != "century":
        return None
    number, (era, end) = tokens[at].number, era_at(tokens, at + 2) or (None, at + 2)
    if number < 1:
        return None
    # EDTF writes the 13th century 12XX, and the 5th before Christ, 500 to 401, exactly as -04XX.
    year = number * 100 if era == "BC" else (number - 1) * 100
    return Fragment(year=year, era=era or "AD", span=100), end


def years(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    """Return a decade, a year, or a number that may be a year or a day, and the place after it."""
    if is_at(tokens, at, Kind.DECADE) and not era_at(tokens, at + 1):
        return Fragment(year=tokens[at].number, era="AD", span=10), at + 1
    if (found := _year(tokens, at)) is not None:
        return found
    if is_at(tokens, at, Kind.ORDINAL):
        return with_year(tokens, at + 1, Fragment(bare=str(tokens[at].number)))
    if is_at(tokens, at, Kind.NUMBER) and len(tokens[at].text) <= _MOST_DIGITS:
        if is_at(tokens, at + 1, Kind.WORD) and tokens[at + 1].text not in _AFTER_YEARS:
            return None
        bare = Fragment(bare=tokens[at].text)
        # "1-11, 2002": a year after a comma belongs to a day before it.
        is_day = len(tokens[at].text) < _LEAST_DIGITS and text_at(tokens, at + 1) == ","
        return with_year(tokens, at + 1, bare) if is_day else (bare, at + 1)
    return None


def with_year(tokens: Sequence[Token], at: int, fragment: Fragment) -> tuple[Fragment, int]:
    """Add the year that follows, after "of" or a comma or neither, if one does."""
    after = at + (text_at(tokens, at) in {",", "of"})
    found = _year(tokens, after) or _plain_year(tokens, after)
    if found is None:
        return fragment, at
    return replace(fragment, year=found[0].year, era=found[0].era), found[1]


def _year(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    """Return a year with its era: "31 BC", "AD 9"."""
    if (before := text_at(tokens, at)) in ANNO_DOMINI and is_at(tokens, at + 1, Kind.NUMBER):
        at += 1
    elif not is_at(tokens, at, Kind.NUMBER):
        return None
    if len(tokens[at].text) > _MOST_DIGITS or not (number := tokens[at].number):
        return None
    if before in ANNO_DOMINI:
        return Fragment(year=number, era="AD"), at + 1
    return (Fragment(year=number, era=era[0]), era[1]) if (era := era_at(tokens, at + 1)) else None


def _plain_year(tokens: Sequence[Token], at: int) -> tuple[Fragment, int] | None:
    if not is_at(tokens, at, Kind.NUMBER) or not _LEAST_DIGITS <= len(tokens[at].text) <= _MOST_DIGITS:
        return None
    return (Fragment(year=tokens[at].number), at + 1) if tokens[at].number else None


def era_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return the era that is named at a place, and the place after it."""
    word = text_at(tokens, at)
    if word in BEFORE_CHRIST:
        return "BC", at + 1
    return ("AD", at + 1) if word in ANNO_DOMINI else None
