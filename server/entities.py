"""Things and the documents about them: `/id`, `/page` and `/data`.

A thing is no document, so `/id/…` answers 303 (Cool URIs for the Semantic Web, section
4.3) with the page for browsers and the data for everyone else. `/data/…` negotiates,
or answers in the one format its suffix names.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from server.describe import describe, document_quads, is_known
from server.errors import Problem
from server.formats import HTML, RDF_BY_NAME, RDF_FORMATS, Format
from server.headers import Link
from server.negotiate import Choice
from server.pages import make_page
from server.representations import alternates, choose, respond, see_other
from server.serialise import UnwritableQuads, serialise
from server.site import Site, current_site

blueprint = Blueprint("entities", __name__)

_OFFERS: Final = (*RDF_FORMATS, HTML)


@blueprint.get("/id/<path:name>")
def identify(name: str) -> Response:
    """Lead from a thing to the document about it that the client likes best."""
    site = current_site()
    _require_thing(site, name)
    links = _links(site, name)
    choice = choose(_OFFERS, links)
    if choice.format is HTML:
        return see_other(site.links.page(name), links)
    return see_other(site.links.data(name, choice.format.name), links)


@blueprint.get("/page/<path:name>")
def show_page(name: str) -> Response:
    """Show the page about a thing."""
    site = current_site()
    thing = _require_thing(site, name)
    canonical = Link(f"{site.dataset.base}page/{name}", "canonical")
    links = [*_links(site, name), canonical]

    def render() -> str:
        page = make_page(site, describe(site.dataset.store, thing))
        return render_template("page.html", page=page, links=links, data=site.links.data(name, "ttl"))

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


@blueprint.get("/data/<path:name>")
def send_data(name: str) -> Response:
    """Answer with the description of a thing as RDF."""
    site = current_site()
    stem, _, suffix = name.rpartition(".")
    fixed = RDF_BY_NAME.get(suffix) if stem else None
    if fixed is not None:
        name = stem
    thing = _require_thing(site, name)
    links = _links(site, name)
    choice = Choice(fixed, fixed.media_type) if fixed else choose(RDF_FORMATS, links)
    return respond(
        site,
        choice,
        lambda: _write(site, thing, name, choice.format),
        negotiated=fixed is None,
        links=links,
        content_location=site.links.data(name, choice.format.name),
    )


def _write(site: Site, thing: ox.NamedNode, name: str, target: Format) -> bytes:
    store = site.dataset.store
    quads = document_quads(store, describe(store, thing), f"{site.dataset.base}data/{name}", site.publication)
    try:
        return serialise(quads, target, first=thing)
    except UnwritableQuads as error:
        raise Problem(406, "Not acceptable", f"{error}. Every other format can.") from error


def _require_thing(site: Site, name: str) -> ox.NamedNode:
    """Return the thing of this name; raise a 404 that helps where the data knows none."""
    try:
        thing = ox.NamedNode(site.links.entity(name))
    except ValueError:
        thing = None
    if thing is not None and is_known(site.dataset.store, thing):
        return thing
    iri = site.links.entity(name)
    meant = _nearest_name(site, name)
    raise Problem(
        404,
        "Nothing of this name",
        f"The dataset says nothing about <{iri}>. "
        + (f"Did you mean <{site.links.entity(meant)}>?" if meant else "The graphs list the things it knows."),
        extra={
            "available": [
                {"href": f"{site.links.root}/id/{meant}", "title": site.labels.label(site.links.entity(meant)).text}
                if meant
                else {"href": f"{site.links.root}/graph/", "title": "The graphs and what they describe"}
            ]
        },
    )


def _nearest_name(site: Site, name: str) -> str | None:
    """Return a known name that differs from this one only in what people mistype: case, spaces, a slash."""
    guess = "-".join(name.lower().replace("_", " ").split()).strip("/")
    guess = guess.removesuffix(".html").removesuffix(".json")
    try:
        known = guess != name and is_known(site.dataset.store, ox.NamedNode(site.links.entity(guess)))
    except ValueError:
        return None
    return guess if known else None


def _links(site: Site, name: str) -> list[Link]:
    """Return the links of a thing and of every document about it."""
    hrefs = [(x, site.links.data(name, x.name)) for x in RDF_FORMATS]
    links = [
        *alternates([*hrefs, (HTML, site.links.page(name))]),
        Link(f"{site.links.root}/.well-known/void", "describedby"),
        Link(site.links.entity(name), "cite-as"),
    ]
    if site.publication.license:
        links.append(Link(site.publication.license, "license"))
    return links
