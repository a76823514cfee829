"""One process of a workforce: takes tasks from a connection, one at a time, until it closes."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from typing import Any, Final

LONGEST_REST: Final = 60.0
"""Seconds without a task after which a process ends."""


def main(descriptor: int) -> None:
    """Do what comes by the connection of this file descriptor; end with whoever has the other end."""
    # A terminal sends it to every process at once; the one that started this decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(descriptor,), daemon=True).start()
    # Whoever has the other end may be killed at any moment, which is no error here.
    with contextlib.suppress(EOFError, ConnectionError):
        _work_for(Connection(descriptor))


def _work_for(connection: Connection[bytes, tuple[bytes | None, bytes]]) -> None:
    packed, job = b"", None
    # One that nobody has ended, because whoever should have was killed on another machine, ends by itself.
    while connection.poll(LONGEST_REST):
        new, task = connection.recv()
        try:
            if new is not None:
                packed, job = new, None
            job = job or pickle.loads(packed)  # noqa: S301 - the process that started this has packed it
            answer = _done(job, task)
        except Exception as error:  # noqa: BLE001 - whoever gave the task is told what came of it
            answer = _failed(error)
        connection.send_bytes(answer)


def _done(job: Any, task: bytes) -> bytes:
    work, common = job
    return pickle.dumps((True, work(common, pickle.loads(task)), ""), pickle.HIGHEST_PROTOCOL)  # noqa: S301 - as above


def _failed(error: Exception) -> bytes:
    told = "".join(traceback.format_exception(error))
    try:
        packed = pickle.dumps((False, error, told), pickle.HIGHEST_PROTOCOL)
        # An error whose constructor takes something else than its text can be packed, and not unpacked.
        if str(pickle.loads(packed)[1]) == str(error):  # noqa: S301 - packed a line before
            return packed
    except Exception:  # noqa: BLE001, S110 - whatever an error's own methods raise: then its text travels
        pass
    return pickle.dumps((False, f"{type(error).__name__}: {error}", told), pickle.HIGHEST_PROTOCOL)


def _end_with(descriptor: int) -> None:
    """End this process when the other end is closed, also in the middle of a task."""
    hangup = select.poll()
    hangup.register(descriptor, 0)
    hangup.poll()
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
