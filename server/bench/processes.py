"""Servers that run for the length of a measurement: started on a free port, awaited, stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from server.bench.client import Client, NoAnswer

START_SECONDS: Final = 600
"""What a server may take to load the data and to answer; rdflib takes half a minute for 400,000 quads."""

_STOP_SECONDS: Final = 10
_POLL_SECONDS: Final = 0.05
_LAST_WORDS: Final = 500


class NotStarted(RuntimeError):
    """A server is installed and did not come up; the message tells what it said."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running SPARQL endpoint on the loopback interface; it answers `GET {path}?query=…`."""

    name: str
    port: int
    path: str = "/sparql"


def find_program(name: str) -> str | None:
    """Return the path of a program on the PATH, beside this Python, or among the system's servers."""
    places = (os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent), "/usr/sbin")
    return shutil.which(name, path=os.pathsep.join(places))


def free_port() -> int:
    """Return a port of the loopback interface on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, in its folder and with its words in a file there, until the block ends."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(_found(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    except NotStarted as error:
        error.add_note((folder / "log").read_text("utf-8", "replace")[-_LAST_WORDS:].strip())
        raise
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run_program(command: Sequence[str], folder: Path) -> None:
    """Run a program to its end; raise `NotStarted` where it fails."""
    done = subprocess.run(
        _found(command), cwd=folder, capture_output=True, text=True, timeout=START_SECONDS, check=False
    )
    if done.returncode:
        error = NotStarted(f"{command[0]} ended with status {done.returncode}")
        error.add_note((done.stdout + done.stderr)[-_LAST_WORDS:].strip())
        raise error


def await_answer(endpoint: Endpoint, process: subprocess.Popen[bytes]) -> None:
    """Return once the endpoint answers a query; raise `NotStarted` where it ends, or is silent too long."""
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with Client(endpoint.port, seconds=START_SECONDS) as client, contextlib.suppress(NoAnswer):
            path = f"{endpoint.path}?query={quote('ASK {}')}"
            if client.get(path, "application/sparql-results+json").status == HTTPStatus.OK:
                return
        time.sleep(_POLL_SECONDS)
    status = process.poll()
    told = "did not answer in time" if status is None else f"ended with status {status}"
    raise NotStarted(f"{endpoint.name} {told}")


def _found(command: Sequence[str]) -> list[str]:
    program = find_program(command[0])
    if program is None:
        raise NotStarted(f"{command[0]} is not installed any more")
    return [program, *command[1:]]
