"""What one version says of the things and terms that a difference names: enough to tell what they are.

Read from the version's own file, so that what is gone still has its name, class and
words. Only the subjects asked for are kept, and of them only a few properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OA, RDFS, SH, curie
from server.changes.differences import QuadFile, read_quads
from server.terms import anchors, claims
from server.terms.labels import LABEL_PROPERTIES
from server.terms.rows import natural_key
from server.terms.taxonomy import TYPE

ANCHOR: Final = anchors.ANCHOR.value
ACCORDING_TO: Final = claims.ACCORDING_TO.value
LABELS: Final = tuple(node.value for node in LABEL_PROPERTIES)
"""The best first, as pages have them."""
_EXACT: Final = OA + "exact"
LEXICAL: Final = BG + "lexical"
_TYPE: Final = TYPE.value
_SUBCLASS: Final = RDFS + "subClassOf"
_OF_ANCHOR: Final = anchors.IN_ARTICLE.value
CONFORMS: Final = SH + "conforms"
_KEPT: Final = frozenset((_TYPE, ANCHOR, ACCORDING_TO, _EXACT, LEXICAL, _SUBCLASS, _OF_ANCHOR, *LABELS))
_QUOTE: Final = "#quote"

Node = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Named:
    """An IRI and what one version calls it, in English where it has an English name."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a version says of some subjects."""

    subjects: Mapping[str, Mapping[str, list[Node]]] = field(default_factory=dict)
    """By IRI; those that are there without any of the properties kept have none."""

    def has(self, iri: str) -> bool:
        """Tell whether the version says anything of a subject."""
        return iri in self.subjects

    def values(self, iri: str, property_: str) -> list[Node]:
        """Return the values of a property."""
        return self.subjects.get(iri, {}).get(property_, [])

    def iris(self, iri: str, property_: str) -> list[str]:
        """Return those values of a property that are IRIs, sorted."""
        return sorted(node.value for node in self.values(iri, property_) if isinstance(node, ox.NamedNode))

    def label(self, iri: str) -> str:
        """Return the name of a thing, or else the end of its IRI."""
        for property_ in LABELS:
            literals = [node for node in self.values(iri, property_) if isinstance(node, ox.Literal)]
            if literals:
                return min(literals, key=lambda node: (node.language != "en", node.language or "", node.value)).value
        return curie(iri) or re.sub(r"^.*?/(?:id|graph)/", "", iri)

    def named(self, iri: str) -> Named:
        """Return an IRI with its name."""
        return Named(iri, self.label(iri))

    def class_of(self, iri: str) -> Named | None:
        """Return the most exact class of a thing, the first by name where there are several; None without any."""
        classes = self.iris(iri, _TYPE)
        wider = {above for class_ in classes for above in self.iris(class_, _SUBCLASS)}
        exact = [class_ for class_ in classes if class_ not in wider] or classes
        # One of our own classes tells more than what it is in other vocabularies.
        chosen = min(exact, key=lambda class_: (not class_.startswith(BG), class_), default=None)
        return None if chosen is None else self.named(chosen)

    def quote(self, anchor: str) -> tuple[str, str] | None:
        """Return the article of an anchor and its exact words."""
        exact = self.values(anchor + _QUOTE, _EXACT)
        return ("".join(self.iris(anchor, _OF_ANCHOR)[:1]), exact[0].value) if exact else None

    def words(self, iri: str) -> tuple[str, ...]:
        """Return the words of the article that a thing rests on, in the order of the text; of an anchor, its own."""
        if own := self.quote(iri):
            return (own[1],)
        quotes = (self.quote(anchor) for anchor in sorted(self.iris(iri, ANCHOR), key=natural_key))
        found = tuple(quote[1] for quote in quotes if quote)
        return found or tuple(sorted(node.value for node in self.values(iri, LEXICAL)))


@dataclass(frozen=True, slots=True)
class BothFacts:
    """What each of two versions says."""

    old: Facts
    new: Facts
    base: str
    """The base of their IRIs."""

    def current(self, iri: str) -> Facts:
        """Return the facts in which a subject is described: the new ones, unless only the old ones have it."""
        return self.new if self.new.has(iri) or not self.old.has(iri) else self.old

    def named(self, iri: str) -> Named:
        """Return an IRI with its present name, or the last that it had."""
        return self.current(iri).named(iri)


def read_facts(file: QuadFile, iris: Iterable[str], base: str) -> Facts:
    """Return what a version says of these IRIs, and of the classes, anchors and claimants that it gives them."""
    subjects: dict[str, dict[str, list[Node]]] = {}
    wanted = set(iris)
    for _ in range(2):
        new = {part for iri in wanted for part in _with_quote(iri, base)} - subjects.keys()
        subjects.update(_read(file, new))
        leading = (_TYPE, ANCHOR, ACCORDING_TO)
        wanted = {
            node.value
            for iri in new & subjects.keys()
            for property_ in leading
            for node in subjects[iri].get(property_, ())
        }
    return Facts(subjects)


def _with_quote(iri: str, base: str) -> Iterator[str]:
    yield iri
    if iri.startswith(f"{base}id/anchor/"):
        yield iri + _QUOTE


def _read(file: QuadFile, iris: set[str]) -> dict[str, dict[str, list[Node]]]:
    subjects = {f"<{iri}>".encode(): iri for iri in iris}
    kept = {f"<{iri}>".encode() for iri in _KEPT}
    found: dict[str, dict[str, list[Node]]] = {}
    lines = []
    with file.open() as opened:
        for line in opened:
            subject, property_, _rest = line.split(b" ", 2)
            if subject in subjects:
                found.setdefault(subjects[subject], {})
                if property_ in kept:
                    lines.append(line)
    for quad in read_quads(lines):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, Node):
            values = found[quad.subject.value].setdefault(quad.predicate.value, [])
            if quad.object not in values:
                values.append(quad.object)
    return found
