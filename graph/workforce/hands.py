"""Processes that do tasks one at a time, started as they are needed and used again.

Each has one task in work at most, so that one that is killed costs just that task. They
are interpreters of their own rather than forks, because those who start them may have
threads, and because Dask's workers may have no children of `multiprocessing`.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from typing import Any

from graph.paths import ROOT
from graph.workforce.force import ProcessKilled, WorkFailed
from graph.workforce.hand import LONGEST_REST


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Work and what all its tasks have in common, packed for the way."""

    packed: bytes

    @classmethod
    def of(cls, work: Callable[[Any, Any], Any], common: object) -> Job:
        """Return the job of calling `work(common, task)`."""
        return cls(pickle.dumps((work, common), pickle.HIGHEST_PROTOCOL))


class Hands:
    """As many processes as threads ask for tasks at a time; safe to use from any of them."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._idle: list[_Hand] = []
        self._busy: set[_Hand] = set()
        self._is_closed = False

    def do(self, job: Job, task: bytes) -> bytes:
        """Return the answer to a packed task, for `unpacked`; raise `ProcessKilled` where its process ends before."""
        hand = self._take()
        try:
            return hand.do(job, task)
        except (EOFError, OSError) as error:
            raise ProcessKilled(f"the process that did it {hand.end()}") from error
        finally:
            self._leave(hand)

    def close(self) -> None:
        """End all processes, also those at work."""
        with self._lock:
            self._is_closed = True
            for hand in self._busy:
                # The thread that waits for it clears it away.
                hand.kill()
            for hand in self._idle:
                hand.end()
            self._idle.clear()

    def _take(self) -> _Hand:
        with self._lock:
            if self._is_closed:
                raise ProcessKilled("the workforce was closed before the task was begun")
            hand = self._idle.pop() if self._idle else _Hand()
            if hand.is_tired():
                hand.end()
                hand = _Hand()
            self._busy.add(hand)
            return hand

    def _leave(self, hand: _Hand) -> None:
        with self._lock:
            self._busy.discard(hand)
            if hand.is_fit and not self._is_closed:
                self._idle.append(hand)
            else:
                hand.end()


class _Hand:
    """One process, and the connection to it."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                # It finds the modules that this process finds, and none because of the folder it is started in.
                [sys.executable, "-P", "-m", "graph.workforce.hand", str(theirs.fileno())],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (*sys.path, str(ROOT))))},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._job: Job | None = None
        self._rests_since = time.monotonic()
        self.is_fit = True
        """It can be given another task."""

    def do(self, job: Job, task: bytes) -> bytes:
        self.is_fit = False
        self._connection.send((job.packed if self._job is not job else None, task))
        self._job = job
        answer = self._connection.recv_bytes()
        self.is_fit = True
        self._rests_since = time.monotonic()
        return answer

    def is_tired(self) -> bool:
        """Tell whether it may end by itself before it has another task."""
        return time.monotonic() - self._rests_since > LONGEST_REST / 2

    def kill(self) -> None:
        """End the process at once; who waits for its answer waits no more."""
        self._process.kill()

    def end(self) -> str:
        """End the process and the connection, and return how it ended, in words; nobody may wait for an answer."""
        self.is_fit = False
        self._process.kill()
        if not self._connection.closed:
            self._connection.close()
        return _ended(self._process.wait())


def _ended(status: int) -> str:
    if status == -signal.SIGKILL:
        return "was killed, most likely for its memory"
    return f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"


def unpacked(answer: bytes) -> Any:
    """Return the result that an answer holds, or raise the error."""
    is_done, content, told = pickle.loads(answer)  # noqa: S301 - our own process has packed it
    if is_done:
        return content
    error = content if isinstance(content, Exception) else WorkFailed(content)
    raise error from WorkFailed(told)
