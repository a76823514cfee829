"""From degrees to the map's own units, and what one reads distances by.

The projection is the equirectangular one, true to scale along the parallel through the
middle of the window (plate carrée with a standard parallel): right enough for a locator,
and its meridians and parallels are straight lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from server.time_and_place.outlines import Point, Window

WIDTH: Final = 400.0
HEIGHT: Final = 320.0
"""The map's size in its own units."""

_TOLERANCE: Final = 0.6
_SPECK: Final = 2.5
"""How many times the tolerance something must measure to be drawn."""
_WORLD_KM: Final = 4_000.0
_KM: Final = 111.195
"""A degree of a great circle of the mean earth, in kilometres."""
_HIGHEST: Final = 85.0
_SCALE_SHARE: Final = 0.3
_MOST_LINES: Final = 4
_STEPS: Final = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1 / 6, 1 / 12, 1 / 30)


@dataclass(frozen=True, slots=True)
class Projection:
    """A window laid on a sheet of WIDTH by HEIGHT."""

    window: Window

    def xy(self, point: Point) -> tuple[float, float]:
        """Return the place of a point, from the upper left corner."""
        window = self.window
        x = (point[0] - window.west) / (window.east - window.west) * WIDTH
        y = (window.north - point[1]) / (window.north - window.south) * HEIGHT
        return x, y

    def path(self, lines: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
        """Return lines as the `d` of an SVG path, without the points and the specks that nobody would see."""
        # A world's worth of coast is heavy, and nobody looks for coves on it.
        tolerance = _TOLERANCE if self.km < _WORLD_KM else 2 * _TOLERANCE
        drawn = []
        for line in lines:
            points = simplify([self.xy(point) for point in line], tolerance)
            if _extent(points) >= _SPECK * tolerance:
                drawn.append(_write(points) + ("z" if closed else ""))
        return "".join(drawn)

    @property
    def km(self) -> float:
        """The width of the sheet in kilometres, along its middle parallel."""
        window = self.window
        return (window.east - window.west) * _KM * math.cos(math.radians((window.north + window.south) / 2))

    def scale_bar(self) -> tuple[float, float]:
        """Return a round number of kilometres and how long it is on the sheet."""
        most = self.km * _SCALE_SHARE
        power = 10.0 ** math.floor(math.log10(most))
        length = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= most)
        return length, length / self.km * WIDTH

    def meridians(self) -> list[float]:
        """Return the longitudes to draw a line along, a few."""
        return _between(self.window.west, self.window.east)

    def parallels(self) -> list[float]:
        """Return the latitudes to draw a line along, a few."""
        return _between(self.window.south, self.window.north)


def window_of(points: Sequence[Point], *, least_km: float, share: float) -> Window:
    """Return a window of the sheet's shape around points, which take up a share of it; it may cross 180°."""
    longitudes = _unwrap([x for x, _ in points])
    latitudes = [max(-_HIGHEST, min(_HIGHEST, y)) for _, y in points]
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    shrink = math.cos(math.radians(middle[1]))
    high = max(max(latitudes) - min(latitudes), (max(longitudes) - min(longitudes)) * shrink * HEIGHT / WIDTH) / share
    high = min(max(high, least_km / _KM * HEIGHT / WIDTH), 2 * _HIGHEST)
    wide = min(high / shrink * WIDTH / HEIGHT, 360.0)
    return Window(middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)


def within(point: Point, window: Window) -> Point:
    """Return the point with its longitude counted as the window counts, beyond 180° where that reaches there."""
    turns = math.ceil((window.west - point[0]) / 360)
    turned = point[0] + 360 * turns
    return (turned if turned <= window.east else point[0]), point[1]


def simplify(points: Sequence[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Return the line without points that lie nearer than the tolerance to what remains (Douglas and Peucker)."""
    if len(points) < 3:  # noqa: PLR2004  two points are a line
        return list(points)
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        length = math.hypot(x2 - x1, y2 - y1)
        far, at = 0.0, first
        for place in range(first + 1, last):
            x, y = points[place]
            if length:
                distance = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            else:
                distance = math.hypot(x - x1, y - y1)
            if distance > far:
                far, at = distance, place
        if far > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[place] for place in sorted(keep)]


def _extent(points: Sequence[tuple[float, float]]) -> float:
    """Return the longer side of the box around points; nothing for fewer than two."""
    if len(points) < 2:  # noqa: PLR2004  one point has no extent
        return 0.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _write(points: Sequence[tuple[float, float]]) -> str:
    """Return a line in relative tenths of a unit, which is short."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
    (x, y), moves = tenths[0], (f"{dx / 10:g} {dy / 10:g}" for dx, dy in steps)
    return f"M{x / 10:g} {y / 10:g}l{' '.join(moves)}".replace(" -", "-")


def _unwrap(longitudes: Sequence[float]) -> list[float]:
    """Return the longitudes so that the widest empty stretch between them lies outside."""
    ordered = sorted(set(longitudes))
    following = [*ordered[1:], ordered[0] + 360]
    widest = max(range(len(ordered)), key=lambda place: following[place] - ordered[place])
    begin = ordered[(widest + 1) % len(ordered)]
    return [x if x >= begin else x + 360 for x in longitudes]


def _between(low: float, high: float) -> list[float]:
    step = next((s for s in reversed(_STEPS) if (high - low) / s <= _MOST_LINES), _STEPS[0])
    first = math.ceil(low / step)
    return [round(number * step, 6) for number in range(first, math.floor(high / step) + 1)]
