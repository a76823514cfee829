"""The classes of the ontology in their order: as a nested list, and as a diagram with what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import ONTOLOGY_IRI
from graph.namespaces import OWL, RDFS, SKOS
from server.site import Site
from server.terms.labels import Label
from server.terms.taxonomy import TYPE
from server.vocabularies.axioms import DOMAIN, RANGE, SUB_CLASS, Axioms
from server.vocabularies.borrowed import show_term
from server.vocabularies.class_boxes import ANYTHING, Relation, make_boxes
from server.vocabularies.class_diagram import Diagram, lay_out
from server.vocabularies.vocabulary import Statements

CLASSES: Final = frozenset((OWL + "Class", RDFS + "Class"))
LINKS: Final = OWL + "ObjectProperty"
_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")


@dataclass(frozen=True, slots=True)
class Branch:
    """A class with ours that are below it, for the list that says what the diagram shows."""

    label: Label
    href: str
    below: tuple[Branch, ...]


def read_tree(site: Site, statements: Statements, axioms: Axioms, ours: list[str]) -> tuple[Branch, ...]:
    """Return our classes below each other, and below those of others that a property of ours leads from or to."""
    ends = {iri for term in statements.subjects for end in (DOMAIN, RANGE) for iri in statements.iris(term, end)}
    heads = [iri for iri in sorted(ends - {*ours}) if axioms.sources(SUB_CLASS, iri)]
    shown = {*ours, *heads}
    seen: set[str] = set()

    def branch(iri: str) -> Branch:
        seen.add(iri)
        below = [branch(x) for x in axioms.sources(SUB_CLASS, iri) if x in shown and x not in seen]
        return Branch(site.labels.label(iri), show_term(site, iri).href or "", tuple(below))

    lower = {below for iri in shown for below in axioms.sources(SUB_CLASS, iri)}
    roots = [branch(iri) for iri in (*heads, *ours) if iri not in lower]
    # What is below itself is below nothing else, and must not be lost.
    roots += [branch(iri) for iri in ours if iri not in seen]
    return tuple(sorted(roots, key=lambda root: root.label.text))


def read_diagram(site: Site, statements: Statements) -> Diagram:
    """Return the class diagram of an ontology; what is drawn is told in `class_boxes`."""
    parents: dict[str, list[str]] = {}
    relations = []
    for term in statements.subjects:
        if above := statements.iris(term, SUB_CLASS):
            parents[term.value] = above
        if LINKS in statements.iris(term, TYPE):
            domain = next(iter(statements.iris(term, DOMAIN)), ANYTHING)
            relations += [Relation(term.value, domain, range_) for range_ in statements.iris(term, RANGE)[:1]]
    concepts = {term for term in parents if _CONCEPT in site.taxonomy.wider(ox.NamedNode(term))}
    ours = {term.value for term in statements.terms(ONTOLOGY_IRI) if CLASSES & {*statements.iris(term, TYPE)}}
    boxes = make_boxes(
        parents,
        (x for x in relations if not {x.range, x.domain} & {*concepts, _CONCEPT.value}),
        site.usage.members.keys() | site.usage.triples.keys(),
        ours - concepts,
    )
    return lay_out(boxes, lambda iri: site.labels.label(iri).text if iri else _("anything"))
