"""What stands under the infobox: prose under its headings, lists of references and notes, and the site's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.drafting.document import Line
from graph.drafting.rendered.lead import LISTS
from graph.drafting.rendered.notes import Listed, entries_of
from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.references import is_entry
from graph.drafting.rendered.rows import Row
from graph.drafting.rendered.surroundings import DAMAGE, why_apart

_HEADING: Final = 80
"""Code points of the longest heading."""
_HEADING_WORDS: Final = 10


def read_body(source: str, rows: Sequence[Row], parts: Parts) -> None:
    """Read the rows after an infobox, and count in the whole article where each entry of a list is used."""
    lists: list[Listed] = []
    prose: list[Row] = []
    heading = ""
    at = 0
    while at < len(rows):
        row = rows[at]
        end = at + 1
        reason = why_apart(row.text)
        if parts.is_footnote(source, row):
            _flush(source, prose, parts)
        elif is_entry(row) or _is_next(row, heading, lists):
            end = _end_of_entry(rows, at)
            if not lists or lists[-1].heading != heading:
                lists.append(Listed(heading))
            lists[-1].entries.append(rows[at:end])
            _flush(source, prose, parts)
        elif reason is not None or (end < len(rows) and _names_damage(row, rows[end])):
            parts.set_apart([row], reason or DAMAGE)
        elif _is_heading(row, rows[end] if end < len(rows) else None):
            _flush(source, prose, parts)
            heading = row.text
            parts.prose += [_as_heading(line) for line in parts.lines(source, [row])]
        else:
            prose.append(row)
        at = end
    _flush(source, prose, parts)
    lines = [*(line for one in parts.fields for line in one.lines), *parts.prose]
    parts.entries = entries_of(source, lists, lines, parts.entries)


def _flush(source: str, rows: list[Row], parts: Parts) -> None:
    parts.prose += parts.lines(source, rows)
    rows.clear()


def _is_next(row: Row, heading: str, lists: Sequence[Listed]) -> bool:
    """Tell whether a row without back-link is an entry: under the heading of a list, with the next number of it."""
    if heading.casefold() not in LISTS:
        return False
    before = lists[-1].entries if lists and lists[-1].heading == heading else ()
    return row.text.startswith(f"{len(before) + 1}. ")


def _end_of_entry(rows: Sequence[Row], at: int) -> int:
    """Return the row after an entry: rows right under it and further in go on with it."""
    indent = rows[at].indent
    at += 1
    while at < len(rows) and not rows[at].blank_before and rows[at].indent > indent and not is_entry(rows[at]):
        at += 1
    return at


def _is_heading(row: Row, below: Row | None) -> bool:
    """Tell whether a row is a heading: a few words without a stop, with a paragraph or a list under them."""
    if row.bullet or len(row.text) > _HEADING or row.text[-1] in ".!?:;,|" or not row.text[0].isalnum():
        return False
    if row.text.casefold() in LISTS and below is not None:
        return True
    if len(row.text.split()) > _HEADING_WORDS or below is None:
        return False
    return (
        bool(below.blank_before) or len(below.text) > _HEADING or is_entry(below) or why_apart(below.text) is not None
    )


def _names_damage(row: Row, below: Row) -> bool:
    """Tell whether a row is the name of a reference of which the next one says that it was never defined."""
    return why_apart(below.text) == DAMAGE and below.text.startswith("was ") and len(row.text) <= _HEADING


def _as_heading(line: Line) -> Line:
    return Line(line.pieces, line.depth, line.blank_before, heading=True, marks=line.marks)
