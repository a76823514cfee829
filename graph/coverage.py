"""How much of an article's text some statement rests on, and why the rest is left out.

Every character is in exactly one of three shares: stated (inside an anchor of something
other than an omission), left out (inside an authored `bg:Omission`, or of a kind that
says nothing by itself), or unexplained. A finished article has nothing unexplained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.anchors import Span
from graph.assemble import Part
from graph.namespaces import BG

_REASON: Final = ox.NamedNode(BG + "omissionReason")

# A number says nothing only where it counts the entries of a list; a citation's number does say something.
_SILENT: Final = re.compile(
    r"(?P<entry>^[^\S\n]*[0-9]+\.\s\^)|(?P<bullet>•)|(?P<space>\s)|(?P<mark>[^\w\s])", re.MULTILINE
)
_WHY_SILENT: Final = MappingProxyType(
    {
        "entry": "number and caret of a list entry",
        "bullet": "bullet of a list",
        "space": "white space between statements",
        "mark": "punctuation between statements",
    }
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch that no statement rests on."""

    span: Span
    words: str
    reason: str | None
    """Why it was left out; None where nobody says."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The three shares of an article's text; `length` is their sum."""

    article: str
    length: int
    leftovers: tuple[Leftover, ...]
    """In the order of the text."""

    @property
    def left_out(self) -> int:
        """Characters left out for a reason."""
        return sum(len(leftover.words) for leftover in self.leftovers if leftover.reason)

    @property
    def unexplained(self) -> tuple[Leftover, ...]:
        """What nobody accounts for."""
        return tuple(leftover for leftover in self.leftovers if not leftover.reason)

    @property
    def stated(self) -> int:
        """Characters that a statement rests on."""
        return self.length - sum(len(leftover.words) for leftover in self.leftovers)


def measure(part: Part) -> Coverage:
    """Return the coverage of the part of an article."""
    if part.article is None:
        raise ValueError(f"{part.name} is no article")
    text = part.article.text
    omissions = _omissions(part.quads)
    # Of each character: why it is left out, "" where nobody says, None where it is stated.
    reasons: list[str | None] = [""] * len(text)
    for found in _SILENT.finditer(text):
        reasons[found.start() : found.end()] = [_WHY_SILENT[found.lastgroup or ""]] * len(found.group())
    for rest in sorted(part.rests, key=lambda rest: rest.subject not in omissions):
        span = rest.span
        reasons[span.start : span.end] = [omissions.get(rest.subject)] * (span.end - span.start)
    return Coverage(part.name, len(text), tuple(_leftovers(text, reasons)))


def _omissions(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the reason of each node that has one."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == _REASON and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }


def _leftovers(text: str, reasons: Sequence[str | None]) -> Iterator[Leftover]:
    """Yield the longest runs that share a reason."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or reasons[end] != reasons[start]:
            reason = reasons[start]
            if reason is not None:
                yield Leftover(Span(start, end), text[start:end], reason or None)
            start = end
