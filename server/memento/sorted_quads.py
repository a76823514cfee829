"""A file of sorted N-Quads, in which what is said of a thing is found without reading the file.

The canonical form (RDFC-1.0) is its lines in the order of their bytes, so all that begin
alike stand together, and bisection finds the first of them: a file of a gigabyte takes some
thirty looks. The file is read and not mapped into memory, because one that is cut short
while it is mapped would end the process.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

_BLOCK: Final = 4 << 10
"""Bytes read at once; most lines are shorter."""


class SortedQuads:
    """The quads of one file, which is open as long as this is there; safe to read from many threads."""

    def __init__(self, file: Path) -> None:
        """Open the file; raise OSError where that cannot be done."""
        self._file = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        self._size = os.fstat(self._file).st_size

    def about(self, subject: ox.NamedNode, predicate: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Yield the quads with this subject, and predicate where one is given, in the order of the file."""
        head = f"{subject} {predicate} " if predicate is not None else f"{subject} "
        lines = b"".join(self._lines(head.encode()))
        # The parser's answer is an iterator that has read nothing yet.
        return iter(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) if lines else iter(())

    def describes(self, subject: ox.NamedNode) -> bool:
        """Tell whether a quad has this subject."""
        head = f"{subject} ".encode()
        return self._read(self._find(head), len(head)) == head

    def _lines(self, head: bytes) -> Iterator[bytes]:
        """Yield the lines that begin with these bytes."""
        place = self._find(head)
        while self._read(place, len(head)) == head:
            end = self._next_line(place + 1)
            yield self._read(place, end - place)
            place = end

    def _find(self, head: bytes) -> int:
        """Return where the first line stands that is not before these bytes."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            start = self._next_line(middle)
            if start >= self._size or self._read(start, len(head)) >= head:
                high = middle
            else:
                low = start + 1
        return self._next_line(low)

    def _next_line(self, place: int) -> int:
        """Return where the first line stands that begins at this place or after it."""
        place -= 1
        while 0 <= place < self._size:
            block = self._read(place, _BLOCK)
            end = block.find(b"\n")
            if end >= 0:
                return place + end + 1
            if not block:
                break
            place += len(block)
        return 0 if place < 0 else self._size

    def _read(self, place: int, length: int) -> bytes:
        return os.pread(self._file, length, place)
