"""A real server in processes of its own, on a free port of this machine."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import specimen

MARK: Final = "BATTLEGRAPH_TEST_MARK"
COMMAND: Final = [sys.executable, "-c", "from server.cli import main; main()", "serve"]


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own; `mark` is in the environment of all its processes."""

    process: subprocess.Popen[str]
    port: int
    mark: str
    scratch: Path
    seconds: float
    """From its start to its first answer."""
    said: str
    """What it wrote until then."""

    @property
    def address(self) -> str:
        """What the paths of its pages are put behind."""
        return f"http://127.0.0.1:{self.port}"

    def request(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer to one request on a connection of its own, and its body; `source` is who asks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(source, 0))
        try:
            # A server that refuses a body answers before it has read it, and closes: the answer is there to be read.
            with contextlib.suppress(BrokenPipeError):
                connection.request(method, path, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def ask(self, query: str, headers: Mapping[str, str] | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer to a query."""
        return self.request("GET", "/sparql?" + urlencode({"query": query}), headers)

    def pids(self) -> set[int]:
        """Return the server's processes that are alive, the first one included."""
        return marked(self.mark)

    def children(self, parent: int | None = None) -> set[int]:
        """Return the living processes that a process of the server has started, by default its first one."""
        parent = parent or self.process.pid
        return {pid for pid in self.pids() if _parent(pid) == parent}

    def supervisors(self) -> set[int]:
        """Return the processes that hold query workers."""
        return {pid for pid in self.children() if _is_supervisor(pid)}

    def supervisor(self) -> int | None:
        """Return a process that holds query workers, None where there is none."""
        return next(iter(self.supervisors()), None)

    def http_workers(self) -> set[int]:
        """Return the processes that answer requests."""
        return {pid for pid in self.children() if not _is_supervisor(pid)}


def kill_supervisor(server: Server, number: int) -> int:
    """Send the query service's first process a signal; return which it was."""
    pid = server.supervisor()
    assert pid is not None
    os.kill(pid, number)
    return pid


def marked(mark: str) -> set[int]:
    """Return the processes that are alive with this mark in their environment."""
    return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal() and _is_marked(entry, mark)}


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _is_supervisor(pid: int) -> bool:
    try:
        return b"server.query.supervisor" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _is_marked(entry: Path, mark: str) -> bool:
    try:
        environ = (entry / "environ").read_bytes()
        state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return f"{MARK}={mark}".encode() in environ and state != "Z"


@contextlib.contextmanager
def running(
    scratch: Path, *arguments: str, dataset: Path | None = specimen.FILE, command: Sequence[str] = COMMAND
) -> Iterator[Server]:
    """Run a server on a free port until the block ends, and kill what is left of it then."""
    mark = uuid.uuid4().hex
    scratch.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [*command, "--port", "0", *(["--dataset", str(dataset)] if dataset else []), *arguments],
        env={**os.environ, MARK: mark, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = None
    try:
        started = time.monotonic()
        assert process.stdout is not None
        said = ""
        # What is wrong with the data is told before.
        while (address := re.search(r"serves http://\S+:(\d+)/", said)) is None:
            line = process.stdout.readline()
            assert line, said
            said += line
        server = Server(process, int(address[1]), mark, scratch, time.monotonic() - started, said)
        yield server
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            # Shown where a test fails.
            print(process.stdout.read(), end="")  # noqa: T201
            process.stdout.close()
        if server is not None:
            assert is_gone(server.mark)


def is_gone(mark: str, seconds: float = 10) -> bool:
    """Tell whether all processes with this mark end within some seconds; end those that do not."""
    deadline = time.monotonic() + seconds
    while marked(mark):
        if time.monotonic() > deadline:
            for pid in marked(mark):
                os.kill(pid, signal.SIGKILL)
            return False
        time.sleep(0.02)
    return True
