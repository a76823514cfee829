"""Viewpoints side by side: rows of what is spoken of, columns of who speaks.

Pure: sayings in, tables out. Nothing is added up or averaged. Where a viewpoint has no
saying in a row, the cell tells why, as far as the text shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.labels import Shown
from server.sayings import Saying, Section
from server.verdicts import Verdict, by_name, gather, judge


class Absence(StrEnum):
    """Why a viewpoint has no saying in a row."""

    SILENT = "silent"
    """The text gives nothing of the kind for it."""
    LIST_LOST = "list-lost"
    """Its whole list is missing from the copy, so what it said of this is not known."""
    UNSPECIFIED = "unspecified"
    """It gives its losses as unspecified on the whole."""
    LINE_BY_LINE = "line-by-line"
    """It gives no figure for the whole, but lines of single types."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one viewpoint says in one row, in the order of the text, or why it says nothing."""

    viewpoint: Shown
    sayings: tuple[Saying, ...]
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is spoken of, with a cell for each column of its table."""

    subject: tuple[Shown, ...]
    cells: tuple[Cell, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def sayings(self) -> tuple[Saying, ...]:
        """Everything that is said in the row."""
        return tuple(saying for cell in self.cells for saying in cell.sayings)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with something in common: whose losses, which event."""

    heading: Shown | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One section: its columns by name, its rows in the order of the text."""

    section: Section
    viewpoints: tuple[Shown, ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def count(self) -> int:
        """How many claims it shows."""
        return sum(len(row.sayings) for row in self.rows)


def compare(sayings: Sequence[Saying]) -> tuple[Table, ...]:
    """Return the tables of these sayings, which are in the order of the text; each saying is in one cell."""
    by_iri = {saying.claim.iri: saying for saying in sayings}
    tables = []
    for section in Section:
        own = [saying for saying in sayings if saying.section is section]
        if own:
            columns = sorted({saying.claim.viewpoint for saying in own}, key=by_name)
            groups = gather(own, lambda saying: saying.group)
            made = tuple(_group(heading, members, columns, by_iri) for heading, members in groups)
            tables.append(Table(section, tuple(columns), made))
    return tuple(tables)


def _group(
    heading: Shown | None, members: Sequence[Saying], columns: Sequence[Shown], by_iri: Mapping[str, Saying]
) -> Group:
    rows = []
    for _key, own in gather(members, lambda saying: saying.key):
        cells = []
        for column in columns:
            said = tuple(saying for saying in own if saying.claim.viewpoint == column)
            cells.append(Cell(column, said, None if said else _absence(column, own, members)))
        rows.append(Row(own[0].subject, tuple(cells), judge(own, by_iri)))
    return Group(heading, tuple(rows))


def _absence(viewpoint: Shown, row: Sequence[Saying], group: Sequence[Saying]) -> Absence:
    others = [saying for saying in group if saying.claim.viewpoint == viewpoint]
    if row[0].is_whole:
        return Absence.LINE_BY_LINE if others else Absence.SILENT
    whole = [saying for saying in others if saying.is_whole and saying.value is None]
    if not whole:
        return Absence.SILENT
    return Absence.LIST_LOST if any(saying.is_lost for saying in whole) else Absence.UNSPECIFIED
