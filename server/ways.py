"""The articles a page leads back to: the article itself, or those that are about the thing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DCTERMS, SCHEMA
from server.labels import Shown
from server.rows import natural_key
from server.site import Site

_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_VERSION_OF: Final = ox.NamedNode(DCTERMS + "isVersionOf")
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Way:
    """An article whose text is at hand, and the slug that its pages hang on."""

    slug: str
    article: Shown


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
