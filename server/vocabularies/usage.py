"""How much the data uses each term: members of classes, triples of properties, uses of concepts.

Classes and properties come from the dataset's own VoID partitions, or are counted by the
engine where it has none; concepts are counted by the engine, once. All numbers are those
that the same question gives at the query endpoint.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import BG, BGSH, OWL, SKOS
from graph.store import Dataset, Store
from server.description.sizes import class_sizes, property_sizes
from server.terms.taxonomy import TYPE

_MEMBERS: Final = "SELECT ?key (COUNT(*) AS ?n) WHERE { ?s a ?key } GROUP BY ?key"
_TRIPLES: Final = "SELECT ?key (COUNT(*) AS ?n) WHERE { ?s ?key ?o } GROUP BY ?key"
# What terms and shapes say of each other is no use that the data makes of them.
_USES: Final = f"""SELECT ?key ?property (COUNT(*) AS ?n) WHERE {{
  VALUES ?key {{ %s }}
  ?thing ?property ?key .
  FILTER (!STRSTARTS(STR(?thing), "{BG}") && !STRSTARTS(STR(?thing), "{BGSH}"))
}} GROUP BY ?key ?property"""
_NO_VALUES: Final = frozenset(
    (
        OWL + "Class",
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        SKOS + "ConceptScheme",
    )
)


@dataclass(frozen=True, slots=True)
class Usage:
    """Numbers of one dataset, by IRI; a term that is not used has none."""

    members: Mapping[str, int]
    """Members of each class."""
    triples: Mapping[str, int]
    """Triples of each property."""
    values: Mapping[str, Mapping[str, int]]
    """For each concept or other individual of our vocabulary: triples that lead to it, by property."""

    def as_json(self) -> str:
        """Return the numbers as JSON."""
        values = {iri: dict(by_property) for iri, by_property in self.values.items()}
        return json.dumps([dict(self.members), dict(self.triples), values])

    @classmethod
    def from_json(cls, text: str) -> Usage:
        """Return the numbers that `as_json` has written."""
        return cls(*map(MappingProxyType, json.loads(text)))


def read_usage(dataset: Dataset) -> Usage:
    """Return how much a dataset uses each term."""
    store, base = dataset.store, dataset.base
    members = class_sizes(store, base) or _counted(store, _MEMBERS)
    triples = property_sizes(store, base) or _counted(store, _TRIPLES)
    return Usage(MappingProxyType(members), MappingProxyType(triples), MappingProxyType(_uses(store, base)))


def _counted(store: Store, query: str) -> dict[str, int]:
    # An empty store answers with one row without a key.
    return {row["key"].value: int(row["n"].value) for row in _rows(store, query) if row["key"] is not None}


def _uses(store: Store, base: str) -> dict[str, Mapping[str, int]]:
    keys = " ".join(sorted(map(str, _individuals(store, base))))
    uses: dict[str, dict[str, int]] = {}
    for row in _rows(store, _USES % keys) if keys else ():
        uses.setdefault(row["key"].value, {})[row["property"].value] = int(row["n"].value)
    return {key: MappingProxyType(dict(sorted(found.items()))) for key, found in uses.items()}


def _individuals(store: Store, base: str) -> set[ox.NamedNode]:
    kinds: dict[ox.NamedNode, set[str]] = {}
    for quad in store.quads_for_pattern(None, TYPE, None, ox.NamedNode(graph_iri("ontology", base))):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BG):
            kinds.setdefault(quad.subject, set()).add(cast(ox.NamedNode, quad.object).value)
    return {term for term, found in kinds.items() if not found & _NO_VALUES}


def _rows(store: Store, query: str) -> Iterator[ox.QuerySolution]:
    return iter(cast(ox.QuerySolutions, store.query(query)))
