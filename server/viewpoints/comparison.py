"""Viewpoints side by side: rows of what is spoken of, columns of who speaks.

Pure: sayings in, tables out. Nothing is added up or averaged. Where a viewpoint has no
saying in a row, the cell tells why, as far as the text shows it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from server.terms.labels import Shown
from server.viewpoints.absences import Absence, find_absence
from server.viewpoints.sayings import Saying, Section
from server.viewpoints.standings import Standing, share_standings
from server.viewpoints.verdicts import Relation, Verdict, by_name, gather, judge


@dataclass(frozen=True, slots=True)
class Cell:
    """What one viewpoint says in one row, in the order of the text, or why it says nothing."""

    viewpoint: Shown
    sayings: tuple[Saying, ...]
    absence: Absence | None = None
    height: int = 1
    """How many rows of its group it stands for; 0 where one above stands for it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is spoken of, with a cell for each column of its table."""

    subject: tuple[Shown, ...]
    cells: tuple[Cell, ...]
    verdicts: tuple[Verdict, ...]
    verdict_height: int = 1
    """How many rows of its group the verdicts stand for; 0 where those above stand for this row."""

    @property
    def sayings(self) -> tuple[Saying, ...]:
        """Everything that is said in the row."""
        return tuple(saying for cell in self.cells for saying in cell.sayings)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with something in common: whose losses, which event."""

    heading: Shown | None
    rows: tuple[Row, ...]
    standings: Mapping[Shown, Standing]
    """What most lines of a viewpoint stand on, where its lines have enough of that in common."""


@dataclass(frozen=True, slots=True)
class Table:
    """One section: its columns by name, its rows in the order of the text."""

    section: Section
    viewpoints: tuple[Shown, ...]
    groups: tuple[Group, ...]
    standings: Mapping[Shown, Standing]
    """The same for the lines of all groups; empty where each group has its own."""

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
            # Each list of losses has a source of its own.
            is_each = section is Section.LOSSES
            made = tuple(_group(heading, members, columns, by_iri, is_each=is_each) for heading, members in groups)
            tables.append(Table(section, tuple(columns), made, {} if is_each else share_standings(own)))
    return tuple(tables)


def shorten(table: Table, most: int) -> Table:
    """Return the first rows of a table with about so many claims; what is said of a row is still of all its claims.

    A cell that has claims keeps one at least, and none is taken out of the middle.
    """
    if table.count <= most:
        return table
    left = most
    groups = []
    for group in table.groups:
        rows = []
        for row in group.rows:
            if left <= 0:
                break
            cells = [replace(cell, sayings=cell.sayings[: max(left // len(row.cells), 1)]) for cell in row.cells]
            left -= sum(len(cell.sayings) for cell in cells)
            rows.append(replace(row, cells=tuple(cells)))
        if rows:
            groups.append(replace(group, rows=_join(rows)))
    return replace(table, groups=tuple(groups))


def _group(
    heading: Shown | None,
    members: Sequence[Saying],
    columns: Sequence[Shown],
    by_iri: Mapping[str, Saying],
    *,
    is_each: bool,
) -> Group:
    rows = []
    for _key, own in gather(members, lambda saying: saying.key):
        cells = []
        for column in columns:
            said = tuple(saying for saying in own if saying.claim.viewpoint == column)
            cells.append(Cell(column, said, None if said else find_absence(column, own, members)))
        absences = {cell.absence for cell in cells if cell.absence}
        rows.append(Row(own[0].subject, tuple(cells), judge(own, by_iri, absences)))
    return Group(heading, _join(rows), share_standings(members) if is_each else {})


def _join(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with what is the same from one to the next told once for all of them."""
    verdicts = _heights([_sameness(row.verdicts) for row in rows])
    columns = []
    for column in zip(*(row.cells for row in rows), strict=True):
        heights = _heights([None if cell.absence is Absence.SILENT else cell.absence for cell in column])
        columns.append(
            [
                cell if cell.height == height else replace(cell, height=height)
                for cell, height in zip(column, heights, strict=True)
            ]
        )
    cells = zip(*columns, strict=True)
    return tuple(
        replace(row, cells=own, verdict_height=height) for row, own, height in zip(rows, cells, verdicts, strict=True)
    )


def _sameness(verdicts: Sequence[Verdict]) -> Hashable:
    """Return what verdicts of two rows must share to be told once; None where they are told each time."""
    return Relation.ONE_LEFT if verdicts[0].relation is Relation.ONE_LEFT else None


def _heights(keys: Sequence[Hashable]) -> list[int]:
    """Return how many places each key stands for: 0 where the one before it is the same, and None for itself alone."""
    heights = [1] * len(keys)
    for place in range(len(keys) - 2, -1, -1):
        if keys[place] is not None and keys[place] == keys[place + 1]:
            heights[place], heights[place + 1] = heights[place + 1] + 1, 0
    return heights
