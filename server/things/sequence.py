"""Which events come before and after one, where the article says so or numbers its phases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, SEM
from graph.store import Store
from server.site import Site
from server.terms.labels import Shown
from server.terms.rows import natural_key

_BEFORE: Final = ox.NamedNode(BG + "before")
_ORDER: Final = ox.NamedNode(BG + "phaseOrder")
_PART_OF: Final = ox.NamedNode(SEM + "subEventOf")
_MOST_READ: Final = 200


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The events next to one; either side may be empty."""

    earlier: tuple[Shown, ...]
    later: tuple[Shown, ...]


def read_neighbours(site: Site, event: ox.NamedNode) -> Neighbours | None:
    """Return the events that the data puts next to one, None where there are none."""
    store = site.dataset.store
    later = set(_objects(store, event, _BEFORE))
    earlier = set(_subjects(store, _BEFORE, event))
    order = _order(store, event)
    if order is not None:
        for whole in _objects(store, event, _PART_OF):
            for phase in _subjects(store, _PART_OF, whole):
                step = (_order(store, phase) or 0) - order
                if step == 1:
                    later.add(phase)
                elif step == -1 and order > 1:
                    earlier.add(phase)
    return Neighbours(_show(site, earlier), _show(site, later)) if earlier or later else None


def _order(store: Store, event: ox.NamedNode) -> int | None:
    for quad in store.quads_for_pattern(event, _ORDER, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal) and quad.object.value.isdecimal():
            return int(quad.object.value[:9])
    return None


def _objects(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> Iterable[ox.NamedNode]:
    for quad in islice(store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()), _MOST_READ):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object


def _subjects(store: Store, predicate: ox.NamedNode, value: ox.NamedNode) -> Iterable[ox.NamedNode]:
    for quad in islice(store.quads_for_pattern(None, predicate, value, ox.DefaultGraph()), _MOST_READ):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _show(site: Site, events: Iterable[ox.NamedNode]) -> tuple[Shown, ...]:
    shown = (site.labels.show_iri(event.value) for event in events)
    return tuple(sorted(shown, key=lambda event: natural_key(event.text)))
