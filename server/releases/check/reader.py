"""Reading what may be hostile in a process of its own: a file that ends its reader is a finding, and no more.

A few kilobytes of nested terms end the process that parses them, and an entity of XML
can stand for gigabytes. So the reader has bounds on memory and time, and whoever asks
goes on without it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, ParamSpec, Self, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LEAST_MEMORY: Final = 1 << 30
_MEMORY_PER_BYTE: Final = 24
"""Bytes of memory for each byte of a file; reading Turtle, the shortest format, into lines was seen to take 14."""
_LEAST_SECONDS: Final = 30
_BYTES_PER_SECOND: Final = 500_000
"""A tenth of what the slowest format was seen to reach."""


class Unreadable(ValueError):
    """A file that is not what it should be; the text says what was seen there."""


class Reader:
    """Calls functions in another process, one after the other; a context manager, which ends it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def call(self, size: int, function: Callable[_P, _T], /, *arguments: _P.args, **options: _P.kwargs) -> _T:
        """Return what a function of a module makes of a file of this size.

        Raises what it raises, and `Unreadable` where the process ends or runs out of memory or time.
        """
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _leave_no_core)
        try:
            return self._pool.submit(_bounded, size, function, *arguments, **options).result()
        except BrokenProcessPool as error:
            self._pool.shutdown()
            self._pool = None
            raise Unreadable("ends the process that reads it, or takes all its memory or time") from error
        except MemoryError as error:
            raise Unreadable("takes more memory than such a file can need") from error


def _leave_no_core() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _bounded(size: int, function: Callable[_P, _T], /, *arguments: _P.args, **options: _P.kwargs) -> _T:
    with _limited(resource.RLIMIT_AS, _LEAST_MEMORY + _MEMORY_PER_BYTE * size):
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + _LEAST_SECONDS + size // _BYTES_PER_SECOND
        with _limited(resource.RLIMIT_CPU, seconds):
            return function(*arguments, **options)


@contextlib.contextmanager
def _limited(what: int, most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))
