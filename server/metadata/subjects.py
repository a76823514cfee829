"""What a page is about, told from its canonical address.

An address of ours names its subject: `page/…` the thing of that name, `article/…` and the
other ways to look at an article the article, `graph/…` the named graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from server.metadata.addresses import OF_ARTICLE
from server.site import Site
from server.terms.facts import Facts, gather, read_facts
from server.terms.links import Links
from server.terms.taxonomy import TYPE

_OF_DATASET: Final = ("", ".well-known/void", "dumps/")
_VOCABULARIES: Final = {"ontology": ONTOLOGY_IRI, "shapes": SHAPES_IRI}


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing with what the merged graphs state of it."""

    iri: str
    section: str
    """First part of the address of the page that is about it."""
    facts: Facts
    classes: frozenset[str]
    """Its classes, those above them included."""

    @property
    def is_of_article(self) -> bool:
        """Tell whether its page shows an article as a whole."""
        return self.section in OF_ARTICLE

    def iris(self, *properties: str) -> list[str]:
        """Return the values that are IRIs."""
        return [x.value for iri in properties for x in self.facts.get(iri, ()) if isinstance(x, ox.NamedNode)]

    def literals(self, *properties: str) -> list[ox.Literal]:
        """Return the values that are literals."""
        return [x for iri in properties for x in self.facts.get(iri, ()) if isinstance(x, ox.Literal)]


def find_subject(site: Site, address: str) -> Subject | None:
    """Return what the page at this address below the base is about, None where the data does not describe it."""
    iri = _iri(site.links, address, site.publication.iri)
    return read_subject(site, iri, address.partition("/")[0]) if iri is not None else None


def read_subject(site: Site, iri: str, section: str = "page") -> Subject | None:
    """Return the thing with this IRI, None where nothing is stated of it."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return None
    is_dataset = iri == site.publication.iri
    facts = gather(site.own_words) if is_dataset else read_facts(site.dataset.store, node)
    if not facts:
        return None
    kinds = [kind for kind in facts.get(TYPE.value, ()) if isinstance(kind, ox.NamedNode)]
    classes = {kind.value for own in kinds for kind in (own, *site.taxonomy.wider(own))}
    return Subject(iri, section, facts, frozenset(classes))


def _iri(links: Links, address: str, dataset: str | None) -> str | None:
    if address in _OF_DATASET:
        return dataset
    section, _, name = address.partition("/")
    if section == "page":
        return links.entity(name)
    if section in OF_ARTICLE:
        return links.entity(f"article/{name}")
    if section == "graph" and name:
        return f"{links.base}graph/{name}"
    return _VOCABULARIES.get(address)
