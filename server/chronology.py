"""What an article says of when: its events and dated claims in the order of time.

One entry is what one viewpoint says of one event, or one claim about something else. What
is stated of an event and claimed by nobody is an entry too, and says whether a rule of the
build has derived it. Nothing is dated here that the data leaves undated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, RDF, SCHEMA, SEM
from server.anchors import IN_ARTICLE
from server.claims import ACCORDING_TO
from server.datings import Facts
from server.entries import Entry, of_claims, of_events
from server.site import Site
from server.slugs import Article
from server.taxonomy import TYPE

_EVENT: Final = ox.NamedNode(SEM + "Event")
_TITLE_CLAIM: Final = ox.NamedNode(BG + "TitleClaim")
_PART: Final = ox.NamedNode(SEM + "hasSubEvent")
_TOLD: Final = (ox.NamedNode(SCHEMA + "about"), ox.NamedNode(SCHEMA + "mentions"))


@dataclass(frozen=True, slots=True)
class Chronology:
    """The entries of one article."""

    placed: tuple[Entry, ...]
    """In the order of time; undated ones beside the dated one that the article puts them before or after."""
    loose: tuple[Entry, ...]
    """What has no place among them, in the order of the text."""


def read_chronology(site: Site, article: Article) -> Chronology:
    """Return what an article says of when; events first told first where they begin on the same day."""
    claims = _read_claims(site, article)
    events = _events(site, article, claims.values())
    entries = [*of_events(site, events, claims), *of_claims(site, events, claims)]
    entries = [_name(entry, article.title) for entry in entries]
    dated = sorted((e for e in entries if e.datings), key=lambda e: (e.first, e.last, e.start, e.shown.text))
    loose = sorted((e for e in entries if not e.datings), key=lambda e: (e.start, e.shown.text))
    placed, left = _place(dated, loose)
    return Chronology(tuple(placed), tuple(left))


def _read_claims(site: Site, article: Article) -> dict[str, Facts]:
    found = {}
    store = site.dataset.store
    for quad in store.quads_for_pattern(None, IN_ARTICLE, article.node, ox.DefaultGraph()):
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and any(
            store.quads_for_pattern(subject, ACCORDING_TO, None, ox.DefaultGraph())
        ):
            facts = _facts(site, subject)
            # What a cited title says is no part of what the article tells.
            if _TITLE_CLAIM not in facts.get(TYPE.value, ()):
                found[subject.value] = facts
    return dict(sorted(found.items()))


def _events(site: Site, article: Article, claims: Iterable[Facts]) -> dict[str, Facts]:
    store = site.dataset.store
    nodes = {node for told in _TOLD for node in _objects(store, article.node, told)}
    nodes |= {part for node in nodes for part in _objects(store, node, _PART)}
    nodes |= {node for facts in claims for node in facts.get(RDF + "subject", ()) if isinstance(node, ox.NamedNode)}
    known = (node for node in nodes if ox.Quad(node, TYPE, _EVENT, ox.DefaultGraph()) in store)
    return {node.value: _facts(site, node) for node in sorted(known, key=str)}


def _place(dated: Sequence[Entry], undated: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Put undated events directly before or after the dated ones that the article orders them by."""
    placed, left = list(dated), []
    for entry in undated:
        late, early = ({shown.iri for shown in shown_ones} for shown_ones in (entry.before, entry.after))
        nexts = [place for place, other in enumerate(placed) if other.shown.iri in late]
        lasts = [place for place, other in enumerate(placed) if other.shown.iri in early]
        if lasts:
            placed.insert(max(lasts) + 1, entry)
        elif nexts:
            placed.insert(min(nexts), entry)
        else:
            left.append(entry)
    # An event that is tied to one that found its place just now has found its own.
    return _place(placed, left) if len(left) < len(undated) and left else (placed, left)


def _name(entry: Entry, title: str) -> Entry:
    """Return the entry with a viewpoint whose name does not repeat the article's."""
    if entry.viewpoint is None:
        return entry
    name = entry.viewpoint.text.removesuffix(f" ({title})")
    return replace(entry, viewpoint=replace(entry.viewpoint, text=name))


def _facts(site: Site, node: ox.NamedNode) -> Facts:
    found: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for quad in site.dataset.store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object)
    return {name: sorted(terms, key=str) for name, terms in found.items()}


def _objects(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph())
    return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]
