"""The search index of a site, opened or made beside the answering of requests when somebody first asks for it.

For one article that takes a few milliseconds; where twenty thousand have no index beside
them, a minute, which nobody should wait for who only mistyped an address.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Final

from server.search.search_index import SearchIndex

_PAUSE: Final = 10.0
"""Seconds after a failure before it is tried again."""
_LOG: Final = logging.getLogger(__name__)


class Finder:
    """An index that may not be there yet; safe to ask from many threads."""

    def __init__(self, make: Callable[[], SearchIndex]) -> None:
        """Prepare to make an index; nothing is made before it is asked for."""
        self._make = make
        self._start = threading.Lock()
        self._maker: threading.Thread | None = None
        self._index: SearchIndex | None = None
        self._failure: Exception | None = None
        self._failed_at = 0.0

    def within(self, seconds: float) -> SearchIndex | None:
        """Return the index, or None where it is not there after so many seconds.

        Where the disk is full or the store does not answer, it is made again later, when
        somebody asks. Raises whatever else the making of it raised.
        """
        if self._index is None:
            with self._start:
                if self._maker is None or (not self._maker.is_alive() and self._may_try_again()):
                    self._maker = threading.Thread(target=self._run, name="search-index", daemon=True)
                    self._maker.start()
                maker = self._maker
            maker.join(seconds)
        if self._failure is not None:
            raise self._failure
        return self._index

    def made(self) -> SearchIndex:
        """Return the index, made now where it is not there yet; raise what the making of it raises."""
        if self._index is None:
            self._index = self._make()
        return self._index

    def _may_try_again(self) -> bool:
        return self._index is None and self._failure is None and time.monotonic() - self._failed_at > _PAUSE

    def _run(self) -> None:
        try:
            self._index = self._make()
        except (OSError, sqlite3.Error) as error:
            _LOG.warning("The index of names cannot be made now: %s", error)
            self._failed_at = time.monotonic()
        except Exception as error:  # noqa: BLE001  # a thread's outermost frame; whoever waits gets it
            self._failure = error
