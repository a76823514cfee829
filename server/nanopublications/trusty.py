"""Trusty URIs: the artifact code of a set of quads that may name themselves by it.

Module RA of https://trustyuri.net, version 1: the quads are put in order with a blank in
the place of the code, and the SHA-256 of that text is the code. The library `nanopub`
does both; nothing else knows of it. Importing it takes 0.2 s, which `serve` need not wait
for, so this module is imported by whoever makes a nanopublication, and not before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox
import rdflib

_normalises = rdflib.NORMALIZE_LITERALS
from nanopub.trustyuri.rdf import RdfHasher  # noqa: E402

# The import turns it off for everyone in the process, and validation reads literals by rdflib too.
rdflib.NORMALIZE_LITERALS = _normalises

# It has no types.
_hasher: Any = RdfHasher
_BLANK: Final = " "


class _AsWritten(rdflib.Literal):
    """A literal with a datatype that stays as it is written.

    rdflib would read its value, and log a traceback where Python has none, as for a year
    before the first.
    """

    stated: rdflib.URIRef

    @property
    def datatype(self) -> rdflib.URIRef:
        """The datatype."""
        return self.stated


def normalise(quads: Iterable[ox.Quad], stem: str) -> str:
    """Return the text of which the code is the hash and which a signature signs.

    `stem` is the name that the quads have for themselves, without the code; parts of it
    are named by fragments. No quad may have a blank node.
    """
    text: str = _hasher.normalize_quads(_terms(quads), hashstr=_BLANK, baseuri=f"{stem}#")
    return text


def artifact_code(quads: Iterable[ox.Quad], stem: str) -> str:
    """Return the artifact code of these quads, `RA` and 43 characters."""
    code: str = _hasher.make_hash(_terms(quads), hashstr=_BLANK, baseuri=f"{stem}#")
    return code


def with_code(quads: Iterable[ox.Quad], stem: str, code: str) -> list[ox.Quad]:
    """Return the quads with the code in each name that is the stem or a fragment of it."""

    def renamed(term: Any) -> Any:
        is_own = isinstance(term, ox.NamedNode) and (term.value == stem or term.value.startswith(f"{stem}#"))
        return ox.NamedNode(f"{stem}{code}{term.value.removeprefix(stem)}") if is_own else term

    return [ox.Quad(*map(renamed, quad)) for quad in quads]


def _terms(quads: Iterable[ox.Quad]) -> list[tuple[rdflib.term.Node, ...]]:
    return [tuple(map(_term, (quad.graph_name, quad.subject, quad.predicate, quad.object))) for quad in quads]


def _term(term: Any) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"{term} has no name: a nanopublication consists of IRIs and literals")
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    literal = _AsWritten(term.value)
    literal.stated = rdflib.URIRef(term.datatype.value)
    return literal
