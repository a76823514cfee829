"""Pieces put together: sorted, each quad once, and nothing derived that somebody states.

An external merge sort: lines are collected up to a bound, sorted and put aside, and what
was put aside is merged. So memory does not grow with the dataset, and time does as its
size. In the order of canonical N-Quads a triple's graphs stand together, which is what
counting and the last two of these need.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from graph.census import Block
from graph.spool import Spool

_MOST_BYTES: Final = 64 << 20
"""Of lines that are sorted at once; in memory they take about twice as much."""
_END: Final = b" .\n"
_MARK: Final = b"\0"
"""Stands after the graph of a derived line, before the number of its rule; no N-Quads has it."""


class Merger:
    """Takes the lines of pieces in any order and gives them back as one dataset."""

    def __init__(self, folder: Path | None = None, most_bytes: int = _MOST_BYTES) -> None:
        """Put lines aside in a folder, by default that for temporary files."""
        self._folder, self._most_bytes = folder, most_bytes
        self._lines: list[bytes] = []
        self._bytes = 0
        self._runs: list[Spool] = []

    def add(self, stated: bytes, derived: Sequence[bytes] = ()) -> None:
        """Take N-Quads lines that are stated, and for each rule those that it adds.

        Raises `OSError` where the disk is full.
        """
        self._take(line.removesuffix(b" .") + b"\n" for line in stated.splitlines())
        for number, lines in enumerate(derived):
            mark = b"%b%d\n" % (_MARK, number)
            self._take(line.removesuffix(b" .") + mark for line in lines.splitlines())

    def merged(self) -> Iterator[Block]:
        """Yield the triples of the dataset in order, once all was added."""
        self._lines.sort()
        lines = heapq.merge(self._lines, *(run.lines() for run in self._runs))
        split = (line[:-1].rpartition(b" ") for line in lines)
        for triple, found in groupby(split, key=lambda parts: parts[0]):
            subject, predicate, value = triple.split(b" ", 2)
            yield Block(subject, predicate, value, _graphs(last for _, _, last in found))

    def _take(self, lines: Iterable[bytes]) -> None:
        before = len(self._lines)
        self._lines.extend(lines)
        self._bytes += sum(map(len, self._lines[before:]))
        if self._bytes > self._most_bytes:
            self._lines.sort()
            run = Spool(self._folder, in_memory=0)
            run.write(line for line, _ in groupby(self._lines))
            self._runs.append(run)
            self._lines, self._bytes = [], 0


def _graphs(found: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the graphs in which a triple is stated, else the one of the first rule that adds it."""
    stated: list[bytes] = []
    derived: list[tuple[int, bytes]] = []
    for last in found:
        graph, mark, number = last.partition(_MARK)
        if mark:
            derived.append((int(number), graph))
        elif not stated or stated[-1] != graph:
            stated.append(graph)
    return tuple(stated) or (min(derived)[1],)


def inserted(lines: Iterable[bytes], more: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted lines with others among them, each once."""
    return (line for line, _ in groupby(heapq.merge(lines, sorted(more))))
