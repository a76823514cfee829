"""Articles: the whole text, with every phrase that something was stated from leading to it.

The text is part of the dataset and is shown only where its SHA-256 is the one the article
names, because anchors count its code points. A client that asks for RDF is led to the
description of the article.
"""

from __future__ import annotations

import hashlib
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from graph.iris import entity_iri, is_slug, text_iri
from graph.namespaces import BG, DCTERMS, SCHEMA
from server.errors import Problem
from server.formats import HTML, RDF_FORMATS, TEXT
from server.headers import Link
from server.languages import PAGE_LANGUAGE
from server.negotiate import Choice
from server.reading import Text, read_text
from server.representations import CACHE_CONTROL, alternates, choose, respond, see_other
from server.rows import Term
from server.site import Site, current_site

blueprint = Blueprint("articles", __name__)

_OFFERS: Final = (HTML, TEXT, *RDF_FORMATS)
_DIGEST: Final = ox.NamedNode(BG + "textDigest")
_TEXT: Final = ox.NamedNode(SCHEMA + "text")
_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_LANGUAGE: Final = ox.NamedNode(DCTERMS + "language")
_TITLE: Final = ox.NamedNode(DCTERMS + "title")


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
    """Lead to the address without the slash, query included."""
    site = current_site()
    _require_article(site, slug)
    query = request.query_string.decode()
    location = f"{site.links.root}/article/{slug}{'?' if query else ''}{query}"
    headers = {"Location": location, "Cache-Control": CACHE_CONTROL}
    return Response(f"See {location}\n", status=308, mimetype="text/plain", headers=headers)


def _answer(slug: str, *, fixed: bool) -> Response:
    site = current_site()
    article, digest = _require_article(site, slug)
    links = _links(site, slug, article)
    choice = Choice(TEXT, TEXT.media_type) if fixed else choose(_OFFERS, links)
    if choice.format in RDF_FORMATS:
        return see_other(site.links.data(f"article/{slug}", choice.format.name), links)
    text = _require_text(site, slug, article, digest)

    def render() -> str | bytes:
        return text.content if choice.format is TEXT else _render(site, slug, article, text, links)

    location = f"{site.links.root}/article/{slug}.txt" if choice.format is TEXT else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _render(site: Site, slug: str, article: str, text: Text, links: list[Link]) -> str:
    shown = site.labels.show_iri(article)
    title = next((site.labels.show(term) for term in _objects(site, article, _TITLE)), shown)
    reading = read_text(
        site, text, title=title.text, viewpoint=request.args.get("viewpoint", ""), words=request.args.get("words", "")
    )
    return render_template(
        "article.html",
        article=shown,
        title=title,
        language=_language(site, article),
        about=[site.labels.show(term) for term in _objects(site, article, _ABOUT)],
        slug=slug,
        digest=text.digest,
        reading_of=reading,
        links=links,
    )


def _language(site: Site, article: str) -> str:
    """Return the tag of the language that an article is written in: what the language's IRI ends in."""
    tags = [
        term.value.rpartition("/")[2] for term in _objects(site, article, _LANGUAGE) if isinstance(term, ox.NamedNode)
    ]
    return tags[0] if tags else PAGE_LANGUAGE


def _objects(site: Site, iri: str, predicate: ox.NamedNode) -> list[Term]:
    quads = site.dataset.store.quads_for_pattern(ox.NamedNode(iri), predicate, None, ox.DefaultGraph())
    return sorted((quad.object for quad in quads), key=str)


def _require_article(site: Site, slug: str) -> tuple[str, str]:
    """Return the IRI of an article and the digest of its text; raise a 404 where there is none."""
    if is_slug(slug):
        iri = entity_iri("article", slug, base=site.dataset.base)
        quads = site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _DIGEST, None, ox.DefaultGraph())
        for quad in quads:
            if isinstance(quad.object, ox.Literal):
                return iri, quad.object.value
    raise Problem(
        404,
        "No such article",
        f"The dataset has no article {slug!r}. The start page lists those it has.",
        extra={"available": [{"href": site.links.to("/#articles"), "title": "The articles"}]},
    )


def _require_text(site: Site, slug: str, article: str, digest: str) -> Text:
    """Return the text of this digest; raise a 503 where the dataset does not hold it."""
    iri = text_iri(slug, digest, site.dataset.base)
    for term in _objects(site, iri, _TEXT):
        if isinstance(term, ox.Literal):
            content = term.value.encode()
            if hashlib.sha256(content).hexdigest() == digest:
                return Text(iri, article, content, digest)
    raise Problem(
        503,
        "Text not at hand",
        f"The dataset does not hold the text with SHA-256 {digest} that its anchors count in. "
        "The statements made from it are all here; only the text cannot be shown.",
    )


def _links(site: Site, slug: str, article: str) -> list[Link]:
    root, name = site.links.root, f"article/{slug}"
    links = [
        *alternates([(HTML, f"{root}/article/{slug}"), (TEXT, f"{root}/article/{slug}.txt")]),
        *(Link(site.links.data(name, x.name), "describedby", type=x.media_type, title=x.label) for x in RDF_FORMATS),
        Link(f"{site.dataset.base}article/{slug}", "canonical"),
        Link(article, "cite-as"),
    ]
    if site.publication.license:
        links.append(Link(site.publication.license, "license"))
    return links
