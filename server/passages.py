"""An article's text, cut where anchors begin and end.

A pure function of a text and its anchors. Each passage knows the anchors that cover it,
the widest first, so any overlap of anchors can be shown: nested ones as elements inside
each other, crossing ones as elements that close and open again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from server.anchors import Anchor

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


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
    is_stop: bool
    """Whether it is the first with words that its innermost anchor says most exactly: one stop for a keyboard."""

    @property
    def innermost(self) -> Anchor | None:
        """The anchor that says most exactly what this passage is about."""
        return innermost_of(self.cover)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The passages between two blank lines; `closings` elements are open at its end."""

    passages: tuple[Passage, ...]
    closings: int


def innermost_of(cover: Sequence[Anchor]) -> Anchor | None:
    """Return the shortest of the anchors, None of none."""
    return min(cover, key=lambda anchor: (anchor.end - anchor.start, anchor.start), default=None)


def split_text(text: str, anchors: Sequence[Anchor]) -> list[Paragraph]:
    """Return the text's paragraphs; together they hold all of it but the blank lines between them."""
    begun: set[str] = set()
    stops: set[str] = set()
    return [_paragraph(text, span, anchors, begun, stops) for span in _paragraph_spans(text)]


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip("\n"))
    for blank in _BLANK_LINES.finditer(text, start):
        # Indentation after the blank lines belongs to the paragraph: list items hang on it.
        gap_end = blank.start() + blank.group().rindex("\n") + 1
        yield start, blank.start()
        start = gap_end
    if text[start:].strip():
        yield start, len(text.rstrip("\n"))


def _paragraph(
    text: str, span: tuple[int, int], anchors: Sequence[Anchor], begun: set[str], stops: set[str]
) -> Paragraph:
    start, end = span
    inside = sorted((a for a in anchors if a.start < end and a.end > start), key=lambda a: (a.start, -a.end))
    borders = {start, end}
    for anchor in inside:
        borders.update((max(anchor.start, start), min(anchor.end, end)))
    passages = []
    open_anchors: list[Anchor] = []
    for left, right in pairwise(sorted(borders)):
        cover = tuple(anchor for anchor in inside if anchor.start <= left and anchor.end >= right)
        kept = _common(open_anchors, cover)
        openings = []
        for anchor in cover[kept:]:
            openings.append(Opening(anchor, anchor.iri not in begun))
            begun.add(anchor.iri)
        words = text[left:right]
        innermost = innermost_of(cover)
        is_stop = innermost is not None and innermost.iri not in stops and any(map(str.isalnum, words))
        if innermost is not None and is_stop:
            stops.add(innermost.iri)
        passages.append(Passage(left, words, cover, len(open_anchors) - kept, tuple(openings), is_stop))
        open_anchors = list(cover)
    return Paragraph(tuple(passages), len(open_anchors))


def _common(first: Sequence[Anchor], second: Sequence[Anchor]) -> int:
    """Return how many anchors the two begin with alike."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one.iri != other.iri:
            break
        count += 1
    return count
