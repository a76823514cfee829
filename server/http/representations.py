"""Answering with one of several representations of a resource.

`choose` settles the format by `?format=` or Accept; `respond` answers with it, or with
304 where the client has it already, and writes the headers caches and crawlers need.
The entity tag comes from the site's edition and the representation, never from the
body, so a conditional request costs no rendering.

It is the only validator: what is answered here depends on the data, on the releases, on the
code and on the contact that is named, of which only the data has a date, and that is a day.
Two builds of one day, or a release that came later, could not be told apart by a
Last-Modified, and a client that asks with If-Modified-Since alone would be told that it has
what it has not (RFC 9110 section 8.8.2). The files of releases, which never change, have one
(`server.downloads.sending`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from flask import Response, request
from werkzeug.urls import iri_to_uri

from server.http.errors import Problem
from server.http.formats import HTML, Format, content_type
from server.http.headers import Link, add_links
from server.http.languages import present_reading
from server.http.negotiate import Choice, negotiate
from server.http.preconditions import is_known
from server.site import Site, current_site
from server.terms.links import encode_path

CACHE_CONTROL: Final = "public, max-age=300"


def alternates(hrefs: Sequence[tuple[Format, str]]) -> list[Link]:
    """Return the links to the representations of a resource, each with its own type."""
    return [Link(href, "alternate", type=x.media_type, title=x.label) for x, href in hrefs]


def choose(offers: Sequence[Format], links: Sequence[Link]) -> Choice:
    """Return the representation the request asks for, of the formats offered in our order.

    `?format=` names one by suffix or media type and overrides Accept. Raises a 400
    where it names none of them, and a 406 that lists the alternates where Accept
    leaves none.
    """
    # An unescaped + in `?format=application/ld+json` arrives as a space.
    wanted = request.args.get("format", "").strip().replace(" ", "+")
    available = [{"href": x.href, "type": x.type, "title": x.title} for x in links if x.rel == "alternate"]
    if wanted:
        for offer in offers:
            if wanted == offer.name or wanted in offer.media_types:
                return Choice(offer, wanted if wanted in offer.media_types else offer.media_type)
        names = ", ".join(offer.name for offer in offers)
        raise Problem(
            400,
            "Unknown format",
            f"This address has no format {wanted!r}. Use one of: {names}.",
            extra={"available": available},
        )
    choice = negotiate(request.headers.get("Accept"), offers)
    if choice is None:
        types = ", ".join(offer.media_type for offer in offers)
        raise Problem(
            406,
            "Not acceptable",
            f"What is at this address is not available in any type the Accept header allows. Ask for one of: {types}.",
            headers={"Link": ", ".join(map(str, links))},
            extra={"available": available},
        )
    return choice


def respond(
    site: Site,
    choice: Choice,
    render: Callable[[], str | bytes],
    *,
    negotiated: bool,
    links: Sequence[Link] = (),
    content_location: str | None = None,
) -> Response:
    """Answer with a representation, rendered only where the client does not have it; If-Modified-Since is ignored."""
    response = Response(content_type=content_type(choice.media_type))
    response.set_etag(_tag(site, choice))
    response.headers["Cache-Control"] = CACHE_CONTROL
    if negotiated:
        response.vary.add("Accept")
    vary_by_reader(response, choice)
    if content_location is not None:
        response.headers["Content-Location"] = content_location
    add_links(response, links)
    if is_known(response.headers["ETag"]):
        response.status_code = 304
        del response.headers["Content-Type"]
        return response
    response.set_data(render())
    return response


def see_other(location: str, links: Sequence[Link]) -> Response:
    """Answer that the thing asked for is not a document, but that one about it is over there.

    The location is a path: the server need not know the name it is reached by.
    """
    response = Response(f"See {location}\n", status=303, content_type=content_type("text/plain"))
    response.headers["Location"] = location
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.vary.add("Accept")
    add_links(response, links)
    return response


def moved(path: str, *, status: int = 308) -> Response:
    """Answer that what was asked for is at another path, the query unchanged; the router would take the host along."""
    query = f"?{iri_to_uri(request.query_string.decode(errors='replace'))}" if request.query_string else ""
    location = f"{current_site().links.root}{encode_path(path)}{query}"
    headers = {"Location": location, "Cache-Control": CACHE_CONTROL}
    return Response(f"See {location}\n", status=status, mimetype="text/plain", headers=headers)


def language_of(choice: Choice) -> str:
    """Return the language of the names in an answer of this format; empty where it is the same in all."""
    return present_reading().language if choice.format is HTML else ""


def vary_by_reader(response: Response, choice: Choice) -> None:
    """Say that a page depends on the reader's language, unless its address has chosen one."""
    if choice.format is HTML and not present_reading().is_chosen:
        response.vary.add("Accept-Language")


def _tag(site: Site, choice: Choice) -> str:
    key = f"{site.edition} {request.path} {choice.format.name} {choice.media_type} {language_of(choice)}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]
