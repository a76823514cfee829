"""What the editor completes: prefixes, and the classes and properties that the dataset uses.

Classes and properties come from the dataset's own VoID partitions, so that nothing is
counted here and nobody else is asked: those of our ontology first, then the most used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import BG, PREFIXES, VOID, curie
from server.site import Site

_CLASS: Final = (ox.NamedNode(VOID + "class"), ox.NamedNode(VOID + "entities"))
_PROPERTY: Final = (ox.NamedNode(VOID + "property"), ox.NamedNode(VOID + "triples"))


@dataclass(frozen=True, slots=True)
class Completion:
    """A term that can be written in a query."""

    iri: str
    curie: str | None
    label: str
    count: int
    """Members of a class, triples of a property."""


def read_completions(site: Site) -> dict[str, Any]:
    """Return what the editor completes, ready to be written as JSON."""
    return {
        "prefixes": dict(PREFIXES),
        "classes": [asdict(completion) for completion in _partitions(site, *_CLASS)],
        "properties": [asdict(completion) for completion in _partitions(site, *_PROPERTY)],
    }


def _partitions(site: Site, term: ox.NamedNode, size: ox.NamedNode) -> list[Completion]:
    def place(completion: Completion) -> tuple[bool, int, str]:
        return (not completion.iri.startswith(BG), -completion.count, completion.iri)

    return sorted(_terms(site, term, size), key=place)


def _terms(site: Site, term: ox.NamedNode, size: ox.NamedNode) -> Iterator[Completion]:
    store, graph = site.dataset.store, ox.NamedNode(graph_iri("dataset", site.dataset.base))
    for quad in store.quads_for_pattern(None, term, None, graph):
        if isinstance(quad.object, ox.NamedNode):
            sizes = (found.object for found in store.quads_for_pattern(quad.subject, size, None, graph))
            count = sum(int(literal.value) for literal in sizes if isinstance(literal, ox.Literal))
            iri = quad.object.value
            yield Completion(iri, curie(iri), site.english.label(iri).text, count)
