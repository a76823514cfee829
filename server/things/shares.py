"""The articles in which a viewpoint that several share is said to assert something, each with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from graph.namespaces import BG, RDFS
from server.query.result_table import MOST_ROWS
from server.site import Site
from server.terms.anchors import IN_ARTICLE
from server.terms.facts import nodes
from server.terms.labels import Shown
from server.terms.rows import natural_key
from server.things.listings import CLAIMS, Listing, list_address

_MOST: Final = 30
_QUERY: Final = """\
PREFIX bg: <{bg}>
PREFIX rdfs: <{rdfs}>

SELECT ?article ?claim ?label WHERE {{
  ?claim bg:accordingTo <{viewpoint}> ; bg:inArticle ?article ; rdfs:label ?label .
}}
ORDER BY ?article ?claim
LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Share:
    """The claims of one article among those of a viewpoint."""

    article: Shown
    count: int
    href: str
    """Where these claims are listed."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The articles with most claims, how many articles there are, and the address of a query for the claims."""

    shown: tuple[Share, ...]
    count: int
    query: str


def read_shares(site: Site, viewpoint: ox.NamedNode, asserted: Iterable[ox.NamedNode]) -> Shares | None:
    """Return in which articles a viewpoint makes these claims; None where it is one article or none."""
    counts = Counter(article for claim in asserted for article in nodes(site.dataset.store, claim, IN_ARTICLE))
    if len(counts) <= 1:
        return None
    shares = [
        Share(
            site.labels.show_iri(article.value),
            count,
            list_address(site, viewpoint.value, Listing(CLAIMS, only=viewpoint.value, within=article.value)),
        )
        for article, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].value))[:_MOST]
    ]
    query = _QUERY.format(bg=BG, rdfs=RDFS, viewpoint=viewpoint.value, most=MOST_ROWS)
    return Shares(
        tuple(sorted(shares, key=lambda share: natural_key(share.article.text))),
        len(counts),
        site.links.to(f"/sparql?{urlencode({'query': query})}"),
    )
