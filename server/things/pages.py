"""The page of a thing, put together: names, what is said of it and by whom, what points at it.

A thing of any kind comes in; plain records that a template walks over go out. The order
is that of a reader's questions: what is this, what is said, who says so on what source in
which words, what the article says in its own voice, where else is it described, how do I get the data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, RDF
from server.site import Site
from server.terms.anchors import ANCHOR
from server.terms.facts import texts
from server.terms.labels import Shown
from server.terms.naming import NAME_PROPERTIES, Names, read_names
from server.terms.rows import Row
from server.terms.words import Words, read_words
from server.things import assertion, bibliography, missing
from server.things.assertion import Assertion, gather, read_assertion
from server.things.bibliography import read_entry
from server.things.colophon import Colophon, read_colophon
from server.things.crosslinks import MATCHES, Register, read_crosslinks, read_register
from server.things.describe import describe_thing
from server.things.figures import TOLD, figures
from server.things.glossary import Entry, gloss
from server.things.mentions import Group, group_by_kind, group_by_viewpoint
from server.things.missing import Missing, read_missing
from server.things.page_rows import Part, Stated, point_rows, quote_row, read_parts, state_rows
from server.things.related import Related, read_related
from server.things.released import Whole, read_whole
from server.things.sequence import Neighbours, read_neighbours
from server.things.shares import Shares, read_shares
from server.things.ways import Beside, Way, read_beside, read_ways

_NOTE: Final = BG + "readingNote"
_ALWAYS_TOLD: Final = frozenset((*(node.value for node in NAME_PROPERTIES), *MATCHES, ANCHOR.value, _NOTE))
_WORDS_FIRST: Final = ("loss-list/", "map/", "note/", "omission/", "unread/")
_STATEMENT: Final = ox.NamedNode(RDF + "Statement")


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a thing shows."""

    names: Names
    kinds: tuple[Shown, ...]
    kind: str
    """What `/id/` is followed by, as `place`: it decides how the page words its headings."""
    neighbours: Neighbours | None
    whole: Whole | None
    """All that it is said to assert as a file, where it is a viewpoint."""
    # What the page opens with, where the thing is of a kind that is told in words.
    assertion: Assertion | None
    reference: bibliography.Entry | None
    missing: Missing | None
    words: Words | None
    figures: tuple[Row, ...]
    """What an outside statement says."""
    ways: tuple[Way, ...]
    """The articles it leads back to."""
    beside: Beside | None
    """Where it stands beside other claims, where it is one."""
    quotes: Row | None
    """The words of the articles that the thing rests on."""
    are_quotes_first: bool
    """Whether the words are the best that can be said of it, so that they come before what others say."""
    shares: Shares | None
    """In which articles it speaks, where it is a viewpoint of several."""
    asserted: tuple[Group, ...]
    """Its claims by kind, where it is a viewpoint."""
    mentioned: tuple[Group, ...]
    """The claims about it by viewpoint."""
    stated: Stated
    notes: tuple[str, ...]
    """How the words it rests on were read, where no opening tells it."""
    parts: tuple[Part, ...]
    inverse: tuple[Row, ...]
    is_whole: bool
    """Whether all that points at the thing was read."""
    register: Register
    """The outside descriptions."""
    glossary: tuple[Entry, ...]
    colophon: Colophon


def make_page(site: Site, thing: ox.NamedNode, name: str) -> Page:
    """Return what the page of a thing with this `kind/slug…` shows."""
    quads = describe_thing(site.dataset.store, thing)
    own = [quad for quad in quads if quad.subject == thing]
    parts = [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode) and quad.subject != thing]
    links = read_crosslinks(site, thing)
    related = read_related(site, thing, own, dict.fromkeys(parts))
    claim = read_assertion(site, thing, own)
    reference, gap, words = read_entry(site, thing, own), read_missing(site, thing, own), read_words(site, thing)
    kinds = tuple(site.labels.show(kind) for kind in site.taxonomy.kinds(own))
    is_statement = claim is None and any(quad.object == _STATEMENT for quad in own)
    told = _told(claim, reference, gap, words) | (TOLD if is_statement else frozenset())
    stated = state_rows(site, thing, own, told, links)
    asserted, mentioned = _claims(site, thing, related, claim)
    inverse = tuple(point_rows(site, thing, related))
    statement = figures(site, gather(own)) if is_statement else ()
    shown = (*stated.rows, *inverse, *statement, *(claim.figures if claim else ()))
    return Page(
        names=read_names(site, thing, own, links),
        kinds=kinds,
        kind=name.partition("/")[0],
        neighbours=read_neighbours(site, thing),
        whole=read_whole(site, name),
        assertion=claim,
        reference=reference,
        missing=gap,
        words=words,
        figures=statement,
        ways=read_ways(site, thing),
        beside=read_beside(site, claim.claim, gather(own)) if claim else None,
        quotes=quote_row(site, thing, own) if claim is None else None,
        are_quotes_first=bool(reference or gap) or name.startswith(_WORDS_FIRST),
        shares=read_shares(site, thing, related.asserted),
        asserted=asserted,
        mentioned=mentioned,
        stated=stated,
        notes=() if claim or reference else texts(gather(own), _NOTE),
        parts=tuple(read_parts(site, quads, thing)),
        inverse=inverse,
        is_whole=related.is_whole,
        register=read_register(site, thing, own, links),
        glossary=gloss(site, _terms(kinds, shown, (*asserted, *mentioned))),
        colophon=read_colophon(site, thing, name, quads),
    )


def _told(claim: object, reference: object, gap: object, words: object) -> frozenset[str]:
    """Return the properties that a page with these openings does not repeat in its table."""
    told = _ALWAYS_TOLD
    for opening, shown in ((claim, assertion.SHOWN), (reference, bibliography.SHOWN), (gap, missing.SHOWN)):
        if opening is not None:
            told |= shown
    return told if words is None else told | {BG + "inArticle"}


def _claims(
    site: Site, thing: ox.NamedNode, related: Related, claim: Assertion | None
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    asserted = group_by_kind(site, thing, related.asserted)
    told = {claim.value for claim in related.asserted}
    told |= {other.iri for other in (*claim.rivals, *claim.overlaps)} if claim else set()
    mentioning = [other for other in related.mentioning if other.value not in told]
    return asserted, group_by_viewpoint(site, thing, mentioning)


def _terms(kinds: Iterable[Shown], rows: Iterable[Row], groups: Iterable[Group]) -> Iterable[str]:
    """Yield the IRIs of the terms that a page uses and may have to explain."""
    shown: list[Shown | None] = [*kinds]
    for row in rows:
        shown += [row.property, *(value for value in row.values if isinstance(value, Shown))]
    for group in groups:
        for claim in group.claims:
            shown += [*claim.kinds, claim.certainty, claim.value_status, claim.source_status]
    return (term.iri for term in shown if term is not None and term.iri is not None and "#" in term.iri)
