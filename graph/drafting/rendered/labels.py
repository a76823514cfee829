"""The names that `Infobox military conflict` prints before its fields, and how renderers run them into the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.rendered.rows import Row

COLUMNS: Final = frozenset(("combatant", "commander", "units", "strength", "polstrength", "milstrength", "casualties"))
"""Fields with a column for each side."""

_BESIDE: Final = MappingProxyType(
    {
        "Date and time": "date",
        "Date(s)": "date",
        "Date": "date",
        "Location(s)": "place",
        "Location": "place",
        "Place": "place",
        "Result": "result",
        "Outcome": "result",
        "Status": "status",
        "Territorial changes": "territory",
        "Territorial change": "territory",
        "Casus belli": "casus",
        "Caused by": "causes",
        "Cause": "causes",
        "Action": "action",
    }
)
"""Printed left of the value, so that a renderer may leave no space between the two."""

_ABOVE: Final = MappingProxyType(
    {
        "belligerents": "combatant",
        "combatants": "combatant",
        "commanders and leaders": "commander",
        "commanders": "commander",
        "leaders": "commander",
        "units involved": "units",
        "forces involved": "units",
        "strength": "strength",
        "strengths": "strength",
        "political strength": "polstrength",
        "political support": "polstrength",
        "military strength": "milstrength",
        "military support": "milstrength",
        "casualties and losses": "casualties",
        "casualties": "casualties",
        "losses": "casualties",
    }
)
"""Printed above the columns, alone in their row."""

_RANKS: Final = MappingProxyType(
    {
        "date": 1,
        "place": 2,
        "combatant": 4,
        "commander": 5,
        "units": 6,
        "polstrength": 7,
        "milstrength": 7,
        "strength": 7,
        "casualties": 8,
    }
)
"""The order in which the template prints them; of the rest, between place and columns, the order has changed."""
_MIDDLE: Final = 3

# "Location of the town", "Status quo ante": the word is the beginning of something else.
_NO_VALUE: Final = frozenset(("of", "quo", "within", "in", "on", "and", "is", "was", "for", "to", "by", "are", "were"))
# Without a space between, only these words in small letters begin a value: "Datec. 480 BC" is a date, "Dates" is none.
_GLUED: Final = ("c.", "ca.", "circa ", "early ", "mid", "late ", "spring ", "summer ", "autumn ", "winter ", "around ")


@dataclass(frozen=True, slots=True)
class Label:
    """The printed name of a field at the beginning of a row."""

    key: str
    row: int
    """The row that it begins in, of the rows that were searched."""
    rows: int
    """How many rows it takes: 2 for "Territorial", "changes"."""
    span: Span
    value: int
    """Where the rest of its (last) row begins."""

    @property
    def rank(self) -> int:
        """Where the template prints the field."""
        return _RANKS.get(self.key, _MIDDLE)


_Chain = tuple[Label, ...]
_NONE: Final[_Chain] = ()


def key_of(text: str) -> str | None:
    """Return the field whose name is the whole text; None for other words."""
    words = " ".join(text.split()).removesuffix(":")
    return _ABOVE.get(words.casefold()) or _BESIDE_FOLDED.get(words.casefold())


def labels_in(rows: Sequence[Row], first: int, last: int) -> list[Label]:
    """Return the names of fields in rows [first, last) that can belong to one infobox: each once, in its order."""
    best: dict[int, _Chain] = {}
    for at in range(first, last):
        label = label_at(rows, at)
        if label is None:
            continue
        rank = label.rank
        before = _longest({one: best[one] for one in best if one < rank})
        same = best.get(rank, _NONE)
        if all(one.key != label.key for one in same) and len(same) > len(before):
            before = same
        if len(before) + 1 > len(same):
            best[rank] = (*before, label)
    return list(_longest(best))


def _longest(chains: Mapping[int, _Chain]) -> _Chain:
    """Return the longest; of several, the one that comes farther in the template's order."""
    longest = _NONE
    for rank in sorted(chains, reverse=True):
        longest = chains[rank] if len(chains[rank]) > len(longest) else longest
    return longest


def label_at(rows: Sequence[Row], at: int) -> Label | None:
    """Return the name of a field that a row begins with."""
    row = rows[at]
    key = _ABOVE.get(" ".join(row.text.split()).removesuffix(":").casefold())
    if key is not None:
        return Label(key, at, 1, Span(row.start, row.end), row.end)
    for printed, key in _BESIDE.items():
        if row.text.startswith(printed):
            return Label(key, at, 1, *_places(row, len(printed))) if _begins_value(row.text[len(printed) :]) else None
        head, _, tail = printed.partition(" ")
        # "Territorial changes" is broken over two rows by the template itself.
        if tail and row.text == head and at + 1 < len(rows) and rows[at + 1].text.startswith(tail):
            below = rows[at + 1]
            if _begins_value(below.text[len(tail) :]):
                _, value = _places(below, len(tail))
                return Label(key, at, 2, Span(row.start, below.start + len(tail)), value)
    return None


def _places(row: Row, length: int) -> tuple[Span, int]:
    rest = row.text[length:]
    begins = length + len(rest) - len(rest.lstrip(": \u00a0\t"))
    return Span(row.start, row.start + length), row.start + begins


def _begins_value(rest: str) -> bool:
    if not rest or not rest[0].islower():
        return not rest[:1].isspace() or rest.split(maxsplit=1)[0] not in _NO_VALUE
    return rest.startswith(_GLUED)


_BESIDE_FOLDED: Final = MappingProxyType({printed.casefold(): key for printed, key in _BESIDE.items()})
