"""What the releases say of a thing, each from its own file of canonical N-Quads.

A memento of a thing's data holds what `server.things.describe` finds by going forward: the
thing's own quads and those of its hash IRIs, the anchors it rests on with their selectors,
and the labels of everything mentioned. It leaves out the quads that point at the thing,
which are not found in a file that is sorted by subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import DCTERMS, OA
from graph.releases import Manifest
from graph.store import Dataset, merged_store
from server.description.publication import Publication
from server.description.reading import PARTS, read_publication
from server.memento.sorted_quads import SortedQuads
from server.releases.known_file import AlteredFile
from server.releases.record import Record
from server.releases.release import Release
from server.terms.anchors import ANCHOR
from server.terms.labels import LABEL_PROPERTIES
from server.terms.taxonomy import TYPE

_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")
_SOURCE: Final = ox.NamedNode(DCTERMS + "source")
_LEADING: Final = (ox.NamedNode(DCTERMS + "creator"), ox.NamedNode(DCTERMS + "publisher"))
"""Properties of the dataset that lead to who has a name."""


class Archive:
    """The releases, each file of quads opened when it is first asked; safe to read from many threads.

    Every question raises `AlteredFile` where the file is no more what was released, or holds no N-Quads.
    """

    def __init__(self) -> None:
        """Open nothing yet."""
        self._open: dict[str, SortedQuads] = {}
        self._publications: dict[str, Publication] = {}

    def knows(self, release: Release, name: str) -> bool:
        """Tell whether a release says anything of the thing with this `kind/slug…`."""
        thing = thing_in(release, name)
        return thing is not None and self._quads(release).describes(thing)

    def state(self, release: Release, thing: ox.NamedNode) -> ox.Store:
        """Return a store of all quads that a memento of the thing needs, default graph and all as in a dataset."""
        return merged_store(set(_reach(self._quads(release), thing)))

    def name_of(self, release: Release, name: str) -> str | None:
        """Return what a release calls a thing, in English where it has an English name; None where it has none."""
        thing = thing_in(release, name)
        if thing is None:
            return None
        found = (
            quad.object
            for label_property in LABEL_PROPERTIES
            for quad in self._quads(release).about(thing, label_property)
        )
        names = [term for term in found if isinstance(term, ox.Literal)]
        return next((x.value for x in sorted(names, key=lambda term: term.language != "en")), None)

    def license_of(self, release: Release) -> str | None:
        """Return the licence that the release gives itself, None where it gives none or its file is gone."""
        try:
            return self.publication(release).license
        except AlteredFile:
            return None

    def publication(self, release: Release) -> Publication:
        """Return what the dataset said of itself in a release, but for the texts that were read: of those is no end."""
        if release.version not in self._publications:
            self._publications[release.version] = _read_publication(self._quads(release), release.record)
        return self._publications[release.version]

    def _quads(self, release: Release) -> SortedQuads:
        opened = self._open.get(release.version)
        if opened is None or not opened.is_unchanged():
            # Two threads may open the file; one of the two is closed when nobody holds it.
            opened = self._open[release.version] = SortedQuads(release.open(f"{release.stem}.nq"))
        return opened


def _read_publication(quads: SortedQuads, record: Record) -> Publication:
    """Look up the dataset, who made it, and from where its links are, and read that as the whole is read."""
    nodes = [ox.NamedNode(f"{record.base}dataset"), ox.NamedNode(graph_iri("crosslinks", record.base))]
    own, links = (list(quads.about(node, without=PARTS)) for node in nodes)
    named = {q.object for q in own if q.predicate in _LEADING} | {q.object for q in links if q.predicate == _SOURCE}
    store = ox.Store()
    # The graph of the links is a dataset by its type, and not the one that is read.
    store.extend([*own, *(quad for quad in links if quad.predicate != TYPE)])
    for node in named:
        if isinstance(node, ox.NamedNode):
            store.extend(quads.about(node))
    manifest = Manifest(record.software, record.version, record.modified, record.base, record.sources, record.digest)
    return read_publication(Dataset(store, record.digest, manifest))


def thing_in(release: Release, name: str) -> ox.NamedNode | None:
    """Return the IRI that a thing has in a release, None where it can have none."""
    try:
        return ox.NamedNode(f"{release.record.base}id/{name}")
    except ValueError:
        return None


def _reach(quads: SortedQuads, thing: ox.NamedNode) -> Iterator[ox.Quad]:
    own = list(_own(quads, thing))
    yield from own
    mentioned = set(_mentioned(own))
    for anchor in {q.object for q in own if q.subject == thing and q.predicate == ANCHOR}:
        if isinstance(anchor, ox.NamedNode):
            around = list(_anchor(quads, anchor))
            yield from around
            mentioned.update(_mentioned(around))
    for node in mentioned:
        if quads.describes(node):
            for label_property in LABEL_PROPERTIES:
                yield from quads.about(node, label_property)


def _own(quads: SortedQuads, thing: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield the quads of a thing and of its hash IRIs, as far as they lead to one another."""
    parts, waiting = {thing}, [thing]
    while waiting:
        for quad in quads.about(waiting.pop()):
            yield quad
            part = quad.object
            if isinstance(part, ox.NamedNode) and part.value.startswith(f"{thing.value}#") and part not in parts:
                parts.add(part)
                waiting.append(part)


def _anchor(quads: SortedQuads, anchor: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in quads.about(anchor):
        yield quad
        if quad.predicate == _SELECTOR and isinstance(quad.object, ox.NamedNode):
            yield from quads.about(quad.object)


def _mentioned(quads: Sequence[ox.Quad]) -> Iterator[ox.NamedNode]:
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term
