"""The documentation of a vocabulary, made from its own named graph.

Serves the ontology and the shapes alike: every subject in the vocabulary's namespace is
a term with its definition, notes and examples in words and the rest as rows. Lists are
shown as their members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DCTERMS, OWL, PREFIXES, RDF, RDFS, SH, SKOS
from graph.queries import Question
from server.labels import Label, Shown, foreign_language
from server.rows import Row, property_rows
from server.site import Site

_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_TYPE: Final = ox.NamedNode(RDF + "type")
_LABELS: Final = (ox.NamedNode(RDFS + "label"), ox.NamedNode(SH + "name"))
_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
_DEFINITIONS: Final = tuple(map(ox.NamedNode, (SKOS + "definition", SH + "description", RDFS + "comment")))
_NOTES: Final = tuple(map(ox.NamedNode, (SKOS + "scopeNote", SKOS + "note", SH + "message")))
_ABOUT: Final = tuple(map(ox.NamedNode, (DCTERMS + "description", DCTERMS + "abstract")))
_EXAMPLE: Final = ox.NamedNode(SKOS + "example")
_IN_WORDS: Final = frozenset((_TYPE, *_LABELS, _DEFINED_BY, *_DEFINITIONS, *_NOTES, _EXAMPLE))

# The first class a term has of these names its section; sections come in this order.
_SECTIONS: Final = (
    (OWL + "Class", "Classes"),
    (RDFS + "Class", "Classes"),
    (OWL + "ObjectProperty", "Properties that lead to things"),
    (OWL + "DatatypeProperty", "Properties that hold values"),
    (OWL + "AnnotationProperty", "Properties for notes"),
    (RDF + "Property", "Other properties"),
    (SH + "NodeShape", "Shapes of things"),
    (SH + "PropertyShape", "Shapes of properties"),
    (SKOS + "ConceptScheme", "Concept schemes"),
)
_CONCEPTS: Final = "Concepts"
_OTHERS: Final = "Parts of other terms"
_TITLES: Final = (*dict.fromkeys(title for _, title in _SECTIONS), _CONCEPTS, _OTHERS)


@dataclass(frozen=True, slots=True)
class Term:
    """One term as its vocabulary documents it."""

    iri: str
    fragment: str
    short: str
    """CURIE, or the fragment where there is none."""
    label: Label
    kinds: tuple[Shown, ...]
    definitions: tuple[Label, ...]
    notes: tuple[Label, ...]
    examples: tuple[Label, ...]
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]
    """The competency questions whose query uses it."""


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one kind, by name."""

    title: str
    fragment: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the page of a vocabulary shows."""

    iri: str
    label: Label
    about: tuple[Label, ...]
    """What it is for, in words."""
    rows: tuple[Row, ...]
    """What else it says of itself."""
    sections: tuple[Section, ...]
    parts: tuple[str, ...]
    """Fragments of the cells of lists, which are shown with the terms they belong to."""


def read_vocabulary(site: Site, iri: str, graph: ox.NamedNode) -> Vocabulary:
    """Return the documentation of the vocabulary with this IRI, from its named graph."""
    subjects: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in site.dataset.store.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.subject, ox.NamedNode):
            subjects.setdefault(quad.subject, []).append(quad)
    lists = {head: _members(subjects, head) for head in subjects if any(q.predicate == _FIRST for q in subjects[head])}
    own = subjects.get(ox.NamedNode(iri), [])
    asked = _questions_by_term(site.questions, iri + "#")
    sections: dict[str, list[Term]] = {}
    for subject, quads in subjects.items():
        if subject.value.startswith(iri + "#") and subject not in lists:
            sections.setdefault(_section(quads), []).append(_term(site, subject, _flatten(quads, lists), asked))
    return Vocabulary(
        iri,
        site.labels.label(iri),
        _words(own, _ABOUT),
        property_rows(site, (quad for quad in own if quad.predicate not in _ABOUT)),
        tuple(
            Section(title, title.lower().replace(" ", "-"), tuple(sorted(sections[title], key=lambda t: t.fragment)))
            for title in _TITLES
            if title in sections
        ),
        tuple(sorted(cell.value.partition("#")[2] for cell in lists)),
    )


def _section(quads: Iterable[ox.Quad]) -> str:
    kinds = {quad.object.value for quad in quads if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode)}
    for kind, title in _SECTIONS:
        if kind in kinds:
            return title
    return _CONCEPTS if kinds else _OTHERS


def _term(site: Site, subject: ox.NamedNode, quads: Sequence[ox.Quad], asked: Mapping[str, Sequence[Question]]) -> Term:
    shown = site.labels.show(subject)
    fragment = subject.value.partition("#")[2]
    return Term(
        iri=subject.value,
        fragment=fragment,
        short=shown.hint or fragment,
        label=Label(shown.text, shown.lang),
        kinds=tuple(site.labels.show(kind) for kind in site.taxonomy.kinds(quads)),
        definitions=_words(quads, _DEFINITIONS),
        notes=_words(quads, _NOTES),
        examples=_words(quads, (_EXAMPLE,)),
        rows=property_rows(site, (quad for quad in quads if quad.predicate not in _IN_WORDS)),
        questions=tuple(asked.get(fragment, ())),
    )


def _questions_by_term(questions: Iterable[Question], namespace: str) -> dict[str, list[Question]]:
    """Return the questions whose query uses a term of this namespace, by the term's local name."""
    (prefix,) = (prefix for prefix, found in PREFIXES.items() if found == namespace)
    term = re.compile(rf"(?<![\w:-]){prefix}:([A-Za-z][\w-]*)")
    used: dict[str, list[Question]] = {}
    for question in questions:
        for name in set(term.findall(question.text)):
            used.setdefault(name, []).append(question)
    return used


def _words(quads: Iterable[ox.Quad], properties: Sequence[ox.NamedNode]) -> tuple[Label, ...]:
    """Return the texts of these properties, property by property, English first."""
    found = {
        (properties.index(quad.predicate), foreign_language(quad.object) or "", quad.object.value)
        for quad in quads
        if quad.predicate in properties and isinstance(quad.object, ox.Literal)
    }
    return tuple(Label(text, lang or None) for _, lang, text in sorted(found))


def _flatten(quads: Iterable[ox.Quad], lists: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]) -> list[ox.Quad]:
    """Return the quads with each list replaced by its members."""
    flat = []
    for quad in quads:
        members = lists.get(quad.object, [quad.object]) if isinstance(quad.object, ox.NamedNode) else [quad.object]
        flat += [ox.Quad(quad.subject, quad.predicate, member, quad.graph_name) for member in members]
    return flat


def _members(subjects: dict[ox.NamedNode, list[ox.Quad]], head: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
    """Return a list's members; one that runs in a circle ends where it meets itself."""
    members: list[ox.NamedNode | ox.Literal] = []
    seen: set[ox.NamedNode] = set()
    cell: ox.NamedNode | None = head
    while cell is not None and cell not in seen:
        seen.add(cell)
        following = None
        for quad in subjects.get(cell, ()):
            if quad.predicate == _FIRST and isinstance(quad.object, ox.NamedNode | ox.Literal):
                members.append(quad.object)
            elif quad.predicate == _REST and isinstance(quad.object, ox.NamedNode):
                following = quad.object
        cell = following
    return members
