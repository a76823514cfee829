"""The tokens of a line gathered into what figures are made of: counts, effects, things, limits, joints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from graph.drafting.figures.apart import BASE, DIFFERENCE, apart_at
from graph.drafting.figures.calendar import date_end
from graph.drafting.figures.counts import Quantity, Sort
from graph.drafting.figures.lexicon import Forms, words
from graph.drafting.figures.nouns import (
    INCLUDING,
    JOINING,
    PREPOSITIONS,
    TOTAL,
    effect_of,
    is_name_number,
    is_unit_number,
    later_end,
    noun_end,
)
from graph.drafting.figures.tokens import Kind, Tokens
from graph.drafting.figures.vagueness import quantity_at


class Part(Enum):
    """What a chunk is."""

    COUNT = auto()
    EFFECT = auto()
    NOUN = auto()
    SCOPE = auto()
    """Words that a preposition opens, or a date."""
    TOTAL = auto()
    INCLUDING = auto()
    HEDGE = auto()
    """A qualifier that is not before its number: "(estimated)", "reported"."""
    JOINT = auto()
    COMMA = auto()
    STOP = auto()
    COLON = auto()
    OPEN = auto()
    CLOSE = auto()
    UNTOLD = auto()
    """A count of which no total is told, and what stands with it."""
    LATER = auto()
    """Words after which a side has grown to the next figure."""
    BOUND = auto()
    """The upper end of a range whose lower end has a bracket after it."""
    APART = auto()
    """What counts nothing, for a reason."""
    REST = auto()


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens [start, end) of a line."""

    part: Part
    start: int
    end: int
    quantity: Quantity | None = None
    effect: str | None = None
    reason: str | None = None


_POINTS: Final = {
    ",": Part.COMMA,
    ";": Part.STOP,
    ".": Part.STOP,
    ":": Part.COLON,
    "&": Part.JOINT,
    "/": Part.JOINT,
    "+": Part.JOINT,
    "(": Part.OPEN,
    "[": Part.OPEN,
    ")": Part.CLOSE,
    "]": Part.CLOSE,
}
_HEDGES: Final = Forms(
    "estimated|estimate|est.|est|approximate|approximately|unconfirmed|confirmed|claimed|reported|reportedly"
    "|allegedly|at least|approx.|approx|minimum|maximum|possibly|probably|likely|presumably"
)
_CLAIMING: Final = words("per according acc")
"""What opens the name of a claimant, which the reader of the whole field tells."""
_SPANNING: Final = words("from between")
"""These open a range of numbers, but also one of dates."""
_COMPARATIVES: Final = words("higher lower greater smaller larger")
_BOUNDING: Final = words("at over about ~ some up more c c. ca ca. circa approximately around nearly almost")
_IN_LIMITS: Final = frozenset("-–&/'\"’“”‘§%#№")  # noqa: RUF001 - marks inside the words of a limit


def chunks_of(tokens: Tokens) -> tuple[Chunk, ...]:
    """Return the chunks of a line: each token is in just one of them."""
    found: list[Chunk] = []
    at = 0
    while at < len(tokens):
        found.append(_chunk_at(tokens, at, found[-1] if found else None))
        at = found[-1].end
    return tuple(_spanned(found, tokens))


def _chunk_at(tokens: Tokens, at: int, before: Chunk | None) -> Chunk:
    if tokens[at].kind is Kind.BREAK:
        return Chunk(Part.COMMA, at, at + 1)
    if apart := _base(tokens, at, before) or apart_at(tokens, at):
        return Chunk(Part.APART, at, apart[0], reason=apart[1])
    if end := date_end(tokens, at):
        return Chunk(Part.SCOPE, at, end)
    if tokens[at].low in _SPANNING and at + 1 < len(tokens) and date_end(tokens, at + 1):
        return Chunk(Part.SCOPE, at, _limit_end(tokens, at + 1))
    if end := later_end(tokens, at):
        return Chunk(Part.LATER, at, end)
    return _counted(tokens, at) or _worded(tokens, at)


def _counted(tokens: Tokens, at: int) -> Chunk | None:
    quantity = None if is_name_number(tokens, at) else quantity_at(tokens, at)
    if quantity is None:
        return None
    if quantity.end < len(tokens) and tokens[quantity.end].low in _COMPARATIVES:
        return Chunk(Part.APART, at, quantity.end + 1, reason=DIFFERENCE)
    return Chunk(Part.COUNT, at, quantity.end, quantity=quantity)


def _base(tokens: Tokens, at: int, before: Chunk | None) -> tuple[int, str] | None:
    """Read "out of 300,000" and "5 of 12": the number that losses are a part of."""
    low = tokens[at].low
    after = at + 2 if low == "out" and at + 1 < len(tokens) and tokens[at + 1].low == "of" else at + 1
    is_base = low == "out" and after == at + 2
    if not is_base and not (low == "of" and before is not None and before.part is Part.COUNT):
        return None
    quantity = quantity_at(tokens, after) if after < len(tokens) else None
    return (quantity.end, BASE) if quantity is not None and quantity.is_number else None


_TABLES: Final = ((Part.INCLUDING, INCLUDING), (Part.TOTAL, TOTAL))


def _worded(tokens: Tokens, at: int) -> Chunk:
    token = tokens[at]
    for part, forms in _TABLES:
        if end := forms.end_at(tokens, at):
            return Chunk(part, at, end)
    if effect := effect_of(tokens, at):
        return Chunk(Part.EFFECT, at, effect[1], effect=effect[0])
    if end := _HEDGES.end_at(tokens, at):
        return Chunk(Part.HEDGE, at, end)
    if token.low in _CLAIMING or token.low in PREPOSITIONS:
        return Chunk(Part.SCOPE if token.low in PREPOSITIONS else Part.REST, at, _limit_end(tokens, at + 1))
    if token.low not in JOINING and (token.kind is Kind.WORD or is_unit_number(tokens, at)):
        return Chunk(Part.NOUN, at, noun_end(tokens, at))
    return Chunk(Part.JOINT if token.low in JOINING else _POINTS.get(token.low, Part.REST), at, at + 1)


def _limit_end(tokens: Tokens, at: int) -> int:
    """Return where words end that a preposition opens: at a comma, a bracket, a number that begins a figure."""
    while at < len(tokens):
        token = tokens[at]
        if end := date_end(tokens, at):
            at = end
            continue
        if token.kind is Kind.BREAK or (token.kind is Kind.POINT and token.low not in _IN_LIMITS):
            break
        if token.low in JOINING and _begins_figure(tokens, at + 1):
            break
        if (token.kind is Kind.NUMBER or token.low in _BOUNDING) and _begins_figure(tokens, at):
            break
        at += 1
    return at


def _begins_figure(tokens: Tokens, at: int) -> bool:
    if at >= len(tokens):
        return True
    quantity = quantity_at(tokens, at)
    return quantity is not None and quantity.end < len(tokens) and not date_end(tokens, at)


def _spanned(chunks: list[Chunk], tokens: Tokens) -> Iterator[Chunk]:
    """Yield the chunks, "from 77,166 killed to 110,000 killed" as one count and its effect."""
    at = 0
    while at < len(chunks):
        skip = 1 if chunks[at].part is Part.SCOPE and tokens[chunks[at].start].low == "from" else 0
        parts = chunks[at + skip : at + skip + len(_SPAN)]
        first, second = (parts[0].quantity, parts[3].quantity) if _is_span(parts, tokens) else (None, None)
        if first is None or second is None:
            yield chunks[at]
            at += 1
        else:
            count = Quantity(chunks[at].start, parts[3].end, Sort.RANGE, first.least, second.most)
            yield Chunk(Part.COUNT, count.start, count.end, quantity=count)
            yield parts[4]
            at += skip + len(_SPAN)


_SPAN: Final = [Part.COUNT, Part.EFFECT, Part.SCOPE, Part.COUNT, Part.EFFECT]


def _is_span(parts: list[Chunk], tokens: Tokens) -> bool:
    if [chunk.part for chunk in parts] != _SPAN or parts[1].effect != parts[4].effect:
        return False
    return parts[2].end == parts[2].start + 1 and tokens[parts[2].start].low == "to"
