"""Which data is held against which shapes and checks, and what they find in a graph.

Each kind of data has shapes of its own, told by its named graph; so an outside fact in an
article's own graphs meets shapes that are closed to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.constraints import Constraints, Scope
from graph.namespaces import CANONICAL_BASE, RDF
from graph.results import Result, ordered
from graph.shacl import to_rdflib
from graph.store import merged_store

_TYPE: Final = ox.NamedNode(RDF + "type")

_SCOPES_OF_GRAPHS: Final[Mapping[str, Scope | None]] = MappingProxyType(
    {
        "crosslinks": "crosslinks",
        "dataset": "dataset",
        "ontology": "terms",
        # Derived from valid data by the project's own rules, or no data at all.
        "derived": None,
        "report": None,
        "shapes": None,
    }
)


def scope_of(quad: ox.Quad) -> Scope | None:
    """Return which shapes a quad is for, by its graph; None where no shapes are for it."""
    graph = quad.graph_name
    name = graph.value.removeprefix(CANONICAL_BASE + "graph/") if isinstance(graph, ox.NamedNode) else ""
    return _SCOPES_OF_GRAPHS.get(name, "article")


def in_scope(quads: Iterable[ox.Quad], scope: Scope) -> list[ox.Triple]:
    """Return the triples of the graphs that the shapes of a scope are for."""
    return [quad.triple for quad in quads if scope_of(quad) == scope]


def validate_quads(
    quads: Collection[ox.Quad], constraints: Constraints, beside: Iterable[ox.Quad]
) -> tuple[Result, ...]:
    """Return what shapes and checks find in quads from elsewhere, each graph by its name.

    What stands in no graph, or in one of another name, is read as an article's. `beside`
    is what the project itself holds, so that a class or concept of it is known.
    """
    beside = tuple(beside)
    known = [quad.triple for quad in beside if scope_of(quad) in ("article", "terms")]
    known += [quad.triple for quad in quads if quad.predicate == _TYPE]
    results: list[Result] = []
    scopes: tuple[Scope, ...] = ("article", "crosslinks", "terms", "dataset")
    for scope in scopes:
        own = in_scope(quads, scope)
        results.extend(find(constraints, scope, own, beside=known, focus=subjects(own)))
    merged = {*quads, *beside}
    about = {quad.subject for quad in quads}
    results.extend(result for result in check(constraints, merged) if result.focus in about)
    return ordered(results)


def find(
    constraints: Constraints,
    scope: Scope,
    triples: Iterable[ox.Triple],
    *,
    beside: Iterable[ox.Triple] = (),
    focus: Collection[str] | None = None,
) -> Iterator[Result]:
    """Yield what the shapes of a scope find in the triples, with others beside them for reference."""
    yield from constraints.shapes.results(to_rdflib((*triples, *beside)), focus=focus, only=constraints.names[scope])


def check(constraints: Constraints, quads: Iterable[ox.Quad]) -> Iterator[Result]:
    """Yield what the whole-graph checks find."""
    store = merged_store(quads)
    for one in constraints.checks:
        yield from one.results(store)


def subjects(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the subjects of triples, as focus nodes are named."""
    return {t.subject.value if isinstance(t.subject, ox.NamedNode) else str(t.subject) for t in triples}
