"""How the lists that losses stand in were read: whose they are taken to be rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS
from server.site import Site
from server.terms.facts import literals, nodes
from server.terms.labels import Shown
from server.viewpoints.sayings import Saying

_NOTE: Final = ox.NamedNode(BG + "readingNote")
_PART_OF: Final = ox.NamedNode(DCTERMS + "isPartOf")


@dataclass(frozen=True, slots=True)
class Reading:
    """A note of whoever read the article, with the lists that it is about."""

    note: str
    lists: tuple[Shown, ...]


def read_lists(site: Site, sayings: Iterable[Saying]) -> tuple[Reading, ...]:
    """Return how the lists of these sayings were read, each note once; lists stand in the order of the text."""
    found: dict[str, dict[str, None]] = {}
    own = (iri for saying in sayings for iri in saying.lists)
    for node in dict.fromkeys(whole for iri in own for whole in _with_wholes(site, iri)):
        for literal in literals(site.dataset.store, node, _NOTE):
            found.setdefault(literal.value, {})[node.value] = None
    return tuple(Reading(note, tuple(map(site.labels.show_iri, iris))) for note, iris in found.items())


def _with_wholes(site: Site, iri: str) -> Iterator[ox.NamedNode]:
    """Yield a list and those that it is part of."""
    waiting, seen = [ox.NamedNode(iri)], set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += nodes(site.dataset.store, node, _PART_OF)
