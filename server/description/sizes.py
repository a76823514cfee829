"""How large the dataset says that it is (VoID sections 2.2 and 4.1 to 4.3), in its named graph `dataset`.

The build counts what it publishes, this description included, so these are the numbers that
SPARQL finds; reading them costs a few look-ups and no walk over the data.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import VOID
from graph.store import Store

_CLASS: Final = (ox.NamedNode(VOID + "class"), ox.NamedNode(VOID + "entities"))
_PROPERTY: Final = (ox.NamedNode(VOID + "property"), ox.NamedNode(VOID + "triples"))
_TRIPLES: Final = ox.NamedNode(VOID + "triples")


def class_sizes(store: Store, base: str) -> dict[str, int]:
    """Return the members of each class by its IRI; empty where the dataset does not say."""
    return _partitions(store, base, *_CLASS)


def property_sizes(store: Store, base: str) -> dict[str, int]:
    """Return the triples of each property by its IRI; empty where the dataset does not say."""
    return _partitions(store, base, *_PROPERTY)


def graph_sizes(store: Store, base: str) -> dict[str, int]:
    """Return the triples of each named graph by its IRI, and of the merge by the dataset's own."""
    described = ox.NamedNode(graph_iri("dataset", base))
    heads = (graph_iri("", base), f"{base}dataset")
    return {
        quad.subject.value: int(quad.object.value)
        for quad in store.quads_for_pattern(None, _TRIPLES, None, described)
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(heads)
        # Of its fragments are the sizes of the parts that properties make.
        and "#" not in quad.subject.value
        and isinstance(quad.object, ox.Literal)
    }


def _partitions(store: Store, base: str, term: ox.NamedNode, size: ox.NamedNode) -> dict[str, int]:
    graph = ox.NamedNode(graph_iri("dataset", base))
    sizes = {}
    for part in store.quads_for_pattern(None, term, None, graph):
        for quad in store.quads_for_pattern(part.subject, size, None, graph):
            if isinstance(part.object, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                sizes[part.object.value] = int(quad.object.value)
    return sizes
