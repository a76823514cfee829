"""Whichever process of a server is killed, at whatever moment: nothing is left behind, and what is left goes on."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from changing import eventually, health, name_served
from live import Server, is_gone
from versions import serving, write_version

KILLS = 6
"""Moments at which a server is killed; each takes about a second."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a version that has a store."""
    folder = tmp_path_factory.mktemp("dataset")
    write_version(folder, "stored", is_stored=True, more=2000)
    return folder


@pytest.fixture(scope="module")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of that folder."""
    with serving(tmp_path_factory.mktemp("scratch"), root, "--query-deadline", "1") as running:
        yield running


def answers(server: Server) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        return name_served(server) == "stored" and health(server)["fault"] is None
    return False


@pytest.mark.parametrize("kind", ["HTTP worker", "query supervisor", "query worker", "all of them"])
def test_whoever_is_killed_is_replaced(server: Server, kind: str) -> None:
    """By as many as there were, within seconds; all others live on."""
    eventually(lambda: answers(server) and len(server.supervisors()) == 1)
    http_workers, supervisors = server.http_workers(), server.supervisors()
    query_workers = {pid for supervisor in supervisors for pid in server.children(supervisor)}
    killed = {
        "HTTP worker": {min(http_workers)},
        "query supervisor": supervisors,
        "query worker": {min(query_workers)},
        "all of them": http_workers | supervisors | query_workers,
    }[kind]
    for pid in killed:
        with contextlib.suppress(ProcessLookupError):  # the kernel ends workers with their supervisor
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: answers(server))
    eventually(lambda: len(server.pids()) == 1 + len(http_workers | supervisors | query_workers))
    assert not killed & server.pids()
    if kind != "all of them":
        assert len(http_workers & server.http_workers()) == len(http_workers - killed)


def test_a_server_that_is_killed_leaves_no_process(root: Path, tmp_path: Path) -> None:
    """At moments from before its first process to after the change from disk to memory."""
    rng = random.Random(8)  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        with serving(tmp_path / "scratch", root) as server:
            time.sleep(rng.uniform(0, 1.5))
            server.process.kill()
            server.process.wait()
            assert is_gone(server.mark, seconds=5)


def test_what_a_killed_server_left_keeps_no_other_from_starting(root: Path, tmp_path: Path) -> None:
    """Its folder has links and sockets, and no data; and the next server removes what has no owner."""
    with serving(tmp_path / "scratch", root) as killed:
        killed.process.kill()
        killed.process.wait()
    assert list((tmp_path / "scratch").iterdir())
    with serving(tmp_path / "scratch", root) as server:
        assert health(server)["version"] == "stored"
        assert len(list((tmp_path / "scratch").iterdir())) == 1
