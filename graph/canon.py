"""The canonical form of a dataset, and its move to another base.

With no blank node in it, RDFC-1.0 (section 4.4) comes down to this: each quad as one
canonical N-Quads line, sorted by code point. The SHA-256 of these bytes names the dataset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

from graph.iris import rebase
from graph.issues import Fault
from graph.namespaces import CANONICAL_BASE


class BlankNodeFound(Fault):
    """A quad that has no canonical form of its own; the message shows it."""


def canonical_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Return the quads as sorted N-Quads, each once; raise `BlankNodeFound` where one has a blank node."""
    quads = [*quads]
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise BlankNodeFound(f"{quad} has a blank node: nothing that is published may have one; give it an IRI")
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    # UTF-8 sorts as bytes as it does by code point.
    return b"".join(sorted(set(lines)))


def digest(nquads: bytes) -> str:
    """Return the SHA-256 of canonical N-Quads, in hexadecimal."""
    return hashlib.sha256(nquads).hexdigest()


def rebased_lines(quads: Iterable[ox.Quad], base: str) -> bytes:
    """Return what `canonical_nquads` does, with the data's IRIs on another base."""
    return canonical_nquads(quads if base == CANONICAL_BASE else rebased(quads, base))


def rebased(quads: Iterable[ox.Quad], base: str) -> Iterator[ox.Quad]:
    """Yield the quads with the data's IRIs on another base."""
    for q in quads:
        yield ox.Quad(_on(base, q.subject), _on(base, q.predicate), _on(base, q.object), _on(base, q.graph_name))


_Term = TypeVar("_Term", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph)


def _on(base: str, term: _Term) -> _Term | ox.NamedNode:
    return ox.NamedNode(rebase(term.value, base)) if isinstance(term, ox.NamedNode) else term
