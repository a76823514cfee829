"""How the home page introduces an article: what it is about, when that was, and where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask_babel import get_locale

from graph.namespaces import DCTERMS, SCHEMA, SEM
from graph.store import Store
from server.site import Site
from server.terms.days import name_year, parts, read_span
from server.terms.facts import literals, nodes
from server.terms.labels import Shown

_TITLE: Final = ox.NamedNode(DCTERMS + "title")
_SOURCE: Final = ox.NamedNode(DCTERMS + "source")
_ABOUT: Final = ox.NamedNode(SCHEMA + "about")
_BEGIN: Final = ox.NamedNode(SEM + "hasBeginTimeStamp")
_END: Final = ox.NamedNode(SEM + "hasEndTimeStamp")
_WIKIPEDIA: Final = "wikipedia.org"


@dataclass(frozen=True, slots=True)
class Introduction:
    """An article in the few words that a first sentence has room for."""

    title: Shown
    """Its title; the article under its label where there is none."""
    years: str | None
    """The year of the one event it is about, or its first and last; None where the data gives several days."""
    is_wikipedia: bool
    """Whether it was written in a Wikipedia."""


def introduce(site: Site, article: str) -> Introduction:
    """Return what introduces the article with this IRI."""
    store, node = site.dataset.store, ox.NamedNode(article)
    hosts = (urlsplit(source.value).hostname or "" for source in nodes(store, node, _SOURCE))
    return Introduction(
        title=next((site.labels.show(literal) for literal in literals(store, node, _TITLE)), None)
        or site.labels.show_iri(article),
        years=_years(store, nodes(store, node, _ABOUT)),
        is_wikipedia=any(host == _WIKIPEDIA or host.endswith(f".{_WIKIPEDIA}") for host in hosts),
    )


def _years(store: Store, events: list[ox.NamedNode]) -> str | None:
    """Return the years of an event in words, None where it is not one or where more than one day is given."""
    if len(events) != 1:
        return None
    bounds = [literals(store, events[0], bound) for bound in (_BEGIN, _END)]
    spans = [read_span(found[0].value) for found in bounds if len(found) == 1]
    years = sorted({parts(day)[0] for span in spans if span is not None for day in (span.first, span.last)})
    if not years or any(len(found) > 1 for found in bounds):
        return None
    return "\u2013".join(name_year(year, get_locale()) for year in dict.fromkeys((years[0], years[-1])))
