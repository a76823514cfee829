"""What a vocabulary's named graph says, as the pages about its terms read it.

Subjects come with their statements, and lists as their items. The ontology and the shapes
are read alike; what their pages make of it is in `ontology` and `shapes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDF, RDFS, SH, SKOS
from server.site import Site
from server.terms.labels import Label, Shown, foreign_language

DEFINITIONS: Final = tuple(map(ox.NamedNode, (SKOS + "definition", SH + "description", RDFS + "comment")))
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the cell that holds it."""

    cell: ox.NamedNode
    value: ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of a term, under a heading of ours."""

    name: str
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one named graph."""

    subjects: Mapping[ox.NamedNode, Sequence[ox.Quad]]
    lists: Mapping[ox.NamedNode, tuple[Item, ...]]
    """The items of each list by each of its cells: from that cell on."""

    def terms(self, iri: str) -> Iterator[ox.NamedNode]:
        """Yield the subjects in the namespace of a vocabulary that are no cells of lists."""
        return (x for x in self.subjects if x.value.startswith(iri + "#") and x not in self.lists)

    def objects(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        """Return what a subject has by a property, in one order."""
        found = (quad.object for quad in self.of(subject) if quad.predicate == predicate)
        return sorted((term for term in found if isinstance(term, ox.NamedNode | ox.Literal)), key=str)

    def iris(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
        """Return the IRIs among what a subject has by a property."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, ox.NamedNode)]

    def of(self, subject: ox.NamedNode) -> Sequence[ox.Quad]:
        """Return the quads of a subject; none where there are none."""
        return self.subjects.get(subject, ())

    def items(self, head: ox.NamedNode | ox.Literal) -> tuple[ox.NamedNode | ox.Literal, ...]:
        """Return the items of a list, or the term itself where it is none."""
        if isinstance(head, ox.NamedNode) and head in self.lists:
            return tuple(item.value for item in self.lists[head])
        return (head,)


def read_statements(site: Site, graph: ox.NamedNode) -> Statements:
    """Return what a named graph says."""
    subjects: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in site.dataset.store.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.subject, ox.NamedNode):
            subjects.setdefault(quad.subject, []).append(quad)
    heads = [head for head, quads in subjects.items() if any(quad.predicate == _FIRST for quad in quads)]
    return Statements(subjects, {head: tuple(_items(subjects, head)) for head in heads})


def words(quads: Iterable[ox.Quad], properties: Sequence[ox.NamedNode]) -> tuple[Label, ...]:
    """Return the texts of these properties, property by property, English first."""
    found = {
        (properties.index(quad.predicate), foreign_language(quad.object) or "", quad.object.value)
        for quad in quads
        if quad.predicate in properties and isinstance(quad.object, ox.Literal)
    }
    return tuple(Label(text, lang or None) for _, lang, text in sorted(found))


def fragment_of(iri: str) -> str:
    """Return what stands after the hash."""
    return iri.partition("#")[2]


def _items(subjects: Mapping[ox.NamedNode, Iterable[ox.Quad]], head: ox.NamedNode) -> Iterator[Item]:
    """Yield a list's items; one that runs in a circle ends where it meets itself."""
    seen: set[ox.NamedNode] = set()
    cell: ox.NamedNode | None = head
    while cell is not None and cell not in seen:
        seen.add(cell)
        following = None
        for quad in subjects.get(cell, ()):
            if quad.predicate == _FIRST and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield Item(cell, quad.object)
            elif quad.predicate == _REST and isinstance(quad.object, ox.NamedNode):
                following = quad.object
        cell = following
