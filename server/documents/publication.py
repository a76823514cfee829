"""What the dataset says of itself: its name, licence, rights and version.

Read from the named graph `dataset`, which the build writes. A file that is served
without one (`serve --dataset`) has no licence we could vouch for, so none is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import DCAT, DCTERMS, OWL, VOID
from graph.store import Dataset
from server.terms.days import iso, read_span
from server.terms.taxonomy import TYPE

_DATASET_CLASSES: Final = (ox.NamedNode(VOID + "Dataset"), ox.NamedNode(DCAT + "Dataset"))
_PARTS: Final = (ox.NamedNode(VOID + "subset"), ox.NamedNode(DCTERMS + "hasPart"))


@dataclass(frozen=True, slots=True)
class Publication:
    """The dataset's own description; every part may be missing."""

    iri: str | None = None
    title: str | None = None
    description: str | None = None
    license: str | None = None
    """IRI of the licence, a web address."""
    rights: str | None = None
    """The attribution a copy has to carry."""
    version: str | None = None
    modified: str | None = None
    """Date of the version, as xsd:date."""


def read_publication(dataset: Dataset) -> Publication:
    """Return what the dataset says of itself."""
    store, graph = dataset.store, ox.NamedNode(graph_iri("dataset", dataset.base))
    found = {quad.subject for kind in _DATASET_CLASSES for quad in store.quads_for_pattern(None, TYPE, kind, graph)}
    parts = {quad.object for part in _PARTS for quad in store.quads_for_pattern(None, part, None, graph)}
    wholes = sorted(node.value for node in found - parts if isinstance(node, ox.NamedNode))
    modified = dataset.manifest.modified if dataset.manifest else None
    version = dataset.manifest.version if dataset.manifest else None
    if not wholes:
        return Publication(version=version, modified=modified)
    subject = ox.NamedNode(wholes[0])

    def values(*properties: str) -> Iterator[str]:
        for iri in properties:
            quads = store.quads_for_pattern(subject, ox.NamedNode(iri), None, graph)
            terms = (quad.object.value for quad in quads if isinstance(quad.object, ox.Literal | ox.NamedNode))
            yield from sorted(filter(str.strip, terms))

    def value(*properties: str) -> str | None:
        return next(values(*properties), None)

    return Publication(
        iri=subject.value,
        title=value(DCTERMS + "title"),
        description=value(DCTERMS + "description"),
        license=next((iri for iri in values(DCTERMS + "license") if is_web_address(iri)), None),
        rights=value(DCTERMS + "rights"),
        version=version or value(OWL + "versionInfo", DCAT + "version"),
        modified=modified or next(filter(_is_day, values(DCTERMS + "modified")), None),
    )


def is_web_address(text: str) -> bool:
    """Tell whether a page may link to it: what `javascript:` begins, a browser would run."""
    return text.startswith(("https://", "http://"))


def _is_day(text: str) -> bool:
    """Tell whether it is a day as HTML's `datetime` takes it; Python would take weeks for days too."""
    span = read_span(text)
    return span is not None and span.is_one_day and iso(span.first) == text
