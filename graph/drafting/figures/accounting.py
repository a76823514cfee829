"""What became of the words of a line: read with a figure, set apart for a reason, or not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.drafting.document import Line
from graph.drafting.figures.clauses import Clauses
from graph.drafting.figures.tokens import Kind
from graph.drafting.reading import Figure

LONGEST_LINE: Final = 20_000
"""Characters of a line that is read; an item of a list has some dozens."""

_Named = tuple[tuple[int, int, str], ...]
_Plain = tuple[tuple[int, int], ...]
_Fate = tuple[str, str | int] | None
"""("read", the place of the figure), ("ignored", the reason), or None for not read."""


def readable(line: Line, without: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return what to leave out of a line: what was read before, or all of a line that is no item of a list."""
    return without if len(line.text) <= LONGEST_LINE else [(0, len(line.text))]


def account(
    line: Line, clauses: Clauses, figures: Sequence[Figure], without: Sequence[tuple[int, int]]
) -> tuple[_Named, _Named, _Plain]:
    """Return the stretches read, with the rules of their figures, those ignored, with reasons, and those unread.

    They do not overlap and cover every letter and digit of the line outside `without`.
    """
    if len(line.text) > LONGEST_LINE:
        return (), (), tuple(_between(line, without))
    read: list[tuple[int, int, str]] = []
    ignored: list[tuple[int, int, str]] = []
    unread: list[tuple[int, int]] = []
    for start, end, fate in _runs(clauses, figures):
        match fate:
            case ("read", int(place)):
                read.append((start, end, figures[place].rule))
            case ("ignored", str(reason)):
                ignored.append((start, end, reason))
            case _:
                unread.append((start, end))
    return tuple(read), tuple(ignored), tuple(unread)


def _runs(clauses: Clauses, figures: Sequence[Figure]) -> Iterator[tuple[int, int, _Fate]]:
    """Yield the stretches of tokens of one fate; what was read before parts them."""
    run: tuple[int, int, _Fate] | None = None
    owner = 0
    for at, token in enumerate(clauses.tokens):
        while owner + 1 < len(figures) and token.start >= figures[owner + 1].words.start:
            owner += 1
        if token.kind is Kind.BREAK:
            fate: _Fate = None
        elif at not in clauses.read and not any(sign.isalnum() for sign in token.text):
            continue
        elif at in clauses.ignored:
            fate = ("ignored", clauses.ignored[at])
        else:
            fate = ("read", owner) if at in clauses.read and figures else None
        if run is not None and (token.kind is Kind.BREAK or fate != run[2]):
            yield run
            run = None
        if token.kind is not Kind.BREAK:
            run = (token.start if run is None else run[0], token.end, fate)
    if run is not None:
        yield run


def _between(line: Line, without: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in [*sorted(without), (len(line.text), len(line.text))]:
        if at < start:
            yield at, start
        at = max(at, end)
