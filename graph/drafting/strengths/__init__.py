"""How strong each side was, from the fields of strengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from graph.drafting.actors.belligerents import roster
from graph.drafting.actors.columns import Placed, Roster, Sign, known_sides, one_break, place, starting_again
from graph.drafting.document import Document, Field
from graph.drafting.ledger import Ledger
from graph.drafting.lists.headings import Kind
from graph.drafting.reading import FieldReading
from graph.drafting.strengths.lists import under_headings
from graph.drafting.strengths.parts import Part, parts_of

RULES: Final[Mapping[str, str]] = MappingProxyType({})
"""The rules that read strengths are those of figures, claimants and headings."""
_BARE: Final = "a bare number"


def read_strength(field: Field, document: Document) -> FieldReading:
    """Return the strengths of a column, or of both where the columns are lost."""
    ledger = Ledger(field, "The words were not understood.")
    known = roster(document)
    parts = list(parts_of(field, document, ledger, [name for name, _ in known.members]))
    sides = (Placed(field.side),) * len(parts)
    if field.columns_lost:
        sides = _placed(known, parts)
    figures, empty = under_headings(parts, sides, sure=not field.columns_lost)
    return FieldReading(portions=ledger.portions(), strengths=figures, empty_headings=empty)


def _placed(known: Roster, parts: list[Part]) -> tuple[Placed, ...]:
    """Return the sides of the parts in the order of the columns."""
    named = [
        next((known.side_of(one.name).side for one in part.headings if one.kind is Kind.FORCE), None) for part in parts
    ]
    told = list(_told(named))
    signs = [
        *one_break([at for at, part in enumerate(parts) if part.gap], "One line holds the figures of both columns."),
        *(told or _again(parts)),
    ]
    return place(len(parts), signs, both=False)


def _told(sides: list[int | None]) -> Iterator[Sign]:
    """Yield the sign of headings that name belligerents; figures before those of the second are of the first column."""
    if sides and sides[0] is None and 2 in sides and 1 not in sides:  # noqa: PLR2004 - a box has two columns
        sides = [1, *sides[1:]]
    yield from known_sides(sides, "The columns keep their order, and headings that name belligerents tell it.")


def _again(parts: list[Part]) -> Iterator[Sign]:
    for sign in starting_again([_kind(part) for part in parts]):
        is_claimant = bool(parts[0].headings) and parts[0].headings[0].kind is Kind.CLAIMANT
        # A claimant may come late in the second column: that one column names nobody twice is all that is sure.
        yield replace(sign, places=frozenset(range(1, max(sign.places) + 1))) if is_claimant else sign


def _kind(part: Part) -> str | None:
    if part.headings:
        return part.headings[0].name.casefold()
    return (part.figures[0].object or _BARE).casefold() if part.figures else None
