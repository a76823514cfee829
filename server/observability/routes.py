"""What the app tells the observer of a request: the route that answered it, and what it asked of the query service."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from server.observability.marks import METRICS, ROUTE

if TYPE_CHECKING:
    from server.observability.metrics import Metrics


def register(app: Flask) -> None:
    """Mark every request of the app with its route."""
    app.after_request(mark_route)


def mark_route(response: Response) -> Response:
    """Leave the pattern of the address where the observer looks for it: of addresses themselves there is no end."""
    if request.url_rule is not None:
        request.environ[ROUTE] = request.url_rule.rule
    return response


def counted_query(environ: Mapping[str, Any]) -> contextlib.AbstractContextManager[None]:
    """Return the context to ask the query service in, on behalf of the request with this WSGI environment."""
    metrics: Metrics | None = environ.get(METRICS)
    return contextlib.nullcontext() if metrics is None else metrics.query()
