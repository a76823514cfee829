"""Which quads two versions do not share, by one walk through both canonical files.

Canonical N-Quads (RDFC-1.0 of data without blank nodes) are sorted lines, each of them
once, so two versions are merged like two sorted lists. What is kept is the difference;
the rest goes by.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox


class UnreadableQuads(ValueError):
    """A file that is not canonical N-Quads; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class QuadFile:
    """The canonical N-Quads of one version, on the disk or in memory."""

    name: str
    """What messages call it."""
    content: Path | bytes

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Return its bytes from their beginning; raise OSError where they cannot be read."""
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")

    def lines(self) -> Iterator[bytes]:
        """Yield its lines; raise `UnreadableQuads` where one is not after the one before it, or is cut off."""
        before = b""
        with self.open() as file:
            for number, line in enumerate(file, 1):
                if line <= before or not line.endswith(b" .\n"):
                    raise UnreadableQuads(
                        f"{self.name}, line {number}: not canonical N-Quads, whose lines are whole, sorted and each "
                        "there once; take the .nq file of a release"
                    )
                before = line
                yield line


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that only one of two versions has, each in the order of its file."""

    removed: tuple[bytes, ...]
    added: tuple[bytes, ...]

    @property
    def removed_quads(self) -> list[ox.Quad]:
        """What only the old version says."""
        return read_quads(self.removed)

    @property
    def added_quads(self) -> list[ox.Quad]:
        """What only the new version says."""
        return read_quads(self.added)


def find_difference(old: QuadFile, new: QuadFile) -> Difference:
    """Return what two versions do not share; raise `UnreadableQuads` where one is not canonical."""
    removed: list[bytes] = []
    added: list[bytes] = []
    before, after = old.lines(), new.lines()
    gone, come = next(before, None), next(after, None)
    while gone is not None or come is not None:
        if gone == come:
            gone, come = next(before, None), next(after, None)
        elif come is None or (gone is not None and gone < come):
            removed.append(gone or b"")
            gone = next(before, None)
        else:
            added.append(come)
            come = next(after, None)
    return Difference(tuple(removed), tuple(added))


def read_quads(lines: tuple[bytes, ...] | list[bytes]) -> list[ox.Quad]:
    """Return the quads of some lines; raise `UnreadableQuads` for what no line of ours is.

    Blank nodes are refused: their labels say nothing from one version to the next.
    """
    try:
        quads = list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise UnreadableQuads(f"not N-Quads: {error.msg}") from error
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode):
            raise UnreadableQuads(f"{quad}: it has a blank node, which cannot be told from others in another version")
    return quads
