"""Mementos of data documents, and TimeMaps of these, of named graphs and of the files of releases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from flask import Blueprint, Response, request

from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import HTML, JSON, RDF_FORMATS, TEXT, TIMEMAP, TURTLE, Format, split_suffix
from server.http.headers import Link, license_links
from server.http.negotiate import Choice, negotiate
from server.http.representations import alternates, choose, respond
from server.memento.data import data_history, memento_path, write_memento
from server.memento.dumps import file_history, graph_history
from server.memento.history import History, mark_memento, ways_to
from server.memento.timemaps import write_json, write_timemap
from server.releases.lookup import require_release
from server.site import Site, current_site

blueprint = Blueprint("memento", __name__)

_FORMS: Final[Mapping[str, tuple[Format, Callable[[History, str], str]]]] = MappingProxyType(
    {"link": (TIMEMAP, write_timemap), "json": (JSON, write_json)}
)
_LATEST: Final = "dumps/latest/"
_EXPORTS: Final = "exports/"


@blueprint.get("/memento/<version>/data/<path:name>")
def send_memento(version: str, name: str) -> Response:
    """Answer with what a release says of a thing, as RDF."""
    site = current_site()
    name, fixed = split_suffix(name)
    history = data_history(site, name, fixed.name if fixed else "")
    memento = next((one for one in history.mementos if one.release.version == version), None) if history else None
    if history is None or memento is None:
        raise _no_memento(site, version, name, history)
    release = memento.release
    links = [
        *alternates([(x, memento_path(site, release, name, x.name)) for x in RDF_FORMATS]),
        *history.links(memento),
        *license_links(site.archive.license_of(release)),
    ]
    choice = Choice(fixed, fixed.media_type) if fixed else _choose(links)
    response = respond(
        site,
        choice,
        lambda: write_memento(site, release, name, choice.format),
        negotiated=fixed is None,
        links=links,
        content_location=memento_path(site, release, name, choice.format.name),
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
    stem, fixed = split_suffix(name)
    if section == "data" and name:
        return data_history(site, stem, fixed.name if fixed else "")
    if section == "graph" and name:
        return graph_history(site, stem, (fixed or TURTLE).name)
    for head in (_LATEST, _EXPORTS):
        if original.startswith(head):
            history = file_history(site, original.removeprefix(head))
            # What is only a file of the releases is no export.
            return history if history and (head is _LATEST or history.path.endswith(f"/{original}")) else None
    return None


def _choose(links: Sequence[Link]) -> Choice:
    """Return the format the request asks for; a browser, which would only keep Turtle, is shown it as text."""
    if "format" not in request.args:
        choice = negotiate(request.headers.get("Accept"), (*RDF_FORMATS, HTML))
        if choice is not None and choice.format is HTML:
            return Choice(TURTLE, TEXT.media_type)
    return choose(RDF_FORMATS, links)


def _no_memento(site: Site, version: str, name: str, history: History | None) -> Problem:
    """Return a 404 that leads to the states there are, else to the downloads."""
    release = require_release(site, version, ways_to(history))
    # Raises where the history left it out because nobody can tell.
    site.archive.knows(release, name)
    detail = f"Release {version} says nothing of {site.links.entity(name)!r}."
    every = {"href": site.links.to("/dumps/"), "title": "All downloads"}
    return Problem(404, "No such memento", detail, extra={"available": [*ways_to(history), every]})
