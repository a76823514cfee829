"""Linksets: the typed links of whole landing pages and all that belongs to them, as JSON (RFC 9264 section 4.2).

`/linkset.json` is the map of the dataset and its releases with the files that somebody comes
for. Each release has its own, `/linkset/dumps/<version>.json`, with every file but those of
one named graph each, of which there is no end; SHA256SUMS names these too. So has each thing,
`/linkset/<kind>/<slug>.json`. Pages lead to theirs. A linkset is read apart from where it came
from, so its addresses are whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response

from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import HTML, LINKSET, RDF_FORMATS
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.representations import respond
from server.metadata.signposting import (
    data_links,
    dataset_links,
    description_link,
    every_item,
    file_links,
    release_links,
    thing_links,
)
from server.releases.lookup import require_release
from server.releases.release import Release
from server.site import Site, current_site
from server.things.describe import is_known

blueprint = Blueprint("linkset", __name__)

# Those of FAIR Signposting. What else a page links to is no part of what it is the landing page of.
_RELATIONS: Final = ("author", "cite-as", "collection", "describedby", "describes", "item", "license", "type")
_SUFFIX: Final = ".json"


@blueprint.get("/linkset.json")
def link_dataset() -> Response:
    """Answer with the links of the dataset, of every release and of the main files of each."""
    site = current_site()
    return _send(site, lambda: _contexts_of_dataset(site))


@blueprint.get("/linkset/dumps/<name>")
def link_release(name: str) -> Response:
    """Answer with the links of a release's page and of its files."""
    site = current_site()
    version = name.removesuffix(_SUFFIX)
    if version == name:
        raise _no_linkset(site)
    release = require_release(site, version, [_of_dataset(site)])
    return _send(site, lambda: _contexts_of_release(site, release, every_item(site, release)))


@blueprint.get("/linkset/<path:name>")
def link_thing(name: str) -> Response:
    """Answer with the links of a thing's page and of the documents of data about it."""
    site = current_site()
    stem = name.removesuffix(_SUFFIX)
    if stem == name or not _is_known(site, stem):
        raise _no_linkset(site)
    return _send(site, lambda: _contexts_of_thing(site, stem))


def write_linkset(contexts: Iterable[tuple[str, Sequence[Link]]], server: str) -> str:
    """Return the links of each of these addresses; `server` is what the paths are put behind."""
    written = []
    for anchor, links in contexts:
        context: dict[str, object] = {"anchor": _whole(anchor, server)}
        for relation in _RELATIONS:
            targets = [_write(link, server) for link in links if link.rel == relation]
            if targets:
                context[relation] = targets
        written.append(context)
    return json.dumps({"linkset": written}, indent=1) + "\n"


def _contexts_of_dataset(site: Site) -> Iterator[tuple[str, list[Link]]]:
    root = site.links.root
    home, own = f"{root}/", [*dataset_links(site), description_link(site)]
    pages = [Link(f"{root}{release.path}", "item", type=HTML.media_type) for release in site.releases]
    yield home, [*own, *pages, *license_links(site.publication.license)]
    for link in own:
        if link.rel == "describedby":
            yield link.href, [Link(home, "describes", type=HTML.media_type)]
    for release in site.releases:
        yield from _contexts_of_release(site, release)


def _contexts_of_release(
    site: Site, release: Release, items: Iterable[Link] | None = None
) -> Iterator[tuple[str, list[Link]]]:
    """Yield the links of a release's page and of the files that they lead to: its main ones, or these."""
    page, links = f"{site.links.root}{release.path}", release_links(site, release)
    if items is not None:
        links = [*(link for link in links if link.rel != "item"), *items]
    yield page, links
    for link in links:
        if link.rel in ("describedby", "item"):
            yield link.href, file_links(site, release, release.by_name[link.href.removeprefix(page)])


def _contexts_of_thing(site: Site, name: str) -> Iterator[tuple[str, list[Link]]]:
    page = site.links.page(name)
    documents = [(site.links.data(name, x.name), x.media_type) for x in RDF_FORMATS]
    items = [Link(href, "item", type=media_type) for href, media_type in documents]
    own = [Link(site.links.entity(name), "cite-as"), *thing_links(site, name), description_link(site)]
    yield page, [*own, *items, *license_links(site.publication.license)]
    for href, _media_type in documents:
        yield href, data_links(site, name)


def _send(site: Site, contexts: Callable[[], Iterator[tuple[str, list[Link]]]]) -> Response:
    server = server_address(site)
    choice = Choice(LINKSET, LINKSET.media_type)
    return respond(site, choice, lambda: write_linkset(contexts(), server), negotiated=False)


def _write(link: Link, server: str) -> dict[str, str]:
    # No profile: the RFC has an array for it (section 4.2.4.3), on which Signposting's own client for Python ends.
    return {"href": _whole(link.href, server)} | ({"type": link.type} if link.type else {})


def _whole(href: str, server: str) -> str:
    return f"{server}{href}" if href.startswith("/") else href


def _no_linkset(site: Site) -> Problem:
    return Problem(
        404,
        "No such linkset",
        "There is one linkset for the dataset, one for each release, and one for each thing: its name and .json.",
        extra={"available": [_of_dataset(site)]},
    )


def _of_dataset(site: Site) -> dict[str, str]:
    return {"href": f"{site.links.root}/linkset.json", "type": LINKSET.media_type}


def _is_known(site: Site, name: str) -> bool:
    try:
        return is_known(site.dataset.store, ox.NamedNode(site.links.entity(name)))
    except ValueError:
        return False
