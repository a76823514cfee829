"""Two real releases of the project's dataset, the second with a claim less, a place more and another name."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import specimen
from flask import Flask

from graph.build import Built
from graph.namespaces import DCAT, DCTERMS, RDF, RDFS, XSD
from graph.releases import QUADS_FILE, publish
from graph.store import open_dataset
from server.app import create_app
from server.config import Config
from server.releases.contents import write_contents
from server.releases.part import Content, Part
from server.releases.release import Release
from server.releases.writing import write_release
from server.site import Site

BASE: Final = specimen.BASE
FIRST: Final = "0.1.0"
SECOND: Final = "0.2.0"
DAYS: Final = {FIRST: "2026-11-24", SECOND: "2027-01-15"}
MOMENTS: Final = {FIRST: "Tue, 24 Nov 2026 00:00:00 GMT", SECOND: "Fri, 15 Jan 2027 00:00:00 GMT"}
KEPT: Final = specimen.CLAIM
"""A thing of both releases."""
GONE: Final = "claim/battle-of-hadrut/battle-begin"
NEW: Final = "place/nowhere-in-particular"
RENAMED: Final = "place/hadrut"

_AUTHORED: Final = ("sources/articles/", "sources/shared/")
_DATASET: Final = ox.NamedNode(f"{BASE}dataset")


@dataclass(frozen=True, slots=True)
class Released:
    """A folder of two releases, and the file of the dataset that the second is of."""

    root: Path
    dataset: Path

    def app(self) -> Flask:
        """Return an app that serves the second, with both releases."""
        app = create_app(Config(self.dataset, releases=self.root))
        app.testing = True
        app.test_client_class = specimen.BufferedClient
        return app

    def copy(self, to: Path) -> Released:
        """Return a copy of both, free to be damaged."""
        return Released(Path(shutil.copytree(self.root, to / self.root.name)), self.dataset)


def release_twice(built: Built, scratch: Path, parts: Sequence[Part] = (write_contents,)) -> Released:
    """Write both releases under a folder and return where they are."""
    first = list(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    for version, quads in ((FIRST, _dated(first, FIRST)), (SECOND, _dated(_changed(first), SECOND))):
        lines = b"".join(sorted({ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in quads}))
        digest = hashlib.sha256(lines).hexdigest()
        manifest = replace(built.manifest, version=version, modified=DAYS[version], quads=digest)
        dataset = publish({QUADS_FILE: lines}, manifest, scratch / f"built-{version}") / QUADS_FILE
        site = Site(Config(dataset), open_dataset(dataset), None)
        write_release(site, scratch / "released", [without_authored(part) for part in parts])
    return Released(scratch / "released", dataset)


def without_authored(part: Part) -> Part:
    """Return the part without the articles of this checkout, which are not those of the changed dataset."""

    def write(site: Site, release: Release) -> Iterator[tuple[str, Content]]:
        for name, content in part(site, release):
            if not name.startswith(_AUTHORED):
                yield name, content

    return write


def _dated(quads: Sequence[ox.Quad], version: str) -> list[ox.Quad]:
    values = {
        DCAT + "version": ox.Literal(version),
        DCTERMS + "modified": ox.Literal(DAYS[version], datatype=ox.NamedNode(XSD + "date")),
    }
    return [
        ox.Quad(quad.subject, quad.predicate, values[quad.predicate.value], quad.graph_name)
        if quad.subject == _DATASET and quad.predicate.value in values
        else quad
        for quad in quads
    ]


def _changed(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    gone, renamed, new = (ox.NamedNode(f"{BASE}id/{name}") for name in (GONE, RENAMED, NEW))
    label, entities = ox.NamedNode(RDFS + "label"), ox.NamedNode(f"{BASE}graph/entities")
    place = ox.NamedNode("https://w3id.org/battlegraph/ontology#Place")
    kept = [
        quad
        for quad in quads
        if gone not in (quad.subject, quad.object) and not (quad.subject == renamed and quad.predicate == label)
    ]
    return [
        *kept,
        ox.Quad(renamed, label, ox.Literal("Hadrut, renamed", language="en"), entities),
        ox.Quad(new, ox.NamedNode(RDF + "type"), place, entities),
        ox.Quad(new, label, ox.Literal("Nowhere in particular", language="en"), entities),
    ]
