"""Terms found by the beginning of a name or an id, for the suggestions of types and properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from server.reconciliation.identifiers import term_iri
from server.search.folding import fold


class Term(Protocol):
    """A type or a property."""

    @property
    def iri(self) -> str:
        """Its IRI; empty where it has none."""

    @property
    def id(self) -> str:
        """Its id in the service."""

    @property
    def name(self) -> str:
        """Its name for people."""


_Term = TypeVar("_Term", bound=Term)


def ranked(prefix: str, terms: Iterable[_Term]) -> list[_Term]:
    """Return the terms with a name or id in which a word begins with the prefix, the nearest first; all for none."""
    asked, iri = fold(prefix), term_iri(prefix.strip())
    found = [(place, term) for term in terms if (place := _place(term, asked, iri)) is not None]
    return [term for _, term in sorted(found, key=lambda each: (each[0], fold(each[1].name), each[1].id))]


def _place(term: Term, asked: str, iri: str) -> int | None:
    names = (fold(term.name), fold(term.id))
    if asked in names or iri == term.iri:
        return 0
    if any(name.startswith(asked) for name in names):
        return 1
    return 2 if any(f" {asked}" in name for name in names) else None
