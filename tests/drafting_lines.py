"""Lines and fields made from text, for tests of the readers of fields."""

from __future__ import annotations

from graph.anchors import Span
from graph.drafting.document import Document, Field, Form, Line, Link, Mark, Piece
from graph.drafting.reading import FieldReading


def line_of(text: str, start: int = 0, *, depth: int = 0, blank_before: int = 0, heading: bool = False) -> Line:
    """Return a line that stands at `start` of its source; `[[page|words]]` is a link and `{4}` a footnote mark."""
    pieces, links, marks, at, shown = list[Piece](), list[Link](), list[Mark](), 0, 0
    while at < len(text):
        ends, piece = len(text), ""
        if text.startswith("[[", at):
            ends = text.index("]]", at) + 2
            page, _, piece = text[at + 2 : ends - 2].partition("|")
            piece = piece or page
            links.append(Link(shown, shown + len(piece), page[0].upper() + page[1:]))
            pieces.append(Piece(piece, Span(start + at, start + ends), verbatim=False))
        elif text[at] == "{":
            ends = text.index("}", at) + 1
            marks.append(Mark(shown, text[at + 1 : ends - 1], Span(start + at, start + ends)))
        else:
            ends = min((place for sign in ("[[", "{") if (place := text.find(sign, at)) >= 0), default=ends)
            piece = text[at:ends]
            pieces.append(Piece(piece, Span(start + at, start + ends)))
        shown += len(piece)
        at = ends
    return Line(tuple(pieces), depth, blank_before, heading, tuple(marks), tuple(links))


def field_of(key: str, text: str) -> Field:
    """Return a field of the lines of a text: `*` begins one of a list, `'''` a heading, an empty line is a gap."""
    lines, start, blanks = list[Line](), 0, 0
    for written in text.split("\n"):
        shown = written.lstrip("*'").rstrip("'")
        if shown.strip():
            begins = start + written.index(shown)
            depth, heading = len(written) - len(written.lstrip("*")), written.startswith("'''")
            lines.append(line_of(shown, begins, depth=depth, blank_before=blanks, heading=heading))
        blanks = 0 if shown.strip() else blanks + 1
        start += len(written) + 1
    return Field(key, tuple(lines), Span(0, len(text)))


def document_of(title: str, *paragraphs: str, fields: tuple[Field, ...] = ()) -> Document:
    """Return a document of these paragraphs."""
    source = "\n".join(paragraphs)
    return Document(source, Form.RENDERED, title, None, fields, prose=tuple(map(line_of, paragraphs)))


def unaccounted(field: Field, reading: FieldReading) -> list[str]:
    """Return the letters and digits of the field that are in no portion, or in more than one."""
    wrong = list[str]()
    for line in field.lines:
        counts = [0] * len(line.text)
        for portion in reading.portions:
            if portion.words.line is line:
                for place in range(portion.words.start, portion.words.end):
                    counts[place] += 1
        wrong += (
            sign for sign, count in zip(line.text, counts, strict=True) if count != 1 and (count or sign.isalnum())
        )
    return wrong
