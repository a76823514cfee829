"""The types of the service: the classes that things of ours are in, most of them of our own ontology."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, PREFIXES, RDFS, SEM, SKOS
from server.reconciliation.beginnings import ranked
from server.reconciliation.identifiers import term_id, term_iri
from server.search.names import filter_name
from server.search.search_index import Kind, SearchIndex
from server.site import Site

_SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_EXACT: Final = ox.NamedNode(SKOS + "exactMatch")
_DEFINITION: Final = (ox.NamedNode(SKOS + "definition"),)
_ITEM: Final = re.compile(r"Q[1-9][0-9]*")
# What a table of names is usually about, the likeliest first.
_DEFAULTS: Final = (BG + "Battle", SEM + "Event", BG + "Place", SEM + "Actor", BG + "LossType")
_BORROWED: Final = frozenset((SEM + "Event", SEM + "Actor"))
# What articles speak of; the others are what the dataset itself makes, as articles, viewpoints and claims.
SPOKEN_OF: Final = frozenset(filter_name(iri) for iri in (*_DEFAULTS, BG + "Polity", BG + "Person"))
"""Filters of the kinds that are meant where a query names no type."""
UNTYPED: Final = SPOKEN_OF | {filter_name(BG + "Article")}
"""Filters of the kinds that a query without a type finds: those and articles, but nothing of the bookkeeping."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class as the service tells it."""

    iri: str
    id: str
    name: str
    description: str
    broader: tuple[str, ...]
    """IRIs of the types directly above."""

    @property
    def filter(self) -> str:
        """The name by which the index of names knows it."""
        return filter_name(self.iri)


class EntityTypes:
    """The types of one dataset, by IRI."""

    def __init__(self, site: Site, index: SearchIndex) -> None:
        self._site = site
        classes = {iri for kind in index.kinds if is_offered(kind) for iri in kind.classes}
        above = {wider.value for iri in classes for wider in site.taxonomy.wider(ox.NamedNode(iri))}
        offered = sorted(iri for iri in classes | above if iri.startswith(BG) or iri in _BORROWED)
        self.all: Final = {iri: self._read(iri, offered) for iri in offered}

    @property
    def defaults(self) -> list[EntityType]:
        """Those that a client offers first."""
        return [self.all[iri] for iri in _DEFAULTS if iri in self.all]

    def find(self, identifier: str) -> EntityType | None:
        """Return the type with this id, CURIE, IRI or QID of Wikidata; None where there is none."""
        if _ITEM.fullmatch(identifier):
            item = ox.NamedNode(PREFIXES["wd"] + identifier)
            found = self._site.dataset.store.quads_for_pattern(None, _EXACT, item, ox.DefaultGraph())
            same = (self.all.get(quad.subject.value) for quad in found if isinstance(quad.subject, ox.NamedNode))
            return next((each for each in same if each is not None), None)
        return self.all.get(term_iri(identifier))

    def beginning(self, prefix: str) -> list[EntityType]:
        """Return those with a name or id in which a word begins so, those that themselves begin so first."""
        return ranked(prefix, list(self.all.values()))

    def told(self, kind: Kind) -> list[dict[str, str]]:
        """Return the types of things of one kind as candidates have them."""
        return [{"id": one.id, "name": one.name} for iri in kind.classes if (one := self.all.get(iri))]

    def _read(self, iri: str, offered: Sequence[str]) -> EntityType:
        above = self._site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _SUBCLASS, None, ox.DefaultGraph())
        broader = sorted({quad.object.value for quad in above if isinstance(quad.object, ox.NamedNode)})
        labels = self._site.english
        return EntityType(
            iri,
            term_id(iri),
            labels.label(iri).text,
            labels.text(iri, _DEFINITION) or "",
            tuple(each for each in broader if each in offered and each != iri),
        )


def is_offered(kind: Kind) -> bool:
    """Tell whether things of a kind can be candidates: whatever has a name of its own that is not a quotation."""
    return not kind.is_part and any(iri.startswith(BG) for iri in kind.classes)
