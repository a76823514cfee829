"""What a named graph holds: the things it describes, by kind; claims with all that is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.documents.inventory import Inventory
from server.site import Site
from server.terms.claims import Claim, read_claim
from server.terms.labels import Shown

_MOST_CLAIMS: Final = 30
"""Claims of one kind that are shown whole; each takes as much room as several names."""


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


def show_contents(site: Site, inventory: Inventory, *, as_claims: bool = False) -> Contents:
    """Return what a named graph describes; as claims where it holds nothing else."""
    shown = [_kind(site, *one, as_claims=as_claims) for one in inventory.kinds]
    return Contents(tuple(sorted(shown, key=lambda kind: kind.shown.text.lower())), inventory.is_whole)


def _kind(site: Site, kind: ox.NamedNode, iris: tuple[str, ...], count: int, *, as_claims: bool) -> Kind:
    claims = [read_claim(site, iri) for iri in iris[:_MOST_CLAIMS]] if as_claims else []
    return Kind(
        site.labels.show(kind),
        tuple(site.labels.show_iri(iri) for iri in iris),
        # A graph that holds anything else keeps its names.
        tuple(claim for claim in claims if claim is not None) if None not in claims else (),
        count,
    )
