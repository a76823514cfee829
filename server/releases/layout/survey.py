"""What a walk through families of subjects finds: the place of each in every format, and what concerns a whole format.

Any process can do a part of the walk; what the parts found is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import BG
from graph.releases import UnreadableDataset
from graph.store import triple_line
from server.releases.layout.families import Family
from server.terms.compact_jsonld import forms_of, schemes_of
from server.terms.readable_turtle import english_labels
from server.terms.reading_order import Heading, Place, ReadingOrder, Subject, stands_apart
from server.terms.serialise import prefixes_of_xml

_ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")

RowPlace: TypeAlias = tuple[Place, bool]
"""Where a subject stands; the lists of its parts, where they stand apart, after the rest."""


class Use(Enum):
    """Which formats of the merge a row is for."""

    EVERY = "every"
    APART = "apart"
    """Those in which lists of parts stand apart: Turtle."""
    TOGETHER = "together"
    """The others."""


@dataclass(frozen=True, slots=True)
class MergedRow:
    """What the merge of the graphs says of a subject, as N-Triples in order."""

    place: RowPlace
    use: Use
    lines: bytes


@dataclass(frozen=True, slots=True)
class GraphRow:
    """What one named graph says of a subject, as N-Triples in order."""

    graph: str
    place: RowPlace
    """In the file of the graph alone."""
    place_among_all: RowPlace
    """In the graph, where all graphs are in one file."""
    lines: bytes


@dataclass(slots=True)
class GraphFacts:
    """What concerns a whole named graph."""

    quads: int = 0
    headings: set[Heading] = field(default_factory=set)
    """Of its file."""
    headings_among_all: set[Heading] = field(default_factory=set)
    first: tuple[RowPlace, Heading] | None = None
    """The least place of a subject where all graphs are in one file, and the section that subject is of."""
    label: str | None = None

    def add(self, other: GraphFacts) -> None:
        """Add what another part of the walk found."""
        self.quads += other.quads
        self.headings |= other.headings
        self.headings_among_all |= other.headings_among_all
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.label = min(filter(None, (self.label, other.label)), default=None)


@dataclass(slots=True)
class Facts:
    """What concerns whole formats."""

    claims: int = 0
    graphs: dict[str, GraphFacts] = field(default_factory=dict)
    """By IRI; of one without quads there may be the label alone."""
    headings: set[Heading] = field(default_factory=set)
    """Of the merge as Turtle."""
    forms: dict[ox.NamedNode, set[str]] = field(default_factory=dict)
    """For JSON-LD."""
    schemes: set[str] = field(default_factory=set)
    """For JSON-LD."""
    prefixes: set[str] = field(default_factory=set)
    """For RDF/XML."""

    def of_graph(self, graph: str) -> GraphFacts:
        """Return what is known of a graph, to be added to."""
        return self.graphs.setdefault(graph, GraphFacts())

    def add(self, other: Facts) -> None:
        """Add what another part of the walk found."""
        self.claims += other.claims
        for graph, found in other.graphs.items():
            self.of_graph(graph).add(found)
        self.headings |= other.headings
        for property_, forms in other.forms.items():
            self.forms.setdefault(property_, set()).update(forms)
        self.schemes |= other.schemes
        self.prefixes |= other.prefixes


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in some families."""

    merged: tuple[MergedRow, ...]
    graphs: tuple[GraphRow, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Frame:
    """What a walk is of."""

    file: str
    """What messages call the dataset."""
    graphs: str
    """What the IRIs of all named graphs begin with."""
    first: str | None
    """The subject that stands before all others where all graphs are together."""


def survey(frame: Frame, found: Iterable[Family]) -> Survey:
    """Return what there is to know of some families; raise `UnreadableDataset` for a graph that is none of ours."""
    merged: list[MergedRow] = []
    graphs: list[GraphRow] = []
    facts = Facts()
    first = ox.NamedNode(frame.first) if frame.first else None
    for family in found:
        quads, known = _quads(family.lines), _quads(family.known)
        _require_graphs(quads, frame)
        lines = {quad.triple: line for quad, line in zip(quads, _triple_lines(family.lines), strict=True)}
        order = ReadingOrder([*quads, *known], first=first)
        merged += _merged(order, lines, facts)
        graphs += _by_graph(order, quads, known, lines, facts)
        facts.claims += len({quad.subject for quad in quads if quad.predicate == _ACCORDING_TO})
        _note_forms(lines, facts)
        _note_labels(quads, frame, facts)
    return Survey(tuple(merged), tuple(graphs), facts)


def _quads(lines: bytes) -> list[ox.Quad]:
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _require_graphs(quads: Iterable[ox.Quad], frame: Frame) -> None:
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not name.startswith(frame.graphs):
            raise UnreadableDataset(
                f"{frame.file}: a statement in the graph <{name}>, none of ours; run `battlegraph build`"
            )


def _triple_lines(family: bytes) -> Iterator[bytes]:
    return map(triple_line, family.splitlines(keepends=True))


def _merged(order: ReadingOrder, lines: dict[ox.Triple, bytes], facts: Facts) -> Iterator[MergedRow]:
    for subject, (apart, rest) in _by_subject(lines).items():
        place = (order.place(subject), False)
        if not apart:
            yield MergedRow(place, Use.EVERY, _ordered(order, rest, lines))
            facts.headings.add(place[0][0])
            continue
        yield MergedRow(place, Use.TOGETHER, _ordered(order, apart + rest, lines))
        for row_place, triples in _parts(order, subject, apart, rest):
            yield MergedRow(row_place, Use.APART, _ordered(order, triples, lines))
            facts.headings.add(row_place[0][0])


def _by_graph(
    order: ReadingOrder,
    quads: Iterable[ox.Quad],
    known: Iterable[ox.Quad],
    lines: dict[ox.Triple, bytes],
    facts: Facts,
) -> Iterator[GraphRow]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(_iri(quad.graph_name), []).append(quad)
    for graph, own in graphs.items():
        alone = ReadingOrder([*own, *(quad for quad in known if _iri(quad.graph_name) == graph)])
        of_graph = facts.of_graph(graph)
        of_graph.quads += len(own)
        for subject, (apart, rest) in _by_subject(quad.triple for quad in own).items():
            both = zip(_parts(alone, subject, apart, rest), _parts(order, subject, apart, rest), strict=True)
            for (place, triples), (among_all, _) in both:
                yield GraphRow(graph, place, among_all, _ordered(alone, triples, lines))
                of_graph.headings.add(place[0][0])
                of_graph.headings_among_all.add(among_all[0][0])
                first = (among_all, order.section_of(subject))
                of_graph.first = min(first, of_graph.first or first)


def _by_subject(triples: Iterable[ox.Triple]) -> dict[Subject, tuple[list[ox.Triple], list[ox.Triple]]]:
    """Return what is said of each subject: what stands apart, and the rest."""
    said: dict[Subject, tuple[list[ox.Triple], list[ox.Triple]]] = {}
    for triple in triples:
        apart, rest = said.setdefault(triple.subject, ([], []))
        (apart if stands_apart(triple) else rest).append(triple)
    return said


def _parts(
    order: ReadingOrder, subject: Subject, apart: list[ox.Triple], rest: list[ox.Triple]
) -> Iterator[tuple[RowPlace, list[ox.Triple]]]:
    if rest:
        yield (order.place(subject), False), rest
    if apart:
        yield (order.place(subject, is_apart=True), True), apart


def _ordered(order: ReadingOrder, triples: Iterable[ox.Triple], lines: dict[ox.Triple, bytes]) -> bytes:
    return b"".join(lines[triple] for triple in order.in_order(triples))


def _note_forms(triples: Iterable[ox.Triple], facts: Facts) -> None:
    for property_, forms in forms_of(triples).items():
        facts.forms.setdefault(property_, set()).update(forms)
    facts.schemes |= schemes_of(triples)
    facts.prefixes |= prefixes_of_xml(triples).keys()


def _note_labels(quads: Iterable[ox.Quad], frame: Frame, facts: Facts) -> None:
    graphs = [quad.subject for quad in quads if _iri(quad.subject).startswith(frame.graphs)]
    for graph, label in english_labels(quads, graphs).items():
        facts.of_graph(_iri(graph)).add(GraphFacts(label=label))


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
