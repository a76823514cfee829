"""Who says what of an article's battle, side by side, as a page and as CSV: `/viewpoints/…`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from graph.namespaces import BG
from server.articles.slugs import Article, article_links, list_articles, require_article
from server.http.errors import Problem
from server.http.formats import HTML, RESULTS_CSV
from server.http.headers import Link
from server.http.languages import read_plainly
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, moved, respond
from server.site import Site, current_site
from server.terms.claims import Claim
from server.terms.days import read_span
from server.things.glossary import gloss
from server.time_and_place.datings import whole_of
from server.viewpoints.cited import list_cited
from server.viewpoints.comparison import Table, compare, shorten
from server.viewpoints.comparison_csv import write_csv
from server.viewpoints.loss_lists import read_lists
from server.viewpoints.loss_plot import plot_losses
from server.viewpoints.losses import split_at_figure
from server.viewpoints.meetings import find_meetings
from server.viewpoints.overlaps import find_overlaps
from server.viewpoints.saying_readers import read_sayings
from server.viewpoints.sayings import Section
from server.viewpoints.speakers import list_speakers
from server.viewpoints.stated_dates import StatedDate

blueprint = Blueprint("viewpoints", __name__)

_OFFERS: Final = (HTML, RESULTS_CSV)
MOST_CLAIMS: Final = 200
"""Claims of one section that the page shows; the CSV has all."""
_VOICE_OF: Final = ox.NamedNode(BG + "voiceOf")


@blueprint.get("/viewpoints/")
def show_list() -> Response:
    """List the articles whose viewpoints can be compared, or the first of them."""
    site = current_site()
    links = [*_formats(site, "", (HTML,)), Link(f"{site.dataset.base}viewpoints/", "canonical")]
    choice = choose((HTML,), links)

    def render() -> str:
        articles = list_articles(site, "viewpoints")
        count = site.counts.classes.get(BG + "Article", 0)
        return render_template("viewpoints_index.html", articles=articles, count=count, links=links)

    return respond(site, choice, render, negotiated=True, links=links)


@blueprint.get("/viewpoints")
def redirect_to_list() -> Response:
    """Lead to the list of articles."""
    return moved("/viewpoints/")


@blueprint.get("/viewpoints/<slug>/")
def redirect_to_comparison(slug: str) -> Response:
    """Lead from an address with a slash too many to the comparison."""
    require_article(current_site(), slug, "viewpoints")
    return moved(f"/viewpoints/{slug}")


@blueprint.get("/viewpoints/<slug>")
def show_comparison(slug: str) -> Response:
    """Show who says what of an article's battle, or send it as CSV."""
    return _answer(slug, fixed=False)


@blueprint.get("/viewpoints/<slug>.csv")
def send_comparison(slug: str) -> Response:
    """Send the claims of an article as CSV."""
    return _answer(slug, fixed=True)


def _answer(slug: str, *, fixed: bool) -> Response:
    site = current_site()
    article = require_article(site, slug, "viewpoints")
    links = [*_formats(site, slug, _OFFERS), *article_links(site, article, "viewpoints")]
    choice = Choice(RESULTS_CSV, RESULTS_CSV.media_type) if fixed else _choose(site, article, links)
    is_csv = choice.format is RESULTS_CSV

    def render() -> str:
        if is_csv:
            read_plainly()
            return write_csv(compare(read_sayings(site, article.node.value, slug)))
        return _render_page(site, article, links)

    location = f"{site.links.root}/viewpoints/{slug}.csv" if is_csv else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _render_page(site: Site, article: Article, links: Sequence[Link]) -> str:
    sayings = read_sayings(site, article.node.value, article.slug)
    whole = compare(sayings)
    tables = tuple(shorten(table, MOST_CLAIMS) for table in whole)
    losses = next((table for table in tables if table.section is Section.LOSSES), None)
    titled = {saying.claim.viewpoint for saying in sayings if saying.section is Section.TITLES}
    voices = list_speakers(site, article.node.value, sayings)
    return render_template(
        "viewpoints.html",
        article=article,
        # "Third-party sources (Battle of Hadrut)" need not name the battle on the battle's own page.
        names=article.short_name,
        voices=[voice for voice in voices if voice.viewpoint not in titled],
        titles=[voice for voice in voices if voice.viewpoint in titled],
        tables=tables,
        meetings=find_meetings(tables),
        overlaps=find_overlaps(saying for table in tables for row in table.rows for saying in row.sayings),
        readings=read_lists(site, sayings),
        cited={table.section: list_cited(site, _claims(table)) for table in tables},
        certainties=gloss(
            site, (x.claim.certainty.iri for x in sayings if x.claim.certainty and x.claim.certainty.iri)
        ),
        narrators=_narrators(site, article),
        split_at_figure=split_at_figure,
        span_of=_span_of,
        plot=plot_losses(losses) if losses else None,
        by_iri={saying.claim.iri: saying for table in tables for row in table.rows for saying in row.sayings},
        counts={table.section: table.count for table in whole},
        count=len(sayings),
        links=links,
    )


def _claims(table: Table) -> Iterator[Claim]:
    return (saying.claim for row in table.rows for saying in row.sayings)


def _span_of(when: StatedDate) -> str | None:
    """Return what a date whose words name no day is written as, `month` or `year`; None where as neither."""
    spans = read_span(when.earliest or ""), read_span(when.latest or "")
    return whole_of(spans[0].first, spans[1].last) if spans[0] and spans[1] and when.lexical else None


def _narrators(site: Site, article: Article) -> frozenset[str]:
    """Return the viewpoints that are the article's own voice, which also reports all the others."""
    quads = site.dataset.store.quads_for_pattern(None, _VOICE_OF, article.node, ox.DefaultGraph())
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _choose(site: Site, article: Article, links: Sequence[Link]) -> Choice:
    """Return the format asked for; a 406 lists each viewpoint's claims as data beside the formats there are."""
    try:
        return choose(_OFFERS, links)
    except Problem as problem:
        if problem.status == 406:  # noqa: PLR2004
            voices = list_speakers(site, article.node.value, read_sayings(site, article.node.value, article.slug))
            graphs = [{"href": voice.graph, "title": voice.viewpoint.text} for voice in voices if voice.graph]
            problem.extra["available"] = [*problem.extra["available"], *graphs]  # type: ignore[misc]
        raise


def _formats(site: Site, slug: str, offers: Sequence[object]) -> list[Link]:
    path = f"{site.links.root}/viewpoints/{slug}"
    addresses = [(HTML, path), (RESULTS_CSV, f"{path}.csv")]
    return alternates([(x, href) for x, href in addresses if x in offers])
