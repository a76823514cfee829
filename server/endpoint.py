"""The address at which a client reaches the query endpoint."""

from __future__ import annotations

from flask import request

from server.site import Site


def endpoint_address(site: Site) -> str:
    """Return the endpoint's address at the host the client asked (RFC 9110 section 7.1), so that what it copies works.

    The one place where an answer repeats the host of its request. A host that no address
    can have is empty here; the canonical address takes its place.
    """
    return f"{request.host_url.rstrip('/')}{site.links.root}/sparql" if request.host else f"{site.dataset.base}sparql"
