"""What a search found, as a page shows it and as JSON tells it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, RDFS, SKOS
from server.search.folding import fold, marked, spellings
from server.search.names import filter_name
from server.search.search_index import Found, Hit, How, Kind, SearchIndex
from server.site import Site
from server.terms.anchors import IN_ARTICLE
from server.terms.claims import ACCORDING_TO
from server.terms.facts import literals, nodes
from server.terms.labels import Label, Shown

_SCORES: Final[Mapping[How, float]] = {
    How.EXACT: 1.0,
    How.BEGINNING: 0.8,
    How.WORDS: 0.6,
    How.INSIDE: 0.4,
    How.SPELLING: 0.2,
    How.SOME: 0.1,
}
_DESCRIPTIONS: Final = tuple(
    ox.NamedNode(iri) for iri in (SKOS + "definition", DCTERMS + "description", RDFS + "comment")
)
_DESCRIPTION_CHARACTERS: Final = 160
_CROSS_LINK: Final = "crosslink"
_TITLE: Final = ox.NamedNode(DCTERMS + "title")


@dataclass(frozen=True, slots=True)
class Result:
    """A thing that was found."""

    thing: Shown
    """Under its name in the reader's language."""
    matched: str
    """The name it was found by, in full."""
    matched_lang: str
    parts: Sequence[tuple[str, bool]]
    """That name in parts, and of each whether it is what was asked for."""
    how: How
    kinds: Sequence[Shown]
    description: str = ""
    """The beginning of it; empty where there is none."""
    article: Shown | None = None
    viewpoint: Shown | None = None
    """According to whom, where it is a claim."""
    speaker: str = ""
    """The viewpoint's name without the article's, which is named beside it."""

    @property
    def is_by_other_name(self) -> bool:
        """Whether the name it was found by is not the one it is shown under."""
        return self.matched != self.thing.text

    @property
    def is_by_spelling(self) -> bool:
        """Whether the name is in another script or spelling than what was asked for."""
        return self.how is How.SPELLING

    def as_json(self, language: str) -> dict[str, Any]:
        """Return the result as `/search.json` tells it; `score` is higher for nearer, and orders nothing more.

        `language` is that of the names that do not say theirs.
        """
        kind, who = self.kinds[0] if self.kinds else None, self.viewpoint
        return {
            "iri": self.thing.iri,
            "page": self.thing.href,
            "label": self.thing.text,
            "lang": self.thing.lang or language,
            "matched": self.matched,
            "matched_lang": self.matched_lang or None,
            "match": self.how.name.lower(),
            "kind": {"iri": kind.iri, "label": kind.text, "lang": kind.lang or language} if kind else None,
            "draft": self.thing.is_draft,
            "according_to": {"iri": who.iri, "label": who.text, "lang": who.lang or language} if who else None,
            "score": _SCORES[self.how],
        }


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind that some of what was found is of."""

    name: str
    """What it is called in an address."""
    label: Label
    count: int
    is_chosen: bool


def prominent(index: SearchIndex, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits to list where no kind is asked for: all, where nothing else is left.

    Without the words that a listed claim rests on, and without the grounds of what is linked to other registers.
    """
    iris, resting = {hit.iri for hit in hits}, index.resting_on(hits)
    listed = [
        hit
        for hit in hits
        if _CROSS_LINK not in hit.kind.filters and iris.isdisjoint(resting.get(hit.iri, frozenset()))
    ]
    return listed or hits


def read_result(site: Site, index: SearchIndex, hit: Hit, query: str) -> Result:
    """Return what is shown of a hit."""
    name, labels = index.name(hit.number), site.labels
    words = {fold(query), *fold(query).split(), *(word for form in spellings(query) for word in form.split())}
    store, node = site.dataset.store, ox.NamedNode(hit.iri)
    article = next(iter(nodes(store, node, IN_ARTICLE)), None)
    title = next((literal.value for literal in literals(store, article, _TITLE)), "") if article else ""
    viewpoint = next(map(labels.show, nodes(store, node, ACCORDING_TO)), None)
    return Result(
        thing=labels.show_iri(hit.iri),
        matched=name.text,
        matched_lang=name.lang,
        parts=marked(name.text, words),
        how=hit.how,
        kinds=[labels.show_iri(iri) for iri in hit.kind.classes],
        description=textwrap.shorten(
            labels.text(hit.iri, _DESCRIPTIONS) or "", _DESCRIPTION_CHARACTERS, placeholder=" …"
        ),
        article=labels.show(article) if article else None,
        viewpoint=viewpoint,
        speaker=viewpoint.text.removesuffix(f" ({title})") if viewpoint else "",
    )


def facets(site: Site, found: Found, chosen: str) -> list[Facet]:
    """Return the kinds of what was found, the most frequent first; a class above several of them is one, too.

    Words taken out and the grounds of links come last.
    """
    counts: dict[str, int] = {}
    iris: dict[str, str] = {}
    for kind in found.kinds or ():
        for iri in _main_classes(site, kind):
            iris.setdefault(filter_name(iri), iri)
    for name in iris:
        counts[name] = sum(count for kind, count in (found.kinds or {}).items() if name in kind.filters)
    exact = {filter_name(kind.classes[0]) for kind in found.kinds or () if kind.classes}
    # A class above one kind only says no more than that kind.
    telling = [name for name in iris if name in exact or counts[name] > max(_below(found, name), default=0)]
    listed = [Facet(name, site.labels.label(iris[name]), counts[name], name == chosen) for name in telling]
    last = {_CROSS_LINK, *(filter_name(iri) for kind in found.kinds or () if kind.is_part for iri in kind.classes)}
    return sorted(listed, key=lambda facet: (facet.name in last, -facet.count, facet.label.text))


def _main_classes(site: Site, kind: Kind) -> list[str]:
    if not kind.classes:
        return []
    above = (wider.value for wider in site.taxonomy.wider(ox.NamedNode(kind.classes[0])))
    return [kind.classes[0], *sorted(iri for iri in above if iri.startswith(BG))]


def _below(found: Found, name: str) -> list[int]:
    counts: dict[str, int] = {}
    for kind, count in (found.kinds or {}).items():
        if name in kind.filters and kind.classes:
            counts[kind.classes[0]] = counts.get(kind.classes[0], 0) + count
    return [*counts.values()]
