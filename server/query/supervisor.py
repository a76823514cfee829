"""The parent of the query workers: loads what they share once, forks them, replaces those that end.

A process of its own, started by exec, because forking is safe only where there is one
thread, and the HTTP workers have many. It takes its configuration from the environment,
says on standard output whether it is ready, and ends with its parent or by SIGTERM.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from graph.paths import python_path
from graph.releases import UnreadableDataset
from server.config import Config, InvalidSetting
from server.query import worker
from server.query.engine import Engine, prepare
from server.query.isolation import end_with
from server.query.limits import QUEUE
from server.serving.files import find_file

_READY: Final = "ready"
_PAUSE: Final = 0.5
"""Seconds before a service that has ended is started again: one that cannot run must not keep the machine busy."""
_LONGEST_PATH: Final = 107  # unix(7): 108 bytes with the final zero
_CRASHES: Final[dict[int, str]] = {
    signal.SIGABRT: "SIGABRT, for want of memory,",
    signal.SIGSEGV: "SIGSEGV",
    signal.SIGBUS: "SIGBUS",
    signal.SIGILL: "SIGILL",
}
_SIGNALS: Final = (signal.SIGTERM, signal.SIGCHLD)


class QueryServiceFailed(RuntimeError):
    """The query service did not start; the message says why."""


def start(config: Config) -> subprocess.Popen[bytes]:
    """Start the query service and return its process once it answers.

    Raises `QueryServiceFailed` where it does not. Call it from the main thread: the
    service ends when the thread that started it does.
    """
    process = _launch(config)
    _await_ready(process)
    return process


class Keeper:
    """Keeps a query service running: starts it, and starts it again where it ends by itself or does not start."""

    def __init__(self, config: Config) -> None:
        """Start the service, and return when it answers or has failed to."""
        self._config = config
        self._is_stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._fault: str | None = None
        self._start()
        # The thread stays to the end, so the services it starts do.
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    @property
    def fault(self) -> str | None:
        """Why the service does not answer, in a sentence; None where it does."""
        return self._fault

    def stop(self) -> None:
        """End the service and return when it has ended."""
        self._is_stopping.set()
        with self._lock:
            if self._process is not None:
                self._process.terminate()
        self._thread.join()

    def _start(self) -> None:
        try:
            with self._lock:
                if self._is_stopping.is_set():
                    return
                self._process = _launch(self._config)
            _await_ready(self._process)
        except (QueryServiceFailed, OSError) as error:
            self._fault = str(error)
        else:
            self._fault = None

    def _keep(self) -> None:
        while True:
            if self._process is not None:
                status = self._process.wait()
                self._fault = self._fault or f"The query service ended with status {status}."
            if self._is_stopping.is_set():
                return
            sys.stderr.write(f"{self._fault} It is started again.\n")
            if self._is_stopping.wait(_PAUSE):
                return
            self._start()


def _launch(config: Config) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "server.query.supervisor", str(os.getpid())],
        env={**os.environ, **config.to_environ(), "PYTHONPATH": python_path()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )


def _await_ready(process: subprocess.Popen[bytes]) -> None:
    with process.stdout as output:  # type: ignore[union-attr]  # it is a pipe
        said = output.readline().decode().strip()
    if said != _READY:
        process.wait()
        raise QueryServiceFailed(
            said or f"The query service ended with status {process.returncode} before it was ready."
        )


def main(parent: int) -> int:
    """Run the supervisor; return 0 after SIGTERM, 1 where it could not start or go on."""
    end_with(parent, signal.SIGTERM)
    # A terminal sends it to every process at once; the server decides when queries end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        config = Config.from_environ(os.environ)
        engine = prepare(config.found or find_file(config.dataset), config.query_engine)
        _try(engine)
        # Until here SIGTERM ends the process at once; from here there is something to clear away.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        listener, path = _listen(config)
    except (InvalidSetting, UnreadableDataset, OSError) as error:
        print(f"The query service cannot start: {error}", flush=True)  # noqa: T201 - `_await_ready` reads it
        return 1
    try:
        return _supervise(listener, engine, config)
    finally:
        path.unlink(missing_ok=True)


def _try(engine: Engine) -> None:
    """Open the engine in a process that ends with that; raise `UnreadableDataset` where no worker could."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            engine.open(0)
        except UnreadableDataset as error:
            os.write(writing, str(error).encode())
        finally:
            # What the engine has started in this process is not to be unwound, and neither are the frames below.
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        fault = said.read().decode()
    os.waitpid(pid, 0)
    if fault:
        raise UnreadableDataset(fault)


def _listen(config: Config) -> tuple[socket.socket, Path]:
    path = config.query_socket
    if path is None:
        raise InvalidSetting("query_socket is not set: it must name the Unix socket of the query service")
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise InvalidSetting(f"query_socket is {path}: a socket's path may have {_LONGEST_PATH} bytes")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if _is_abandoned(path):
        path.unlink()
    mask = os.umask(0o177)
    try:
        listener.bind(str(path))
    except OSError as error:
        raise OSError(f"{path}: {error.strerror}") from error
    finally:
        os.umask(mask)
    # Linux lets one more wait than the number says.
    listener.listen(QUEUE - 1)
    return listener, path


def _is_abandoned(path: Path) -> bool:
    """Tell whether there is a socket that nobody listens on, as a killed supervisor leaves behind."""
    if not path.is_socket():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) != 0


def _supervise(listener: socket.socket, engine: Engine, config: Config) -> int:
    # Objects that live as long as the process are kept out of collections, which would unshare their pages.
    gc.freeze()
    workers = {_fork(listener, engine, config) for _ in range(config.query_workers)}
    print(_READY, flush=True)  # noqa: T201 - `_await_ready` reads it
    os.dup2(0, 1)
    try:
        while signal.sigwait(_SIGNALS) == signal.SIGCHLD:
            ended = _ended(workers)
            workers -= ended.keys()
            for pid, status in ended.items():
                if status == worker.UNFIT:
                    return 1
                if -status in _CRASHES:
                    sys.stderr.write(f"query worker {pid} ended by {_CRASHES[-status]} and was replaced\n")
                workers.add(_fork(listener, engine, config))
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        for pid in workers:
            os.waitpid(pid, 0)
    return 0


def _ended(workers: set[int]) -> dict[int, int]:
    """Return the workers that have ended, each with its exit status, negative for a signal."""
    waited = (os.waitpid(pid, os.WNOHANG) for pid in workers)
    return {pid: os.waitstatus_to_exitcode(status) for pid, status in waited if pid}


def _fork(listener: socket.socket, engine: Engine, config: Config) -> int:
    supervisor = os.getpid()
    pid = os.fork()
    if pid == 0:
        worker.run(listener, engine, config, parent=supervisor)
    return pid


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
