"""Anchors: the stretches of an article's text that statements rest on.

An anchor is a Web Annotation specific resource with two selectors of its own, the exact
words and their offsets (code points, end exclusive).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OA

ANCHOR: Final = ox.NamedNode(BG + "anchor")
IN_ARTICLE: Final = ox.NamedNode(BG + "inArticle")
_SOURCE: Final = ox.NamedNode(OA + "hasSource")
_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")
_EXACT: Final = ox.NamedNode(OA + "exact")
_START: Final = ox.NamedNode(OA + "start")
_END: Final = ox.NamedNode(OA + "end")


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


def read_anchor(store: ox.Store, iri: str) -> Anchor | None:
    """Return the anchor with this IRI, or None where the data has no whole one."""
    own = _parts(store, ox.NamedNode(iri))
    parts: dict[ox.NamedNode, str] = {}
    for selector in own.get(_SELECTOR, ()):
        if isinstance(selector, ox.NamedNode):
            found = _parts(store, selector)
            parts.update({part: found[part][0].value for part in (_EXACT, _START, _END) if part in found})
    start, end, quote = parts.get(_START, ""), parts.get(_END, ""), parts.get(_EXACT)
    whole = IN_ARTICLE in own and _SOURCE in own and quote is not None and start.isdecimal() and end.isdecimal()
    if not whole or quote is None:
        return None
    return Anchor(iri, own[IN_ARTICLE][0].value, own[_SOURCE][0].value, int(start), int(end), quote)


def anchors_in(store: ox.Store, text: str) -> list[Anchor]:
    """Return the anchors in the text with this IRI, in its order, the wider of those that begin together first."""
    quads = store.quads_for_pattern(None, _SOURCE, ox.NamedNode(text), ox.DefaultGraph())
    anchors = (read_anchor(store, quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted((a for a in anchors if a is not None), key=lambda a: (a.start, -a.end))


def anchors_of(store: ox.Store, thing: ox.NamedNode) -> Iterator[str]:
    """Yield the IRIs of the anchors a thing rests on, in their order."""
    yield from sorted(node.value for node in _objects(store, thing, ANCHOR))


def selectors_of(store: ox.Store, anchor: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Yield the selectors of an anchor."""
    yield from _objects(store, anchor, _SELECTOR)


def anchored(store: ox.Store, anchor: str) -> list[str]:
    """Return the IRIs of what rests on an anchor, in their order."""
    quads = store.quads_for_pattern(None, ANCHOR, ox.NamedNode(anchor), ox.DefaultGraph())
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def _objects(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object


def _parts(store: ox.Store, subject: ox.NamedNode) -> dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]:
    parts: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]] = {}
    for quad in store.quads_for_pattern(subject, None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            parts.setdefault(quad.predicate, []).append(quad.object)
    return parts
