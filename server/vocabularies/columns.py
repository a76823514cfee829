"""Boxes in columns: which column each stands in, and how high, so that few arrows cross.

The steps of a layered drawing (Sugiyama, Tagawa and Toda 1981) after its circles are
broken. Pure and deterministic: equal wishes are settled by the items' keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from server.vocabularies.class_boxes import Box

_APART: Final = 22
"""Between two items of a column."""
_SWEEPS: Final = 12


@dataclass(eq=False, slots=True)
class Item:
    """A box, or a lane for what passes, in its column."""

    key: str
    height: float
    box: Box | None = None
    y: float = 0.0
    incoming: list[tuple[Item, float, float]] = field(default_factory=list)
    """Where arrows come from: the item, the height in it, the height in this one."""
    outgoing: list[tuple[Item, float, float]] = field(default_factory=list)


def place_in_columns(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each box: right of all that lead to it; a pair that closes a circle counts for nothing."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for source, target in pairs:
        if target not in after[source] and not _leads(after, target, source):
            after[source].append(target)
    column = dict.fromkeys(after, 0)
    for _ in after:
        for source, targets in after.items():
            for target in targets:
                column[target] = max(column[target], column[source] + 1)
    reached = {target for targets in after.values() for target in targets}
    for source, targets in after.items():
        if targets and source not in reached:
            column[source] = min(column[target] for target in targets) - 1
    return column


def _leads(after: Mapping[str, list[str]], source: str, target: str) -> bool:
    return source == target or any(_leads(after, step, target) for step in after[source])


def arrange(columns: list[list[Item]]) -> None:
    """Give every item its height, in the order within its column that makes the fewest arrows cross."""
    for column in columns:
        _stack(column)
    best, fewest = [list(column) for column in columns], _crossings(columns)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            column.sort(key=lambda item: (_wish(item, before=forward, after=not forward), item.key))
            _stack(column)
        if (found := _crossings(columns)) < fewest:
            best, fewest = [list(column) for column in columns], found
    for column, order in zip(columns, best, strict=True):
        column[:] = order
        _stack(column)
    _exchange(columns, fewest)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            _settle(column)
    top = min((item.y for column in columns for item in column), default=0)
    for column in columns:
        for item in column:
            item.y -= top


def _exchange(columns: list[list[Item]], fewest: int) -> None:
    """Let neighbours change places as long as that makes fewer arrows cross."""
    places = [(column, place) for column in columns for place in range(len(column) - 1)]
    improved = True
    while improved:
        improved = False
        for column, place in places:
            column[place : place + 2] = column[place : place + 2][::-1]
            _stack(column)
            if (found := _crossings(columns)) < fewest:
                fewest, improved = found, True
            else:
                column[place : place + 2] = column[place : place + 2][::-1]
                _stack(column)


def _wish(item: Item, *, before: bool = True, after: bool = True) -> float:
    """Return the height at which the item's arrows would be level; its own where it has none."""
    wishes = [other.y + out - in_ for other, out, in_ in item.incoming if before]
    wishes += [other.y + in_ - out for other, out, in_ in item.outgoing if after]
    return sum(wishes) / len(wishes) if wishes else item.y


def _stack(column: Iterable[Item]) -> None:
    y = 0.0
    for item in column:
        item.y = y
        y += item.height + _APART


def _settle(column: Sequence[Item]) -> None:
    """Move the items as near to their wishes as their order and distance allow (pool adjacent violators)."""
    offset, offsets = 0.0, []
    groups: list[tuple[float, int]] = []
    for item in column:
        offsets.append(offset)
        groups.append((_wish(item) - offset, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, n), (other, m) = groups[-2:]
            groups[-2:] = [((one * n + other * m) / (n + m), n + m)]
        offset += item.height + _APART
    levels = [level for level, size in groups for _ in range(size)]
    for item, level, base in zip(column, levels, offsets, strict=True):
        item.y = level + base


def _crossings(columns: Iterable[Sequence[Item]]) -> int:
    count = 0
    for column in columns:
        ends = [(item.y + out, other.y + in_) for item in column for other, out, in_ in item.outgoing]
        count += sum((a - c) * (b - d) < 0 for place, (a, b) in enumerate(ends) for c, d in ends[:place])
    return count
