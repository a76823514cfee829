"""Times to tables: medians, 99th percentiles, and how many times as long as ours the others take."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.bench.grid import Grid, shown

Times = Sequence[float]
"""Seconds that the answers to one question took."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question: the times of each endpoint, and what was wrong with those that have none."""

    name: str
    times: Mapping[str, Times]
    silent: Mapping[str, str]

    def median(self, endpoint: str) -> float | None:
        """Return the median of an endpoint's times, None where it has none."""
        times = self.times.get(endpoint)
        return statistics.median(times) if times else None


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured of one kind of request, ours and the others beside it."""

    title: str
    ours: str
    others: Sequence[str]
    rows: Sequence[Row]

    def ratio(self, row: Row, other: str) -> float | None:
        """Return how many times as long as ours the other's median is; None where one has none."""
        theirs, ours = row.median(other), row.median(self.ours)
        return theirs / ours if theirs and ours else None

    def ratios(self) -> Iterator[tuple[str, str, float]]:
        """Yield question, endpoint and ratio wherever there is one."""
        for row in self.rows:
            for other in self.others:
                ratio = self.ratio(row, other)
                if ratio is not None:
                    yield row.name, other, ratio

    def grid(self) -> Grid:
        """Return the table as it is shown: medians and, in brackets, 99th percentiles."""
        return Grid(
            f"{self.title}, milliseconds: median (99th percentile)",
            ["", self.ours, *(head for other in self.others for head in (other, "ratio"))],
            [list(self._cells(row)) for row in self.rows],
            [f"{row.name}: {name} gave no answer: {why}" for row in self.rows for name, why in row.silent.items()],
        )

    def _cells(self, row: Row) -> Iterator[str]:
        yield row.name
        yield _shown_times(row.times.get(self.ours))
        for other in self.others:
            ratio = self.ratio(row, other)
            yield _shown_times(row.times.get(other))
            yield "" if ratio is None else shown(ratio)


def percentile(times: Times, share: float) -> float:
    """Return the time within which this share of the answers came: the nearest rank, so one that was measured."""
    return sorted(times)[max(math.ceil(share * len(times)), 1) - 1]


def _shown_times(times: Times | None) -> str:
    if not times:
        return "-"
    return f"{shown(1000 * statistics.median(times))} ({shown(1000 * percentile(times, 0.99))})"
