"""How costs grow with the number of articles: as series, as fitted exponents, as figures."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.bench.building import Building
from server.bench.endpoints import OURS
from server.bench.grid import Grid, shown
from server.bench.plot import Figure, Panel, Series
from server.bench.run import Measured

_FITTED_FROM: Final = 100
"""Articles below which what does not grow (terms, shapes, start of a process) is most of a cost, and hides the rest."""
_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one number of articles."""

    articles: int
    quads: int
    buildings: Sequence[Building]
    """Without shapes and, where that does not take too long, with them."""
    measured: Measured


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost at several numbers of articles."""

    name: str
    points: Mapping[int, float]

    def exponent(self) -> float | None:
        """Return k of the N^k that fits best, from a hundred articles on; None where there are less than two sizes."""
        fitted = sorted((size, cost) for size, cost in self.points.items() if size >= _FITTED_FROM and cost > 0)
        if len(fitted) < 2:  # noqa: PLR2004 - a line has two points
            return None
        sizes, costs = ([math.log(value) for value in axis] for axis in zip(*fitted, strict=True))
        return statistics.linear_regression(sizes, costs).slope


def grouped_costs(sizes: Sequence[Size]) -> Mapping[str, Sequence[Cost]]:
    """Return what grows: time to build and to start, and memory."""
    return {
        "Building, seconds": _collected(sizes, _building),
        "From a dataset to the first answer, seconds": _collected(sizes, _starting),
        "Memory, MiB": _collected(sizes, _memory),
    }


def growth(sizes: Sequence[Size]) -> Grid:
    """Return the table of costs by size, with their exponents."""
    heads = ["", *(f"{size.articles:,} articles" for size in sizes), "exponent"]
    rows = [
        [
            f"{title}: {cost.name}",
            *(shown(cost.points[size.articles]) if size.articles in cost.points else "" for size in sizes),
            "" if (exponent := cost.exponent()) is None else f"{exponent:.2f}",
        ]
        for title, group in grouped_costs(sizes).items()
        for cost in group
    ]
    return Grid(f"Growth (fitted from {_FITTED_FROM} articles on)", heads, rows)


def cost_figure(sizes: Sequence[Size]) -> Figure:
    """Return the figure of what it takes to make, load and keep so many articles."""
    panels = [Panel(title, [_labelled(cost) for cost in group]) for title, group in grouped_costs(sizes).items()]
    told = "; ".join(f"{series.label}" for panel in panels for series in panel.series)
    return Figure(
        "Cost against number of articles", f"Exponents of the growth: {told}.", "articles", panels, len(panels)
    )


def query_figure(sizes: Sequence[Size]) -> Figure:
    """Return the figure of each question's median time, for requests that nobody has sent before."""
    panels = []
    for name in (row.name for row in sizes[0].measured.distinct.rows):
        points: dict[str, dict[int, float]] = {OURS: {}}
        for size in sizes:
            row = next(row for row in size.measured.distinct.rows if row.name == name)
            for endpoint in row.times:
                median = row.median(endpoint)
                if median is not None:
                    points.setdefault(endpoint, {})[size.articles] = 1000 * median
        panels.append(Panel(name, [Series(endpoint, of_it) for endpoint, of_it in points.items()]))
    described = "A panel for each question: milliseconds to its answer over HTTP, for each endpoint and size."
    return Figure("Milliseconds of queries that nobody has sent before (median)", described, "articles", panels, 4)


def _collected(sizes: Sequence[Size], of: Callable[[Size], Mapping[str, float]]) -> list[Cost]:
    found: dict[str, dict[int, float]] = {}
    for size in sizes:
        for name, cost in of(size).items():
            # A logarithm has no place for what was not done.
            if cost > 0:
                found.setdefault(name, {})[size.articles] = cost
    return [Cost(name, points) for name, points in found.items()]


def _building(size: Size) -> Mapping[str, float]:
    passed = {"passed" if one.with_shapes else "passed, without shapes": one.seconds for one in size.buildings}
    work = {name: seconds for one in size.buildings for name, seconds in one.work.items()}
    return passed | {f"{name}, of the processors": seconds for name, seconds in work.items()}


def _starting(size: Size) -> Mapping[str, float]:
    return {name: start.seconds for name, start in size.measured.endpoints.starts.items()}


def _memory(size: Size) -> Mapping[str, float]:
    starts = size.measured.endpoints.starts
    most = max(one.memory for one in size.buildings)
    return {name: start.memory / _MIB for name, start in starts.items()} | {"the build": most / _MIB}


def _labelled(cost: Cost) -> Series:
    exponent = cost.exponent()
    return Series(cost.name, cost.points, cost.name if exponent is None else f"{cost.name}: N^{exponent:.2f}")
