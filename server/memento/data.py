"""The data documents of things in time: `/memento/<version>/data/…` is what `/data/…` was in that release.

What a memento holds, and what it leaves out, `server.memento.archive` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
from flask import current_app

from graph.namespaces import DCTERMS
from server.description.heading import document_heading
from server.http.copies import is_for_copy
from server.http.errors import Problem
from server.http.formats import Format
from server.memento.archive import thing_in
from server.memento.history import History, Memento
from server.releases.known_file import AlteredFile
from server.releases.release import Release
from server.site import Site
from server.terms.links import encode_path
from server.terms.serialise import UnwritableQuads, serialise
from server.things.describe import Description, describe_thing, document_quads

_VERSION_OF: Final = ox.NamedNode(DCTERMS + "isVersionOf")
_DESCRIPTION: Final = ox.NamedNode(DCTERMS + "description")
_WORDS: Final = (
    "What version {version}, of {modified}, says of this thing: its own statements, the anchors they rest on, and the "
    "names of what they mention. Statements of that version that point at this thing are left out."
)


def data_history(site: Site, name: str, suffix: str = "") -> History | None:
    """Return the history of a thing's document of data, negotiated or in one format; None where no release has it.

    A copy of the site without a server cannot choose by date, so nothing has a history there.
    """
    if is_for_copy():
        return None
    mementos = tuple(
        Memento(release, memento_path(site, release, name, suffix))
        for release in reversed(site.releases)
        if _knows(site, release, name)
    )
    return History(site.links.data(name, suffix), mementos, site.links.root) if mementos else None


def memento_path(site: Site, release: Release, name: str, suffix: str = "") -> str:
    """Return the address of what a release says of a thing, in one format where a suffix is given."""
    end = f".{suffix}" if suffix else ""
    return f"{site.links.root}/memento/{release.version}/data/{encode_path(name)}{end}"


def write_memento(site: Site, release: Release, name: str, target: Format) -> bytes:
    """Return what a release says of a thing it knows, in one format; raise a 406 where the format cannot say it."""
    thing = thing_in(release, name)
    if thing is None:
        raise LookupError(name)
    try:
        publication = site.archive.publication(release)
        document = f"{release.record.base}memento/{release.version}/data/{name}"
        quads = _quads(site, release, thing, name, document)
        return serialise(quads, target, first=thing, header=document_heading(publication, document))
    except UnwritableQuads as error:
        raise Problem(406, "Not acceptable", f"{error}. Every other format can.") from error


def _quads(site: Site, release: Release, thing: ox.NamedNode, name: str, document: str) -> Iterator[ox.Quad]:
    store, record = site.archive.state(release, thing), release.record
    description = Description(thing, describe_thing(store, thing), ())
    publication = replace(site.archive.publication(release), iri=release.iri)
    yield from document_quads(store, description, document, publication)
    node = ox.NamedNode(document)
    yield ox.Quad(node, _VERSION_OF, ox.NamedNode(f"{record.base}data/{name}"))
    words = _WORDS.format(version=release.version, modified=record.modified)
    yield ox.Quad(node, _DESCRIPTION, ox.Literal(words, language="en"))


def _knows(site: Site, release: Release, name: str) -> bool:
    try:
        return site.archive.knows(release, name)
    except AlteredFile as error:
        # No reason for what is known now, or in another release, to fail.
        current_app.logger.warning("A release is left out of the history of %s: %s", name, error)
        return False
