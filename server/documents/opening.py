"""What the home page opens with: the first articles, and one claim of theirs to show as an example.

Found by the engine once for a dataset; nothing is hard-coded. The example is chosen by
form: a claim whose source the text gives, of a voice that is no polity's where there is
one, so that the page begins with no side; then the one whose words are shortest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store

MOST_ARTICLES: Final = 50
"""Articles that the home page lists; search finds the others."""

_ARTICLES: Final = f"PREFIX bg: <{BG}> SELECT ?found WHERE {{ ?found a bg:Article }}"
_DRAFTS: Final = f"PREFIX bg: <{BG}> SELECT ?found WHERE {{ ?found a bg:Article ; bg:reviewStatus bg:Unreviewed }}"
# What only a cited title says is its own source, which makes a poor example.
_EXAMPLE: Final = """
PREFIX bg: <{bg}>
SELECT ?found WHERE {{
  ?found bg:inArticle <{article}> ; bg:accordingTo ?viewpoint ; bg:anchor [] .
  BIND (EXISTS {{ ?found a bg:TitleClaim }} AS ?isTitle)
  BIND (EXISTS {{ ?found bg:sourceStatus bg:ReferenceGiven ; bg:citesReference [] }} AS ?isSourced)
  BIND (EXISTS {{ ?found bg:valueStatus bg:Known }} AS ?isKnown)
  BIND (EXISTS {{ ?viewpoint bg:viewpointOf [] }} AS ?isPartisan)
  OPTIONAL {{ ?found bg:lexical ?words }}
}}
ORDER BY ?isTitle DESC(?isSourced) DESC(?isKnown) ?isPartisan (COALESCE(STRLEN(?words), 1000)) STR(?found)
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """IRIs of the first articles by name, at most `MOST_ARTICLES`, drafts last; and of a claim of the first of them."""

    articles: tuple[str, ...]
    example: str | None
    drafts: int
    """How many of all articles are unreviewed drafts."""


def read_opening(store: Store) -> Opening:
    """Return what the home page of this dataset opens with."""
    drafts = frozenset(_find(store, _DRAFTS))
    # Here and not by the engine, which looks up each article's status before it takes the first.
    articles = tuple(nsmallest(MOST_ARTICLES, _find(store, _ARTICLES), key=lambda iri: (iri in drafts, iri)))
    examples = (iri for article in articles for iri in _find(store, _EXAMPLE.format(bg=BG, article=article)))
    return Opening(articles, next(examples, None), len(drafts))


def _find(store: Store, query: str) -> Iterator[str]:
    solutions = store.query(query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("the opening is found by SELECT queries")
    for solution in solutions:
        found = solution["found"]
        if isinstance(found, ox.NamedNode):
            yield found.value
