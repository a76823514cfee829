"""What a dataset says of itself that `release.json` says too: so neither can be changed alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Final

import pyoxigraph as ox

from graph.iris import ONTOLOGY_IRI, graph_iri
from graph.namespaces import DCAT, DCTERMS, OWL, SCHEMA
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.record import RECORD_FILE, Record

_DATASET: Final = "dataset"
_GRAPH: Final = graph_iri(_DATASET, "")
_SOFTWARE: Final = "#software"
_OF_DATASET: Final = {DCAT + "version": "version", DCTERMS + "modified": "modified"}


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """Values by the names that they have in a `Record`; one that is said twice is both, one that is not said empty."""

    base: str
    version: str
    modified: str
    vocabulary: str
    software: str


def read_self_description(quads: Iterable[ox.Quad]) -> SelfDescription:
    """Return what the quads of a dataset say of it, whatever its base is."""
    found: dict[str, set[str]] = {field.name: set() for field in fields(SelfDescription)}
    for quad in quads:
        for name, value in _said(quad):
            found[name].add(value)
    return SelfDescription(**{name: " and ".join(sorted(values)) for name, values in found.items()})


def compare_record(record: Record, own: SelfDescription, name: str) -> Iterator[Finding]:
    """Yield where `release.json` says something else than the dataset, which is the file of this name."""
    for field in fields(SelfDescription):
        seen, expected = getattr(record, field.name), getattr(own, field.name)
        if seen != expected:
            yield Finding(RECORD_FILE, f"says {field.name} {seen!r}", f"{expected!r} as in {name}", NOT_OURS)


def _said(quad: ox.Quad) -> Iterator[tuple[str, str]]:
    if not (isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode)):
        return
    subject, predicate, graph = quad.subject.value, quad.predicate.value, quad.graph_name.value
    if subject == ONTOLOGY_IRI and predicate == OWL + "versionInfo":
        yield "vocabulary", _text(quad)
    if not graph.endswith(_GRAPH):
        return
    base = graph.removesuffix(_GRAPH)
    if subject == base + _DATASET and predicate in _OF_DATASET:
        yield "base", base
        yield _OF_DATASET[predicate], _text(quad)
    elif subject == graph + _SOFTWARE and predicate == SCHEMA + "softwareVersion":
        yield "software", _text(quad)


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal | ox.NamedNode) else str(quad.object)
