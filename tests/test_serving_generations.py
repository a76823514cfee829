"""A server whose data changes under it: the new is picked up, the good goes on, and nobody's request is lost."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

import pytest
import releasing
from changing import QUERY, eventually, health, name_served
from live import Server, running
from versions import lines_of, serving, write_version

GRACE = ("--query-deadline", "0.5")


def put(file: Path, content: bytes) -> None:
    """Replace a file as a careful program does."""
    written = file.with_name("written")
    written.write_bytes(content)
    written.replace(file)


class Load:
    """Clients that ask all the time on connections of their own, and keep what they are answered."""

    def __init__(self, server: Server, paths: list[str]) -> None:
        self._server, self._paths = server, paths
        self.answers: list[tuple[str, int, str | None, bytes]] = []
        self.faults: list[Exception] = []
        self._is_done = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(i,)) for i in range(4)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_done.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, first: int) -> None:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=20)) as connection:
            number = first
            while not self._is_done.is_set():
                path = self._paths[number % len(self._paths)]
                number += 1
                try:
                    connection.request("GET", path, headers={"Accept": "text/csv"})
                    response = connection.getresponse()
                    self.answers.append((path, response.status, response.headers["ETag"], response.read()))
                except (OSError, http.client.HTTPException) as error:
                    self.faults.append(error)


def test_new_data_is_picked_up_without_dropping_a_request(tmp_path: Path) -> None:
    """Each answer is of one dataset or of the other, as its tag says; then the old query service ends."""
    file = tmp_path / "data.nq"
    names = ["one", "two", "three"]
    put(file, lines_of(names[0]))
    query = "/sparql?" + urlencode({"query": QUERY})
    with running(tmp_path / "scratch", *GRACE, dataset=file) as server, Load(server, [query, "/health", "/"]) as load:
        for name in names[1:]:
            put(file, lines_of(name))
            eventually(lambda name=name: name_served(server) == name)  # type: ignore[misc]  # called in this round
            eventually(lambda: len(server.supervisors()) == 1)
        time.sleep(0.5)
        assert name_served(server) == "three"
    assert load.faults == []
    asked = [(tag, body) for path, _, tag, body in load.answers if path == query]
    assert {status for _, status, _, _ in load.answers} == {200, 406}
    assert {status for path, status, _, _ in load.answers if path != "/"} == {200}
    assert {body.decode().split()[1] for _, body in asked} == set(names)
    assert len(set(asked)) == len({tag for tag, _ in asked}) == len(names)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """Return a server of a file that was damaged when it started, and the file."""
    folder = tmp_path_factory.mktemp("damaged")
    file = folder / "data.nq"
    file.write_bytes(lines_of("half")[:-40])
    with running(folder / "scratch", *GRACE, dataset=file) as server:
        yield server, file


def test_a_server_starts_on_a_damaged_file_and_serves_it_when_it_is_whole(named: tuple[Server, Path]) -> None:
    """Until then it lives, is not ready, and says why; then nobody has to start it again."""
    server, file = named
    assert "battlegraph warns: data.nq, line " in server.said
    for path, status in (("/health/live", 200), ("/health/ready", 503), ("/health", 503), ("/", 503), ("/sparql", 503)):
        response, _ = server.request("GET", path, {"Accept": "application/json"})
        assert response.status == status, path
        assert (response.headers["Retry-After"] == "5") is (status == 503)
    assert "line" in health(server)["fault"]
    with file.open("wb") as written:
        content = lines_of("whole")
        for start in range(0, len(content), len(content) // 4 + 1):
            written.write(content[start : start + len(content) // 4 + 1])
            written.flush()
            time.sleep(0.4)
    eventually(lambda: server.request("GET", "/health/ready")[0].status == 200)
    eventually(lambda: name_served(server) == "whole")
    assert health(server)["fault"] is None


def test_damage_while_serving_is_said_and_the_good_data_goes_on(named: tuple[Server, Path]) -> None:
    """Also where the file is gone; and what is mended is served."""
    server, file = named
    put(file, lines_of("good"))
    eventually(lambda: name_served(server) == "good")
    for damaged in (b"nonsense", None):
        file.unlink() if damaged is None else put(file, damaged)
        eventually(lambda: health(server)["status"] == "degraded")
        assert health(server)["fault"].startswith("data.nq")
        assert str(file.parent) not in health(server)["fault"]
        eventually(lambda: name_served(server) == "good")
        assert server.request("GET", "/health/ready")[0].status == 200
        put(file, lines_of("good"))
        eventually(lambda: health(server)["status"] == "ok")
    put(file, lines_of("mended"))
    eventually(lambda: name_served(server) == "mended")


def test_a_worker_that_is_replaced_serves_what_the_others_do(named: tuple[Server, Path]) -> None:
    """Though the file has been overwritten with nonsense in the meantime."""
    server, file = named
    put(file, lines_of("kept"))
    eventually(lambda: name_served(server) == "kept")
    file.write_bytes(b"nonsense")
    for worker in server.http_workers():
        os.kill(worker, 9)
    for supervisor in server.supervisors():
        os.kill(supervisor, 9)
    eventually(lambda: len(server.http_workers()) == 2)

    def is_back() -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return name_served(server) == "kept"
        return False

    eventually(is_back)


def test_the_version_before_is_served_where_the_current_one_is_damaged(tmp_path: Path) -> None:
    """At the start and later; a build that mends it is picked up."""
    root = tmp_path / "dataset"
    write_version(root, "old")
    folder = write_version(root, "new")
    (folder / "battlegraph.nq").write_bytes(b"")
    with serving(tmp_path / "scratch", root, *GRACE) as server:
        assert health(server)["version"] == "old"
        assert health(server)["fault"].endswith("; the version built before it is served: version-old")
        eventually(lambda: name_served(server) == "old")
        write_version(root, "newest")
        eventually(lambda: name_served(server) == "newest")
        assert health(server) == {**health(server), "fault": None, "status": "ok", "version": "newest"}
        shutil.rmtree(root / "version-newest")
        eventually(lambda: health(server)["fault"] is not None)
        eventually(lambda: name_served(server) == "old")


def test_a_release_that_appears_is_offered(dataset_file: Path, tmp_path: Path) -> None:
    """And one that goes is not; the query service need not be started again for that."""
    releases = tmp_path / "released"
    releases.mkdir()
    with running(tmp_path / "scratch", "--releases", str(releases), dataset=dataset_file) as server:
        supervisors = server.supervisors()
        assert health(server)["releases"] == []
        assert server.request("GET", "/dumps/0.1.0/")[0].status == 404
        release = releasing.release(dataset_file, releases).release
        eventually(lambda: health(server)["releases"] == [release.version])
        eventually(lambda: server.request("GET", f"/dumps/{release.version}/")[0].status == 200)
        shutil.rmtree(release.folder)
        eventually(lambda: health(server)["releases"] == [])
        assert server.supervisors() == supervisors
