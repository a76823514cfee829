"""What a writer that wants a file writes to, for whoever wants pieces."""

from __future__ import annotations

import io


class Sink(io.RawIOBase):
    """A file that is taken away piece by piece: what is written to it need not fit into memory."""

    def __init__(self) -> None:
        """Begin empty."""
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Tell that it is there to be written to."""
        return True

    def write(self, piece: object, /) -> int:
        """Take bytes."""
        self._pieces.append(bytes(piece))  # type: ignore[call-overload]  # any buffer
        return len(self._pieces[-1])

    def take(self) -> bytes:
        """Return what was written since it was last asked for."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken
