"""What the home page shows: an example, the first articles, and how much there is, each with the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask_babel import ngettext

from graph.iris import graph_iri
from graph.namespaces import BG, RDFS
from server.documents.introduction import Introduction, introduce
from server.documents.journey import Journey, read_journey
from server.query.result_table import MOST_ROWS
from server.site import Site
from server.terms.labels import Shown

_ARTICLE: Final = BG + "Article"
_CLAIM: Final = BG + "Claim"
_CLAIMS: Final = f"""\
PREFIX bg: <{BG}>
PREFIX rdfs: <{RDFS}>

SELECT ?claim ?viewpoint ?words WHERE {{
  ?claim a bg:Claim ; bg:accordingTo ?viewpoint .
  OPTIONAL {{ ?claim bg:lexical ?words }}
}}
"""


@dataclass(frozen=True, slots=True)
class Article:
    """An article, and the name that its pages have in common."""

    shown: Shown
    slug: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A number of things, in words, with the way to them."""

    count: int
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the page shows."""

    introduction: Introduction | None
    """The first article."""
    journey: Journey | None
    articles: tuple[Article, ...]
    article_count: int
    draft_count: int
    """How many of the articles are unreviewed drafts."""
    claim_count: int
    holdings: tuple[Holding, ...]


def read_home(site: Site) -> Home:
    """Return what the home page shows to the present reader."""
    named = ((iri, site.links.entity_name(iri)) for iri in site.opening.articles)
    return Home(
        introduction=introduce(site, site.opening.articles[0]) if site.opening.articles else None,
        journey=read_journey(site, site.opening.example) if site.opening.example is not None else None,
        articles=tuple(
            Article(site.labels.show_iri(iri), name.removeprefix("article/")) for iri, name in named if name is not None
        ),
        article_count=site.counts.classes.get(_ARTICLE, 0),
        draft_count=site.opening.drafts,
        claim_count=site.counts.classes.get(_CLAIM, 0),
        holdings=tuple(holding for holding in _holdings(site) if holding.count),
    )


def _holdings(site: Site) -> list[Holding]:
    counts, to = site.counts, site.links.to

    def members(name: str) -> int:
        return counts.classes.get(BG + name, 0)

    def graph(name: str) -> str:
        is_there = graph_iri(name, site.dataset.base) in counts.graphs
        return to(f"/graph/{name}" if is_there else "/graph/")

    claims, references = members("Claim"), members("Reference")
    # Each voice that asserts anything has a graph; one whose words are only reported by another has none.
    voices = site.shelves.shared.count + site.shelves.of_articles.count
    gaps, links = members("Gap"), members("CrossLink")
    # More claims than a page shows are not worth sorting.
    query = _CLAIMS + (f"LIMIT {MOST_ROWS}\n" if claims > MOST_ROWS else "ORDER BY ?viewpoint ?claim\n")
    return [
        Holding(claims, ngettext("claim", "claims", claims), to(f"/sparql?{urlencode({'query': query})}")),
        Holding(voices, ngettext("viewpoint with claims", "viewpoints with claims", voices), to("/graph/#viewpoints")),
        Holding(references, ngettext("reference", "references", references), graph("references")),
        Holding(gaps, ngettext("gap in the sources", "gaps in the sources", gaps), graph("gaps")),
        Holding(links, ngettext("link to other sites", "links to other sites", links), graph("crosslinks")),
        Holding(counts.quads, ngettext("quad", "quads", counts.quads), to("/graph/")),
    ]
