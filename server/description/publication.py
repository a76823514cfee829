"""What the dataset says of itself: its name, makers, licence, rights, version and sources.

The one source of every description of the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Agent:
    """Who made or publishes the dataset."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it was read: which text it was, and how the copy of it came here."""

    article: str
    """Its IRI."""
    title: str | None = None
    page: str | None = None
    """The web address of the article."""
    text: str | None = None
    """The IRI of the text that was read."""
    digest: str | None = None
    """SHA-256 of that text."""
    provenance: str | None = None
    """Where the copy is from and what it has lost, in words."""


@dataclass(frozen=True, slots=True)
class Register:
    """A source outside the articles, of coordinates, names or links."""

    iri: str
    """Its web address."""
    name: str
    license: str | None
    """IRI of its licence; None where none could be confirmed, which `rights` says in words."""
    rights: str | None
    """Whom to credit, on which terms, and what was taken from it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The dataset's own description; every part may be missing."""

    iri: str | None = None
    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    creators: tuple[Agent, ...] = ()
    publisher: Agent | None = None
    license: str | None = None
    """IRI of the licence, a web address."""
    rights: str | None = None
    """The attribution a copy has to carry."""
    version: str | None = None
    version_notes: str | None = None
    """What is new in this version, in words."""
    issued: str | None = None
    """Date of the first version, as xsd:date."""
    modified: str | None = None
    """Date of the version, as xsd:date."""
    languages: tuple[str, ...] = ()
    """Languages of the data by their two letters (ISO 639-1)."""
    landing_page: str | None = None
    """A web address."""
    sources: tuple[str, ...] = ()
    """IRIs of what the data was taken from."""
    texts: Iterable[Source] = field(default=(), compare=False)
    """The articles as they were read; looked up each time, for they are many and a page speaks of none."""
    registers: tuple[Register, ...] = ()
    """What was taken from outside the articles, each with its own terms."""
    conforms_to: tuple[str, ...] = ()
    """IRIs of the shapes that the data was validated against with no result."""

    @property
    def provenance(self) -> tuple[str, ...]:
        """How the copies of the articles came here and what they have lost, each thing once."""
        return tuple(dict.fromkeys(source.provenance for source in self.texts if source.provenance))

    @property
    def attribution(self) -> str | None:
        """Whom a copy of everything has to credit: the articles, then each register with its terms."""
        registers = "; ".join(
            f"{one.name} <{one.iri}>: {(one.rights or 'no terms known').rstrip('.')}" for one in self.registers
        )
        outside = f"Coordinates, names and links from outside the articles: {registers}." if registers else None
        return " ".join(filter(None, (self.rights, outside))) or None
