"""What a store's graphs are called: a version's own names for its graphs, and the catalogue that lists the versions.

Every version that is loaded has graphs of its own, so that two can stand side by side. What
clients know as `<iri>` stands in the graph `urn:x-battlegraph:VERSION:graph:IRI`; beside
those, a version has the merge of them all and a list of which graph is called what. One
graph, the catalogue, is shared by the versions: the one with the highest serial is served.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

ROOT: Final = "urn:x-battlegraph:"
CATALOGUE: Final = ox.NamedNode(f"{ROOT}catalogue")

SERIAL: Final = ox.NamedNode(f"{ROOT}serial")
"""Version to integer: it is whole, and the highest one is served. Taken away before anything of it is."""
LOADING: Final = ox.NamedNode(f"{ROOT}loading")
"""Version to the moment its load began; taken away with the version alone."""
MANIFEST: Final = ox.NamedNode(f"{ROOT}manifest")
"""Version to its manifest, as JSON."""
KEPT: Final = ox.NamedNode(f"{ROOT}kept")
"""Version to an IRI that stands in the store behind `KEPT_PREFIX`: see `Masks`."""
NAME_OF: Final = ox.NamedNode(f"{ROOT}nameOf")
"""Physical graph to the name that clients know, in the version's own list."""

KEPT_PREFIX: Final = f"{ROOT}kept:"
# No `#`: an IRI has one at most.
_SAFE: Final = ":/?=&,;~"


@dataclass(frozen=True, slots=True)
class Version:
    """The names of one version's graphs."""

    token: str
    """What tells this load from all others: letters, digits and hyphens."""

    @property
    def node(self) -> ox.NamedNode:
        """The version in the catalogue."""
        return ox.NamedNode(f"{ROOT}{self.token}")

    @property
    def merged(self) -> ox.NamedNode:
        """The graph that holds the merge of all its graphs."""
        return ox.NamedNode(f"{ROOT}{self.token}:merged")

    @property
    def names(self) -> ox.NamedNode:
        """The graph that says which of its graphs is called what."""
        return ox.NamedNode(f"{ROOT}{self.token}:names")

    @property
    def prefix(self) -> str:
        """What the name of each of its graphs begins with, these two included."""
        return f"{ROOT}{self.token}:"

    @property
    def graphs(self) -> str:
        """What the physical names of the graphs begin with that clients know."""
        return f"{self.prefix}graph:"

    def graph(self, iri: str) -> ox.NamedNode:
        """Return the physical name of the graph that clients know by this IRI: one for each, whatever is in it."""
        # A percent sign is escaped as well, so that no two IRIs give one name.
        return ox.NamedNode(self.graphs + quote(iri, safe=_SAFE))
