"""Several lines as one, for values that run through a line break or through several parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.anchors import Span
from graph.drafting.document import Line, Link, Mark, Piece


def as_one(lines: Sequence[Line]) -> Line:
    """Return the lines in the order of the source as one, with a space for what stands between them."""
    if len(lines) == 1:
        return lines[0]
    pieces, marks, links = list[Piece](), list[Mark](), list[Link]()
    at, ends = 0, 0
    for line in lines:
        if pieces:
            # What breaks the line shows nothing but the break.
            pieces.append(Piece(" ", Span(ends, line.span().start), verbatim=False))
            at += 1
        pieces += line.pieces
        marks += (replace(mark, at=mark.at + at) for mark in line.marks)
        links += (replace(link, start=link.start + at, end=link.end + at) for link in line.links)
        at, ends = at + len(line.text), line.span().end
    heading = any(line.heading for line in lines)
    return Line(tuple(pieces), marks=tuple(marks), links=tuple(links), heading=heading)
