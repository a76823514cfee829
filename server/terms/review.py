"""Whether a person has read what a program stated from an article."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from server.terms.facts import nodes

REVIEW_STATUS: Final = ox.NamedNode(BG + "reviewStatus")
UNREVIEWED: Final = ox.NamedNode(BG + "Unreviewed")
_IN_ARTICLE: Final = ox.NamedNode(BG + "inArticle")


def is_unreviewed(store: Store, iri: str) -> bool:
    """Tell whether a thing is of an unreviewed draft, or is one; what articles share never is."""
    node = ox.NamedNode(iri)
    # Of anchors, which are many, the dataset says only in which article they are.
    return _is_said(store, node) or any(_is_said(store, article) for article in nodes(store, node, _IN_ARTICLE))


def _is_said(store: Store, node: ox.NamedNode) -> bool:
    return ox.Quad(node, REVIEW_STATUS, UNREVIEWED, ox.DefaultGraph()) in store
