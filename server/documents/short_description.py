"""What the dataset says of itself, without an end that grows: of very many graphs, articles and texts, a few.

The whole is the named graph `dataset`, to which the short description leads. It is read by people and
by programs that choose among datasets, and these want no list of forty thousand names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import RDFS, SD, VOID
from server.description.own_words import own_words
from server.documents.long_graphs import LONG
from server.site import Site

_NAMED_GRAPH: Final = ox.NamedNode(SD + "namedGraph")
_SEE_ALSO: Final = ox.NamedNode(RDFS + "seeAlso")
_SUBSET: Final = ox.NamedNode(VOID + "subset")


def describe_shortly(site: Site) -> Iterator[ox.Quad]:
    """Yield the dataset's description: all of it, or where it is long, a part that leads to the whole."""
    store, graph = site.dataset.store, ox.NamedNode(graph_iri("dataset", site.dataset.base))
    if site.counts.graphs.get(graph.value, 0) <= LONG or site.publication.iri is None:
        yield from store.quads_for_pattern(None, None, None, graph)
        return
    whole = ox.NamedNode(site.publication.iri)
    yield ox.Quad(whole, _SEE_ALSO, graph, graph)
    listed = [quad for quad in _listed(site, whole, graph) if quad in store]
    yield from listed
    waiting = [whole, *(quad.object for quad in listed if isinstance(quad.object, ox.NamedNode))]
    seen = set(waiting)
    for node in waiting:
        for quad in own_words(store, site.dataset.base, node):
            yield quad
            if isinstance(quad.object, ox.NamedNode) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)


def _listed(site: Site, whole: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield that the dataset has those graphs which pages list."""
    for shelf in (site.shelves.own, site.shelves.shared, site.shelves.of_articles):
        for iri in shelf.graphs:
            yield ox.Quad(whole, _SUBSET, ox.NamedNode(iri), graph)
            yield ox.Quad(whole, _NAMED_GRAPH, ox.NamedNode(f"{graph.value}#graph-{site.links.graph_name(iri)}"), graph)
