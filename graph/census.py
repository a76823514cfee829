"""How much is in a dataset, counted as SPARQL counts: over the merge of its graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE, RDF

_TYPE: Final = ox.NamedNode(RDF + "type")
_ENTITIES: Final = CANONICAL_BASE + "id/"


@dataclass(frozen=True, slots=True)
class Census:
    """Numbers of distinct things; the keys are IRIs."""

    triples: int
    entities: int
    """Subjects under /id/."""
    classes: Mapping[str, int]
    """Members of each class."""
    properties: Mapping[str, int]
    """Triples of each property."""
    graphs: Mapping[str, int]
    """Triples of each named graph."""


def count(quads: Iterable[ox.Quad]) -> Census:
    """Return the numbers of a dataset whose quads are all distinct and all in named graphs."""
    graphs: Counter[str] = Counter()
    triples: set[ox.Triple] = set()
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value] += 1
        triples.add(quad.triple)
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    return Census(
        triples=len(triples),
        entities=sum(iri.startswith(_ENTITIES) for iri in subjects),
        classes=Counter(t.object.value for t in triples if t.predicate == _TYPE and isinstance(t.object, ox.NamedNode)),
        properties=Counter(t.predicate.value for t in triples),
        graphs=graphs,
    )
