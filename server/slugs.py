"""The article that an address names by its slug, or a refusal that leads on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox
from flask import Response
from flask_babel import gettext as _

from graph.iris import entity_iri, is_slug
from graph.namespaces import BG, DCTERMS, SCHEMA
from server.errors import Problem
from server.formats import RDF_FORMATS
from server.headers import Link
from server.labels import Shown
from server.rows import MOST_SHOWN
from server.site import Site, current_site
from server.taxonomy import TYPE

_ARTICLE: Final = ox.NamedNode(BG + "Article")
_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_TITLE: Final = ox.NamedNode(DCTERMS + "title")


@dataclass(frozen=True, slots=True)
class Article:
    """An article that the dataset has."""

    node: ox.NamedNode
    slug: str
    shown: Shown
    title: str
    """Its title, as it stands in brackets behind the names of what belongs to it; empty where there is none."""
    events: tuple[Shown, ...]
    """What it is about."""

    @property
    def name(self) -> Shown:
        """The name under which a page speaks of its subject: the event's, else the article's."""
        return self.events[0] if self.events else self.shown


def require_article(site: Site, slug: str, section: str) -> Article:
    """Return the article with this slug; raise a 404 that lists others, as this section shows them."""
    node = ox.NamedNode(entity_iri("article", slug, base=site.dataset.base)) if is_slug(slug) else None
    if node is None or ox.Quad(node, TYPE, _ARTICLE, ox.DefaultGraph()) not in site.dataset.store:
        raise Problem(
            404,
            _("No such article"),
            _("The dataset has no article %(slug)s. These are some that it has.", slug=repr(slug)),
            extra={"available": _others(site, section)},
        )
    titles = sorted(term.value for term in _values(site, node, _TITLE))
    events = sorted(term.value for term in _values(site, node, _ABOUT) if isinstance(term, ox.NamedNode))
    shown = site.labels.show_iri(node.value)
    return Article(node, slug, shown, titles[0] if titles else "", tuple(map(site.labels.show_iri, events)))


def article_links(site: Site, article: Article, section: str) -> list[Link]:
    """Return the links that every view of an article has, besides those to its own formats."""
    name = f"article/{article.slug}"
    return [
        *(Link(site.links.data(name, x.name), "describedby", type=x.media_type, title=x.label) for x in RDF_FORMATS),
        Link(f"{site.dataset.base}{section}/{article.slug}", "canonical"),
        *([Link(site.publication.license, "license")] if site.publication.license else ()),
    ]


def moved(path: str) -> Response:
    """Answer 308. Done by hand because the router would take the host from the request."""
    location = current_site().links.to(path)
    return Response(f"See {location}\n", status=308, mimetype="text/plain", headers={"Location": location})


def _others(site: Site, section: str) -> list[dict[str, str]]:
    found = islice(site.dataset.store.quads_for_pattern(None, TYPE, _ARTICLE, ox.DefaultGraph()), MOST_SHOWN)
    iris = sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
    slugs = ((iri, (site.links.entity_name(iri) or "").removeprefix("article/")) for iri in iris)
    return [
        {"href": site.links.to(f"/{section}/{slug}"), "title": site.labels.label(iri).text}
        for iri, slug in slugs
        if is_slug(slug)
    ]


def _values(site: Site, node: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[ox.NamedNode | ox.Literal]:
    for quad in site.dataset.store.quads_for_pattern(node, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.object
