"""From a stretch of rendered text to what a reader of the article sees of it: lines without footnote marks.

The marks become `Mark`s; what a mirror prints in place of a picture or a broken template is
set apart, because it is no word of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Apart, Line, Mark, Piece, Trouble
from graph.drafting.rendered.rows import BLANK

PICTURE: Final = "The place of a picture, which the text does not show."
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
# A mark is a bracket around a number, a letter (after z: aa, ab), a small roman number, a group and a number, or a tag.
# Of a page, {{rp}} prints ":37" right after it, or ": 37" with a space narrower than a word's.
_MARK: Final = re.compile(
    r"\[(?P<name>\d{1,4}|[a-zA-Z]|(?!an|as|at|be|by)[a-c][a-z]|[ivxl]{1,6}"
    r"|(?:lower|upper)-(?:alpha|roman|greek)[ \u00a0]\d{1,3}"
    r"|(?:notes?|nb|n|fn|fnt|ref|a|A|N|Note|Notes)[ \u00a0]?\d{1,3}"
    rf"|(?i:{'|'.join(map(re.escape, _TAGS))}))\]"
    r"(?::[\u00a0\u2009\u200a]?\d{1,4}(?:[\u2013-]\d{1,4})?(?:,[ \u00a0]?\d{1,4}(?:[\u2013-]\d{1,4})?){0,9}(?!\d))?"
)
# "23x15px" where a flag stood, "![](…)" where any picture did; tables keep the tag of a line's end.
_PICTURE: Final = re.compile(r"(?P<end><br ?/?>)|\b\d{1,4}(?:x\d{1,4})?px\b|!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)")
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
        Apart(Span(at.start(), at.end()), LINE_END if at["end"] else PICTURE)
        for at in _PICTURE.finditer(source, start, end)
    ]
    troubles: list[Trouble] = []
    begin = start
    # A picture in a line is a flag before a name: what follows it is an item of its own.
    for stop, after in [*((one.span.start, one.span.end) for one in apart), (end, end)]:
        broken = [Span(begin + at.start(), begin + at.end()) for at in _BROKEN.finditer(source[begin:stop])]
        troubles += [Trouble(span, BROKEN) for span in broken]
        line = _line(source, begin, stop, broken)
        if line is not None:
            lines.append(replace(line, depth=depth, blank_before=0 if lines else blank_before))
        begin = after
    return Shown(tuple(lines), tuple(apart), tuple(troubles))


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
        if at < span.start:
            pieces.append(Piece(source[at : span.start], Span(at, span.start)))
            length += span.start - at
        if name is not None:
            marks.append(Mark(length, name, span))
        at = max(at, span.end)
    return _stripped(pieces, marks)


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
            kept.append(Piece(piece.text[first:last], Span(piece.span.start + first, piece.span.start + last)))
        at += len(piece.text)
    length = until - before
    moved = tuple(Mark(min(max(mark.at - before, 0), length), mark.name, mark.span) for mark in marks)
    return Line(tuple(kept), marks=moved)
