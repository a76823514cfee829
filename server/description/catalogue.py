"""The whole description in RDF: what the dataset says of itself, with its releases.

A release carries the description of itself alone, which stays true. The server's own
knows what came later: which version is current, and the series from first to last. It
tells the newest release with its files, but for those of one named graph each, of which
there is no end, and the others as versions; each release has its own description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.releases import Manifest
from graph.store import Dataset
from server.description.dcat import describe_endpoint, describe_release, describe_series
from server.description.publication import Publication, read_publication
from server.releases.release import Release, UnreadableRelease

if TYPE_CHECKING:
    from server.site import Site


def describe_all(site: Site) -> Iterator[ox.Triple]:
    """Yield what is known of the dataset now, its named graph `dataset` aside.

    Raises `UnreadableRelease` where the newest release does not hold what it was then.
    """
    yield from describe_endpoint(site.publication, site.dataset.base)
    yield from describe_series(site.publication, site.dataset.base, site.releases)
    for newest in site.releases[:1]:
        yield from describe_release(read_released(site, newest), newest, with_graphs=False)


def describe_one(site: Site, release: Release) -> Iterator[ox.Triple]:
    """Yield what a release says of itself, which is of the dataset that the site serves."""
    yield from own_description(site)
    yield from describe_endpoint(site.publication, site.dataset.base)
    yield from describe_release(site.publication, release)


def own_description(site: Site) -> Iterator[ox.Triple]:
    """Yield what the dataset says of itself."""
    graph = ox.NamedNode(graph_iri("dataset", site.dataset.base))
    return (quad.triple for quad in site.dataset.store.quads_for_pattern(None, None, None, graph))


def read_released(site: Site, release: Release) -> Publication:
    """Return what the dataset said of itself in the version of a release.

    Raises `UnreadableRelease` where the release does not hold it.
    """
    record = release.record
    if record.digest == site.dataset.digest:
        return site.publication
    file = release.folder / "graphs" / "dataset.ttl"
    store = ox.Store()
    try:
        content = file.read_bytes()
        store.load(content, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph_iri("dataset", record.base)))
    except (OSError, SyntaxError) as error:
        raise UnreadableRelease(f"{file}: not there or no Turtle; fetch the release again") from error
    manifest = Manifest(record.software, record.version, record.modified, record.base, record.sources, record.digest)
    return read_publication(Dataset(store, record.digest, manifest))
