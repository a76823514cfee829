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
_Place: TypeAlias = tuple[int, str]

# General classes are enough, because the data states them beside the exact ones.
_KINDS: Final = (
    ("Documents", "foaf:Document"),
    ("The dataset", "dcat:Dataset dcat:DatasetSeries"),
    ("Its files and services", "dcat:Distribution dcat:DataService sd:Service spdx:Checksum"),
    ("Its graphs", "sd:NamedGraph sd:Graph void:Dataset"),
    ("How it was made", "prov:Activity prov:Agent prov:SoftwareAgent prov:Plan foaf:Agent"),
    ("Validation", "sh:ValidationReport sh:ValidationResult"),
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
    ("Gaps", "bg:Gap"),
    ("Links to other datasets", "bg:CrossLink"),
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


_SECTIONS: Final[Mapping[str, _Place]] = {
    _iri(kind): (rank, heading) for rank, (heading, kinds) in enumerate(_RANKED) for kind in kinds.split()
}
_FIRST: Final = (-1, "")
_LAST: Final = (len(_RANKED), "Named here, without a class")
# What so many things are that it does not tell them apart.
_UNTELLING: Final = frozenset(map(_iri, ("prov:Entity", "rdf:Statement")))
_OPENING: Final = tuple(map(_iri, ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel")))


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
        for quad in quads:
            if not isinstance(quad.object, ox.NamedNode):
                continue
            if quad.predicate == TYPE:
                self._kinds.setdefault(quad.subject, []).append(quad.object.value)
            elif isinstance(quad.subject, ox.NamedNode) and quad.object.value.startswith(f"{quad.subject.value}#"):
                self._wholes[quad.object] = quad.subject
        self._predicates: dict[ox.NamedNode, _Place] = {}

    def sections(self, triples: Iterable[ox.Triple]) -> Iterator[Section]:
        """Yield these triples of the document by kind, subject, property and value."""
        said: dict[Subject, list[ox.Triple]] = {}
        for triple in triples:
            said.setdefault(triple.subject, []).append(triple)
        placed = sorted(((*self._place(subject), subject) for subject in said), key=itemgetter(0, 1, 2, 3))
        for (_, heading), found in groupby(placed, key=itemgetter(0)):
            subjects = (subject for *_, subject in found)
            yield Section(heading, tuple((x, tuple(sorted(said[x], key=self._in_subject))) for x in subjects))

    def section_of(self, subject: Subject) -> _Place:
        """Return the rank and the heading of the section in which a subject stands."""
        whole = self._wholes.get(subject, subject)
        if whole == self._first:
            return _FIRST
        kinds = self._kinds.get(whole, ())
        known = [_SECTIONS[kind] for kind in kinds if kind in _SECTIONS]
        if known:
            return min(known)
        others = [short_name(kind) or kind for kind in kinds if kind not in _UNTELLING]
        return (_OTHERS, min(others)) if others else _LAST

    def _place(self, subject: Subject) -> tuple[_Place, str, bool, str]:
        whole = self._wholes.get(subject, subject)
        return self.section_of(subject), str(whole), whole != subject, str(subject)

    def _in_subject(self, triple: ox.Triple) -> tuple[_Place, str]:
        predicate = triple.predicate
        place = self._predicates.get(predicate)
        if place is None:
            iri = predicate.value
            rank = _OPENING.index(iri) if iri in _OPENING else len(_OPENING)
            place = self._predicates[predicate] = (rank, short_name(iri) or iri)
        return place, str(triple.object)
