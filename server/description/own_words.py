"""What the description of the dataset says of one thing: all of it, but not what has no end where there is very much.

The dataset has a graph for each voice of each article and was made from each article, so it
has tens of thousands of values of a few properties, which no page and no summary shows.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import PROV, SD, VOID
from graph.store import Store
from server.description.sizes import property_sizes

_FEW: Final = 50
_MOST_SHOWN: Final = {
    VOID + "subset": 0,
    SD + "namedGraph": 0,
    VOID + "exampleResource": _FEW,
    PROV + "used": _FEW,
    PROV + "wasDerivedFrom": _FEW,
}
"""Of the properties that have a value for each graph or each article, how many are told."""
_MANY: Final = 2_000
"""Values up to which nothing is left out."""


def own_words(store: Store, base: str, thing: ox.NamedNode) -> list[ox.Quad]:
    """Return what the named graph `dataset` says of a thing, in no order."""
    graph = ox.NamedNode(graph_iri("dataset", base))
    found = list(islice(store.quads_for_pattern(thing, None, None, graph), _MANY))
    if len(found) < _MANY:
        return found
    by_property = (
        islice(store.quads_for_pattern(thing, ox.NamedNode(iri), None, graph), _MOST_SHOWN.get(iri))
        for iri in property_sizes(store, base)
    )
    return [quad for quads in by_property for quad in quads]
