"""What the desk's page shows: how much goes to Wikidata and how much needs review, and things without an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, PREFIXES, SCHEMA, SKOS
from graph.store import Store
from server.site import Site
from server.terms.labels import Shown
from server.terms.taxonomy import TYPE
from server.wikidata.catalogue import CLASSES, is_nameable
from server.wikidata.creation import Creation
from server.wikidata.items import Candidate, Items
from server.wikidata.reasons import EXPLANATIONS, Explanation, Reason
from server.wikidata.records import objects
from server.wikidata.selection import articles, claims_of
from server.wikidata.translation import translate

MOST_ARTICLES: Final = 20
"""Articles whose claims are sorted for the page; the files have all."""
MOST_THINGS: Final = 15
"""Things without an item that the page lists of each kind."""
MOST_WANTED: Final = 5
_LOOKED_AT: Final = 200
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


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a look at things of one kind found, by IRI and so for readers of every language."""

    class_: str
    count: int
    bare: tuple[str, ...]
    doubtful: tuple[tuple[str, Candidate], ...]


class Desk:
    """What the page shows of one dataset, found out when first asked for; safe to use from many threads."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._items = Items(site.dataset.store)

    @cached_property
    def sorting(self) -> Sorting:
        """How the claims of the first articles divide, as the default command file has them."""
        exported, held = 0, Counter[Reason]()
        for article in self._first:
            found = translate(self._items, claims_of(self._items.store, article), Creation.NONE)
            exported += len(found.statements)
            held.update(one.reason for one in found.held)
        reasons = sorted(held.items(), key=lambda item: (-item[1], item[0]))
        told = tuple((reason, EXPLANATIONS[reason], number) for reason, number in reasons)
        return Sorting(len(self._first), self._site.counts.classes.get(BG + "Article", 0), exported, told)

    def wanted(self) -> list[Wanted]:
        """Return the first articles about something without an item, at most `MOST_WANTED`."""
        return [Wanted(name, self._site.labels.show_iri(about)) for name, about in self._wanted]

    def unlinked(self) -> list[Unlinked]:
        """Return the things without an item, kind by kind; kinds of which all have one are left out."""
        return [self._show(looked) for looked in self._looked if looked.count or looked.doubtful]

    @cached_property
    def _first(self) -> list[str]:
        return articles(self._items.store)[:MOST_ARTICLES]

    @cached_property
    def _wanted(self) -> list[tuple[str, str]]:
        told = (
            (article, next(iter(objects(self._items.store, article, SCHEMA + "about")), None))
            for article in self._first
        )
        named = ((self._site.links.entity_name(article), about) for article, about in told)
        wanted = ((name, about) for name, about in named if name and about and self._items.find(about) is None)
        return list(islice(wanted, MOST_WANTED))

    @cached_property
    def _looked(self) -> list[_Looked]:
        return [_look(self._site, self._items, class_) for class_ in CLASSES]

    def _show(self, looked: _Looked) -> Unlinked:
        show = self._site.labels.show_iri
        shown = sorted(map(show, looked.bare), key=_by_name)
        doubtful = (
            Doubtful(show(iri), one.item, show(one.relation), show(one.confidence), one.evidence)
            for iri, one in looked.doubtful
        )
        sorted_doubtful = sorted(doubtful, key=lambda one: (*_by_name(one.shown), one.item))[:MOST_THINGS]
        return Unlinked(show(looked.class_), looked.count, tuple(shown[:MOST_THINGS]), tuple(sorted_doubtful))


def _look(site: Site, items: Items, class_: str) -> _Looked:
    there = site.counts.classes.get(class_, 0)
    # A class is looked through as far as it is small; of a larger one a part is shown.
    looked_at = islice(_members(items.store, class_), _LOOKED_AT)
    without = (iri for iri in looked_at if items.find(iri) is None)
    found = {iri: items.candidates(iri) for iri in without if is_nameable(items.store, iri)}
    bare = tuple(iri for iri, candidates in found.items() if not candidates)
    doubtful = tuple((iri, one) for iri, candidates in found.items() for one in candidates)
    is_all = there <= _LOOKED_AT
    count = len(bare) if is_all else there - _linked(items.store, class_) - (len(found) - len(bare))
    return _Looked(class_, count, bare, doubtful)


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
