"""The claims on a thing's page, in groups: by viewpoint about a thing, by kind for a viewpoint.

Each group shows its first claims whole and tells how many there are. Nothing is totalled
and no viewpoint comes first by rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.site import Site
from server.terms.claims import Claim, by_viewpoint, read_claims
from server.terms.labels import Shown
from server.terms.rows import MOST_SHOWN, natural_key
from server.things.listings import CLAIMS, Listing, list_address
from server.things.related import claimant


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that one viewpoint makes, or that are of one kind."""

    shown: Shown
    claims: tuple[Claim, ...]
    count: int
    more: str | None
    """Where all of them are listed, where not all are shown."""


def group_by_viewpoint(site: Site, thing: ox.NamedNode, claims: Iterable[ox.NamedNode]) -> tuple[Group, ...]:
    """Return the claims about a thing of each viewpoint, the viewpoints by name."""
    grouped = _grouped(claims, lambda claim: claimant(site.dataset.store, claim))
    read = read_claims(site, (claim.value for found in grouped.values() for claim in found[:MOST_SHOWN]))
    return tuple(
        _group(site, thing, shown, found, grouped[ox.NamedNode(shown.iri)])
        for shown, found in by_viewpoint(read)
        if shown.iri is not None
    )


def group_by_kind(site: Site, thing: ox.NamedNode, claims: Iterable[ox.NamedNode]) -> tuple[Group, ...]:
    """Return a viewpoint's claims of each kind, the kinds by name; one of several kinds stands under its first."""
    grouped = _grouped(claims, lambda claim: next(iter(site.taxonomy.kinds_of(claim)), None))
    groups = (
        _group(
            site,
            thing,
            site.labels.show_iri(kind.value),
            read_claims(site, (claim.value for claim in found[:MOST_SHOWN])),
            found,
        )
        for kind, found in grouped.items()
    )
    return tuple(sorted(groups, key=lambda group: natural_key(group.shown.text)))


def _group(
    site: Site, thing: ox.NamedNode, shown: Shown, claims: Iterable[Claim], found: Sequence[ox.NamedNode]
) -> Group:
    is_capped = len(found) > MOST_SHOWN
    more = list_address(site, thing.value, Listing(CLAIMS, only=shown.iri)) if is_capped else None
    return Group(shown, tuple(claims), len(found), more)


def _grouped(
    claims: Iterable[ox.NamedNode], key: Callable[[ox.NamedNode], ox.NamedNode | None]
) -> dict[ox.NamedNode, Sequence[ox.NamedNode]]:
    grouped: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for claim in claims:
        found = key(claim)
        if found is not None:
            grouped.setdefault(found, []).append(claim)
    return dict(grouped)
