"""A circuit breaker: who is away is not waited for by every request that comes.

After a failure, requests fail at once for a while; then one is let through to see whether
the other side is back (Nygard, "Release It!", 2007).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from server.remote.failures import LargerThanAsked, RefusedByStore, StoreAway, StoreSlow, VersionGone

_PAUSE: Final = 2.0
_ANSWERED: Final = (RefusedByStore, VersionGone, LargerThanAsked)
"""Failures of somebody who is there."""


class CircuitBreaker:
    """Knows whether a server is away; safe in any number of threads."""

    def __init__(self, pause: float = _PAUSE) -> None:
        """Let nobody wait for so many seconds after a failure."""
        self._pause = pause
        self._lock = threading.Lock()
        self._failure: StoreAway | None = None
        self._until = 0.0

    @contextmanager
    def watching(self, *, may_take_long: bool = False) -> Iterator[None]:
        """Ask within this block; `may_take_long` where an answer that does not come in time tells nothing.

        Raises the `StoreAway` of before where that was a moment ago.
        """
        self._require_closed()
        try:
            yield
        except _ANSWERED:
            self._close()
            raise
        except StoreAway as error:
            if not (may_take_long and isinstance(error, StoreSlow)):
                self._open(error)
            raise
        else:
            self._close()

    def _require_closed(self) -> None:
        with self._lock:
            if self._failure is None:
                return
            now = time.monotonic()
            if now < self._until:
                raise StoreAway(str(self._failure))
            # This one looks; the others go on as before until it knows.
            self._until = now + self._pause

    def _open(self, failure: StoreAway) -> None:
        with self._lock:
            self._failure = failure
            self._until = time.monotonic() + self._pause

    def _close(self) -> None:
        with self._lock:
            self._failure = None
