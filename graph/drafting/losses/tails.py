"""Where the rows begin that stand under both columns of a field: civilians, the displaced, totals of both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from graph.drafting.actors.columns import Roster
from graph.drafting.actors.polities import roots
from graph.drafting.lists.headings import Kind
from graph.drafting.lists.lexicon import CIVIL, CIVIL_PROPERTY, DEMONYMS
from graph.drafting.losses.rows import Row

_BOTH: Final = re.compile(
    r"\b(?:in total|in all|both sides|either side|each side|altogether|combined)\b", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"\s*(?:see\b|estimates? var|figures var)", re.IGNORECASE)
_OF_CIVILIANS: Final = frozenset({"displaced", "deported"})
"""Effects on those who live there."""
_ABBREVIATIONS: Final = {"us": "american", "u.s.": "american", "uk": "british", "soviet": "soviet"}


def tail(rows: Sequence[Row], roster: Roster) -> int:
    """Return where the rows of no side begin; rows at the end that say nothing are among them."""
    end = _said(rows)
    alone = [
        at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.CIVILIAN and row.strip is None
    ]
    if len(alone) == 1 and all(
        row.heading is None or row.heading.kind is not Kind.CLAIMANT for row in rows[alone[0] :]
    ):
        return alone[0]
    blocks = _civil_blocks(rows[:end])
    return blocks if blocks is not None else _civil_lines(rows, end, roster)


def _said(rows: Sequence[Row]) -> int:
    """Return where the rows at the end begin that neither head nor say anything: a caption, a mirror's credit."""
    end = len(rows)
    while end and rows[end - 1].heading is None and not rows[end - 1].figures.losses:
        if rows[end - 1].strip and _ELSEWHERE.match(rows[end - 1].text):
            break
        end -= 1
    return end


def _civil_blocks(rows: Sequence[Row]) -> int | None:
    """Return where the last claimants' lists begin if they are of civilians, or of those who claim nothing before."""
    heads = [at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.CLAIMANT]
    names = Counter(_name(rows[at]) for at in heads)
    begin = None
    for start, stop in reversed(list(pairwise([*heads, len(rows)]))):
        block = [row for row in rows[start:stop] if row.figures.losses]
        if block and all(_is_civil(row) or is_displaced(row) for row in block):
            begin = start
        elif stop < len(rows) or names[_name(rows[start])] > 1:
            break
    return begin


def _name(row: Row) -> str:
    return row.heading.name.casefold() if row.heading else ""


def _civil_lines(rows: Sequence[Row], end: int, roster: Roster) -> int:
    first_item = next((at for at, row in enumerate(rows) if row.depth and row.strip), end)
    totals = [at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.TOTAL]
    if len(totals) > 2 and totals[-2:] == [end - 2, end - 1]:  # noqa: PLR2004 - one for each column, and one more
        end -= 1
    end = _past_strangers(rows, end, roster)
    civil_before = False
    while end and (_of_no_side(rows[end - 1]) or (_is_apart(rows[end - 1]) and first_item < end)):
        row = rows[end - 1]
        if _goes_with_list(row, rows[end - 2] if end > 1 else None):
            break
        civil_before = civil_before or (_is_civil(row) and not is_displaced(row))
        end -= 1
    if civil_before and any(_is_civil(row) and row.strip for row in rows[:end]):
        while end < len(rows) and _is_civil(rows[end]) and not is_displaced(rows[end]) and not rows[end].blank_before:
            end += 1
    return end


def _past_strangers(rows: Sequence[Row], end: int, roster: Roster) -> int:
    """Go back over people of nations that are no belligerents, as far as they stand behind civilians."""
    members = frozenset(root for name, _ in roster.members for root in roots(name))
    at = end
    while at and members and rows[at - 1].figures.losses and _is_stranger(rows[at - 1], members):
        at -= 1
    return at if at < end and at and _is_civil(rows[at - 1]) else end


def _is_stranger(row: Row, members: frozenset[str]) -> bool:
    nations = [nation for loss in row.figures.losses for nation in nations_in(loss.object or "")]
    return bool(nations) and not any(roots(nation) & members for nation in nations)


def nations_in(said: str) -> Iterator[str]:
    """Yield the countries whose adjectives words have: of "US Marines", the United States."""
    for word in said.lower().replace(",", " ").split():
        if (nation := _ABBREVIATIONS.get(word, word)) in DEMONYMS:
            yield DEMONYMS[nation]


def _is_apart(row: Row) -> bool:
    """Tell whether a row with a claimant of its own stands alone, as below lists: no bullet, a blank line before it."""
    return bool(row.strip and not row.heading and not row.depth and row.blank_before and row.claims)


def _goes_with_list(row: Row, before: Row | None) -> bool:
    """Tell whether a row is one more item of the list above it, and says nothing that sets it apart."""
    if before is None or not row.depth or row.depth != before.depth or row.blank_before > before.blank_before:
        return False
    return not row.claims and not is_displaced(row) and not _BOTH.search(row.text)


def _of_no_side(row: Row) -> bool:
    if row.strip is None:
        return row.heading is not None and row.heading.kind is Kind.CIVILIAN
    if not row.figures.losses:
        return _ELSEWHERE.match(row.text) is not None
    return _is_civil(row) or is_displaced(row) or _BOTH.search(row.text) is not None


def _is_civil(row: Row) -> bool:
    if row.heading and row.heading.civilian:
        return True
    losses = [loss for loss in row.figures.losses if loss.included_in is None]
    return bool(losses) and all(
        loss.civilian or {*(loss.object or "").lower().split()} & (CIVIL | CIVIL_PROPERTY) for loss in losses
    )


def is_displaced(row: Row) -> bool:
    """Tell whether a row tells of people who had to leave."""
    return any(name in loss.effect for loss in row.figures.losses for name in _OF_CIVILIANS)
