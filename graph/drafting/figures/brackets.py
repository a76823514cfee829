"""Brackets: the parts, limits and hedges of the figure before them."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Draft, Level
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.sheet import Sheet

_CLAIMING: Final = words(
    "claim claims claimed according acc source sources estimate estimates estimation per report reports"
)


def open_bracket(sheet: Sheet, at: int, chunk: Chunk, level: Level) -> None:
    """Begin a bracket, with the figure before it as what contains its figures."""
    if at == 0:
        sheet.continues = True
    sheet.levels.append(Level(level.last, begin=chunk.end, first_chunk=at + 1, first_draft=len(sheet.drafts)))


def close_bracket(sheet: Sheet, at: int) -> None:
    """End a bracket."""
    inner = sheet.levels.pop()
    inside = sheet.drafts[inner.first_draft :]
    is_name = len(inside) == 1 and _is_name(inside[0], inner.begin, sheet.chunks[at].start)
    if not is_name and any(_is_figure(draft) for draft in inside):
        return
    # "(entire operation)", "(all fronts)", "(Luftflotte 4)" limit a figure and are none.
    del sheet.drafts[inner.first_draft :]
    stretch = (inner.begin, sheet.chunks[at].start)
    level = sheet.levels[-1]
    parts = {chunk.part for chunk in sheet.chunks[inner.first_chunk : at]}
    is_hedge = parts == {Part.HEDGE}
    is_claim = not is_hedge and any(sheet.tokens[place].low in _CLAIMING for place in range(*stretch))
    if (
        stretch[0] == stretch[1]
        or is_claim
        or Part.UNTOLD in parts
        or any(place in sheet.ignored for place in range(*stretch))
    ):
        return
    if inner.parent is None:
        level.leading.append(stretch)
        return
    (inner.parent.hedges if is_hedge else inner.parent.scopes).append(stretch)
    sheet.mark(stretch)


def _is_figure(draft: Draft) -> bool:
    return draft.effect is not None or draft.quantity is None or draft.quantity.is_statement


def closed(chunks: tuple[Chunk, ...]) -> frozenset[int]:
    """Return the places of the brackets that are opened and closed."""
    found: list[int] = []
    opened: list[int] = []
    for at, chunk in enumerate(chunks):
        if chunk.part is Part.OPEN:
            opened.append(at)
        elif chunk.part is Part.CLOSE and opened:
            found.extend((opened.pop(), at))
    return frozenset(found)


def _is_name(draft: Draft, begin: int, end: int) -> bool:
    """Tell whether a bracket holds but a name that ends in a number."""
    is_bare = draft.object is None and draft.effect is None and draft.end == draft.start + 1 == end
    return is_bare and draft.scopes == [(begin, draft.start)]
