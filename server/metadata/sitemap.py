"""What crawlers are told: `/robots.txt`, and the sitemap in parts (sitemaps.org, protocol 0.9).

A sitemap speaks for the host it is fetched from, so its addresses are on that host. What
each page says of itself is that its canonical address is elsewhere. The dates are the
dataset's: a page changes with the data and not with the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import TEXT, Format, content_type
from server.http.negotiate import Choice
from server.http.representations import respond
from server.metadata.addresses import Addresses
from server.site import Site, current_site

blueprint = Blueprint("sitemap", __name__)

_PATIENCE: Final = 5.0
"""Seconds to wait for the index in which the addresses lie."""
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}")
_XML: Final = Format("xml", "Sitemap", ("application/xml",))
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Addresses with a query have no end: questions, searches, and every page again in each language, viewpoint and
# stretch of words. The first two lines are for crawlers that know no wildcards (RFC 9309 section 2.2.3).
_ROBOTS: Final = """User-agent: *
Disallow: /sparql?
Disallow: /search?
Disallow: /*?
Allow: /static/

Sitemap: {server}/sitemap.xml
"""


@blueprint.get("/robots.txt")
def advise_robots() -> Response:
    """Keep crawlers out of queries and variants, and show them the sitemap."""
    headers = {"Cache-Control": "public, max-age=86400"}
    text = _ROBOTS.format(server=server_address(current_site()))
    return Response(text, content_type=content_type(TEXT.media_type), headers=headers)


@blueprint.get("/sitemap.xml")
def list_parts() -> Response:
    """List the parts of the sitemap."""
    site = current_site()
    server, addresses = server_address(site), _require_addresses(site)

    def render() -> str:
        parts = range(1, addresses.parts + 1)
        return _write("sitemapindex", "sitemap", [f"{server}/sitemap-{number}.xml" for number in parts], site)

    return _send(site, render)


@blueprint.get("/sitemap-<number>.xml")
def list_addresses(number: str) -> Response:
    """List the addresses of one part."""
    site = current_site()
    server, addresses = server_address(site), _require_addresses(site)
    try:
        paths = addresses.part(int(number) if _NUMBER.fullmatch(number) else 0)
    except IndexError as error:
        available = [{"href": f"{site.links.root}/sitemap.xml", "type": _XML.media_type, "title": "Sitemap"}]
        detail = f"The sitemap has {addresses.parts} parts, counted from 1."
        raise Problem(404, "No such part", detail, extra={"available": available}) from error
    return _send(site, lambda: _write("urlset", "url", [f"{server}{path}" for path in paths], site))


def _require_addresses(site: Site) -> Addresses:
    if site.finder.within(_PATIENCE) is None:
        detail = "The list of all pages is being made, once after each start. Try again in a minute."
        raise Problem(503, "The sitemap is not ready yet", detail, headers={"Retry-After": "60"})
    return site.addresses


def _send(site: Site, render: Callable[[], str]) -> Response:
    return respond(site, Choice(_XML, _XML.media_type), render, negotiated=False)


def _write(whole: str, part: str, addresses: list[str], site: Site) -> str:
    day = _day(site.publication.modified)
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    lines = [f"<{part}><loc>{escape(address)}</loc>{modified}</{part}>" for address in addresses]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, f'<{whole} xmlns="{_NAMESPACE}">', *lines, f"</{whole}>", ""])


def _day(modified: str | None) -> str | None:
    try:
        return date.fromisoformat(modified or "").isoformat()
    except ValueError:
        return None
