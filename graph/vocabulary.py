"""What ontology/ declares: the terms of bg:, and which class is below which."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, RDF, RDFS
from graph.turtle import TurtleFile

_CORE: Final = "battlegraph.ttl"
"""The file whose subclass axioms the build applies; alignments bind nobody."""

_TYPE: Final = ox.NamedNode(RDF + "type")
_SUB_CLASS_OF: Final = ox.NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The declared terms and the class hierarchy."""

    terms: frozenset[str]
    """IRIs of the terms of bg: that have a type."""
    ancestors: Mapping[str, frozenset[str]]
    """For each class of the core with superclasses: all of them, foreign ones included, itself not."""

    def is_a(self, class_: str, ancestor: str) -> bool:
        """Tell whether the class is the other one or below it."""
        return class_ == ancestor or ancestor in self.ancestors.get(class_, frozenset())

    def knows(self, iri: str) -> bool:
        """Tell whether the IRI is a declared term, or none of ours to declare."""
        return iri in self.terms or not iri.startswith(BG)

    def nearest(self, iri: str) -> str | None:
        """Return the declared term that an unknown one was most likely meant to be."""
        locals_ = sorted(term.removeprefix(BG) for term in self.terms)
        found = difflib.get_close_matches(iri.removeprefix(BG), locals_, n=1)
        return BG + found[0] if found else None


def read_vocabulary(files: Iterable[TurtleFile]) -> Vocabulary:
    """Return what the files of ontology/ declare."""
    terms: set[str] = set()
    parents: dict[str, set[str]] = {}
    for file in files:
        for triple in file.triples:
            subject, object_ = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if triple.predicate == _TYPE and subject.value.startswith(BG):
                terms.add(subject.value)
            if file.path.name == _CORE and triple.predicate == _SUB_CLASS_OF and isinstance(object_, ox.NamedNode):
                parents.setdefault(subject.value, set()).add(object_.value)
    return Vocabulary(frozenset(terms), {class_: _ancestors(class_, parents) for class_ in parents})


def _ancestors(class_: str, parents: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [class_]
    while pending:
        for parent in parents.get(pending.pop(), ()):
            if parent not in found:
                found.add(parent)
                pending.append(parent)
    return frozenset(found - {class_})
