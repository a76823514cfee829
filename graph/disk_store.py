"""The dataset as a store on disk, for what is too large to be read into memory at each start.

It stands beside the N-Quads of its version and holds the same: the named graphs, and in
the default graph their merge. It is written once, before anybody can see it, and only read
after that, by any number of processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from graph.releases import sync
from graph.store import Stream, triple_line

LARGE: Final = 200_000
"""Quads from which on a dataset gets such a store; fewer are in memory within a second."""

_LINES_AT_ONCE: Final = 8192
_CHUNKS_AT_ONCE: Final = 64
"""For one bulk load, whose memory grows with what it loads: this many take about a gigabyte and a half."""


def write_store(quads: Path, folder: Path) -> None:
    """Write the store of a file of canonical N-Quads, each line of which is in a named graph, into a new folder.

    Memory does not grow with the dataset. Raises `OSError` where the disk refuses.
    """
    with quads.open("rb") as lines:
        store = ox.Store(folder)
        chunks = _with_merge(lines)
        while some := list(islice(chunks, _CHUNKS_AT_ONCE)):
            store.bulk_load(cast(IO[bytes], Stream(iter(some))), format=ox.RdfFormat.N_QUADS)
        store.flush()
    # The files are closed with the store; a rename must not come to the disk before what is in them.
    del store
    for file in (*folder.iterdir(), folder):
        sync(file)


def _with_merge(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks of the lines and, before the first line of each triple, one of the default graph."""
    last = b""
    while some := list(islice(lines, _LINES_AT_ONCE)):
        chunk: list[bytes] = []
        for line in some:
            triple = triple_line(line)
            if triple != last:
                chunk.append(triple)
                last = triple
            chunk.append(line)
        yield b"".join(chunk)
