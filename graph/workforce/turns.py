"""Work that a workforce does in any order, its results taken in that of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from graph.workforce.force import Failed, Workforce

_Common = TypeVar("_Common")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def in_turn(
    workforce: Workforce, work: Callable[[_Common, _Task], _Result], tasks: Iterable[_Task], common: _Common
) -> Iterator[_Result]:
    """Yield `work(common, task)` for each task, in their order; raise what the first that fails raises."""
    ready: dict[int, _Result] = {}
    turn = 0
    for done in workforce.each(partial(_numbered, work), enumerate(tasks), common):
        if isinstance(done, Failed):
            raise done.error
        ready[done.task[0]] = done.result
        while turn in ready:
            yield ready.pop(turn)
            turn += 1


def _numbered(work: Callable[[_Common, _Task], _Result], common: _Common, numbered: tuple[int, _Task]) -> _Result:
    return work(common, numbered[1])
