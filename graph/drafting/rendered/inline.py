"""The infobox as names and values in one run between strokes: `Date | 4 June | Strength | 3 ships | 4 ships`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.anchors import Span
from graph.drafting.rendered.cells import Cell, add_cells
from graph.drafting.rendered.heads import read_head
from graph.drafting.rendered.labels import COLUMNS, key_of
from graph.drafting.rendered.lead import Names, is_lead, names_of
from graph.drafting.rendered.parts import Parts, rest_of
from graph.drafting.rendered.rows import Row

_FEWEST: Final = 2
_LONGEST_LABEL: Final = 4
"""Words of the longest name of a field, and one more."""


def read_inline(source: str, rows: Sequence[Row], title: str, parts: Parts) -> int | None:
    """Read the run and what stands before it; return the row after it, or None where there is none."""
    first = next((at for at, row in enumerate(rows) if " | " in row.text), None)
    if first is None:
        return None
    last = _end(rows, first, names_of([title]))
    cells = _cells(source, rows[first].start, rows[last - 1].end)
    label = _first_label(source, cells[0])
    keys = [key for cell in cells if (key := cell.key(source))]
    if len(keys) + (label is not None) < _FEWEST or COLUMNS.isdisjoint(keys):
        return None
    before = list(rows[:first])
    if label is not None:
        before += rest_of(source, cells[0].start, label.start)
        cells[0] = label
    _head(source, before, title, parts)
    _fields(source, cells, parts)
    return last


def _end(rows: Sequence[Row], first: int, names: Names) -> int:
    """Return the row after the last stroke before the article's prose."""
    last = first + 1
    for at in range(first + 1, len(rows)):
        if "|" in rows[at].text:
            last = at + 1
        elif is_lead(rows[at], names, last=at == len(rows) - 1):
            break
    return last


def _cells(source: str, start: int, end: int) -> list[Cell]:
    cells: list[Cell] = []
    while (stroke := source.find("|", start, end)) >= 0:
        cells.append(Cell(start, stroke))
        start = stroke + 1
    return [*cells, Cell(start, end)]


def _first_label(source: str, cell: Cell) -> Cell | None:
    """Return the name of a field with which a cell ends: before the first stroke, other words may stand before it."""
    tail = source[max(cell.start, cell.end - 200) : cell.end].rstrip()
    words = tail.split()[-_LONGEST_LABEL:]
    for first in range(len(words)):
        if key_of(" ".join(words[first:])):
            at = cell.end
            for word in reversed(words[first:]):
                at = source.rfind(word, cell.start, at)
            return Cell(at, cell.end)
    return None


def _head(source: str, rows: list[Row], title: str, parts: Parts) -> None:
    """Read what stands before the run: the head of a box where a row is the battle's name, otherwise prose."""
    if any(row.text.casefold() == title.casefold() for row in rows):
        read_head(source, rows, title, parts)
    else:
        parts.prose += parts.lines(source, rows)


def _fields(source: str, cells: Sequence[Cell], parts: Parts) -> None:
    key: str | None = None
    label: Span | None = None
    values: list[Cell] = []
    sides = 0
    for cell in [*cells, None]:
        named = cell.key(source) if cell else None
        if cell is not None and named is None:
            values.append(cell)
            continue
        while values and not values[-1].shows(source):
            values.pop()
        if key:
            sides = len(values) if key == "combatant" else sides
            add_cells(source, key, values, sides, parts, label=label)
        elif values:
            parts.prose += parts.lines(source, [row for value in values for row in value.rows(source)])
        if cell is not None:
            key, label, values = named, cell.span(source), []
