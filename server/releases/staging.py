"""Where a release is written until it is whole: a folder beside the releases, by a name that no version has.

One process at a time writes; the lock goes with it. What a killed one has left is
removed by the next. A folder takes the name of its version in one step (POSIX rename),
after all of it is on the disk, so nobody ever sees half a release.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import stat
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Final

from graph.releases import sync

_STAGING: Final = ".writing"
_LOCK: Final = ".lock"
_SYNCED_AT_ONCE: Final = 16
_REMEDY: Final = "Make it writable"
_REMEDIES: Final = {
    errno.ENOSPC: "Make room",
    errno.EDQUOT: "Make room",
    errno.EFBIG: "Allow larger files",
    errno.ELOOP: "Move that link away",
    errno.EEXIST: "Move it away",
    errno.EISDIR: "Move it away",
    errno.ENOTDIR: "Move away what is no folder there",
}


class UnwritableRelease(ValueError):
    """A folder or disk that refuses; the message names the place and the remedy, and the releases are as they were."""


@contextlib.contextmanager
def staged(root: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Give an empty folder to write into, which is removed at the end unless it was published.

    Waits while another process writes a release to the same place; `on_wait` is called first then.
    """
    with refusals(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = _open_lock(root / _LOCK)
    with lock:
        with refusals(root):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                on_wait()
                fcntl.flock(lock, fcntl.LOCK_EX)
            folder = root / _STAGING
            _remove(folder)
            folder.mkdir()
        try:
            yield folder
        finally:
            with refusals(root):
                _remove(folder)


def publish(folder: Path, target: Path, modified: str) -> None:
    """Give a written folder the name it is found by; its files get the date of the version."""
    day = datetime.combine(date.fromisoformat(modified), datetime.min.time(), UTC).timestamp()
    with refusals(target):
        folders, files = _contents(folder)
        for file in files:
            os.utime(file, (day, day))
        # Many at a time: a file system that keeps a journal then writes that once for all of them.
        with ThreadPoolExecutor(_SYNCED_AT_ONCE) as threads:
            for places in (files, folders, [folder]):
                deque(threads.map(sync, places), maxlen=0)
        folder.rename(target)
        sync(target.parent)


@contextlib.contextmanager
def refusals(place: Path) -> Iterator[None]:
    """Turn what the system refuses into `UnwritableRelease`."""
    try:
        yield
    except OSError as error:
        raise UnwritableRelease(
            f"{error.filename or place}: {error.strerror}; no release was written. "
            f"{_REMEDIES.get(error.errno or 0, _REMEDY)}, or choose another folder with -o"
        ) from error


def _open_lock(file: Path) -> IO[bytes]:
    """Open what is locked, made where it is not there; nothing is written to it, and no link is followed."""
    lock = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666), "rb")
    if not stat.S_ISREG(os.fstat(lock.fileno()).st_mode):
        lock.close()
        raise UnwritableRelease(f"{file}: no ordinary file; no release was written. Move it away")
    return lock


def _contents(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files in a folder."""
    folders: list[Path] = []
    files: list[Path] = []
    for place, inside, names in os.walk(folder):
        folders += (Path(place, name) for name in inside)
        files += (Path(place, name) for name in names)
    return folders, files


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
