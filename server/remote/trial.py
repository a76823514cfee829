"""Finding out what a store keeps of the literals it is given, before a dataset is loaded into it.

What it changes for good is kept from it: the datatype gets a name that the store does not
know, in the data and in queries alike, and its own again in answers. Virtuoso 7.2.5 makes
points of single precision of geo:wktLiteral, and seconds of xsd:duration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from graph.namespaces import XSD
from server.remote.endpoint import Endpoint
from server.remote.failures import RefusedByStore, UnfitForStore
from server.remote.names import ROOT, Version
from server.remote.terms import Term, text
from server.remote.writing import Writer

_STATES: Final = ox.NamedNode(f"{ROOT}tried")
# Queries compute with these, so a store has to know them as what they are.
_COMPUTED: Final = frozenset(
    XSD + name for name in ("string", "boolean", "integer", "decimal", "double", "float", "date", "dateTime")
)


def find_changed(
    writer: Writer, endpoint: Endpoint, version: Version, samples: Mapping[str, Sequence[ox.Literal]]
) -> frozenset[str]:
    """Return the datatypes whose literals the store does not give back as they were.

    Raises `UnfitForStore` where that is one queries compute with, or a text in a language.
    """
    changed = {kind for kind, literals in samples.items() if not _keeps(writer, endpoint, version, literals)}
    for kind in sorted(changed):
        if kind in _COMPUTED or ":" not in kind:
            first = min(samples[kind], key=str)
            raise UnfitForStore(
                f"{endpoint.name} does not keep literals of {kind} as they are, such as {str(first)[:80]}: "
                "load this dataset into another store"
            )
    return frozenset(changed)


def _keeps(writer: Writer, endpoint: Endpoint, version: Version, literals: Sequence[ox.Literal]) -> bool:
    graph = ox.NamedNode(f"{version.prefix}trial")
    nodes = {f"{version.prefix}{number}": literal for number, literal in enumerate(literals)}
    lines = "".join(f"<{node}> {_STATES} {literal} .\n" for node, literal in nodes.items())
    try:
        writer.add(graph, lines.encode())
        rows = endpoint.rows(f"SELECT ?s ?o WHERE {{ GRAPH {graph} {{ ?s {_STATES} ?o }} }}")
    except RefusedByStore as error:
        if error.status in (401, 403):
            raise
        return False
    finally:
        writer.drop(graph)
    found = {text(row["s"]): row["o"] for row in rows}
    return found == {node: _as_embedded(literal) for node, literal in nodes.items()}


def _as_embedded(literal: ox.Literal) -> Term:
    """Return the literal that the embedded store makes of one."""
    store = ox.Store()
    store.add(ox.Quad(_STATES, _STATES, literal))
    (quad,) = store.quads_for_pattern(_STATES, _STATES, None, ox.DefaultGraph())
    return quad.object
