"""Pieces kept on disk, so that a build makes only those of articles that have changed.

Each is in a file of its own, named by the digests of the article's files and of all that
articles are held against; so a build that was killed goes on where it was, and none of
them is ever wrong, only unused. A damaged one is as good as none.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from pathlib import Path
from typing import Final

from graph.piece import Piece

_DIGEST_SIZE: Final = hashlib.sha256().digest_size
_SUFFIX: Final = ".piece"


class Pieces:
    """The pieces of a folder."""

    def __init__(self, folder: Path, standards: str) -> None:
        """Take the folder, which need not exist, and the digest of what the articles are held against."""
        self._folder, self._standards = folder, standards
        self._used: set[str] = set()

    def find(self, digest: str) -> Piece | None:
        """Return the piece of the article whose files have this digest, where there is one."""
        file = self._file(digest)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        payload = content[_DIGEST_SIZE:]
        if hashlib.sha256(payload).digest() != content[:_DIGEST_SIZE]:
            return None
        # Vouched for by its digest, and from the folder that only the build writes.
        piece: Piece = pickle.loads(zlib.decompress(payload))  # noqa: S301
        return piece

    def keep(self, digest: str, piece: Piece) -> None:
        """Put a piece in its place; raise `OSError` where the disk is full."""
        payload = zlib.compress(pickle.dumps(piece, pickle.HIGHEST_PROTOCOL), 1)
        file = self._file(digest)
        file.parent.mkdir(parents=True, exist_ok=True)
        # What is cut off here is told by its digest.
        file.write_bytes(hashlib.sha256(payload).digest() + payload)

    def forget_others(self) -> None:
        """Remove the pieces that nobody asked for."""
        for file in self._folder.glob(f"*/*{_SUFFIX}"):
            if file.name not in self._used:
                file.unlink(missing_ok=True)

    def _file(self, digest: str) -> Path:
        name = hashlib.sha256(f"{self._standards}\n{digest}".encode()).hexdigest()
        self._used.add(f"{name}{_SUFFIX}")
        return self._folder / name[:2] / f"{name}{_SUFFIX}"
