"""What a workforce is: something that does one piece of work for each of many tasks.

Who has work to do takes a `Workforce` and need not know where it is done. What may be
asked of the work is the same everywhere, so that it can be done on another machine:

- `work` is a function of a module, or a `functools.partial` of one;
- `work`, `common`, tasks and results are picklable, and no larger than need be;
- it reads and writes no files of the caller's: what it needs comes with `common` and the
  task, what it has made goes back as its result, and the caller puts it where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Common = TypeVar("Common")
Task = TypeVar("Task")
Result = TypeVar("Result")


class ProcessKilled(RuntimeError):
    """The process that did a task ended in the middle of it; the message says how."""


class WorkFailed(RuntimeError):
    """The work raised an error that could not travel; the message is what it said."""


class UnusableScheduler(ValueError):
    """A scheduler that cannot be worked with; the message names its address and the remedy."""


@dataclass(frozen=True, slots=True)
class Finished(Generic[Task, Result]):
    """A task that was done."""

    task: Task
    result: Result


@dataclass(frozen=True, slots=True)
class Failed(Generic[Task]):
    """A task that was not done: the work raised an error, or its process was killed (`ProcessKilled`)."""

    task: Task
    error: Exception
    """As the work raised it, its own traceback as its cause."""


class Workforce(Protocol):
    """Those who do the work."""

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Call `work(common, task)` for each task and yield what became of each, as they are done, in any order.

        `tasks` may be endless: no more are taken than are in work and on their way, a few
        for each process. `common` is given to a process once, and the very object with each
        task after that, so what it works out lazily is worked out once a process.

        A process that is killed costs the task it was at and no other. To stop early, close
        the iterator: what is in work then is done for nobody.

        Raises `UnusableScheduler` where a cluster is lost in the middle; what was yielded
        before is done.
        """
        ...
