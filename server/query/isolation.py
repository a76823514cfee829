"""What the kernel keeps a query process from: outliving its parent, growing, and the network.

Each function changes the calling process for good. Linux only, as the pidfd that ends a
query is.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
# linux/filter.h, linux/seccomp.h: load the number of the call, skip a step unless it is this one, return.
_LOAD: Final = 0x20
_SKIP_UNLESS_EQUAL: Final = 0x15
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 13  # with EACCES
# asm/unistd.h; what is not x86 has the numbers of asm-generic.
_SOCKET: Final = {"x86_64": 41}
_SOCKET_ELSEWHERE: Final = 198
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


def refuse_sockets() -> None:
    """Let the process make no socket any more, so that it reaches no network; those it has go on.

    For an engine that opens files while it answers, of which the number of descriptors
    cannot be limited to none. Raises OSError where the kernel has no seccomp.
    """
    number = _SOCKET.get(platform.machine(), _SOCKET_ELSEWHERE)
    steps = ((_LOAD, 0, 0, 0), (_SKIP_UNLESS_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW))
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    # struct sock_fprog: how many steps, and where.
    head = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    # Without a privilege the kernel asks that no privilege can be gained any more.
    for option, *arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(head), 0, 0),
    ):
        if libc.prctl(option, *map(ctypes.c_ulong, arguments)):
            code = ctypes.get_errno()
            raise OSError(code, f"no seccomp filter: {os.strerror(code)}")


def close_all_but(kept: int) -> None:
    """Close every descriptor above standard error but one."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - a path cannot be read once the listing is closed
        descriptor = int(name)
        if descriptor > 2 and descriptor != kept:  # noqa: PLR2004 - standard error is 2
            try:
                os.close(descriptor)
            except OSError:
                continue  # the listing's own
