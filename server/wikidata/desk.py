"""What the desk's page shows: how much goes to Wikidata and how much needs review, and things without an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES, SCHEMA, SKOS
from graph.store import Store
from server.site import Site
from server.terms.labels import Shown
from server.terms.taxonomy import TYPE
from server.wikidata.catalogue import CLASSES, is_nameable
from server.wikidata.creation import Creation
from server.wikidata.items import Items
from server.wikidata.reasons import EXPLANATIONS, Explanation, Reason
from server.wikidata.records import read_record
from server.wikidata.selection import articles, claims_of
from server.wikidata.translation import translate

MOST_ARTICLES: Final = 20
"""Articles whose claims are sorted for the page; the files have all."""
MOST_THINGS: Final = 15
"""Things without an item that the page lists of each kind."""
MOST_WANTED: Final = 5
_LOOKED_AT: Final = 2_000
_LINKED: Final = """
SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
  ?thing <{match}> ?item ; a <{class_}> . FILTER(STRSTARTS(STR(?item), "{wd}"))
}}
"""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the claims of some articles divide."""

    articles: int
    all_articles: int
    exported: int
    held: tuple[tuple[Reason, Explanation, int], ...]
    """The commonest reason first."""

    @property
    def claims(self) -> int:
        """How many claims there are: each is exported or needs review."""
        return self.exported + sum(number for _, _, number in self.held)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A thing for which an item is recorded that may not be used as its own."""

    shown: Shown
    item: str
    relation: Shown
    confidence: Shown
    evidence: str


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Things of one kind of which no item is known."""

    kind: Shown
    count: int
    things: tuple[Shown, ...]
    """Some of them; all where there are few."""
    doubtful: tuple[Doubtful, ...]
    """Those looked at for which something was found that may not be used."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article about something of which no item is known."""

    article: str
    """Its `article/slug`."""
    shown: Shown
    """What it is about."""


def list_wanted(site: Site, items: Items) -> list[Wanted]:
    """Return the first articles about something without an item, at most `MOST_WANTED`."""
    wanted = []
    for article in articles(site.dataset.store)[:MOST_ARTICLES]:
        about = read_record(site.dataset.store, article).first(SCHEMA + "about")
        name = site.links.entity_name(article)
        if about and name and items.find(about) is None:
            wanted.append(Wanted(name, site.labels.show_iri(about)))
    return wanted[:MOST_WANTED]


def sort_claims(site: Site, items: Items) -> Sorting:
    """Return how the claims of the first articles divide, as the default command file has them."""
    store, there = site.dataset.store, articles(site.dataset.store)
    exported, held = 0, Counter[Reason]()
    for article in there[:MOST_ARTICLES]:
        found = translate(items, claims_of(store, article), Creation.NONE)
        exported += len(found.statements)
        held.update(one.reason for one in found.held)
    reasons = sorted(held.items(), key=lambda item: (-item[1], item[0]))
    told = tuple((reason, EXPLANATIONS[reason], number) for reason, number in reasons)
    return Sorting(len(there[:MOST_ARTICLES]), len(there), exported, told)


def list_unlinked(site: Site, items: Items) -> list[Unlinked]:
    """Return the things without an item, kind by kind; kinds of which all have one are left out."""
    found = (_unlinked(site, items, class_) for class_ in CLASSES)
    return [one for one in found if one.count or one.doubtful]


def _unlinked(site: Site, items: Items, class_: str) -> Unlinked:
    linked = _linked(site.dataset.store, class_)
    there = site.counts.classes.get(class_, 0)
    # A class is looked through as far as it is small; of a larger one a part is shown.
    looked_at = islice(_members(site.dataset.store, class_), _LOOKED_AT)
    records = (read_record(items.store, iri) for iri in looked_at if items.find(iri) is None)
    without = [thing.iri for thing in records if is_nameable(items.store, thing)]
    found = {iri: items.candidates(iri) for iri in without}
    bare = [iri for iri, candidates in found.items() if not candidates]
    shown = sorted(map(site.labels.show_iri, bare), key=_by_name)
    count = len(bare) if there <= _LOOKED_AT else there - linked - (len(found) - len(bare))
    doubtful = (
        Doubtful(
            site.labels.show_iri(iri),
            one.item,
            site.labels.show_iri(one.relation),
            site.labels.show_iri(one.confidence),
            one.evidence,
        )
        for iri, candidates in found.items()
        for one in candidates
    )
    sorted_doubtful = sorted(doubtful, key=lambda one: (*_by_name(one.shown), one.item))[:MOST_THINGS]
    return Unlinked(site.labels.show_iri(class_), count, tuple(shown[:MOST_THINGS]), tuple(sorted_doubtful))


def _by_name(one: Shown) -> tuple[str, str]:
    return one.text.casefold(), one.iri or ""


def _members(store: Store, class_: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(class_), ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def _linked(store: Store, class_: str) -> int:
    solutions = store.query(_LINKED.format(match=SKOS + "exactMatch", class_=class_, wd=PREFIXES["wd"]))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("things with an item are counted by a SELECT query")
    return next(int(number.value) for solution in solutions if isinstance(number := solution["n"], ox.Literal))
