"""A file on the disk that is read as what its SHA-256 says it is, or not at all.

A release never changes, and its files are tagged with their digests for good. So a file
is looked through before this process first reads it, and again whenever the disk says that
it is another one; what is not what it should be is refused.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

# As large as the pieces in which a WSGI server can pass on a file without waiting for each.
_PIECE: Final = 256 << 10
_MOST_KNOWN: Final = 4096


class AlteredFile(ValueError):
    """The file is gone, or is another one, or cannot be understood; the message is for who runs the server."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file and what is known of it."""

    path: Path
    size: int
    """Bytes."""
    sha256: str
    folder: Path | None = None
    """Where it has to be, itself no link; None: anywhere."""

    def open(self) -> IO[bytes]:
        """Open it for reading; raise `AlteredFile` where it is not what is known of it."""
        opened = open_regular(self.path, self.folder)
        found = os.fstat(opened.fileno())
        if found.st_size == self.size and _digest(self.path, identity(found)) == self.sha256:
            return opened
        opened.close()
        raise AlteredFile(
            f"{self.path}: not the {self.size} bytes with the SHA-256 {self.sha256}; it has {found.st_size} bytes now"
        )


def open_regular(path: Path, folder: Path | None) -> IO[bytes]:
    """Open a file, in this folder and no link where one is given; raise `AlteredFile` where there is none such."""
    # Not Path.resolve, which fails where links lead round in a circle.
    if folder is not None and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise AlteredFile(f"{path}: a link that leads out of its folder")
    try:
        descriptor = regular_descriptor(path, may_be_link=folder is None)
    except OSError as error:
        raise AlteredFile(f"{path}: {error.strerror}") from error
    if descriptor is None:
        raise AlteredFile(f"{path}: no file")
    return os.fdopen(descriptor, "rb", buffering=0)


def regular_descriptor(path: Path, *, may_be_link: bool = False) -> int | None:
    """Open a regular file for reading, None where there is a device, a pipe or a folder; raise `OSError`."""
    # Without O_NONBLOCK, a pipe in the place of the file would never open.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if may_be_link else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    return None


@lru_cache(maxsize=_MOST_KNOWN)
def _digest(path: Path, known_by: tuple[int, ...]) -> str:
    """Return the SHA-256 of a file that is the one the disk tells by this identity; empty where it no longer is."""
    with path.open("rb") as file:
        if identity(os.fstat(file.fileno())) != known_by:
            return ""
        return hashlib.file_digest(file, "sha256").hexdigest()


def identity(found: os.stat_result) -> tuple[int, ...]:
    """Return what differs where a file is another one, or was written to."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class Stretches:
    """Stretches of an open file with bytes between them, as the body of an answer; closes the file at its end."""

    def __init__(self, known: KnownFile, parts: Sequence[range | bytes]) -> None:
        """Open the file; raise `AlteredFile` as that does."""
        self._file, self._known, self._parts = known.open(), known, parts

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes, never fewer than announced: a file that became shorter breaks the connection."""
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
                continue
            place = part.start
            while place < part.stop:
                piece = os.pread(self._file.fileno(), min(_PIECE, part.stop - place), place)
                if not piece:
                    raise AlteredFile(f"{self._known.path}: it became shorter while it was sent")
                yield piece
                place += len(piece)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
