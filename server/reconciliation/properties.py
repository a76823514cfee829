"""The properties of the service: its columns, every property of the ontology that the data uses, and their P ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, GEO, PREFIXES, SEM, SKOS
from server.reconciliation.beginnings import ranked
from server.reconciliation.columns import COLUMNS, Column
from server.reconciliation.facts import Fact, Facts
from server.reconciliation.identifiers import term_id, term_iri
from server.reconciliation.kinds import EntityType
from server.site import Site

_ALIGNMENTS: Final = tuple(ox.NamedNode(SKOS + name) for name in ("exactMatch", "closeMatch"))
_DEFINITION: Final = (ox.NamedNode(SKOS + "definition"),)
_ITEM: Final = re.compile(r"P[1-9][0-9]*")
_OURS: Final = (BG, SEM, DCTERMS, GEO)
# Anchors are addresses within the article, which nobody has in a table.
_INTERNAL: Final = frozenset((BG + "anchor", BG + "quote", BG + "textDigest"))
# What a claim is proposed to be extended with besides the columns.
_OF_CLAIMS: Final = (
    "accordingTo", "lexical", "certainty", "valueStatus", "sourceStatus", "citesReference", "lossOf", "lossType",
    "effect",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A property of the ontology."""

    iri: str
    id: str
    name: str
    description: str
    service: str = ""
    """Its values are in our identifier space."""

    @property
    def terms(self) -> tuple[str, ...]:
        """The property itself, as columns have theirs."""
        return (self.iri,)

    def read(self, facts: Facts, thing: str) -> Iterator[Fact]:
        """Yield the values of a thing."""
        return facts.values(thing, self.iri)


Property: TypeAlias = Column | Term


class Properties:
    """The properties of one dataset."""

    def __init__(self, site: Site) -> None:
        self._site = site
        used = (iri for iri in site.usage.triples if iri.startswith(_OURS) and iri not in _INTERNAL)
        self._terms: Final = {iri: self._read(iri) for iri in sorted(used)}

    def find(self, identifier: str) -> Property | None:
        """Return the property with this id, CURIE, IRI or P id of Wikidata; None where there is none."""
        identifier = identifier.strip()
        if identifier in COLUMNS:
            return COLUMNS[identifier]
        if _ITEM.fullmatch(identifier):
            return self._aligned(identifier)
        iri = term_iri(identifier)
        # What a place or a person is mentioned in it has no triple for.
        return COLUMNS["article"] if iri == BG + "inArticle" else self._terms.get(iri)

    def beginning(self, prefix: str) -> list[Property]:
        """Return those with a name or id in which a word begins so, the nearest first, columns before others."""
        exact = self.find(prefix)
        first: list[Property] = [exact] if exact is not None else []
        columns: list[Property] = [*ranked(prefix, COLUMNS.values())]
        terms: list[Property] = [*ranked(prefix, self._terms.values())]
        return list(dict.fromkeys((*first, *columns, *terms)))

    def proposed(self, kind: EntityType | None) -> list[Property]:
        """Return what things of a type can be extended with; of any type, where none is named."""
        if kind is None:
            return [*COLUMNS.values()]
        classes = {kind.iri, *(wider.value for wider in self._site.taxonomy.wider(ox.NamedNode(kind.iri)))}
        names = {term_id(iri).rpartition(":")[2] for iri in classes}
        found: list[Property] = [column for column in COLUMNS.values() if not column.of or names & column.of]
        if "Claim" in names:
            found += [self._terms[BG + name] for name in _OF_CLAIMS if BG + name in self._terms]
        return found

    def _aligned(self, item: str) -> Property | None:
        column = next((column for column in COLUMNS.values() if column.item == item), None)
        node = ox.NamedNode(PREFIXES["wdt"] + item)
        for alignment in () if column else _ALIGNMENTS:
            found = self._site.dataset.store.quads_for_pattern(None, alignment, node, ox.DefaultGraph())
            same = sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
            for iri in same:
                if iri in self._terms:
                    return self._terms[iri]
        return column

    def _read(self, iri: str) -> Term:
        labels = self._site.english
        return Term(iri, term_id(iri), labels.label(iri).text, labels.text(iri, _DEFINITION) or "")
