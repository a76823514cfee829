"""What the bench needs to know of an engine, whichever it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from server.bench.processes import Endpoint, await_answer, running

Start = Callable[[Path, Path, float], contextlib.AbstractContextManager[Endpoint]]
"""From a file of N-Quads, an empty folder and the seconds it may take, to an endpoint that answers until the block
ends; raises `NotStarted`."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A program that is not measured, and what would have to be installed."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An endpoint that can be started."""

    name: str
    setting: str
    """How it is run."""
    edge: str
    """Why it may be faster than ours."""
    start: Start


@dataclass(frozen=True, slots=True)
class Engine:
    """What one installation brings: some programs, and the peers that they can be."""

    programs: Sequence[str]
    remedy: str
    """What would have to be installed."""
    peers: Sequence[Peer]


@contextlib.contextmanager
def answering(endpoint: Endpoint, command: Sequence[str], folder: Path, seconds: float) -> Iterator[Endpoint]:
    """Run a server until the block ends, which begins when it answers queries."""
    with running(command, folder) as process:
        await_answer(endpoint, process, seconds)
        yield replace(endpoint, process=process.pid)
