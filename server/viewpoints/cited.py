"""The references that claims cite, so that their numbers can be told apart beside a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from server.site import Site
from server.terms.claims import Claim
from server.terms.labels import Shown
from server.terms.rows import natural_key
from server.things.bibliography import Entry, read_entry


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference by its name, with its entry where the data has one."""

    shown: Shown
    entry: Entry | None


def list_cited(site: Site, claims: Iterable[Claim]) -> tuple[Cited, ...]:
    """Return the references of these claims, each once and by number."""
    shown = {reference for claim in claims for reference in claim.references if reference.iri}
    return tuple(Cited(x, _read(site, x.iri or "")) for x in sorted(shown, key=lambda x: natural_key(x.text)))


def _read(site: Site, iri: str) -> Entry | None:
    node = ox.NamedNode(iri)
    return read_entry(site, node, site.dataset.store.quads_for_pattern(node, None, None, ox.DefaultGraph()))
