"""The page of the query editor, YASGUI, for those who want more than the form.

It needs script, and its own content security policy for the styles that it sets; it
asks no other host. A server whose set-up could not bring it says so and has the form.
"""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, Response, render_template

from graph.queries import by_audience
from server.http.errors import Problem
from server.http.formats import HTML, JSON
from server.http.headers import Link
from server.http.negotiate import Choice
from server.http.representations import respond
from server.query.completions import read_completions
from server.query.query_page import STARTER
from server.query.yasgui import SCRIPT, STYLE, has_editor
from server.site import current_site

blueprint = Blueprint("editor", __name__)

# YASGUI writes style attributes and draws its icons from data URLs. No script but the files from here.
_CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)


@blueprint.get("/sparql/editor")
def show_editor() -> Response:
    """Show the editor, or say that this server has none."""
    site = current_site()
    if not has_editor():
        form = {"href": f"{site.links.root}/sparql", "title": "The query form"}
        raise Problem(
            404,
            "No editor here",
            "The query editor could not be brought when this server was set up. The form at /sparql asks the same "
            "queries; installing again with a network brings the editor.",
            extra={"available": [form]},
        )
    links = [Link(f"{site.dataset.base}sparql/editor", "canonical")]
    response = respond(
        site,
        Choice(HTML, HTML.media_type),
        lambda: render_template(
            "editor.html",
            script=SCRIPT,
            style=STYLE,
            starter=STARTER,
            examples=by_audience(site.questions),
            links=links,
        ),
        negotiated=False,
        links=links,
    )
    response.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
    return response


@blueprint.get("/sparql/completions.json")
def list_completions() -> Response:
    """List what the editor completes."""
    site = current_site()
    return respond(
        site,
        Choice(JSON, JSON.media_type),
        lambda: json.dumps(read_completions(site), ensure_ascii=False) + "\n",
        negotiated=False,
    )
