"""What the kernel keeps a query process from: outliving its parent, growing, and the network.

Each function changes the calling process for good. Linux only, as the pidfd that ends a
query is.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
STACK: Final = 64 << 20


def end_with(parent: int, signum: signal.Signals) -> None:
    """Have the kernel send this signal when the parent ends; exit where it has ended already.

    The parent's *thread* that started this process counts: start it from one that stays.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signum)
    # It may have ended before the kernel was told, and then no signal comes.
    if os.getppid() != parent:
        os._exit(0)


def limit_memory(growth: int) -> None:
    """Let the process's address space grow by so many bytes from now on, and write no core file.

    The engine aborts where an allocation fails; Python raises MemoryError.
    """
    present = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (present + growth, present + growth))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def deepen_stack() -> None:
    """Let the main thread's stack grow to `STACK`, whatever the shell's limit is.

    The engine's parser and evaluator recurse; the limits in `gate` are measured with this.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = STACK if hard == resource.RLIM_INFINITY else min(STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))


def hold_one_more_descriptor() -> int:
    """Let the process open one more descriptor, of the number returned, and never a second at the same time.

    A worker's accepted connection takes it, so while a query runs no socket and no file
    can be opened: the engine's SERVICE fails before it has a socket to connect.
    """
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + 1, lowest + 1))
    return lowest


def close_all_but(kept: int) -> None:
    """Close every descriptor above standard error but one."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - a path cannot be read once the listing is closed
        descriptor = int(name)
        if descriptor > 2 and descriptor != kept:  # noqa: PLR2004 - standard error is 2
            try:
                os.close(descriptor)
            except OSError:
                continue  # the listing's own
