"""The folder of sockets and links by which a server's processes find each other."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PLACES: Final = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - mkdtemp makes a folder there that is nobody else's
_PREFIX: Final = "battlegraph-serve-"
_LOCK: Final = "lock"


class NoRuntimeFolder(ValueError):
    """There is no place for the folder; the message says why and what to do."""


@contextlib.contextmanager
def runtime_folder() -> Iterator[Path]:
    """Yield a new folder that only this user can look into, and remove it after that.

    Those of servers that were killed are removed first. Sockets and links need no room on a
    disk, so a full one will do. Raises `NoRuntimeFolder` where none can
    be made.
    """
    faults = []
    for place in filter(None, (os.environ.get("TMPDIR"), *_PLACES)):
        # Not without a place: tempfile looks for one where it can write, which a full disk refuses.
        try:
            _remove_abandoned(Path(place))
            folder = tempfile.TemporaryDirectory(dir=place, prefix=_PREFIX, ignore_cleanup_errors=True)
        except OSError as error:
            faults.append(f"{place}: {error.strerror}")
            continue
        with folder as path, _locked(Path(path)):
            yield Path(path)
            return
    raise NoRuntimeFolder(f"no folder for sockets: {'; '.join(faults)}; name a folder of yours in TMPDIR")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock in the folder that goes with the process."""
    with (folder / "new").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # It gets its name when it is held, so that nobody takes it before.
        (folder / "new").rename(folder / _LOCK)
        yield


def _remove_abandoned(place: Path) -> None:
    for lock in place.glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError), lock.open("rb") as held:  # it is another user's, or a living server's
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
