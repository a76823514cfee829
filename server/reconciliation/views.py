"""The addresses of the service, all below `/reconcile`.

Every answer is JSON but the preview; what is refused is problem details (RFC 9457),
whatever Accept says, because it is programs that ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, cast

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException

from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import HTML, JSON, PROBLEM
from server.http.languages import PAGE_LANGUAGE
from server.http.negotiate import Choice
from server.http.representations import respond
from server.reconciliation.extension import extend, read_extension
from server.reconciliation.identifiers import find_thing
from server.reconciliation.manifest import manifest
from server.reconciliation.payload import refuse
from server.reconciliation.preview import flyout, read_preview
from server.reconciliation.query import read_batch, read_single
from server.reconciliation.reconciler import Reconciler
from server.reconciliation.service import Service
from server.reconciliation.suggestions import LONGEST_PREFIX, PAGE, suggest_entities, tell_properties, tell_types
from server.site import EXTENSION, Site, current_site

blueprint = Blueprint("reconciliation", __name__, url_prefix="/reconcile")

_SERVICE: Final = "reconciliation"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_DIGITS: Final = 9
# Framed by whoever shows it, and nothing runs in it.
_PREVIEW_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@blueprint.record
def prepare(state: BlueprintSetupState) -> None:
    """Hang the service on the app, to be made when first asked for."""
    state.app.extensions[_SERVICE] = Service(cast(Site, state.app.extensions[EXTENSION]))


@blueprint.errorhandler(Problem)
def refuse_as_json(problem: Problem) -> Response:
    """Answer with problem details."""
    details = {"title": problem.title, "status": problem.status, "detail": problem.detail, **problem.extra}
    response = Response(_write(details), status=problem.status, content_type=PROBLEM.media_type)
    response.headers.update(problem.headers)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@blueprint.errorhandler(HTTPException)
def refuse_as_json_too(error: HTTPException) -> Response:
    """Answer what the framework refused, a body that is too large above all."""
    return refuse_as_json(Problem(error.code or 500, error.name, error.description or error.name))


@blueprint.get("")
@blueprint.post("", endpoint="answer_form")
def answer() -> Response:
    """Answer a batch (`queries`), a data extension (`extend`), a `query` as 0.1 has it, or with the manifest."""
    if request.method == "POST" and request.mimetype not in (*_FORMS, "") and request.content_length:
        detail = f"The body is {request.mimetype}. Send a form, as {_FORMS[0]}, with a field `queries` or `extend`."
        raise Problem(415, "Unsupported media type", detail)
    fields = request.values
    if "queries" in fields:
        batch = read_batch(fields["queries"])
        return _send(lambda: {key: _reconciler().answer(query) for key, query in batch.items()})
    if "extend" in fields:
        asked = read_extension(fields["extend"])
        return _send(lambda: extend(current_site(), _reconciler().properties, asked))
    if "query" in fields:
        query = read_single(fields["query"])
        return _send(lambda: _reconciler().answer(query))
    return _send(lambda: manifest(current_site(), server_address(current_site()), _reconciler().types))


@blueprint.get("/suggest/entity")
def offer_entities() -> Response:
    """Suggest things whose name or id begins like `prefix`; those of one `type` where that is given."""
    prefix, cursor = _prefix(), _number("cursor")
    name = request.args.get("type", "").strip()
    kind = _reconciler().types.find(name) if name else None
    if name and kind is None:
        return _send(lambda: {"result": []})
    return _send(lambda: {"result": suggest_entities(_reconciler(), prefix, cursor, kind)})


@blueprint.get("/suggest/type")
def offer_types() -> Response:
    """Suggest types."""
    types, cursor = _reconciler().types, _number("cursor")
    found = types.beginning(_prefix())[cursor : cursor + PAGE]
    return _send(lambda: {"result": tell_types(found, types.all)})


@blueprint.get("/suggest/property")
def offer_properties() -> Response:
    """Suggest properties."""
    cursor = _number("cursor")
    found = _reconciler().properties.beginning(_prefix())[cursor : cursor + PAGE]
    return _send(lambda: {"result": tell_properties(found)})


@blueprint.get("/extend/propose")
def propose() -> Response:
    """Propose the properties that things of a `type` can be extended with."""
    name, limit = request.args.get("type", ""), _number("limit")
    kind = _reconciler().types.find(name) if name else None
    found = _reconciler().properties.proposed(kind) if kind is not None or not name else []
    told = {"properties": tell_properties(found[: limit or None])}
    return _send(lambda: told | ({"type": name} if name else {}) | ({"limit": limit} if limit else {}))


@blueprint.get("/flyout/entity")
def fly_out_entity() -> Response:
    """Describe a thing in a few words of HTML."""
    identifier, iri = _thing()
    reconciler, site = _reconciler(), current_site()
    html = flyout(site.english.label(iri).text, reconciler.describe(iri, reconciler.kind_of(iri)))
    return _send(lambda: {"id": identifier, "html": html})


@blueprint.get("/flyout/<any(type, property):part>")
def fly_out_term(part: str) -> Response:
    """Describe a type or a property in a few words of HTML."""
    identifier, reconciler = request.args.get("id", ""), _reconciler()
    found = reconciler.types.find(identifier) if part == "type" else reconciler.properties.find(identifier)
    if found is None:
        raise Problem(
            404, "Not found", f"There is no {part} `{identifier[:80]}`. `/reconcile/suggest/{part}` lists them."
        )
    return _send(lambda: {"id": identifier, "html": flyout(found.name, found.description or part)})


@blueprint.get("/preview")
def show_preview() -> Response:
    """Show a thing in a frame of 400 by 120 pixels, on whoever's page."""
    _identifier, iri = _thing()
    site = current_site()
    with force_locale(PAGE_LANGUAGE):
        html = render_template("preview.html", preview=read_preview(_reconciler(), iri), href=site.links.href(iri))
    response = respond(site, Choice(HTML, HTML.media_type), lambda: html, negotiated=False)
    response.headers["Content-Security-Policy"] = _PREVIEW_POLICY
    return response


def _reconciler() -> Reconciler:
    service = cast(Service, current_app.extensions[_SERVICE])
    return service.reconciler()


def _send(make: Callable[[], dict[str, Any]]) -> Response:
    def render() -> str:
        # Figures and dates in words, in the language of all the rest.
        with force_locale(PAGE_LANGUAGE):
            return _write(make())

    return respond(current_site(), Choice(JSON, JSON.media_type), render, negotiated=False)


def _write(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"


def _prefix() -> str:
    prefix = request.args.get("prefix", "").strip()
    if len(prefix) > LONGEST_PREFIX:
        refuse("prefix", f"has more than {LONGEST_PREFIX} characters")
    return prefix


def _number(field: str) -> int:
    text = request.args.get(field, "").strip() or "0"
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        refuse(field, "must be a whole number, 0 or more")
    return int(text)


def _thing() -> tuple[str, str]:
    identifier = request.args.get("id", "")
    iri = find_thing(current_site(), identifier)
    if iri is None:
        detail = f"There is no thing `{identifier[:80]}`. An id is what follows `/id/`, as `place/hadrut`."
        raise Problem(404, "Not found", detail)
    return identifier, iri
