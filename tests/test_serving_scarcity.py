"""A machine that has little to give: few files that may be open, a disk without room, no store that fits."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import specimen
from changing import eventually, health
from live import COMMAND, running
from versions import serving, write_version

from server.serving.memory import fits


def test_where_too_few_files_may_be_open_it_is_told(tmp_path: Path) -> None:
    """Exit code 2, one line that says how many are needed, nothing started."""
    found = subprocess.run(
        ["/usr/bin/prlimit", "--nofile=32:32", *COMMAND, "--port", "0", "--dataset", str(specimen.FILE)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert "a process may have 32 open files here, and an HTTP worker needs 64" in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_shells_limit_is_raised_as_far_as_it_may_be(tmp_path: Path) -> None:
    """It is meant for programs that never need many."""
    with running(tmp_path / "scratch", command=["/usr/bin/prlimit", "--nofile=32:4096", *COMMAND]) as server:
        for worker in server.http_workers():
            limits = Path(f"/proc/{worker}/limits").read_text()
            assert next(line for line in limits.splitlines() if "open files" in line).split()[3] == "4096"


def test_more_clients_than_there_are_descriptors_do_no_lasting_harm(tmp_path: Path) -> None:
    """Some wait or are refused; when they have gone, everybody is answered, by the same processes."""
    with running(tmp_path / "scratch", command=["/usr/bin/prlimit", "--nofile=64:64", *COMMAND]) as server:
        before = server.pids()
        with contextlib.ExitStack() as stack:
            for _ in range(80):
                client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
                client.sendall(b"GET /health HTTP/1.1\r\nHost: here\r\n\r\n")
            time.sleep(1)
        eventually(lambda: server.request("GET", "/health")[0].status == 200)
        eventually(lambda: server.ask("ASK {}")[0].status == 200)
        assert server.pids() == before


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk without room for a single byte."""
    place = tmp_path / "full"
    place.mkdir()
    done = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "none", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this machine mounts nothing")
    try:
        with contextlib.suppress(OSError), (place / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        yield place
    finally:
        subprocess.run(["/bin/umount", "-l", place], check=True)


def test_a_server_starts_on_a_full_disk(full_disk: Path, tmp_path: Path) -> None:
    """Its folder needs no room: pages, queries and a new dataset are served; only numbers are not kept."""
    write_version(tmp_path / "dataset", "first")
    with pytest.raises(OSError, match="No space left"):
        (full_disk / "more").write_bytes(b"x")
    with serving(full_disk, tmp_path / "dataset") as server:
        assert server.request("GET", "/")[0].status == 200
        assert server.ask("ASK {}")[0].status == 200
        assert list(full_disk.glob("battlegraph-serve-*"))
        write_version(tmp_path / "dataset", "second")
        eventually(lambda: health(server)["version"] == "second")


def test_a_default_graph_is_loaded_only_where_it_fits(tmp_path: Path) -> None:
    """Of the memory that is free it may take half."""
    file = tmp_path / "data.nq"
    file.write_bytes(b"")
    assert fits(file)
    with file.open("wb") as sparse:
        sparse.truncate(1 << 42)
    assert not fits(file)
