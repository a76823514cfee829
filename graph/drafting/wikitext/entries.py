"""From footnotes and works cited to the entries of an article's list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mwparserfromhell.nodes import ExternalLink

from graph.anchors import Span
from graph.drafting.document import CitedField, Entry, Line, Mark, Piece
from graph.drafting.wikitext import templates
from graph.drafting.wikitext.citations import Citation, shortened
from graph.drafting.wikitext.flow import Newlines
from graph.drafting.wikitext.footnotes import Footnote
from graph.drafting.wikitext.located import Argument
from graph.drafting.wikitext.visible import Visible

_OWN_NOTES: Final = templates.NOTES - {"refn", "#tag:ref"}
_FEWEST: Final = 12
"""Letters outside its citations that make of a footnote in a group one that explains."""


@dataclass(slots=True)
class NoteText(Visible):
    """Shows the text of a footnote, and keeps what it cites."""

    citations: list[Citation] = field(default_factory=list)
    addresses: list[CitedField] = field(default_factory=list)

    def cite(self, name: str, given: list[Argument], span: Span) -> None:
        """Keep a citation, and show it."""
        if name in templates.SHORT_CITATIONS:
            several = shortened(name, given, span, self)
            self.citations += several
            self.show("; ".join(one.shown for one in several), span)
        else:
            self.citations.append(self.footnotes.citation(name, given, span, self))
            self.show(self.citations[-1].shown, span)

    def unknown(self, name: str, given: list[Argument], span: Span) -> None:
        """Keep the address of an archived copy; of other templates nobody knows what they show."""
        if name not in {"webarchive", "wayback"}:
            Visible.unknown(self, name, given, span)
            return
        for one in given:
            if one.name in {"url", "date"} and (value := self.plain(one.code)):
                self.addresses.append(CitedField(f"archive-{one.name}", value, one.code.span))

    def external_link(self, node: ExternalLink, span: Span) -> None:
        address = str(node.url)
        start = span.start + (1 if node.brackets else 0)
        number = sum(one.name.startswith("url") for one in self.addresses) + 1
        name = "url" if number == 1 else f"url-{number}"
        self.addresses.append(CitedField(name, address, Span(start, start + len(address))))
        Visible.external_link(self, node, span)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of an article, and the further names of those that cite several works."""

    entries: tuple[Entry, ...]
    further: dict[str, tuple[str, ...]]
    """Of a footnote with several citations, the names of all its entries."""


def entries_of(visible: Visible) -> Entries:
    """Return the entries of the footnotes that have been met, and of those in them, in the order of the source."""
    read: set[str] = set()
    found: list[tuple[Footnote, tuple[Entry, ...]]] = []
    while waiting := [one for one in visible.footnotes.met.values() if one.span and one.name not in read]:
        for note in waiting:
            read.add(note.name)
            found.append((note, tuple(_entries(note, visible))))
    # The uses are complete only when all footnotes have been read, because they may use one another.
    complete = [
        (note, tuple(one if one.uses else replace(one, uses=tuple(sorted(note.uses))) for one in several))
        for note, several in found
    ]
    further = {
        note.name: tuple(one.name for one in several)
        for note, several in complete
        if len(several) > 1 and not several[0].is_note
    }
    ordered = sorted((one for _, several in complete for one in several), key=lambda one: one.span)
    return Entries(tuple(_marked(one, further) for one in ordered), further)


def _entries(note: Footnote, visible: Visible) -> Iterator[Entry]:
    if note.span is None:
        return
    if note.code is None:
        for number, citation in enumerate(note.citations, 1):
            line = Line((Piece(citation.shown, note.span, verbatim=False),)) if citation.shown else None
            yield Entry(
                _numbered(note.name, number), note.span, line, template=citation.template, fields=citation.fields
            )
        return
    text = NoteText(visible.balanced, Newlines.SPACE, footnotes=visible.footnotes, troubles=visible.troubles)
    line = joined(text.lines(note.code))
    if line and _explains(note, line, text.citations):
        yield Entry(note.name, note.span, _citing(line, note.name, text.citations), is_note=True)
        yield from _of_note(note.name, text.citations)
        return
    citations = text.citations
    if not citations[1:]:
        cited = citations[0] if citations else None
        fields = (*(cited.fields if cited else ()), *text.addresses)
        yield Entry(note.name, note.span, line, template=cited.template if cited else None, fields=_once(fields))
        return
    for number, (citation, span) in enumerate(zip(citations, _shares(note.span, citations), strict=True), 1):
        shown = Line((Piece(citation.shown, citation.span, verbatim=False),)) if citation.shown else None
        yield Entry(_numbered(note.name, number), span, shown, template=citation.template, fields=citation.fields)


def _citing(line: Line, name: str, citations: Sequence[Citation]) -> Line:
    """Return the line of a note with a mark at each of its citations, which have entries of their own."""
    ends: dict[Span, int] = {}
    at = 0
    for piece in line.pieces:
        at += len(piece.text)
        ends[piece.span] = at
    marks = [Mark(ends.get(one.span, at), _numbered(name, number), one.span) for number, one in enumerate(citations, 2)]
    return replace(line, marks=(*line.marks, *marks)) if marks else line


def _of_note(name: str, citations: Sequence[Citation]) -> Iterator[Entry]:
    for number, one in enumerate(citations, 2):
        line = Line((Piece(one.shown, one.span, verbatim=False),)) if one.shown else None
        yield Entry(_numbered(name, number), one.span, line, template=one.template, fields=one.fields, uses=(one.span,))


def _shares(span: Span, citations: Sequence[Citation]) -> Iterator[Span]:
    """Yield a share of a footnote for each of its citations, so that together they are the whole."""
    start = span.start
    for number, citation in enumerate(citations, 1):
        end = span.end if number == len(citations) else max(start, citation.span.end)
        yield Span(start, end) if start < end else citation.span
        start = end


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}+{number}"


def _explains(note: Footnote, line: Line, citations: Sequence[Citation]) -> bool:
    """Tell whether a footnote explains: it is a note by its template, or a group of its own and not all citation."""
    if note.template in _OWN_NOTES:
        return True
    if note.template == "ref" and not note.group:
        return False
    said = sum(map(str.isalpha, line.text)) - sum(sum(map(str.isalpha, one.shown)) for one in citations)
    return not citations or said >= _FEWEST


def _once(fields: Sequence[CitedField]) -> tuple[CitedField, ...]:
    """Return fields without a second one of the same name and value."""
    seen: dict[tuple[str, str], CitedField] = {}
    for one in fields:
        seen.setdefault((one.name, one.value), one)
    return tuple(seen.values())


def joined(lines: Sequence[Line]) -> Line | None:
    """Return lines as one, with a space where they meet, or None where there are none."""
    if not lines[1:]:
        return lines[0] if lines else None
    pieces: list[Piece] = []
    marks, links = [], []
    at = 0
    for line in lines:
        if pieces:
            before, after = pieces[-1].span.end, line.pieces[0].span.start
            pieces.append(Piece(" ", Span(before, after) if before < after else pieces[-1].span, verbatim=False))
            at += 1
        pieces += line.pieces
        marks += [replace(one, at=one.at + at) for one in line.marks]
        links += [replace(one, start=one.start + at, end=one.end + at) for one in line.links]
        at += len(line.text)
    return Line(tuple(pieces), marks=tuple(marks), links=tuple(links))


def _marked(entry: Entry, further: dict[str, tuple[str, ...]]) -> Entry:
    return replace(entry, line=with_marks(entry.line, further)) if entry.line and entry.line.marks else entry


def with_marks(line: Line, further: dict[str, tuple[str, ...]]) -> Line:
    """Return a line whose marks lead to all entries of their footnotes."""
    if not any(one.name in further for one in line.marks):
        return line
    marks = tuple(replace(mark, name=name) for mark in line.marks for name in further.get(mark.name, (mark.name,)))
    return replace(line, marks=marks)
