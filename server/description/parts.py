"""The parts of a release that describe it: first in the words of each kind of reader, then file by file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.workforce.force import Workforce
from graph.workforce.opening import Here
from server.description.catalogue import describe_one
from server.description.citation import cite
from server.description.crate import CRATE_FILE, describe_crate
from server.description.datacite import describe_for_datacite
from server.description.heading import release_heading
from server.description.json_nodes import write_json
from server.description.schema_org import CONTEXT, describe_dataset
from server.http.formats import JSON_LD, TURTLE
from server.releases.layout.nodes import jsonld
from server.releases.layout.rows import Rows
from server.releases.layout.turtle import turtle
from server.releases.part import Content
from server.releases.release import Release
from server.site import Site

_ALONE: Final = Here()


def write_descriptions(
    site: Site, release: Release, workforce: Workforce = _ALONE, scratch: Path | None = None
) -> Iterator[tuple[str, Content]]:
    """Yield what the release says of itself: DCAT, schema.org, DataCite, how to cite it.

    Workforce and `scratch` are as in `server.releases.contents.write_contents`.
    """
    head, node = release_heading(site.publication, release), ox.NamedNode(release.iri)
    with Rows(scratch or release.folder, workforce) as rows:
        rows.take(describe_one(site, release), node)
        yield f"description.{TURTLE.name}", turtle(rows, head)
        yield f"description.{JSON_LD.name}", jsonld(rows)
    dataset = {"@context": CONTEXT, **describe_dataset(site.publication, release)}
    yield "schema-org.jsonld", write_json(dataset)
    yield "datacite.json", describe_for_datacite(site.publication, release)
    yield "CITATION.cff", cite(site.publication, release.iri)


def write_crate(site: Site, release: Release) -> Iterator[tuple[str, Content]]:
    """Yield the metadata that make the release's folder an RO-Crate, of all files that are there so far."""
    yield CRATE_FILE, describe_crate(site.publication, release)
