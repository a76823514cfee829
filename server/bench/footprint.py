"""What a process and all that it has started take: memory, and time of the processors (proc(5)).

Memory that processes share counts once: each has its part of it (proportional set size).
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_NANOSECOND: Final = 1e-9
_PARENT: Final = 1
"""Place of the parent among the fields of /proc/…/stat that follow the command's name."""
_GONE: Final = (FileNotFoundError, ProcessLookupError)


def tree(process: int) -> frozenset[int]:
    """Return the process and its descendants, as far as they are alive."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(*_GONE):
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(") ")[2].split()
                children[int(fields[_PARENT])].append(int(folder.name))
    found, waiting = set(), [process]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += children[one]
    return frozenset(found)


def memory(process: int) -> int:
    """Return the bytes that a process and its descendants keep in memory now."""
    return sum(_proportional(one) for one in tree(process))


def processor_seconds(process: int) -> float:
    """Return the time for which the threads of a process and of its living descendants have run."""
    return sum(_ran(one) for one in tree(process))


def _proportional(process: int) -> int:
    with contextlib.suppress(*_GONE):
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            name, _, size = line.partition(":")
            if name == "Pss":
                return int(size.split()[0]) << 10
    return 0


def _ran(process: int) -> float:
    return sum(_thread_times(process)) * _NANOSECOND


def _thread_times(process: int) -> Iterator[int]:
    with contextlib.suppress(*_GONE):
        for thread in (_PROC / str(process) / "task").iterdir():
            with contextlib.suppress(*_GONE):
                yield int((thread / "schedstat").read_text().split()[0])
