"""Whether an entry is still what we recorded of it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.links.entity import Entity, Missing, Position
from graph.links.record import Record
from graph.links.sighting import types_last_seen
from graph.links.wikibase import Answer, Unanswered


class Status(StrEnum):
    """What a check can find, in the words of its report."""

    HOLDS = "holds"
    MISSING = "missing"
    REDIRECTED = "redirected"
    RENAMED = "renamed"
    TYPE_CHANGED = "type changed"
    CONTRADICTED = "contradicted"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    status: Status
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one record."""

    record: Record
    answer: Answer
    findings: tuple[Finding, ...]
    """At least one."""

    @property
    def holds(self) -> bool:
        """Whether everything is as it was recorded."""
        return all(finding.status is Status.HOLDS for finding in self.findings)

    def has(self, status: Status) -> bool:
        """Tell whether something of this kind was found."""
        return any(finding.status is status for finding in self.findings)

    @property
    def against(self) -> tuple[str, ...]:
        """What was found that the record does not say."""
        told = (Status.RENAMED, Status.TYPE_CHANGED, Status.CONTRADICTED)
        return tuple(finding.detail for finding in self.findings if finding.status in told)


IsBelow = Callable[[Collection[str], Collection[str]], bool | None]
"""Tells whether one of some classes is, or is below, one of others; None where nobody says."""


def judge(record: Record, answer: Answer, register: str, is_below: IsBelow) -> Verdict:
    """Return what an answer means for a record; `register` is the host that gave it."""
    if isinstance(answer, Unanswered):
        return Verdict(record, answer, (Finding(Status.NOT_CHECKED, answer.reason),))
    if isinstance(answer, Missing):
        finding = Finding(Status.MISSING, f"{record.entity} was deleted, or never was")
        return Verdict(record, answer, (finding,))
    found = tuple(_findings(record, answer, register, is_below))
    return Verdict(record, answer, found or (Finding(Status.HOLDS, _held(answer)),))


def _findings(record: Record, entity: Entity, register: str, is_below: IsBelow) -> Iterator[Finding]:
    if entity.id != record.entity:
        yield Finding(
            Status.REDIRECTED, f"{record.entity} now leads to {entity.id}: write that if it is the same thing"
        )
    yield from _renamed(record, entity)
    yield from _retyped(record, entity, register, is_below)
    if record.geonames and entity.geonames and not record.geonames & set(entity.geonames):
        recorded = ", ".join(sorted(record.geonames))
        yield Finding(Status.CONTRADICTED, f"its GeoNames ID is {', '.join(entity.geonames)}, recorded is {recorded}")
    for place in record.places:
        away = min((distance(place.position, position) for position in entity.positions), default=0.0)
        if away > place.reach:
            where = "; ".join(map(str, entity.positions))
            yield Finding(Status.CONTRADICTED, f"it lies at {where}, {away:,.0f} km from where is recorded")


def _renamed(record: Record, entity: Entity) -> Iterator[Finding]:
    languages = {name.language or "" for name in record.names}
    named = {language: label for language, label in entity.labels.items() if language in languages}
    known = {
        (language, _folded(name))
        for language in languages
        for name in (*([named[language]] if language in named else []), *entity.aliases.get(language, ()))
    }
    if named and not any((name.language, _folded(name.value)) in known for name in record.names):
        now = ", ".join(f"“{label}” ({language})" for language, label in sorted(named.items()))
        recorded = ", ".join(f"“{name.value}” ({name.language})" for name in record.names)
        yield Finding(Status.RENAMED, f"it is labelled {now}, recorded is {recorded}")


def _retyped(record: Record, entity: Entity, register: str, is_below: IsBelow) -> Iterator[Finding]:
    now = ", ".join(entity.types) or "nothing"
    if record.types:
        below = is_below(entity.types, record.types)
        if below is None:
            yield Finding(Status.NOT_CHECKED, f"whether it is below {', '.join(record.types)}, as our class is")
        elif not below:
            yield Finding(
                Status.CONTRADICTED,
                f"it is an instance of {now}, and not of {' or '.join(record.types)} as our class is",
            )
    seen = types_last_seen((literal.value for literal in record.evidence), register)
    if seen and not seen & set(entity.types):
        yield Finding(Status.TYPE_CHANGED, f"it is an instance of {now}, last seen as one of {', '.join(sorted(seen))}")


def _held(entity: Entity) -> str:
    labels = ", ".join(f"“{label}” ({language})" for language, label in sorted(entity.labels.items()))
    return f"labelled {labels}" if labels else "there, without a label in our languages"


def distance(one: Position, other: Position) -> float:
    """Return kilometres along a great circle of a sphere of 6,371 km."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    lon = math.radians(other.longitude - one.longitude)
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(lon / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, chord)))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
