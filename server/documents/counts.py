"""How much a dataset holds: quads in each named graph, members of each class, results of validation.

Counted by the engine in one query each, and handed over as bytes: walking over millions
of quads in Python would hold up every other thread of the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

import pyoxigraph as ox

from graph.namespaces import SH
from graph.store import Store

_GRAPHS: Final = "SELECT ?key (COUNT(*) AS ?n) WHERE { GRAPH ?key { ?s ?p ?o } } GROUP BY ?key"
_MERGED: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_CLASSES: Final = "SELECT ?key (COUNT(?s) AS ?n) WHERE { ?s a ?key } GROUP BY ?key"
_RESULTS: Final = f"""
PREFIX sh: <{SH}>
SELECT ?severity ?shape (COUNT(*) AS ?n)
WHERE {{ ?result a sh:ValidationResult ; sh:resultSeverity ?severity ; sh:sourceShape ?shape }}
GROUP BY ?severity ?shape
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of a dataset, by IRI."""

    graphs: Mapping[str, int]
    """Quads of each named graph."""
    classes: Mapping[str, int]
    """Members of each class."""
    merged: int
    """Triples of the default graph, where one that stands in several graphs counts once."""
    results: Mapping[tuple[str, str], int]
    """Results of validation by severity and shape."""

    @property
    def quads(self) -> int:
        """Quads in all named graphs together."""
        return sum(self.graphs.values())


def count(store: Store) -> Counts:
    """Return the numbers of a store whose default graph is the merge of the others."""
    merged = _bindings(store, _MERGED)[0]
    return Counts(_tally(store, _GRAPHS), _tally(store, _CLASSES), int(merged["n"]["value"]), _count_results(store))


def _tally(store: Store, query: str) -> Mapping[str, int]:
    # An empty store answers with one row without a key.
    numbers = {x["key"]["value"]: int(x["n"]["value"]) for x in _bindings(store, query) if "key" in x}
    return MappingProxyType(dict(sorted(numbers.items())))


def _count_results(store: Store) -> Mapping[tuple[str, str], int]:
    found = [row for row in _bindings(store, _RESULTS) if "shape" in row]
    numbers = {(row["severity"]["value"], row["shape"]["value"]): int(row["n"]["value"]) for row in found}
    return MappingProxyType(dict(sorted(numbers.items())))


def _bindings(store: Store, query: str) -> list[dict[str, dict[str, str]]]:
    results = store.query(query)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a counting query is a SELECT query")
    answer = json.loads(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    return cast(list[dict[str, dict[str, str]]], answer["results"]["bindings"])
