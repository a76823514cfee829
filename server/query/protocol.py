"""A request to the query operation of the SPARQL 1.1 Protocol (section 2.1).

The parts of an HTTP request come in, the query and the dataset it states go out; what
is not a query operation is refused with the status that says why. Nothing is guessed
and nothing is decoded twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from server.http.errors import Problem

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "The data is read-only: this endpoint answers queries and takes no updates."
_ACCEPTED: Final = {"Accept-Post": f"{FORM}, {QUERY}"}
_BROKEN_ESCAPE: Final = re.compile(rb"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, the dataset it is asked over (both empty: its own), and the format asked for by name."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


def read_operation(
    method: str, parameters: bytes, content_type: str | None, content_encoding: str | None, body: bytes
) -> Operation | None:
    """Return the operation of a request, None for a GET that has no parameter of the protocol.

    `parameters` is the query part of the address as it was sent. Raises `Problem`.
    """
    given = list(_pairs(parameters, "address"))
    if method != "POST":
        names = {name for name, _ in given}
        return _operation(given) if names & {"query", "update", "default-graph-uri", "named-graph-uri"} else None
    if content_encoding not in (None, "", "identity"):
        raise Problem(
            415, "Encoded body", "Bodies are read as they are: send it without Content-Encoding.", headers=_ACCEPTED
        )
    written, options = parse_options_header(content_type)
    media_type = written.lower()
    if media_type == FORM:
        return _operation([*given, *_pairs(body, "body")])
    if media_type == QUERY:
        charset = options.get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            raise Problem(400, "Wrong character set", f"A query is UTF-8 (SPARQL 1.1 Protocol 2.1.3), not {charset}.")
        return _operation([*given, ("query", _text(body, "body"))])
    detail = f"Send a query by POST as {QUERY}, or as the field “query” of a form ({FORM})."
    if media_type == _UPDATE:
        detail = _READ_ONLY
    raise Problem(415, "Unsupported media type", detail, headers=_ACCEPTED)


def _operation(given: list[tuple[str, str]]) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    if values("update"):
        raise Problem(400, "Updates are not taken", _READ_ONLY)
    queries = values("query")
    if not queries:
        raise Problem(400, "No query", "The request has no query: send it as the parameter “query”.")
    if len(queries) > 1:
        raise Problem(
            400, "Several queries", f"The request has {len(queries)} queries; send one (SPARQL 1.1 Protocol 2.1)."
        )
    return Operation(
        queries[0], values("default-graph-uri"), values("named-graph-uri"), next(filter(None, values("format")), None)
    )


def _pairs(content: bytes, place: str) -> Iterator[tuple[str, str]]:
    """Return the fields of a form in their order, strictly decoded (WHATWG URL section 5, which lets errors pass)."""
    for field in content.split(b"&"):
        if field:
            name, _, value = field.partition(b"=")
            yield _decode(name, place), _decode(value, place)


def _decode(content: bytes, place: str) -> str:
    broken = _BROKEN_ESCAPE.search(content)
    if broken:
        escape = broken.group().decode("ascii", "replace")
        raise Problem(
            400,
            "Malformed encoding",
            f"The request's {place} holds {escape!r}, which is no percent-encoding: write % as %25.",
        )
    return _text(unquote_to_bytes(content.replace(b"+", b" ")), place)


def _text(content: bytes, place: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Problem(
            400,
            "Not UTF-8",
            f"The request's {place} is not UTF-8: byte {error.start + 1} of the text begins no character.",
        ) from error
