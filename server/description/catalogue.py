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
from server.description.endpoint import describe_endpoint
from server.description.release import describe_release
from server.description.series import describe_series
from server.description.versioned import version_description
from server.releases.release import Release

if TYPE_CHECKING:
    from server.site import Site


def describe_all(site: Site) -> Iterator[ox.Triple]:
    """Yield what is known of the dataset now, its named graph `dataset` aside.

    Raises `AlteredFile` where the newest release can no more say what it is.
    """
    yield from describe_endpoint(site.publication, site.dataset.base)
    yield from describe_series(site.publication, site.dataset.base, site.releases)
    for newest in site.releases[:1]:
        yield from describe_release(site.archive.publication(newest), newest, with_graphs=False)


def describe_one(site: Site, release: Release) -> Iterator[ox.Triple]:
    """Yield what a release says of itself, which is of the dataset that the site serves."""
    yield from version_description(own_description(site), site.publication, release)
    yield from describe_endpoint(site.publication, site.dataset.base)
    yield from describe_release(site.publication, release)


def own_description(site: Site) -> Iterator[ox.Triple]:
    """Yield what the dataset says of itself."""
    graph = ox.NamedNode(graph_iri("dataset", site.dataset.base))
    return (quad.triple for quad in site.dataset.store.quads_for_pattern(None, None, None, graph))
