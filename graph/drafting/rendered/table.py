"""The infobox as a table whose cells stand between upright strokes.

Renderers fill a row up to the table's width with empty cells: `Armenia | Azerbaijan | ||||||`.
A cell as wide as the box is alone before the filling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Trouble
from graph.drafting.rendered.cells import Cell, add_cells
from graph.drafting.rendered.heads import read_caption, read_head
from graph.drafting.rendered.labels import COLUMNS
from graph.drafting.rendered.lead import Names, is_lead, names_of
from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.references import is_entry
from graph.drafting.rendered.rows import Row

LEFT_OVER: Final = (
    "these lines stand under the table or in it without a name, and nothing tells which field they are of"
)
_RULE: Final = re.compile(r"\|?(?:\s{0,9}:?-{2,}:?\s{0,9}\|){1,99}(?:\s{0,9}:?-{2,}:?\s{0,9})?")
_RULE_LENGTH: Final = 2000
_TABLES: Final = 4
"""Tables among the first of which an infobox is looked for."""
_GAP: Final = 12
"""Rows that may be left over between a table and the article's prose."""


def read_table(source: str, rows: Sequence[Row], title: str, parts: Parts) -> int | None:
    """Read the table and what stands before it; return the row after it, or None where there is no infobox in it."""
    for rule in islice(_rules(rows), _TABLES):
        name = _name(rows, rule)
        last, after = _end(rows, rule, names_of([title, name.text]))
        table = _cells(source, rows, rule, last)
        if any(row and row[0].key(source) in COLUMNS for row in table):
            read_head(source, [*rows[: rule - 1], name, *_head(source, table)], name.text or title, parts)
            _fields(source, table, parts)
            parts.troubles += [Trouble(Span(row.start, row.end), LEFT_OVER) for row in rows[last:after]]
            return after
    return None


def _rules(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the rows of hyphens and strokes that stand under the first row of a table."""
    for at, row in enumerate(rows):
        if at and len(row.text) <= _RULE_LENGTH and row.text[0] in "-|:" and _RULE.fullmatch(row.text):
            yield at


def _name(rows: Sequence[Row], rule: int) -> Row:
    """Return the first row of the table, the battle's name, without its strokes."""
    row = rows[rule - 1]
    text = row.text.strip("| ")
    return Row(text, row.start + row.text.find(text), blank_before=row.blank_before)


def _end(rows: Sequence[Row], rule: int, names: Names) -> tuple[int, int]:
    """Return the row after the table's last, which has a stroke, and the first row of the article's prose."""
    last = at = rule + 1
    while at < len(rows):
        if "|" in rows[at].text:
            last = at + 1
        elif is_entry(rows[at]) or is_lead(rows[at], names, last=at == len(rows) - 1):
            break
        at += 1
    return last, at if at - last <= _GAP else last


def _cells(source: str, rows: Sequence[Row], rule: int, last: int) -> list[list[Cell]]:
    """Return the cells of each row of the table under its rule, without those that only fill it up."""
    edged = rows[rule].text.startswith("|")
    below = rows[rule + 1 : last]
    if edged:
        return list(_edged(source, below))
    return list(_filled(source, below, max(rows[rule].text.count("|"), 2)))


def _filled(source: str, rows: Sequence[Row], width: int) -> Iterator[list[Cell]]:
    if not rows:
        return
    row: list[Cell] = []
    at, end = rows[0].start, rows[-1].end
    while (stroke := source.find("|", at, end)) >= 0:
        cell = Cell(at, stroke)
        # A name of a field at the beginning of a line begins a row, also where the row before is not filled up.
        if row and source[at:stroke].lstrip(" \t\r")[:1] == "\n" and cell.key(source):
            yield _unfilled(source, row)
            row = []
        row.append(cell)
        at = stroke + 1
        if len(row) == width:
            yield _unfilled(source, row)
            row = []
    if source[at:end].strip():
        row.append(Cell(at, end))
    if row:
        yield _unfilled(source, row)


def _unfilled(source: str, row: list[Cell]) -> list[Cell]:
    """Leave out the filling: empty cells, the first of which has only the space after the last real one."""
    last = max((at for at, cell in enumerate(row) if cell.start < cell.end), default=0)
    return row[: last + 1] if row[last].shows(source) else row[:last]


def _edged(source: str, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """Yield the cells of a table with strokes at both edges, where each row of text is a row of the table."""
    for row in rows:
        cells: list[Cell] = []
        inner = row.text.removesuffix("|")
        at = row.start + (1 if inner.startswith("|") else 0)
        for part in inner.removeprefix("|").split("|"):
            cells.append(Cell(at, at + len(part)))
            at += len(part) + 1
        # A cell over several columns and one with empty cells beside it are printed alike: neither tells a side.
        while cells and not cells[-1].shows(source):
            cells.pop()
        yield cells


def _head(source: str, table: list[list[Cell]]) -> list[Row]:
    """Take the rows above the first name of a field off the table: of what it is part, the caption."""
    head: list[Row] = []
    while table and not any(cell.key(source) for cell in table[0]):
        head += [row for cell in table.pop(0) for row in cell.rows(source)]
    return head


def _fields(source: str, table: Sequence[Sequence[Cell]], parts: Parts) -> None:
    key: str | None = None
    label: Span | None = None
    sides = 0
    for row in table:
        shown = [cell for cell in row if cell.shows(source)]
        named = shown[0].key(source) if shown else None
        if named is None and key is not None and shown:
            sides = len(row) if key == "combatant" and label else sides
            add_cells(source, key, row, sides, parts, label=label)
            label = None
        elif named is None:
            read_caption(source, [one for cell in shown for one in cell.rows(source)], parts)
        else:
            if key and label:
                add_cells(source, key, (), sides, parts, label=label)
            key, label = named, shown[0].span(source)
            if len(shown) > 1:
                _pairs(source, shown, parts)
                key = label = None
    if key and label:
        add_cells(source, key, (), sides, parts, label=label)


def _pairs(source: str, row: Sequence[Cell], parts: Parts) -> None:
    """Read names and values beside each other: `Date | 5 July | Location | Kursk`, `Strength | 6,000 | 20,000`."""
    key: str | None = None
    label: Span | None = None
    values: list[Cell] = []
    for cell in [*row, None]:
        named = cell.key(source) if cell else None
        if cell is not None and named is None:
            values.append(cell)
            continue
        if key:
            add_cells(source, key, values, len(values), parts, label=label)
        if cell is not None:
            key, label, values = named, cell.span(source), []
