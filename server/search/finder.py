"""The search index of a site, made beside the answering of requests when somebody first asks for it.

For one article that takes a few milliseconds; for twenty thousand, half a minute, which
nobody should wait for who only mistyped an address.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from server.search.search_index import SearchIndex


class Finder:
    """An index that may not be there yet; safe to ask from many threads."""

    def __init__(self, make: Callable[[], SearchIndex]) -> None:
        """Prepare to make an index; nothing is made before it is asked for."""
        self._make = make
        self._start = threading.Lock()
        self._maker: threading.Thread | None = None
        self._index: SearchIndex | None = None
        self._failure: Exception | None = None

    def within(self, seconds: float) -> SearchIndex | None:
        """Return the index, or None where it is not there after so many seconds.

        Raises what the making of it raised.
        """
        if self._index is None:
            with self._start:
                if self._maker is None:
                    self._maker = threading.Thread(target=self._run, name="search-index", daemon=True)
                    self._maker.start()
            self._maker.join(seconds)
        if self._failure is not None:
            raise self._failure
        return self._index

    def _run(self) -> None:
        try:
            self._index = self._make()
        except Exception as error:  # noqa: BLE001  # a thread's outermost frame; whoever waits gets it
            self._failure = error
