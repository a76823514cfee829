"""What the page of a thing shows: its names and kinds, then rows of properties and values.

A description comes in; plain records that a template walks over go out. Works for any
kind of thing. The order is that of a reader's questions: what is stated, who says so
and on what source, in which words, what is it called, where else is it described.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS
from server.anchors import read_anchor
from server.describe import Description
from server.labels import LABEL_PROPERTIES, Label, Shown, foreign_language
from server.rows import Row, by_predicate, make_row, property_rows, show_graph, show_quote
from server.site import Site

_ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")

# Each group's properties in the order they are read; a group not listed here takes the rest.
_STATED: Final = tuple(
    BG + name
    for name in (
        "inEvent", "lossOf", "effect", "lossType", "minCount", "maxCount", "countStated", "scope", "phase",
        "includedIn",
        "place", "holder", "controlKind", "possibleDate", "earliestDate", "latestDate", "dateEdtf", "whenLexical",
        "refNumber", "authorName", "authorHandle",
    )
)  # fmt: skip
_STANDING: Final = tuple(
    BG + name
    for name in (
        "accordingTo", "certainty", "hedge", "doubt", "valueStatus", "sourceStatus", "citesReference",
        "incompatibleWith", "mayOverlapWith", "inArticle",
    )
)  # fmt: skip
_WORDS: Final = (BG + "lexical", BG + "anchor")
_NAMES: Final = (
    RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", FOAF + "name", SKOS + "altLabel", SKOS + "hiddenLabel",
    RDF + "type", SKOS + "definition", SKOS + "scopeNote", SKOS + "example", DCTERMS + "description", RDFS + "comment",
)  # fmt: skip
_ELSEWHERE: Final = (
    *(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
    OWL + "sameAs", SCHEMA + "sameAs", FOAF + "isPrimaryTopicOf", FOAF + "page", RDFS + "seeAlso",
)  # fmt: skip
_GROUPS: Final = (
    ("What is said", _STATED),
    ("Who says so, on what source", _STANDING),
    ("In which words", _WORDS),
    ("Names and kinds", _NAMES),
    ("Described elsewhere", _ELSEWHERE),
)
_PLACES: Final = {
    iri: (group, place) for group, (_, properties) in enumerate(_GROUPS) for place, iri in enumerate(properties)
}
_LAST_PLACE: Final = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing with a hash IRI that belongs to the page's thing."""

    fragment: str
    shown: Shown
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template needs to show one thing."""

    iri: str
    label: Label
    other_names: tuple[Label, ...]
    kinds: tuple[Shown, ...]
    viewpoint: Shown | None
    """Whose statement this is, where it is one."""
    reading: str | None
    """Where the text can be read, for an article and for words of one."""
    graph: Shown | None
    """The named graph that most of the thing's own statements stand in."""
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    inverse: tuple[Row, ...]


def make_page(site: Site, description: Description) -> Page:
    """Return what the page of the described thing shows."""
    thing = description.thing
    own = [quad for quad in description.own if quad.subject == thing]
    rows: dict[int, list[tuple[tuple[int, str], Row]]] = {}
    for predicate, quads in by_predicate(own):
        group, place = _PLACES.get(predicate, (0, _LAST_PLACE))
        row = make_row(site, predicate, quads, [quad.object for quad in quads])
        rows.setdefault(group, []).append(((place, row.property.text), row))
    label = site.labels.label(thing.value)
    return Page(
        iri=thing.value,
        label=label,
        other_names=_other_names(own, label),
        kinds=tuple(site.labels.show(kind) for kind in site.taxonomy.kinds(own)),
        viewpoint=_viewpoint(site, thing),
        reading=_reading(site, thing.value),
        graph=_main_graph(site, own),
        groups=tuple(
            Group(_GROUPS[group][0], tuple(row for _, row in sorted(rows[group], key=lambda item: item[0])))
            for group in sorted(rows)
        ),
        parts=tuple(_parts(site, description)),
        inverse=tuple(_inverse_rows(site, description)),
    )


def _reading(site: Site, iri: str) -> str | None:
    anchor = read_anchor(site.dataset.store, iri)
    if anchor is not None:
        return show_quote(site, anchor).href
    name = site.links.entity_name(iri) or ""
    return f"{site.links.root}/{name}" if name.startswith("article/") else None


def _main_graph(site: Site, own: Iterable[ox.Quad]) -> Shown | None:
    names = Counter(quad.graph_name.value for quad in own if isinstance(quad.graph_name, ox.NamedNode))
    if not names:
        return None
    most = max(names.values())
    return show_graph(site, min(name for name, count in names.items() if count == most))


def _other_names(own: Iterable[ox.Quad], label: Label) -> tuple[Label, ...]:
    names = {
        Label(quad.object.value, foreign_language(quad.object))
        for quad in own
        if quad.predicate in LABEL_PROPERTIES and isinstance(quad.object, ox.Literal)
    }
    return tuple(sorted(names - {label}, key=lambda name: (name.lang or "", name.text)))


def _viewpoint(site: Site, thing: ox.NamedNode) -> Shown | None:
    for quad in site.dataset.store.quads_for_pattern(thing, _ACCORDING_TO, None, ox.DefaultGraph()):
        return site.labels.show(quad.object)
    return None


def _parts(site: Site, description: Description) -> Iterable[Part]:
    parts: dict[str, list[ox.Quad]] = {}
    for quad in description.own:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject != description.thing:
            parts.setdefault(quad.subject.value, []).append(quad)
    for iri, quads in sorted(parts.items()):
        yield Part(iri.partition("#")[2], site.labels.show_iri(iri), property_rows(site, quads))


def _inverse_rows(site: Site, description: Description) -> Iterable[Row]:
    rows = [
        make_row(site, predicate, quads, [quad.subject for quad in quads])
        for predicate, quads in by_predicate(description.inverse)
    ]
    return sorted(rows, key=lambda row: row.property.text)
