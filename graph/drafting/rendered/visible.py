"""From a stretch of rendered text to what a reader of the article sees of it: lines without footnote marks.

The marks become `Mark`s; what a mirror prints in place of a picture or a broken template is
set apart, because it is no word of the article.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Apart, Line, Mark, Piece, Trouble
from graph.drafting.rendered.rows import BLANK

PICTURE: Final = "The place of a picture, which the text does not show."
MARKUP: Final = "Markup that the renderer left in the text."
TEMPLATE: Final = "The name of a template that the mirror prints in place of what it showed."
LINE_END: Final = "The tag of a line's end."
BROKEN: Final = "the mirror prints an error of its software in place of what a template showed"

_TAGS: Final = (
    "citation needed",
    "additional citation needed",
    "better source needed",
    "by whom?",
    "clarification needed",
    "clarify",
    "contradictory",
    "dead link",
    "disputed",
    "disputed \u2013 discuss",
    "dubious",
    "dubious \u2013 discuss",
    "edit",
    "failed verification",
    "full citation needed",
    "needs update",
    "neutrality is disputed",
    "not in citation given",
    "original research?",
    "page needed",
    "page range too broad",
    "permanent dead link",
    "quantify",
    "specify",
    "unreliable source",
    "unreliable source?",
    "vague",
    "verification needed",
    "verify",
    "when?",
    "where?",
    "which?",
    "who?",
    "year needed",
)
# A mark is a bracket around a number, stars, a letter (after z: aa, ab), a small roman number, a group and a
# number, or a tag. Of a page, {{rp}} prints ":37" right after it, or ": 37" with a space narrower than a word's.
_MARK: Final = re.compile(
    r"\[[ \u00a0]?(?P<name>\d{1,4}|\*{1,5}|[a-zA-Z]|(?!an|as|at|be|by)[a-c][a-z]|[ivxl]{1,6}"
    r"|(?:lower|upper)-(?:alpha|roman|greek)[ \u00a0]\d{1,3}"
    r"|(?:notes?|nb|n|fn|fnt|ref|a|A|N|Note|Notes|info|footnote|remark|web|efn)[ \u00a0]?\d{1,3}"
    rf"|(?i:{'|'.join(map(re.escape, _TAGS))}))[ \u00a0]?\]"
    r"(?::[\u00a0\u2009\u200a]?\d{1,4}(?:[\u2013-]\d{1,4})?(?:,[ \u00a0]?\d{1,4}(?:[\u2013-]\d{1,4})?){0,9}(?!\d))?"
)
# "23x15px" where a flag stood, "![](…)" where any picture did, "Template:Country data Israel Israel"; tables keep the
# tag of a line's end.
_PICTURE: Final = re.compile(
    r"(?P<end></?br ?/?>)|(?P<template>Template:(?:Country data (?P<country>[A-Z][^\n:|\[\]]{0,40}?) (?=(?P=country)\b)"
    r"|[A-Z]\S{0,60}(?=\s|$)))|\b\d{1,4}(?:x\d{1,4})?px\b|!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)"
)
_TAG: Final = re.compile(
    r"</?(?:small|big|b|i|u|s|sup|sub|span|div|center|p|li|ul|ol|em|strong|nowiki)(?: [^<>\n]{0,200})?/?>"
)
_ENTITY: Final = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|apos|ndash|mdash|minus|times|deg|bull|#\d{1,6}|#x[0-9a-fA-F]{1,6});"
)
_BROKEN: Final = re.compile(r"(?:Script|Lua|Expression) error:[^\n]{0,60}?\.(?=\s|$|\w)|Cite error:[^\n]{0,300}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a stretch shows."""

    lines: tuple[Line, ...] = ()
    apart: tuple[Apart, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def shown(source: str, start: int, end: int, depth: int = 0, blank_before: int = 0) -> Shown:
    """Return what [start, end) of the source shows: one line, or one for each picture that stood in it."""
    lines: list[Line] = []
    apart = [
        Apart(Span(at.start(), at.end()), LINE_END if at["end"] else TEMPLATE if at["template"] else PICTURE)
        for at in _PICTURE.finditer(source, start, end)
    ]
    troubles: list[Trouble] = []
    markup: list[Apart] = []
    begin = start
    # A picture in a line is a flag before a name: what follows it is an item of its own.
    for stop, after in [*((one.span.start, one.span.end) for one in apart), (end, end)]:
        broken = [Span(begin + at.start(), begin + at.end()) for at in _BROKEN.finditer(source[begin:stop])]
        troubles += [Trouble(span, BROKEN) for span in broken]
        tags = [Span(at.start(), at.end()) for at in _TAG.finditer(source, begin, stop)]
        markup += [Apart(span, MARKUP) for span in tags]
        line = _line(source, begin, stop, sorted([*broken, *tags]))
        markup += [Apart(span, MARKUP) for span in blank_entities(source, begin, stop, line)]
        if line is not None:
            lines.append(replace(line, depth=depth, blank_before=0 if lines else blank_before))
        begin = after
    return Shown(tuple(lines), (*apart, *markup), tuple(troubles))


def line_of(source: str, start: int, end: int) -> Line | None:
    """Return the visible text of a stretch as one line; None where it has none."""
    return _line(source, start, end, ())


def marks_in(source: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the name and the place of each footnote mark of a stretch."""
    for found in _MARK.finditer(source, start, end):
        yield found["name"].replace("\u00a0", " "), Span(found.start(), found.end())


def _line(source: str, start: int, end: int, without: Sequence[Span]) -> Line | None:
    cuts = sorted([(span, name) for name, span in marks_in(source, start, end)] + [(span, None) for span in without])
    pieces: list[Piece] = []
    marks: list[Mark] = []
    length, at = 0, start
    for span, name in [*cuts, (Span(end, end), None)]:
        for piece in _pieces(source, at, span.start):
            pieces.append(piece)
            length += len(piece.text)
        if name is not None:
            marks.append(Mark(length, name, span))
        at = max(at, span.end)
    return _stripped(pieces, marks)


def _pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    """Yield what a stretch without marks shows: its words, and the signs that stand as entities in it."""
    at = start
    for found in _ENTITY.finditer(source, start, max(start, end)):
        if at < found.start():
            yield Piece(source[at : found.start()], Span(at, found.start()))
        yield Piece(html.unescape(found[0]), Span(found.start(), found.end()), verbatim=False)
        at = found.end()
    if at < end:
        yield Piece(source[at:end], Span(at, end))


def blank_entities(source: str, start: int, end: int, line: Line | None) -> Iterator[Span]:
    """Yield the entities at the ends of a line, which show white space: they are in no piece of it."""
    first, last = (line.pieces[0].span.start, line.pieces[-1].span.end) if line else (end, end)
    for found in _ENTITY.finditer(source, start, end):
        if found.start() < first or found.start() >= last:
            yield Span(found.start(), found.end())


def _stripped(pieces: list[Piece], marks: list[Mark]) -> Line | None:
    """Take white space from both ends of what the pieces show."""
    whole = "".join(piece.text for piece in pieces)
    before = len(whole) - len(whole.lstrip(BLANK))
    until = len(whole.rstrip(BLANK))
    if before >= until:
        return None
    kept: list[Piece] = []
    at = 0
    for piece in pieces:
        first, last = max(before - at, 0), min(until - at, len(piece.text))
        if first < last:
            span = Span(piece.span.start + first, piece.span.start + last) if piece.verbatim else piece.span
            kept.append(Piece(piece.text[first:last], span, piece.verbatim))
        at += len(piece.text)
    length = until - before
    moved = tuple(Mark(min(max(mark.at - before, 0), length), mark.name, mark.span) for mark in marks)
    return Line(tuple(kept), marks=moved)
