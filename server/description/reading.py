"""Reading what the dataset says of itself from the named graph `dataset`, which the build writes.

A file that is served without one (`serve --dataset`) has no licence we could vouch for,
so none is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import ADMS, BG, DCAT, DCTERMS, FOAF, ISO639_1, OWL, RDFS, VOID
from graph.store import Dataset, Store
from server.description.publication import Agent, Publication, Register, Source
from server.terms.days import is_day
from server.terms.links import is_web_address
from server.terms.taxonomy import TYPE

# Each graph is a dataset of VoID's, and of these there may be very many.
_DATASET_CLASSES: Final = (ox.NamedNode(DCAT + "Dataset"), ox.NamedNode(VOID + "Dataset"))
PARTS: Final = (ox.NamedNode(VOID + "subset"), ox.NamedNode(DCTERMS + "hasPart"))
"""Properties that lead from a dataset to each of its graphs."""
_IS_VERSION_OF: Final = ox.NamedNode(DCTERMS + "isVersionOf")


def read_publication(dataset: Dataset) -> Publication:
    """Return what the dataset says of itself."""
    store, graph = dataset.store, ox.NamedNode(graph_iri("dataset", dataset.base))
    whole = next(filter(None, (_find_whole(store, kind, graph) for kind in _DATASET_CLASSES)), None)
    modified = dataset.manifest.modified if dataset.manifest else None
    version = dataset.manifest.version if dataset.manifest else None
    if whole is None:
        return Publication(version=version, modified=modified)
    reading = _Reading(store, graph, ox.NamedNode(whole))
    creators = tuple(reading.agents(DCTERMS + "creator"))
    return Publication(
        iri=whole,
        title=reading.text(DCTERMS + "title"),
        description=reading.text(DCTERMS + "description"),
        keywords=tuple(reading.texts(DCAT + "keyword")),
        creators=creators,
        publisher=next(reading.agents(DCTERMS + "publisher"), None),
        license=reading.web_address(DCTERMS + "license"),
        rights=reading.text(DCTERMS + "rights"),
        version=version or reading.text(OWL + "versionInfo", DCAT + "version"),
        version_notes=reading.text(ADMS + "versionNotes"),
        issued=reading.day(DCTERMS + "issued"),
        modified=modified or reading.day(DCTERMS + "modified"),
        languages=tuple(
            iri.removeprefix(ISO639_1) for iri in reading.iris(DCTERMS + "language") if iri.startswith(ISO639_1)
        ),
        landing_page=reading.web_address(DCAT + "landingPage"),
        sources=tuple(reading.iris(DCTERMS + "source")),
        texts=_Texts(store, graph),
        registers=tuple(_read_registers(store, graph, dataset.base)),
        conforms_to=tuple(reading.iris(DCTERMS + "conformsTo")),
    )


def _find_whole(store: Store, kind: ox.NamedNode, graph: ox.NamedNode) -> str | None:
    """Return the first dataset of this class, by name, that is no part of another one."""
    found = {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, kind, graph)
             if isinstance(quad.subject, ox.NamedNode)}  # fmt: skip
    return next((iri for iri in sorted(found) if not _is_part(store, ox.NamedNode(iri), graph)), None)


def _is_part(store: Store, node: ox.NamedNode, graph: ox.NamedNode) -> bool:
    return any(any(store.quads_for_pattern(None, part, node, graph)) for part in PARTS)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The articles as they were read, by name."""

    store: Store
    graph: ox.NamedNode

    def __iter__(self) -> Iterator[Source]:
        texts: dict[str, ox.NamedNode] = {}
        for quad in self.store.quads_for_pattern(None, _IS_VERSION_OF, None, self.graph):
            if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                texts[quad.object.value] = quad.subject
        for iri, text in sorted(texts.items()):
            article, read = (_Reading(self.store, self.graph, node) for node in (ox.NamedNode(iri), text))
            yield Source(
                article=iri,
                title=article.text(DCTERMS + "title"),
                page=article.web_address(DCTERMS + "source"),
                text=text.value,
                digest=read.text(BG + "textDigest"),
                provenance=article.text(DCTERMS + "provenance"),
            )


def _read_registers(store: Store, graph: ox.NamedNode, base: str) -> Iterator[Register]:
    links = _Reading(store, graph, ox.NamedNode(graph_iri("crosslinks", base)))
    for iri in links.iris(DCTERMS + "source"):
        register = _Reading(store, graph, ox.NamedNode(iri))
        yield Register(
            iri=iri,
            name=register.text(RDFS + "label") or iri,
            license=register.web_address(DCTERMS + "license"),
            rights=register.text(DCTERMS + "rights"),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The values of one subject in one graph: English ones first, then in the order of the code points."""

    store: Store
    graph: ox.NamedNode
    subject: ox.NamedNode

    def texts(self, *properties: str) -> Iterator[str]:
        """Yield the values of each property that are not empty, IRIs as text."""
        for iri in properties:
            quads = self.store.quads_for_pattern(self.subject, ox.NamedNode(iri), None, self.graph)
            terms = (quad.object for quad in quads if isinstance(quad.object, ox.Literal | ox.NamedNode))
            ordered = sorted(terms, key=lambda term: (getattr(term, "language", None) != "en", term.value))
            yield from (term.value for term in ordered if term.value.strip())

    def text(self, *properties: str) -> str | None:
        """Return the first value there is."""
        return next(self.texts(*properties), None)

    def iris(self, iri: str) -> Iterator[str]:
        """Yield the values of a property that are IRIs."""
        quads = self.store.quads_for_pattern(self.subject, ox.NamedNode(iri), None, self.graph)
        yield from sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))

    def web_address(self, iri: str) -> str | None:
        """Return the first value to which a page may link."""
        return next(filter(is_web_address, self.texts(iri)), None)

    def day(self, iri: str) -> str | None:
        """Return the first value that is a day."""
        return next(filter(is_day, self.texts(iri)), None)

    def agents(self, iri: str) -> Iterator[Agent]:
        """Yield the values of a property that have a name of their own."""
        for agent in self.iris(iri):
            name = _Reading(self.store, self.graph, ox.NamedNode(agent)).text(FOAF + "name", RDFS + "label")
            if name is not None:
                yield Agent(agent, name)
