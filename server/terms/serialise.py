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
END_OF_XML: Final = b"\n</rdf:RDF>"
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
        require_plain_values(kept)
        return write_jsonld(kept, order).encode()
    return _write_xml(kept, order, comments)


def _sorted_lines(statements: Iterable[ox.Quad] | Iterable[ox.Triple], target: ox.RdfFormat) -> bytes:
    lines = (ox.serialize(statements, format=target) or b"").splitlines(keepends=True)
    # UTF-8 sorts as bytes as it does by code point; equal statements, which are equal lines, are told apart there.
    return b"".join(sorted(set(lines)))


def _write_xml(quads: Iterable[ox.Quad], order: ReadingOrder, comments: Sequence[str]) -> bytes:
    triples = {quad.triple for quad in quads}
    said = [triples for section in order.sections(triples) for _, triples in section.subjects]
    prefixes = prefixes_of_xml(triples)
    return head_of_xml(comments, prefixes) + body_of_xml(said, prefixes) + END_OF_XML


def prefixes_of_xml(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes of the properties and classes, after which elements are named."""
    names = ShortNames()
    for triple in triples:
        names.of(triple.predicate.value)
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            names.of(triple.object.value)
    return names.prefixes()


def head_of_xml(comments: Sequence[str], prefixes: dict[str, str]) -> bytes:
    """Return what stands before the subjects."""
    written = ox.serialize([], format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    declaration, root = written.removesuffix(END_OF_XML).split(b"\n", 1)
    # XML 1.0 section 2.5: no two hyphens in a comment.
    text = re.sub("-(?=-)", "- ", NOT_XML.sub(" ", "\n".join(comments)))
    return declaration + (f"\n<!--\n{text}\n-->\n" if comments else "\n").encode() + root


def body_of_xml(said: Iterable[Sequence[ox.Triple]], prefixes: dict[str, str]) -> bytes:
    """Return some subjects as elements, each with its triples in order; the prefixes are those of the document.

    Raises `UnwritableQuads` where RDF/XML has no way to write one of them.
    """
    triples: list[ox.Triple] = []
    for own in said:
        ordered = sorted(own, key=_is_nameless_class)
        _require_xml(ordered)
        triples += ordered
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    # The engine leaves a carriage return as it is, and readers make a line feed of it (XML 1.0 section 2.11).
    head = ox.serialize([], format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    return written.removeprefix(head.removesuffix(END_OF_XML)).removesuffix(END_OF_XML).replace(b"\r", b"&#xD;")


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


def require_plain_values(said: Iterable[ox.Quad] | Iterable[ox.Triple]) -> None:
    """Raise `UnwritableQuads` where JSON-LD cannot write one of these."""
    for statement in said:
        if isinstance(statement.object, ox.Triple):
            raise UnwritableQuads(f"JSON-LD cannot write a value of {statement.subject}: it is a triple itself")
