"""Which side the rows of a field are of, where a renderer lost its columns.

The rows of the first column come first, then those of the second, then what was printed under
both. So two places are looked for: where the rows of no side begin, and where the second column
does. For the second one the signs are tried in a fixed order, and the first that finds exactly
one place decides; where none does, no row has a side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.drafting.columns import Placed, Roster
from graph.drafting.losses.headings import Kind
from graph.drafting.losses.lexicon import CIVIL, CIVIL_PROPERTY
from graph.drafting.losses.rows import Row
from graph.drafting.losses.signs import SIGNS

_BOTH: Final = re.compile(
    r"\b(?:in total|in all|both sides|either side|each side|altogether|combined)\b", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"\s*(?:see\b|estimates? var|figures var)", re.IGNORECASE)
_NOT_TOLD: Final = "Nothing in the text tells which lines are of which column."
_NO_SIDE: Final = "The line stands after the lists of both columns, as what was printed under both does."


def sides_of(rows: Sequence[Row], roster: Roster) -> tuple[Placed, ...]:
    """Return the side of each row of a field that lost its columns, and the sign that tells it."""
    end = _tail(rows)
    found = next((found for sign in SIGNS if (found := sign(rows[:end], roster))), None)
    if found is None:
        placed = [Placed(None, _NOT_TOLD)] * end
    else:
        start, basis = found
        placed = [Placed(1, basis)] * start + [Placed(2, basis)] * (end - start)
    return (*placed, *[Placed(None, _NO_SIDE)] * (len(rows) - end))


def _tail(rows: Sequence[Row]) -> int:
    """Return where the rows begin that stand under both columns: civilians, the displaced, totals of both sides."""
    alone = [
        at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.CIVILIAN and row.strip is None
    ]
    if len(alone) == 1 and all(
        row.heading is None or row.heading.kind is not Kind.CLAIMANT for row in rows[alone[0] :]
    ):
        return alone[0]
    end = len(rows)
    first_item = next((at for at, row in enumerate(rows) if row.depth and row.strip), end)
    totals = [at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.TOTAL]
    if len(totals) > 2 and totals[-2:] == [end - 2, end - 1]:  # noqa: PLR2004 - one for each column, and one more
        end -= 1
    civil_before = False
    while end and (_of_no_side(rows[end - 1]) or (_is_apart(rows[end - 1]) and first_item < end)):
        row = rows[end - 1]
        if _goes_with_list(row, rows[end - 2] if end > 1 else None):
            break
        civil_before = civil_before or (_is_civil(row) and not _is_displaced(row))
        end -= 1
    if civil_before and any(_is_civil(row) and row.strip for row in rows[:end]):
        while end < len(rows) and _is_civil(rows[end]) and not _is_displaced(rows[end]) and not rows[end].blank_before:
            end += 1
    return end


def _is_apart(row: Row) -> bool:
    """Tell whether a row with a claimant of its own stands alone, as below lists: no bullet, a blank line before it."""
    return bool(row.strip and not row.heading and not row.depth and row.blank_before and row.claims)


def _goes_with_list(row: Row, before: Row | None) -> bool:
    """Tell whether a row is one more item of the list above it, and says nothing that sets it apart."""
    if before is None or not row.depth or row.depth != before.depth or row.blank_before > before.blank_before:
        return False
    return not row.claims and not _is_displaced(row) and not _BOTH.search(row.text)


def _of_no_side(row: Row) -> bool:
    if row.strip is None:
        return row.heading is not None and row.heading.kind is Kind.CIVILIAN
    if not row.figures.losses:
        return _ELSEWHERE.match(row.text) is not None
    return _is_civil(row) or _is_displaced(row) or _BOTH.search(row.text) is not None


def _is_civil(row: Row) -> bool:
    if row.heading and row.heading.civilian:
        return True
    losses = [loss for loss in row.figures.losses if loss.included_in is None]
    return bool(losses) and all(
        loss.civilian or {*(loss.object or "").lower().split()} & (CIVIL | CIVIL_PROPERTY) for loss in losses
    )


def _is_displaced(row: Row) -> bool:
    return any("displaced" in loss.effect for loss in row.figures.losses)
