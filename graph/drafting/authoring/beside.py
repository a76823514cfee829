"""What stands on the line behind figures and other claims: marks that nothing was read beside, tags of editors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from graph.drafting.authoring.nodes import Says, english
from graph.drafting.document import Document, Form, Mark, Words
from graph.drafting.reading import Figure

_TAGS: Final = frozenset(
    (
        "citation needed",
        "cn",
        "fact",
        "additional citation needed",
        "better source needed",
        "disputed",
        "dubious",
        "dubious \u2013 discuss",
        "disputed \u2013 discuss",
        "failed verification",
        "not in citation given",
        "original research?",
        "unreliable source",
        "unreliable source?",
        "verification failed",
        "verification needed",
    )
)
"""Tags by which editors doubt what stands before them."""
_TAG: Final = re.compile(r"(?:\{\{|\[)\s{0,9}(?P<name>[^|{}\[\]\n]{1,40}?)\s{0,9}(?:\||\}\}|\])")
_LINE_END: Final = re.compile(r"\n|<br|$", re.IGNORECASE)
_SIDES: Final = 2
_F = TypeVar("_F", bound=Figure)


def with_marks_behind(figures: Sequence[_F]) -> list[_F]:
    """Return figures, those without a mark with the first ones behind them on their line, before another figure."""
    behind = _next_on_line(figures)
    return [
        one if one.marks else replace(one, marks=tuple(_first(one.words, behind[at]))) for at, one in enumerate(figures)
    ]


def with_decided_sides(figures: Sequence[_F]) -> list[_F]:
    """Return figures of which only the first one that a sign put into the second column still says that sign.

    A sign that parts the columns is how the sides of all figures of a cell are known, of both
    columns; it speaks of the place where the second one begins.
    """
    sides: dict[str, set[int | None]] = defaultdict(set)
    for one in figures:
        if one.side_basis:
            sides[one.side_basis].add(one.side)
    told: set[str] = set()
    found = []
    for one in figures:
        basis = one.side_basis
        if basis and len(sides[basis]) > 1 and (one.side != _SIDES or basis in told):
            one = replace(one, side_basis=None)  # noqa: PLW2901 - the figure as it is written
        elif basis:
            told.add(basis)
        found.append(one)
    return found


class Doubts:
    """The tags by which editors doubt words, by the place where they stand."""

    def __init__(self, document: Document) -> None:
        """Find the tags of the fields."""
        self._document = document
        self._tags = [
            (one.span.start, name)
            for one in document.apart
            if document.form is Form.WIKITEXT and (name := _named(document.source[one.span.start : one.span.end]))
        ]
        self._tags.sort()

    def behind(self, words: Words, until: int | None = None) -> Iterator[Says]:
        """Yield the doubt of tags behind words, until a place of their line; at the end of it, to the line's end."""
        names = dict.fromkeys(
            self._names(words, len(words.line.text) if until is None else until, is_last=until is None)
        )
        for name in names:
            yield "bg:doubt", english(f"Editors of the article marked these words “{name}”.")

    def _names(self, words: Words, until: int, *, is_last: bool) -> Iterator[str]:
        line = words.line
        for mark in line.marks:
            if words.end <= mark.at <= until and (name := _name(mark.name)):
                yield name
        if not self._tags:
            return
        start = words.span.end
        if is_last:
            ends = max((line.span().end, *(mark.span.end for mark in line.marks)))
            found = _LINE_END.search(self._document.source, ends)
            stop = found.start() if found else ends
        else:
            stop = line.span(until, until + 1).start
        for at in range(bisect_left(self._tags, (start, "")), len(self._tags)):
            if self._tags[at][0] > stop:
                break
            yield self._tags[at][1]


def until_of(figures: Sequence[Figure]) -> list[int | None]:
    """Return where, on the line of each figure, the next figure begins; None where there is none."""
    return _next_on_line(figures)


def _next_on_line(figures: Sequence[Figure]) -> list[int | None]:
    by_line: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, one in enumerate(figures):
        by_line[id(one.words.line)].append((one.words.start, at))
    behind: list[int | None] = [None] * len(figures)
    for several in by_line.values():
        later: int | None = None
        begins: int | None = None
        for start, at in sorted(several, reverse=True):
            if begins is not None and start < begins:
                later = begins
            behind[at], begins = later, start
    return behind


def _first(words: Words, until: int | None) -> Iterable[Mark]:
    line = words.line
    stop = len(line.text) if until is None else until
    marks = [mark for mark in line.marks if words.end <= mark.at <= stop]
    first = min((mark.at for mark in marks), default=0)
    return (mark for mark in marks if mark.at == first)


def _named(source: str) -> str | None:
    found = _TAG.match(source)
    return _name(found["name"]) if found else None


def _name(words: str) -> str | None:
    name = " ".join(words.strip("[]").split()).casefold()
    if name in {"cn", "fact"}:
        return "citation needed"
    return name if name in _TAGS else None
