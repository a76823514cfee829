"""What an article says of when, drawn and told in order: `/timeline/…`."""

from __future__ import annotations

from typing import Final

from babel import Locale
from flask import Blueprint, Response, render_template
from flask_babel import get_locale
from markupsafe import Markup, escape

from server.articles.slugs import article_links, require_article
from server.http.formats import HTML
from server.http.negotiate import Choice
from server.http.representations import moved, respond
from server.site import current_site
from server.terms.days import Day, iso, name_day, name_day_before
from server.time_and_place.chronology import read_chronology
from server.time_and_place.timeline_plot import plot_entries

blueprint = Blueprint("timeline", __name__)

_TIME: Final = Markup('<time datetime="{}">{}</time>')


@blueprint.get("/timeline")
@blueprint.get("/timeline/")
def redirect_to_list() -> Response:
    """Lead to the list of articles."""
    return moved("/viewpoints/")


@blueprint.get("/timeline/<slug>/")
def strip_slash(slug: str) -> Response:
    """Lead from an address with a slash too many to the timeline."""
    require_article(current_site(), slug, "timeline")
    return moved(f"/timeline/{slug}")


@blueprint.get("/timeline/<slug>")
def show_timeline(slug: str) -> Response:
    """Show when an article says that things happened."""
    site = current_site()
    article = require_article(site, slug, "timeline")
    links = article_links(site, article, "timeline")

    def render() -> str:
        chronology = read_chronology(site, article)
        locale = get_locale()
        return render_template(
            "timeline.html",
            article=article,
            chronology=chronology,
            plot=plot_entries(chronology.placed, locale),
            day=lambda day: mark_up(day, name_day(day, locale)),
            days=lambda first, last: mark_up_span(first, last, locale),
            links=links,
        )

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


def mark_up(day: Day, name: str) -> Markup:
    """Return a day's name as a `time` element; without one where its year cannot stand in HTML."""
    written = iso(day)
    return _TIME.format(written, name) if written else escape(name)


def mark_up_span(first: Day, last: Day, locale: Locale) -> tuple[Markup, Markup]:
    """Return two days in words, the first without the year or month it shares with the second."""
    return mark_up(first, name_day_before(first, last, locale)), mark_up(last, name_day(last, locale))
