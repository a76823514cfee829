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

from graph.namespaces import DCTERMS, OA
from graph.store import merged_store
from server.description.publication import Publication, is_web_address
from server.memento.sorted_quads import SortedQuads
from server.releases.release import Release
from server.terms.anchors import ANCHOR
from server.terms.labels import LABEL_PROPERTIES

_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")


class Archive:
    """The releases, each file of quads opened when it is first asked; safe to read from many threads."""

    def __init__(self, releases: Sequence[Release]) -> None:
        """Take the releases in, opening nothing."""
        self._releases = {release.version: release for release in releases}
        self._open: dict[str, SortedQuads] = {}
        self._publications: dict[str, Publication] = {}

    def knows(self, release: Release, name: str) -> bool:
        """Tell whether a release says anything of the thing with this `kind/slug…`."""
        thing = thing_in(release, name)
        return thing is not None and self._quads(release).describes(thing)

    def state(self, release: Release, thing: ox.NamedNode) -> ox.Store:
        """Return a store of all quads that a memento of the thing needs, default graph and all as in a dataset."""
        return merged_store(set(_reach(self._quads(release), thing)))

    def license_of(self, release: Release) -> str | None:
        """Return the licence that the release gives itself, None where it gives none or its file is gone."""
        try:
            return self.publication(release).license
        except OSError:
            return None

    def publication(self, release: Release) -> Publication:
        """Return what a copy of the release has to carry: its title, licence and attribution, version and date."""
        if release.version not in self._publications:
            texts = {name: self._text(release, DCTERMS + name) for name in ("title", "license", "rights")}
            terms = texts["license"]
            self._publications[release.version] = Publication(
                iri=release.iri,
                title=texts["title"],
                license=terms if terms and is_web_address(terms) else None,
                rights=texts["rights"],
                version=release.version,
                modified=release.record.modified,
            )
        return self._publications[release.version]

    def _text(self, release: Release, predicate: str) -> str | None:
        """Return what the dataset says of itself with a property, in English where it says it in English."""
        dataset = ox.NamedNode(f"{release.record.base}dataset")
        found = [quad.object for quad in self._quads(release).about(dataset, ox.NamedNode(predicate))]
        terms = [term for term in found if isinstance(term, ox.Literal | ox.NamedNode)]
        return next((x.value for x in sorted(terms, key=lambda term: getattr(term, "language", None) != "en")), None)

    def _quads(self, release: Release) -> SortedQuads:
        opened = self._open.get(release.version)
        # Two threads may open the file; one of the two is closed when nobody holds it.
        return opened or self._open.setdefault(release.version, SortedQuads(release.folder / f"{release.stem}.nq"))


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
