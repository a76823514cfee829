"""The addresses of the downloads: `/dumps/`, the releases and their files, the file that is served, `/feed.atom`."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from graph.namespaces import BG
from server.description.heading import release_heading
from server.documents.graph_list import show_shelf
from server.downloads.feed import PATH as FEED
from server.downloads.feed import write_feed
from server.downloads.file_groups import group_of_folder
from server.downloads.release_page import read_page, summarise
from server.downloads.sending import Sending, send
from server.http.encoding import chooses_encoding
from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import ATOM, HTML, N_QUADS, RDF_FORMATS, Format
from server.http.headers import Link, add_links, license_links
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, moved, respond
from server.memento.dumps import file_history, find_file, own_name
from server.memento.history import answer_with_memento, is_asked_for, mark_memento, mark_timegate
from server.memento.moments import moment_of
from server.metadata.signposting import description_link, file_links, linkset_link, release_links
from server.releases.built_file import BuiltFile, find_built_file
from server.releases.known_file import KnownFile
from server.releases.lookup import offer_downloads, require_release
from server.releases.media_types import media_type
from server.releases.release import Release, ReleaseFile
from server.releases.sums import SUMS_FILE
from server.site import Site, current_site
from server.terms.serialise import serialise

blueprint = Blueprint("downloads", __name__)

_DESCRIPTION = "description.ttl"
_CHANGES = "changes"


@blueprint.get("/dumps")
def redirect_to_downloads() -> Response:
    """Lead to the list of downloads."""
    return moved("/dumps/")


@blueprint.get("/dumps/")
def list_downloads() -> Response:
    """List the releases, the newest first, and what can be had of the data that is served."""
    site = current_site()
    links = [
        Link(f"{site.dataset.base}dumps/", "canonical"),
        description_link(site),
        *license_links(site.publication.license),
        linkset_link(site),
        Link(f"{site.links.root}{FEED}", "alternate", type=ATOM.media_type, title=ATOM.label),
    ]

    def render() -> str:
        return render_template(
            "dumps.html",
            releases=[summarise(site, release) for release in site.releases],
            built=find_built_file(site),
            server=server_address(site),
            claims=site.counts.classes.get(BG + "Claim", 0),
            own=show_shelf(site, site.shelves.own),
            shared=show_shelf(site, site.shelves.shared),
            formats=RDF_FORMATS,
            links=links,
        )

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


@blueprint.get("/dumps/current")
@blueprint.get("/dumps/current/")
def redirect_from_current() -> Response:
    """Lead to the list, which tells of the file that is served."""
    return moved("/dumps/", status=307)


@blueprint.get("/dumps/current/<path:name>")
@chooses_encoding
def send_built_file(name: str) -> Response:
    """Send the file that is served, released or not."""
    site = current_site()
    built = find_built_file(site)
    if built is None:
        raise Problem(
            404,
            "No such download",
            "This server was given a file that no build of ours speaks of, or that was replaced since; it has no "
            "whole dataset to download. Each named graph can be had.",
            extra={"available": offer_downloads(site)},
        )
    if name != built.name:
        raise _not_there(site, f"Of the data that is served, {built.name} is the only file.", site.releases, built)
    links = license_links(site.publication.license)
    file = KnownFile(site.config.dataset.absolute(), built.size, built.manifest.quads)
    return send(Sending(file, built.name, N_QUADS.media_type, links))


@blueprint.get("/dumps/latest")
@blueprint.get("/dumps/latest/")
@blueprint.get("/dumps/latest/<path:name>")
def redirect_to_latest(name: str = "") -> Response:
    """Lead to the newest release or a file of it, its name with the version or without; by date to an older one."""
    site = current_site()
    history = file_history(site, name)
    if history is not None and is_asked_for():
        return answer_with_memento(history)
    named = [one for one in site.releases if name.startswith(f"{one.stem}.") and name in one.by_name]
    if named:
        return moved(f"{named[0].path}{name}", status=307)
    for newest in site.releases[:1]:
        found = name if name in (SUMS_FILE, _CHANGES) else own_name(newest, name)
        if found is not None:
            response = moved(f"{newest.path}{found}", status=307)
            if history is not None:
                add_links(mark_timegate(response), history.links())
            return response
        detail = f"The newest release, {newest.version}, has no file {name}. Its page lists those that it has."
        raise _not_there(site, detail, [newest])
    raise _not_there(site, "There is no release here yet, so none is the newest.", built=find_built_file(site))


@blueprint.get("/dumps/<version>")
def redirect_to_release(version: str) -> Response:
    """Lead to the page of a release."""
    return moved(require_release(current_site(), version).path)


@blueprint.get("/dumps/<version>/")
def show_release(version: str) -> Response:
    """Show a release; as RDF, its own description."""
    site = current_site()
    release = require_release(site, version)
    page = f"{site.links.root}{release.path}"
    found = find_file(site, release, "")
    described = _DESCRIPTION in release.by_name
    offers = (HTML, *(RDF_FORMATS if described else ()))
    hrefs = [(x, f"{page}?format={x.name}") for x in offers if x is not HTML]
    links = [
        *release_links(site, release),
        *alternates([*hrefs, (HTML, page)]),
        *(found[0].links(found[1]) if found else ()),
    ]
    choice = choose(offers, links)

    def render() -> str | bytes:
        if choice.format is not HTML:
            return _describe(site, release, choice.format)
        shown = read_page(site, release, f"{server_address(site)}{release.path}")
        return render_template(
            "release.html",
            page=shown,
            release=release,
            summary=shown.summary,
            type_of=media_type,
            viewpoint=lambda name: site.labels.show_iri(site.links.entity(name)),
            links=links,
        )

    response = respond(site, choice, render, negotiated=True, links=links)
    return mark_memento(response, found[1]) if found else response


@blueprint.get("/dumps/<version>/<path:name>")
@chooses_encoding
def send_release_file(version: str, name: str) -> Response:
    """Send a file of a release, byte for byte."""
    site = current_site()
    release = require_release(site, version)
    file, compressed = release.known(name), release.known(f"{name}.gz")
    if file is None:
        return _show_folder(release, name)
    found = find_file(site, release, name)
    described = [Link(f"{site.links.root}{release.path}{_DESCRIPTION}", "describedby", type=media_type(_DESCRIPTION))]
    links = [
        *file_links(site, release, release.by_name.get(name) or ReleaseFile(name, file.size, file.sha256)),
        *(described if _DESCRIPTION in release.by_name else ()),
        *(found[0].links(found[1]) if found else ()),
    ]
    own = name.rpartition("/")[2]
    sending = Sending(file, own, media_type(name), links, moment_of(release), is_final=True, compressed=compressed)
    response = send(sending)
    return mark_memento(response, found[1]) if found else response


@blueprint.get(FEED)
def feed_releases() -> Response:
    """Tell of the releases as an Atom feed."""
    site = current_site()

    def render() -> str:
        releases = [(release, summarise(site, release).publication) for release in site.releases]
        return write_feed(site, releases, server_address(site))

    return respond(site, Choice(ATOM, ATOM.media_type), render, negotiated=False)


def _show_folder(release: Release, name: str) -> Response:
    """Lead from a folder of a release to the part of its page that tells of it; a `Problem` where it is none."""
    group = group_of_folder(release.files, name.removesuffix("/"))
    if group is None:
        detail = f"Release {release.version} has no file {name}. Its page lists those that it has."
        raise _not_there(current_site(), detail, [release])
    response = moved(release.path, status=307)
    response.headers["Location"] += f"#{group}"
    return response


def _describe(site: Site, release: Release, target: Format) -> bytes:
    """Return what a release says of itself: its own file where it has one in this format, else written from that."""
    name = f"description.{target.name}"
    with release.open(name if name in release.by_name else _DESCRIPTION) as opened:
        content = opened.read()
    if name in release.by_name:
        return content
    quads = ox.parse(content, format=ox.RdfFormat.TURTLE)
    head = release_heading(summarise(site, release).publication, release)
    return serialise(quads, target, first=ox.NamedNode(release.iri), header=head)


def _not_there(site: Site, detail: str, releases: Sequence[Release] = (), built: BuiltFile | None = None) -> Problem:
    return Problem(404, "No such download", detail, extra={"available": offer_downloads(site, releases, built)})
