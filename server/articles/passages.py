"""An article's text, cut into blocks and lines, and these where anchors begin and end.

A pure function of a text and its anchors. Each passage knows the anchors that cover it,
the widest first, so any overlap of anchors can be shown: nested ones as elements inside
each other, crossing ones as elements that close and open again. The form of a block or a
line is read off its characters, and none of them is changed.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from server.terms.anchors import Anchor

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM: Final = re.compile(r"\s+(?:[•*\u2013-]|\d+\.)(?:\s|$)")
_HEADING: Final = re.compile(r"\S.{0,60}:(?:\[\d+\])*")
_SHORTEST_PROSE: Final = 140
"""Characters of a line from which on it is taken for prose."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An anchor's element that opens before a passage."""

    anchor: Anchor
    is_first: bool
    """Whether the anchor begins here; otherwise it goes on after a border it crosses."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that the same anchors cover from end to end."""

    start: int
    text: str
    cover: tuple[Anchor, ...]
    """The anchors that cover it, the widest first."""
    closings: int
    """Elements to close before it."""
    openings: tuple[Opening, ...]
    """Elements to open before it, after the closing."""
    ended: tuple[Anchor, ...]
    """The anchors whose last words it holds."""
    innermost: Anchor | None
    """The anchor that says most exactly what this passage is about, and that it leads to."""
    is_stop: bool
    """Whether it is the first with words that its innermost anchor says most exactly: one stop for a keyboard."""

    @property
    def has_words(self) -> bool:
        """Tell whether there is anything to read aloud: a link of spaces or quotation marks has no name."""
        return any(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """The passages of one line; `closings` elements are open at its end."""

    passages: tuple[Passage, ...]
    closings: int
    kind: str
    """`item` with a bullet or a number before it, `heading` with a colon at its end, else `plain`."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two blank ones."""

    lines: tuple[Line, ...]
    is_prose: bool
    """Whether it is running text; otherwise a list, or the labels and values of a table that was flattened."""


def innermost_of(cover: Sequence[Anchor]) -> Anchor | None:
    """Return the shortest of the anchors, None of none."""
    return min(cover, key=lambda anchor: (anchor.end - anchor.start, anchor.start), default=None)


def split_text(text: str, anchors: Sequence[Anchor], *, silent: Collection[str] = ()) -> list[Block]:
    """Return the text's blocks; together they hold all of it but the ends of lines and the blank ones.

    No passage leads to a silent anchor, given by its IRI: such a one only marks a place.
    """
    cutter = _Cutter(text, anchors, silent)
    blocks = []
    for start, end in _block_spans(text):
        lines = tuple(cutter.cut(left, right) for left, right in _line_spans(text, start, end))
        is_prose = len(lines) == 1 and lines[0].kind != "item" and end - start >= _SHORTEST_PROSE
        blocks.append(Block(lines, is_prose))
    return blocks


def _kind(line: str) -> str:
    if _ITEM.match(line):
        return "item"
    return "heading" if _HEADING.fullmatch(line) else "plain"


def _block_spans(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip("\n"))
    for blank in _BLANK_LINES.finditer(text, start):
        # Indentation after the blank lines belongs to the block: list items hang on it.
        gap_end = blank.start() + blank.group().rindex("\n") + 1
        yield start, blank.start()
        start = gap_end
    if text[start:].strip():
        yield start, len(text.rstrip("\n"))


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


class _Cutter:
    """Cuts one line after the other, and knows which anchors the lines before have begun and stopped at.

    Lines come in the order of the text, so that each anchor is looked at on its own lines alone.
    """

    def __init__(self, text: str, anchors: Sequence[Anchor], silent: Collection[str]) -> None:
        self._text = text
        self._waiting = deque(sorted(anchors, key=lambda a: (a.start, -a.end)))
        self._open: list[Anchor] = []
        self._silent = silent
        self._begun: set[str] = set()
        self._stops: set[str] = set()

    def cut(self, start: int, end: int) -> Line:
        while self._waiting and self._waiting[0].start < end:
            self._open.append(self._waiting.popleft())
        self._open = inside = [anchor for anchor in self._open if anchor.end > start]
        borders = {start, end}
        for anchor in inside:
            borders.update((max(anchor.start, start), min(anchor.end, end)))
        passages = []
        open_anchors: tuple[Anchor, ...] = ()
        for left, right in pairwise(sorted(borders)):
            cover = tuple(anchor for anchor in inside if anchor.start <= left and anchor.end >= right)
            kept = _common(open_anchors, cover)
            words = self._text[left:right]
            innermost = innermost_of([anchor for anchor in cover if anchor.iri not in self._silent])
            passages.append(
                Passage(
                    start=left,
                    text=words,
                    cover=cover,
                    closings=len(open_anchors) - kept,
                    openings=tuple(Opening(anchor, self._begins(anchor)) for anchor in cover[kept:]),
                    ended=tuple(anchor for anchor in cover if self._ends(anchor, right, end)),
                    innermost=innermost,
                    is_stop=innermost is not None and self._stops_at(innermost, words),
                )
            )
            open_anchors = cover
        return Line(tuple(passages), len(open_anchors), _kind(self._text[start:end]))

    def _begins(self, anchor: Anchor) -> bool:
        is_first = anchor.iri not in self._begun
        self._begun.add(anchor.iri)
        return is_first

    def _ends(self, anchor: Anchor, right: int, line_end: int) -> bool:
        """Tell whether an anchor has no words behind this place; it may end with the end of the line."""
        return anchor.end == right or (right == line_end and not self._text[line_end : anchor.end].strip())

    def _stops_at(self, anchor: Anchor, words: str) -> bool:
        if anchor.iri in self._stops or not any(map(str.isalnum, words)):
            return False
        self._stops.add(anchor.iri)
        return True


def _common(first: Sequence[Anchor], second: Sequence[Anchor]) -> int:
    """Return how many anchors the two begin with alike."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one.iri != other.iri:
            break
        count += 1
    return count
