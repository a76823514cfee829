"""Tasks in work and on their way: never more than a bound, whoever does them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice

from graph.workforce.force import Task


def in_flight(
    submit: Callable[[Task], Future[bytes]],
    tasks: Iterable[Task],
    most: Callable[[], int],
    *,
    on_pause: Callable[[], None] = lambda: None,
    pause: float | None = None,
) -> Iterator[tuple[Task, Future[bytes]]]:
    """Submit the tasks, `most()` at a time, and yield each with its future as that is done.

    `on_pause` is called where none was done for `pause` seconds, and may raise. What was not
    begun is cancelled where the iterator is closed.
    """
    left = iter(tasks)
    working: dict[Future[bytes], Task] = {}
    try:
        while True:
            for task in islice(left, max(0, most() - len(working))):
                working[submit(task)] = task
            if not working:
                return
            done, _ = wait(working, timeout=pause, return_when=FIRST_COMPLETED)
            if not done:
                on_pause()
            for future in done:
                yield working.pop(future), future
    finally:
        for future in working:
            future.cancel()
