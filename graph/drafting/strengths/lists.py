"""Lists of strengths: which heading a figure stands under, and which figure a list takes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.actors.columns import Placed
from graph.drafting.document import Words
from graph.drafting.lists.headings import Kind
from graph.drafting.reading import Figure, Named
from graph.drafting.strengths.parts import Over, Part

Empty = tuple[Words, Named | None, int | None]
_ORDER: Final = tuple(Kind)
_LISTED: Final = frozenset({Kind.CLAIMANT, Kind.PHASE})
"""Headings that need a list: without one, it was lost."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading over the lines that follow, and how deep it stands."""

    heading: Over
    depth: int
    nested: bool = False
    """It follows another heading at once, and so stands under it."""
    has_list: bool = False
    """A deeper list stood under it, which ends at the next line that is not deeper."""


def under_headings(
    parts: Sequence[Part], sides: Sequence[Placed], *, sure: bool
) -> tuple[tuple[Figure, ...], tuple[Empty, ...]]:
    """Return the figures with their sides and what the headings over them say, and the headings whose list is lost.

    Unless it is `sure` which lines are of one column, a heading of a phase or force says nothing of
    figures without a side: the list under it may have ended with its column.
    """
    figures: list[Figure] = []
    empty: list[Empty] = []
    over: list[_Open] = []
    whole: tuple[int, int] | None = None
    before: tuple[int | None, bool] = (None, False)
    for at, (part, side) in enumerate(zip(parts, sides, strict=True)):
        if side.side != before[0]:
            over, whole = [], None
        over = _opened(over, part, follows=before[1])
        if part.headings and not part.figures and _is_empty(parts, sides, at):
            empty.append((part.headings[-1].words, part.headings[-1].claimant, side.side))
        if whole and (part.headings or part.line.depth <= whole[1]):
            whole = None
        base = len(figures)
        open_ = over if sure or side.side else [one for one in over if one.heading.kind is Kind.CLAIMANT]
        for figure in part.figures:
            inside = base + figure.included_in if figure.included_in is not None else whole[0] if whole else None
            placed = replace(figure, side=side.side, side_basis=side.basis, included_in=inside)
            figures.append(_under(placed, [one.heading for one in open_]))
        if len(part.figures) == 1 and whole is None:
            whole = base, part.line.depth
        over = [one for one in over if one.heading.kind is not Kind.TOTAL]
        before = side.side, bool(part.headings) and not part.figures
    return tuple(figures), tuple(empty)


def _opened(over: list[_Open], part: Part, *, follows: bool) -> list[_Open]:
    """Return the headings over a part, its own among them."""
    depth = part.line.depth
    for heading in part.headings:
        nested = follows and not part.line.blank_before
        if part.line.blank_before or heading.kind is Kind.TOTAL:
            over = [one for one in over if one.depth < depth]
        elif not nested:
            has_nested = any(one.nested and one.depth == depth for one in over)
            over = [
                one
                for one in over
                if one.depth < depth or (one.depth == depth and (_contains(one, heading) or has_nested > one.nested))
            ]
            nested = has_nested
        elif heading.kind is not Kind.FORCE:
            over = [one for one in over if one.depth < depth or (one.depth == depth and _contains(one, heading))]
        over = [*over, _Open(heading, depth, nested and heading.kind is Kind.FORCE)]
    if part.figures and not part.headings:
        over = [one for one in over if not (one.has_list and depth <= one.depth)]
        over = [replace(one, has_list=one.has_list or depth > one.depth) for one in over]
    return over


def _contains(upper: _Open, lower: Over) -> bool:
    return _ORDER.index(upper.heading.kind) < _ORDER.index(lower.kind)


def _is_empty(parts: Sequence[Part], sides: Sequence[Placed], at: int) -> bool:
    """Tell whether the list of a heading is lost: the next line is a heading of its kind, or of the other side."""
    kind = parts[at].headings[-1].kind
    if kind not in _LISTED:
        return False
    if at + 1 == len(parts) or sides[at + 1].side != sides[at].side:
        return True
    return bool(parts[at + 1].headings) and parts[at + 1].headings[0].kind is kind


def _under(figure: Figure, over: list[Over]) -> Figure:
    """Return the figure with what the headings over it say of it; of forces in forces, both."""
    for heading in over:
        if heading.kind is Kind.CLAIMANT:
            figure = replace(figure, claimant=figure.claimant or heading.claimant)
        elif heading.kind is Kind.PHASE:
            figure = replace(figure, phase=heading.name)
        elif heading.kind is Kind.FORCE and not heading.is_force:
            scope = f"{heading.name}; {figure.scope}" if figure.scope else heading.name
            figure = replace(figure, scope=scope)
        elif heading.kind is Kind.FORCE:
            force = f"{figure.force}: {heading.name}" if figure.force else heading.name
            figure = replace(figure, force=force)
        elif heading.kind is Kind.CIVILIAN:
            figure = replace(figure, civilian=True)
        elif heading.kind is Kind.OBJECT and figure.object is None:
            figure = replace(figure, object=heading.name, object_words=heading.words)
        figure = replace(figure, heading=heading.words)
    return figure
