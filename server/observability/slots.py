"""Which of its siblings an HTTP worker is: a number that its successor gets when it ends.

Granian tells a worker nothing of that. So each takes the first lock in the server's
private folder that no other holds; the system gives it back however the worker ends.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from pathlib import Path


def take_slot(folder: Path) -> int:
    """Return the lowest number from 0 that no other process has here, and keep it as long as this process lives."""
    for number in itertools.count():
        # Never closed: the lock is the descriptor's. Not inherited by programs that the worker might start.
        descriptor = os.open(folder / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return number
    raise AssertionError  # a count has no end


def keep_to_one_processor(slot: int) -> None:
    """Have this process, and the threads it starts from now on, run on one processor: siblings on different ones.

    Of a worker's threads one runs Python at a time. Each request is handed from the
    thread that reads it to one that answers it, and back, which on one processor costs
    half of what it costs between two. Servers beside each other begin at different ones.
    """
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[(os.getppid() + slot) % len(processors)]})
