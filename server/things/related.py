"""What points at a thing: the claims made by it or about it, and everything else by property.

Read by the thing alone and only so far, because things that many articles share are
pointed at from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.iris import SHAPES_IRI
from graph.namespaces import BG, OA, RDF, SEM
from graph.store import Store
from server.site import Site
from server.terms.claims import ACCORDING_TO
from server.terms.facts import nodes
from server.terms.rows import Term, order_of
from server.terms.taxonomy import TYPE

MOST_READ: Final = 5_000
"""Statements pointing at one thing that are read for its page: some tens of milliseconds."""

IN_ARTICLE: Final = BG + "inArticle"
# What an article's page lists one by one; anchors stand in the article itself.
_IN_ARTICLE_KINDS: Final = (
    BG + "Claim", BG + "Reference", BG + "Gap", BG + "LossList", BG + "Note", BG + "Omission",
    OA + "SpecificResource",
)  # fmt: skip
# Pairs that say one thing from both ends, so that the thing's own statement is enough.
_BOTH_WAYS: Final = {
    SEM + "subEventOf": SEM + "hasSubEvent",
    SEM + "hasSubEvent": SEM + "subEventOf",
    BG + "mayOverlapWith": BG + "mayOverlapWith",
    BG + "incompatibleWith": BG + "incompatibleWith",
    BG + "lostField": BG + "gapIn",
    BG + "gapIn": BG + "lostField",
}
# Shown by the page in a form of their own.
_SHOWN_ELSEWHERE: Final = frozenset((RDF + "subject", RDF + "object"))


@dataclass(frozen=True, slots=True)
class Pointing:
    """The things that have the page's thing as a value of one property."""

    property: str
    only: str | None
    """The class they are of, where the property's list is split by class."""
    subjects: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """What points at a thing, without what its own statements say already."""

    asserted: tuple[ox.NamedNode, ...]
    """The claims made by it, where it is a viewpoint."""
    mentioning: tuple[ox.NamedNode, ...]
    """The claims that mention it in any way."""
    others: tuple[Pointing, ...]
    is_whole: bool
    """Whether all that points at it was read."""


def read_related(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad], parts: Iterable[ox.NamedNode]) -> Related:
    """Return what points at a thing or its parts; `own` are the thing's statements."""
    store = site.dataset.store
    quads = list(islice(_pointing(store, (thing, *parts)), MOST_READ + 1))
    said = {(quad.predicate.value, quad.object) for quad in own}
    asserted: set[ox.NamedNode] = set()
    mentioning: set[ox.NamedNode] = set()
    others: dict[tuple[str, str | None], set[Term]] = {}
    for quad in quads[:MOST_READ]:
        subject, predicate = quad.subject, quad.predicate.value
        if not isinstance(subject, ox.NamedNode):
            others.setdefault((predicate, None), set()).add(subject)
        elif predicate == ACCORDING_TO.value:
            asserted.add(subject)
        elif _is_internal(site, subject.value) or (_BOTH_WAYS.get(predicate), subject) in said:
            continue
        elif predicate == IN_ARTICLE:
            others.setdefault((predicate, _kind_in_article(site, subject)), set()).add(subject)
        elif is_claim(store, subject):
            mentioning.add(subject)
        elif predicate not in _SHOWN_ELSEWHERE:
            others.setdefault((predicate, None), set()).add(subject)
    return Related(
        asserted=_sorted(asserted),
        mentioning=_sorted(mentioning),
        others=tuple(Pointing(*key, tuple(sorted(found, key=order_of))) for key, found in others.items()),
        is_whole=len(quads) <= MOST_READ,
    )


def is_claim(store: Store, thing: ox.NamedNode) -> bool:
    """Tell whether somebody is said to assert this."""
    return claimant(store, thing) is not None


def claimant(store: Store, claim: ox.NamedNode) -> ox.NamedNode | None:
    """Return the viewpoint that asserts a claim, None where it is no claim."""
    return next(iter(nodes(store, claim, ACCORDING_TO)), None)


def _pointing(store: Store, things: Sequence[ox.NamedNode]) -> Iterable[ox.Quad]:
    family = frozenset(things)
    for thing in things:
        for quad in store.quads_for_pattern(None, None, thing, ox.DefaultGraph()):
            if quad.subject not in family:
                yield quad


def _is_internal(site: Site, iri: str) -> bool:
    """Tell whether this describes the dataset or its checks rather than what the articles say."""
    base = site.dataset.base
    return iri.startswith((base + "graph/", SHAPES_IRI + "#")) or iri == base + "dataset"


def _kind_in_article(site: Site, thing: ox.NamedNode) -> str | None:
    kinds = {
        quad.object.value
        for quad in site.dataset.store.quads_for_pattern(thing, TYPE, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode)
    }
    return next((kind for kind in _IN_ARTICLE_KINDS if kind in kinds), None)


def _sorted(found: Iterable[ox.NamedNode]) -> tuple[ox.NamedNode, ...]:
    return tuple(sorted(found, key=order_of))
