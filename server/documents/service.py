"""The service's own pages and files: about, prefixes, health."""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, Response, render_template, request

from graph.namespaces import PREFIXES
from server.documents.corrections import read_correction
from server.documents.prefixes import declare_prefixes, prefixes_node
from server.http.errors import Problem
from server.http.formats import HTML, JSON, TURTLE
from server.http.headers import Link
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, respond
from server.metadata.page_head import page_head
from server.serving.state import STATE
from server.site import current_site
from server.terms.serialise import serialise

blueprint = Blueprint("service", __name__)
blueprint.add_app_template_global(page_head)

_PREFIX_OFFERS: Final = (HTML, JSON, TURTLE)


@blueprint.get("/about")
def show_about() -> Response:
    """Show how the data is made, its licence, and how to report a wrong statement."""
    site = current_site()
    links = [Link(f"{site.dataset.base}about", "canonical")]
    # The statement that a reader came from in order to report it.
    asked = request.args.get("statement", "").strip()
    return respond(
        site,
        Choice(HTML, HTML.media_type),
        lambda: render_template("about.html", asked=asked, correction=read_correction(site, asked), links=links),
        negotiated=False,
        links=links,
    )


@blueprint.get("/prefixes")
@blueprint.get("/prefixes.<suffix>")
def list_prefixes(suffix: str | None = None) -> Response:
    """List the prefixes that the data, the pages and the query service use."""
    site = current_site()
    path = f"{site.links.root}/prefixes"
    hrefs = [(JSON, f"{path}.json"), (TURTLE, f"{path}.ttl"), (HTML, path)]
    links = [*alternates(hrefs), Link(f"{site.dataset.base}prefixes", "canonical")]
    fixed = {"json": JSON, "ttl": TURTLE}
    if suffix is not None and suffix not in fixed:
        raise Problem(404, "No such format", f"There is no format {suffix!r}. Use one of: {', '.join(fixed)}.")
    choice = choose(_PREFIX_OFFERS, links) if suffix is None else Choice(fixed[suffix], fixed[suffix].media_type)

    def render() -> str | bytes:
        if choice.format is JSON:
            return json.dumps(dict(PREFIXES), indent=2) + "\n"
        if choice.format is TURTLE:
            return serialise(declare_prefixes(site.dataset.base), TURTLE, first=prefixes_node(site.dataset.base))
        return render_template("prefixes.html", prefixes=PREFIXES, links=links)

    location = f"{path}.{choice.format.name}" if choice.format is not HTML else None
    return respond(site, choice, render, negotiated=suffix is None, links=links, content_location=location)


@blueprint.get("/health")
def report_health() -> Response:
    """Tell from which data the server answers, and what is wrong with it."""
    site = current_site()
    fault = request.environ.get(STATE)
    return _tell(
        {
            "status": "ok" if fault is None else "degraded",
            "fault": fault,
            "dataset": site.dataset.digest,
            "version": site.publication.version,
            "software": site.software,
            "quads": site.counts.quads,
            "releases": [release.version for release in site.releases],
            "releases_refused": site.offered.refused,
            "queries": "available" if site.queries is not None else "unavailable",
            "engine": site.queries.engine if site.queries is not None else None,
        }
    )


@blueprint.get("/health/live")
def report_life() -> Response:
    """Tell that this process answers: who is told nothing may start it again."""
    return _tell({"status": "alive"})


@blueprint.get("/health/ready")
def report_readiness() -> Response:
    """Tell that there is data to answer from: who is told otherwise may ask another server."""
    return _tell({"status": "ready", "dataset": current_site().dataset.digest})


def _tell(state: dict[str, object]) -> Response:
    response = Response(json.dumps(state, ensure_ascii=False, indent=2) + "\n", content_type=JSON.media_type)
    response.headers["Cache-Control"] = "no-store"
    return response
