"""Who says what of an article's battle, side by side, as a page and as CSV: `/viewpoints/…`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, g, render_template
from flask_babel import gettext as _

from graph.iris import entity_iri, is_slug
from graph.namespaces import BG, DCTERMS, SCHEMA
from server.comparison import compare
from server.comparison_csv import write_csv
from server.errors import Problem
from server.formats import HTML, RDF_FORMATS, RESULTS_CSV
from server.headers import Link
from server.labels import Shown
from server.languages import Reading
from server.links import encode_path
from server.loss_plot import plot_losses
from server.meetings import find_meetings
from server.negotiate import Choice
from server.overlaps import find_overlaps
from server.representations import alternates, choose, respond
from server.rows import MOST_SHOWN
from server.saying_readers import read_sayings
from server.sayings import Section
from server.site import Site, current_site
from server.speakers import list_speakers
from server.taxonomy import TYPE

blueprint = Blueprint("viewpoints", __name__)

_OFFERS: Final = (HTML, RESULTS_CSV)
_ARTICLE: Final = ox.NamedNode(BG + "Article")
_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_TITLE: Final = ox.NamedNode(DCTERMS + "title")


@blueprint.get("/viewpoints/")
def list_articles() -> Response:
    """List the articles whose viewpoints can be compared, or the first of them."""
    site = current_site()
    links = [*_formats(site, "", (HTML,)), Link(f"{site.dataset.base}viewpoints/", "canonical")]
    choice = choose((HTML,), links)

    def render() -> str:
        count = site.counts.classes.get(_ARTICLE.value, 0)
        return render_template("viewpoints_index.html", articles=_articles(site), count=count, links=links)

    return respond(site, choice, render, negotiated=True, links=links)


@blueprint.get("/viewpoints")
def redirect_to_list() -> Response:
    """Lead to the list of articles."""
    return _moved("/viewpoints/")


@blueprint.get("/viewpoints/<slug>/")
def redirect_to_comparison(slug: str) -> Response:
    """Lead from an address with a slash too many to the comparison."""
    return _moved(f"/viewpoints/{encode_path(slug)}")


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
    article = _require_article(site, slug)
    name = f"article/{slug}"
    links = [
        *_formats(site, slug, _OFFERS),
        *(Link(site.links.data(name, x.name), "describedby", type=x.media_type, title=x.label) for x in RDF_FORMATS),
        Link(f"{site.dataset.base}viewpoints/{slug}", "canonical"),
        *([Link(site.publication.license, "license")] if site.publication.license else ()),
    ]
    choice = Choice(RESULTS_CSV, RESULTS_CSV.media_type) if fixed else _choose(site, article, slug, links)
    is_csv = choice.format is RESULTS_CSV

    def render() -> str:
        if is_csv:
            # The same for every reader, whatever language the request asks for.
            g.reading = Reading()
            return write_csv(compare(read_sayings(site, article, slug)))
        return _render_page(site, article, slug, links)

    location = f"{site.links.root}/viewpoints/{slug}.csv" if is_csv else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _render_page(site: Site, article: str, slug: str, links: Sequence[Link]) -> str:
    sayings = read_sayings(site, article, slug)
    tables = compare(sayings)
    losses = next((table for table in tables if table.section is Section.LOSSES), None)
    titled = {saying.claim.viewpoint for saying in sayings if saying.section is Section.TITLES}
    voices = list_speakers(site, sayings)
    suffix = f" ({_title(site, article)})"
    return render_template(
        "viewpoints.html",
        article=site.labels.show_iri(article),
        slug=slug,
        # "Third-party sources (Battle of Hadrut)" need not name the battle on the battle's own page.
        names=lambda shown: shown.text.removesuffix(suffix),
        event=_event(site, article),
        voices=[voice for voice in voices if voice.viewpoint not in titled],
        titles=[voice for voice in voices if voice.viewpoint in titled],
        tables=tables,
        meetings=find_meetings(tables),
        overlaps=find_overlaps(sayings),
        plot=plot_losses(losses) if losses else None,
        by_iri={saying.claim.iri: saying for saying in sayings},
        count=len(sayings),
        links=links,
    )


def _title(site: Site, article: str) -> str:
    titles = site.dataset.store.quads_for_pattern(ox.NamedNode(article), _TITLE, None, ox.DefaultGraph())
    return min((quad.object.value for quad in titles if isinstance(quad.object, ox.Literal)), default="")


def _event(site: Site, article: str) -> Shown | None:
    events = site.dataset.store.quads_for_pattern(ox.NamedNode(article), _ABOUT, None, ox.DefaultGraph())
    iris = sorted(quad.object.value for quad in events if isinstance(quad.object, ox.NamedNode))
    return site.labels.show_iri(iris[0]) if iris else None


def _articles(site: Site) -> list[tuple[Shown, str]]:
    """Return some articles by name, each with the address of its comparison; not all where there are many."""
    found = site.dataset.store.quads_for_pattern(None, TYPE, _ARTICLE, ox.DefaultGraph())
    iris = [q.subject.value for q in islice(found, MOST_SHOWN) if isinstance(q.subject, ox.NamedNode)]
    named = ((site.labels.show_iri(iri), site.links.entity_name(iri)) for iri in iris)
    shown = [(x, site.links.to(f"/viewpoints/{name.removeprefix('article/')}")) for x, name in named if name]
    return sorted(shown, key=lambda item: item[0].text.casefold())


def _require_article(site: Site, slug: str) -> str:
    """Return the IRI of an article; raise a 404 that leads on where there is none."""
    store = site.dataset.store
    if is_slug(slug):
        iri = entity_iri("article", slug, base=site.dataset.base)
        if ox.Quad(ox.NamedNode(iri), TYPE, _ARTICLE, ox.DefaultGraph()) in store:
            return iri
        event = ox.NamedNode(entity_iri("event", slug, base=site.dataset.base))
        if any(store.quads_for_pattern(event, TYPE, None, ox.DefaultGraph())):
            shown = site.labels.show_iri(event.value)
            detail = _(
                "%(event)s is an event, and no article of the dataset is called so. Viewpoints are compared article by "
                "article.",
                event=shown.text,
            )
            available = [{"href": shown.href, "title": shown.text}, *_available(site)]
            raise Problem(404, _("An event, not an article"), detail, extra={"available": available})
    detail = _("The dataset has no article %(slug)s. These are some that it has.", slug=repr(slug))
    raise Problem(404, _("No such article"), detail, extra={"available": _available(site)})


def _available(site: Site) -> list[dict[str, str]]:
    return [{"href": href, "title": shown.text} for shown, href in _articles(site)]


def _choose(site: Site, article: str, slug: str, links: Sequence[Link]) -> Choice:
    """Return the format asked for; a 406 lists each viewpoint's claims as data beside the formats there are."""
    try:
        return choose(_OFFERS, links)
    except Problem as problem:
        if problem.status == 406:  # noqa: PLR2004
            voices = list_speakers(site, read_sayings(site, article, slug))
            graphs = [{"href": voice.graph, "title": voice.viewpoint.text} for voice in voices if voice.graph]
            problem.extra["available"] = [*problem.extra["available"], *graphs]  # type: ignore[misc]
        raise


def _formats(site: Site, slug: str, offers: Sequence[object]) -> list[Link]:
    path = f"{site.links.root}/viewpoints/{slug}"
    addresses = [(HTML, path), (RESULTS_CSV, f"{path}.csv")]
    return alternates([(x, href) for x, href in addresses if x in offers])


def _moved(path: str) -> Response:
    """Answer 308. Done here because the router would take the host from the request."""
    location = current_site().links.to(path)
    return Response(f"See {location}\n", status=308, mimetype="text/plain", headers={"Location": location})
