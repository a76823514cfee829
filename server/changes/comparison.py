"""Two versions compared: what changed by kind of thing and by viewpoint, with the things themselves.

Every number is whole. Of the things, so many of each kind are listed that a reader and a
page can bear; the RDF Patch has every statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.changes.differences import Difference, QuadFile
from server.changes.facts import BothFacts, Named, read_facts
from server.changes.kinds import Kind, kind_of, thing_of, viewpoint_of
from server.changes.thing import Change, Thing
from server.changes.things import read_things
from server.terms.rows import natural_key

MOST_LISTED: Final = 1000
"""Things of one kind, and with one change, that are listed."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the versions that are compared."""

    version: str
    modified: str
    """Its date, as xsd:date."""
    digest: str
    """SHA-256 of its canonical N-Quads."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements only one of the versions has."""

    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class OfKind:
    """What changed of one kind."""

    kind: Kind
    statements: Tally
    things: Mapping[Change, int]
    """How many things have each change; what none has is not there."""
    listed: tuple[Thing, ...]
    """By viewpoint and name; at most `MOST_LISTED` with each change, of all viewpoints alike."""


@dataclass(frozen=True, slots=True)
class OfViewpoint:
    """What changed of what one viewpoint is said to assert."""

    viewpoint: Named
    statements: Tally
    claims: Mapping[Change, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one version to the next; empty where they are equal."""

    old: Edition
    new: Edition
    statements: Tally
    kinds: tuple[OfKind, ...]
    """Those of which anything changed, in the order of `Kind`."""
    viewpoints: tuple[OfViewpoint, ...]
    """Those of which anything changed, by name: none comes first by rank."""


def read_changes(
    difference: Difference, old: tuple[Edition, QuadFile], new: tuple[Edition, QuadFile], base: str
) -> Changes:
    """Return the difference of two versions as changes of things; `base` is that of the new version's IRIs."""
    removed, added = difference.removed_quads, difference.added_quads
    iris = {iri for quad in (*removed, *added) for iri in _mentioned(quad, base)}
    facts = BothFacts(read_facts(old[1], iris, base), read_facts(new[1], iris, base), base)
    things = read_things(removed, added, facts)
    return Changes(
        old=old[0],
        new=new[0],
        statements=Tally(len(added), len(removed)),
        kinds=tuple(_by_kind(removed, added, things, base)),
        viewpoints=tuple(_by_viewpoint(removed, added, things, facts)),
    )


def _mentioned(quad: ox.Quad, base: str) -> Iterator[str]:
    """Yield the IRIs by which a statement can be told in words."""
    yield thing_of(quad, base)
    yield quad.predicate.value
    if isinstance(quad.object, ox.NamedNode):
        yield quad.object.value
    if viewpoint := viewpoint_of(quad, base):
        yield viewpoint


def _by_kind(
    removed: Iterable[ox.Quad], added: Iterable[ox.Quad], things: Sequence[Thing], base: str
) -> Iterator[OfKind]:
    gone, come = (Counter(kind_of(quad, base) for quad in quads) for quads in (removed, added))
    of_kind: dict[Kind, list[Thing]] = {}
    for thing in things:
        of_kind.setdefault(thing.kind, []).append(thing)
    for kind in Kind:
        if own := of_kind.get(kind):
            yield OfKind(kind, Tally(come[kind], gone[kind]), _count(own), tuple(_listed(own)))


def _count(things: Iterable[Thing]) -> Mapping[Change, int]:
    counts = Counter(thing.change for thing in things)
    return {change: counts[change] for change in Change if counts[change]}


def _listed(things: Sequence[Thing]) -> list[Thing]:
    """Return what is listed: where not all can be, each viewpoint has its turn before one has a second."""
    turns: Counter[tuple[Change, str]] = Counter()
    ranked = []
    for place, thing in enumerate(things):
        key = (thing.change, thing.viewpoint.iri if thing.viewpoint else "")
        ranked.append((turns[key], place))
        turns[key] += 1
    left = Counter(dict.fromkeys(Change, MOST_LISTED))
    kept = []
    for _turn, place in sorted(ranked):
        if left[things[place].change] > 0:
            left[things[place].change] -= 1
            kept.append(place)
    return [things[place] for place in sorted(kept)]


def _by_viewpoint(
    removed: Iterable[ox.Quad], added: Iterable[ox.Quad], things: Iterable[Thing], facts: BothFacts
) -> Iterator[OfViewpoint]:
    gone, come = (Counter(viewpoint_of(quad, facts.base) for quad in quads) for quads in (removed, added))
    claims: dict[str, Counter[Change]] = {}
    for thing in things:
        # A claim that another voice is now said to make is recorded otherwise under both.
        for viewpoint in thing.old_viewpoints | thing.new_viewpoints:
            claims.setdefault(viewpoint, Counter())[thing.change] += 1
    for one in sorted(map(facts.named, claims), key=lambda one: (natural_key(one.label), one.iri)):
        counts = claims[one.iri]
        ordered = {change: counts[change] for change in Change if counts[change]}
        yield OfViewpoint(one, Tally(come[one.iri], gone[one.iri]), ordered)
