"""The ontology as its page documents it: every term with its meaning, its use in this data and a query.

It all follows from the dataset and the reader's language, so it is made once and kept.
Terms of other vocabularies that the data uses are in it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import ONTOLOGY_IRI, graph_iri
from graph.namespaces import BG, DCTERMS, OWL, PREFIXES, RDF, RDFS, SKOS
from graph.queries import Question
from server.http.languages import Reading, present_reading
from server.site import Site
from server.terms.labels import Label, Shown
from server.terms.rows import Row
from server.terms.taxonomy import TYPE
from server.vocabularies.axioms import IN_SCHEME, REPLACED_BY, TOLD, Axioms
from server.vocabularies.borrowed import Lender, read_borrowed, show_term
from server.vocabularies.class_diagram import Diagram
from server.vocabularies.hierarchy import CLASSES, LINKS, Branch, read_diagram, read_tree
from server.vocabularies.linked_words import LinkedWords, link_words
from server.vocabularies.term_use import Use, use_of_class, use_of_concept, use_of_property, use_of_scheme
from server.vocabularies.vocabulary import DEFINITIONS, Fact, Statements, fragment_of, read_statements, words

_STARTERS: Final = 12
_GLOSSARY: Final = (
    "Claim", "Viewpoint", "Reference", "anchor", "Gap", "LostInSource", "StatedUnspecified", "Omission", "CrossLink",
)  # fmt: skip
_LABEL: Final = ox.NamedNode(RDFS + "label")
_NOTES: Final = (ox.NamedNode(SKOS + "scopeNote"), ox.NamedNode(SKOS + "note"))
_EXAMPLE: Final = ox.NamedNode(SKOS + "example")
_CHANGE: Final = ox.NamedNode(SKOS + "changeNote")
_ABOUT: Final = tuple(ox.NamedNode(DCTERMS + name) for name in ("description", "abstract"))
_DEPRECATED: Final = ox.NamedNode(OWL + "deprecated")
_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
_IN_WORDS: Final = frozenset((_LABEL, *DEFINITIONS, *_NOTES, _EXAMPLE, _CHANGE, _DEPRECATED, _DEFINED_BY, *TOLD))
_PROPERTIES: Final = frozenset((LINKS, OWL + "DatatypeProperty", OWL + "AnnotationProperty", RDF + "Property"))
_SCHEME: Final = SKOS + "ConceptScheme"


@dataclass(frozen=True, slots=True)
class Term:
    """One term as the page documents it."""

    iri: str
    fragment: str
    short: str
    """CURIE, or the fragment where there is none."""
    label: Label
    is_deprecated: bool
    replacements: tuple[Shown, ...]
    definitions: tuple[LinkedWords, ...]
    notes: tuple[LinkedWords, ...]
    examples: tuple[Label, ...]
    changes: tuple[LinkedWords, ...]
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    """What else is said of it."""
    use: Use | None
    questions: tuple[Question, ...]
    """The competency questions whose query uses it."""
    within: str | None = None
    """Fragment of the scheme that a concept is in."""


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one kind, by name."""

    title: str
    fragment: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """What the page of the ontology shows."""

    label: Label
    about: tuple[LinkedWords, ...]
    """What it is, in words."""
    asking: tuple[LinkedWords, ...]
    """How to query, in words."""
    rows: tuple[Row, ...]
    """What else it says of itself."""
    diagram: Diagram
    glossary: tuple[Term, ...]
    """The terms that every page uses the names of."""
    starters: tuple[Term, ...]
    """The terms that the most questions use."""
    tree: tuple[Branch, ...]
    sections: tuple[Section, ...]
    lenders: tuple[Lender, ...]
    cells: tuple[str, ...]
    """Fragments of the cells of lists."""

    def fragments(self) -> frozenset[str]:
        """Return the fragments under which a term is documented."""
        return frozenset(term.fragment for section in self.sections for term in section.terms)


def read_ontology(site: Site) -> Ontology:
    """Return the documentation of the ontology in the present reader's language."""
    # A language of the reader's own choice goes along in the links: it is kept apart from the same one by itself.
    return site.kept(_read, present_reading())


def _read(site: Site, _reading: Reading) -> Ontology:
    statements = read_statements(site, ox.NamedNode(graph_iri("ontology", site.dataset.base)))
    axioms = Axioms(site, statements)
    own = statements.of(ox.NamedNode(ONTOLOGY_IRI))
    terms = _terms(site, statements, axioms)
    everything = {term.iri: term for found in terms.values() for term in found}
    asked = sorted(everything.values(), key=lambda term: (-len(term.questions), -(term.use.count if term.use else 0)))
    return Ontology(
        label=site.labels.label(ONTOLOGY_IRI),
        about=tuple(link_words(site, label) for label in words(own, _ABOUT)),
        asking=tuple(link_words(site, label) for label in words(own, _NOTES[:1])),
        rows=axioms.rest(own, frozenset((*_ABOUT, _NOTES[0], _LABEL))),
        diagram=read_diagram(site, statements),
        glossary=tuple(everything[BG + name] for name in _GLOSSARY if BG + name in everything),
        starters=tuple(term for term in asked[:_STARTERS] if term.questions),
        tree=read_tree(site, statements, axioms, [term.iri for term in terms["classes"]]),
        sections=_sections(terms),
        lenders=read_borrowed(site, statements),
        cells=tuple(sorted(fragment_of(cell.value) for cell in statements.lists)),
    )


def _terms(site: Site, statements: Statements, axioms: Axioms) -> dict[str, list[Term]]:
    asked = _questions_by_term(site.questions)
    uses: Mapping[str, Callable[[Site, str], Use]] = {
        "classes": use_of_class,
        "links": use_of_property,
        "values": use_of_property,
        "concepts": use_of_concept,
        "schemes": use_of_scheme,
    }
    facts = {"classes": axioms.of_class, "links": axioms.of_property, "values": axioms.of_property}
    found: dict[str, list[Term]] = {group: [] for group in (*uses, "parts")}
    for subject in sorted(statements.terms(ONTOLOGY_IRI), key=str):
        quads, iris = statements.of(subject), statements.iris
        group = _group(set(iris(subject, TYPE)))
        shown = site.labels.show(subject)
        fragment = fragment_of(subject.value)
        term = Term(
            iri=subject.value,
            fragment=fragment,
            short=shown.hint or fragment,
            label=Label(shown.text, shown.lang),
            is_deprecated=any(flag.value == "true" for flag in statements.objects(subject, _DEPRECATED)),
            replacements=tuple(show_term(site, iri) for iri in iris(subject, REPLACED_BY)),
            definitions=tuple(link_words(site, label) for label in words(quads, DEFINITIONS)),
            notes=tuple(link_words(site, label) for label in words(quads, _NOTES)),
            examples=words(quads, (_EXAMPLE,)),
            changes=tuple(link_words(site, label) for label in words(quads, (_CHANGE,))),
            facts=facts.get(group, axioms.of_concept)(subject),
            rows=axioms.rest(quads, _IN_WORDS),
            use=uses[group](site, subject.value) if group in uses else None,
            questions=tuple(asked.get(fragment, ())),
            within=next(map(fragment_of, iris(subject, IN_SCHEME)), None),
        )
        found[group].append(term)
    return found


def _group(kinds: set[str]) -> str:
    if kinds & CLASSES:
        return "classes"
    if kinds & _PROPERTIES:
        return "links" if LINKS in kinds else "values"
    if _SCHEME in kinds:
        return "schemes"
    return "concepts" if kinds else "parts"


def _sections(terms: Mapping[str, list[Term]]) -> tuple[Section, ...]:
    schemes = {scheme.fragment for scheme in terms["schemes"]}
    concepts = [x for x in terms["concepts"] if x.within not in schemes]
    for scheme in terms["schemes"]:
        concepts += [scheme, *(x for x in terms["concepts"] if x.within == scheme.fragment)]
    sections = (
        Section(_("Classes"), "classes", tuple(terms["classes"])),
        Section(_("Properties that lead to things"), "properties-that-lead-to-things", tuple(terms["links"])),
        Section(_("Properties that hold values"), "properties-that-hold-values", tuple(terms["values"])),
        Section(_("Concepts"), "concepts", tuple(concepts)),
        Section(_("Parts of other terms"), "parts-of-other-terms", tuple(terms["parts"])),
    )
    return tuple(section for section in sections if section.terms)


def _questions_by_term(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Return the questions whose query uses a term of ours, by the term's local name."""
    (prefix,) = (prefix for prefix, found in PREFIXES.items() if found == BG)
    term = re.compile(rf"(?<![\w:-]){prefix}:([A-Za-z][\w-]*)")
    used: dict[str, list[Question]] = {}
    for question in questions:
        for name in set(term.findall(question.text)):
            used.setdefault(name, []).append(question)
    return used
