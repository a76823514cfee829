"""Times to tables: medians, 99th percentiles, and how many times as long as ours the others take."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Times = Sequence[float]
"""Seconds that the answers to one question took."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question: the times of each endpoint, and what was wrong with those that have none."""

    name: str
    times: Mapping[str, Times]
    silent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured of one kind of request, ours and the others beside it."""

    title: str
    ours: str
    others: Sequence[str]
    rows: Sequence[Row]

    def ratio(self, row: Row, other: str) -> float | None:
        """Return how many times as long as ours the other's median is; None where one has none."""
        if not (row.times.get(other) and row.times.get(self.ours)):
            return None
        return statistics.median(row.times[other]) / statistics.median(row.times[self.ours])

    def ratios(self) -> Iterator[tuple[str, str, float]]:
        """Yield question, endpoint and ratio wherever there is one."""
        for row in self.rows:
            for other in self.others:
                ratio = self.ratio(row, other)
                if ratio is not None:
                    yield row.name, other, ratio

    def lines(self) -> Iterator[str]:
        """Yield the table as it is printed."""
        heads = ["", self.ours, *(head for other in self.others for head in (other, "ratio"))]
        cells = [heads, *(list(self._cells(row)) for row in self.rows)]
        widths = [max(len(line[place]) for line in cells) for place in range(len(heads))]
        yield f"{self.title}, milliseconds: median (99th percentile)"
        for first, *rest in cells:
            yield "  ".join((first.ljust(widths[0]), *map(str.rjust, rest, widths[1:]))).rstrip()
        for row in self.rows:
            yield from (f"{row.name}: {endpoint} gave no answer: {why}" for endpoint, why in row.silent.items())

    def _cells(self, row: Row) -> Iterator[str]:
        yield row.name
        yield _shown_times(row.times.get(self.ours))
        for other in self.others:
            ratio = self.ratio(row, other)
            yield _shown_times(row.times.get(other))
            yield "" if ratio is None else shown_ratio(ratio)


def percentile(times: Times, share: float) -> float:
    """Return the time within which this share of the answers came: the nearest rank, so one that was measured."""
    return sorted(times)[max(math.ceil(share * len(times)), 1) - 1]


def shown_ratio(ratio: float) -> str:
    """Return a ratio to three figures at most, as 0.17, 1.5 or 1,230.

    >>> shown_ratio(0.1749), shown_ratio(12.3456)
    ('0.17', '12.3')
    """
    return _shown(ratio)


def _shown_times(times: Times | None) -> str:
    if not times:
        return "-"
    return f"{_shown(1000 * statistics.median(times))} ({_shown(1000 * percentile(times, 0.99))})"


def _shown(number: float) -> str:
    decimals = 2 if number < 10 else 1 if number < 100 else 0  # noqa: PLR2004 - three figures
    return f"{number:,.{decimals}f}"
