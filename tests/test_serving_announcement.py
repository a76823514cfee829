"""What is announced is read whole, by any number of processes, and who follows it is known."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from graph.releases import Manifest
from server.serving.announcement import Announcement, Board, Reader
from server.serving.memory_file import MemoryFile
from server.serving.origin import Found
from server.serving.runtime_folder import NoRuntimeFolder, runtime_folder

MANIFEST = Manifest("0.1.0", "1.0.0", "2026-11-24", "https://e/", "0" * 64, "1" * 64)


def announced(generation: int) -> Announcement:
    found = Found("/proc/1/fd/1", "1" * 64, "data.nq", MANIFEST, is_stored=generation % 2 == 0)
    return Announcement(generation, found, f"/queries-{generation}", "memory", {"1.0.0": "a" * 64}, "a fault")


def test_what_is_put_is_read(tmp_path: Path) -> None:
    """All of it, and nothing may be found as well."""
    board, reader = Board(tmp_path), Reader(tmp_path)
    for announcement in (announced(1), Announcement(2, None, None, "memory", {}, None), announced(3)):
        board.put(announcement)
        assert reader.has_changed()
        assert not reader.has_changed()
        assert reader.read() == announcement
    assert [path.name for path in tmp_path.iterdir()] == ["present"]


def test_a_reader_never_finds_half_of_it(tmp_path: Path) -> None:
    """However often it changes meanwhile."""
    board, reader = Board(tmp_path), Reader(tmp_path)
    board.put(announced(0))
    is_done = threading.Event()

    def write() -> None:
        for generation in range(1, 500):
            board.put(announced(generation))
        is_done.set()

    writer = threading.Thread(target=write)
    writer.start()
    last = 0
    while not is_done.is_set():
        try:
            found = reader.read()
        except FileNotFoundError:
            continue  # two others were announced between looking at the link and following it
        assert found == announced(found.generation)
        assert found.generation >= last
        last = found.generation
    writer.join()
    assert reader.read() == announced(499)


def test_the_oldest_generation_that_is_followed_is_known(tmp_path: Path) -> None:
    """Of those processes only that are still there."""
    board = Board(tmp_path)
    assert board.oldest_followed() is None
    with subprocess.Popen(["/bin/sleep", "60"]) as other:
        (tmp_path / f"follower-{other.pid}").symlink_to("2")
        Reader(tmp_path).follow(3)
        assert board.oldest_followed() == 2
        Reader(tmp_path).follow(4)
        assert board.oldest_followed() == 2
        other.kill()
    assert board.oldest_followed() == 4
    assert [path.name for path in tmp_path.iterdir()] == [f"follower-{os.getpid()}"]


def test_a_memory_file_is_a_file_until_it_is_closed() -> None:
    """For any process of this user."""
    file = MemoryFile("test", [b"one ", b"two"])
    assert subprocess.run(["/bin/cat", str(file.path)], capture_output=True, check=True).stdout == b"one two"
    with file.path.open("rb") as opened:
        file.close()
        assert opened.read() == b"one two"
    assert not file.path.exists()


def test_a_folder_is_made_where_there_is_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where TMPDIR leads nowhere, somewhere else; nobody but this user looks into it, and it is removed."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    with runtime_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "link").symlink_to("somewhere")
    assert not folder.exists()
    monkeypatch.setattr("server.serving.runtime_folder._PLACES", ())
    with (
        pytest.raises(NoRuntimeFolder, match=r"nowhere: No such file or directory; name a folder of yours in TMPDIR"),
        runtime_folder(),
    ):
        pass
