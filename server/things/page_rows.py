"""A thing's own statements in rows, apart by where each comes from, and rows of what points at the thing.

What an article says is not what a rule of ours computes, nor what a source outside says,
nor how this dataset files the thing: each has a place of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import BG, DCTERMS, RDF, RDFS, SEM, SKOS
from server.site import Site
from server.terms.anchors import ANCHOR
from server.terms.labels import Shown
from server.terms.rows import MOST_SHOWN, Row, make_row, natural_key, property_rows, show_value
from server.things.crosslinks import CrossLink
from server.things.glossary import define
from server.things.headings import head_list, head_property
from server.things.listings import Listing, list_address
from server.things.origins import DERIVED, OUTSIDE, describe_origin, origin_of
from server.things.related import Pointing, Related

# The properties that are read first; the others follow by name, the classes last.
_FIRST: Final = (
    SEM + "hasTimeStamp", SEM + "hasBeginTimeStamp", SEM + "hasEndTimeStamp", BG + "statedDuration", SEM + "hasPlace",
    SEM + "hasActor", BG + "result", BG + "territorialChange", SEM + "subEventOf", SEM + "hasSubEvent",
    BG + "statusDescription", BG + "position", BG + "relativeTo", BG + "locatedIn", BG + "formerlyLocatedIn",
    BG + "viewpointOf", BG + "voiceOf", BG + "inArticle", SKOS + "definition", SKOS + "scopeNote",
    DCTERMS + "description", RDFS + "comment",
)  # fmt: skip
_LAST: Final = (SKOS + "hiddenLabel", RDF + "type")
_PLACES: Final = {iri: place for place, iri in enumerate((*_FIRST, "", *_LAST))}
# Stated in an article's graph, and still how we file what it names and not what it says.
_FILED: Final = frozenset(
    BG + name
    for name in (
        "distinctiveName", "inArticle", "mapOf", "mirrorCredit", "phaseOrder", "provenance", "readingRule",
        "reviewStatus", "sideNumber", "sideOf", "textDigest", "viewpointOf", "voiceOf", "wikipediaPage",
    )
)  # fmt: skip
# Of a rule, and still no news: the same that the article says, seen from the other end.
_TURNED: Final = frozenset((SEM + "hasSubEvent",))


@dataclass(frozen=True, slots=True)
class Stated:
    """A thing's own statements, by who states them."""

    voice: tuple[Row, ...]
    """What an article says in its own voice."""
    computed: tuple[Row, ...]
    """What rules compute and nobody says."""
    outside: tuple[Row, ...]
    """What sources outside the article say."""
    further: tuple[Row, ...]
    """How the dataset describes and files it."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return (*self.voice, *self.computed, *self.outside, *self.further)


@dataclass(frozen=True, slots=True)
class Part:
    """A thing with a hash IRI that belongs to the page's thing."""

    fragment: str
    kinds: tuple[Shown, ...]
    rows: tuple[Row, ...]


def state_rows(
    site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad], told: frozenset[str], links: Sequence[CrossLink]
) -> Stated:
    """Return the direct statements, one row for each property and origin, in the order of a reader's questions."""
    grouped: dict[tuple[str, str], list[ox.Quad]] = {}
    for quad in own:
        if quad.predicate.value not in told:
            grouped.setdefault((quad.predicate.value, origin_of(site, quad)), []).append(quad)
    rows = []
    for (iri, origin), quads in grouped.items():
        row = make_row(site, iri, quads, [quad.object for quad in quads])
        note = describe_origin(site, origin, iri, quads, links)
        more = list_address(site, thing.value, Listing(iri)) if row.count > MOST_SHOWN else None
        heading = head_property(site, iri)
        row = replace(row, property=heading, note=note, more=more, definition=define(site, iri))
        rows.append((iri, _section(site, iri, origin, row, quads), row))
    rows.sort(key=lambda x: _place(x[0], x[2]))
    return Stated(*(tuple(row for _iri, place, row in rows if place == field.name) for field in fields(Stated)))


def _section(site: Site, iri: str, origin: str, row: Row, quads: Iterable[ox.Quad]) -> str:
    """Return the part of the page that a row belongs to, by its name in `Stated`."""
    if origin == OUTSIDE:
        return "outside"
    if origin == DERIVED:
        is_said = iri in _TURNED or (row.note is not None and row.note.basis)
        return "voice" if is_said else "computed"
    graphs = {quad.graph_name for quad in quads}
    is_of_article = ox.NamedNode(graph_iri("entities", site.dataset.base)) in graphs
    return "voice" if is_of_article and iri.startswith((BG, SEM)) and iri not in _FILED else "further"


def quote_row(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad]) -> Row | None:
    """Return the words that a thing rests on, None where there are none."""
    anchors = [quad for quad in own if quad.predicate == ANCHOR]
    if not anchors:
        return None
    row = make_row(site, ANCHOR.value, anchors, [quad.object for quad in anchors])
    more = list_address(site, thing.value, Listing(ANCHOR.value)) if row.count > MOST_SHOWN else None
    return replace(row, more=more)


def point_rows(site: Site, thing: ox.NamedNode, related: Related) -> Iterable[Row]:
    """Return one row for each property by which other things point at this one, by heading."""
    rows = [_inverse_row(site, thing, pointing) for pointing in related.others]
    return sorted(rows, key=lambda row: natural_key(row.property.text.lower()))


def read_parts(site: Site, quads: Iterable[ox.Quad], thing: ox.NamedNode) -> Iterable[Part]:
    """Yield the parts of a thing that these quads describe, in the order of their fragments."""
    parts: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject != thing:
            parts.setdefault(quad.subject.value, []).append(quad)
    for iri, found in sorted(parts.items()):
        kinds = tuple(site.labels.show(kind) for kind in site.taxonomy.kinds(found))
        yield Part(iri.partition("#")[2], kinds, property_rows(site, found))


def _inverse_row(site: Site, thing: ox.NamedNode, pointing: Pointing) -> Row:
    listing = Listing(pointing.property, is_inverse=True, only=pointing.only)
    values = tuple(show_value(site, "", subject) for subject in pointing.subjects[:MOST_SHOWN])
    count = len(pointing.subjects)
    more = list_address(site, thing.value, listing) if count > MOST_SHOWN else None
    return Row(head_list(site, listing), values, (), count, define(site, pointing.property), more=more)


def _place(iri: str, row: Row) -> tuple[int, list[str | int]]:
    return (_PLACES.get(iri, _PLACES[""]), natural_key(row.property.text.lower()))
