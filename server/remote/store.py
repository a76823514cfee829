"""A version in a SPARQL server, as the store that pages read: `graph.store.Store` over HTTP.

Pages look terms up one after the other. So what an answer names is fetched together, when
the first of it is asked for: the descriptions of up to a hundred terms come in one request,
and a page takes as many requests as it goes steps deep, not as many as it names terms.
What was fetched is kept, within bounds, for a version never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from server.remote.asking import Asking
from server.remote.cache import Kept
from server.remote.lookups import Graph, Lookups, Object, Pattern, Subject

_DEFAULT: Final = ox.DefaultGraph()
_TOGETHER: Final = 100
"""Terms that are fetched in one request."""
_FEW: Final = 2_000
"""Quads of a pattern that are fetched at once and kept; what has more is read as it comes in, each time."""
_KEPT_QUADS: Final = 60_000
_KEPT_NEIGHBOURS: Final = 60_000


class RemoteStore:
    """A version of a dataset in a store; safe in any number of threads.

    Every method raises `server.remote.failures.StoreAway`, which is an OSError, where the store
    does not answer as it should.
    """

    def __init__(self, lookups: Lookups, asking: Asking) -> None:
        """Read by these."""
        self._lookups = lookups
        self._asking = asking
        self._described: Kept[str, ox.Quad] = Kept(_KEPT_QUADS)
        self._matched: Kept[Pattern, ox.Quad] = Kept(_KEPT_QUADS)
        self._neighbours: Kept[str, str] = Kept(_KEPT_NEIGHBOURS, lambda _: 1)

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        object: Object | None,  # noqa: A002  as pyoxigraph calls it
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern, None standing for anything, in no order."""
        if any(isinstance(term, ox.BlankNode | ox.Triple) for term in (subject, object, graph_name)):
            return iter(())  # a store has other names for its blank nodes, and built datasets have none
        pattern = Pattern(subject, predicate, object, graph_name)  # type: ignore[arg-type]  # just looked at
        if pattern.subject is not None:
            return _selected(self._describe(pattern.subject.value), pattern)
        return self._match(pattern)

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer to a SELECT or ASK query over the default graph and the named graphs."""
        return self._asking.results(query)

    def contains_named_graph(self, graph_name: ox.NamedNode, /) -> bool:
        """Tell whether there is such a graph."""
        return self._lookups.has_graph(graph_name.value)

    def __contains__(self, quad: Any, /) -> bool:
        """Tell whether the store has a quad."""
        return next(self.quads_for_pattern(*quad), None) is not None

    def _describe(self, iri: str) -> Sequence[ox.Quad]:
        found = self._described.find(iri)
        if found is None:
            wanted = self._beside(iri, lambda other: other in self._described)
            described = self._lookups.describe(wanted)
            self._described.keep(described)
            self._meet([quad for quads in described.values() for quad in quads])
            found = described[iri]
        return found

    def _match(self, pattern: Pattern) -> Iterator[ox.Quad]:
        found = self._matched.find(pattern)
        if found is not None:
            return iter(found)
        if isinstance(pattern.object, ox.NamedNode) and pattern.predicate and pattern.graph == _DEFAULT:
            together = self._point(pattern.object.value, pattern.predicate)
            if together is not None:
                return iter(together)
        matched = self._lookups.match(pattern, _FEW)
        if matched is None:
            return self._streamed(pattern)
        if pattern.graph is None:
            matched += _merged(matched)
        self._matched.keep({pattern: matched})
        self._meet(matched)
        return iter(matched)

    def _streamed(self, pattern: Pattern) -> Iterator[ox.Quad]:
        coming = self._lookups.stream(pattern)
        while part := list(islice(coming, _FEW)):
            self._meet(part)
            yield from part

    def _point(self, iri: str, predicate: ox.NamedNode) -> Sequence[ox.Quad] | None:
        """Fetch what points to a term by a property, and to those beside it."""

        def asked(other: str) -> Pattern:
            return Pattern(None, predicate, ox.NamedNode(other), _DEFAULT)

        wanted = self._beside(iri, lambda other: asked(other) in self._matched)
        if len(wanted) == 1:
            return None
        found = self._lookups.pointing(predicate, wanted, _FEW)
        if found is None:
            return None
        self._matched.keep({asked(other): quads for other, quads in found.items()})
        self._meet([quad for quads in found.values() for quad in quads])
        return found[iri]

    def _beside(self, iri: str, is_there: Any) -> list[str]:
        """Return a term and those that were met with it and are not there yet."""
        neighbours = self._neighbours.find(iri) or ()
        place = neighbours.index(iri) if iri in neighbours else 0
        near = (*neighbours[place:], *neighbours[:place])
        wanted = [other for other in near if other != iri and not is_there(other)]
        return [iri, *wanted[: _TOGETHER - 1]]

    def _meet(self, quads: Sequence[ox.Quad]) -> None:
        """Remember which terms came together in one place: who asks for one of them will ask for the others."""
        together: dict[str, dict[str, None]] = {}
        for quad in quads:
            for place, term in (("s", quad.subject), ("p", quad.predicate), (quad.predicate.value, quad.object)):
                if isinstance(term, ox.NamedNode):
                    together.setdefault(place, {})[term.value] = None
        for iris in together.values():
            group = tuple(iris)
            self._neighbours.keep({iri: group for iri in group if iri not in self._neighbours})


def _selected(quads: Sequence[ox.Quad], pattern: Pattern) -> Iterator[ox.Quad]:
    """Yield those of a term's quads that fit, and the default graph's, where each triple stands once."""
    fitting = [
        quad
        for quad in quads
        if (pattern.predicate is None or quad.predicate == pattern.predicate)
        and (pattern.object is None or quad.object == pattern.object)
    ]
    if pattern.graph is None or pattern.graph != _DEFAULT:
        yield from (quad for quad in fitting if pattern.graph is None or quad.graph_name == pattern.graph)
    if pattern.graph is None or pattern.graph == _DEFAULT:
        yield from _merged(fitting)


def _merged(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    return [ox.Quad(*triple) for triple in dict.fromkeys(quad.triple for quad in quads)]
