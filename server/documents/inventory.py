"""What a named graph describes, for readers of every language: the things that its page lists, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDFS
from server.site import Site
from server.terms.rows import MOST_SHOWN, natural_key

# Twenty milliseconds of reading. A graph of millions of quads shows what comes first, and says so.
_MOST_READ: Final = 5_000
_UNKNOWN: Final = ox.NamedNode(RDFS + "Resource")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The IRIs of the things a graph describes, by their kind: those that are shown, and how many there are."""

    kinds: tuple[tuple[ox.NamedNode, tuple[str, ...], int], ...]
    is_whole: bool


def read_inventory(site: Site, graph: ox.NamedNode) -> Inventory:
    """Return what a named graph describes, for readers of every language."""
    quads = list(islice(site.dataset.store.quads_for_pattern(None, None, None, graph), _MOST_READ + 1))
    subjects: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in quads[:_MOST_READ]:
        if isinstance(quad.subject, ox.NamedNode):
            subjects.setdefault(quad.subject, []).append(quad)
    things: dict[ox.NamedNode, list[str]] = {}
    for thing, own in subjects.items():
        stem, hash_sign, _ = thing.value.partition("#")
        if hash_sign and ox.NamedNode(stem) in subjects and site.links.entity_name(stem):
            continue  # shown on the page of the thing it is a part of
        for kind in site.taxonomy.kinds(own) or site.taxonomy.kinds_of(thing) or [_UNKNOWN]:
            things.setdefault(kind, []).append(thing.value)
    listed = ((kind, sorted(iris, key=natural_key)[:MOST_SHOWN], len(iris)) for kind, iris in things.items())
    return Inventory(tuple((kind, tuple(iris), count) for kind, iris, count in listed), len(quads) <= _MOST_READ)
