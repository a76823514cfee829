"""The exports as parts: each yields its text a piece at a time, so that any number of articles fits into memory.

Equal datasets and options give equal bytes. The command line writes these, the server
sends them.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.namespaces import BG
from server.site import Site
from server.terms.links import Links
from server.wikidata import catalogue, claim_table, review
from server.wikidata.claim_columns import COLUMNS
from server.wikidata.creation import Creation
from server.wikidata.items import Items
from server.wikidata.quickstatements import commands
from server.wikidata.records import read_record
from server.wikidata.rows import csv_row, tsv_row
from server.wikidata.selection import claims_about, claims_of, each_article, is_claim
from server.wikidata.statements import Held, Statement
from server.wikidata.translation import Translation, translate

_IN_ARTICLE = BG + "inArticle"


def quickstatements(
    site: Site, items: Items, creation: Creation, thing: str | None = None, *, with_names: bool = False
) -> Iterator[str]:
    """Yield the command file, an article at a time; of one thing alone where one is named."""
    for article, found in translations(site, items, creation, thing):
        yield "".join(f"{row}\n" for row in commands(items, found.statements, article, with_names=with_names))


def needs_review(site: Site, items: Items, creation: Creation, thing: str | None = None) -> Iterator[str]:
    """Yield the companion: its head, then an article at a time the claims that are not in the command file."""
    yield f"{tsv_row(review.COLUMNS)}\n"
    links = Links(site.dataset.base)
    for _, found in translations(site, items, creation, thing):
        yield "".join(f"{row}\n" for row in review.review_rows(items, site.english, links, found.held))


def mixnmatch(site: Site) -> Iterator[str]:
    """Yield the catalogue for Mix'n'match: its head, then a thing at a time."""
    yield f"{tsv_row(catalogue.COLUMNS)}\n"
    for row in catalogue.catalogue_rows(site.dataset.store, site.english, Links(site.dataset.base)):
        yield f"{row}\n"


def claims(site: Site) -> Iterator[str]:
    """Yield the table of all claims: its head, then an article at a time."""
    yield csv_row(COLUMNS)
    for _, found in each_article(site.dataset.store):
        yield "".join(claim_table.claim_rows(site.dataset.store, site.english, found))


def translations(
    site: Site, items: Items, creation: Creation, thing: str | None = None
) -> Iterator[tuple[str, Translation]]:
    """Yield what the claims of each article come to, or those about one thing, article by article.

    A thing that no claim is about yields nothing.
    """
    store = site.dataset.store
    if thing is None:
        for article, found in each_article(store):
            yield article, translate(items, found, creation)
    elif own := claims_of(store, thing):
        yield thing, translate(items, own, creation)
    else:
        whole = translate(items, claims_about(store, thing), creation)
        # Of a claim, the others about the same are there to be compared with it, no more.
        only = {thing} if is_claim(store, thing) else None
        grouped: dict[str, list[Statement | Held]] = {}
        outcomes: list[Statement | Held] = [*whole.statements, *whole.held]
        for outcome in outcomes:
            if only is None or outcome.claim in only:
                source = read_record(store, outcome.claim).first(_IN_ARTICLE) or ""
                grouped.setdefault(source, []).append(outcome)
        for source in sorted(grouped):
            yield source, _sorted_apart(grouped[source])


def _sorted_apart(outcomes: list[Statement | Held]) -> Translation:
    return Translation(
        tuple(one for one in outcomes if isinstance(one, Statement)),
        tuple(one for one in outcomes if isinstance(one, Held)),
    )
