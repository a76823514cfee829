"""Lines that may count the same things twice, gathered so that each pair is warned of once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.viewpoints.sayings import Saying


@dataclass(frozen=True, slots=True)
class Overlap:
    """A line, and others that may count some of the same persons or things."""

    line: Saying
    others: tuple[Saying, ...]


def find_overlaps(sayings: Iterable[Saying]) -> tuple[Overlap, ...]:
    """Return every pair of these that may overlap once, under the line that has the most such others."""
    by_iri = {saying.claim.iri: saying for saying in sayings}
    partners: dict[str, set[str]] = {iri: set() for iri in by_iri}
    for iri, saying in by_iri.items():
        for other in by_iri.keys() & set(saying.overlaps) - {iri}:
            partners[iri].add(other)
            partners[other].add(iri)
    places = {iri: place for place, iri in enumerate(by_iri)}
    found = []
    for iri in sorted(partners, key=lambda iri: (-len(partners[iri]), places[iri])):
        others = sorted(partners[iri], key=lambda other: places[other])
        if others:
            found.append(Overlap(by_iri[iri], tuple(by_iri[other] for other in others)))
        for other in others:
            partners[other].discard(iri)
    return tuple(sorted(found, key=lambda overlap: places[overlap.line.claim.iri]))
