"""What the reader of one form makes of a text: parts of a document, and how far it read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.anchors import Span
from graph.drafting.document import Apart, Entry, Field, Line, Mark, Trouble
from graph.drafting.rendered.rows import BLANK, Row
from graph.drafting.rendered.stars import starred
from graph.drafting.rendered.visible import marks_in, shown


@dataclass(slots=True)
class Parts:
    """The parts of a document, as they are found."""

    fields: list[Field] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    title_span: Span | None = None
    stars: frozenset[str] = frozenset()
    """The stars that are footnote marks in the text."""

    def lines(self, source: str, rows: Iterable[Row]) -> tuple[Line, ...]:
        """Return what the rows show, with their depth in lists; what is set apart in them is kept here."""
        found: list[Line] = []
        marks: list[Mark] = []
        for row, depth in _depths(rows):
            seen = shown(source, row.start, row.end, depth, row.blank_before)
            self.apart += seen.apart
            self.troubles += seen.troubles
            if seen.lines:
                _end_with(found, marks)
                found += seen.lines
            elif found:
                # Renderers break marks off their line: they stand at the end of what is before them.
                marks += (Mark(len(found[-1].text), name, at) for name, at in marks_in(source, row.start, row.end))
            else:
                places = [at for _, at in marks_in(source, row.start, row.end)]
                self.apart += [Apart(at, "A footnote mark that stands at no words.") for at in places]
        _end_with(found, marks)
        return tuple(found)

    def add_field(
        self,
        source: str,
        key: str,
        rows: Sequence[Row],
        *,
        label: Span | None = None,
        side: int | None = None,
        columns_lost: bool = False,
    ) -> None:
        """Add a field whose value are the rows."""
        start = label.start if label else rows[0].start
        end = max(rows[-1].end if rows else 0, label.end if label else 0)
        lines = self.lines(source, rows)
        self.fields.append(Field(key, lines, Span(start, end), side, columns_lost, label))

    def set_apart(self, rows: Iterable[Row], reason: str) -> None:
        """Set rows apart."""
        self.apart += [Apart(Span(row.start, row.end), reason) for row in rows]

    def is_footnote(self, source: str, row: Row) -> bool:
        """Tell whether a row is the text of a footnote that stars mark, and keep it as an entry."""
        entry = starred(source, row, self.stars) if self.stars else None
        if entry is not None:
            self.entries.append(entry)
        return entry is not None


def _end_with(lines: list[Line], marks: list[Mark]) -> None:
    """Add marks to the last line."""
    if marks:
        last = lines[-1]
        lines[-1] = replace(last, marks=(*last.marks, *marks))
        marks.clear()


def rest_of(source: str, start: int, end: int, blank_before: int = 0) -> list[Row]:
    """Return what stands in a stretch of one row as a row, or nothing."""
    words = source[start:end]
    text = words.strip(BLANK)
    begins = start + len(words) - len(words.lstrip(BLANK))
    return [Row(text, begins, blank_before=blank_before)] if text else []


def _depths(rows: Iterable[Row]) -> Iterable[tuple[Row, int]]:
    """Pair each row with its depth in lists: how many bullets stand before it, each further in than the one before."""
    indents: list[int] = []
    before: Row | None = None
    for row in rows:
        if row.bullet:
            while indents and indents[-1] >= row.indent:
                indents.pop()
            indents.append(row.indent)
        elif not (before and indents and not row.blank_before and row.indent > indents[-1]):
            # A row without bullet right under an item and further in is a second row of the item.
            indents.clear()
        before = row
        yield row, len(indents)
