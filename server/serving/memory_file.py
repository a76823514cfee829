"""Bytes in memory that the server's other processes read as a file: no disk can be too full for them.

Nobody else can alter them, they are gone with the process that made them, and the kernel
lets only processes of the same user open them (proc_pid_fd(5)).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


class MemoryFile:
    """A file in memory, there until it is closed; those who have opened it by then may read on."""

    def __init__(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write the chunks into a new one; raise OSError where there is no memory or no descriptor for it."""
        self._descriptor = os.memfd_create(name)
        try:
            with os.fdopen(self._descriptor, "wb", closefd=False) as written:
                written.writelines(chunks)
        except BaseException:
            os.close(self._descriptor)
            raise
        self.path = Path(f"/proc/{os.getpid()}/fd/{self._descriptor}")

    def close(self) -> None:
        """Let go of the bytes."""
        os.close(self._descriptor)
