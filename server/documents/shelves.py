"""The named graphs of a dataset in three groups: the dataset's own, shared viewpoints, viewpoints of one article.

The third grows with every article, so all that is kept of it is what a page shows, and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.iris import graph_iri

MOST_GRAPHS: Final = 50
"""Graphs of one group that a page lists."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Graphs of one group: the IRIs of the first by name, at most `MOST_GRAPHS`, and how many there are."""

    graphs: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """The groups."""

    own: Shelf
    """One graph for each kind of thing, and all that are named in another way than ours."""
    shared: Shelf
    """What a viewpoint that articles share is said to assert."""
    of_articles: Shelf
    """What a voice of one article is said to assert: its own, a cited title's, its third parties'."""


def sort_graphs(graphs: Iterable[str], base: str) -> Shelves:
    """Return the graphs with these IRIs, each in its group."""
    head = graph_iri("viewpoint/", base)
    own, shared, of_articles = [], [], []
    for graph in sorted(graphs):
        if not graph.startswith(head):
            own.append(graph)
        elif "/" in graph.removeprefix(head):
            of_articles.append(graph)
        else:
            shared.append(graph)
    return Shelves(*(Shelf(tuple(group[:MOST_GRAPHS]), len(group)) for group in (own, shared, of_articles)))
