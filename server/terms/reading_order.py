"""The order in which every format names subjects and speaks of them, for whoever reads from top to bottom.

Subjects stand by kind, each with its parts after it; of a subject its classes come first,
then its names, then the rest by property. The kind comes from the classes that the quads
themselves state, so the order depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from server.terms.short_names import short_name
from server.terms.taxonomy import TYPE

Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Heading: TypeAlias = tuple[int, str]
"""Of a section its rank among the others, and what it is called."""
Place: TypeAlias = tuple[Heading, str, bool, str]
"""Where a subject stands in a document: its section, the whole it is a part of or itself, whether it is one, itself."""

# General classes are enough, because the data states them beside the exact ones.
_KINDS: Final = (
    ("Documents", "foaf:Document"),
    ("The dataset", "dcat:Dataset dcat:DatasetSeries"),
    ("Its files and services", "dcat:Distribution dcat:DataService sd:Service spdx:Checksum"),
    ("Articles", "bg:Article bg:ArticleText"),
    ("Events", "sem:Event"),
    ("Places", "geo:Feature"),
    ("Geometries", "geo:Geometry sf:Point"),
    ("Polities, organisations, units and people", "sem:Actor"),
    ("Viewpoints", "bg:Viewpoint"),
    ("Claims", "bg:Claim"),
    ("Lists of losses", "bg:LossList"),
    ("What the article omits", "bg:Omission"),
    ("Anchors", "oa:SpecificResource"),
    ("References", "bg:Reference biro:BibliographicReference"),
    ("Footnotes", "bg:Note"),
    ("Gaps", "bg:Gap"),
    ("Links to other datasets", "bg:CrossLink"),
    ("Graphs", "sd:NamedGraph sd:Graph void:Dataset"),
    ("How the dataset was made", "prov:Activity prov:Agent prov:SoftwareAgent prov:Plan foaf:Agent"),
    ("Rights and provenance", "dcterms:RightsStatement dcterms:ProvenanceStatement"),
    ("Validation", "sh:ValidationReport sh:ValidationResult"),
)
# Kinds that are on neither list stand between the two, each under its own name.
_TERMS: Final = (
    ("Vocabularies", "owl:Ontology skos:ConceptScheme"),
    ("Classes", "owl:Class rdfs:Class"),
    ("Properties", "owl:ObjectProperty owl:DatatypeProperty rdf:Property"),
    ("Concepts", "skos:Concept"),
    ("Shapes", "sh:NodeShape sh:PropertyShape"),
    ("Queries", "sh:SPARQLExecutable sh:SPARQLSelectExecutable"),
)
_OTHERS: Final = len(_KINDS)
_RANKED: Final = (*_KINDS, ("", ""), *_TERMS)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


_SECTIONS: Final[Mapping[str, Heading]] = {
    _iri(kind): (rank, heading) for rank, (heading, kinds) in enumerate(_RANKED) for kind in kinds.split()
}
_FIRST: Final = (-1, "")
_LAST: Final = (len(_RANKED), "Named here, without a class")
# Long lists, of which a reader of the rest wants none between.
_COUNTS: Final = (len(_RANKED) + 1, "Parts and counts of the dataset")
_PARTITIONS: Final = frozenset(
    map(_iri, ("sd:namedGraph", "void:classPartition", "void:propertyPartition", "void:subset"))
)
_COUNTED: Final = frozenset(map(_iri, ("void:class", "void:property")))
# What so many things are that it does not tell them apart.
_UNTELLING: Final = frozenset(map(_iri, ("prov:Entity", "rdf:Statement")))
_OPENING: Final = tuple(map(_iri, ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel")))


# The named graphs: first what the articles speak of and what is said of it, last what describes and checks that.
_GRAPHS: Final = (
    "entities", "viewpoint/", "gaps", "references", "derived", "crosslinks", "anchors", "equipment", "ontology",
    "shapes", "dataset", "report",
)  # fmt: skip


def graph_place(graph: str) -> int:
    """Return where a named graph stands among the others; those that are none of ours stand last."""
    name = graph.partition("/graph/")[2]
    for place, start in enumerate(_GRAPHS):
        if name == start or (start.endswith("/") and name.startswith(start)):
            return place
    return len(_GRAPHS)


def stands_apart(triple: ox.Triple) -> bool:
    """Tell whether a statement is one of the lists of a dataset's parts."""
    return triple.predicate.value in _PARTITIONS


@dataclass(frozen=True, slots=True)
class Section:
    """Subjects of one kind."""

    heading: str
    """What they are, in a few words on one line; empty for what a document begins with."""
    subjects: tuple[tuple[Subject, tuple[ox.Triple, ...]], ...]
    """Each with what is said of it, in order."""


class ReadingOrder:
    """The order of one document."""

    def __init__(self, quads: Collection[ox.Quad], *, first: ox.NamedNode | None = None) -> None:
        """Take the kinds from these quads; `first` and its parts stand before all others."""
        self._first = first
        self._kinds: dict[Subject, list[str]] = {}
        # What a subject points at and names after itself, as an anchor its selectors, by the subject.
        self._wholes: dict[Subject, Subject] = {}
        self._counts: set[Subject] = set()
        for quad in quads:
            if not isinstance(quad.object, ox.NamedNode):
                continue
            if quad.predicate.value in _COUNTED:
                self._counts.add(quad.subject)
            elif quad.predicate == TYPE:
                self._kinds.setdefault(quad.subject, []).append(quad.object.value)
            elif isinstance(quad.subject, ox.NamedNode) and quad.object.value.startswith(f"{quad.subject.value}#"):
                self._wholes[quad.object] = quad.subject
        self._predicates: dict[ox.NamedNode, Heading] = {}

    def sections(self, triples: Iterable[ox.Triple], *, parts_apart: bool = False) -> Iterator[Section]:
        """Yield these triples of the document by kind, subject, property and value.

        With `parts_apart`, the lists of a dataset's parts stand with the counts and not with
        the dataset, which so is a subject twice.
        """
        said: dict[tuple[Subject, bool], list[ox.Triple]] = {}
        for triple in triples:
            said.setdefault((triple.subject, parts_apart and stands_apart(triple)), []).append(triple)
        placed = sorted(
            ((*self.place(x, is_apart=apart), apart, x) for x, apart in said), key=itemgetter(0, 1, 2, 3, 4)
        )
        for (_, heading), found in groupby(placed, key=itemgetter(0)):
            members = ((x, apart) for *_, apart, x in found)
            yield Section(heading, tuple((x[0], tuple(self.in_order(said[x]))) for x in members))

    def section_of(self, subject: Subject) -> Heading:
        """Return the rank and the heading of the section in which a subject stands."""
        if subject == self._first:
            return _FIRST
        if subject in self._counts:
            return _COUNTS
        kinds = self._kinds.get(subject, ())
        known = [_SECTIONS[kind] for kind in kinds if kind in _SECTIONS]
        if known:
            return min(known)
        if subject in self._wholes:
            return self.section_of(self._wholes[subject])
        others = [short_name(kind) or kind for kind in kinds if kind not in _UNTELLING]
        return (_OTHERS, min(others)) if others else _LAST

    def place(self, subject: Subject, *, is_apart: bool = False) -> Place:
        """Return where a subject stands, by which all subjects of a document are sorted.

        It depends on what the quads say of the subject and of the whole that it is a part of,
        and on nothing else. The statements that stand apart have a place of their own.
        """
        section = _COUNTS if is_apart else self.section_of(subject)
        whole = self._wholes.get(subject, subject)
        if self.section_of(whole) != section:
            whole = subject
        return section, _text(whole), whole != subject, _text(subject)

    def in_order(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Return what is said of one subject in its order."""
        return sorted(triples, key=self._in_subject)

    def _in_subject(self, triple: ox.Triple) -> tuple[Heading, bool, str]:
        predicate = triple.predicate
        place = self._predicates.get(predicate)
        if place is None:
            iri = predicate.value
            rank = _OPENING.index(iri) if iri in _OPENING else len(_OPENING)
            place = self._predicates[predicate] = (rank, short_name(iri) or iri)
        value = triple.object
        return place, isinstance(value, ox.NamedNode), _text(value)


def _text(term: Subject | ox.Literal) -> str:
    """Return what a term is sorted by: of an IRI the characters it has, and not the bracket after them."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
