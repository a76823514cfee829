"""Named graphs of millions of quads as data, piece by piece: nothing is sorted, and nothing is held.

The store has the quads of a graph subject by subject. Formats that need the whole before
they can begin, as JSON-LD does to say each thing once, are not offered for such a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from server.http.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from server.terms.serialise import WRITERS

LONG: Final = 20_000
"""Quads up to which a graph is written as a whole, in the order in which it is best read."""
LONG_FORMATS: Final = (TURTLE, N_TRIPLES, N_QUADS, TRIG)
"""Formats in which more than that can be written."""

_PIECE: Final = 1_000
_WITH_PREFIXES: Final = (TURTLE, TRIG)


def write_pieces(quads: Iterable[ox.Quad], target: Format, header: Sequence[str]) -> Iterator[bytes]:
    """Yield the quads of one graph in one of `LONG_FORMATS`, as they come; each piece goes on where the last ended.

    The lines of `header` are a comment at the top of Turtle and TriG.
    """
    prefixes = dict(PREFIXES) if target in _WITH_PREFIXES else {}
    yield "".join(f"# {' '.join(line.split())}\n" for line in header if prefixes).encode()
    rest, declared = iter(quads), 0
    while piece := list(islice(rest, _PIECE)):
        statements = piece if target in (N_QUADS, TRIG) else [quad.triple for quad in piece]
        written = ox.serialize(statements, format=WRITERS[target.name], prefixes=prefixes or None) or b""
        # The prefixes that the first piece declares hold for all that comes after it.
        yield written.split(b"\n", declared)[-1]
        declared = len(prefixes)
