"""How long and how much memory the reading of one text may take: what needs more is no article."""

from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

from graph.drafting.document import UnreadableArticle

SECONDS: Final = 60
"""A long article takes two."""
MEMORY: Final = 3 * 2**30
"""Bytes of address space beyond what the process has. An article of 4 MB takes a quarter of it."""


@contextlib.contextmanager
def bounded(seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Bound what the body takes of a process's main thread; raise `UnreadableArticle` where it takes more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min((limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY), default=None)
    own = _address_space() + memory

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise UnreadableArticle(
            f"reading it takes more than {seconds:g} seconds, so it is no article as people write them"
        )

    before = signal.signal(signal.SIGALRM, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (own if most is None else min(own, most), hard))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except MemoryError as error:
        raise UnreadableArticle(
            f"reading it takes more than {memory / 2**30:.2g} GiB of memory, so it is no article as people write them"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGALRM, before)


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize()
