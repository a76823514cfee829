"""Durations in words: "1 week and 4 days"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.drafting.chronicle.dates.tokens import Kind, Token
from graph.drafting.chronicle.dates.words import DAYS_OF_UNITS, NUMBERS


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration that is written out."""

    days: int | None
    """None where it counts months or years, which have no fixed number of days, or runs until today."""


def read_duration(tokens: Sequence[Token], at: int) -> tuple[Duration, int] | None:
    """Return the duration that is written at this place, and the place after it."""
    days: int | None = 0
    end, next_ = at, at
    while next_ + 1 < len(tokens) and (number := _number(tokens[next_])) is not None:
        if (unit := tokens[next_ + 1].text) not in DAYS_OF_UNITS:
            break
        length = DAYS_OF_UNITS[unit]
        days = None if days is None or length is None else days + number * length
        end = next_ = next_ + 2
        while next_ < len(tokens) and next_ < end + 2 and tokens[next_].text in {",", "and", "&"}:
            next_ += 1
    if end == at:
        return None
    # "248 years ago" is how long ago it was.
    is_ago = end < len(tokens) and tokens[end].text == "ago"
    return Duration(None if is_ago else days), end + is_ago


def _number(token: Token) -> int | None:
    if token.kind is Kind.NUMBER and len(token.text) < len("10000"):
        return token.number
    return NUMBERS.get(token.text)
