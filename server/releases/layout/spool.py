"""The body of a document, kept while it is written: what stands before it is known when it is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from server.releases.staging import refusals

_IN_MEMORY: Final = 1 << 20
"""Bytes that are held before they go to the disk."""
_PIECE: Final = 1 << 20


class Spool:
    """A body that grows, and is then read."""

    def __init__(self, folder: Path, file: IO[bytes]) -> None:
        """Write to a file in this folder."""
        self._folder = folder
        self._file = file

    def write(self, text: bytes) -> None:
        """Add to the body; raise `UnwritableRelease` where the disk refuses."""
        with refusals(self._folder):
            self._file.write(text)

    def pieces(self) -> Iterator[bytes]:
        """Yield the body."""
        with refusals(self._folder):
            self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """Give an empty body; a long one goes to a file without a name in this folder."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder)) as file:
        yield Spool(folder, file)
