"""What became of every letter and digit of a field: read, ignored or unread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.drafting.document import Field, Line, Mark, Words
from graph.drafting.reading import Disposal, Portion

_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """A stretch [start, end) of a line's visible text, and what became of it."""

    start: int
    end: int
    disposal: Disposal
    why: str


def portions(field: Field, line: Line, taken: Iterable[Taken], otherwise: str) -> tuple[Portion, ...]:
    """Return the portions of a line; visible words that nobody took are unread, `otherwise` says why.

    The stretches must not overlap. Every letter and digit of the line is in exactly one portion.
    """
    found, at = list[Portion](), 0
    for one in sorted(taken):
        found.extend(_unread(field, line, at, one.start, otherwise))
        if words := trimmed(line, one.start, one.end):
            found.append(Portion(field, words, one.disposal, one.why))
        at = one.end
    found.extend(_unread(field, line, at, len(line.text), otherwise))
    return tuple(found)


def whole(field: Field, line: Line, disposal: Disposal, why: str) -> tuple[Portion, ...]:
    """Return the portions of a line of which all words met the same fate."""
    return portions(field, line, [Taken(0, len(line.text), disposal, why)], why)


def trimmed(line: Line, start: int, end: int) -> Words | None:
    """Return the stretch without white space around it; None where it has no letter and no digit."""
    text = line.text
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Words(line, start, end) if any(map(str.isalnum, text[start:end])) else None


def single_spaced(text: str) -> str:
    """Return the words with one space between them and none around."""
    return _BLANKS.sub(" ", text).strip()


def marks_of(words: Words, until: int | None = None) -> tuple[Mark, ...]:
    """Return the footnote marks in the words and right after them, at most to the place `until`."""
    last = words.end if until is None else until
    return tuple(mark for mark in words.line.marks if words.start < mark.at <= last)


def _unread(field: Field, line: Line, start: int, end: int, why: str) -> Iterator[Portion]:
    if words := trimmed(line, start, end):
        yield Portion(field, words, Disposal.UNREAD, why)
