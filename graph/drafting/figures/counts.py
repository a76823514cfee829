"""How many: a number or a range of numbers, with the words that bound or hedge it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from graph.drafting.figures.lexicon import Forms
from graph.drafting.figures.number_words import number_at, scaled
from graph.drafting.figures.tokens import DASHES, Kind, Tokens


class Sort(Enum):
    """By what a quantity is told."""

    EXACT = auto()
    RANGE = auto()
    HEDGED = auto()
    LEAST = auto()
    MOST = auto()
    NONE = auto()
    VAGUE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count among the tokens [start, end) of a line."""

    start: int
    end: int
    sort: Sort
    least: int | None
    most: int | None
    qualifier: tuple[tuple[int, int], ...] = ()
    """The tokens [start, end) of the words that qualify it."""
    is_statement: bool = True
    """Whether the words alone say how many: "heavy", "hundreds", not "all" or "several"."""

    @property
    def is_number(self) -> bool:
        """Whether a figure is given."""
        return self.least is not None or self.most is not None


QUALIFIERS: Final = Forms(
    {
        "hedged": "~|≈|\u223c|\u02dc|c|c.|ca|ca.|circa|about|approx|approx.|approximately|around|roughly|some|nearly"
        "|almost|an estimated|estimated|estimated at|est|est.|estimate|estimates|possibly|probably|perhaps|maybe|likely"
        "|presumably|reportedly|officially|close to|a total of|total of|only|just|another|an additional|additional"
        "|further|exactly|confirmed|the|these|in the region of|unconfirmed|claimed|mostly",
        "least": "over|above|more than|more then|at least|atleast|a minimum of|minimum of|minimum|min|min.|upwards of"
        "|no fewer than|not fewer than|no less than|not less than|well over|in excess of|>|≥",
        "most": "up to|upto|less than|fewer than|under|below|at most|no more than|not more than|a maximum of|maximum of"
        "|maximum|max|max.|as many as|<|≤",
    }
)
"""Words before a number, by what they do to it."""
_BOUNDS: Final = {"hedged": Sort.HEDGED, "least": Sort.LEAST, "most": Sort.MOST}
_AFTER: Final = Forms({"so": "or so", "more": "or more|and more|plus|+"})
_RANGES: Final = DASHES | {"to", "or"}
_BETWEEN: Final = {"between": DASHES | {"and", "to"}, "from": DASHES | {"to"}}
_MOST_QUALIFIERS: Final = 3


def number_quantity_at(tokens: Tokens, at: int) -> Quantity | None:
    """Return the quantity that begins at a token and has a number, or None."""
    start, sorts, qualifier = at, {Sort.EXACT}, []
    for _ in range(_MOST_QUALIFIERS):
        found = QUALIFIERS.named_at(tokens, at)
        if found is None:
            break
        qualifier.append((at, found[0]))
        sorts.add(_BOUNDS[found[1]])
        at = found[0]
    bounds = _between(tokens, at) or _scaled_range(tokens, at) or _range(tokens, at)
    if bounds is None:
        return None
    least, most, end = bounds
    after = _AFTER.named_at(tokens, end)
    if after is not None and not _counts_anew(tokens, end):
        qualifier.append((end, after[0]))
        sorts.add(Sort.HEDGED if after[1] == "so" else Sort.LEAST)
        end = after[0]
    if Sort.LEAST in sorts:
        return Quantity(start, end, Sort.LEAST, least, None, tuple(qualifier))
    if Sort.MOST in sorts:
        return Quantity(start, end, Sort.MOST, None, most, tuple(qualifier))
    exact = Sort.HEDGED if Sort.HEDGED in sorts else Sort.EXACT
    return Quantity(start, end, Sort.RANGE if least != most else exact, least, most, tuple(qualifier))


def bounded_like(first: Quantity, second: Quantity) -> Quantity:
    """Return a count with the bound of the one that "and" joins it to: "at least 27 men and 22 women"."""
    leads = bool(first.qualifier) and first.qualifier[0][0] == first.start
    if first.sort is not Sort.LEAST or second.sort is not Sort.EXACT or not leads:
        return second
    return replace(second, sort=Sort.LEAST, most=None)


def _counts_anew(tokens: Tokens, at: int) -> bool:
    """Tell whether a plus joins two counts ("20 + 5 guns") rather than bounds one ("100 + knights")."""
    return at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER and tokens[at + 1].start > tokens[at].end


def _between(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "between X and Y" and "from X to Y"."""
    joints = _BETWEEN.get(tokens[at].low) if at < len(tokens) else None
    first = number_at(tokens, _past(tokens, at + 1)) if joints is not None else None
    if joints is None or first is None or first[1] >= len(tokens) or tokens[first[1]].low not in joints:
        return None
    second = number_at(tokens, _past(tokens, first[1] + 1))
    return None if second is None or second[0] < first[0] else (first[0], second[0], second[1])


def _past(tokens: Tokens, at: int) -> int:
    found = QUALIFIERS.named_at(tokens, at)
    return found[0] if found is not None and found[1] == "hedged" else at


def _scaled_range(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "2-3 million" and "0.5 to 1 million": the scale is of both numbers."""
    if at + 3 >= len(tokens) or tokens[at].kind is not Kind.NUMBER or tokens[at + 1].low not in _RANGES:
        return None
    if tokens[at + 2].kind is not Kind.NUMBER:
        return None
    first, second = scaled(tokens[at], tokens[at + 3]), scaled(tokens[at + 2], tokens[at + 3])
    return None if first is None or second is None or first > second else (first, second, at + 4)


def _joint(tokens: Tokens, at: int) -> int | None:
    """Return the place of what joins two numbers to a range: the dash of "700-900", also that of "700+-900"."""
    if at + 1 < len(tokens) and tokens[at].low == "+" and tokens[at + 1].low in DASHES:
        at += 1
    return at if at < len(tokens) and tokens[at].low in _RANGES else None


def _range(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    first = number_at(tokens, at)
    if first is None:
        return None
    least, most, end = first[0], first[0], first[1]
    while (joint := _joint(tokens, end)) is not None:
        following = number_at(tokens, _past(tokens, joint + 1))
        # A smaller second number is an abbreviated one ("1796-97") or none of this range.
        if following is None or following[0] < most:
            break
        most, end = following
    return least, most, end
