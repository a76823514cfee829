"""Articles: the whole text, with every phrase that something was stated from leading to it.

The text is part of the dataset and is shown only where its SHA-256 is the one the article
names, because anchors count its code points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from graph.iris import entity_iri, is_slug, text_iri
from graph.namespaces import BG, OA, SCHEMA
from server.anchors import Anchor, anchored, read_anchor
from server.errors import Problem
from server.formats import HTML, RDF_FORMATS, TEXT
from server.headers import Link
from server.labels import Shown
from server.negotiate import Choice
from server.passages import split_text
from server.representations import alternates, choose, respond
from server.site import Site, current_site

blueprint = Blueprint("articles", __name__)

_OFFERS: Final = (HTML, TEXT)
_DIGEST: Final = ox.NamedNode(BG + "textDigest")
_SOURCE: Final = ox.NamedNode(OA + "hasSource")
_TEXT: Final = ox.NamedNode(SCHEMA + "text")
_ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something stated from a phrase, and whose statement it is where it is a claim."""

    shown: Shown
    viewpoint: Shown | None


@dataclass(frozen=True, slots=True)
class Note:
    """What was stated from one anchored phrase."""

    anchor: Anchor
    statements: tuple[Statement, ...]
    wider: tuple[Anchor, ...]
    """Anchors that this one lies within."""


@blueprint.get("/article/<slug>")
def show_article(slug: str) -> Response:
    """Show an article's text with its statements, or send the text itself."""
    return _answer(slug, fixed=False)


@blueprint.get("/article/<slug>.txt")
def send_text(slug: str) -> Response:
    """Send an article's text, byte for byte."""
    return _answer(slug, fixed=True)


def _answer(slug: str, *, fixed: bool) -> Response:
    site = current_site()
    article, digest = _require_article(site, slug)
    text = _require_text(site, slug, digest)
    links = _links(site, slug, article)
    choice = Choice(TEXT, TEXT.media_type) if fixed else choose(_OFFERS, links)

    def render() -> str | bytes:
        if choice.format is TEXT:
            return text
        anchors = _read_anchors(site, text_iri(slug, digest, site.dataset.base))
        # Where anchors cross, the words of one stand in several elements, and a fragment can name but the first.
        marked = next((a for a in anchors if f"{a.start}-{a.end}" == request.args.get("words")), None)
        return render_template(
            "article.html",
            article=site.labels.show_iri(article),
            slug=slug,
            digest=digest,
            paragraphs=split_text(text.decode(), anchors),
            notes=_notes(site, anchors),
            marked=marked,
            links=links,
        )

    location = f"{site.links.root}/article/{slug}.txt" if choice.format is TEXT else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _require_article(site: Site, slug: str) -> tuple[str, str]:
    """Return the IRI of an article and the digest of its text; raise a 404 where there is none."""
    if is_slug(slug):
        iri = entity_iri("article", slug, base=site.dataset.base)
        quads = site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _DIGEST, None, ox.DefaultGraph())
        for quad in quads:
            if isinstance(quad.object, ox.Literal):
                return iri, quad.object.value
    raise Problem(404, "No such article", f"The dataset has no article {slug!r}. The start page lists those it has.")


def _require_text(site: Site, slug: str, digest: str) -> bytes:
    """Return the text of this digest; raise a 503 where the dataset does not hold it."""
    text = ox.NamedNode(text_iri(slug, digest, site.dataset.base))
    for quad in site.dataset.store.quads_for_pattern(text, _TEXT, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal):
            content = quad.object.value.encode()
            if hashlib.sha256(content).hexdigest() == digest:
                return content
    raise Problem(
        503,
        "Text not at hand",
        f"The dataset does not hold the text with SHA-256 {digest} that its anchors count in. "
        "The statements made from it are all here; only the text cannot be shown.",
    )


def _read_anchors(site: Site, text: str) -> list[Anchor]:
    store = site.dataset.store
    quads = store.quads_for_pattern(None, _SOURCE, ox.NamedNode(text), ox.DefaultGraph())
    anchors = (read_anchor(store, quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted((a for a in anchors if a is not None), key=lambda a: (a.start, -a.end))


def _notes(site: Site, anchors: Sequence[Anchor]) -> list[Note]:
    notes = []
    enclosing: list[Anchor] = []
    for anchor in anchors:
        enclosing = [wide for wide in enclosing if wide.end > anchor.start]
        statements = [_statement(site, iri) for iri in anchored(site.dataset.store, anchor.iri)]
        wider = tuple(wide for wide in enclosing if wide.end >= anchor.end)
        notes.append(Note(anchor, tuple(sorted(statements, key=lambda s: s.shown.text)), wider))
        enclosing.append(anchor)
    return notes


def _statement(site: Site, iri: str) -> Statement:
    viewpoint = None
    for quad in site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _ACCORDING_TO, None, ox.DefaultGraph()):
        viewpoint = site.labels.show(quad.object)
    return Statement(site.labels.show_iri(iri), viewpoint)


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
