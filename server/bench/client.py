"""A client that costs little: one kept connection, one request at a time, timed to the last byte.

`http.client` takes longer over an answer's head than a fast server takes to send it, which
would make all servers look alike. HTTP/1.1 with Content-Length or chunked bodies (RFC 9112).
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

_PART: Final = 1 << 16


class NoAnswer(Exception):
    """The server ended the connection, was silent too long, or does not speak HTTP."""


class _Closed(ConnectionError):
    """The connection was closed where an answer should begin."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    media_type: str
    body: bytes
    seconds: float
    """From the first byte sent to the last one received."""


class Client:
    """A connection to one server of the loopback interface, opened when first needed."""

    def __init__(self, port: int, *, seconds: float) -> None:
        """Talk to this port; an answer may take so many seconds."""
        self._port = port
        self._seconds = seconds
        self._connection: _Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def get(self, path: str, accept: str) -> Reply:
        """Return the answer to one GET; raise `NoAnswer` where there is none."""
        fields = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", f"Accept: {accept}", "", "")
        request = "\r\n".join(fields).encode("ascii")
        try:
            if self._connection is not None:
                try:
                    return self._connection.exchange(request)
                except _Closed:
                    # A server may end what was idle for a while (RFC 9112 section 9.5): that is no answer to this.
                    self.close()
            self._connection = _Connection(self._port, self._seconds)
            return self._connection.exchange(request)
        except (OSError, ValueError) as error:
            self.close()
            raise NoAnswer(str(error) or type(error).__name__) from error


class _Connection:
    """An open connection, and what was read from it ahead."""

    def __init__(self, port: int, seconds: float) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ahead = bytearray()

    def close(self) -> None:
        self._socket.close()

    def exchange(self, request: bytes) -> Reply:
        started = time.perf_counter()
        try:
            self._socket.sendall(request)
            self._receive()
        except ConnectionError as error:
            raise _Closed from error
        status_line, *lines = self._until(b"\r\n\r\n").split(b"\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        is_chunked = headers.get(b"transfer-encoding", b"").lower() == b"chunked"
        body = self._chunks() if is_chunked else self._exactly(int(headers.get(b"content-length", b"0")))
        seconds = time.perf_counter() - started
        media_type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        return Reply(int(status_line.split()[1]), media_type, body, seconds)

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._until(b"\r\n").partition(b";")[0], 16):
            parts.append(self._exactly(size))
            self._until(b"\r\n")
        self._until(b"\r\n")
        return b"".join(parts)

    def _until(self, end: bytes) -> bytes:
        while (found := self._ahead.find(end)) < 0:
            self._receive()
        return self._take(found + len(end))[:found]

    def _exactly(self, size: int) -> bytes:
        while len(self._ahead) < size:
            self._receive()
        return self._take(size)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken

    def _receive(self) -> None:
        part = self._socket.recv(_PART)
        if not part:
            raise ConnectionResetError("the server closed the connection in the middle of an answer")
        self._ahead += part
