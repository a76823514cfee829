"""What a claim becomes: a statement for Wikidata, or a claim that needs review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.wikidata.reasons import Reason
from server.wikidata.values import Snak

Reference = tuple[Snak, ...]
"""One source, as the properties of one reference."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the words of a claim come to, before who says it and on what source."""

    subject: str
    """IRI of the thing."""
    property: str
    value: str
    qualifiers: tuple[Snak, ...] = ()
    words: str | None = None
    """What `stated as` quotes."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of Wikidata that says what a claim says."""

    claim: str
    subject: str
    """IRI of the thing it is about."""
    property: str
    value: str
    qualifiers: tuple[Snak, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that is not exported, and why."""

    claim: str
    reason: Reason
    things: tuple[str, ...] = ()
    """IRIs of the things whose items would be needed."""
    cites: tuple[str, ...] = ()
    """IRIs of what the reason speaks of: other claims, a certainty, a property."""


class Withheld(Exception):
    """A claim turns out not to be expressible; raised by the rules and caught where they are applied."""

    def __init__(self, reason: Reason, *things: str, cites: Iterable[str] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.things = things
        self.cites = tuple(cites)
