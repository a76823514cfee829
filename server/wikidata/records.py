"""What the data says of one thing, read once: its terms by property.

Of what thousands of articles speak of, as a power or its viewpoint, thousands of things are
said; who wants one property of these asks for it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.namespaces import RDF
from graph.store import Store
from server.terms.facts import Facts, nodes, read_facts
from server.terms.taxonomy import TYPE


@dataclass(frozen=True, slots=True)
class Record:
    """The IRIs and literals that a thing has, by the IRI of the property, each in one order."""

    iri: str
    terms: Facts

    def literals(self, property_: str) -> tuple[ox.Literal, ...]:
        """Return the literals of a property."""
        return tuple(term for term in self.terms.get(property_, ()) if isinstance(term, ox.Literal))

    def texts(self, property_: str) -> tuple[str, ...]:
        """Return the texts of a property's literals."""
        return tuple(literal.value for literal in self.literals(property_))

    def text(self, property_: str) -> str | None:
        """Return the first literal's text, None where there is none."""
        return next(iter(self.texts(property_)), None)

    def iris(self, property_: str) -> tuple[str, ...]:
        """Return the IRIs of a property."""
        return tuple(term.value for term in self.terms.get(property_, ()) if isinstance(term, ox.NamedNode))

    def first(self, property_: str) -> str | None:
        """Return the first IRI, None where there is none."""
        return next(iter(self.iris(property_)), None)

    def is_a(self, *classes: str) -> bool:
        """Tell whether the thing is in one of these classes."""
        return not set(classes).isdisjoint(self.iris(RDF + "type"))


def read_record(store: Store, iri: str) -> Record:
    """Return the record of a thing; an empty one where the data does not know it."""
    return Record(iri, read_facts(store, ox.NamedNode(iri)))


def objects(store: Store, iri: str, property_: str) -> list[str]:
    """Return the IRIs that a thing has as values of a property, in one order."""
    return [node.value for node in nodes(store, ox.NamedNode(iri), ox.NamedNode(property_))]


def is_in(store: Store, iri: str, *classes: str) -> bool:
    """Tell whether a thing is in one of these classes."""
    return any(ox.Quad(ox.NamedNode(iri), TYPE, ox.NamedNode(class_)) in store for class_ in classes)


def subjects(store: Store, property_: str, value: str) -> Iterator[str]:
    """Yield the IRIs of what has this thing as a value of a property, in the store's order."""
    quads = store.quads_for_pattern(None, ox.NamedNode(property_), ox.NamedNode(value), ox.DefaultGraph())
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value
