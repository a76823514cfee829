"""A store that remembers what is said of the things that were asked for lately.

The names, kinds and values of a thing are asked for one by one, by many parts of many
pages. On disk one look-up costs a third of what it takes to read all that is said of a
thing, and a page asks for each of its things four times and more; the terms of the
vocabulary, the viewpoints and the articles come on nearly every page. The data of a running
server never changes, so what was read stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final, TypeAlias, TypeVar, cast

import pyoxigraph as ox

from graph.store import Store

_MOST_THINGS: Final = 2_000
"""Things that are remembered: some ten megabytes."""
_MOST_QUADS: Final = 200
"""Quads of a thing up to which it is; a war of thousands of battles is looked up each time."""

_T = TypeVar("_T")
_Said: TypeAlias = Mapping[ox.NamedNode, Sequence[ox.Quad]]


class RememberingStore:
    """Another store, as `graph.store.Store` has it; safe to read from many threads if that one is."""

    def __init__(self, store: Store) -> None:
        """Read from this store, which never changes."""
        self._store = store
        self._said_of = lru_cache(maxsize=_MOST_THINGS)(self._read)
        self._made_of = lru_cache(maxsize=_MOST_THINGS)(self._make)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,  # noqa: A002  as pyoxigraph calls it
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern, None standing for anything, in no order."""
        said = self._said_of(subject) if _is_remembered(subject, graph_name) else None
        if said is None:
            return self._store.quads_for_pattern(subject, predicate, object, graph_name)
        quads = chain.from_iterable(said.values()) if predicate is None else iter(said.get(predicate, ()))
        return quads if object is None else (quad for quad in quads if quad.object == object)

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer to a query over the default graph and the named graphs."""
        return self._store.query(query)

    def contains_named_graph(self, graph_name: ox.NamedNode, /) -> bool:
        """Tell whether there is such a graph."""
        return self._store.contains_named_graph(graph_name)

    def __contains__(self, quad: Any, /) -> bool:
        """Tell whether this is one of the quads."""
        return any(self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name))

    def once(self, make: Callable[[Store, ox.NamedNode], _T], thing: ox.NamedNode) -> _T:
        """Return what a function makes of this store and a thing, made once as long as it is asked for now and then.

        What is made may depend on nothing else, and is not to be changed. Of a thing that too much is said of, it is
        made each time.
        """
        return make(self, thing) if self._said_of(thing) is None else cast(_T, self._made_of(make, thing))

    def _make(self, make: Callable[[Store, ox.NamedNode], object], thing: ox.NamedNode) -> object:
        return make(self, thing)

    def _read(self, thing: ox.NamedNode) -> _Said | None:
        """Return what the default graph says of a thing, by property; None where that is too much to keep."""
        said: dict[ox.NamedNode, list[ox.Quad]] = {}
        quads = self._store.quads_for_pattern(thing, None, None, ox.DefaultGraph())
        for quad in islice(quads, _MOST_QUADS):
            said.setdefault(quad.predicate, []).append(quad)
        # Of tuples, unlike lists, the garbage collector finds out that there is nothing for it in them.
        return {name: tuple(found) for name, found in said.items()} if next(quads, None) is None else None


def _is_remembered(subject: object, graph_name: object) -> bool:
    return isinstance(subject, ox.NamedNode) and isinstance(graph_name, ox.DefaultGraph)
