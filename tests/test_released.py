"""The releases that a server has: read once and alike in all processes, and no damage to one is the fault of others."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import releasing
import specimen
from click.testing import CliRunner
from two_releases import FIRST, KEPT, SECOND, Released

from server import serve
from server.app import create_app
from server.cli import main
from server.config import Config
from server.nanopublications import views
from server.releases.offered import read_offered
from server.releases.record import RECORD_FILE, UnreadableRelease, is_version
from server.releases.release import list_releases
from server.releases.staging import UnwritableRelease, staged
from server.releases.sums import SUMS_FILE
from server.serving.files import NamedFile

PAGES = ("/", "/health", "/sparql", f"/page/{KEPT}", f"/data/{KEPT}.ttl", "/dumps/", "/feed.atom", "/linkset.json")


@pytest.fixture
def copied(both: Released, tmp_path: Path) -> Released:
    """Return both releases, free to be damaged."""
    return both.copy(tmp_path)


def test_what_changes_on_the_disk_later_changes_no_list(copied: Released) -> None:
    """Even before the first request: only the file that is gone is missed."""
    client = copied.app().test_client()
    (copied.root / FIRST / "claims.csv").unlink()
    shutil.rmtree(copied.root / SECOND / "graphs")
    for path in (*PAGES, f"/dumps/{FIRST}/", f"/dumps/{SECOND}/README.txt"):
        assert client.get(path).status_code == 200, path
    assert client.get(f"/dumps/{FIRST}/claims.csv").status_code == 503
    assert client.get("/dumps/latest/").headers["Location"] == f"/dumps/{SECOND}/"


def test_every_process_offers_what_the_first_has_found(copied: Released) -> None:
    """Not what came later; and what has become another since, none offers."""
    config = Config(copied.dataset, releases=copied.root)
    offered = read_offered(config)
    assert [release.version for release in offered.releases] == [SECOND, FIRST]
    handed = Config.from_environ(Config(copied.dataset, releases=copied.root, offered=offered.handed).to_environ())
    releasing.copy(copied.root / FIRST, copied.root / "elsewhere").rename(copied.root / "0.0.9")
    assert read_offered(handed) == offered
    assert read_offered(config).refused.keys() == {"0.0.9"}
    (copied.root / SECOND / "README.txt").write_text("another")
    releasing.sign(copied.root / SECOND)
    changed = read_offered(handed)
    assert [release.version for release in changed.releases] == [FIRST]
    assert "start the server again" in changed.refused[SECOND]


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _foreign(folder: Path) -> None:
    (folder / RECORD_FILE).write_text('{"version": "0.1.0"}')


def _pipe(folder: Path) -> None:
    (folder / SUMS_FILE).unlink()
    os.mkfifo(folder / SUMS_FILE)


def _day(folder: Path) -> None:
    record = folder / RECORD_FILE
    record.write_text(record.read_text().replace("2026-11-24", "20261124"))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "README.txt").unlink(), "README.txt: not there"),
        (_empty, "No such file or directory"),
        (_foreign, "not the record of a release"),
        (_pipe, "SHA256SUMS: no file"),
        (_day, "'20261124' is no day"),
    ],
)
def test_a_release_that_is_not_whole_keeps_nobody_from_the_others(
    copied: Released,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], object],
    words: str,
) -> None:
    """It is told of at the start, in /health and at its addresses, with a remedy; who releases is stopped by it."""
    damage(copied.root / FIRST)
    with pytest.raises(UnreadableRelease, match="fetch the release again, or move its folder away"):
        list_releases(copied.root)
    client = copied.app().test_client()
    for path in (*PAGES, f"/dumps/{SECOND}/", f"/dumps/{SECOND}/claims.csv", f"/memento/{SECOND}/data/{KEPT}.ttl"):
        assert client.get(path).status_code == 200, path
    own = (f"/dumps/{FIRST}/", f"/dumps/{FIRST}/claims.csv", f"/dumps/{FIRST}/changes", f"/linkset/dumps/{FIRST}.json")
    for path in (*own, f"/memento/{FIRST}/data/{KEPT}.ttl"):
        answer = client.get(path)
        assert (answer.status_code, words in answer.text) == (503, True), path
        assert str(copied.root) not in answer.text
    health = json.loads(client.get("/health").data)
    assert health["releases"] == [SECOND]
    assert words in health["releases_refused"][FIRST]

    def refuse(_host: str, _port: int) -> tuple[str, int]:
        raise serve.UnusableAddress("no port for this test")

    monkeypatch.setattr(serve, "claim_address", refuse)
    with pytest.raises(serve.UnusableAddress):
        serve.run(Config(copied.dataset, releases=copied.root), NamedFile(copied.dataset))
    (warned,) = capsys.readouterr().err.splitlines()
    assert str(copied.root / FIRST) in warned
    assert words in warned


def test_a_release_is_no_folder_of_releases(both: Released) -> None:
    """Exit code 2, with the folder that was meant."""
    done = CliRunner().invoke(
        main, ["serve", "--dataset", str(both.dataset), "--releases", str(both.root / FIRST), "--port", "0"]
    )
    assert (done.exit_code, str(both.root / FIRST) in done.output) == (2, True)
    assert f"name the folder that holds it, {both.root}\n" in done.output


@pytest.mark.parametrize("text", ["0.1", "v0.1.0", "0.1.0+build", "0.1.0\n", "0.1.\u0663", f"0.1.{'9' * 5000}", ""])
def test_a_version_is_one_everywhere(text: str) -> None:
    """What a folder cannot be named, no record says, and nothing is released as."""
    assert not is_version(text)
    assert is_version("0.1.0")
    assert is_version("1.0.0-rc.1")


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_lies_in_the_place_of_the_lock_is_left_alone(tmp_path: Path, kind: str) -> None:
    """Nothing is emptied, nothing waited for."""
    lock, victim = tmp_path / "root" / ".lock", tmp_path / "victim"
    lock.parent.mkdir()
    victim.write_text("mine")
    if kind == "link":
        lock.symlink_to(victim)
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    with pytest.raises(UnwritableRelease, match=r"\.lock: .* away") as refused, staged(lock.parent):
        pass
    assert "Make room" not in str(refused.value)
    assert victim.read_text() == "mine"


def test_without_a_date_none_is_told() -> None:
    """A time that is made up would make a cache keep what has changed."""
    client = specimen.make_client()
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        answer = client.get("/dumps/current/battlegraph.nq", headers=headers)
        assert "Last-Modified" not in answer.headers


def test_an_export_is_made_once_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask for it, each under another address."""
    making, most, counting = 0, 0, threading.Lock()

    def make(_site: object) -> Iterator[str]:
        nonlocal making, most
        with counting:
            making += 1
            most = max(most, making)
        time.sleep(0.01)
        yield "made"
        with counting:
            making -= 1

    monkeypatch.setattr(views, "nanopubs", make)
    app = create_app(Config(specimen.FILE))
    with ThreadPoolExecutor(6) as pool:
        answers = pool.map(lambda n: app.test_client().get(f"/exports/nanopubs.trig?{n}"), range(6))
        assert [answer.data for answer in answers] == [b"made"] * 6
    assert most == 1
