"""Chunks that mean another thing beside their neighbours: counts that count nothing, ranges that a bracket parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.counts import Quantity, Sort, number_quantity_at
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.tokens import Kind, Tokens

_EACH: Final = words("each apiece")
_PARTIAL: Final = words("elements element parts part remnants remnant detachments detachment portions portion")
_COMPARING: Final = words("ratio ratios outnumber outnumbers outnumbered outnumbering odds")
_PARTS_CLAUSE: Final = frozenset({Part.COMMA, Part.STOP, Part.OPEN, Part.CLOSE})
_PLAIN: Final = frozenset({Sort.EXACT, Sort.HEDGED})
_LONGEST_BRACKET: Final = 12
"""Chunks of a bracket inside a range."""


def settled(tokens: Tokens, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Return the chunks, of which those that count nothing are left unread and parted ranges are joined."""
    found = list(chunks)
    for start, end in _clauses(chunks):
        if any(tokens[at].low in _COMPARING for at in range(found[start].start, found[end - 1].end)):
            found[start:end] = [one if one.part is Part.APART else _unread(one) for one in found[start:end]]
    at = 0
    while at < len(found):
        _leave_unread(tokens, found, at)
        _bridge(tokens, found, at)
        at += 1
    return tuple(found)


def _unread(chunk: Chunk) -> Chunk:
    return Chunk(Part.UNTOLD, chunk.start, chunk.end)


def _clauses(chunks: tuple[Chunk, ...]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas and brackets."""
    start = 0
    for at, chunk in enumerate(chunks):
        if chunk.part in _PARTS_CLAUSE:
            if start < at:
                yield start, at
            start = at + 1
    if start < len(chunks):
        yield start, len(chunks)


def _leave_unread(tokens: Tokens, chunks: list[Chunk], at: int) -> None:
    """Leave unread what each of several has, and a number of which only parts were there.

    Of "3 divisions (12,000 men each)" and "five ships of 74 guns" no total is told, and of
    "elements of 9 legions" no number of legions.
    """
    chunk, before = chunks[at], chunks[at - 1] if at else None
    if chunk.part is not Part.NOUN:
        return
    if before is not None and before.part is Part.COUNT and tokens[chunk.end - 1].low in _EACH:
        chunks[at - 1 : at + 1] = [_unread(before), _unread(chunk)]
        return
    after = chunks[at + 1].quantity if at + 1 < len(chunks) else None
    if after is None or not after.is_number or tokens[chunk.end - 1].low != "of":
        return
    end = at + 3 if at + 2 < len(chunks) and chunks[at + 2].part is Part.NOUN else at + 2
    if tokens[chunk.start].low in _PARTIAL:
        chunks[at:end] = [_unread(one) for one in chunks[at:end]]
    elif before is not None and before.quantity is not None and _is_several(before.quantity):
        chunks[at + 1 : end] = [_unread(one) for one in chunks[at + 1 : end]]


def _is_several(quantity: Quantity) -> bool:
    return quantity.is_number and quantity.most != 1


def _bridge(tokens: Tokens, chunks: list[Chunk], at: int) -> None:
    """Join "12,000 (mostly levies) to 36,000" to one range; a bracket with figures, or one behind it, parts them."""
    first, close = chunks[at].quantity, _bracket_end(tokens, chunks, at + 1)
    if first is None or first.sort not in _PLAIN or first.most is None or close is None or close + 1 >= len(chunks):
        return
    joint = chunks[close + 1]
    if joint.part is not Part.SCOPE or tokens[joint.start].low != "to":
        return
    upper = number_quantity_at(tokens, joint.start + 1)
    if upper is None or upper.sort not in _PLAIN or upper.most is None or upper.most <= first.most:
        return
    end = close + 2 if upper.end == joint.end else close + 3
    if chunks[min(end, len(chunks)) - 1].end != upper.end or (end < len(chunks) and chunks[end].part is Part.OPEN):
        return
    qualifier = (*first.qualifier, *upper.qualifier)
    chunks[at] = replace(chunks[at], quantity=replace(first, sort=Sort.RANGE, most=upper.most, qualifier=qualifier))
    chunks[close + 1 : end] = [Chunk(Part.BOUND, joint.start, upper.end)]


def _bracket_end(tokens: Tokens, chunks: list[Chunk], at: int) -> int | None:
    """Return the place of the bracket that closes the one opened at a chunk, if no figure or claimant is in it."""
    if at >= len(chunks) or chunks[at].part is not Part.OPEN:
        return None
    for place in range(at + 1, min(len(chunks), at + _LONGEST_BRACKET)):
        if chunks[place].part is Part.CLOSE:
            return place
        kinds = {token.kind for token in tokens[chunks[place].start : chunks[place].end]}
        if chunks[place].part is Part.OPEN or kinds & {Kind.NUMBER, Kind.BREAK}:
            return None
    return None
