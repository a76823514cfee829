"""What the authored files say of things that cross-links are about: names, classes, entries elsewhere.

Read from the sources rather than from a built dataset, because that is where a check's
findings are written back, and where a mistake is mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.issues import Issues
from graph.namespaces import BG, PREFIXES, RDF, RDFS, SKOS
from graph.sources import Sources
from graph.turtle import TurtleFile, read_turtle
from graph.vocabulary import Vocabulary, read_vocabulary

TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"
ENTRY_LABEL: Final = BG + "entryLabel"
EXACT, CLOSE = SKOS + "exactMatch", SKOS + "closeMatch"

ITEM: Final = PREFIXES["wd"]
PROPERTY: Final = PREFIXES["wdt"]
_NAMES: Final = (LABEL, SKOS + "altLabel")

Node = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Holdings:
    """Authored files with an index of their statements."""

    files: tuple[TurtleFile, ...]
    vocabulary: Vocabulary
    _index: dict[tuple[str, str], list[Node]] = field(default_factory=dict)
    _links: dict[str, list[str]] = field(default_factory=dict)
    """The cross-links about each thing."""
    _homes: dict[str, TurtleFile] = field(default_factory=dict)
    """The first file that gives each thing a class."""

    def __post_init__(self) -> None:
        """Index the statements about nodes with a name."""
        for file in self.files:
            for triple in file.triples:
                if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, Node):
                    key = (triple.subject.value, triple.predicate.value)
                    self._index.setdefault(key, []).append(triple.object)
                    if triple.predicate.value == TYPE:
                        self._homes.setdefault(triple.subject.value, file)
        for link in self.crosslinks():
            for subject in self.iris(link, RDF + "subject"):
                self._links.setdefault(subject, []).append(link)

    def values(self, subject: str, property_: str) -> list[Node]:
        """Return the values of a property, in the order of the files."""
        return self._index.get((subject, property_), [])

    def iris(self, subject: str, property_: str) -> list[str]:
        """Return the values that are IRIs."""
        return [value.value for value in self.values(subject, property_) if isinstance(value, ox.NamedNode)]

    def literals(self, subject: str, property_: str) -> list[ox.Literal]:
        """Return the values that are literals."""
        return [value for value in self.values(subject, property_) if isinstance(value, ox.Literal)]

    def names(self, subject: str) -> list[ox.Literal]:
        """Return the names of a thing in all languages, those that cross-links give included."""
        own = [literal for property_ in _NAMES for literal in self.literals(subject, property_)]
        linked = [
            value
            for link in self.links(subject)
            if self.iris(link, RDF + "predicate") == [SKOS + "altLabel"]
            for value in self.literals(link, RDF + "object")
        ]
        return list(dict.fromkeys((*own, *linked)))

    def english(self, subject: str) -> str | None:
        """Return the English label of a thing, or None."""
        return next((label.value for label in self.literals(subject, LABEL) if label.language == "en"), None)

    def classes(self, subject: str) -> frozenset[str]:
        """Return the classes of a thing, with those above them."""
        own = self.iris(subject, TYPE)
        return frozenset(own).union(*(self.vocabulary.ancestors.get(class_, frozenset()) for class_ in own))

    def home(self, subject: str) -> TurtleFile:
        """Return the file in which a thing has its class; raise KeyError where none has."""
        return self._homes[subject]

    def links(self, subject: str) -> list[str]:
        """Return the cross-links about a thing."""
        return self._links.get(subject, [])

    def crosslinks(self) -> Iterator[str]:
        """Yield the IRIs of all cross-links."""
        for (subject, property_), values in self._index.items():
            if property_ == TYPE and ox.NamedNode(BG + "CrossLink") in values:
                yield subject

    def subjects(self) -> Iterator[str]:
        """Yield everything that has a class."""
        return (subject for subject, property_ in self._index if property_ == TYPE)

    def items_of_class(self, class_: str) -> list[str]:
        """Return the Wikidata items that a class of ours is aligned with exactly, as `Q178561`."""
        return [iri.removeprefix(ITEM) for iri in self.iris(class_, EXACT) if iri.startswith(ITEM)]


def read_holdings(sources: Sources) -> Holdings:
    """Return the authored files; raise `InvalidSources` where some cannot be read."""
    issues = Issues()
    terms: list[TurtleFile] = []
    things: list[TurtleFile] = []
    for kept, paths in (
        (terms, sorted(sources.ontology.glob("*.ttl"))),
        (things, sorted(sources.shared.glob("*.ttl"))),
        *((things, sorted(folder.glob("*.ttl"))) for folder in sources.article_folders()),
    ):
        for path in paths:
            with issues.gathering():
                kept.append(read_turtle(path))
    issues.raise_any()
    return Holdings((*terms, *things), read_vocabulary(terms))
