"""Anchors: the stretches of an article's text that statements rest on.

An anchor is a Web Annotation specific resource with two selectors of its own, the exact
words and their offsets (code points, end exclusive).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OA
from graph.store import Store
from server.remembering import RememberingStore
from server.terms.facts import nodes, read_facts

ANCHOR: Final = ox.NamedNode(BG + "anchor")
IN_ARTICLE: Final = ox.NamedNode(BG + "inArticle")
_SOURCE: Final = ox.NamedNode(OA + "hasSource")
_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")
_OFFSET: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words [start, end) of one text of one article."""

    iri: str
    article: str
    """IRI of the article."""
    source: str
    """IRI of the text, which names its digest."""
    start: int
    end: int
    quote: str

    @property
    def fragment(self) -> str:
        """The place of these words on the article's page."""
        return f"anchor-{self.start}-{self.end}"

    @property
    def reference(self) -> str:
        """The relative reference that shows the article's page at these words, and all of them marked.

        The fragment alone would mark the first of the elements that crossing anchors cut them into.
        """
        return f"?words={self.start}-{self.end}#{self.fragment}"


def read_anchor(store: Store, iri: str) -> Anchor | None:
    """Return the anchor with this IRI, or None where the data has no whole one, with a word at least in it."""
    thing = ox.NamedNode(iri)
    return store.once(_read_anchor, thing) if isinstance(store, RememberingStore) else _read_anchor(store, thing)


def _read_anchor(store: Store, thing: ox.NamedNode) -> Anchor | None:
    own = read_facts(store, thing)
    parts: dict[str, str] = {}
    for selector in own.get(_SELECTOR.value, ()):
        if isinstance(selector, ox.NamedNode):
            parts.update({part: found[0].value for part, found in read_facts(store, selector).items()})
    start, end, quote = parts.get(OA + "start", ""), parts.get(OA + "end", ""), parts.get(OA + "exact")
    article, source = (_first_node(own.get(name.value, ())) for name in (IN_ARTICLE, _SOURCE))
    if article is None or source is None or quote is None or not quote.strip():
        return None
    if not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end) and int(start) < int(end)):
        return None
    return Anchor(thing.value, article, source, int(start), int(end), quote)


def anchors_in(store: Store, text: str, length: int) -> list[Anchor]:
    """Return the anchors in the text with this IRI, in its order, the wider of those that begin together first.

    What ends beyond the text's length, in code points, is no anchor in it.
    """
    quads = store.quads_for_pattern(None, _SOURCE, ox.NamedNode(text), ox.DefaultGraph())
    anchors = (read_anchor(store, quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted((a for a in anchors if a is not None and a.end <= length), key=lambda a: (a.start, -a.end, a.iri))


def anchors_of(store: Store, thing: ox.NamedNode) -> Iterator[str]:
    """Yield the IRIs of the anchors a thing rests on, in their order."""
    yield from (node.value for node in nodes(store, thing, ANCHOR))


def selectors_of(store: Store, anchor: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Yield the selectors of an anchor."""
    yield from nodes(store, anchor, _SELECTOR)


def anchored(store: Store, anchor: str) -> list[str]:
    """Return the IRIs of what rests on an anchor, in their order."""
    quads = store.quads_for_pattern(None, ANCHOR, ox.NamedNode(anchor), ox.DefaultGraph())
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def things_in(store: Store, article: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Yield what stands in an article: its claims, references, anchors and the like."""
    for quad in store.quads_for_pattern(None, IN_ARTICLE, article, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _first_node(terms: Iterable[ox.NamedNode | ox.Literal]) -> str | None:
    return next((term.value for term in terms if isinstance(term, ox.NamedNode)), None)
