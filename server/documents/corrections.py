"""A statement that a reader wants to report: what the page shows ready to copy."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from server.site import Site
from server.terms.claims import Claim, read_claim
from server.terms.labels import Shown
from server.things.describe import is_known


@dataclass(frozen=True, slots=True)
class Correction:
    """The thing a reader came from; a claim where it is one."""

    shown: Shown
    iri: str
    claim: Claim | None


def read_correction(site: Site, named: str) -> Correction | None:
    """Return the statement that a report's link names, None where the data knows no such thing of ours.

    It may be named by its IRI or by `kind/slug…`, as addresses of pages end.
    """
    iri = named.strip()
    iri = iri if iri.startswith(site.dataset.base) else site.links.entity(iri.removeprefix("/page/"))
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return None
    if site.links.entity_name(iri) is None or not is_known(site.dataset.store, node):
        return None
    return Correction(site.labels.show_iri(iri), iri, read_claim(site, iri))
