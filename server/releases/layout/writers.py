"""Subjects in their order to the words of a format, some at a time: any process can write any of them.

What a format says at its top, its prefixes and its context, is known when all is written;
so each piece says what it has used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from server.terms.compact_jsonld import BETWEEN, JsonLdWriter
from server.terms.readable_turtle import TurtleWriter
from server.terms.reading_order import Section
from server.terms.serialise import body_of_xml, require_plain_values


@dataclass(frozen=True, slots=True)
class Piece:
    """A subject to write as Turtle, and what stands before it."""

    document: str
    """The name of the file."""
    before: str
    indent: str
    lines: bytes
    """What is said of it, as N-Triples in order."""

    def __len__(self) -> int:
        """Return the bytes that there are to write."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some of a document's subjects, written."""

    document: str
    text: bytes
    prefixes: frozenset[str]


@dataclass(frozen=True, slots=True)
class JsonLdFrame:
    """What a document of JSON-LD has throughout."""

    forms: Mapping[ox.NamedNode, frozenset[str]]
    schemes: frozenset[str]


def write_turtle(_: None, pieces: Sequence[Piece]) -> list[Passage]:
    """Return the subjects as Turtle or in the graphs of TriG, as many passages as there are documents."""
    return [_passage(name, found) for name, found in groupby(pieces, key=lambda piece: piece.document)]


def write_jsonld(frame: JsonLdFrame, said: Sequence[bytes]) -> Passage:
    """Return the subjects as nodes of JSON-LD; raise `UnwritableQuads` where it has no way to write one."""
    writer = JsonLdWriter(frame.forms, frame.schemes)
    nodes = []
    for triples in map(_triples, said):
        require_plain_values(triples)
        nodes.append(writer.node(triples[0].subject, triples))
    return Passage("", BETWEEN.join(nodes).encode(), frozenset(writer.prefixes()))


def write_xml(prefixes: dict[str, str], said: Sequence[bytes]) -> bytes:
    """Return the subjects as elements of RDF/XML; raise `UnwritableQuads` where it has no way to write one."""
    return body_of_xml(map(_triples, said), prefixes)


def _passage(document: str, pieces: Iterable[Piece]) -> Passage:
    writer = TurtleWriter()
    text = "".join(part for piece in pieces for part in (piece.before, *_subject(writer, piece)))
    return Passage(document, text.encode(), frozenset(writer.prefixes()))


def _subject(writer: TurtleWriter, piece: Piece) -> Iterator[str]:
    triples = tuple(_triples(piece.lines))
    return writer.sections([Section("", ((triples[0].subject, triples),))], piece.indent)


def _triples(lines: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
