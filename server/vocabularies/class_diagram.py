"""The layout of the class diagram: boxes in columns, arrows from left to right.

Pure: boxes and names in, positions out, the same for the same input. The columns are
those of a layered drawing (Sugiyama, Tagawa and Toda 1981): a box stands right of all
that lead to it, the order within a column is the one of fewest crossings that a few
sweeps find, and an arrow that passes a column has a lane of its own there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from server.vocabularies.class_boxes import ANYTHING, Box, Relation, Row
from server.vocabularies.columns import Item, arrange, place_in_columns

LINE: Final = 24
"""Height of a line of text, which is the least that a finger hits."""
_BASELINE: Final = 0.19
"""How far below the middle of its line a text stands."""
_INDENT: Final = 14
_LETTER: Final = 7.3
_BOLD_LETTER: Final = 8.2
"""Width of a letter at 13 px, on the safe side of what fonts have."""
_PADDING: Final = 10
_BETWEEN: Final = 56
"""Between two columns, for the arrows to bend in."""
_LANE: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a box, at its baseline's left end, and the top of the place it has."""

    row: Row
    text: str
    x: float
    y: float
    top: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A box where it stands."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way from a property to the class it leads to, as the `d` of an SVG path."""

    relation: Relation
    path: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything in its place, from (0, 0) to (width, height)."""

    width: float
    height: float
    frames: tuple[Frame, ...]
    arrows: tuple[Arrow, ...]


def lay_out(boxes: Sequence[Box], name: Callable[[str], str]) -> Diagram:
    """Return the diagram of these boxes; `name` tells what a class or a property is called."""
    home = {class_: box for box in boxes for class_ in box.classes}
    arrows = [
        (box, place, row.relation, home[row.relation.range])
        for box in boxes
        for place, row in enumerate(box.rows)
        if row.relation is not None and row.relation.range in home and home[row.relation.range] is not box
    ]
    column = place_in_columns(
        [box.root for box in boxes], [(source.root, target.root) for source, _, _, target in arrows]
    )
    columns: list[list[Item]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    items = {box.root: Item(box.root, len(box.rows) * LINE + _PADDING, box) for box in boxes}
    for box in boxes:
        columns[column[box.root]].append(items[box.root])
    lanes: dict[tuple[str, str, int], Item] = {}
    ways: list[tuple[Relation, list[tuple[Item, float]]]] = []
    for source, place, relation, target in arrows:
        if column[source.root] >= column[target.root]:
            continue
        way = [(items[source.root], _height_of(place))]
        for passed in range(column[source.root] + 1, column[target.root]):
            key = (source.root, relation.range, passed)
            if key not in lanes:
                lanes[key] = Item(f"{source.root} {relation.range}", _LANE)
                columns[passed].append(lanes[key])
            way.append((lanes[key], _LANE / 2))
        rows = [row.iri if row.relation is None else None for row in target.rows]
        way.append((items[target.root], _height_of(rows.index(relation.range))))
        ways.append((relation, way))
        for (one, out), (other, in_) in pairwise(way):
            one.outgoing.append((other, out, in_))
            other.incoming.append((one, out, in_))
    arrange(columns)
    return _drawn(columns, ways, home, name)


def _height_of(place: int) -> float:
    return _PADDING / 2 + (place + 0.5) * LINE


def _drawn(
    columns: Sequence[Sequence[Item]],
    ways: Iterable[tuple[Relation, list[tuple[Item, float]]]],
    home: Mapping[str, Box],
    name: Callable[[str], str],
) -> Diagram:
    frames, span, x = [], {}, 0.0
    for column in columns:
        texts = {row: _text(row, item.box, home, name) for item in column if item.box for row in item.box.rows}
        width = max((_width(row, text) for row, text in texts.items()), default=0) + _PADDING
        for item in column:
            span[id(item)] = (x, x + width)
            if item.box is not None:
                middles = [item.y + _height_of(place) for place in range(len(item.box.rows))]
                lines = tuple(
                    Line(row, texts[row], x + _left(row), middle + LINE * _BASELINE, middle - LINE / 2)
                    for row, middle in zip(item.box.rows, middles, strict=True)
                )
                frames.append(Frame(x, item.y, width, item.height, lines))
        x += width + _BETWEEN
    arrows = tuple(Arrow(relation, _path(way, span)) for relation, way in ways)
    height = max((item.y + item.height for column in columns for item in column), default=0)
    return Diagram(max(x - _BETWEEN, 0), height, tuple(frames), arrows)


def _width(row: Row, text: str) -> float:
    return _left(row) + len(text) * (_BOLD_LETTER if row.relation is None else _LETTER)


def _left(row: Row) -> float:
    return _PADDING + (row.depth + (row.relation is not None)) * _INDENT


def _text(row: Row, box: Box, home: Mapping[str, Box], name: Callable[[str], str]) -> str:
    """Return what a line says: a property that stays within its box names the class that it leads to."""
    if row.iri == ANYTHING:
        return name(ANYTHING)
    if row.relation is not None and home.get(row.relation.range) is box:
        return f"{name(row.iri)} → {name(row.relation.range)}"
    return name(row.iri)


def _path(way: Sequence[tuple[Item, float]], span: Mapping[int, tuple[float, float]]) -> str:
    """Return the path through the middle of the lanes, level at every column."""
    item, height = way[0]
    x, y = span[id(item)][1], item.y + height
    steps = [f"M{x:.0f} {y:.0f}"]
    for place, (passed, level) in enumerate(way[1:], start=1):
        left, right = span[id(passed)]
        y_next, middle = passed.y + level, (x + left) / 2
        steps.append(f"C{middle:.0f} {y:.0f} {middle:.0f} {y_next:.0f} {left:.0f} {y_next:.0f}")
        if place < len(way) - 1:
            steps.append(f"H{right:.0f}")
        x, y = right, y_next
    return "".join(steps)
