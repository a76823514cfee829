"""The endpoints of a run: started with one dataset, settled, and what that took."""

from __future__ import annotations

import contextlib
import itertools
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.bench.asking import Bounds, ask
from server.bench.client import Client, NoAnswer
from server.bench.footprint import memory, processor_seconds
from server.bench.grid import Grid, shown
from server.bench.peers.peer import Peer, answering
from server.bench.processes import Endpoint, NotStarted, free_port

OURS: Final = "battlegraph"

_MIB: Final = 1 << 20
_LOOK: Final = 0.5
_IDLE: Final = 0.1
"""Share of a processor below which a server is at rest."""
# A process that has just been forked copies each page of memory when it first counts a reader in it: ours takes a
# hundred queries to be as fast as it will be. So everybody reads everything before, each of its processes.
_EVERYTHING: Final = (
    "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?length) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?length) { GRAPH ?g { ?s ?p ?o } }",
)
_WARMINGS: Final = 5


@dataclass(frozen=True, slots=True)
class Start:
    """What it took to start an endpoint."""

    seconds: float
    """From the file to the first answer."""
    settled: float
    """From the first answer until the processors were at rest again."""
    memory: int
    """Bytes, once it has read everything."""
    stored: int
    """Bytes in the folder that it was given."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Those that run, ours first; how each started; and why others do not, by their names."""

    clients: Mapping[Endpoint, Client]
    starts: Mapping[str, Start]
    absent: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """The names of the others."""
        return [endpoint.name for endpoint in self.clients if endpoint.name != OURS]

    @property
    def ours(self) -> tuple[Endpoint, Client]:
        """Our own endpoint and its client."""
        return next(iter(self.clients.items()))

    def grid(self) -> Grid:
        """Return the table of what starting took; `absent` is below it."""
        return Grid(
            "From a dataset to answers: ours is a built version, theirs a file of N-Quads",
            ["", "first answer, s", "at rest after, s", "memory, MiB", "on disk, MiB"],
            [
                [name, shown(one.seconds), shown(one.settled), shown(one.memory / _MIB), shown(one.stored / _MIB)]
                for name, one in self.starts.items()
            ],
            [f"{name} is not measured: {why}" for name, why in self.absent.items()],
        )


@contextlib.contextmanager
def start_all(dataset: Path, peers: Sequence[Peer], folder: Path, bounds: Bounds) -> Iterator[Endpoints]:
    """Start ours and the peers, one after another, and run them until the block ends.

    A peer that does not come up in time is told of; raises `NotStarted` where ours does not.
    """
    ours = Peer(OURS, "", "", start_ours)
    clients: dict[Endpoint, Client] = {}
    starts: dict[str, Start] = {}
    absent: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        for peer in (ours, *peers):
            own = folder / peer.name.replace(" ", "-")
            own.mkdir()
            began = time.monotonic()
            try:
                endpoint = stack.enter_context(peer.start(dataset, own, bounds.loading))
            except NotStarted as error:
                if peer is ours:
                    raise
                words = [" ".join(note.split()) for note in getattr(error, "__notes__", ())]
                absent[peer.name] = ": ".join((str(error), *words))
                continue
            seconds = time.monotonic() - began
            client = stack.enter_context(Client(endpoint.port, seconds=bounds.patience))
            settled = settle(endpoint, bounds.loading, client if peer is ours else None)
            _read_everything(client, endpoint, bounds)
            clients[endpoint] = client
            starts[endpoint.name] = Start(seconds, settled, memory(endpoint.process), _stored(own))
        yield Endpoints(clients, starts, absent)


def start_ours(dataset: Path, folder: Path, seconds: float) -> contextlib.AbstractContextManager[Endpoint]:
    """Serve the dataset by this very project, in its default settings."""
    endpoint = Endpoint(OURS, free_port())
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve", "--port", str(endpoint.port)]
    return answering(endpoint, [*command, "--dataset", str(dataset)], folder, seconds)


def settle(endpoint: Endpoint, seconds: float, ours: Client | None = None) -> float:
    """Return once a server is at rest, or after so many seconds; the time that took.

    Ours, told apart by its client, is not before it answers from memory, which it reads a large dataset into while it
    answers from the disk.
    """
    began = time.monotonic()
    spent, looked = processor_seconds(endpoint.process), began
    while True:
        time.sleep(_LOOK)
        spent, before = processor_seconds(endpoint.process), spent
        looked, since = time.monotonic(), looked
        if spent - before < _IDLE * (looked - since) and (ours is None or _answers_from_memory(ours)):
            return since - began
        if looked - began > seconds:
            return looked - began


def _answers_from_memory(client: Client) -> bool:
    return bool(json.loads(client.get("/health", "application/json").body)["engine"] == "memory")


def _read_everything(client: Client, endpoint: Endpoint, bounds: Bounds) -> None:
    """Have an endpoint read all of the data some times, as long as that takes no longer than a question."""
    spent = 0.0
    for number, query in itertools.product(range(_WARMINGS), _EVERYTHING):
        with contextlib.suppress(NoAnswer):
            spent += ask(client, endpoint, f"{query}# {number}\n").seconds
        if spent > bounds.seconds:
            return


def _stored(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
