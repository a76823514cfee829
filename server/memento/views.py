"""Mementos of data documents, and TimeMaps of these and of the files of releases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from flask import Blueprint, Response

from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import JSON, RDF_BY_NAME, RDF_FORMATS, TIMEMAP, Format
from server.http.headers import Link
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, respond
from server.memento.data import data_history, memento_path, write_memento
from server.memento.dumps import file_history
from server.memento.history import History, mark_memento, ways_to
from server.memento.timemaps import write_json, write_timemap
from server.site import Site, current_site

blueprint = Blueprint("memento", __name__)

_FORMS: Final[Mapping[str, tuple[Format, Callable[[History, str], str]]]] = MappingProxyType(
    {"link": (TIMEMAP, write_timemap), "json": (JSON, write_json)}
)
_LATEST: Final = "dumps/latest/"


@blueprint.get("/memento/<version>/data/<path:name>")
def send_memento(version: str, name: str) -> Response:
    """Answer with what a release says of a thing, as RDF."""
    site = current_site()
    name, suffix = _split(name)
    fixed = RDF_BY_NAME.get(suffix)
    history = data_history(site, name, suffix)
    memento = next((one for one in history.mementos if one.release.version == version), None) if history else None
    if history is None or memento is None:
        raise _no_memento(site, version, name, history)
    release = memento.release
    license_iri = site.archive.license_of(release)
    links = [
        *alternates([(x, memento_path(site, release, name, x.name)) for x in RDF_FORMATS]),
        *history.links(memento),
        *([Link(license_iri, "license")] if license_iri else []),
    ]
    choice = Choice(fixed, fixed.media_type) if fixed else choose(RDF_FORMATS, links)
    response = respond(
        site,
        choice,
        lambda: write_memento(site, release, name, choice.format),
        negotiated=fixed is None,
        links=links,
        content_location=memento_path(site, release, name, choice.format.name),
        modified=memento.moment,
    )
    return mark_memento(response, memento)


@blueprint.get("/timemap/<form>/<path:original>")
def list_mementos(form: str, original: str) -> Response:
    """List the mementos of a data document, or of a file of the newest release."""
    site = current_site()
    if form not in _FORMS:
        raise Problem(
            404, "No such list", f"There is no TimeMap in the form {form!r}. Use one of: {', '.join(_FORMS)}."
        )
    history = _find_history(site, original)
    if history is None:
        raise Problem(
            404,
            "No memento",
            f"No release that this server has holds /{original}. The releases are those listed among the downloads.",
            extra={"available": [{"href": site.links.to("/dumps/"), "title": "All downloads"}]},
        )
    target, write = _FORMS[form]
    server = server_address(site)
    links = [Link(history.path, "original timegate")]
    choice = Choice(target, target.media_type)
    return respond(site, choice, lambda: write(history, server), negotiated=False, links=links)


def _find_history(site: Site, original: str) -> History | None:
    section, _slash, name = original.partition("/")
    if section == "data" and name:
        return data_history(site, *_split(name))
    return file_history(site, original.removeprefix(_LATEST)) if original.startswith(_LATEST) else None


def _split(name: str) -> tuple[str, str]:
    """Return the name of a thing and the suffix of a format, empty where the address has none."""
    stem, _dot, suffix = name.rpartition(".")
    return (stem, suffix) if stem and suffix in RDF_BY_NAME else (name, "")


def _no_memento(site: Site, version: str, name: str, history: History | None) -> Problem:
    """Return a 404 that leads to the states there are, else to the downloads."""
    if all(release.version != version for release in site.releases):
        detail = f"This server has no release {version!r}."
    else:
        detail = f"Release {version} says nothing of {site.links.entity(name)!r}."
    every = {"href": site.links.to("/dumps/"), "title": "All downloads"}
    return Problem(404, "No such memento", detail, extra={"available": [*ways_to(history), every]})
