"""Cells of a table: stretches of the source, and the fields that a row of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.anchors import Span
from graph.drafting.rendered.labels import COLUMNS, key_of
from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.rows import Row, rows_of

_TWO: Final = 2
"""Columns of most infoboxes, also where the combatants' cells are lost."""

_MOST: Final = 4
"""Cells of a row: three columns and one as wide as the box. More are no columns of an infobox."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    start: int
    end: int

    def shows(self, source: str) -> bool:
        """Tell whether it is not empty."""
        return bool(source[self.start : self.end].strip())

    def rows(self, source: str) -> list[Row]:
        """Return its rows that show something."""
        return list(rows_of(source, self.start, self.end))

    def key(self, source: str) -> str | None:
        """Return the field whose name is all that it shows."""
        return key_of(source[self.start : min(self.end, self.start + 200)].strip())

    def span(self, source: str) -> Span:
        """Return where what it shows stands."""
        words = source[self.start : self.end]
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))


def add_cells(
    source: str, key: str, cells: Sequence[Cell], sides: int, parts: Parts, *, label: Span | None = None
) -> None:
    """Add a row of cells as fields: one for each side, or one of no side for a cell as wide as the box.

    `sides` is how many combatants' cells there are; a cell beyond them is of no side. The label
    goes to the first; a field without any cell keeps it alone.
    """
    wide = key not in COLUMNS or len(cells) == 1 or len(cells) > _MOST
    for side, cell in enumerate(cells, start=1):
        if cell.shows(source):
            of = None if wide or side > max(sides, _TWO) else side
            rows = cell.rows(source)
            parts.add_field(source, key, [*_unspaced(rows[:1]), *rows[1:]], label=label, side=of)
            label = None
    if label is not None:
        parts.add_field(source, key, (), label=label)


def _unspaced(rows: Sequence[Row]) -> list[Row]:
    """Let the first row of a cell have no empty row before it: the line end there is the table's."""
    return [Row(row.text, row.start, row.indent, row.bullet) for row in rows]
