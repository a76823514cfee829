"""What a named graph holds: the things it describes, by kind; claims with all that is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDFS
from server.site import Site
from server.terms.claims import Claim, read_claim
from server.terms.labels import Shown
from server.terms.rows import MOST_SHOWN, natural_key

# A few tens of milliseconds of reading. A graph of millions of quads shows what comes first, and says so.
_MOST_READ: Final = 20_000
_MOST_CLAIMS: Final = 30
"""Claims of one kind that are shown whole; each takes as much room as several names."""
_UNKNOWN: Final = ox.NamedNode(RDFS + "Resource")


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one kind in a graph."""

    shown: Shown
    things: tuple[Shown, ...]
    claims: tuple[Claim, ...]
    """The same things where they were asked for as claims, in the same order; else none."""
    count: int
    """How many there are among the quads read; more than shown where the list is capped."""

    @property
    def shown_count(self) -> int:
        """How many are shown."""
        return len(self.claims or self.things)


@dataclass(frozen=True, slots=True)
class Contents:
    """The things a graph describes, by kind."""

    kinds: tuple[Kind, ...]
    is_whole: bool
    """Whether all of the graph was read."""


def read_contents(site: Site, graph: ox.NamedNode, *, as_claims: bool = False) -> Contents:
    """Return what a named graph describes; as claims where it holds nothing else."""
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
    shown = [_kind(site, kind, sorted(iris, key=natural_key), as_claims=as_claims) for kind, iris in things.items()]
    return Contents(tuple(sorted(shown, key=lambda kind: kind.shown.text.lower())), len(quads) <= _MOST_READ)


def _kind(site: Site, kind: ox.NamedNode, iris: list[str], *, as_claims: bool) -> Kind:
    claims = [read_claim(site, iri) for iri in iris[:_MOST_CLAIMS]] if as_claims else []
    return Kind(
        site.labels.show(kind),
        tuple(site.labels.show_iri(iri) for iri in iris[:MOST_SHOWN]),
        # A graph that holds anything else keeps its names.
        tuple(claim for claim in claims if claim is not None) if None not in claims else (),
        len(iris),
    )
