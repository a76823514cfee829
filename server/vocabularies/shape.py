"""One shape or check as its page shows it: what it is about, what it demands, what it found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDFS, SH, curie
from server.site import Site
from server.terms.labels import Label, Shown
from server.terms.rows import Row
from server.terms.taxonomy import TYPE
from server.vocabularies.axioms import Axioms
from server.vocabularies.borrowed import show_term
from server.vocabularies.demands import PATH, TOLD, Demand, Demands
from server.vocabularies.linked_words import LinkedWords, link_words
from server.vocabularies.vocabulary import DEFINITIONS, Statements, fragment_of, words

_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LABEL: Final = ox.NamedNode(RDFS + "label")
_MESSAGE: Final = (ox.NamedNode(SH + "message"),)
_SEVERITY: Final = ox.NamedNode(SH + "severity")
_SELECT: Final = ox.NamedNode(SH + "select")
_TARGETS: Final = tuple(ox.NamedNode(SH + name) for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf"))
_NAME: Final = ox.NamedNode(SH + "name")
_IN_WORDS: Final = frozenset((TYPE, _LABEL, _NAME, *DEFINITIONS, *_MESSAGE, _SEVERITY, _SELECT, *_TARGETS, *TOLD))


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of a thing or of a property, or a check."""

    fragment: str
    label: Label
    paths: tuple[Shown, ...]
    """The property that a property shape is about, with its short name as the hint."""
    targets: tuple[tuple[str, tuple[Shown, ...]], ...]
    """What it is about by itself: `class`, `subjects` or `objects`, with the terms."""
    severity: str | None
    """`Violation`, `Warning`, `Info`; None where it is part of another shape only."""
    definitions: tuple[Label, ...]
    messages: tuple[LinkedWords, ...]
    demands: tuple[Demand, ...]
    rows: tuple[Row, ...]
    """What else is said of it."""
    results: int
    """Results in the published report."""
    query: str | None
    own: tuple[Shape, ...] = ()
    """The shapes of properties that no other shape has."""
    shared: tuple[Shape, ...] = ()
    """Those that others have too."""
    further: tuple[Shape, ...] = ()
    """Shapes of the same class that demand something on a condition."""


def name_in_words(fragment: str) -> str:
    """Return the name of a shape that has no label as words.

    >>> name_in_words("AlignedEntryShape")
    'aligned entry'
    """
    return _CAPITAL.sub(" ", fragment.removesuffix("Shape")).replace("-", " ").lower() or fragment


@dataclass(frozen=True, slots=True)
class ShapeReader:
    """Reads the shapes of one named graph."""

    site: Site
    statements: Statements
    axioms: Axioms
    results: Mapping[str, int]

    def read(self, subject: ox.NamedNode) -> Shape:
        """Return one shape or check, without the shapes of its properties."""
        quads, iris, labels = self.statements.of(subject), self.statements.iris, self.site.labels
        fragment = fragment_of(subject.value)
        targets = zip(("class", "subjects", "objects"), (iris(subject, target) for target in _TARGETS), strict=True)
        severity = next((iri.removeprefix(SH) for iri in iris(subject, _SEVERITY)), None)
        label = labels.label(subject.value) if labels.has_label(subject.value) else Label(name_in_words(fragment))
        return Shape(
            fragment=fragment,
            label=label,
            paths=tuple(replace(show_term(self.site, x), hint=curie(x)) for x in iris(subject, PATH)),
            targets=tuple(
                (kind, tuple(show_term(self.site, iri) for iri in found)) for kind, found in targets if found
            ),
            severity=severity,
            definitions=words(quads, DEFINITIONS),
            messages=tuple(link_words(self.site, text) for text in words(quads, _MESSAGE)),
            demands=tuple(Demands(self.site, self.statements).of(subject)),
            rows=self.axioms.rest(quads, _IN_WORDS),
            results=self.results.get(subject.value, 0),
            query=next((term.value for term in self.statements.objects(subject, _SELECT)), None),
        )
