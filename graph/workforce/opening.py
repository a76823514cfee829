"""Where a workforce comes from: this process, processes of this machine, or a cluster."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator

from graph.workforce.force import Common, Failed, Finished, Result, Task, UnusableScheduler, Workforce
from graph.workforce.local import LocalForce


class Here:
    """Does the work in this process, one task after the other: for few tasks, where starting processes costs more."""

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says, in order, and without its protection from tasks that kill their process."""
        for task in tasks:
            try:
                result = work(common, task)
            except Exception as error:  # noqa: BLE001 - what the work raises is the caller's to judge, as everywhere
                yield Failed(task, error)
            else:
                yield Finished(task, result)


@contextlib.contextmanager
def open_workforce(scheduler: str | None = None, workers: int | None = None) -> Iterator[Workforce]:
    """Give a workforce, whose processes end with the body, and with this process however it ends.

    Without a scheduler it is processes of this machine, started as tasks come: `workers` of
    them, by default one a core. With the address of a Dask scheduler (`tcp://HOST:8786`) it is
    its workers, `workers` tasks at a time, by default as many as they have threads.

    Raises `UnusableScheduler` where the scheduler does not answer, has no workers, or they
    run other code than this process, and where Dask is not installed.
    """
    if scheduler is None:
        with LocalForce(workers or len(os.sched_getaffinity(0))) as force:
            yield force
        return
    try:
        # Optional: battlegraph[cluster].
        from graph.workforce.cluster import open_cluster  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in {"dask", "distributed"}:
            raise
        raise UnusableScheduler(
            f"--scheduler {scheduler} needs Dask, which is not installed: pip install 'battlegraph[cluster]'"
        ) from error
    with open_cluster(scheduler, workers) as cluster:
        yield cluster
