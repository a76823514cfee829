"""One statement's journey: from its sentence in the article to the claim, its claimant and its sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, BIRO, SCHEMA
from server.site import Site
from server.terms.claims import Claim, read_claim
from server.terms.facts import literals, nodes
from server.terms.labels import Label, Shown, foreign_language
from server.terms.rows import Quote
from server.things.sources import Source, read_source

_TEXT: Final = ox.NamedNode(SCHEMA + "text")
_NOTE: Final = ox.NamedNode(BG + "readingNote")
_WORK: Final = ox.NamedNode(BIRO + "references")
_HANDLE: Final = ox.NamedNode(BG + "authorHandle")
# A sentence ends with a stop, its reference marks and a space, or where its line does.
_BORDER: Final = re.compile(r"[.!?](?:\[\d+\])*\s+|\n+")
_STOP: Final = re.compile(r"[.!?](?:\[\d+\])*\s*$")
_MOST_AROUND: Final = 240
"""Code points of a sentence that are shown on either side of the words."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, with the accounts that its author goes by and what kind of work it is, where the entry says so."""

    source: Source
    handles: tuple[str, ...]
    kinds: tuple[Shown, ...]
    """A tweet, a news item."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A claim with the sentence that its first words stand in, and with its sources."""

    claim: Claim
    quote: Quote
    before: str
    """The sentence up to the words."""
    after: str
    """The sentence from the words on."""
    notes: tuple[Label, ...]
    """How whoever read the article understood the words, and what limits them."""
    sources: tuple[Cited, ...]


def read_journey(site: Site, iri: str) -> Journey | None:
    """Return the journey of a claim, None where it is no claim or rests on no words."""
    claim = read_claim(site, iri)
    if claim is None or not claim.quotes:
        return None
    anchor = claim.anchors[0]
    text = _literal(site, anchor.source, _TEXT)
    before, after = cut_sentence(text.value, anchor.start, anchor.end) if text is not None else ("", "")
    notes = tuple(Label(x.value, foreign_language(x)) for x in literals(site.dataset.store, ox.NamedNode(iri), _NOTE))
    sources = tuple(_read_cited(site, reference) for reference in claim.references)
    return Journey(claim, claim.quotes[0], before, after, notes, sources)


def cut_sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after the words [start, end) in their sentence; a long one is cut between words.

    >>> cut_sentence("It began. It went on until dusk.[2] It ended.", 21, 31)
    ('It went on ', '.[2]')
    """
    head, words, tail = text[:start], text[start:end], text[end:]
    before = head[max((border.end() for border in _BORDER.finditer(head)), default=0) :]
    border = _BORDER.search(tail)
    after = "" if _STOP.search(words) else tail[: border.end() if border else None]
    return _shorten_left(before.lstrip()), _shorten_right(after.rstrip())


def _shorten_left(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else "… " + text[-_MOST_AROUND:].partition(" ")[2]


def _shorten_right(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else text[:_MOST_AROUND].rpartition(" ")[0] + " …"


def _read_cited(site: Site, reference: Shown) -> Cited:
    store, node = site.dataset.store, ox.NamedNode(reference.iri or "")
    kinds = (kind for work in nodes(store, node, _WORK) for kind in site.taxonomy.kinds_of(work))
    return Cited(
        read_source(site, reference),
        handles=tuple(handle.value for handle in literals(store, node, _HANDLE)),
        kinds=tuple(site.labels.show(kind) for kind in dict.fromkeys(kinds)),
    )


def _literal(site: Site, subject: str, predicate: ox.NamedNode) -> ox.Literal | None:
    return next(iter(literals(site.dataset.store, ox.NamedNode(subject), predicate)), None)
