"""The application: one Flask app for one dataset.

`create_app` takes its configuration whole and keeps no state outside the app, so a test
makes as many as it likes. `factory` is what each HTTP worker calls.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Flask, Response, request
from flask_babel import get_locale

from graph.store import open_dataset
from server import nanopublications, reconciliation, wikidata
from server.articles import articles
from server.changes import changes_page
from server.config import Config
from server.documents import documents, service
from server.downloads import downloads
from server.http import assets, encoding, errors, headers, markup, translation
from server.http.cache import AnswerCache
from server.http.copies import is_for_copy
from server.http.errors import Problem
from server.http.languages import LANGUAGES, present_reading, with_language
from server.http.representations import moved
from server.memento import views as memento
from server.metadata import linkset, sitemap
from server.observability import routes
from server.query import editor, questions, sparql
from server.query.pool import QueryPool
from server.query.query_lane import QueryLane
from server.remembering import RememberingStore
from server.search import search
from server.site import EXTENSION, Site
from server.terms import elements
from server.things import entities
from server.time_and_place import maps, timeline
from server.viewpoints import viewpoints
from server.vocabularies import vocabularies

_BODY_BYTES: Final = 1 << 20
"""The longest request body; a query of a megabyte is refused by the gate anyway."""
_TARGET_CHARACTERS: Final = 16 << 10


def create_app(config: Config) -> Flask:
    """Return an app that serves the dataset of this configuration.

    Raises `graph.releases.UnreadableDataset` where the file cannot be read, and as `read_offered` does.
    """
    dataset = open_dataset(config.dataset)
    queries = QueryPool(config.query_socket, deadline=config.query_deadline) if config.query_socket else None
    return make_app(Site(config, replace(dataset, store=RememberingStore(dataset.store)), queries))


def make_app(site: Site) -> Flask:
    """Return an app that serves an open dataset; raise what `read_offered` does."""
    config = site.config
    app = Flask("server", static_folder="static", static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=_BODY_BYTES, MAX_FORM_MEMORY_SIZE=_BODY_BYTES, SEND_FILE_MAX_AGE_DEFAULT=86400)
    # The router's own redirects would carry the host of the request in their Location.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    # Read now, and not by whichever request is the first: what changes on the disk later changes no list.
    for message in site.offered.refused.values():
        app.logger.warning("A release is not offered: %s", message)
    app.extensions[EXTENSION] = site
    app.context_processor(lambda: _in_every_template(site))
    elements.register(app)
    translation.register(app)
    headers.register(app)
    routes.register(app)
    encoding.register(app)
    # The last to be registered is the first to see an answer: before it is compressed.
    markup.register(app)
    app.before_request(refuse_unusable_targets)
    app.before_request(join_slashes)
    errors.register(app)
    for blueprint in (
        assets,
        entities,
        articles,
        documents,
        changes_page,
        downloads,
        vocabularies,
        service,
        sitemap,
        linkset,
        memento,
        sparql,
        questions,
        search,
        editor,
        viewpoints,
        reconciliation,
        timeline,
        maps,
        wikidata,
        nanopublications,
    ):
        app.register_blueprint(blueprint.blueprint)
    app.wsgi_app = QueryLane(app.wsgi_app, site)  # type: ignore[method-assign]
    if config.cache_bytes:
        app.wsgi_app = AnswerCache(app.wsgi_app, most_bytes=config.cache_bytes)  # type: ignore[method-assign]
    return app


def _in_every_template(site: Site) -> dict[str, object]:
    return {
        "site": site,
        "root": site.links.root,
        "to": site.links.to,
        "edition": site.edition[:12],
        "locale": get_locale(),
        "languages": LANGUAGES,
        "with_language": with_language,
        "reading": present_reading(),
        "links": (),
        "is_copy": is_for_copy(),
    }


def join_slashes() -> Response | None:
    """Lead from an address with several slashes at its beginning to the one that the router takes it for."""
    return moved(request.path) if request.environ.get("PATH_INFO", "").startswith("//") else None


def refuse_unusable_targets() -> None:
    """Refuse an address that is too long to be meant, or whose query string nothing could read."""
    if len(request.path) + len(request.query_string) > _TARGET_CHARACTERS:
        raise Problem(
            414,
            "Address too long",
            f"The address has more than {_TARGET_CHARACTERS} characters. Send a long query by POST to /sparql.",
        )
    try:
        # As werkzeug will, which does not expect it to fail.
        request.query_string.decode()
    except UnicodeDecodeError as error:
        # The page that says so reads the query string too.
        request.query_string = b""
        detail = "The query string is not UTF-8. Percent-encode its bytes."
        raise Problem(400, "Unreadable address", detail) from error
