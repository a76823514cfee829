"""Validation of a dataset article by article, so that the work grows with their number and no faster.

An article is valid by itself: with the terms and the shared things it speaks of beside it
it keeps to the shapes, and the checks find nothing about what is its own. What several
articles may speak of is judged on what all of them say of it (`graph.commons`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from graph.constraints import Constraints
from graph.namespaces import RDF, SD
from graph.results import Result
from graph.shacl import Backdrop
from graph.travelling import Travelling
from graph.validation import find, in_scope, subjects

_TYPE: Final = ox.NamedNode(RDF + "type")
_GRAPH: Final = ox.NamedNode(SD + "Graph")
_GRAPHS_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Validator(Travelling):
    """Shapes and checks, with the terms laid out for them once; not for several threads."""

    constraints: Constraints
    terms: frozenset[ox.Quad]
    """The ontology."""

    def by_shapes(
        self, own: Collection[ox.Quad], beside: Collection[ox.Quad], derived: Collection[ox.Quad]
    ) -> Iterator[Result]:
        """Yield what the shapes find in an article, with shared things beside it."""
        said = in_scope(own, "article")
        with self._terms_for_shapes.beside((*said, *in_scope(beside, "article"))) as graph:
            yield from self._article_shapes(graph, subjects(said))
        links = in_scope((*own, *derived), "crosslinks")
        if links:
            known = (quad.triple for quad in (*own, *beside, *self.terms) if quad.predicate == _TYPE)
            others = in_scope(beside, "crosslinks")
            yield from find(self.constraints, "crosslinks", links, beside=(*others, *known), focus=subjects(links))

    def by_checks(self, quads: Iterable[ox.Quad]) -> Iterator[Result]:
        """Yield what the checks find in these quads and the terms, about whatever it is."""
        # A new store each time: one from which quads were taken out again gets slower and slower.
        store = ox.Store()
        store.extend(self._terms_for_checks)
        store.extend(with_merge(quads))
        for check in self.constraints.checks:
            yield from check.results(store)

    def shared(self, shared: Collection[ox.Quad], told: Collection[str]) -> Iterator[Result]:
        """Yield what the shapes find in what articles share, leaving out what was told with an article."""
        said = in_scope(shared, "article")
        with self._terms_for_shapes.beside(said) as graph:
            yield from self._article_shapes(graph, subjects(said) - set(told))

    def crosslinks(self, shared: Iterable[ox.Quad], types: Callable[[], Iterable[ox.Quad]]) -> Iterator[Result]:
        """Yield what the shapes find in the shared cross-links, given the types of what they are about."""
        links = in_scope(shared, "crosslinks")
        if links:
            known = (quad.triple for quad in (*shared, *types(), *self.terms) if quad.predicate == _TYPE)
            yield from find(self.constraints, "crosslinks", links, beside=known, focus=subjects(links))

    def ontology(self) -> Iterator[Result]:
        """Yield what the shapes find in the terms."""
        return find(self.constraints, "terms", in_scope(self.terms, "terms"))

    def description(self, quads: Iterable[ox.Quad]) -> Iterator[Result]:
        """Yield what the shapes find in the description of a dataset, its named graphs some at a time."""
        nodes: defaultdict[ox.NamedNode | ox.BlankNode | ox.Triple, list[ox.Triple]] = defaultdict(list)
        for triple in in_scope(quads, "dataset"):
            nodes[triple.subject].append(triple)
        graphs = [node for node, said in nodes.items() if ox.Triple(node, _TYPE, _GRAPH) in said]
        rest = [triple for node in nodes.keys() - set(graphs) for triple in nodes[node]]
        yield from find(self.constraints, "dataset", rest)
        for start in range(0, len(graphs), _GRAPHS_AT_ONCE):
            some = [triple for node in graphs[start : start + _GRAPHS_AT_ONCE] for triple in nodes[node]]
            yield from find(self.constraints, "dataset", some, focus=subjects(some))

    def _article_shapes(self, graph: Graph, focus: Collection[str]) -> Iterator[Result]:
        return self.constraints.shapes.results(graph, focus=focus, only=self.constraints.names["article"])

    @cached_property
    def _terms_for_shapes(self) -> Backdrop:
        return Backdrop(in_scope(self.terms, "terms"))

    @cached_property
    def _terms_for_checks(self) -> list[ox.Quad]:
        return list(with_merge(self.terms))


def with_merge(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads, and for the triple of each one in the default graph."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)
