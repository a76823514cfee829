"""All nanopublications of a dataset as one TriG file, a claim at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.namespaces import BG
from server.http.formats import TRIG
from server.nanopublications.nanopublication import make_nanopublication
from server.nanopublications.writing import comment, write_nanopublication
from server.site import Site
from server.terms.anchors import things_in
from server.terms.claims import ACCORDING_TO
from server.terms.taxonomy import TYPE

if TYPE_CHECKING:
    from server.nanopublications.keys import SigningKey

_ARTICLE = ox.NamedNode(BG + "Article")


def nanopubs(site: Site, key: SigningKey | None = None) -> Iterator[str]:
    """Yield the file: a head of comments, then the nanopublication of each claim, article by article.

    Equal datasets and keys give equal text.
    """
    publication = site.publication
    yield "# Nanopublications, one for each claim: what is said, who is said to assert it, and in which words.\n"
    yield from comment(f"{publication.title or 'battlegraph'}, version {publication.version or 'unknown'}")
    yield from comment(f"Licence: {publication.license}" if publication.license else None)
    yield from comment(publication.rights)
    for claim in each_claim(site.dataset.store):
        yield f"\n{write_nanopublication(make_nanopublication(site, claim, key), TRIG)}"


def each_claim(store: ox.Store) -> Iterator[str]:
    """Yield the IRIs of the claims, those of an article together, both in their order."""
    for article in _articles(store):
        found = (thing.value for thing in things_in(store, article) if is_claim(store, thing.value))
        yield from sorted(found)


def is_claim(store: ox.Store, iri: str) -> bool:
    """Tell whether somebody is said to assert this, whatever it is."""
    return any(store.quads_for_pattern(ox.NamedNode(iri), ACCORDING_TO, None, ox.DefaultGraph()))


def _articles(store: ox.Store) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, TYPE, _ARTICLE, ox.DefaultGraph())
    return sorted((quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)), key=lambda x: x.value)
