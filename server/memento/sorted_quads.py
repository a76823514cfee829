"""A file of sorted N-Quads, in which what is said of a thing is found without reading the file.

The canonical form (RDFC-1.0) is its lines in the order of their bytes, so all that begin
alike stand together, and bisection finds the first of them: a file of a gigabyte takes some
thirty looks. The file is read and not mapped into memory, because one that is cut short
while it is mapped would end the process.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Sequence
from typing import IO, Final

import pyoxigraph as ox

from server.releases.known_file import AlteredFile, identity

_BLOCK: Final = 4 << 10
"""Bytes read at once; most lines are shorter."""


class SortedQuads:
    """The quads of one file, which is open as long as this is there; safe to read from many threads."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take an open file, which is closed with this."""
        self._file = file.fileno()
        weakref.finalize(self, file.close)
        self._found = os.fstat(self._file)
        self._size = self._found.st_size

    def is_unchanged(self) -> bool:
        """Tell whether nothing was written to the file since this was made."""
        return identity(os.fstat(self._file)) == identity(self._found)

    def about(
        self, subject: ox.NamedNode, predicate: ox.NamedNode | None = None, *, without: Sequence[ox.NamedNode] = ()
    ) -> Iterator[ox.Quad]:
        """Yield the quads with this subject, and predicate where one is given, in the order of the file.

        Those with one of the predicates `without` are not read. Raises `AlteredFile` where the file has other lines.
        """
        head = f"{subject} {predicate} " if predicate is not None else f"{subject} "
        lines = b"".join(self._lines(head.encode(), [f"{subject} {one} ".encode() for one in without]))
        try:
            return iter(list(ox.parse(lines, format=ox.RdfFormat.N_QUADS)))
        except SyntaxError as error:
            raise AlteredFile(f"what is said of {subject} in a release is no N-Quads: {error}") from error

    def describes(self, subject: ox.NamedNode) -> bool:
        """Tell whether a quad has this subject."""
        head = f"{subject} ".encode()
        return self._read(self._find(head), len(head)) == head

    def _lines(self, head: bytes, without: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the lines that begin with these bytes and with none of the others."""
        place = self._find(head)
        while self._read(place, len(head)) == head:
            end = self._next_line(place + 1)
            line = self._read(place, end - place)
            left_out = next((one for one in without if line.startswith(one)), None)
            if left_out is None:
                yield line
            # An object begins with a character of ASCII, which this byte comes after.
            place = end if left_out is None else self._find(left_out + b"\x7f")

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
