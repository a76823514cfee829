"""A release that is killed, finds the disk full or the folder closed, or is not alone: nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import time
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
from server.releases.record import UnreadableRelease
from server.releases.release import Release, list_releases
from server.releases.staging import UnwritableRelease
from server.releases.writing import DifferentRelease
from server.site import Site

VERSION = "0.0.1"
OLD = "0.0.0"
KILLED = """
import os, signal, stat, sys
from pathlib import Path

import releasing

def die(descriptor=None):
    # Of a file that is not synced, half may be on the disk.
    if descriptor is not None and stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.truncate(f"/proc/self/fd/{descriptor}", os.fstat(descriptor).st_size // 2)
    os.kill(os.getpid(), signal.SIGKILL)

def fsync(descriptor, synced=os.fsync, seen=[]):
    seen.append(descriptor)
    die(descriptor) if moment == str(len(seen)) else synced(descriptor)

def rename(path, target, renamed=Path.rename):
    if moment == "before the name":
        die()
    renamed(path, target)
    if moment == "after the name":
        die()

dataset, *folders = sys.argv[1:]
for folder in folders:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    moment = Path(folder).name
    os.fsync, Path.rename, sys.argv = fsync, rename, ["", dataset, folder]
    exec(releasing.SCRIPT)
    os._exit(0)
"""
"""Writes a release into each folder, in a process of its own that kills itself at the step it is named by."""
MOMENTS = ("first file", "second file", "middle", "last folder", "last", "before the name", "after the name")
NAMED = ("last", "after the name")


@pytest.fixture(scope="module")
def mini_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the N-Quads file of the miniature's dataset."""
    articles, shared, ontology, shapes = (MINIATURE / name for name in ("articles", "shared", "ontology", "shapes"))
    sources = Sources(articles, shared, ontology, shapes)
    return write(build(sources), tmp_path_factory.mktemp("mini")) / QUADS_FILE


@pytest.fixture(scope="module")
def old(mini_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an old release in it."""
    folder = tmp_path_factory.mktemp("old")
    old = releasing.release(mini_file, folder, PARTS[:1]).release.folder
    record = (old / "release.json").read_text().replace(VERSION, OLD, 1)
    (old / "release.json").write_text(record)
    (old / f"battlegraph-{VERSION}.nq").rename(old / f"battlegraph-{OLD}.nq")
    releasing.sign(old)
    old.rename(folder / OLD)
    return folder


@pytest.fixture
def root(old: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    shutil.copytree(old, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def steps(mini_file: Path, old: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Return what a release after the old one puts on the disk, step by step, and where it takes its name."""
    root = tmp_path_factory.mktemp("steps") / "released"
    shutil.copytree(old, root)
    found: list[str] = []
    sync, rename = os.fsync, Path.rename

    def fsync(descriptor: int) -> None:
        sync(descriptor)
        found.append(os.path.relpath(Path(f"/proc/self/fd/{descriptor}").readlink(), root))

    def renamed(path: Path, target: Path) -> Path:
        found.append(f"{path.relative_to(root)} -> {target.relative_to(root)}")
        return rename(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(Path, "rename", renamed)
        releasing.release(mini_file, root)
    return tuple(found)


@pytest.fixture(scope="module")
def killed(
    mini_file: Path, old: Path, steps: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return by the moment what a killed release has left."""
    folder, count = tmp_path_factory.mktemp("killed"), len(steps) - 1
    numbers = {"first file": 1, "second file": 2, "middle": count // 2, "last folder": count - 1, "last": count}
    roots = {moment: folder / str(numbers.get(moment, moment)) for moment in MOMENTS}
    for one in roots.values():
        shutil.copytree(old, one)
    with started(mini_file, *roots.values(), script=KILLED) as process:
        out, error = process.communicate(timeout=120)
    assert (out, error) == ("-9\n" * len(roots), "")
    return roots


def is_whole(folder: Path) -> bool:
    """Tell whether every file is there as its checksum has it, and no other."""
    return not [*check_listing(Listing(folder))]


def versions(root: Path) -> list[str]:
    """Return the versions to be seen; an error if half a release is among them."""
    return [release.version for release in list_releases(root)]


def started(*arguments: str | Path, script: str) -> subprocess.Popen[str]:
    """Start a release in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **releasing.ENVIRON},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_release_leaves_nothing_that_is_seen(
    mini_file: Path, old: Path, killed: dict[str, Path], moment: str
) -> None:
    """Wherever SIGKILL meets it: whole or not there, the old one untouched; the next run cleans up and succeeds."""
    root = killed[moment]
    assert versions(root) == ([VERSION, OLD] if moment in NAMED else [OLD])
    assert (root / ".writing").is_dir() == (moment not in NAMED)
    again = releasing.release(mini_file, root)
    assert again.is_new == (moment not in NAMED)
    assert sorted(path.name for path in root.iterdir()) == [".lock", OLD, VERSION]
    assert is_whole(again.release.folder)
    assert releasing.sums(root / OLD) == releasing.sums(old / OLD)


def test_all_of_it_is_on_the_disk_before_it_has_its_name(killed: dict[str, Path], steps: tuple[str, ...]) -> None:
    """Every file, and every folder after what is in it; then the name, and then the folder that has the name."""
    written = killed["last"] / VERSION
    files = {f".writing/{name}" for name in releasing.sums(written)}
    folders = {f".writing/{path.relative_to(written)}" for path in written.rglob("*") if path.is_dir()}
    assert len(files) > 100
    assert set(steps[: len(files)]) == files
    assert set(steps[len(files) : -3]) == folders
    assert steps[-3:] == (".writing", f".writing -> {VERSION}", ".")


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
def test_a_full_disk_is_told_of(mini_file: Path, killed: dict[str, Path], tmp_path: Path, share: float) -> None:
    """With the file and the remedy; what was begun is removed, so that there is room again."""
    whole = sum(file.stat().st_size for file in (killed["last"] / VERSION).rglob("*"))
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


@pytest.mark.parametrize("kind", ["altered", "added"])
def test_a_release_that_does_not_hold_is_not_called_the_same(mini_file: Path, tmp_path: Path, kind: str) -> None:
    """What is there is read, and not only its checksums."""
    there = releasing.release(mini_file, tmp_path, PARTS[:1]).release
    assert not releasing.release(mini_file, tmp_path, PARTS[:1]).is_new
    name = "claims.csv" if kind == "altered" else "other.txt"
    with (there.folder / name).open("a") as out:
        out.write("x")
    with pytest.raises(DifferentRelease, match=rf"{name}: is (altered|there)[^$]*--check {there.folder}"):
        releasing.release(mini_file, tmp_path, PARTS[:1])


_BY_MANY = """
import sys
from pathlib import Path
import releasing
from graph.workforce.opening import open_workforce
from server.releases.parts import parts_by
with open_workforce(workers=2) as workforce:
    releasing.release(Path(sys.argv[1]), Path(sys.argv[2]), parts_by(workforce))
"""


def test_killed_at_any_moment_there_is_no_release_or_a_whole_one(mini_file: Path, tmp_path: Path) -> None:
    """Six moments of a release, spread over it; nothing outlives it, and the next one finds room."""
    started = time.monotonic()
    whole = _release(mini_file, tmp_path / "whole")
    assert whole.wait() == 0
    took = time.monotonic() - started
    expected = _seen(tmp_path / "whole")
    for moment in range(6):
        process = _release(mini_file, tmp_path / "killed")
        time.sleep(took * (moment + 1) / 6 * 1.05)
        children = _children(process.pid)
        process.kill()
        process.wait()
        assert _seen(tmp_path / "killed") in ({}, expected)
        until = time.monotonic() + 20
        while any(map(_is_alive, children)):
            assert time.monotonic() < until, "a process outlives the release"
            time.sleep(0.02)
    assert _release(mini_file, tmp_path / "killed").wait() == 0
    assert _seen(tmp_path / "killed") == expected


def _seen(root: Path) -> dict[str, str]:
    """Return the files that are no secret, with their checksums."""
    return {name: found for name, found in releasing.sums(root).items() if not name.startswith(".")}


def _release(dataset: Path, root: Path) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen([sys.executable, "-c", _BY_MANY, dataset, root], env=environ, start_new_session=True)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False
