"""Parts of lines cut out and joined, to be read as one line that still knows where its words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.anchors import Span
from graph.drafting.document import Line, Link, Mark, Piece, Words


@dataclass(frozen=True, slots=True)
class Strip:
    """One or several stretches of lines; `line` is what a reader of single lines gets."""

    parts: tuple[Words, ...]
    line: Line

    def origins(self, start: int, end: int) -> Iterator[Words]:
        """Yield the words of the field's own lines that the strip shows in [start, end)."""
        at = 0
        for part in self.parts:
            length = part.end - part.start
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                yield Words(part.line, part.start + first, part.start + last)
            at += length + 1  # the space that joins it to the next


def whole(line: Line) -> Strip:
    """Return a line as a strip."""
    return Strip((Words(line, 0, len(line.text)),), line)


def cut(strip: Strip, start: int, end: int) -> Strip:
    """Return [start, end) of a strip, white space at its ends left out; it must hold something else."""
    shown = strip.line.text[start:end]
    start, end = start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())
    if (start, end) == (0, len(strip.line.text)):
        return strip
    return join(tuple(strip.origins(start, end)))


def join(parts: Sequence[Words]) -> Strip:
    """Return stretches of lines, one after the other, with a space between."""
    if len(parts) == 1 and (parts[0].start, parts[0].end) == (0, len(parts[0].line.text)):
        return whole(parts[0].line)
    pieces: list[Piece] = []
    marks: list[Mark] = []
    links: list[Link] = []
    flags: list[tuple[int, str]] = []
    at = 0
    for number, part in enumerate(parts):
        if number:
            before, after = parts[number - 1].span.end, part.span.start
            pieces.append(Piece(" ", Span(before, max(before, after)), verbatim=False))
            at += 1
        shift = at - part.start
        pieces += _pieces(part)
        marks += [replace(one, at=one.at + shift) for one in _marks(part)]
        links += [
            replace(one, start=max(one.start, part.start) + shift, end=min(one.end, part.end) + shift)
            for one in part.line.links
            if one.start < part.end and one.end > part.start
        ]
        flags += [(place + shift, whose) for place, whose in part.line.flags if part.start <= place < part.end]
        at += part.end - part.start
    first = parts[0].line
    line = Line(tuple(pieces), first.depth, first.blank_before, first.heading, tuple(marks), tuple(links), tuple(flags))
    return Strip(tuple(parts), line)


def _pieces(part: Words) -> Iterable[Piece]:
    at = 0
    for piece in part.line.pieces:
        first, last = max(part.start - at, 0), min(part.end - at, len(piece.text))
        if first < last:
            if piece.verbatim:
                yield Piece(piece.text[first:last], Span(piece.span.start + first, piece.span.start + last))
            else:
                yield Piece(piece.text[first:last], piece.span, verbatim=False)
        at += len(piece.text)


def _marks(part: Words) -> Iterable[Mark]:
    """Yield the marks behind a character of the part, also after a space, and those before the line's first."""
    text = part.line.text
    for one in part.line.marks:
        if part.start < one.at <= part.end or one.at == part.start == 0:
            yield one
        elif one.at > part.end and text[part.end : one.at].isspace():
            yield replace(one, at=part.end)
