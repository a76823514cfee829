"""The addresses of all the pages that the site wants found, in parts of one size.

Those of things and articles lie in the index of the dataset's names, from which a part is
read without a walk over the store, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.releases.release import Release
from server.search.search_index import SearchIndex
from server.terms.links import encode_path

MOST: Final = 10_000
"""Addresses in one part; sitemaps.org allows five times as many, which nobody should wait for."""
OF_ARTICLE: Final = ("article", "viewpoints", "timeline", "map")
"""First parts of the addresses at which an article is looked at as a whole, each in its own way."""

# The pages there are whatever the dataset holds; those of queries and searches have no end.
_DOCUMENTS: Final = (
    "/", "/about", "/ontology", "/shapes", "/validation", "/queries/", "/dumps/", "/graph/", "/prefixes", "/sparql",
    "/wikidata",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of pages below the root of the server."""

    stretches: tuple[tuple[int, Callable[[int, int], Sequence[str]]], ...]
    """Stretches of paths, one after the other: how many, and what reads so many from a place within."""
    most: int

    @property
    def parts(self) -> int:
        """How many parts there are, one at least."""
        return max(1, -(-sum(count for count, _ in self.stretches) // self.most))

    def part(self, number: int) -> list[str]:
        """Return the paths of a part, counted from one; raise IndexError where there is no such part."""
        if not 0 < number <= self.parts:
            raise IndexError(number)
        paths: list[str] = []
        start, left = (number - 1) * self.most, self.most
        for count, read in self.stretches:
            if start < count and left:
                found = read(start, min(left, count - start))
                paths += found
                left -= len(found)
            start = max(0, start - count)
        return [encode_path(path) for path in paths]


def collect(
    index: SearchIndex,
    base: str,
    *,
    graphs: Iterable[str],
    questions: Iterable[str],
    releases: Iterable[Release] = (),
    most: int = MOST,
) -> Addresses:
    """Return the paths of all pages, in one order for every process that serves the same dataset."""
    documents = [
        *(f"/queries/{name}" for name in questions),
        *(path for release in releases for path in _of_release(release)),
        *(f"/graph/{iri.removeprefix(f'{base}graph/')}" for iri in graphs),
    ]
    ways = len(OF_ARTICLE)

    def of_articles(start: int, number: int) -> list[str]:
        first = start // ways
        slugs = index.articles(first, -(-(start + number) // ways) - first)
        return [f"/{way}/{slug}" for slug in slugs for way in OF_ARTICLE][start - first * ways :][:number]

    return Addresses(
        (
            (len(_DOCUMENTS), lambda start, number: _DOCUMENTS[start : start + number]),
            (index.article_count * ways, of_articles),
            (len(documents), lambda start, number: documents[start : start + number]),
            (index.entity_count, lambda start, number: [f"/page/{name}" for name in index.entities(start, number)]),
        ),
        most,
    )


def _of_release(release: Release) -> Iterator[str]:
    yield release.path
    if "changes.json" in release.by_name:
        yield f"{release.path}changes"
