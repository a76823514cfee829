"""How much of an article's text some statement rests on, and why the rest is left out.

Every character is in exactly one of four shares: stated (inside an anchor of something
other than an omission), left out (inside an authored `bg:Omission`, or of a kind that
says nothing by itself, as the markup of wikitext), unread (inside a `bg:UnreadText`, which
waits for a reader), or unexplained. A draft has nothing unexplained, a finished article
nothing unread either.
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
from graph.namespaces import BG, RDF

_REASON: Final = ox.NamedNode(BG + "omissionReason")
_TYPE: Final = ox.NamedNode(RDF + "type")
_UNREAD: Final = ox.NamedNode(BG + "UnreadText")

# A number says nothing only where it counts the entries of a list; a citation's number does say something.
_SILENT: Final = re.compile(
    r"(?P<entry>^[^\S\n]*[0-9]+\.\s\^)|(?P<bullet>•)|(?P<space>\s)|(?P<mark>[^\w\s])", re.MULTILINE
)
# Lengths are bounded, so that a bracket which nothing closes costs no more than its line.
_MARKUP: Final = re.compile(
    r"(?P<target>\[\[[^\[\]|\n]{0,255}\|)|(?P<parameter>\|[^\S\n]{0,40}[\w -]{1,60}=)"
    r"|(?P<template>\{\{[^{}|\n]{0,255})|(?P<tag></?[A-Za-z][^<>]{0,255}>)|(?P<entity>&#?\w{1,31};)"
)
_WHY_SILENT: Final = MappingProxyType(
    {
        "comment": "comment that readers do not see",
        "entity": "character reference",
        "parameter": "name of a parameter",
        "tag": "tag",
        "target": "target of a link",
        "template": "name of a template",
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
    is_unread: bool = False
    """Whether it waits for a reader."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The four shares of an article's text; `length` is their sum."""

    article: str
    length: int
    leftovers: tuple[Leftover, ...]
    """In the order of the text."""

    @property
    def left_out(self) -> int:
        """Characters left out for a reason."""
        return sum(len(leftover.words) for leftover in self.leftovers if leftover.reason and not leftover.is_unread)

    @property
    def unread(self) -> int:
        """Characters that wait for a reader."""
        return sum(len(leftover.words) for leftover in self.leftovers if leftover.is_unread)

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
    # Of each character: why it is left out, an empty reason where nobody says, None where it is stated.
    reasons: list[_Reason | None] = [_UNEXPLAINED] * len(text)
    for kind, span in (*_silent(text), *(_markup(text) if part.article.is_wikitext else ())):
        reasons[span.start : span.end] = [_Reason(_WHY_SILENT[kind])] * (span.end - span.start)
    for rest in sorted(part.rests, key=lambda rest: rest.subject not in omissions):
        span = rest.span
        reasons[span.start : span.end] = [omissions.get(rest.subject)] * (span.end - span.start)
    return Coverage(part.name, len(text), tuple(_leftovers(text, reasons)))


@dataclass(frozen=True, slots=True)
class _Reason:
    text: str
    is_unread: bool = False


_UNEXPLAINED: Final = _Reason("")


def _silent(text: str) -> Iterator[tuple[str, Span]]:
    return ((found.lastgroup or "", Span(*found.span())) for found in _SILENT.finditer(text))


def _markup(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the stretches of wikitext that tell how it is shown, comments last, because all in them is one."""
    yield from ((found.lastgroup or "", Span(*found.span())) for found in _MARKUP.finditer(text))
    start = text.find("<!--")
    while start >= 0:
        closed = text.find("-->", start)
        end = closed + len("-->") if closed >= 0 else len(text)
        yield "comment", Span(start, end)
        start = text.find("<!--", end)


def _omissions(quads: Iterable[ox.Quad]) -> dict[str, _Reason]:
    """Return the reason of each node that has one."""
    quads = tuple(quads)
    unread = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _UNREAD}
    return {
        quad.subject.value: _Reason(quad.object.value, quad.subject in unread)
        for quad in quads
        if quad.predicate == _REASON and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }


def _leftovers(text: str, reasons: Sequence[_Reason | None]) -> Iterator[Leftover]:
    """Yield the longest runs that share a reason."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or reasons[end] != reasons[start]:
            reason = reasons[start]
            if reason is not None:
                yield Leftover(Span(start, end), text[start:end], reason.text or None, reason.is_unread)
            start = end
