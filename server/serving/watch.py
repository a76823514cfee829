"""Keeps what is served up to date: looks at the origin, runs the query services, announces.

A generation is a dataset with its releases and the query service that answers about just
that, so an answer and its entity tag are always about the same data. The service of a
generation ends when no process answers from that any more and every query that was
begun has had its time. A dataset with a store on disk is served from there at once;
when nothing else is going on its default graph is loaded into memory by a second query service,
which is the next generation.
"""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from server.config import Config, InvalidSetting
from server.query.engine import DISK, MEMORY
from server.query.supervisor import Keeper
from server.releases.offered import Offered, read_offered
from server.releases.record import UnreadableRelease
from server.serving.announcement import Announcement, Board
from server.serving.files import altered
from server.serving.memory import fits
from server.serving.opening import ENDPOINT
from server.serving.origin import Finding, Found, Origin
from server.serving.released import look_at_releases

LOOK_SECONDS: Final = 1.0
_AGAIN_SECONDS: Final = 30.0
"""After how long a place is searched again in which something was wrong."""
_MARGIN: Final = 2.0
"""Seconds that a request may take besides its query."""


@dataclass(frozen=True, slots=True)
class _Service:
    """A query service and the last generation that asks it."""

    keeper: Keeper
    socket: Path
    engine: str


@dataclass(slots=True)
class _Leaving:
    """A query service that no new request is to ask."""

    keeper: Keeper
    generation: int
    """The first one that does not ask it."""
    ends: float | None = None
    """When it can be ended; None: some process asks it still."""


class Watch:
    """Watches one origin for one server; used from one thread at a time."""

    def __init__(self, config: Config, origin: Origin, offered: Offered) -> None:
        """Watch for a server whose `runtime` folder is there, and that was started with these releases."""
        if config.runtime is None:
            raise ValueError("a watch needs a folder to announce in")
        self._config = config
        self._runtime = config.runtime
        self._origin = origin
        self._offered = offered
        self._board = Board(config.runtime)
        self._generation = 0
        self._sockets = 0
        self._seen = self._taken = ""
        self._searched = 0.0
        self._finding = Finding(None)
        self._found: Found | None = None
        self._service: _Service | None = None
        self._service_fault: str | None = None
        self._leaving: list[_Leaving] = []
        self._announced: Announcement | None = None
        self._is_settled = False
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Find the first dataset, or what keeps it from being served; announce it, and watch from then on."""
        self._seen = self._taken = self._look()
        self._search()
        # The thread stays to the end, so the services it starts do.
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching, and end the query services."""
        self._is_stopping.set()
        if self._thread is not None:
            self._thread.join()
        for keeper in (
            *(leaving.keeper for leaving in self._leaving),
            *([self._service.keeper] if self._service else []),
        ):
            keeper.stop()

    def _watch(self) -> None:
        while not self._is_stopping.wait(LOOK_SECONDS):
            try:
                self._step()
            except Exception:  # noqa: BLE001 - the outermost frame of a thread that has to go on
                traceback.print_exc()

    def _step(self) -> None:
        token = self._look()
        # What is still changing is left alone until it has been the same for two looks: a file may be half written.
        is_changed = token != self._taken and token == self._seen
        self._seen = token
        is_due = self._faults() and time.monotonic() - self._searched > _AGAIN_SECONDS
        if is_changed or is_due:
            self._taken = token
            self._offered = self._read_offered()
            self._search()
        elif token == self._taken:
            self._improve()
        self._announce()
        self._end_services()

    def _look(self) -> str:
        return f"{self._origin.look()}\n{look_at_releases(self._config.releases)}"

    def _search(self) -> None:
        self._finding = self._origin.find()
        self._searched = time.monotonic()
        found = self._finding.found
        if found is not None and found != self._found:
            self._serve(found, DISK if found.is_stored else MEMORY)
            self._is_settled = False
        self._announce()

    def _serve(self, found: Found, engine: str) -> None:
        """Start the query service of a dataset, and have the dataset served where that answers or nothing else is."""
        service = None
        if not found.address.startswith(ENDPOINT):
            self._sockets += 1
            socket = self._runtime / f"queries-{self._sockets}"
            config = replace(self._config, found=found, query_socket=socket, query_engine=engine)
            service = _Service(Keeper(config), socket, engine)
            self._service_fault = service.keeper.fault
            if service.keeper.fault and self._found is not None:
                service.keeper.stop()
                return
        if self._service is not None:
            self._leaving.append(_Leaving(self._service.keeper, self._generation + 1))
        self._found, self._service = found, service
        self._service_fault = None

    def _improve(self) -> None:
        """Load the default graph of what is served from the disk, if it fits, when no other service runs."""
        service, found = self._service, self._found
        if self._is_settled or service is None or found is None or service.engine != DISK or self._leaving:
            return
        self._is_settled = True
        fault = altered(found)
        if fault is not None:
            self._finding = replace(self._finding, fault=fault)
        elif fits(Path(found.name)):
            self._serve(found, MEMORY)

    def _announce(self) -> None:
        """Announce what is served and what is wrong, where that is not what was announced."""
        service, before = self._service, self._announced
        now = Announcement(
            generation=self._generation,
            found=self._found,
            query_socket=str(service.socket) if service else None,
            engine=service.engine if service else MEMORY,
            offered=self._offered.handed,
            fault="; ".join(self._faults()) or None,
        )
        if now == before:
            return
        if before is None or replace(now, fault=None) != replace(before, fault=None):
            now = replace(now, generation=self._generation + 1)
        self._board.put(now)
        self._generation, self._announced = now.generation, now
        if now.fault is not None and (before is None or now.fault != before.fault):
            click.echo(f"battlegraph warns: {now.fault}", err=True)

    def _faults(self) -> list[str]:
        service = self._service.keeper.fault if self._service else None
        return [fault for fault in (self._finding.fault, self._service_fault, service) if fault]

    def _read_offered(self) -> Offered:
        try:
            return read_offered(replace(self._config, offered=None))
        except (InvalidSetting, UnreadableRelease) as error:
            click.echo(f"battlegraph warns: {error}; the releases are offered that were there before", err=True)
            return self._offered

    def _end_services(self) -> None:
        """End each service that nobody asks any more and whose last query has had its time."""
        followed = self._board.oldest_followed()
        now = time.monotonic()
        for leaving in [*self._leaving]:
            if leaving.ends is None and (followed is None or followed >= leaving.generation):
                # It may wait for its turn as long as it may run.
                leaving.ends = now + 2 * self._config.query_deadline + _MARGIN
            if leaving.ends is not None and now > leaving.ends:
                leaving.keeper.stop()
                self._leaving.remove(leaving)
