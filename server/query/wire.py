"""What crosses the Unix socket between the HTTP side and a query worker, and how it is framed.

A client sends its request as soon as it has connected, and a worker that accepts the
connection a descriptor of its own process (a pidfd), by which the client can end it and
no other, even after it is gone; then the reply. Both are four bytes of length and that
much JSON; an answer's body follows. Lengths stay below 2**24, so a first byte that is not
0 is no reply but a crashing worker's last words.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from server.query.failures import QueryError

Kind = Literal["solutions", "boolean", "triples"]

LENGTH: Final = struct.Struct(">I")
_MOST: Final = 1 << 24
# A call makes room for as much as it asks for: room from the heap for the usual answer, pages for a large one.
_SMALL_PART: Final = 1 << 14
_LARGE_PART: Final = 1 << 18
_ERRORS: Final = {error.__name__: error for error in QueryError.__subclasses__()}


@dataclass(frozen=True, slots=True)
class Request:
    """A query and how its answer is to be written."""

    query: str
    results: str | None
    """Name of the format of solutions and truth values; None: none is wanted."""
    rdf: str | None
    """Name of the format of triples; None: none is wanted."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    """The protocol's dataset; both empty: the query's own, or all of the store."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, written in the format that was asked for."""

    kind: Kind
    body: bytes


_FIELDS: Final = tuple(field.name for field in fields(Request))


def frame(content: dict[str, Any]) -> bytes:
    """Return the JSON of a request or a reply behind its length."""
    text = json.dumps(content).encode()
    if len(text) >= _MOST:
        raise ValueError(f"a frame of {len(text)} bytes: it may have {_MOST - 1}")
    return LENGTH.pack(len(text)) + text


def encode_request(request: Request) -> bytes:
    """Return the bytes a client sends."""
    # Not dataclasses.asdict, which takes longer than the rest of the way through the socket.
    return frame({name: getattr(request, name) for name in _FIELDS})


def decode_request(content: bytes) -> Request:
    """Return the request of a frame's JSON."""
    fields = json.loads(content)
    for name in ("default_graphs", "named_graphs"):
        fields[name] = tuple(fields[name])
    return Request(**fields)


def encode_answer(answer: Answer) -> bytes:
    """Return the head of an answer; its body follows."""
    return frame({"kind": answer.kind, "length": len(answer.body)})


def encode_error(error: QueryError) -> bytes:
    """Return the bytes that raise this error on the other side."""
    place = {name: getattr(error, name) for name in ("line", "column") if hasattr(error, name)}
    return frame({"error": type(error).__name__, "message": error.message, **place})


def decode_error(head: dict[str, Any]) -> QueryError | None:
    """Return the error of a reply's head, None where it is an answer's."""
    if "error" not in head:
        return None
    place = {name: head[name] for name in ("line", "column") if name in head}
    return _ERRORS[head["error"]](head["message"], **place)


class Reader:
    """Reads parts of known sizes from a connection, with as few calls as the parts came in."""

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        """Read by this function, which returns some bytes, at most so many, and none at the end."""
        self._receive = receive
        self._ahead = bytearray()

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer where the other side ended."""
        while len(self._ahead) < size:
            part = self._receive(min(max(size - len(self._ahead), _SMALL_PART), _LARGE_PART))
            if not part:
                break
            self._ahead += part
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken
