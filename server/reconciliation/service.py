"""The reconciler of an app, made once, when somebody first asks and the index of names is there."""

from __future__ import annotations

import threading
from typing import Final

from server.http.errors import Problem
from server.reconciliation.reconciler import Reconciler
from server.site import Site

_PATIENCE: Final = 10.0
"""Seconds to wait for the index; a client sends thousands of batches and gives up at the first failure."""


class Service:
    """Holds the reconciler of one site; safe to ask from many threads."""

    def __init__(self, site: Site) -> None:
        """Prepare to make it; nothing is made before it is asked for."""
        self._site = site
        self._making = threading.Lock()
        self._made: Reconciler | None = None

    def reconciler(self) -> Reconciler:
        """Return the reconciler; raise a 503 where the index of names is not there yet."""
        if self._made is None:
            index = self._site.finder.within(_PATIENCE)
            if index is None:
                detail = "The index of names is being made, once after each start. Try again in half a minute."
                raise Problem(503, "Reconciliation is not ready yet", detail, headers={"Retry-After": "30"})
            with self._making:
                if self._made is None:
                    self._made = Reconciler(self._site, index)
        return self._made
