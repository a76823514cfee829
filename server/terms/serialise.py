"""Quads to bytes, the same bytes for the same quads in any order.

Quads go in, a document in one of the RDF formats comes out. N-Triples and N-Quads are
sorted lines, which is their canonical form (RDFC-1.0) where no blank node is among them,
as in all that we publish. The other formats are there to be read too: prefixes that are
used and no others, subjects by kind, names first. The triple formats write the merge of
the graphs, so every format of one description holds the same triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from server.terms.compact_jsonld import write_jsonld
from server.terms.readable_turtle import write_trig, write_turtle
from server.terms.reading_order import ReadingOrder
from server.terms.short_names import ShortNames
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
# XML 1.0 section 2.2; a literal may hold the others, and no escape of XML can write them.
NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*\Z")


class UnwritableQuads(ValueError):
    """These quads cannot be written in the format asked for; the message says why."""


def serialise(
    quads: Iterable[ox.Quad], target: Format, *, first: ox.NamedNode | None = None, header: Sequence[str] = ()
) -> bytes:
    """Return the quads in one RDF format, the subject `first` before the others.

    The lines of `header` are a comment at the top of Turtle, TriG and RDF/XML. N-Triples
    and N-Quads are canonical, so they have neither a comment nor a subject that stands
    first, and JSON-LD has no comments. JSON-LD could name graphs, but then its default
    graph, which is all that most readers look at, would be empty; so it has the merge.

    Raises `UnwritableQuads` where RDF/XML or JSON-LD has no way to write one of them.
    """
    if target is N_TRIPLES:
        return _sorted_lines((quad.triple for quad in quads), ox.RdfFormat.N_TRIPLES)
    if target is N_QUADS:
        return _sorted_lines(quads, ox.RdfFormat.N_QUADS)
    kept = set(quads)
    order = ReadingOrder(kept, first=first)
    comments = [" ".join(line.split()) for line in header]
    if target is TURTLE:
        return write_turtle(kept, order, comments).encode()
    if target is TRIG:
        return write_trig(kept, order, comments).encode()
    if target is JSON_LD:
        _require_plain_values(kept)
        return write_jsonld(kept, order).encode()
    return _write_xml(kept, order, comments)


def _sorted_lines(statements: Iterable[ox.Quad] | Iterable[ox.Triple], target: ox.RdfFormat) -> bytes:
    lines = (ox.serialize(statements, format=target) or b"").splitlines(keepends=True)
    # UTF-8 sorts as bytes as it does by code point; equal statements, which are equal lines, are told apart there.
    return b"".join(sorted(set(lines)))


def _write_xml(quads: Iterable[ox.Quad], order: ReadingOrder, comments: Sequence[str]) -> bytes:
    triples: list[ox.Triple] = []
    for section in order.sections({quad.triple for quad in quads}):
        for _, said in section.subjects:
            triples += sorted(said, key=_is_nameless_class)
            _require_xml(triples[-len(said) :])
    names = ShortNames()
    # Elements are named after properties and after classes.
    for triple in triples:
        names.of(triple.predicate.value)
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            names.of(triple.object.value)
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=names.prefixes()) or b""
    # The engine leaves a carriage return as it is, and readers make a line feed of it (XML 1.0 section 2.11).
    written = written.replace(b"\r", b"&#xD;")
    if not comments:
        return written
    # XML 1.0 section 2.5: no two hyphens in a comment.
    text = re.sub("-(?=-)", "- ", NOT_XML.sub(" ", "\n".join(comments)))
    declaration, rest = written.split(b"\n", 1)
    return declaration + f"\n<!--\n{text}\n-->\n".encode() + rest


def _is_nameless_class(triple: ox.Triple) -> bool:
    """Tell whether the engine, which makes an element of a class that comes first, would make one without a name."""
    return (
        triple.predicate == TYPE
        and isinstance(triple.object, ox.NamedNode)
        and _XML_NAME.search(triple.object.value) is None
    )


def _require_xml(said: Sequence[ox.Triple]) -> None:
    """Raise where RDF/XML cannot write what is said of a subject."""
    if _is_nameless_class(said[0]):
        raise UnwritableQuads(f"RDF/XML cannot write the class {said[0].object}, which does not end in an XML name")
    for triple in said:
        if _XML_NAME.search(triple.predicate.value) is None:
            raise UnwritableQuads(
                f"RDF/XML cannot write the property {triple.predicate}, which does not end in an XML name"
            )
        if isinstance(triple.object, ox.Literal) and NOT_XML.search(triple.object.value):
            raise UnwritableQuads(f"RDF/XML cannot write a value of {triple.subject}: it holds a control character")


def _require_plain_values(quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            raise UnwritableQuads(f"JSON-LD cannot write a value of {quad.subject}: it is a triple itself")
