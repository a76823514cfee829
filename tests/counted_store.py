"""A store that counts what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from graph.store import Store


class CountedStore:
    """Another store, with how often it was looked up and how many quads it gave."""

    def __init__(self, store: Store) -> None:
        """Read from this store."""
        self._store = store
        self.look_ups = 0
        self.quads = 0

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None, /) -> Iterator[ox.Quad]:
        """Yield what the other one does."""
        self.look_ups += 1
        for quad in self._store.quads_for_pattern(subject, predicate, value, graph):
            self.quads += 1
            yield quad

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer as the other one does."""
        return self._store.query(query)

    def contains_named_graph(self, graph_name: ox.NamedNode, /) -> bool:
        """Answer as the other one does."""
        return self._store.contains_named_graph(graph_name)

    def __contains__(self, quad: Any, /) -> bool:
        """Answer as the other one does."""
        self.look_ups += 1
        return quad in self._store
