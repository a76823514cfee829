"""Where a page leads: to the article itself or those about the thing, and from a claim to its place among others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, SCHEMA
from server.site import Site
from server.terms.claims import Claim
from server.terms.labels import Shown
from server.terms.rows import natural_key
from server.things.figures import Statements
from server.viewpoints.saying_readers import row_fragment

_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_VERSION_OF: Final = ox.NamedNode(DCTERMS + "isVersionOf")
_IN_ARTICLE: Final = BG + "inArticle"
_DATES: Final = tuple(BG + name for name in ("earliestDate", "latestDate", "possibleDate", "whenLexical"))
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Way:
    """An article whose text is at hand, and the slug that its pages hang on."""

    slug: str
    article: Shown


@dataclass(frozen=True, slots=True)
class Beside:
    """Addresses at which a claim stands beside others."""

    viewpoints: str
    """Its row where the article's viewpoints are compared."""
    timeline: str | None
    """The article's timeline, where the claim says when."""


def read_beside(site: Site, claim: Claim, said: Statements) -> Beside | None:
    """Return where a claim of which this is stated stands beside others, None where it is in no article."""
    for article in said.get(_IN_ARTICLE, ()):
        name = site.links.entity_name(article.value) if isinstance(article, ox.NamedNode) else None
        if name is not None and name.startswith("article/"):
            slug = name.removeprefix("article/")
            row = f"/viewpoints/{slug}#{row_fragment(site, claim.iri, slug)}"
            is_dated = any(iri in said for iri in _DATES)
            return Beside(site.links.to(row), site.links.to(f"/timeline/{slug}") if is_dated else None)
    return None


def read_ways(site: Site, thing: ox.NamedNode) -> tuple[Way, ...]:
    """Return the thing where it is an article with a text, and the first articles about it."""
    about = islice(site.dataset.store.quads_for_pattern(None, _ABOUT, thing, ox.DefaultGraph()), _MOST)
    articles = {thing, *(quad.subject for quad in about if isinstance(quad.subject, ox.NamedNode))}
    ways = [
        Way(name.removeprefix("article/"), site.labels.show_iri(article.value))
        for article in articles
        if (name := site.links.entity_name(article.value) or "").startswith("article/") and _has_text(site, article)
    ]
    return tuple(sorted(ways, key=lambda way: natural_key(way.slug)))


def _has_text(site: Site, article: ox.NamedNode) -> bool:
    texts = site.dataset.store.quads_for_pattern(None, _VERSION_OF, article, ox.DefaultGraph())
    return next(texts, None) is not None
