"""Whether the client of a request has gone, as far as that can be known.

WSGI has no word for it, and granian's WSGI side ignores the one it has. But granian
closes a connection when its client does, in the middle of a request too, and its sockets
are this process's own. It does not tell by which of them a request came: so a client has
gone when every connection has been closed that may have been its own.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final

SERVER: Final = "Granian"
"""The server all this is true of, as it calls itself in SERVER_SOFTWARE."""
IDLE_MILLISECONDS: Final = 1000
"""A request is at its view well within this time: one silent for longer before that is not what it came by."""

_TICK_MILLISECONDS: Final = 10
"""How much the kernel's times may be off: it counts in ticks."""
# tcp_info of linux/tcp.h: milliseconds since data was last sent and last received, segments with data received.
_TCP_INFO: Final = struct.Struct("=44xI4xI96xI")


class Client:
    """The client of one request; safe in one thread at a time."""

    def __init__(self, environ: Mapping[str, Any]) -> None:
        """Take the client's address from the WSGI environment of a request that has been read to its end."""
        # In HTTP/2 a connection stands for many requests.
        self._is_known = environ.get("SERVER_SOFTWARE") == SERVER and environ["SERVER_PROTOCOL"].startswith("HTTP/1")
        self._address = environ.get("REMOTE_ADDR", "")
        self._port = environ.get("SERVER_PORT", "")
        self._since = time.monotonic()
        self._connections: list[tuple[int, int]] | None = None

    def has_gone(self) -> bool:
        """Tell whether the client waits no longer. False may mean that it cannot be known.

        Asked for the first time it looks at all connections, so ask only about requests
        that take long.
        """
        if not self._is_known:
            return False
        if self._connections is None:
            age = 1000 * (time.monotonic() - self._since)
            self._connections = list(_connections(ip_address(self._address), int(self._port), age))
        while self._connections and not _is_open(*self._connections[-1]):
            self._connections.pop()
        return not self._connections


def _connections(address: IPv4Address | IPv6Address, port: int, age: float) -> Iterator[tuple[int, int]]:
    """Return descriptor and inode of those by which a request may have come from this address some milliseconds ago."""
    for descriptor in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - numbers, not paths
        try:
            with _copy(descriptor) as copy:
                ours, theirs = copy.getsockname(), copy.getpeername()
                if copy.family == socket.AF_UNIX or ours[1] != port or _address(theirs[0]) != address:
                    continue
                if _may_have_asked(copy, age):
                    yield descriptor, os.fstat(copy.fileno()).st_ino
        except OSError:
            continue  # no connection, or one that has just been closed


def _copy(descriptor: int) -> socket.socket:
    """Return a socket that stays open when granian closes its own."""
    copy = os.dup(descriptor)
    try:
        return socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        raise


def _may_have_asked(connection: socket.socket, age: float) -> bool:
    sent, received, segments = _TCP_INFO.unpack(
        connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
    )
    is_idle = min(sent, received) >= age + IDLE_MILLISECONDS
    # All it ever said came in one piece, after the request.
    is_younger = segments == 0 or (segments == 1 and received + _TICK_MILLISECONDS < age)
    # It has its answer. (Nobody sends a second request before that, though HTTP/1.1 allows it.)
    is_answered = sent + _TICK_MILLISECONDS < received
    return not (is_idle or is_younger or is_answered)


def _address(text: str) -> IPv4Address | IPv6Address:
    return ip_address(text.partition("%")[0])


def _is_open(descriptor: int, inode: int) -> bool:
    try:
        return os.fstat(descriptor).st_ino == inode
    except OSError:
        return False
