"""Which classes follow from a class, so that a page names the most exact ones only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDF, RDFS
from graph.store import Store

TYPE: Final = ox.NamedNode(RDF + "type")
_SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_REMEMBERED: Final = 10_000


class Taxonomy:
    """The class hierarchy of one dataset."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._look_up = lru_cache(maxsize=_REMEMBERED)(self._find_wider)
        self._pick = lru_cache(maxsize=_REMEMBERED)(self._most_exact)

    def wider(self, kind: ox.NamedNode) -> frozenset[ox.NamedNode]:
        """Return every class above one, however far; a cycle ends where it began."""
        return self._look_up(kind)

    def most_exact(self, kinds: Collection[ox.NamedNode]) -> Sequence[ox.NamedNode]:
        """Return the classes that none of the others implies, in their order; all where each implies another."""
        return self._pick(frozenset(kinds))

    def kinds_of(self, thing: ox.NamedNode) -> Sequence[ox.NamedNode]:
        """Return the most exact classes that the dataset puts a thing in."""
        return self.kinds(self._store.quads_for_pattern(thing, TYPE, None, ox.DefaultGraph()))

    def kinds(self, quads: Iterable[ox.Quad]) -> Sequence[ox.NamedNode]:
        """Return the most exact classes that these quads about one thing put it in."""
        return self.most_exact(
            {quad.object for quad in quads if quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode)}
        )

    def _most_exact(self, kinds: frozenset[ox.NamedNode]) -> tuple[ox.NamedNode, ...]:
        implied = {wider for kind in kinds for wider in self.wider(kind)}
        return tuple(sorted(kinds - implied or kinds, key=str))

    def _find_wider(self, kind: ox.NamedNode) -> frozenset[ox.NamedNode]:
        found: set[ox.NamedNode] = set()
        waiting = [kind]
        while waiting:
            for quad in self._store.quads_for_pattern(waiting.pop(), _SUBCLASS, None, ox.DefaultGraph()):
                if isinstance(quad.object, ox.NamedNode) and quad.object not in found and quad.object != kind:
                    found.add(quad.object)
                    waiting.append(quad.object)
        return frozenset(found)
