"""Quads to bytes, the same bytes for the same quads in any order.

Quads go in, a document in one of the RDF formats comes out: sorted, with the prefixes
it uses and no others. The triple formats write the merge of the graphs, so every
format of one description holds the same triples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES, curie
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from server.terms.taxonomy import TYPE

WRITERS: Final[Mapping[str, ox.RdfFormat]] = {
    TURTLE.name: ox.RdfFormat.TURTLE,
    N_TRIPLES.name: ox.RdfFormat.N_TRIPLES,
    N_QUADS.name: ox.RdfFormat.N_QUADS,
    TRIG.name: ox.RdfFormat.TRIG,
    JSON_LD.name: ox.RdfFormat.JSON_LD,
    RDF_XML.name: ox.RdfFormat.RDF_XML,
}
"""The engine's writer for each of our RDF formats, by the format's name."""
# JSON-LD could name graphs too, but then its default graph, which is all that most readers look at, is empty.
_QUAD_FORMATS: Final = (N_QUADS, TRIG)
# Looking through all prefixes for every IRI took a quarter of the time of writing a large graph.
_short: Final = lru_cache(maxsize=20_000)(curie)
# XML 1.0 section 2.2; a literal may hold the others, and no escape of XML can write them.
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*\Z")


class UnwritableQuads(ValueError):
    """These quads cannot be written in the format asked for; the message says why."""


def serialise(quads: Iterable[ox.Quad], target: Format, *, first: ox.NamedNode | None = None) -> bytes:
    """Return the quads in one RDF format, the subject `first` before the others.

    Raises `UnwritableQuads` where RDF/XML has no way to write one of them.
    """
    kept = set(quads)
    writer = WRITERS[target.name]
    if target in _QUAD_FORMATS:
        statements: list[ox.Quad] | list[ox.Triple] = sorted(
            kept, key=lambda quad: (str(quad.graph_name), _place(quad.triple, first))
        )
    else:
        statements = sorted({quad.triple for quad in kept}, key=lambda triple: _place(triple, first))
    if target is RDF_XML:
        _require_xml(statements)
    written = ox.serialize(statements, format=writer, prefixes=used_prefixes(kept)) or b""
    if target is JSON_LD:
        # The library writes it all on one line, which nobody can read.
        return json.dumps(json.loads(written), ensure_ascii=False, indent=1).encode() + b"\n"
    return written


def used_prefixes(quads: Collection[ox.Quad]) -> dict[str, str]:
    """Return those of our prefixes that shorten an IRI of these quads, in their usual order."""
    used = set()
    for iri in _iris(quads):
        short = _short(iri)
        if short is not None:
            used.add(short.partition(":")[0])
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix in used}


def _iris(quads: Collection[ox.Quad]) -> set[str]:
    iris = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    return iris


def _place(triple: ox.Triple, first: ox.NamedNode | None) -> tuple[bool, str, bool, str, str]:
    """Return the sort key: the thing itself first, then by subject; `a` before other predicates."""
    return (
        triple.subject != first,
        str(triple.subject),
        triple.predicate != TYPE,
        triple.predicate.value,
        str(triple.object),
    )


def _require_xml(statements: Iterable[ox.Quad | ox.Triple]) -> None:
    for statement in statements:
        if _XML_NAME.search(statement.predicate.value) is None:
            raise UnwritableQuads(
                f"RDF/XML cannot write the property <{statement.predicate.value}>, which does not end in an XML name"
            )
        if isinstance(statement.object, ox.Literal) and _NOT_XML.search(statement.object.value):
            raise UnwritableQuads(
                f"RDF/XML cannot write a value of <{statement.subject}>: it holds a control character"
            )
