"""The names that things can be found by: whatever labels the dataset gives to things and terms.

Every label, in every language, of what has an IRI of ours and a page: things under `/id/`
and the terms of the ontology. Read from the store property by property.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from graph.namespaces import BG, OA, OWL, RDF, SEM, SKOS
from graph.store import Dataset, Store
from server.search.folding import fold
from server.search.search_index import Kind
from server.terms.anchors import ANCHOR
from server.terms.labels import LABEL_PROPERTIES
from server.terms.taxonomy import TYPE, Taxonomy
from server.vocabularies.usage import read_usage

NAME_PROPERTIES: Final = (*LABEL_PROPERTIES, *(ox.NamedNode(SKOS + name) for name in ("altLabel", "hiddenLabel")))

# What most people look for comes before what is said of it. The first row that has a class, or one above it, counts.
_MERIT: Final[Sequence[Sequence[str]]] = (
    (SEM + "Event", BG + "Place", BG + "Polity", BG + "Person", SEM + "Actor"),
    (BG + "Article", BG + "LossType", BG + "Viewpoint", SEM + "Authority"),
    (SKOS + "Concept", OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"),
    (BG + "Claim", BG + "LossList", BG + "Omission"),
    (BG + "Reference", BG + "Gap", BG + "CrossLink"),
)
_ARTICLES: Final = """
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>
SELECT DISTINCT ?iri WHERE {{
  ?iri bg:textDigest ?digest .
  ?text dcterms:isVersionOf ?iri ; schema:text ?words .
  FILTER(STRSTARTS(STR(?iri), "{head}"))
}}
"""
_PARTS: Final = frozenset((OA + "SpecificResource",))
_BOUNDARY: Final = re.compile(r"[#/]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """What an index is made from: each part is read once, in this order, and never held as a whole."""

    labels: Iterable[tuple[str, str, str]]
    """IRI, text and language of each name; the same one more than once where two properties give it."""
    classes: Iterable[tuple[str, Hashable]]
    """Things, those without a name too, each with one of its classes."""
    kind_of: Callable[[frozenset[Any]], Kind]
    """Returns the kind of the things that are in these classes and no others."""
    rests: Iterable[tuple[str, str]] = ()
    """Words taken out of something, each with a thing that rests on them."""
    head: str = ""
    """What the IRIs of things begin with."""
    articles: Iterable[str] = ()
    """Names of the articles whose text is at hand, in order."""
    usage: Callable[[], str] = str
    """Returns how much the data uses each term."""


def read_labelled(dataset: Dataset) -> Labelled:
    """Return the names of everything that can be found in a dataset."""
    store, base = dataset.store, dataset.base
    taxonomy = Taxonomy(store)
    return Labelled(
        _labels(store, (f"{base}id/", BG)),
        _pairs(store, TYPE),
        lambda classes: make_kind(taxonomy, classes),
        ((part.value, thing) for thing, part in _pairs(store, ANCHOR)),
        f"{base}id/",
        _articles(store, base),
        lambda: read_usage(dataset).as_json(),
    )


def _articles(store: Store, base: str) -> list[str]:
    results = store.query(_ARTICLES.format(head=f"{base}id/article/"))
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("articles are found by a SELECT query")
    found = (solution["iri"] for solution in results)
    return sorted(iri.value.removeprefix(f"{base}id/article/") for iri in found if isinstance(iri, ox.NamedNode))


def _labels(store: Store, things: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for label_property in NAME_PROPERTIES:
        for quad in store.quads_for_pattern(None, label_property, None, ox.DefaultGraph()):
            subject, label = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal) and subject.value.startswith(things):
                yield subject.value, label.value, label.language or ""


def _pairs(store: Store, predicate: ox.NamedNode) -> Iterator[tuple[str, ox.NamedNode]]:
    for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            yield subject.value, value


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
