"""N-Triples of a dataset and of its graphs: canonical, so no more than lines in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from graph.releases import UnreadableDataset
from graph.store import triple_line
from server.releases.layout.families import gathered
from server.releases.layout.rows import BATCH, Rows
from server.releases.layout.sorting import ExternalSort


def count_statements(file: Path) -> tuple[int, int]:
    """Return how many quads a file of canonical N-Quads has, and how many triples the merge of their graphs.

    Raises `UnreadableDataset` where it cannot be read.
    """
    quads = triples = 0
    try:
        with file.open("rb") as lines:
            for _, equal in groupby(lines, key=triple_line):
                triples += 1
                quads += sum(1 for _ in equal)
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}; run `battlegraph build`") from error
    return quads, triples


def merged_lines(quads: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the merge of the graphs, of which `quads` are the canonical N-Quads.

    Without its graph a line stands where it stood, and equal ones are neighbours: no term
    is followed by less than the space before the graph.
    """
    lines = (line for line, _ in groupby(map(triple_line, quads)))
    return map(b"".join, gathered(lines, BATCH))


def graph_lines(rows: Rows, start: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the named graphs whose IRIs begin so, each as canonical N-Triples."""
    for graph, found in groupby(rows.by_graph(), key=lambda row: row[0]):
        if graph.startswith(start):
            yield graph, _sorted(rows, (lines for *_, lines in found))


def _sorted(rows: Rows, said: Iterable[bytes]) -> Iterator[bytes]:
    ordered: ExternalSort[bytes, None] = ExternalSort(rows.folder)
    try:
        for lines in said:
            for line in lines.splitlines(keepends=True):
                ordered.add(line, None, len(line))
        yield from map(b"".join, gathered((line for line, _ in ordered.rows()), BATCH))
    finally:
        ordered.close()
