"""The terms of other vocabularies that the data uses, as the ontology's page lists them.

A term is borrowed where the ontology's named graph names and explains it without its
being ours; the vocabulary that owns it heads its group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import BG, RDFS, SKOS, curie
from server.site import Site
from server.terms.labels import Label, Shown
from server.terms.links import fragment_of_borrowed
from server.vocabularies.term_use import Use, use_of_class, use_of_property
from server.vocabularies.vocabulary import DEFINITIONS, Statements, words

_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
_MATCHES: Final = tuple(ox.NamedNode(SKOS + name) for name in ("exactMatch", "closeMatch", "relatedMatch"))


@dataclass(frozen=True, slots=True)
class BorrowedTerm:
    """A term of another vocabulary."""

    iri: str
    fragment: str
    short: str
    label: Label
    definitions: tuple[Label, ...]
    use: Use
    matches: tuple[Shown, ...]
    """Terms of third vocabularies that it corresponds to."""


@dataclass(frozen=True, slots=True)
class Lender:
    """A vocabulary with its terms that are used here, by name."""

    vocabulary: Shown
    terms: tuple[BorrowedTerm, ...]

    @property
    def size(self) -> int:
        """How many terms these are."""
        return len(self.terms)


def read_borrowed(site: Site, statements: Statements) -> tuple[Lender, ...]:
    """Return the borrowed terms, by vocabulary."""
    lenders: dict[str, list[BorrowedTerm]] = {}
    for subject in statements.subjects:
        if subject.value.startswith(BG) or not words(statements.of(subject), DEFINITIONS):
            continue
        for owner in statements.iris(subject, _DEFINED_BY)[:1]:
            lenders.setdefault(owner, []).append(_term(site, statements, subject))
    shown = {owner: site.labels.show_iri(owner) for owner in lenders}
    return tuple(
        Lender(shown[owner], tuple(sorted(lenders[owner], key=lambda term: term.short)))
        for owner in sorted(lenders, key=lambda owner: shown[owner].text)
    )


def show_term(site: Site, iri: str) -> Shown:
    """Return a term as the pages of vocabularies show it: one of ours without its short name."""
    shown = site.labels.show_iri(iri)
    return replace(shown, hint=None) if iri.startswith((ONTOLOGY_IRI, SHAPES_IRI)) else shown


def _term(site: Site, statements: Statements, subject: ox.NamedNode) -> BorrowedTerm:
    return BorrowedTerm(
        iri=subject.value,
        fragment=fragment_of_borrowed(subject.value),
        short=curie(subject.value) or subject.value,
        label=site.labels.label(subject.value),
        definitions=words(statements.of(subject), DEFINITIONS),
        use=_use(site, subject.value),
        matches=tuple(site.labels.show_iri(iri) for match in _MATCHES for iri in statements.iris(subject, match)),
    )


def _use(site: Site, iri: str) -> Use:
    if iri in site.usage.members:
        return use_of_class(site, iri, with_instance=False)
    if iri in site.usage.triples:
        return use_of_property(site, iri, with_instance=False)
    return Use(0, _("Named by terms of ours or by values only"))
