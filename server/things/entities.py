"""Things and the documents about them: `/id`, `/page` and `/data`.

A thing is no document, so `/id/…` answers 303 (Cool URIs for the Semantic Web, section
4.3) with the page for browsers and the data for everyone else. `/data/…` negotiates,
or answers in the one format its suffix names.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from server.description.heading import document_heading
from server.http.errors import Problem
from server.http.formats import HTML, RDF_FORMATS, Format, split_suffix
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, moved, respond, see_other
from server.memento.data import data_history
from server.memento.gone import tell_gone
from server.memento.history import answer_with_memento, is_asked_for, mark_timegate
from server.metadata.signposting import data_links, description_link, thing_links
from server.site import Site, current_site
from server.terms.links import encode_path
from server.terms.serialise import UnwritableQuads, serialise
from server.things.describe import describe, document_quads, is_known
from server.things.listings import read_listing
from server.things.lists import make_list
from server.things.pages import make_page

blueprint = Blueprint("entities", __name__)

_OFFERS: Final = (*RDF_FORMATS, HTML)


@blueprint.get("/id/<path:name>")
def identify(name: str) -> Response:
    """Lead from a thing to the document about it that the client likes best."""
    site = current_site()
    if name.endswith("/"):
        return _without_slash("id", name)
    _require_thing(site, name)
    links = _links(site, name)
    choice = choose(_OFFERS, links)
    if choice.format is HTML:
        return see_other(site.links.to(f"/page/{encode_path(name)}"), links)
    return see_other(site.links.data(name, choice.format.name), links)


@blueprint.get("/page/<path:name>")
def show_page(name: str) -> Response:
    """Show the page about a thing, or one of its lists whole (see `server.things.listings`)."""
    site = current_site()
    if name.endswith("/"):
        return _without_slash("page", name)
    thing = _require_thing(site, name)
    listing = read_listing(request.args)
    members = make_list(site, thing, listing, request.args.get("page", "")) if listing else None
    address = f"{site.dataset.base}page/{name}" + (f"?{members.address}" if members else "")
    links = [*_links(site, name), *thing_links(site, name), Link(address, "canonical")]

    def render() -> str:
        if members is not None:
            return render_template("list.html", list=members, links=links)
        return render_template("page.html", page=make_page(site, thing, name), links=links)

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


@blueprint.get("/data/<path:name>")
def send_data(name: str) -> Response:
    """Answer with the description of a thing as RDF."""
    site = current_site()
    if name.endswith("/"):
        return _without_slash("data", name)
    name, fixed = split_suffix(name)
    history = data_history(site, name, fixed.name if fixed else "")
    if history is not None and is_asked_for():
        # What an earlier release knew may be gone from the data; its mementos are not.
        return answer_with_memento(history)
    thing = _require_thing(site, name)
    links = [*_links(site, name), *data_links(site, name), *(history.links() if history else ())]
    choice = Choice(fixed, fixed.media_type) if fixed else choose(RDF_FORMATS, links)
    response = respond(
        site,
        choice,
        lambda: _write(site, thing, name, choice.format),
        negotiated=fixed is None,
        links=links,
        content_location=site.links.data(name, choice.format.name),
    )
    return mark_timegate(response) if history is not None else response


def _without_slash(family: str, name: str) -> Response:
    """Lead to the address without the slash at its end."""
    stem = name.rstrip("/")
    if not stem:
        raise Problem(404, _("Nothing of this name"), _("An address below /%(family)s/ names a thing.", family=family))
    _require_thing(current_site(), split_suffix(stem)[0] if family == "data" else stem)
    return moved(f"/{family}/{stem}")


def _write(site: Site, thing: ox.NamedNode, name: str, target: Format) -> bytes:
    store = site.dataset.store
    document = f"{site.dataset.base}data/{name}"
    quads = document_quads(store, describe(store, thing), document, site.publication)
    try:
        return serialise(quads, target, first=thing, header=document_heading(site.publication, document))
    except UnwritableQuads as error:
        raise Problem(406, _("Not acceptable"), f"{error}. {_('Every other format can.')}") from error


def _require_thing(site: Site, name: str) -> ox.NamedNode:
    """Return the thing of this name; raise a 404 that helps where the data knows none."""
    try:
        thing = ox.NamedNode(site.links.entity(name))
    except ValueError:
        thing = None
    if thing is not None and is_known(site.dataset.store, thing):
        return thing
    meant = _nearest_name(site, name)
    # What an earlier release knew may have been cited.
    gone = tell_gone(site, name, [_way_on(site, meant)])
    if gone is not None:
        raise gone
    raise Problem(
        404,
        _("Nothing of this name"),
        _("The dataset says nothing about <%(iri)s>. ", iri=site.links.entity(name))
        + (
            _("Did you mean <%(iri)s>?", iri=site.links.entity(meant))
            if meant
            else _("The graphs list the things it knows.")
        ),
        extra={"available": [_way_on(site, meant)]},
    )


def _way_on(site: Site, meant: str | None) -> dict[str, str]:
    if meant is None:
        return {"href": site.links.to("/graph/"), "title": _("The graphs and what they describe")}
    title = site.labels.label(site.links.entity(meant)).text
    return {"href": site.links.to(f"/id/{encode_path(meant)}"), "title": title}


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
    return [
        *alternates([*hrefs, (HTML, site.links.page(name))]),
        description_link(site),
        Link(site.links.entity(name), "cite-as"),
        *license_links(site.publication.license),
    ]
