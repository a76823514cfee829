"""A dataset that can be changed, validated where it was changed, and changed back.

Both forms that validation reads are kept side by side and in step: a pyoxigraph store for
the checks, and for each kind of data the rdflib graph that its shapes are for. A change costs
what it touches: shapes look at the nodes it is about and those that lead to them, and only
those checks run that speak of a property it is about.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph

from graph.checks import Check
from graph.constraints import Constraints, Scope
from graph.namespaces import RDF, curie
from graph.results import Result
from graph.shacl import to_rdflib
from graph.store import merged_store
from graph.validation import scope_of

_TYPE = ox.NamedNode(RDF + "type")
_SCOPES: tuple[Scope, ...] = ("article", "crosslinks", "dataset", "terms")


@dataclass(frozen=True, slots=True)
class Change:
    """Quads that go, and quads that come in their place."""

    removed: frozenset[ox.Quad] = frozenset()
    added: frozenset[ox.Quad] = frozenset()

    @property
    def quads(self) -> frozenset[ox.Quad]:
        """All quads that go or come."""
        return self.removed | self.added

    @property
    def properties(self) -> set[str]:
        """The properties it is about, as CURIEs."""
        return {curie(quad.predicate.value) or quad.predicate.value for quad in self.quads}


class Workbench:
    """One dataset under validation; not for several threads."""

    def __init__(self, quads: Collection[ox.Quad], constraints: Constraints) -> None:
        """Take the dataset's quads, the ontology's among them."""
        self._constraints = constraints
        self._store = merged_store(quads)
        self._graphs: dict[Scope, Graph] = {
            scope: to_rdflib(quad.triple for quad in quads if _is_read(quad, scope)) for scope in _SCOPES
        }
        self._spoken_of = {check.name: properties_of(check) for check in constraints.checks}
        self._subjects = {
            scope: {
                quad.subject.value
                for quad in quads
                if scope_of(quad) == scope and isinstance(quad.subject, ox.NamedNode)
            }
            for scope in _SCOPES
        }

    def results(self) -> frozenset[Result]:
        """Return all that shapes and checks find."""
        found = {result for check in self._constraints.checks for result in check.results(self._store)}
        for scope in _SCOPES:
            found |= self._shapes_find(scope, self._subjects[scope])
        return frozenset(found)

    def results_of(self, change: Change) -> frozenset[Result]:
        """Return what is found around a change that is in force."""
        found: set[Result] = set()
        focus = self._touched(change)
        for scope in _SCOPES:
            if any(_is_read(quad, scope) for quad in change.quads):
                own = {
                    quad.subject.value
                    for quad in change.added
                    if scope_of(quad) == scope and isinstance(quad.subject, ox.NamedNode)
                }
                found |= self._shapes_find(scope, focus & (self._subjects[scope] | own))
        for check in self._constraints.checks:
            spoken_of = self._spoken_of[check.name]
            if spoken_of is None or spoken_of & change.properties:
                found.update(check.results(self._store))
        return frozenset(found)

    @contextlib.contextmanager
    def changed(self, change: Change) -> Iterator[None]:
        """Put a change into force, and take it back at the end."""
        removed = {quad for quad in change.removed if quad in self._store}
        added = {quad for quad in change.added if quad not in self._store}
        self._swap(removed, added)
        try:
            yield
        finally:
            self._swap(added, removed)

    def _shapes_find(self, scope: Scope, focus: Collection[str]) -> set[Result]:
        names = self._constraints.names[scope]
        return set(self._constraints.shapes.results(self._graphs[scope], focus=focus, only=names))

    def _swap(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        for quad in removed:
            self._store.remove(quad)
            alike = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            others = [other for other in alike if other.graph_name != ox.DefaultGraph()]
            if not others:
                self._store.remove(_merged(quad))
            for scope, graph in self._graphs.items():
                if _is_read(quad, scope) and not any(_is_read(other, scope) for other in others):
                    graph -= to_rdflib([quad.triple])  # noqa: PLW2901 - in place
        for quad in added:
            self._store.extend((quad, _merged(quad)))
            for scope, graph in self._graphs.items():
                if _is_read(quad, scope):
                    graph += to_rdflib([quad.triple])  # noqa: PLW2901 - in place

    def _touched(self, change: Change) -> set[str]:
        terms = {term for quad in change.quads for term in (quad.subject, quad.object)}
        for subject in {quad.subject for quad in change.quads if isinstance(quad.subject, ox.NamedNode)}:
            leading = self._store.quads_for_pattern(None, None, subject, ox.DefaultGraph())
            terms.update(quad.subject for quad in leading)
        return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def properties_of(check: Check) -> set[str] | None:
    """Return the properties that a check speaks of, as CURIEs; None where it speaks of all."""
    query = re.sub(r"#[^\n]*", "", check.query.partition("SELECT")[2])
    # By convention a property that is not listed is called ?property.
    if "?property" in query and not re.search(r"VALUES \(?\?property", query):
        return None
    found = set(re.findall(r"[a-z]+:[A-Za-z]+", query))
    return found | {"rdf:type"} if re.search(r"\sa\s", query) else found


def _is_read(quad: ox.Quad, scope: Scope) -> bool:
    """Tell whether validation reads the quad for data of this scope, be it only beside that data."""
    own = scope_of(quad)
    return (
        own == scope or (scope == "article" and own == "terms") or (scope == "crosslinks" and quad.predicate == _TYPE)
    )


def _merged(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)
