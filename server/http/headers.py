"""Headers that every response of the server carries, whatever it answers.

CORS without credentials on everything, errors and redirects included, so that a query
page on any other site can read us; and the few that keep a browser from doing more with
a page than show it. Each view sets the headers that depend on what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, current_app, request

_EXPOSED: Final = (
    "Accept-Ranges, Allow, Content-Disposition, Content-Length, Content-Location, Content-Range, ETag, Last-Modified, "
    "Link, Location, Memento-Datetime, Retry-After, Vary"
)
# No inline script or style, and nothing from another host.
_CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
_ASCII: Final = "".join(map(chr, range(128)))
_HEADER_NAMES: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:\s*,\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a resource, for the Link header (RFC 8288) and the head of its page."""

    href: str
    rel: str
    type: str | None = None
    title: str | None = None
    profile: str | None = None
    """IRI of what its media type is too wide for (RFC 6906)."""
    datetime: str | None = None
    """Of what time a memento is, as `server.memento.moments` writes it (RFC 7089 section 2.2.4)."""

    def __str__(self) -> str:
        """Return the link as the header writes it, an IRI as a URI (RFC 3987 section 3.1); titles are ASCII."""
        parts = [f"<{quote(self.href, safe=_ASCII)}>", f'rel="{self.rel}"']
        parts += [f'type="{self.type}"'] if self.type else []
        parts += [f'title="{self.title}"'] if self.title else []
        parts += [f'profile="{self.profile}"'] if self.profile else []
        parts += [f'datetime="{self.datetime}"'] if self.datetime else []
        return "; ".join(parts)


def license_links(license_iri: str | None) -> list[Link]:
    """Return the link to a licence; none where there is no licence."""
    return [Link(license_iri, "license")] if license_iri else []


def add_links(response: Response, links: Iterable[Link]) -> None:
    """Add links to a response, as one header."""
    value = ", ".join(map(str, links))
    if value:
        response.headers["Link"] = value


def register(app: Flask) -> None:
    """Make every response of the app carry the headers, and answer every preflight."""
    app.before_request(answer_preflight)
    app.after_request(complete_headers)


def answer_preflight() -> Response | None:
    """Answer OPTIONS at any address before anything else looks at the request (WHATWG Fetch)."""
    if request.method != "OPTIONS":
        return None
    response = current_app.make_default_options_response()
    response.status_code = 204
    del response.headers["Content-Type"]
    if not response.allow:
        response.allow.update(("GET", "HEAD", "OPTIONS"))
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
    requested = request.headers.get("Access-Control-Request-Headers", "")
    if _HEADER_NAMES.fullmatch(requested):
        response.headers["Access-Control-Allow-Headers"] = requested
    response.headers["Access-Control-Max-Age"] = "86400"
    response.vary.update(("Access-Control-Request-Method", "Access-Control-Request-Headers"))
    return response


def complete_headers(response: Response) -> Response:
    """Add what every response carries; a view's own policy for its page stays."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers.setdefault("Content-Security-Policy", _CONTENT_SECURITY_POLICY)
    # What Flask adds for files: the time of a first answer is not that of the next, which comes from the cache.
    # Max-age overrides the one; the other is added by the HTTP server.
    response.headers.pop("Expires", None)
    response.headers.pop("Date", None)
    return response
