"""A workforce that is called only where there is enough to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from graph.workforce.force import Common, Failed, Finished, Result, Task, Workforce
from graph.workforce.opening import Here

FEW = 4
"""Articles that are built in this process sooner than other processes are ready for them."""


class ForMany:
    """Does a few tasks here, and leaves more of them to others."""

    def __init__(self, others: Workforce, few: int = FEW) -> None:
        """Take the others, and how many tasks are few."""
        self._others, self._few = others, few

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says."""
        left = iter(tasks)
        first = list(islice(left, self._few + 1))
        force = Here() if len(first) <= self._few else self._others
        return force.each(work, chain(first, left), common)
