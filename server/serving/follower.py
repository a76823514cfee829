"""What each HTTP worker runs: a WSGI application that follows what is announced.

It holds the application of the present dataset and hands every request to it. A thread
looks for another announcement, makes the application of that beside the present one, and
then exchanges the two; requests that had begun are answered by the one they began with.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Flask

from server.app import make_app
from server.config import Config
from server.observability.metrics import Present
from server.observability.observer import observe
from server.query.isolation import end_with
from server.serving.announcement import Announcement, Reader
from server.serving.opening import open_announced, queries_of
from server.serving.origin import Found
from server.serving.state import STATE
from server.serving.waiting import answer_waiting
from server.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOOK_SECONDS: Final = 0.2
_AGAIN_SECONDS: Final = 2.0
"""After how long a dataset is opened again that could not be opened."""
_INDEX_SECONDS: Final = 600.0
"""For how long the names of a dataset are waited for: searches are answered from the dataset before until then."""
_WARMED: Final = ("/", "/sparql", "/search?q=a")
"""Addresses that are asked once before anybody does: between them they need most of what is derived from a dataset."""


@dataclass(frozen=True, slots=True)
class _Present:
    announced: Announcement
    site: Site
    application: WSGIApplication


class Follower:
    """A WSGI application that is always that of the dataset announced last; safe in any number of threads."""

    def __init__(self, config: Config, reader: Reader) -> None:
        """Follow the announcements that are read there."""
        self._config = config
        self._reader = reader
        self._present: _Present | None = None
        self._announced: Announcement | None = None
        self._fault: str | None = None
        self._tidied = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        present, announced = self._present, self._announced
        fault = self._fault or (announced.fault if announced else None)
        if present is None:
            return answer_waiting(fault, environ, start_response)
        environ[STATE] = fault
        return present.application(environ, start_response)

    def present(self) -> Present | None:
        """Return what is served, None where there is nothing yet."""
        present = self._present
        if present is None:
            return None
        dataset = present.site.dataset
        version = dataset.manifest.version if dataset.manifest else ""
        return Present(version, dataset.digest, present.announced.generation)

    def follow(self) -> None:
        """Look for another announcement until the process ends."""
        while True:
            time.sleep(_LOOK_SECONDS if self._fault is None else _AGAIN_SECONDS)
            self._tidy()
            self.look()

    def look(self) -> None:
        """Take over what is announced where that has changed; where it cannot be opened, go on with what there is."""
        try:
            if self._reader.has_changed() or self._fault is not None:
                self._take(self._reader.read())
        except Exception as error:  # noqa: BLE001 - the outermost frame of a thread, which has to go on
            self._fault = f"a process could not open the dataset, and tries again: {error}"
            traceback.print_exc()

    def _tidy(self) -> None:
        """Give back what was served before, and keep what is served now out of collections: one took a page 20 ms."""
        present = self._present
        if present is not None and present.announced.generation != self._tidied:
            self._tidied = present.announced.generation
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def _take(self, announced: Announcement) -> None:
        present, found = self._present, announced.found
        if found is not None and (present is None or present.announced.generation != announced.generation):
            site = self._open(announced, found)
            app = make_app(site)
            if present is not None:
                # Not before the first answer, which would wait for it.
                _warm(app)
                site.finder.within(_INDEX_SECONDS)
            self._present = _Present(announced, site, app.wsgi_app)
            self._reader.follow(announced.generation)
        self._announced, self._fault = announced, None

    def _open(self, announced: Announcement, found: Found) -> Site:
        """Return the site of an announcement, with what is open and derived already of the same data."""
        present = self._present
        config = replace(self._config, dataset=Path(found.name), found=found, offered=announced.offered)
        if present is None or present.announced.found != found:
            return Site(config, *open_announced(announced, found, config))
        if present.announced.offered == announced.offered:
            return present.site.asking(queries_of(announced, config))
        return Site(config, present.site.dataset, queries_of(announced, config))


def factory() -> WSGIApplication:
    """Return what an HTTP worker answers with, in a process that ends with its parent."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        # Granian's workers outlive a killed granian, and would go on serving on its port.
        end_with(parent.pid, signal.SIGKILL)
    config = Config.from_environ(os.environ)
    if config.runtime is None:
        sys.exit("BATTLEGRAPH_RUNTIME is not set: it must name the folder of a running server")
    follower = Follower(config, Reader(config.runtime))
    follower.look()
    threading.Thread(target=follower.follow, daemon=True).start()
    return observe(follower, follower.present, query_workers=config.query_workers, log_requests=config.log_requests)


def _warm(app: Flask) -> None:
    client = app.test_client()
    for address in _WARMED:
        client.get(address).close()
