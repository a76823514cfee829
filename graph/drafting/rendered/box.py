"""The infobox as most renderers print it: names of fields and their values row by row, columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Trouble
from graph.drafting.rendered.heads import are_coordinates, printed_names, read_head
from graph.drafting.rendered.labels import COLUMNS, Label, label_at, labels_in
from graph.drafting.rendered.lead import Names, is_heading_below, is_lead, names_of
from graph.drafting.rendered.maps import without_maps
from graph.drafting.rendered.parts import Parts, rest_of
from graph.drafting.rendered.references import is_entry
from graph.drafting.rendered.rows import Row
from graph.drafting.rendered.surroundings import why_apart

CAMPAIGN: Final = "Links to other battles of the same campaign."
UNNAMED: Final = "the names of the fields are lost here, so nothing tells what these lines are about"
ANOTHER: Final = "a second infobox stands under the first, and one draft is of one battle"
_FEWEST: Final = 2
_TELLING: Final = COLUMNS | {"result", "status", "territory"}
"""Fields that boxes of other events do not have."""
_CAMPAIGN: Final = frozenset(("vte", "v t e", "v · t · e", "v • t • e"))
"""With what a box of links begins: view, talk, edit; or a row for each."""


def read_box(source: str, rows: Sequence[Row], title: str, parts: Parts) -> int | None:
    """Read the infobox and what stands before it; return the row after its last, or None where there is none."""
    found = _find(rows, title)
    if found is None:
        return None
    labels, end, after = found
    read_head(source, rows[: labels[0].row], title, parts)
    last = _without_campaign(rows, labels[-1].row + labels[-1].rows, end, parts)
    parts.troubles += [Trouble(Span(row.start, row.end), ANOTHER) for row in rows[end:after]]
    flattened = not any(label.key in COLUMNS for label in labels)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        below = label.row + label.rows
        own = rest_of(source, label.value, rows[below - 1].end)
        rest = without_maps(rows[below : following.row if following else last], parts)
        if label.key in COLUMNS:
            rest = [row for row in _without_site(source, rest, parts) if not parts.is_footnote(source, row)]
        if flattened and following is None and own:
            parts.troubles += [Trouble(Span(row.start, row.end), UNNAMED) for row in rest]
            rest = []
        parts.add_field(source, label.key, own + rest, label=label.span, columns_lost=label.key in COLUMNS)
    return after


def _find(rows: Sequence[Row], title: str) -> tuple[list[Label], int, int] | None:
    """Return the names of the infobox's fields, the row after its last, and the row after any infobox under it."""
    first = 0
    while first < len(rows):
        while first < len(rows) and label_at(rows, first) is None:
            first += 1
        last = _end(rows, first, names_of([title, *printed_names(rows, first)]))
        end = _another(rows, first, last)
        labels = labels_in(rows, first, end)
        if len(labels) >= _FEWEST and any(label.key in _TELLING for label in labels):
            return labels, end, last
        first = last + 1
    return None


def _end(rows: Sequence[Row], first: int, names: Names) -> int:
    """Return the first row after a name of a field that belongs to no infobox any more."""
    for at in range(first + 1, len(rows)):
        if is_lead(rows[at], names, last=at == len(rows) - 1) or is_entry(rows[at]) or is_heading_below(rows, at):
            return at
    return len(rows)


def _another(rows: Sequence[Row], first: int, last: int) -> int:
    """Return where a second infobox begins: after the losses, a date and then the combatants or losses once more."""
    begins: int | None = None
    has_losses = False
    for at in range(first, last):
        label = label_at(rows, at)
        if label is None:
            continue
        if begins is not None and label.key in ("combatant", "casualties"):
            # Above its date stand its name and the war that it is part of.
            above = next((row for row in (begins - 1, begins - 2) if rows[row].text.startswith("Part of ")), None)
            return begins if above is None else above - 1
        if label.key == "casualties":
            has_losses = True
        elif label.key == "date" and has_losses:
            begins = at
    return last


def _without_site(source: str, rows: Sequence[Row], parts: Parts) -> list[Row]:
    """Take out what skins print into or under the columns: buttons, credits, the coordinates of the page's top."""
    kept: list[Row] = []
    for row in rows:
        if are_coordinates(row):
            parts.add_field(source, "coordinates", [row])
        elif len(row.text) > 1 and (reason := why_apart(row.text)):
            parts.set_apart([row], reason)
        else:
            kept.append(row)
    return kept


def _without_campaign(rows: Sequence[Row], first: int, last: int, parts: Parts) -> int:
    """Set apart the links to other battles of the campaign, which stand under the box; return where they begin."""
    for at in range(first, last):
        words = [row.text.casefold() for row in rows[at : min(at + 2, last)]]
        if words[0] in _CAMPAIGN or words == ["v", "t"]:
            parts.set_apart(rows[at:last], CAMPAIGN)
            return at
    return last
