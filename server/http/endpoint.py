"""The address at which a client reaches the server, and its query endpoint."""

from __future__ import annotations

from flask import request

from server.site import Site


def server_address(site: Site) -> str:
    """Return the address of the home page, without a slash, at the host as the client asked (RFC 9110 section 7.1).

    The one place where an answer repeats the host of its request, for what has to work where it was
    fetched: addresses that are copied, and sitemaps. A host that no address can have is empty here;
    the canonical address takes its place.
    """
    return f"{request.scheme}://{request.host}{site.links.root}" if request.host else site.dataset.base.rstrip("/")


def endpoint_address(site: Site) -> str:
    """Return the query endpoint's address at the host the client asked."""
    return f"{server_address(site)}/sparql"
