"""What the page of a claim says before any table: who says it, in which words, how surely, on what source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from server.site import Site
from server.terms.claims import ACCORDING_TO, Claim, read_claim, read_claims
from server.terms.labels import Shown
from server.terms.rows import Row, Term
from server.things.figures import TOLD, Statements, figures
from server.things.glossary import define
from server.things.list_headings import ListHeadings, read_list_headings
from server.things.sources import Source, read_source

_RIVAL: Final = BG + "incompatibleWith"
_OVERLAP: Final = BG + "mayOverlapWith"
_REPORTED: Final = BG + "reportedClaimant"
_NOTE: Final = BG + "readingNote"
_LEXICAL: Final = BG + "lexical"
_ARTICLE: Final = BG + "inArticle"
_LISTED: Final = BG + "listedIn"
_STANDING: Final = tuple(BG + x for x in ("certainty", "hedge", "doubt", "valueStatus", "sourceStatus"))
SHOWN: Final = frozenset(
    (*TOLD, *_STANDING, ACCORDING_TO.value, BG + "citesReference", _RIVAL, _OVERLAP, _REPORTED, _NOTE, _LEXICAL)
)
"""The properties of a claim that the page has told before its table."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim with all that its page says of it in words."""

    claim: Claim
    reported: tuple[Shown, ...]
    """Whose words a title reports."""
    articles: tuple[Shown, ...]
    certainty: str | None
    """What its certainty means."""
    value: str | None
    """What its value status means, where it has no value."""
    words: tuple[str, ...]
    """Exact words that no anchor leads to."""
    headings: ListHeadings | None
    """What stands over it, where it stands in a list."""
    sources: tuple[Source, ...]
    figures: tuple[Row, ...]
    rivals: tuple[Claim, ...]
    """Claims that are read as rivals of it; whether both could hold is left open."""
    overlaps: tuple[Claim, ...]
    """Claims that may count some of the same."""
    notes: tuple[str, ...]
    """How its words were read, and the lists that it stands in."""


def read_assertion(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad]) -> Assertion | None:
    """Return what is told of the claim whose statements these are, None where the thing is no claim."""
    claim = read_claim(site, thing.value)
    if claim is None:
        return None
    said = gather(quad for quad in own if quad.subject == thing)

    def iris(name: str) -> list[str]:
        return [term.value for term in said.get(name, ()) if isinstance(term, ox.NamedNode)]

    def texts(name: str) -> tuple[str, ...]:
        return tuple(sorted(term.value for term in said.get(name, ()) if isinstance(term, ox.Literal)))

    quoted = {" ".join(quote.text.split()) for quote in claim.quotes}
    certainty, status = claim.certainty, claim.value_status
    sources = tuple(read_source(site, reference) for reference in claim.references)
    headings = read_list_headings(site, map(ox.NamedNode, iris(_LISTED)), claim, sources)
    return Assertion(
        claim=claim,
        reported=tuple(site.labels.show_iri(iri) for iri in sorted(iris(_REPORTED))),
        articles=tuple(site.labels.show_iri(iri) for iri in sorted(iris(_ARTICLE))),
        certainty=define(site, certainty.iri) if certainty and certainty.iri else None,
        value=define(site, status.iri) if status and status.iri and not claim.is_valued else None,
        words=tuple(text for text in texts(_LEXICAL) if " ".join(text.split()) not in quoted),
        headings=headings,
        sources=sources,
        figures=figures(site, said),
        rivals=tuple(read_claims(site, iris(_RIVAL))),
        overlaps=tuple(read_claims(site, iris(_OVERLAP))),
        notes=tuple(dict.fromkeys((*texts(_NOTE), *(headings.notes if headings else ())))),
    )


def gather(quads: Iterable[ox.Quad]) -> Statements:
    """Return the values of each property in these statements, each value once."""
    found: dict[str, dict[Term, None]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, {})[quad.object] = None
    return {name: tuple(values) for name, values in found.items()}
