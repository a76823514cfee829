"""Articles: the whole text, with every phrase that something was stated from leading to it.

The text is part of the dataset and is shown only where its SHA-256 is the one the article
names, because anchors count its code points. A client that asks for RDF is led to the
description of the article.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from graph.iris import text_iri
from graph.namespaces import BG, DCTERMS, SCHEMA
from server.articles.reading import Text, read_text
from server.articles.slugs import Article, article_links, require_article
from server.http.errors import Problem
from server.http.formats import HTML, RDF_FORMATS, TEXT
from server.http.headers import Link
from server.http.languages import PAGE_LANGUAGE
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, moved, respond, see_other
from server.site import Site, current_site
from server.terms.facts import literals, nodes

blueprint = Blueprint("articles", __name__)

_OFFERS: Final = (HTML, TEXT, *RDF_FORMATS)
_DIGEST: Final = ox.NamedNode(BG + "textDigest")
_TEXT: Final = ox.NamedNode(SCHEMA + "text")
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""What a language's tag may look like (RFC 5646 section 2.1)."""
_LANGUAGE: Final = ox.NamedNode(DCTERMS + "language")


@blueprint.get("/article")
@blueprint.get("/article/")
@blueprint.get("/articles")
@blueprint.get("/articles/")
def redirect_to_list() -> Response:
    """Lead to the list of articles."""
    return moved("/viewpoints/")


@blueprint.get("/article/<slug>")
def show_article(slug: str) -> Response:
    """Show an article's text with its statements, send the text itself, or lead to the data about it."""
    return _answer(slug, fixed=False)


@blueprint.get("/article/<slug>.txt")
def send_text(slug: str) -> Response:
    """Send an article's text, byte for byte."""
    return _answer(slug, fixed=True)


@blueprint.get("/article/<slug>/")
def strip_slash(slug: str) -> Response:
    """Lead from an address with a slash too many to the article."""
    require_article(current_site(), slug, "page/article")
    return moved(f"/article/{slug}")


def _answer(slug: str, *, fixed: bool) -> Response:
    site = current_site()
    article = require_article(site, slug, "page/article")
    path = f"{site.links.root}/article/{slug}"
    links = [
        *alternates([(HTML, path), (TEXT, f"{path}.txt")]),
        *article_links(site, article, "article"),
        Link(article.node.value, "cite-as"),
    ]
    choice = Choice(TEXT, TEXT.media_type) if fixed else choose(_OFFERS, links)
    if choice.format in RDF_FORMATS:
        return see_other(site.links.data(f"article/{slug}", choice.format.name), links)
    text = _require_text(site, article)

    def render() -> str | bytes:
        return text.content if choice.format is TEXT else _render(site, article, text, links)

    location = f"{path}.txt" if choice.format is TEXT else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _render(site: Site, article: Article, text: Text, links: list[Link]) -> str:
    asked = (request.args.get(name, "") for name in ("viewpoint", "words"))
    return render_template(
        "article.html",
        article=article,
        language=_language(site, article),
        digest=text.digest,
        reading_of=read_text(site, article, text, *asked),
        links=links,
    )


def _language(site: Site, article: Article) -> str:
    """Return the tag of the language that an article is written in: what the language's IRI ends in."""
    tags = (term.value.rpartition("/")[2] for term in nodes(site.dataset.store, article.node, _LANGUAGE))
    return next(filter(_TAG.fullmatch, tags), PAGE_LANGUAGE)


def _require_text(site: Site, article: Article) -> Text:
    """Return the text that the article names by its digest; raise a 503 where the dataset does not hold it."""
    store = site.dataset.store
    digest = next((literal.value for literal in literals(store, article.node, _DIGEST)), "")
    iri = text_iri(article.slug, digest, site.dataset.base)
    for literal in literals(store, ox.NamedNode(iri), _TEXT):
        content = literal.value.encode()
        if hashlib.sha256(content).hexdigest() == digest:
            return Text(iri, content, digest)
    raise Problem(
        503,
        "Text not at hand",
        f"The dataset does not hold the text with SHA-256 {digest} that its anchors count in. "
        "The statements made from it are all here; only the text cannot be shown.",
    )
