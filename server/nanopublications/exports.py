"""All nanopublications of a dataset as one TriG file, a claim at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from server.http.formats import TRIG
from server.nanopublications.nanopublication import make_nanopublication
from server.nanopublications.writing import comment, write_nanopublication
from server.site import Site
from server.terms.anchors import things_in
from server.terms.claims import is_claim, is_lost
from server.terms.facts import instances
from server.terms.review import is_unreviewed

if TYPE_CHECKING:
    from server.nanopublications.keys import SigningKey

EXPORT_FILE: Final = "nanopubs.trig"
"""What the file is called, in a release too."""
_ARTICLE: Final = ox.NamedNode(BG + "Article")


def nanopubs(site: Site, key: SigningKey | None = None) -> Iterator[str]:
    """Yield the file: a head of comments, then the nanopublication of each claim, article by article, then how many.

    A claim that has none is named in its place. Equal datasets and keys give equal text.
    """
    publication, store = site.publication, site.dataset.store
    yield "# Nanopublications, one for each claim: what is said, who is said to assert it, and in which words.\n"
    yield "# A claim whose value is missing from the copy has none, for nobody is known to have said it.\n"
    yield "# A claim of an unreviewed draft has none, for nobody has compared it with the text.\n"
    yield "# Such claims are named in comments.\n"
    yield from comment(f"{publication.title or 'battlegraph'}, version {publication.version or 'unknown'}")
    yield from comment(f"Licence: {publication.license}" if publication.license else None)
    yield from comment(publication.rights)
    counts = {True: 0, False: 0}
    for claim in each_claim(store):
        obstacle = why_none(store, claim)
        counts[obstacle is None] += 1
        if obstacle is None:
            yield f"\n{write_nanopublication(make_nanopublication(site, claim, key), TRIG)}"
        else:
            yield f"\n# No nanopublication of <{claim}>: {obstacle}.\n"
    yield f"\n# {sum(counts.values())} claims: {counts[True]} nanopublications, {counts[False]} claims without one.\n"


def why_none(store: Store, claim: str) -> str | None:
    """Return why a claim has no nanopublication, as a clause; None where it has one."""
    if is_lost(store, claim):
        return "its value is missing from the copy"
    return "it is of an unreviewed draft" if is_unreviewed(store, claim) else None


def each_claim(store: Store) -> Iterator[str]:
    """Yield the IRIs of the claims, those of an article together, both in their order."""
    for article in instances(store, _ARTICLE):
        found = (thing.value for thing in things_in(store, article) if is_claim(store, thing.value))
        yield from sorted(found)
