"""What crosses the Unix socket between the HTTP side and a query worker, and how it is framed.

A worker that accepts a connection first sends a descriptor of its own process (a pidfd),
by which the client can end it and no other, even after it is gone. Then a request comes
in and a reply goes out: four bytes of length, that much JSON, and for an answer its
body. Lengths stay below 2**24, so a first byte that is not 0 is no reply but a crashing
worker's last words.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from server.failures import QueryError

Kind = Literal["solutions", "boolean", "triples"]

LENGTH: Final = struct.Struct(">I")
_MOST: Final = 1 << 24
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


def frame(content: dict[str, Any]) -> bytes:
    """Return the JSON of a request or a reply behind its length."""
    text = json.dumps(content).encode()
    if len(text) >= _MOST:
        raise ValueError(f"a frame of {len(text)} bytes: it may have {_MOST - 1}")
    return LENGTH.pack(len(text)) + text


def encode_request(request: Request) -> bytes:
    """Return the bytes a client sends."""
    return frame(asdict(request))


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


def receive(connection: socket.socket, size: int, *, until: float | None = None) -> bytes:
    """Return the next `size` bytes, fewer where the other side ended.

    Raises TimeoutError where they have not come by `until`, a time of the monotonic clock.
    """
    content = bytearray(size)
    view, filled = memoryview(content), 0
    while filled < size:
        if until is not None:
            # 0 would mean not to wait at all, which raises another error.
            connection.settimeout(max(until - time.monotonic(), 1e-6))
        count = connection.recv_into(view[filled:])
        if not count:
            break
        filled += count
    return bytes(view[:filled])
