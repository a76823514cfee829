"""How much a dataset holds: quads in each named graph, members of each class, results of validation.

A dataset that we built says how much it holds. Of another one the engine counts, in one query
each, and hands the numbers over as bytes: walking over millions of quads in Python would
hold up every other thread of the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

import pyoxigraph as ox

from graph.namespaces import SH
from graph.store import Dataset, Store
from server.description.sizes import class_sizes, graph_sizes

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

    @property
    def quads(self) -> int:
        """Quads in all named graphs together."""
        return sum(self.graphs.values())


def read_counts(dataset: Dataset) -> Counts:
    """Return the numbers of a dataset, as it says itself where a build of ours wrote it."""
    store, base = dataset.store, dataset.base
    # What others say of the size of a file, which may have been cut or joined since, is not relied on.
    if dataset.manifest is not None and (sizes := graph_sizes(store, base)):
        merged = sizes.pop(f"{base}dataset", 0)
        return Counts(_in_order(sizes), _in_order(class_sizes(store, base)), merged)
    return count(store)


def count(store: Store) -> Counts:
    """Return the numbers of a store whose default graph is the merge of the others."""
    merged = _bindings(store, _MERGED)[0]
    return Counts(_tally(store, _GRAPHS), _tally(store, _CLASSES), int(merged["n"]["value"]))


def count_results(store: Store) -> Mapping[tuple[str, str], int]:
    """Return how many results of validation there are, by severity and shape."""
    found = [row for row in _bindings(store, _RESULTS) if "shape" in row]
    numbers = {(row["severity"]["value"], row["shape"]["value"]): int(row["n"]["value"]) for row in found}
    return MappingProxyType(dict(sorted(numbers.items())))


def _tally(store: Store, query: str) -> Mapping[str, int]:
    # An empty store answers with one row without a key.
    return _in_order({x["key"]["value"]: int(x["n"]["value"]) for x in _bindings(store, query) if "key" in x})


def _in_order(numbers: dict[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(sorted(numbers.items())))


def _bindings(store: Store, query: str) -> list[dict[str, dict[str, str]]]:
    results = store.query(query)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a counting query is a SELECT query")
    answer = json.loads(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    return cast(list[dict[str, dict[str, str]]], answer["results"]["bindings"])
