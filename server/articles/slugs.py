"""The article that an address names by its slug, or a refusal that leads on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import entity_iri, is_slug
from graph.namespaces import BG, DCTERMS, SCHEMA
from server.http.errors import Problem
from server.http.formats import RDF_FORMATS
from server.http.headers import Link, license_links
from server.site import Site
from server.terms.facts import literals, nodes
from server.terms.labels import Shown
from server.terms.taxonomy import TYPE

_ARTICLE: Final = ox.NamedNode(BG + "Article")
_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_TITLE: Final = ox.NamedNode(DCTERMS + "title")


@dataclass(frozen=True, slots=True)
class Article:
    """An article that the dataset has."""

    node: ox.NamedNode
    slug: str
    shown: Shown
    title: Shown
    """Its title; the article under its label where there is none."""
    events: tuple[Shown, ...]
    """What it is about."""

    @property
    def name(self) -> Shown:
        """The name under which a page speaks of its subject: the event's, else the article's."""
        return self.events[0] if self.events else self.shown

    def shorten(self, shown: Shown) -> Shown:
        """Return a thing without the article's title, which stands in brackets behind the names of what is its own."""
        return replace(shown, text=self.short_name(shown))

    def short_name(self, shown: Shown) -> str:
        """Return the name of a thing without the article's title behind it."""
        return shown.text.removesuffix(f" ({self.title.text})")


def require_article(site: Site, slug: str, section: str) -> Article:
    """Return the article with this slug; raise a 404 that lists others, each at its address below this section."""
    store = site.dataset.store
    node = ox.NamedNode(entity_iri("article", slug, base=site.dataset.base)) if is_slug(slug) else None
    if node is None or ox.Quad(node, TYPE, _ARTICLE, ox.DefaultGraph()) not in store:
        raise _refusal(site, slug, section)
    shown = site.labels.show_iri(node.value)
    titles = (literal for literal in literals(store, node, _TITLE) if literal.value.strip())
    title = next(map(site.labels.show, titles), shown)
    return Article(node, slug, shown, title, tuple(map(site.labels.show, nodes(store, node, _ABOUT))))


def list_articles(site: Site, section: str) -> list[tuple[Shown, str]]:
    """Return the first articles by name, each with the address at which this section shows it."""
    named = ((site.labels.show_iri(iri), site.links.entity_name(iri)) for iri in site.opening.articles)
    found = [(x, site.links.to(f"/{section}/{name.removeprefix('article/')}")) for x, name in named if name]
    return sorted(found, key=lambda item: item[0].text.casefold())


def article_links(site: Site, article: Article, section: str) -> list[Link]:
    """Return the links that every view of an article has, besides those to its own formats."""
    name = f"article/{article.slug}"
    return [
        *(Link(site.links.data(name, x.name), "describedby", type=x.media_type, title=x.label) for x in RDF_FORMATS),
        Link(f"{site.dataset.base}{section}/{article.slug}", "canonical"),
        *license_links(site.publication.license),
    ]


def _refusal(site: Site, slug: str, section: str) -> Problem:
    title = _("No such article")
    detail = _("The dataset has no article %(slug)s. These are some that it has.", slug=repr(slug))
    available = [{"href": href, "title": shown.text} for shown, href in list_articles(site, section)]
    event = ox.NamedNode(entity_iri("event", slug, base=site.dataset.base)) if is_slug(slug) else None
    if event is not None and nodes(site.dataset.store, event, TYPE):
        shown = site.labels.show_iri(event.value)
        title = _("An event, not an article")
        detail = _("%(event)s is an event, and no article of the dataset is called so.", event=shown.text)
        available.insert(0, {"href": site.links.to(f"/page/event/{slug}"), "title": shown.text})
    return Problem(404, title, detail, extra={"available": available})
