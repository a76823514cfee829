"""What a dataset says of each subject, sorted on the disk into the order in which formats say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from graph.workforce.force import Workforce
from graph.workforce.turns import in_turn
from server.releases.layout.families import Family, families, gathered, large_families, large_family_key
from server.releases.layout.sorting import ExternalSort
from server.releases.layout.survey import Facts, Frame, RowPlace, Use, survey

BATCH: Final = 256 * 1024
"""Bytes that go to a process at a time."""
_AT_ONCE: Final = 1000
"""Triples that are written as lines at a time."""


class Rows:
    """The rows of one dataset, and what concerns all of them."""

    def __init__(self, folder: Path, workforce: Workforce) -> None:
        """Write what does not fit into memory to files without a name in `folder`."""
        self.folder = folder
        self.workforce = workforce
        self.facts = Facts()
        self._merged: ExternalSort[RowPlace, tuple[str, bytes]] = ExternalSort(folder)
        self._graphs: ExternalSort[tuple[str, RowPlace], tuple[RowPlace, bytes]] = ExternalSort(folder)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back the disk."""
        self._merged.close()
        self._graphs.close()

    def read(self, file: Path, frame: Frame) -> None:
        """Take all of a file of canonical N-Quads.

        Raises `UnreadableDataset` for a graph that is none of ours, `UnwritableRelease` where the disk refuses.
        """
        with file.open("rb") as lines:
            self._survey(families(lines), frame)

    def take(self, triples: Iterable[ox.Triple], first: ox.NamedNode) -> None:
        """Take triples in any order, those that come twice once, as if a graph held them; `first` stands first."""
        ordered: ExternalSort[tuple[bytes, bool, bytes], None] = ExternalSort(self.folder)
        try:
            for line in _quad_lines(triples, first):
                ordered.add(large_family_key(line), None, len(line))
            lines = (line for line, _ in groupby(key[2] for key, _ in ordered.rows()))
            self._survey(large_families(lines, BATCH), Frame(first.value, first.value, first.value))
        finally:
            ordered.close()

    def _survey(self, found: Iterable[Family], frame: Frame) -> None:
        for survey_ in in_turn(self.workforce, survey, gathered(found, BATCH), frame):
            self.facts.add(survey_.facts)
            for row in survey_.merged:
                self._merged.add(row.place, (row.use.value, row.lines), len(row.lines))
            for own in survey_.graphs:
                self._graphs.add((own.graph, own.place), (own.place_among_all, own.lines), len(own.lines))

    def merged(self, use: Use) -> Iterator[tuple[RowPlace, bytes]]:
        """Yield what the merge of the graphs says of each subject, for formats of this kind."""
        uses = (Use.EVERY.value, use.value)
        return ((place, lines) for place, (of, lines) in self._merged.rows() if of in uses)

    def by_graph(self) -> Iterator[tuple[str, RowPlace, RowPlace, bytes]]:
        """Yield what each graph says of each subject.

        A row is the graph, the place of the subject in its file, its place where all graphs
        are together, and the lines; sorted by the first two.
        """
        return ((graph, place, among_all, lines) for (graph, place), (among_all, lines) in self._graphs.rows())


def _quad_lines(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> Iterator[bytes]:
    left = iter(triples)
    while some := [ox.Quad(one.subject, one.predicate, one.object, graph) for one in islice(left, _AT_ONCE)]:
        yield from (ox.serialize(some, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
