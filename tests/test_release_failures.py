"""A release that is killed, finds the disk full or the folder closed, or is not alone: nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import releasing
from conftest import MINIATURE

from graph.build import build, write
from graph.releases import QUADS_FILE
from graph.sources import Sources
from server.releases.check.listing import Listing, check_listing
from server.releases.parts import PARTS
from server.releases.release import Release, UnreadableRelease, list_releases
from server.releases.staging import UnwritableRelease
from server.site import Site

VERSION = "0.0.1"
OLD = "0.0.0"
STOP = """
import sys, time
from pathlib import Path
import releasing
from server.releases import writing
from server.releases.parts import PARTS

dataset, root, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def stop(*_):
    print("here", flush=True)
    time.sleep(60)

def stopping(site, release):
    stop()
    yield from ()

def halfway(site, release):
    def pieces():
        yield b"half of a "
        stop()
    yield "graphs/half.ttl", pieces()

publish, parts = writing.publish, list(PARTS)
if moment == "before the name":
    writing.publish = stop
elif moment == "after the name":
    writing.publish = lambda *arguments: stop(publish(*arguments))
elif moment == "in a file":
    parts.insert(1, halfway)
else:
    parts.insert(int(moment), stopping)
releasing.release(dataset, root, parts)
"""


@pytest.fixture(scope="module")
def mini_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the N-Quads file of the miniature's dataset."""
    sources = Sources(*(MINIATURE / name for name in ("articles", "shared", "ontology", "shapes")))
    return write(build(sources), tmp_path_factory.mktemp("mini")) / QUADS_FILE


@pytest.fixture
def root(mini_file: Path, tmp_path: Path) -> Path:
    """Return a folder with an old release in it."""
    old = releasing.release(mini_file, tmp_path, PARTS[:1]).release.folder
    record = (old / "release.json").read_text().replace(VERSION, OLD, 1)
    (old / "release.json").write_text(record)
    (old / f"battlegraph-{VERSION}.nq").rename(old / f"battlegraph-{OLD}.nq")
    releasing.sign(old)
    old.rename(tmp_path / OLD)
    return tmp_path


def is_whole(folder: Path) -> bool:
    """Tell whether every file is there as its checksum has it, and no other."""
    return not [*check_listing(Listing(folder))]


def versions(root: Path) -> list[str]:
    """Return the versions to be seen; an error if half a release is among them."""
    return [release.version for release in list_releases(root)]


def started(*arguments: str | Path, script: str = STOP) -> subprocess.Popen[str]:
    """Start a release in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **releasing.ENVIRON},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("moment", [*map(str, range(len(PARTS) + 1)), "in a file", "before the name", "after the name"])
def test_a_killed_release_leaves_nothing_that_is_seen(mini_file: Path, root: Path, moment: str) -> None:
    """Wherever SIGKILL meets it: the old one is untouched, and the next run cleans up and succeeds."""
    before = releasing.sums(root / OLD)
    with started(mini_file, root, moment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    if moment == "after the name":
        assert versions(root) == [VERSION, OLD]
    else:
        assert versions(root) == [OLD]
        assert (root / ".writing").is_dir()
    assert releasing.sums(root / OLD) == before
    again = releasing.release(mini_file, root)
    assert again.is_new == (moment != "after the name")
    assert sorted(path.name for path in root.iterdir()) == [".lock", OLD, VERSION]
    assert is_whole(again.release.folder)


def test_a_kill_at_any_time_is_as_harmless(mini_file: Path, root: Path) -> None:
    """Whenever it comes, down to the milliseconds around the last step: whole, or not there."""
    before = releasing.sums(root / OLD)
    for milliseconds in range(300, 1800, 250):
        with started(mini_file, root, "before the name" if milliseconds % 500 else "99") as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(milliseconds / 1000)
            process.kill()
        seen = versions(root)
        assert seen in ([OLD], [VERSION, OLD])
        if VERSION in seen:
            assert is_whole(root / VERSION)
    assert releasing.sums(root / OLD) == before


def mount(folder: Path, options: str) -> bool:
    """Mount memory there, and tell whether this user may."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],  # noqa: S607  wherever the machine has it
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@contextlib.contextmanager
def full_disk(folder: Path, size: int) -> Iterator[Path]:
    """Give a folder that takes no more than so much: a small tmpfs, or no large files where none can be mounted."""
    if mount(folder, f"size={size}"):
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S607
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, hard))
        try:
            yield folder
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_full_disk_is_told_of(mini_file: Path, tmp_path: Path, share: float) -> None:
    """With the file and the remedy; what was begun is removed, so that there is room again."""
    whole = sum(file.size for file in releasing.release(mini_file, tmp_path / "whole").release.files)
    with full_disk(tmp_path / "disk", int(whole * share)) as disk:
        with pytest.raises(
            UnwritableRelease, match=r"(No space left on device|too large); no release was written\. Make room"
        ):
            releasing.release(mini_file, disk)
        assert list_releases(disk) == ()
        assert [path.name for path in disk.iterdir()] == [".lock"]


def test_a_file_that_is_too_large_is_told_of(mini_file: Path, root: Path) -> None:
    """A limit on the size of files is met in the same way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(UnwritableRelease, match=r"battlegraph-0\.0\.1\.nq: File too large"):
            releasing.release(mini_file, root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert versions(root) == [OLD]


def test_a_folder_that_cannot_be_written_to_is_told_of(mini_file: Path, tmp_path: Path) -> None:
    """A read-only disk where one can be mounted, or permissions."""
    folder = tmp_path / "folder"
    if mount(folder, "ro"):
        try:
            with pytest.raises(UnwritableRelease, match=r"Read-only file system.*-o"):
                releasing.release(mini_file, folder)
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S607
    else:
        folder.chmod(0o555)
        with pytest.raises(UnwritableRelease, match=r"Permission denied.*-o"):
            releasing.release(mini_file, folder)
    with pytest.raises(UnwritableRelease, match=r"-o"):
        releasing.release(mini_file, Path("/dev/null/released"))


def test_two_releases_at_once_wait_for_each_other(mini_file: Path, tmp_path: Path) -> None:
    """The second says so, and then finds the first one's."""
    inside: list[subprocess.Popen[str]] = []

    def part(_site: Site, _release: Release) -> Iterator[tuple[str, bytes]]:
        process = started(mini_file, tmp_path, script=releasing.SCRIPT)
        inside.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        yield from ()

    assert releasing.release(mini_file, tmp_path, (*PARTS, part)).is_new
    out, error = inside[0].communicate(timeout=60)
    assert (out, error, inside[0].returncode) == ("same\n", "", 0)
    assert versions(tmp_path) == [VERSION]


def test_a_part_that_fails_leaves_nothing(mini_file: Path, root: Path) -> None:
    """A mistake of ours has its traceback, and no half release either."""

    def part(_site: Site, _release: Release) -> Iterator[tuple[str, bytes]]:
        yield "half.txt", b"half"
        raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        releasing.release(mini_file, root, (*PARTS[:1], part))
    assert versions(root) == [OLD]
    assert sorted(path.name for path in root.iterdir()) == [".lock", OLD]


def test_what_lies_where_a_release_is_written_is_not_followed(mini_file: Path, root: Path, tmp_path: Path) -> None:
    """A link that somebody put there is removed, and not what it leads to."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.txt").write_text("mine")
    (root / ".writing").symlink_to(kept)
    assert releasing.release(mini_file, root).is_new
    assert (kept / "mine.txt").read_text() == "mine"


def test_an_old_release_that_is_damaged_stops_the_next(mini_file: Path, root: Path) -> None:
    """What follows it would be compared with it, so it has to be put right first."""
    (root / OLD / "README.txt").unlink()
    with pytest.raises(UnreadableRelease, match=r"README\.txt: not there; fetch the release again"):
        releasing.release(mini_file, root)
    assert not (root / VERSION).exists()
