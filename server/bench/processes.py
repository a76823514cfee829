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

from graph.paths import ROOT
from server.bench.client import Client, NoAnswer

NODE_PROGRAMS: Final = ROOT / ".trifid" / "node_modules" / ".bin"
"""Where npm puts the programs of what `npm install --prefix .trifid …` brings."""

_STOP_SECONDS: Final = 10
_POLL_SECONDS: Final = 0.02
_LAST_WORDS: Final = 500


class NotStarted(RuntimeError):
    """A server is installed and did not come up; the message tells why, its notes what it said."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running SPARQL endpoint on the loopback interface; it answers `GET {path}?query=…`."""

    name: str
    port: int
    path: str = "/sparql"
    process: int = 0
    """The process that was started for it; what it starts in turn is below it."""


def find_program(name: str) -> str | None:
    """Return the path of a program: on the PATH, beside this Python, among the system's servers, or in .trifid."""
    places = (os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent), "/usr/sbin", str(NODE_PROGRAMS))
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
        if words := (folder / "log").read_text("utf-8", "replace")[-_LAST_WORDS:].strip():
            error.add_note(words)
        raise
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run_program(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Run a program to its end; raise `NotStarted` where it fails, or takes longer than that."""
    try:
        done = subprocess.run(_found(command), cwd=folder, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotStarted(f"{command[0]} was not done within {seconds:g} s") from error
    if done.returncode:
        failure = NotStarted(f"{command[0]} ended with status {done.returncode}")
        failure.add_note((done.stdout + done.stderr)[-_LAST_WORDS:].strip())
        raise failure


def await_answer(endpoint: Endpoint, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Return once the endpoint answers a query; raise `NotStarted` where it ends, or is silent for so long."""
    until = time.monotonic() + seconds
    path = f"{endpoint.path}?query={quote('ASK {}')}"
    while process.poll() is None and (left := until - time.monotonic()) > 0:
        with Client(endpoint.port, seconds=left) as client, contextlib.suppress(NoAnswer):
            if client.get(path, "application/sparql-results+json").status == HTTPStatus.OK:
                return
        time.sleep(_POLL_SECONDS)
    status = process.poll()
    told = f"gave no answer within {seconds:g} s" if status is None else f"ended with status {status}"
    raise NotStarted(f"{endpoint.name} {told}")


def _found(command: Sequence[str]) -> list[str]:
    program = find_program(command[0])
    if program is None:
        raise NotStarted(f"{command[0]} is not installed any more")
    return [program, *command[1:]]
