"""Content encoding: gzip for clients that take it, in one place for the whole site (RFC 9110 section 8.4).

Hardly a view knows of it. Before a view runs, the entity tags that the client sent are turned
back into the view's own; after it, its tag is marked and its body compressed. The mark
tells what the client takes, not whether the body was worth it, so a 304 needs no body.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Final

from flask import Flask, Response, current_app, request
from flask.typing import RouteCallable
from werkzeug.http import parse_etags, quote_etag

from server.http.formats import ATOM, GEOJSON, HTML, JSON, LINKSET, PROBLEM, RDF_FORMATS, RESULT_FORMATS, TIMEMAP

GZIP: Final = "gzip"
MARK: Final = "-gzip"
"""What the entity tag of a representation for clients that take gzip ends in; no tag of a view does."""

# Below this a body and its headers fit into one packet anyway.
_LEAST_BYTES: Final = 1 << 10
# A longer file is sent from the disk as it is, and never held in memory.
_LONGEST_FILE: Final = 4 << 20
# 150 MB/s here, so it pays on any network; 9 has a tenth less to send for four times the time.
_LEVEL: Final = 5
_AS_GZIP: Final = 16 + zlib.MAX_WBITS
_FORMATS: Final = (*RDF_FORMATS, *RESULT_FORMATS, HTML, JSON, GEOJSON, ATOM, LINKSET, TIMEMAP, PROBLEM)
_TEXTS: Final = frozenset(media_type for offer in _FORMATS for media_type in offer.media_types) | {
    "application/javascript",
    "image/svg+xml",
}
_CHOOSES: Final = "chooses_encoding"
# A parameter that is no weight means nothing.
_CODING: Final = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s*;\s*q\s*=\s*([01](?:\.\d*)?))?\s*(?:;(?!\s*q\s*=)[^;]*)*"
)


def register(app: Flask) -> None:
    """Make every response of the app come in the encoding its client takes."""
    app.before_request(unmark_tags)
    app.after_request(encode)


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Tell whether a client that sends this header is served best with gzip."""
    qualities = {}
    for member in accept_encoding.lower().split(","):
        matched = _CODING.fullmatch(member.strip())
        if matched:
            qualities[matched[1].removeprefix("x-")] = float(matched[2] or 1)
    quality = qualities.get(GZIP, qualities.get("*", 0.0))
    return quality > 0 and quality >= qualities.get("identity", 0.0)


def chooses_encoding(view: RouteCallable) -> RouteCallable:
    """Leave the encoding of all that a view answers, and the marks of its tags, to the view itself."""
    view.__dict__[_CHOOSES] = True
    return view


def unmark_tags() -> None:
    """Leave of the tags the client has those of the representation it would get, as its view knows them."""
    if _is_chosen_by_view():
        return
    for name, is_weak_too in (("HTTP_IF_NONE_MATCH", True), ("HTTP_IF_MATCH", False)):
        tags = parse_etags(request.environ.get(name))
        if tags and not tags.star_tag and _is_encoded():
            known = [tag.removesuffix(MARK) for tag in tags.as_set(include_weak=is_weak_too) if tag.endswith(MARK)]
            # Without any tag a view would look at the date that comes with it.
            request.environ[name] = ", ".join(map(quote_etag, known or [MARK]))


def encode(response: Response) -> Response:
    """Mark the response as what the client takes, and compress it where that pays."""
    if _is_chosen_by_view():
        return response
    tag, is_weak = response.get_etag()
    is_worth_it = _is_worth_it(response)
    if tag is None and not is_worth_it:
        return response
    response.vary.add("Accept-Encoding")
    if not _is_encoded():
        return response
    if tag is not None:
        response.set_etag(tag + MARK, weak=bool(is_weak))
    if is_worth_it:
        response.direct_passthrough = False
        response.set_data(gzipped(response.get_data()))
        response.headers["Content-Encoding"] = GZIP
    return response


def pays(media_type: str, length: int) -> bool:
    """Tell whether a body of this type and so many bytes is worth to be compressed."""
    return length >= _LEAST_BYTES and _is_text(media_type)


def _is_chosen_by_view() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, _CHOOSES, False)


def _is_encoded() -> bool:
    # A part of a compressed body is of no use, so a range is of the body itself.
    return "Range" not in request.headers and takes_gzip(request.headers.get("Accept-Encoding", ""))


def _is_worth_it(response: Response) -> bool:
    length = response.content_length or 0
    return (
        pays(response.mimetype or "", length)
        and not (response.direct_passthrough and length > _LONGEST_FILE)
        and "Content-Encoding" not in response.headers
        and "Content-Range" not in response.headers
    )


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type in _TEXTS


def compress(body: bytes) -> bytes | None:
    """Return the body of a text for a client that takes gzip, None where it is too short to be worth it."""
    return gzipped(body) if len(body) >= _LEAST_BYTES else None


def gzipped(content: bytes) -> bytes:
    """Return the same bytes for the same content: no time and no name, unlike `gzip.compress` on some versions."""
    compressor = zlib.compressobj(_LEVEL, wbits=_AS_GZIP)
    return compressor.compress(content) + compressor.flush()
