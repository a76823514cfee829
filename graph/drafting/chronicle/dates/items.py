"""What stands in a line of dates, from left to right: dates, labels, durations, calendars and brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.drafting.chronicle.dates.brackets import calendar_at
from graph.drafting.chronicle.dates.durations import Duration, read_duration
from graph.drafting.chronicle.dates.stretches import Stretch, read_stretch
from graph.drafting.chronicle.dates.tokens import Token, brackets_of, tokens_of
from graph.drafting.chronicle.dates.words import CLAIMS

MOST_DATES: Final = 64
"""Dates that are read of a line, and of a field; no battle has more, and each one costs milliseconds to validate."""
_MOST_TEXT: Final = 2000
"""Code points of a line in which dates are looked for; a longer line is a text, which a person reads."""
_SEPARATORS: Final = frozenset({",", ";", "and", "&"})


@dataclass(frozen=True, slots=True)
class Label:
    """Words before a colon."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The name of a calendar after a date."""

    name: str


@dataclass(frozen=True, slots=True)
class Inside:
    """The tokens inside a bracket."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something in a line, and its place [start, end) in the visible text."""

    start: int
    end: int
    says: Stretch | Label | Duration | Calendar | Inside


def items_of(text: str) -> list[Item]:
    """Return what stands in a line in the order of where it begins; words that are in no item were not understood.

    A bracket in the middle of a date, "13 August [O.S. 2 August] 1704", does not divide it.
    """
    tokens = tokens_of(text) if len(text) <= _MOST_TEXT else ()
    pairs = brackets_of(tokens)
    if tokens and pairs.get(0) == len(tokens) - 1:
        # The line is one bracket: "(1 week and 1 day)".
        tokens, pairs = tokens[1:-1], {}
    plain, brackets, at = list[Token](), list[Item](), 0
    while at < len(tokens):
        closes = pairs.get(at)
        if closes is None:
            plain.append(tokens[at])
        else:
            brackets.append(Item(tokens[at].start, tokens[closes].end, Inside(tokens[at + 1 : closes])))
            at = closes
        at += 1
    return sorted([*_plain_items(plain), *brackets], key=lambda item: item.start)


def _plain_items(tokens: Sequence[Token]) -> Iterator[Item]:
    """Yield what stands outside brackets.

    A date is only looked for where a clause begins, so that a date in a sentence is not taken for the battle's.
    """
    colons, at, begins, dates = _next_colons(tokens), 0, True, 0
    while at < len(tokens):
        read = _read_item(tokens, at, colons[at]) if begins and dates < MOST_DATES else None
        if read is not None:
            item, at = read
            dates += isinstance(item.says, Stretch)
            yield item
            # A label is followed by its date, a date by a calendar or a separator.
            if not isinstance(item.says, Label) and (told := calendar_at(tokens, at)) is not None:
                yield Item(tokens[at].start, tokens[told[1] - 1].end, Calendar(told[0]))
                at = told[1]
            begins = isinstance(item.says, Label)
        else:
            begins = tokens[at].text in _SEPARATORS
            at += 1


def _read_item(tokens: Sequence[Token], at: int, colon: int | None) -> tuple[Item, int] | None:
    says: Stretch | Label | Duration
    if (dated := read_stretch(tokens, at)) is not None:
        says, end = dated
    elif (lasting := read_duration(tokens, at)) is not None:
        says, end = lasting
    elif colon is not None and colon > at and tokens[at].text not in CLAIMS:
        return Item(tokens[at].start, tokens[colon - 1].end, Label()), colon + 1
    else:
        return None
    return Item(tokens[at].start, tokens[end - 1].end, says), end


def _next_colons(tokens: Sequence[Token]) -> list[int | None]:
    following, colons = None, list[int | None]()
    for at in reversed(range(len(tokens))):
        if tokens[at].text == ":":
            following = at
        colons.append(following)
    return colons[::-1]
