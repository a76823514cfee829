"""What an article says of when, drawn and told in order: `/timeline/…`."""

from __future__ import annotations

from typing import Final

from babel import Locale
from flask import Blueprint, Response, render_template
from flask_babel import get_locale
from markupsafe import Markup, escape

from server.chronology import read_chronology
from server.days import Day, iso, name_day, parts
from server.formats import HTML
from server.links import encode_path
from server.negotiate import Choice
from server.representations import respond
from server.site import current_site
from server.slugs import article_links, moved, require_article
from server.timeline_plot import plot_entries

blueprint = Blueprint("timeline", __name__)

_TIME: Final = Markup('<time datetime="{}">{}</time>')


@blueprint.get("/timeline/<slug>/")
def strip_slash(slug: str) -> Response:
    """Lead from an address with a slash too many to the timeline."""
    return moved(f"/timeline/{encode_path(slug)}")


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
            day=lambda day: mark_up(day, locale),
            days=lambda first, last: mark_up_span(first, last, locale),
            links=links,
        )

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


def mark_up(day: Day, locale: Locale, text: str = "") -> Markup:
    """Return a day in words as a `time` element; without one where its year cannot stand in HTML."""
    name = text or name_day(day, locale)
    written = iso(day)
    return _TIME.format(written, name) if written else escape(name)


def mark_up_span(first: Day, last: Day, locale: Locale) -> tuple[Markup, Markup]:
    """Return two days in words, the first without the year or month it shares with the second."""
    text = ""
    if locale.language == "en":
        (year, month, of_month), (other_year, other_month, _) = parts(first), parts(last)
        if (year, month) == (other_year, other_month):
            text = str(of_month)
        elif year == other_year:
            text = name_day(first, locale).rsplit(" ", 1 if year > 0 else 2)[0]
    return mark_up(first, locale, text), mark_up(last, locale)
