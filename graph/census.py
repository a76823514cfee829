"""How much is in a dataset, counted as SPARQL counts: over the merge of its graphs.

What is counted comes one triple at a time with the graphs it stands in, sorted by subject,
so that counting takes no more memory than there are kinds of things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from graph.canon import canonical_nquads
from graph.iris import canonical_iri
from graph.namespaces import CANONICAL_BASE, RDF

_TYPE: Final = f"<{RDF}type>".encode()


@dataclass(frozen=True, slots=True)
class Block:
    """One triple in the terms of N-Quads, and the graphs in which it stands."""

    subject: bytes
    predicate: bytes
    object: bytes
    graphs: tuple[bytes, ...]
    """In their order."""

    def lines(self) -> Iterator[bytes]:
        """Yield its lines of N-Quads."""
        return (b"%b %b %b %b .\n" % (self.subject, self.predicate, self.object, graph) for graph in self.graphs)


def blocks(lines: Iterable[bytes]) -> Iterator[Block]:
    """Yield the triples of sorted lines of N-Quads, of which each is in a named graph and comes once."""
    split = (line.removesuffix(b" .\n").rpartition(b" ") for line in lines)
    for triple, found in groupby(split, key=lambda parts: parts[0]):
        subject, predicate, value = triple.split(b" ", 2)
        yield Block(subject, predicate, value, tuple(graph for _, _, graph in found))


@dataclass(frozen=True, slots=True)
class Census:
    """Numbers of distinct things; the keys are IRIs on the canonical base."""

    triples: int
    entities: int
    """Subjects under /id/."""
    classes: Mapping[str, int]
    """Members of each class."""
    properties: Mapping[str, int]
    """Triples of each property."""
    graphs: Mapping[str, int]
    """Triples of each named graph."""

    def __add__(self, other: Census) -> Census:
        """Return the census of both, which have no subject in common."""
        return Census(
            self.triples + other.triples,
            self.entities + other.entities,
            Counter(self.classes) + Counter(other.classes),
            Counter(self.properties) + Counter(other.properties),
            Counter(self.graphs) + Counter(other.graphs),
        )


class Tally:
    """Counts triples as they come, those of one subject after each other."""

    def __init__(self, base: str) -> None:
        """Take the base of the data's IRIs."""
        self._base = base
        self._entities = f"<{base}id/".encode()
        self._subject = b""
        self._triples = self._number = 0
        self._classes: Counter[bytes] = Counter()
        self._properties: Counter[bytes] = Counter()
        self._graphs: Counter[bytes] = Counter()

    def add(self, block: Block) -> None:
        """Count one triple."""
        if block.subject != self._subject:
            self._subject = block.subject
            self._number += block.subject.startswith(self._entities)
        self._triples += 1
        self._properties[block.predicate] += 1
        if block.predicate == _TYPE and block.object.startswith(b"<"):
            self._classes[block.object] += 1
        for graph in block.graphs:
            self._graphs[graph] += 1

    def census(self) -> Census:
        """Return what was counted."""
        classes, properties, graphs = (
            {canonical_iri(term[1:-1].decode(), self._base): number for term, number in counted.items()}
            for counted in (self._classes, self._properties, self._graphs)
        )
        return Census(self._triples, self._number, classes, properties, graphs)


def count(quads: Iterable[ox.Quad]) -> Census:
    """Return the numbers of quads on the canonical base, each in a named graph."""
    tally = Tally(CANONICAL_BASE)
    for block in blocks(canonical_nquads(quads).splitlines(keepends=True)):
        tally.add(block)
    return tally.census()
