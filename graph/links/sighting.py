"""What a Wikibase said of an entity on a day, as a sentence of evidence that can be read back.

Evidence is prose, for people; the sentence has one form all the same, so that the next check
knows which types were seen. Types stand before the labels, which are others' words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.links.entity import Entity, Missing

_FORM: Final = re.compile(
    r"(?P<register>[^\s,]+), (?P<day>\d{4}-\d{2}-\d{2}): (?P<id>[PQ]\d+) "
    r"(?:is not there|is there|redirects to [PQ]\d+)(?:; instance of (?P<types>Q\d+(?:, Q\d+)*))?[;.].*"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look at one entity."""

    register: str
    """The host that was asked."""
    day: date
    asked: str
    answer: Entity | Missing
    against: tuple[str, ...] = ()
    """What does not agree with what is recorded."""

    def __str__(self) -> str:
        """Return the sentence, or two where something speaks against the link."""
        sentence = f"{self.register}, {self.day.isoformat()}: {self.asked} {'; '.join(self._seen())}."
        return f"{sentence} Against what is recorded: {'; '.join(self.against)}." if self.against else sentence

    def _seen(self) -> Sequence[str]:
        if isinstance(self.answer, Missing):
            return ["is not there"]
        entity = self.answer
        seen = ["is there" if entity.id == self.asked else f"redirects to {entity.id}"]
        if entity.types:
            seen.append(f"instance of {', '.join(entity.types)}")
        if entity.geonames:
            seen.append(f"GeoNames {', '.join(entity.geonames)}")
        seen += [f"at {position}" for position in entity.positions]
        if entity.labels:
            seen.append("labelled " + ", ".join(f"“{label}” ({lang})" for lang, label in sorted(entity.labels.items())))
        return seen


def types_last_seen(evidence: Iterable[str], register: str) -> frozenset[str] | None:
    """Return the types in the latest sighting of a register among pieces of evidence; None where there is none.

    >>> sorted(types_last_seen(["w.org, 2026-12-01: Q1 is there; instance of Q5, Q6; labelled “x” (en)."], "w.org"))
    ['Q5', 'Q6']
    """
    found = [form for text in evidence if (form := _FORM.fullmatch(text)) and form["register"] == register]
    if not found:
        return None
    latest = max(found, key=lambda form: form["day"])
    return frozenset((latest["types"] or "").split(", ")) - {""}


def same_but_for_the_day(evidence: str, sighting: Sighting) -> bool:
    """Tell whether a piece of evidence says what the sighting does, of some other day perhaps."""
    form = _FORM.fullmatch(evidence)
    return form is not None and evidence.replace(form["day"], sighting.day.isoformat(), 1) == str(sighting)
