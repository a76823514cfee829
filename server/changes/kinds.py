"""The kinds of things that a dataset speaks of, as a reader of its changes looks for them.

A statement's kind is decided by its named graph, and in the graph of entities by the
kind of its subject; so each statement has one. Kinds are in the order in which they are
read: what is claimed first, what is only counted or computed last.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox


class Kind(StrEnum):
    """What a statement is about; the value is its name in `changes.json`."""

    CLAIMS = "claims"
    EVENTS = "events"
    PLACES = "places"
    ACTORS = "actors"
    VIEWPOINTS = "viewpoints"
    ARTICLES = "articles"
    REFERENCES = "references"
    GAPS = "gaps"
    CROSSLINKS = "crosslinks"
    EQUIPMENT = "equipment"
    VOCABULARY = "vocabulary"
    SHAPES = "shapes"
    OTHERS = "others"
    TEXTS = "texts"
    ANCHORS = "anchors"
    DERIVED = "derived"
    REPORT = "report"
    DESCRIPTION = "description"


KIND_LABELS: Final = MappingProxyType(
    {
        Kind.CLAIMS: "Claims",
        Kind.EVENTS: "Events",
        Kind.PLACES: "Places",
        Kind.ACTORS: "Sides, powers, groups and persons",
        Kind.VIEWPOINTS: "Viewpoints",
        Kind.ARTICLES: "Articles, their lists and maps",
        Kind.REFERENCES: "References",
        Kind.GAPS: "Gaps and omissions",
        Kind.CROSSLINKS: "Cross-links and outside knowledge",
        Kind.EQUIPMENT: "Kinds of persons and things lost",
        Kind.VOCABULARY: "Terms of the vocabulary",
        Kind.SHAPES: "Shapes and checks",
        Kind.OTHERS: "Other things",
        Kind.TEXTS: "Texts of articles",
        Kind.ANCHORS: "Anchors",
        Kind.DERIVED: "What follows from the statements",
        Kind.REPORT: "Validation report",
        Kind.DESCRIPTION: "Description of the dataset",
    }
)
"""What each kind is called, in English."""

CONSEQUENT: Final = frozenset((Kind.TEXTS, Kind.ANCHORS, Kind.DERIVED, Kind.REPORT, Kind.DESCRIPTION))
"""Kinds that nobody writes one by one: they follow from the others, so they are counted and not told."""
_OF_GRAPHS: Final = MappingProxyType(
    {
        "references": Kind.REFERENCES,
        "gaps": Kind.GAPS,
        "crosslinks": Kind.CROSSLINKS,
        "equipment": Kind.EQUIPMENT,
        "ontology": Kind.VOCABULARY,
        "shapes": Kind.SHAPES,
        "anchors": Kind.ANCHORS,
        "derived": Kind.DERIVED,
        "report": Kind.REPORT,
        "dataset": Kind.DESCRIPTION,
    }
)
_OF_ENTITIES: Final = MappingProxyType(
    {
        "event": Kind.EVENTS,
        "place": Kind.PLACES,
        "viewpoint": Kind.VIEWPOINTS,
        **dict.fromkeys(("article", "loss-list", "map"), Kind.ARTICLES),
        **dict.fromkeys(("side", "polity", "force-group", "population", "person", "organisation"), Kind.ACTORS),
    }
)


def kind_of(quad: ox.Quad, base: str) -> Kind:
    """Return the kind of a statement in a dataset on this base."""
    name = quad.graph_name.value.removeprefix(f"{base}graph/") if isinstance(quad.graph_name, ox.NamedNode) else ""
    if name.startswith("viewpoint/"):
        return Kind.CLAIMS
    entity = thing_of(quad, base).removeprefix(f"{base}id/").partition("/")[0]
    if name == "anchors" and entity == "text":
        return Kind.TEXTS
    return _OF_ENTITIES.get(entity, Kind.OTHERS) if name == "entities" else _OF_GRAPHS.get(name, Kind.OTHERS)


def thing_of(quad: ox.Quad, base: str) -> str:
    """Return the IRI of what a statement is about: for a part of an entity, as an anchor's selector, the entity."""
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
    return subject.partition("#")[0] if subject.startswith(f"{base}id/") else subject


def viewpoint_of(quad: ox.Quad, base: str) -> str | None:
    """Return the IRI of the viewpoint whose graph holds a statement, None where it is in another graph."""
    head = f"{base}graph/viewpoint/"
    graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
    return f"{base}id/viewpoint/{graph.removeprefix(head)}" if graph.startswith(head) else None
