"""Where the places of an article lie, drawn, in a table and as GeoJSON: `/map/…`; and all places as one file."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template

from graph.namespaces import BG
from server.articles.slugs import Article, article_links, require_article
from server.http.formats import GEOJSON, HTML
from server.http.headers import Link, license_links
from server.http.languages import read_plainly
from server.http.negotiate import Choice
from server.http.piecewise import send_pieces
from server.http.representations import alternates, choose, moved, respond
from server.memento.dumps import file_history
from server.memento.history import answer_in_time
from server.site import current_site
from server.time_and_place.evidence import name_sources, shorten_digests
from server.time_and_place.geojson import write_geojson
from server.time_and_place.locator import FINE_BELOW_KM, Located, Sheet, draw_far, draw_near, far_window, near_window
from server.time_and_place.outlines import Window, read_outlines
from server.time_and_place.placemarks import Placemark, read_placemarks
from server.time_and_place.places import places
from server.time_and_place.projection import HEIGHT, WIDTH, Projection

blueprint = Blueprint("maps", __name__)

_OFFERS: Final = (HTML, GEOJSON)
_DETAILS: Final = {True: "fine", False: "coarse"}
_WIDEST_KM: Final = 8_000.0
"""A map as wide as this needs none of the region around it."""
_WHOLE: Final = 1_000
"""Places up to which their file is made before it is sent, with its length; of more it is sent as it is made."""


@blueprint.get("/map")
@blueprint.get("/map/")
def redirect_to_list() -> Response:
    """Lead to the list of articles."""
    return moved("/viewpoints/")


@blueprint.get("/map/<slug>/")
def strip_slash(slug: str) -> Response:
    """Lead from an address with a slash too many to the map."""
    require_article(current_site(), slug, "map")
    return moved(f"/map/{slug}")


@blueprint.get("/map/<slug>")
def show_map(slug: str) -> Response:
    """Show the places of an article, or send them as GeoJSON."""
    return _answer(slug, fixed=False)


@blueprint.get("/map/<slug>.geojson")
def send_geojson(slug: str) -> Response:
    """Send the places of an article that have coordinates as GeoJSON."""
    return _answer(slug, fixed=True)


@blueprint.get("/exports/places.geojson")
def send_places() -> Response:
    """Send every place of the dataset as GeoJSON; by date, as a release has them."""
    site = current_site()
    licenses = license_links(site.publication.license)
    is_whole = site.counts.classes.get(BG + "Place", 0) <= _WHOLE
    return answer_in_time(
        file_history(site, "places.geojson"),
        lambda links: send_pieces(site, GEOJSON, lambda: places(site), [*licenses, *links], is_whole=is_whole),
    )


def _answer(slug: str, *, fixed: bool) -> Response:
    site = current_site()
    article = require_article(site, slug, "map")
    path = f"{site.links.root}/map/{slug}"
    links = [
        *alternates([(HTML, path), (GEOJSON, f"{path}.geojson")]),
        *article_links(site, article, "map"),
    ]
    choice = Choice(GEOJSON, GEOJSON.media_type) if fixed else choose(_OFFERS, links)

    def render() -> str:
        if choice.format is GEOJSON:
            read_plainly()
            marks = read_placemarks(site, article)
            return write_geojson(marks, license_iri=site.publication.license, article=article.node.value)
        return _render(article, read_placemarks(site, article), links)

    location = f"{path}.geojson" if choice.format is GEOJSON else None
    return respond(site, choice, render, negotiated=not fixed, links=links, content_location=location)


def _render(article: Article, marks: list[Placemark], links: list[Link]) -> str:
    placed = [mark for mark in marks if mark.placement]
    near, far = draw_sheets(placed)
    return render_template(
        "map.html",
        article=article,
        placed=placed,
        described=[mark for mark in marks if not mark.placement],
        near=near,
        far=far,
        width=int(WIDTH),
        height=int(HEIGHT),
        name_sources=name_sources,
        shorten_digests=shorten_digests,
        links=links,
    )


def draw_sheets(placed: list[Placemark]) -> tuple[Sheet | None, Sheet | None]:
    """Return the map of the places and that of the region around them; none where no place lies anywhere."""
    located = [
        Located(number, mark.shown, mark.placement.point, mark.placement.is_centroid)
        for number, mark in enumerate(placed, 1)
        if mark.placement
    ]
    if not located:
        return None, None
    window = near_window([place.point for place in located])
    near = draw_near(located, read_outlines(_detail(window)))
    is_wide = near.span_km >= _WIDEST_KM
    return near, None if is_wide else draw_far(window, read_outlines(_detail(far_window(window))))


def _detail(window: Window) -> str:
    return _DETAILS[Projection(window).km < FINE_BELOW_KM]
