"""Bytes that are kept in memory as long as they are few, and then in a file without a name.

Such a file is gone with its process, however that ends, so nothing has to be cleared up.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

_IN_MEMORY: Final = 32 << 20
_LINES_AT_ONCE: Final = 4096
_BYTES_AT_ONCE: Final = 1 << 20


class Spool:
    """Lines that are written once and read any number of times, not by two readers at once."""

    def __init__(self, folder: Path | None = None, in_memory: int = _IN_MEMORY) -> None:
        """Keep more than some bytes in a folder, by default that for temporary files."""
        self._file = SpooledTemporaryFile(in_memory, dir=str(folder) if folder else None)  # noqa: SIM115 - closed with this object
        self.size = 0
        weakref.finalize(self, self._file.close)

    def write(self, lines: Iterable[bytes]) -> None:
        """Add lines; raise `OSError` where the disk is full."""
        pending = iter(lines)
        while chunk := b"".join(islice(pending, _LINES_AT_ONCE)):
            self._file.write(chunk)
            self.size += len(chunk)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines from the first on."""
        self._file.seek(0)
        yield from self._file

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes from the first on, a megabyte at a time."""
        self._file.seek(0)
        while chunk := self._file.read(_BYTES_AT_ONCE):
            yield chunk

    def read(self) -> bytes:
        """Return all of it at once, which is for small ones."""
        return b"".join(self.chunks())
