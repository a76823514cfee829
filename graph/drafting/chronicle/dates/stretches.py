"""From dates joined by dashes, "to", "or" and "and" to the stretch of time that they mean.

    phrase = ("between" | "before" | "after" | "since" | "from")? fragment (joint fragment)* (joint open-end)?

What stays without a year, or would end before it begins, is no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from graph.drafting.chronicle.dates.completion import moments_of
from graph.drafting.chronicle.dates.fragments import read_fragment
from graph.drafting.chronicle.dates.moments import GREGORIAN_REFORM, JULIAN_REFORM, Moment, valid
from graph.drafting.chronicle.dates.tokens import Kind, Token
from graph.drafting.chronicle.dates.words import OPEN_ENDS, RANGE_WORDS, UNKNOWN_ENDS
from graph.drafting.chronicle.dates.years import Fragment

_MOST_FRAGMENTS: Final = 12
"""More dates in one phrase are several phrases; it bounds what is read again."""


class Shape(Enum):
    """How the dates of a phrase make up a stretch of time: the names of rules."""

    SINGLE = "date-single"
    RANGE = "date-range"
    OPEN = "date-open"
    UNENDED = "date-end-unknown"
    EITHER = "date-alternatives"
    EACH = "date-several"
    WITHIN = "date-within"
    BEFORE = "date-before"
    AFTER = "date-after"


_BEGINNING: Final = frozenset({Shape.SINGLE, Shape.RANGE, Shape.OPEN, Shape.UNENDED, Shape.EACH})


_CALENDARS_APART: Final = range(10, 14)
"""Days between the Julian and the Gregorian calendar, from 1582 until 2100."""
_JOINED: Final = MappingProxyType(
    {
        ("", "to"): Shape.RANGE,
        ("from", "to"): Shape.RANGE,
        ("", "or"): Shape.EITHER,
        ("", "/"): Shape.EITHER,
        ("", "and"): Shape.EACH,
        ("between", "and"): Shape.WITHIN,
    }
)
"""How dates are joined, after which opening word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time."""

    shape: Shape
    moments: tuple[Moment, ...]

    @property
    def edtf(self) -> str | None:
        """It in EDTF; None where that has no form for it."""
        dates = [moment.edtf for moment in self.moments]
        match self.shape:
            case Shape.SINGLE:
                written = dates[0]
            case Shape.RANGE:
                written = "/".join(dates)
            case Shape.OPEN:
                written = f"{dates[0]}/.."
            case Shape.UNENDED:
                written = f"{dates[0]}/"
            case Shape.EITHER:
                written = f"[{','.join(dates)}]"
            case Shape.EACH:
                written = f"{{{','.join(dates)}}}"
            case Shape.WITHIN:
                written = f"[{'..'.join(dates)}]"
            case Shape.BEFORE:
                written = f"[..{dates[0]}]"
            case Shape.AFTER:
                written = f"[{dates[0]}..]"
        return valid(written)

    @property
    def first(self) -> str | None:
        """When it begins, where that is told."""
        return self.moments[0].exact if self.shape in _BEGINNING else None

    @property
    def last(self) -> str | None:
        """When it ends, where that is told."""
        return self.moments[-1].exact if self.shape in _BEGINNING - {Shape.OPEN, Shape.UNENDED} else None

    @property
    def calendar(self) -> str | None:
        """The Julian one where all of it is between its beginning and that of the Gregorian one."""
        is_julian = all(
            moment.earliest >= JULIAN_REFORM and moment.latest < GREGORIAN_REFORM for moment in self.moments
        )
        return "Julian" if is_julian else None


def read_stretch(tokens: Sequence[Token], at: int, lent: Moment | None = None) -> tuple[Stretch, int] | None:
    """Return the stretch of time that is written at this place, and the place after it.

    `lent` is a date whose month and year the phrase may share without writing them.
    """
    opening, start = _opening(tokens, at)
    fragments, joints, end, ending = _fragments(tokens, start)
    moments = moments_of(fragments, lent)
    if not moments or (shape := _shape(opening, joints, ending)) is None:
        return None
    if shape is Shape.EITHER:
        moments = tuple(sorted(moments, key=lambda moment: moment.earliest))
        if "/" in joints and _may_be_two_calendars(moments):
            return None
    if any(one.earliest > next_.earliest for one, next_ in pairwise(moments)):
        return None
    return Stretch(shape, moments), end


def _may_be_two_calendars(moments: Sequence[Moment]) -> bool:
    """Tell whether two days are as far apart as the two names of one day: "11/23 October 1812"."""
    days = [
        date(moment.year, moment.month, moment.day).toordinal()
        for moment in moments
        if moment.year > 0 and moment.month and moment.day
    ]
    return any(later - earlier in _CALENDARS_APART for earlier, later in pairwise(days))


def _opening(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    word = tokens[at].text if at < len(tokens) else ""
    return (word, at + 1) if word in {"between", "before", "after", "since", "from"} else ("", at)


def _fragments(tokens: Sequence[Token], at: int) -> tuple[list[Fragment], list[str], int, Shape | None]:
    """Return the dates, what joins them, the place after them, and how they end where no date says it.

    Nothing is returned where the end of a range is not understood: its beginning alone would
    say that it lasted a day.
    """
    fragments, joints = list[Fragment](), list[str]()
    if (read := read_fragment(tokens, at)) is None:
        return fragments, joints, at, None
    fragment, at = read
    fragments.append(fragment)
    while len(fragments) < _MOST_FRAGMENTS and (joint := _joint(tokens, at, fragments[-1])) is not None:
        word = tokens[joint[1]].text if joint[1] < len(tokens) else ""
        if joint[0] == "to" and word in OPEN_ENDS:
            return fragments, joints, joint[1] + 1, Shape.OPEN
        if joint[0] == "to" and word in UNKNOWN_ENDS:
            return fragments, joints, joint[1] + 1, Shape.UNENDED
        if (read := read_fragment(tokens, joint[1])) is None:
            if joint[0] == "to":
                fragments = []
            break
        joints.append(joint[0])
        fragment, at = read
        fragments.append(fragment)
    return fragments, joints, at, None


def _joint(tokens: Sequence[Token], at: int, before: Fragment) -> tuple[str, int] | None:
    """Return "to", "or", "/", "and" or "," and the place after it."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind is Kind.DASH or token.text in RANGE_WORDS:
        return "to", at + 1
    if token.text in {"or", "/"}:
        return token.text, at + 1
    if token.text in {"and", "&"}:
        return "and", at + 1
    # A comma goes on with a list of days, "5, 6 and 7 May": a date with its year ends the phrase.
    if token.text == "," and before.year is None:
        after = at + 1
        return _joint(tokens, after, before) or (",", after)
    return None


def _shape(opening: str, joints: Sequence[str], ending: Shape | None) -> Shape | None:
    if opening in {"before", "after"}:
        return None if joints or ending else Shape(f"date-{opening}")
    if ending or (opening == "since" and not joints):
        return None if joints or opening == "between" else ending or Shape.OPEN
    if not joints:
        return None if opening else Shape.SINGLE
    kinds = frozenset(joints) - {","}
    shape = _JOINED.get((opening, next(iter(kinds)))) if len(kinds) == 1 else None
    return None if shape in {Shape.RANGE, Shape.WITHIN} and len(joints) > 1 else shape
