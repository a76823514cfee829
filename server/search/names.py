"""The names that things can be found by: whatever labels the dataset gives to things and terms.

Every label, in every language, of what has an IRI of ours and a page: things under `/id/`
and the terms of the ontology. Read from the store in two passes, labels and classes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OA, OWL, RDF, SEM, SKOS
from graph.store import Dataset
from server.search.folding import fold
from server.search.search_index import Kind, Name
from server.terms.labels import LABEL_PROPERTIES
from server.terms.taxonomy import TYPE, Taxonomy

NAME_PROPERTIES: Final = (*LABEL_PROPERTIES, *(ox.NamedNode(SKOS + name) for name in ("altLabel", "hiddenLabel")))

# What most people look for comes before what is said of it. The first row that has a class, or one above it, counts.
_MERIT: Final[Sequence[Sequence[str]]] = (
    (SEM + "Event", BG + "Place", BG + "Polity", BG + "Person", SEM + "Actor"),
    (BG + "Article", BG + "LossType", BG + "Viewpoint", SEM + "Authority"),
    (SKOS + "Concept", OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"),
    (BG + "Claim", BG + "LossList", BG + "Omission"),
    (BG + "Reference", BG + "Gap", BG + "CrossLink"),
)
_PARTS: Final = frozenset((OA + "SpecificResource",))
_BOUNDARY: Final = re.compile(r"[#/]")


def read_names(dataset: Dataset, taxonomy: Taxonomy) -> Iterator[Name]:
    """Yield the names of everything that can be found; the same one more than once where two properties give it."""
    store, things = dataset.store, (dataset.base + "id/", BG)
    classes: defaultdict[str, set[ox.NamedNode]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, TYPE, None, ox.DefaultGraph()):
        subject, kind = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(kind, ox.NamedNode) and subject.value.startswith(things):
            classes[subject.value].add(kind)

    @cache
    def kind_of(kinds: frozenset[ox.NamedNode]) -> Kind:
        return make_kind(taxonomy, kinds)

    shared = {iri: kind_of(frozenset(kinds)) for iri, kinds in classes.items()}
    del classes
    for label_property in NAME_PROPERTIES:
        for quad in store.quads_for_pattern(None, label_property, None, ox.DefaultGraph()):
            subject, label = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal) and subject.value.startswith(things):
                found = shared.get(subject.value) or kind_of(frozenset())
                yield Name(subject.value, label.value, label.language or "", found)


def make_kind(taxonomy: Taxonomy, classes: frozenset[ox.NamedNode]) -> Kind:
    """Return the kind of the things that are in these classes."""
    exact = taxonomy.most_exact(classes) if classes else []
    above = {kind.value for kind in {*exact, *(wider for kind in exact for wider in taxonomy.wider(kind))}}
    merit = next((place for place, row in enumerate(_MERIT) if above & {*row}), len(_MERIT))
    # Ours first: a claim is an rdf:Statement, too, and nobody looks for it under that name.
    ordered = sorted((kind.value for kind in exact), key=lambda iri: (not iri.startswith(BG), iri))
    return Kind(tuple(ordered), frozenset(map(filter_name, above)), merit, bool(above & _PARTS))


def filter_name(iri: str) -> str:
    """Return what a class is called in an address: its local name without case, `lossclaim`."""
    return fold(_BOUNDARY.split(iri)[-1]).replace(" ", "")
