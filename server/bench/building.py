"""What it took to build a dataset: time that passed by phase, processor time by work, memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.bench.grid import Grid, shown

_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Building:
    """The cost of one build, from the sources to a version that can be served."""

    articles: int
    with_shapes: bool
    """Whether articles were held against the shapes; the checks are made of all."""
    wall: Mapping[str, float]
    """Seconds that passed, by phase."""
    work: Mapping[str, float]
    """Processor seconds that the articles took, by kind of work, on all processors."""
    memory: int
    """Bytes that the process and those it started kept in memory at most."""

    @property
    def seconds(self) -> float:
        """The seconds that passed in all."""
        return sum(self.wall.values())

    def grid(self) -> Grid:
        """Return the table of phases, and below them what an article took of the processors."""
        rows = [[f"{name}, passed", *self._cells(seconds)] for name, seconds in self.wall.items()]
        rows.append(["in all, passed", *self._cells(self.seconds)])
        rows += ([f"{name}, of the processors", *self._cells(seconds)] for name, seconds in self.work.items())
        told = f"{shown(self.memory / _MIB)} MiB of memory at most, over all processes."
        title = f"Building from sources, {'with' if self.with_shapes else 'without'} shapes"
        return Grid(title, ["", "seconds", "milliseconds an article"], rows, [told])

    def _cells(self, seconds: float) -> list[str]:
        return [shown(seconds), shown(1000 * seconds / self.articles)]
