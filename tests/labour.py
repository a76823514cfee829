"""Work for workforces, in a module of its own, because a process that is started finds work by its module's name."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


class Shared:
    """What tasks have in common, and something that is worked out from it once a process."""

    def __init__(self, number: int) -> None:
        self.number = number

    @cached_property
    def worked_out(self) -> int:
        return time.monotonic_ns()


class Unpackable(ValueError):
    """An error that cannot travel: its constructor takes two arguments, and its text is one."""

    def __init__(self, place: str, seen: str) -> None:
        super().__init__(f"{place}: {seen}")


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with a task: one of the words below, by default nothing but to answer."""

    number: int
    act: str = ""
    folder: Path = field(default=Path())


def obey(common: Shared, order: Order) -> tuple[int, int, int]:
    """Return the sum, the process and the moment that this process worked something out; or end as is ordered."""
    match order.act:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(7)
        case "raise":
            raise KeyError(order.number)
        case "unpackable":
            raise Unpackable("here", "a thing")
        case "lambda":
            return lambda: None  # type: ignore[return-value]  # what cannot be packed is the point
        case "sleep":
            (order.folder / f"{os.getpid()}.at-work").touch()
            time.sleep(60)
        case "wait":
            time.sleep(0.05)
    return common.number + order.number, os.getpid(), common.worked_out
