"""Processes of this machine."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from graph.workforce.flight import in_flight
from graph.workforce.force import Common, Failed, Finished, Result, Task
from graph.workforce.hands import Hands, Job, unpacked

AHEAD: Final = 2
"""Tasks for each process that are in work or wait for it."""


class LocalForce:
    """A thread for each process, which waits for it."""

    def __init__(self, size: int) -> None:
        """Use at most `size` processes, started as they are needed."""
        self._size = size
        self._hands = Hands()
        self._threads = ThreadPoolExecutor(size, "workforce")

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._hands.close()
        self._threads.shutdown(wait=True)

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says."""
        job = Job.of(work, common)

        def submit(task: Task) -> Future[bytes]:
            return self._threads.submit(self._hands.do, job, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))

        for task, future in in_flight(submit, tasks, lambda: AHEAD * self._size):
            yield became(task, future)


def became(task: Task, future: Future[bytes]) -> Finished[Task, Result] | Failed[Task]:
    """Return what became of a task whose future is done."""
    try:
        return Finished(task, unpacked(future.result()))
    except Exception as error:  # noqa: BLE001 - what the work raises is the caller's to judge
        return Failed(task, error)
