"""The addresses of all the pages that the site wants found, in parts of one size.

The names of things come from the engine in one query and are kept compressed, a few bytes
each, so that millions of them cost a crawler's request no walk over the store.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import pyoxigraph as ox

from graph.store import Store
from server.releases.release import Release
from server.terms.links import encode_path

MOST: Final = 50_000
"""Addresses in one part (sitemaps.org)."""
OF_ARTICLE: Final = ("article", "viewpoints", "timeline", "map")
"""First parts of the addresses at which an article is looked at as a whole, each in its own way."""

# The pages there are whatever the dataset holds; those of queries and searches have no end.
_DOCUMENTS: Final = (
    "/", "/about", "/ontology", "/shapes", "/validation", "/queries/", "/dumps/", "/graph/", "/prefixes", "/sparql",
    "/wikidata",
)  # fmt: skip
_ARTICLES: Final = """
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>
SELECT DISTINCT ?iri WHERE {{
  ?iri bg:textDigest ?digest .
  ?text dcterms:isVersionOf ?iri ; schema:text ?words .
  FILTER(STRSTARTS(STR(?iri), "{head}"))
}}
"""
_THINGS: Final = """
SELECT DISTINCT ?iri WHERE {{
  ?iri a ?class .
  FILTER(STRSTARTS(STR(?iri), "{head}") && !CONTAINS(STR(?iri), "#"))
}}
"""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of pages below the root of the server."""

    parts: tuple[bytes, ...]
    """The parts, at least one, each compressed."""

    def part(self, number: int) -> list[str]:
        """Return the paths of a part, counted from one; raise IndexError where there is no such part."""
        if not 0 < number <= len(self.parts):
            raise IndexError(number)
        return [encode_path(path) for path in zlib.decompress(self.parts[number - 1]).decode().splitlines()]


def collect(
    store: Store,
    base: str,
    *,
    graphs: Iterable[str],
    questions: Iterable[str],
    releases: Iterable[Release] = (),
    most: int = MOST,
) -> Addresses:
    """Return the paths of all pages, in one order for every process that serves the same dataset."""
    things = f"{base}id/"
    articles = _ends(store, _ARTICLES, f"{things}article/")
    paths = chain(
        (path.encode() for path in _DOCUMENTS),
        (f"/{section}/".encode() + slug for slug in articles for section in OF_ARTICLE),
        (f"/queries/{name}".encode() for name in questions),
        (path.encode() for release in releases for path in _of_release(release)),
        (f"/graph/{iri.removeprefix(f'{base}graph/')}".encode() for iri in graphs),
        (b"/page/" + name for name in _ends(store, _THINGS, things)),
    )
    return Addresses(tuple(_parts(paths, most)))


def _of_release(release: Release) -> Iterator[str]:
    yield release.path
    if "changes.json" in release.by_name:
        yield f"{release.path}changes"


def _parts(paths: Iterator[bytes], most: int) -> Iterator[bytes]:
    while part := b"\n".join(islice(paths, most)):
        yield zlib.compress(part, level=1)


def _ends(store: Store, query: str, head: str) -> list[bytes]:
    """Return what comes after the head in each IRI that a query finds, in order."""
    results = store.query(query.format(head=head))
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("names are found by a SELECT query")
    # As bytes, because millions of terms as objects would hold up every other thread; and sorted here, because
    # the engine needs 10 s to order a million IRIs, which are bytes in no need of SPARQL's order.
    lines = (results.serialize(format=ox.QueryResultsFormat.TSV) or b"").splitlines()[1:]
    cut = len(head) + 1
    return sorted(line[cut:].rstrip(b">") for line in lines)
