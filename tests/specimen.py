"""A small dataset in the form a build publishes, and clients of an app that serves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import Config

FILE: Final = Path(__file__).parent / "specimen.trig"
BASE: Final = "https://w3id.org/battlegraph/"
EVENT: Final = "event/battle-of-hadrut"
CLAIM: Final = "claim/battle-of-hadrut/opposing-loss-t-72-per-azerbaijan"
ANCHOR: Final = "anchor/battle-of-hadrut/a6186f69/848-866"


class BufferedClient(FlaskClient):
    """A client that reads every answer to its end, so that none leaves a file open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Answer as Flask's client does, with the body read."""
        return super().open(*args, **{"buffered": True, **kwargs})


def make_app(file: Path = FILE) -> Flask:
    """Return an app that raises what nobody handles, so that no test takes a 500 for an answer."""
    app = create_app(Config(file))
    app.testing = True
    app.test_client_class = BufferedClient
    return app


def make_client(file: Path = FILE) -> FlaskClient:
    """Return a client of an app of its own."""
    return make_app(file).test_client()


def entity_names() -> list[str]:
    """Return `kind/slug…` of every entity that the dataset mentions, without fragments."""
    head = BASE + "id/"
    iris = {
        term.value.partition("#")[0]
        for quad in ox.parse(FILE.read_bytes(), format=ox.RdfFormat.TRIG)
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(head)
    }
    return sorted(iri.removeprefix(head) for iri in iris)
