"""The parts of a release that describe it: first in the words of each kind of reader, then file by file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from server.description.catalogue import describe_one
from server.description.citation import cite
from server.description.crate import CRATE_FILE, describe_crate
from server.description.datacite import describe_for_datacite
from server.description.heading import release_heading
from server.description.json_nodes import write_json
from server.description.schema_org import CONTEXT, describe_dataset
from server.http.formats import JSON_LD, TURTLE
from server.releases.release import Release
from server.site import Site
from server.terms.serialise import serialise

_FORMATS: Final = (TURTLE, JSON_LD)


def write_descriptions(site: Site, release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield what the release says of itself: DCAT, schema.org, DataCite, how to cite it."""
    quads = [ox.Quad(*triple) for triple in describe_one(site, release)]
    head, node = release_heading(site.publication, release), ox.NamedNode(release.iri)
    for target in _FORMATS:
        yield f"description.{target.name}", serialise(quads, target, first=node, header=head)
    dataset = {"@context": CONTEXT, **describe_dataset(site.publication, release)}
    yield "schema-org.jsonld", write_json(dataset)
    yield "datacite.json", describe_for_datacite(site.publication, release)
    yield "CITATION.cff", cite(site.publication, release.iri)


def write_crate(site: Site, release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield the metadata that make the release's folder an RO-Crate, of all files that are there so far."""
    yield CRATE_FILE, describe_crate(site.publication, release)
