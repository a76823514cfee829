"""Where the time of a build goes, and how far it is."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Watch(Protocol):
    """Somebody who sees items go by: how many there are, and of what."""

    def __call__(self, items: Iterable[Item], length: int, label: str, /) -> Iterator[Item]:
        """Yield the items."""
        ...


def unwatched(items: Iterable[Item], _length: int, _label: str, /) -> Iterator[Item]:
    """Yield the items and tell nobody."""
    return iter(items)


class Phases:
    """Measures what is done, and has somebody told of it."""

    def __init__(self, watch: Watch = unwatched, begin: Callable[[str], None] = lambda _phase: None) -> None:
        """Take who sees items go by, and who is told that a phase begins."""
        self.watch, self._begin = watch, begin
        self._wall: defaultdict[str, float] = defaultdict(float)
        self._work: defaultdict[str, float] = defaultdict(float)

    @contextlib.contextmanager
    def of(self, phase: str) -> Iterator[None]:
        """Measure the body."""
        self._begin(phase)
        start = time.perf_counter()
        try:
            yield
        finally:
            self._wall[phase] += time.perf_counter() - start

    def add_work(self, seconds: Mapping[str, float]) -> None:
        """Take account of processor time that was spent on an article, wherever that was."""
        for step, spent in seconds.items():
            self._work[step] += spent

    @property
    def wall(self) -> Mapping[str, float]:
        """Seconds that passed, by phase: ground, articles, merge, validation, description; store, names."""
        return MappingProxyType(self._wall)

    @property
    def work(self) -> Mapping[str, float]:
        """Processor seconds that articles took, of those made anew: assemble, rules, shapes, checks, canonical."""
        return MappingProxyType(self._work)
