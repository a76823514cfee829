"""What query workers answer from: a store in memory that they share, one on disk, or both.

A store in memory is loaded once, by the supervisor, and comes to its workers by fork. One on
disk is opened by each worker for itself, because the engine's threads and open files do not
outlive a fork. Where both are there, the one in memory holds the default graph alone and
answers what asks for no named graph.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE
from graph.store import load, load_merge, merge_alone, open_stored
from server.query.evaluation import evaluate
from server.query.isolation import hold_one_more_descriptor, refuse_sockets
from server.query.wire import Answer, Request
from server.serving.origin import Found

MEMORY: Final = "memory"
DISK: Final = "disk"


@dataclass(frozen=True, slots=True)
class Engine:
    """The stores that a supervisor has loaded, and where the one is that each worker opens."""

    base: str
    """The base of the data's IRIs."""
    folder: Path | None
    """Of the store on disk; None: all is in memory."""
    store: ox.Store | None
    """All graphs in memory, where nothing is on disk."""
    merge: ox.Store | None
    """The default graph alone, in memory."""

    def open(self, most_bytes: int) -> Callable[[Request], Answer]:
        """Return what answers in this process, with at most so many bytes.

        Raises `UnreadableDataset` where the store on disk cannot be opened.
        """
        store = open_stored(self.folder) if self.folder else self.store or ox.Store()
        return partial(evaluate, store, base=f"{self.base}sparql", most_bytes=most_bytes, merge=self.merge)

    def close_ways_out(self) -> int:
        """Leave this process no way to the network; return the descriptor that the next connection it takes will have.

        To be called last: an engine in memory leaves no way to any file either.
        """
        if self.folder is None:
            return hold_one_more_descriptor()
        refuse_sockets()
        descriptor = os.dup(0)
        os.close(descriptor)
        return descriptor


def prepare(found: Found, name: str) -> Engine:
    """Return the engine of a dataset, by its name; raise `UnreadableDataset` where it cannot be loaded."""
    base = found.manifest.base if found.manifest else CANONICAL_BASE
    if not found.is_stored:
        store = load(Path(found.address), Path(found.name))
        return Engine(base, None, store, merge_alone(store))
    merge = load_merge(Path(found.name)) if name == MEMORY else None
    return Engine(base, Path(found.address), None, merge)
