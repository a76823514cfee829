"""The releases that hold a thing: its data as it was in each, and the graph of a viewpoint as a file of each.

Whether a release knows a thing is a search in its sorted file. Only the newest are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graph.iris import graph_iri
from server.http.formats import RDF_FORMATS, TURTLE, Format
from server.memento.data import data_history
from server.site import Site
from server.terms.links import encode_path

_MOST: Final = 10
_VIEWPOINT: Final = "viewpoint/"


@dataclass(frozen=True, slots=True)
class Version:
    """A thing, or its graph, in a release."""

    version: str
    modified: str
    href: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a viewpoint is said to assert, as one file."""

    count: int
    """How many statements it has."""
    files: tuple[tuple[Format, str], ...]
    """Each format with its address."""
    released: tuple[Version, ...]
    """The same in releases, the newest first."""


def read_versions(site: Site, name: str) -> tuple[Version, ...]:
    """Return the data of a thing in the newest releases that know it, but for the one that is served; the newest first.

    None in a copy of the site without a server, which does not have them.
    """
    history = data_history(site, name, TURTLE.name)
    known = reversed(history.mementos if history else ())
    others = (one for one in known if one.release is not site.standing.release)
    return tuple(Version(one.release.version, one.release.record.modified, one.path) for one in islice(others, _MOST))


def read_whole(site: Site, name: str) -> Whole | None:
    """Return the graph of a viewpoint as files; None where the thing is no viewpoint with a graph of its own."""
    count = site.counts.graphs.get(graph_iri(name, site.dataset.base)) if name.startswith(_VIEWPOINT) else None
    if not count:
        return None
    path = f"{site.links.root}/graph/{encode_path(name)}"
    return Whole(count, tuple((x, f"{path}.{x.name}") for x in RDF_FORMATS), tuple(_released(site, name)))


def _released(site: Site, name: str) -> Iterator[Version]:
    for release in site.releases[:_MOST]:
        file = f"graphs/{name}.{TURTLE.name}"
        if file in release.by_name:
            href = f"{site.links.root}{release.path}{encode_path(file)}"
            yield Version(release.version, release.record.modified, href)
