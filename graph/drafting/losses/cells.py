"""Two cells on one line: where a renderer put the end of the first column and the start of the second together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.figures import read_line
from graph.drafting.lists.claimants import claims_in
from graph.drafting.lists.lexicon import WHOLE_CELL
from graph.drafting.lists.strips import cut
from graph.drafting.losses.rows import LONGEST, Row, taken
from graph.drafting.reading import Loss

_STATUS: Final = "|".join(sorted(word for word in WHOLE_CELL if word.isalpha()))
_AFTER_STATUS: Final = re.compile(rf"\s*(?i:{_STATUS})\s+(?=[A-Z~≈\d])")
_BEFORE_STATUS: Final = re.compile(rf"(?<=[^,;:(&])\s+(?=(?:{'|'.join(word.title() for word in _STATUS.split('|'))})$)")
_BRACKETS: Final = re.compile(r"\([^()]{0,160}\)")
_NUMBER: Final = r"[~≈]?\d[\d,.]*(?:\s?[\u2013-]\s?\d[\d,.]*)?\+?"
_TWO_NUMBERS: Final = re.compile(rf"\s*{_NUMBER}\s+(?={_NUMBER}\s*$)")


def parted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with the one line that holds two cells cut in two; where several seem to, none is cut."""
    places = {at: place for at, row in enumerate(rows) if (place := _gap(row)) is not None}
    if len(places) != 1:
        return tuple(rows)
    ((at, place),) = places.items()
    return (*rows[:at], *_cut(rows[at], place), *rows[at + 1 :])


def _gap(row: Row) -> int | None:
    """Return where the second cell of a line begins."""
    if row.strip is None or len(row.text) > LONGEST:
        return None
    first = row.strip.parts[0]
    place = _gap_in(row)
    # What goes on in the next line is a part of the last figure, and no cell.
    return place if place is not None and place < first.end - first.start else None


def _gap_in(row: Row) -> int | None:
    for pattern in (_AFTER_STATUS, _TWO_NUMBERS):
        if found := pattern.match(row.text):
            return found.end()
    if found := _BEFORE_STATUS.search(row.text.rstrip()):
        return found.end()
    losses = [one for one in row.figures.losses if one.included_in is None]
    for number in range(1, len(losses)):
        before, after = losses[number - 1], losses[number]
        if _is_bare(row, before.words.end, after.words.start) and any(
            kinds(after) & kinds(one) for one in losses[:number]
        ):
            return after.words.start
    return None


def _is_bare(row: Row, start: int, end: int) -> bool:
    """Tell whether nothing parts two figures but space and brackets that name no claimant."""
    if any(start <= claim.start < end for claim in row.claims):
        return False
    return not _BRACKETS.sub("", row.text[start:end]).strip()


def kinds(loss: Loss) -> frozenset[str]:
    """Return what a list says of one side only once: each effect on people, each kind of thing."""
    things = " ".join(_singular(word) for word in (loss.object or "").lower().split())
    if loss.effect in {"lost", "destroyed", "damaged", "sunk", "downed"} or (things and loss.link):
        return frozenset({things or loss.effect})
    parts = frozenset(loss.effect.split("_")) - {"or", "and"}
    return frozenset(f"{part} civilians" if loss.civilian else part for part in parts)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _cut(row: Row, place: int) -> tuple[Row, Row]:
    assert row.strip is not None  # noqa: S101 - a place was found in it
    first, second = cut(row.strip, 0, place), cut(row.strip, place, len(row.text))
    halves = []
    for strip in (first, second):
        claims = claims_in(strip.line.text)
        halves.append(replace(row, strip=strip, claims=claims, figures=read_line(strip.line, taken(claims))))
    return halves[0], replace(halves[1], heading=None, headed=None, blank_before=0, cell_starts=True)
