"""Sorting more than fits into memory: runs on the disk, merged (Knuth, The Art of Computer Programming, 5.4)."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final, Generic, TypeVar

from server.releases.staging import refusals

Key = TypeVar("Key", bound=Any)
Value = TypeVar("Value")

_MOST: Final = 64 * 2**20
"""Bytes of rows that are held in memory."""
_OVERHEAD: Final = 500
"""Bytes that a row takes beside its value, roughly."""
_TOGETHER: Final = 200
"""Rows that are read at a time from each run."""


class ExternalSort(Generic[Key, Value]):
    """Rows given in any order and read in that of their keys.

    What is on the disk has no name, so that nothing is left of it when the process ends.
    """

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        """Write runs to this folder where more than `most` bytes are given."""
        self._folder = folder
        self._most = most
        self._rows: list[tuple[Key, Value]] = []
        self._held = 0
        self._runs: list[IO[bytes]] = []

    def close(self) -> None:
        """Give back the disk and the memory."""
        for run in self._runs:
            run.close()
        self._runs.clear()
        self._rows.clear()

    def add(self, key: Key, value: Value, size: int) -> None:
        """Take a row whose value has about so many bytes."""
        self._rows.append((key, value))
        self._held += size + _OVERHEAD
        if self._held > self._most:
            self._write_run()

    def rows(self) -> Iterator[tuple[Key, Value]]:
        """Yield the rows in order; not while another walk through them goes on."""
        self._rows.sort(key=itemgetter(0))
        return heapq.merge(*map(_read, self._runs), self._rows, key=itemgetter(0))

    def _write_run(self) -> None:
        self._rows.sort(key=itemgetter(0))
        with refusals(self._folder):
            run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it is closed with the others
            self._runs.append(run)
            for start in range(0, len(self._rows), _TOGETHER):
                pickle.dump(self._rows[start : start + _TOGETHER], run, pickle.HIGHEST_PROTOCOL)
            run.flush()
        self._rows, self._held = [], 0


def _read(run: IO[bytes]) -> Iterator[tuple[Any, Any]]:
    run.seek(0)
    while True:
        try:
            rows = pickle.load(run)  # noqa: S301 - this process has written it to a file without a name
        except EOFError:
            return
        yield from rows
