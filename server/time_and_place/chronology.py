"""What an article says of when: its events and dated claims in the order of time.

One entry is what one viewpoint says of one event, or one claim about something else. What
is stated of an event and claimed by nobody is an entry too, and says whether a rule of the
build has derived it. Nothing is dated here that the data leaves undated.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, RDF, SCHEMA, SEM
from server.articles.slugs import Article
from server.site import Site
from server.terms.anchors import things_in
from server.terms.claims import ACCORDING_TO
from server.terms.facts import Facts, nodes, read_facts
from server.terms.taxonomy import TYPE
from server.time_and_place.entries import Entry, of_claims, of_events
from server.time_and_place.happenings import join

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
    entries = join([*of_events(site, events, claims), *of_claims(site, events, claims)])
    entries = [replace(e, viewpoint=article.shorten(e.viewpoint)) if e.viewpoint else e for e in entries]
    dated = sorted((e for e in entries if e.datings), key=lambda e: (e.first, e.last, e.start, e.shown.text))
    loose = sorted((e for e in entries if not e.datings), key=lambda e: (e.start, e.shown.text))
    placed, left = _place(dated, loose)
    return Chronology(tuple(placed), tuple(left))


def _read_claims(site: Site, article: Article) -> dict[str, Facts]:
    found = {}
    store = site.dataset.store
    for thing in things_in(store, article.node):
        if nodes(store, thing, ACCORDING_TO):
            facts = read_facts(store, thing)
            # What a cited title says is no part of what the article tells.
            if _TITLE_CLAIM not in facts.get(TYPE.value, ()):
                found[thing.value] = facts
    return dict(sorted(found.items()))


def _events(site: Site, article: Article, claims: Iterable[Facts]) -> dict[str, Facts]:
    store = site.dataset.store
    told = {node for predicate in _TOLD for node in nodes(store, article.node, predicate)}
    told |= {part for node in told for part in nodes(store, node, _PART)}
    told |= {node for facts in claims for node in facts.get(RDF + "subject", ()) if isinstance(node, ox.NamedNode)}
    known = (node for node in told if ox.Quad(node, TYPE, _EVENT, ox.DefaultGraph()) in store)
    return {node.value: read_facts(store, node) for node in sorted(known, key=str)}


def _place(dated: Sequence[Entry], undated: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Put undated events directly before or after the dated ones that the article orders them by.

    They find their places in their own order, round after round: an event that is tied to
    one that has found its place has found its own.
    """
    row = _Row(dated, room=len(undated))
    waiting: dict[str | None, list[int]] = {}
    for turn, entry in enumerate(undated):
        for iri in {shown.iri for shown in (*entry.before, *entry.after)}:
            waiting.setdefault(iri, []).append(turn)
    ready = sorted({(0, turn) for entry in dated for turn in waiting.get(entry.shown.iri, ())})
    done: set[int] = set()
    while ready:
        tour, turn = heappop(ready)
        entry = undated[turn]
        if turn in done:
            continue
        done.add(turn)
        row.insert(entry, after={shown.iri for shown in entry.after}, before={shown.iri for shown in entry.before})
        for other in waiting.get(entry.shown.iri, ()):
            if other not in done:
                heappush(ready, (tour if other > turn else tour + 1, other))
    return row.entries, [entry for turn, entry in enumerate(undated) if turn not in done]


class _Row:
    """Entries in a row, in which another finds its place among thousands without a walk along it."""

    def __init__(self, entries: Iterable[Entry], room: int) -> None:
        """Put these in a row, with room between them for so many more."""
        # A place is a number, and halving the way to the next one makes room for another.
        self._gap = 2 << room
        self._entries: dict[int, Entry] = {}
        self._places: list[int] = []
        self._known: dict[str | None, list[int]] = {}
        for number, entry in enumerate(entries):
            self._put(entry, number * self._gap)

    @property
    def entries(self) -> list[Entry]:
        """The entries in their order."""
        return [self._entries[place] for place in self._places]

    def insert(self, entry: Entry, *, after: Iterable[str | None], before: Iterable[str | None]) -> None:
        """Put an entry directly after the last of these things that are there, else before the first of those."""
        lasts = [place for iri in after for place in self._known.get(iri, ())]
        nexts = [place for iri in before for place in self._known.get(iri, ())]
        if lasts:
            left = max(lasts)
            index = bisect_right(self._places, left)
            right = self._places[index] if index < len(self._places) else left + 2 * self._gap
        else:
            right = min(nexts)
            index = bisect_left(self._places, right)
            left = self._places[index - 1] if index else right - 2 * self._gap
        self._put(entry, (left + right) // 2)

    def _put(self, entry: Entry, place: int) -> None:
        self._entries[place] = entry
        insort(self._places, place)
        self._known.setdefault(entry.shown.iri, []).append(place)
