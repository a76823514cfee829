"""Which claims an export is of: those of one article at a time, or those about one thing."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.namespaces import BG, RDF
from graph.store import Store
from server.terms.claims import ACCORDING_TO
from server.terms.taxonomy import TYPE
from server.wikidata.records import read_record, subjects

KINDS = ("article", "claim", "event", "place", "polity")
"""Kinds of thing that claims are about, or that hold them."""

_ARTICLE = ox.NamedNode(BG + "Article")


def articles(store: Store) -> list[str]:
    """Return the IRIs of the articles, in their order."""
    quads = store.quads_for_pattern(None, TYPE, _ARTICLE, ox.DefaultGraph())
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def claims_of(store: Store, article: str) -> list[str]:
    """Return the IRIs of the claims of an article, in their order."""
    return sorted(iri for iri in subjects(store, BG + "inArticle", article) if is_claim(store, iri))


def claims_about(store: Store, thing: str) -> list[str]:
    """Return the IRIs of the claims about a thing; of a claim, those about what it is about, itself among them."""
    if is_claim(store, thing):
        claim = read_record(store, thing)
        about = claim.first(RDF + "subject") or claim.first(BG + "inEvent")
        return sorted({thing, *(claims_about(store, about) if about else ())})
    found = (subjects(store, name, thing) for name in (RDF + "subject", BG + "inEvent"))
    return sorted({iri for each in found for iri in each if is_claim(store, iri)})


def is_known(store: Store, thing: str) -> bool:
    """Tell whether the data says anything of a thing; claims about it there need not be."""
    return any(store.quads_for_pattern(ox.NamedNode(thing), None, None, ox.DefaultGraph()))


def is_claim(store: Store, iri: str) -> bool:
    """Tell whether this is a claim: whatever somebody is said to assert."""
    return any(store.quads_for_pattern(ox.NamedNode(iri), ACCORDING_TO, None, ox.DefaultGraph()))


def each_article(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Yield each article with its claims, one article at a time."""
    for article in articles(store):
        yield article, claims_of(store, article)
