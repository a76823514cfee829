"""The words that an anchor picks out of an article, with a little of what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import OA
from server.site import Site
from server.terms.anchors import read_anchor, selectors_of
from server.terms.facts import literals
from server.terms.labels import Shown
from server.terms.rows import show_quote

_PREFIX: Final = ox.NamedNode(OA + "prefix")
_SUFFIX: Final = ox.NamedNode(OA + "suffix")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article's text."""

    text: str
    before: str
    after: str
    start: int
    """Place of the first character, counted from 0 in code points."""
    end: int
    """Place behind the last character."""
    href: str
    """The words in the article."""
    article: Shown
    source: Shown
    """The text that the places are counted in."""


def read_words(site: Site, thing: ox.NamedNode) -> Words | None:
    """Return the words of an anchor, None where the thing is none."""
    anchor = read_anchor(site.dataset.store, thing.value)
    if anchor is None:
        return None
    return Words(
        text=anchor.quote,
        before=_context(site, thing, _PREFIX),
        after=_context(site, thing, _SUFFIX),
        start=anchor.start,
        end=anchor.end,
        href=show_quote(site, anchor).href,
        article=site.labels.show_iri(anchor.article),
        source=site.labels.show_iri(anchor.source),
    )


def _context(site: Site, anchor: ox.NamedNode, part: ox.NamedNode) -> str:
    store = site.dataset.store
    for selector in selectors_of(store, anchor):
        for literal in literals(store, selector, part):
            return literal.value
    return ""
