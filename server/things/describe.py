"""The quads that describe a thing: what its data document holds and its page shows.

A description is the thing's own quads (and those of its hash IRIs, as an anchor's
selectors), the quads that point at it, the anchors it rests on with their selectors,
the labels of everything mentioned, and a few words on the document itself. The quads
keep their named graphs; a quad that stands in no named graph keeps the default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeGuard

import pyoxigraph as ox

from graph.namespaces import DCTERMS, FOAF, VOID
from graph.store import Store
from server.description.publication import Publication
from server.terms.anchors import anchors_of, selectors_of
from server.terms.labels import LABEL_PROPERTIES
from server.terms.taxonomy import TYPE

_DOCUMENT: Final = ox.NamedNode(FOAF + "Document")
_PRIMARY_TOPIC: Final = ox.NamedNode(FOAF + "primaryTopic")
_IN_DATASET: Final = ox.NamedNode(VOID + "inDataset")
_LICENSE: Final = ox.NamedNode(DCTERMS + "license")


@dataclass(frozen=True, slots=True)
class Description:
    """What the data says about one thing, without the labels and anchors around it."""

    thing: ox.NamedNode
    own: tuple[ox.Quad, ...]
    """Quads whose subject is the thing or one of its hash IRIs, in named graphs."""
    inverse: tuple[ox.Quad, ...]
    """Quads whose object is the thing or one of its hash IRIs; none of `own` is repeated."""

    def __bool__(self) -> bool:
        """Tell whether the data knows the thing at all."""
        return bool(self.own or self.inverse)


def is_known(store: Store, thing: ox.NamedNode) -> bool:
    """Tell whether the data says anything about a thing or points at it."""
    patterns = ((thing, None), (None, thing))
    return any(next(store.quads_for_pattern(s, None, o, None), None) is not None for s, o in patterns)


def describe(store: Store, thing: ox.NamedNode) -> Description:
    """Return what the data says about a thing; empty where it does not know it."""
    own = describe_thing(store, thing)
    parts = dict.fromkeys([thing, *(quad.object for quad in own if _is_part(quad.object, thing))])
    inverse = {quad: None for part in parts for quad in placed_quads(store, None, None, part)}
    stated = set(own)
    return Description(thing, own, tuple(quad for quad in inverse if quad not in stated))


def describe_thing(store: Store, thing: ox.NamedNode) -> tuple[ox.Quad, ...]:
    """Return the quads whose subject is the thing or one of its hash IRIs, each in its graph."""
    own: dict[ox.Quad, None] = {}
    parts, waiting = {thing}, [thing]
    while waiting:
        for quad in placed_quads(store, waiting.pop(), None, None):
            own[quad] = None
            if _is_part(quad.object, thing) and quad.object not in parts:
                parts.add(quad.object)
                waiting.append(quad.object)
    return tuple(own)


def document_quads(
    store: Store, description: Description, document: str, publication: Publication
) -> Iterator[ox.Quad]:
    """Yield everything the data document of a thing holds; a quad may come more than once."""
    yield from description.own
    yield from description.inverse
    yield from _statements_about_document(ox.NamedNode(document), description.thing, publication)
    mentioned = set(_mentioned(description.own + description.inverse))
    for iri in anchors_of(store, description.thing):
        anchor = ox.NamedNode(iri)
        for part in (anchor, *selectors_of(store, anchor)):
            quads = list(placed_quads(store, part, None, None))
            mentioned.update(_mentioned(quads))
            yield from quads
    for node in mentioned:
        for label_property in LABEL_PROPERTIES:
            # Most have one label, by one property; in which graph it stands is asked only where there is one.
            if any(store.quads_for_pattern(node, label_property, None, ox.DefaultGraph())):
                yield from placed_quads(store, node, label_property, None)


def placed_quads(
    store: Store,
    subject: ox.NamedNode | None,
    predicate: ox.NamedNode | None,
    object_: ox.NamedNode | None,
) -> Iterator[ox.Quad]:
    """Yield the quads that match, each in the graph it was published in.

    The store's default graph repeats every triple of the named graphs (see
    `graph.store`), so a quad of it counts only where no named graph has the triple.
    """
    found = list(store.quads_for_pattern(subject, predicate, object_, None))
    named = {quad.triple for quad in found if not isinstance(quad.graph_name, ox.DefaultGraph)}
    for quad in found:
        if not isinstance(quad.graph_name, ox.DefaultGraph) or quad.triple not in named:
            yield quad


def _is_part(node: object, thing: ox.NamedNode) -> TypeGuard[ox.NamedNode]:
    return isinstance(node, ox.NamedNode) and node.value.startswith(thing.value + "#")


def _mentioned(quads: Iterable[ox.Quad]) -> Iterator[ox.NamedNode]:
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term


def _statements_about_document(
    document: ox.NamedNode, thing: ox.NamedNode, publication: Publication
) -> Iterator[ox.Quad]:
    yield ox.Quad(document, TYPE, _DOCUMENT)
    yield ox.Quad(document, _PRIMARY_TOPIC, thing)
    if publication.iri is not None:
        yield ox.Quad(document, _IN_DATASET, ox.NamedNode(publication.iri))
    if publication.license is not None:
        yield ox.Quad(document, _LICENSE, ox.NamedNode(publication.license))
