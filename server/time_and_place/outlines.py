"""Outlines of land and countries, read from TopoJSON and cut to a window of the map.

The files are brought at set-up (.setup/assets.py). Arcs stay as the quantised integers of
the file and are decoded where a window needs them. Longitudes and latitudes are degrees of
WGS 84; a window may reach beyond 180°.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

FOLDER: Final = Path(__file__).parent.parent / "outlines"
FILES: Final = {"fine": "countries-10m.json", "coarse": "countries-50m.json"}
"""By how closely one looks: of scale 1:10 million, and 1:50 million."""

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude."""
Ring: TypeAlias = tuple[int, ...]
"""Indexes of arcs; `~n` is arc n backwards."""

_TURNS: Final = (-360.0, 0.0, 360.0)
_SEAM: Final = 1e-3
"""How near to 180° the seam is, in degrees."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the earth between two meridians and two parallels."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, point: Point) -> bool:
        """Tell whether a point lies within."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def misses(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box (west, south, east, north) lies wholly outside."""
        west, south, east, north = box
        return east < self.west or west > self.east or north < self.south or south > self.north


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the file, under the name it has there."""

    name: str
    rings: tuple[Ring, ...]


class Outlines:
    """One file of outlines."""

    def __init__(self, topology: dict[str, Any]) -> None:
        """Take a topology with the objects `countries` and `land`, as world-atlas has it."""
        transform = topology["transform"]
        self._scale: tuple[float, float] = tuple(transform["scale"])
        self._shift: tuple[float, float] = tuple(transform["translate"])
        self._arcs = [array("i", (number for point in arc for number in point)) for arc in topology["arcs"]]
        self._boxes = [self._box(place) for place in range(len(self._arcs))]
        self.countries = tuple(
            Country(shape["properties"]["name"], tuple(_rings(shape)))
            for shape in topology["objects"]["countries"]["geometries"]
        )
        self.land = tuple(_rings(topology["objects"]["land"]))
        used = Counter(n if n >= 0 else ~n for country in self.countries for ring in country.rings for n in ring)
        coast = {n if n >= 0 else ~n for ring in self.land for n in ring}
        self._coast = tuple(sorted(coast))
        self._borders = tuple(sorted(place for place, times in used.items() if times > 1 and place not in coast))

    def coast(self, window: Window) -> list[list[Point]]:
        """Return the lines between land and water in a window."""
        return list(self._lines(self._coast, window))

    def borders(self, window: Window) -> list[list[Point]]:
        """Return the lines between countries in a window."""
        return list(self._lines(self._borders, window))

    def fill(self, rings: Iterable[Ring], window: Window) -> list[list[Point]]:
        """Return the parts of closed rings that lie in a window, as closed rings."""
        cut = []
        for ring in rings:
            boxes = [self._boxes[place if place >= 0 else ~place] for place in ring]
            west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
            east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
            for turn in _TURNS:
                if window.misses((west + turn, south, east + turn, north)):
                    continue
                if points := clip_ring(self._sketch(ring, window, turn), window):
                    cut.append(points)
        return cut

    def arc(self, place: int) -> list[Point]:
        """Return the points of an arc; `~n` is arc n backwards."""
        numbers = self._arcs[place if place >= 0 else ~place]
        points = [self._degrees(x, y) for x, y in zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True)]
        return points if place >= 0 else points[::-1]

    def _ends(self, place: int) -> tuple[Point, Point]:
        numbers = self._arcs[place if place >= 0 else ~place]
        ends = self._degrees(numbers[0], numbers[1]), self._degrees(sum(numbers[::2]), sum(numbers[1::2]))
        return ends if place >= 0 else ends[::-1]

    def _box(self, place: int) -> tuple[float, float, float, float]:
        numbers = self._arcs[place]
        xs, ys = list(accumulate(numbers[::2])), list(accumulate(numbers[1::2]))
        return *self._degrees(min(xs), min(ys)), *self._degrees(max(xs), max(ys))

    def _degrees(self, x: int, y: int) -> Point:
        return x * self._scale[0] + self._shift[0], y * self._scale[1] + self._shift[1]

    def _lines(self, arcs: Iterable[int], window: Window) -> Iterator[list[Point]]:
        for place in arcs:
            west, south, east, north = self._boxes[place]
            for turn in _TURNS:
                if not window.misses((west + turn, south, east + turn, north)):
                    yield from clip_line([(x + turn, y) for x, y in self.arc(place)], window)

    def _sketch(self, ring: Ring, window: Window, turn: float) -> list[Point]:
        """Return a ring's points; of arcs wholly to one side of the window only their ends, which is all it takes."""
        points: list[Point] = []
        for place in ring:
            west, south, east, north = self._boxes[place if place >= 0 else ~place]
            is_beside = window.misses((west + turn, south, east + turn, north))
            points += [(x + turn, y) for x, y in (self._ends(place) if is_beside else self.arc(place))]
        return points


def clip_line(points: Sequence[Point], window: Window) -> Iterator[list[Point]]:
    """Yield the pieces of a line that a window shows, each with one point beyond its edge."""
    piece: list[Point] = []
    for first, second in pairwise(points):
        # The seam at 180° that the file cuts countries along is no line on the ground.
        is_seam = abs(abs(first[0]) % 360 - 180) < _SEAM and abs(first[0] - second[0]) < _SEAM
        box = (*map(min, first, second), *map(max, first, second))
        if is_seam or window.misses(box):  # type: ignore[arg-type]  # two pairs make a box
            if piece:
                yield piece
            piece = []
        else:
            piece = piece or [first]
            piece.append(second)
    if piece:
        yield piece


def clip_ring(points: Sequence[Point], window: Window) -> list[Point]:
    """Return a closed ring cut to a window (Sutherland and Hodgman); empty where none of it lies within."""
    edges = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    cut = list(points)
    for axis, limit, side in edges:
        before, cut = cut, []
        for place, point in enumerate(before):
            last = before[place - 1]
            inside, was_inside = ((p[axis] - limit) * side >= 0 for p in (point, last))
            if inside != was_inside:
                share = (limit - last[axis]) / (point[axis] - last[axis])
                cut.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
            if inside:
                cut.append(point)
    return cut


@lru_cache(maxsize=2)
def read_outlines(detail: str) -> Outlines | None:
    """Return the `fine` or the `coarse` outlines; None where the set-up could not bring them."""
    try:
        return Outlines(json.loads((FOLDER / FILES[detail]).read_bytes()))
    except FileNotFoundError:
        return None


def _rings(shape: dict[str, Any]) -> Iterator[Ring]:
    """Yield the rings of a polygon, of several, or of a collection."""
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _rings(part)
    elif shape["type"] == "Polygon":
        yield from map(tuple, shape["arcs"])
    elif shape["type"] == "MultiPolygon":
        yield from (tuple(ring) for polygon in shape["arcs"] for ring in polygon)
