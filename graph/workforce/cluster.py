"""A cluster of Dask: its workers do what processes of this machine do, each with processes of its own.

The tasks are not done in a worker's own process, because drafting bounds its time and
memory by signals and limits that need a main thread, and because a task that kills its
process then costs that task alone. The work itself is in a plugin of the workers: Dask
gives it to every worker, also to one that joins or is started again in the middle.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import pickle
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, Final

from distributed import Client, KilledWorker, Worker, WorkerPlugin, get_worker, rpc

from graph.workforce.code import running_code
from graph.workforce.flight import in_flight
from graph.workforce.force import Common, Failed, Finished, ProcessKilled, Result, Task, UnusableScheduler
from graph.workforce.hands import Hands, Job
from graph.workforce.local import AHEAD, became

PATIENCE: Final = 10.0
"""Seconds for a scheduler to answer, for a first worker to be there, and twice without any worker in the middle."""

_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|wss?)://)?[^\s/]+:[0-9]{1,5}")
_COUNT_AGAIN: Final = 2.0
"""Seconds after which workers are counted anew: some may have joined."""
_ASK_AGAIN: Final = 0.1
"""Seconds between questions for a first worker."""


@contextlib.contextmanager
def open_cluster(address: str, workers: int | None, patience: float = PATIENCE) -> Iterator[Cluster]:
    """Give the workers of the scheduler at this address, whose processes end with the body.

    Raises `UnusableScheduler` as `opening.open_workforce` says.
    """
    if _ADDRESS.fullmatch(address) is None:
        raise _unusable(address, "no address of a Dask scheduler; one is like tcp://HOST:8786")
    # What Dask would tell on standard error becomes one line of ours.
    with _silent("distributed"):
        try:
            # Asked first, because a client that finds none complains once more when it is cleared away.
            asyncio.run(_greet(address, patience))
            client = Client(address, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's
        except Exception as error:  # what Dask raises about an answer in another language may be anything
            raise _unusable(
                address, f"no Dask scheduler answers there; start one with `dask scheduler`, or leave it out ({error})"
            ) from error
        with client:
            _check_workers(address, client, patience)
            cluster = Cluster(address, client, workers, patience)
            try:
                yield cluster
            finally:
                cluster.dismiss()


class Cluster:
    """The workers of one scheduler, as long as this process is connected to it."""

    def __init__(self, address: str, client: Client, workers: int | None, patience: float) -> None:
        """Give them as many tasks at a time as `workers` says, by default as many as they have threads."""
        self._address = address
        self._client = client
        self._workers = workers
        self._patience = patience
        self._was_empty = False
        self._counted = (0, -math.inf)
        """Threads of all workers, and when they were counted."""
        self._crews: set[str] = set()

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says."""
        crew = _Crew(f"battlegraph-{uuid.uuid4()}", running_code(), Job.of(work, common))
        self._crews.add(crew.name)
        self._client.register_plugin(crew)
        executor: Executor = self._client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # Dask's

        def submit(task: Task) -> Future[bytes]:
            return executor.submit(_at_worker, crew.name, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))

        for task, future in in_flight(submit, tasks, self._most, on_pause=self._look, pause=self._patience):
            self._was_empty = False
            yield self._became(task, future)
        self.dismiss()

    def dismiss(self) -> None:
        """End the workers' processes, as far as the workers can be reached."""
        while self._crews:
            name = self._crews.pop()
            if self._client.status == "running":
                self._client.unregister_worker_plugin(name)  # type: ignore[no-untyped-call]  # Dask's

    def _most(self) -> int:
        if self._workers:
            return self._workers
        threads, counted = self._counted
        if time.monotonic() - counted > _COUNT_AGAIN:
            threads = self._threads()
            self._counted = threads, time.monotonic()
        return AHEAD * max(1, threads)

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())  # type: ignore[no-untyped-call]  # Dask's
        except OSError as error:
            raise self._lost() from error

    def _look(self) -> None:
        """Raise where nothing is to be waited for: a worker that was killed is started again in less time."""
        if self._client.status != "running":
            raise self._lost()
        is_empty = not self._threads()
        if is_empty and self._was_empty:
            raise _unusable(
                self._address,
                f"its last worker is gone; start workers (dask worker {self._address}) and run again: "
                "what is done is kept",
            )
        self._was_empty = is_empty

    def _became(self, task: Task, future: Future[bytes]) -> Finished[Task, Any] | Failed[Task]:
        # What the work itself raises comes as its answer; an error of the future is one of the cluster.
        error = CancelledError() if future.cancelled() else future.exception()
        if isinstance(error, KilledWorker):
            return Failed(task, ProcessKilled("every worker that took it was killed, most likely for its memory"))
        if isinstance(error, CancelledError):
            raise self._lost() from error
        if error is not None and not isinstance(error, ProcessKilled):
            raise _unusable(self._address, f"a worker cannot do the work: {error}") from error
        return became(task, future)

    def _lost(self) -> UnusableScheduler:
        return _unusable(
            self._address,
            "the connection to it was lost; see that it runs, then run again: what is done is kept",
        )


class _Crew(WorkerPlugin):
    """A worker's processes, for one job."""

    def __init__(self, name: str, code: str, job: Job) -> None:
        self.name = name
        self._code = code
        self._job = job
        self._hands: Hands | None = None

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the interface is Dask's
        """Begin at a worker: called by Dask before it gives it tasks."""
        self._hands = Hands()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the interface is Dask's
        """End the processes."""
        if self._hands:
            self._hands.close()

    def do(self, task: bytes) -> bytes:
        """Return the answer to a task."""
        if self._hands is None:
            raise RuntimeError("a task came before the work")
        return self._hands.do(self._job, task)


def _at_worker(name: str, task: bytes) -> bytes:
    crew = get_worker().plugins[name]
    if not isinstance(crew, _Crew):
        raise TypeError(f"the worker has something else by the name {name}")
    return crew.do(task)


async def _greet(address: str, patience: float) -> None:
    """Raise some error unless a scheduler answers."""
    async with asyncio.timeout(patience), rpc(address) as peer:  # type: ignore[no-untyped-call]  # Dask's
        identity = await peer.identity()
    if identity["type"] != "Scheduler":
        raise ValueError(f"it is a {identity['type']}")


def _check_workers(address: str, client: Client, patience: float) -> None:
    """Raise `UnusableScheduler` unless there are workers, and all of them run the code of this process."""

    # A function within a function travels as its code, so that it arrives where battlegraph is not.
    def ask() -> str:
        from graph.workforce.code import running_code as theirs  # noqa: PLC0415 - there, not here

        return theirs()

    own, until = running_code(), time.monotonic() + patience
    is_any = False
    while not is_any:
        for worker, code in sorted(client.run(ask, on_error="return").items()):
            # The scheduler goes on without one that it cannot reach.
            if isinstance(code, OSError):
                continue
            is_any = True
            if code != own:
                raise _unusable(
                    address, f"its worker {worker} runs {code}, and this is {own}; install the same there and here"
                )
        if not is_any and time.monotonic() > until:
            raise _unusable(address, f"it has no workers; start some with `dask worker {address}`")
        time.sleep(0 if is_any else _ASK_AGAIN)


def _unusable(address: str, told: str) -> UnusableScheduler:
    return UnusableScheduler(f"--scheduler {address}: {' '.join(told.split())}")


@contextlib.contextmanager
def _silent(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
