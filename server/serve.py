"""Serving datasets over HTTP until told to stop: a watch over where they come from, then granian's workers.

Comes in: a `Config` and an origin. What runs: this process (granian's, and the watch in a
thread), HTTP workers forked from it, and query supervisors with their own workers. All of
them end with this one, however it ends. Nothing starts before the port is free. What is
wrong with the data ends nothing: it is told on /health and on stderr, and the server
answers from the last good data, or that it has none, until there is better.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from server.config import Config
from server.observability import logs
from server.observability.metrics import prepare
from server.query.limits import QUEUE
from server.query.yasgui import has_editor
from server.releases.offered import read_offered
from server.serving.follower import factory
from server.serving.origin import Origin
from server.serving.runtime_folder import runtime_folder
from server.serving.waiting import LIVE
from server.serving.watch import Watch

# Besides those that wait for a query, of which there may be as many as the query service takes, a few threads a
# worker; the interpreter runs one at a time. With fewer, thirty runaway queries held up /health for 9.5 s.
_PAGE_THREADS: Final = 4
_LEAST_DESCRIPTORS: Final = 64
"""An HTTP worker has 40 before anybody connects; each connection takes one more."""
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)
_STOP_SECONDS: Final = 5
_POLL_SECONDS: Final = 0.02


class UnusableAddress(ValueError):
    """The server cannot listen there; the message says why and what to do."""


class TooFewDescriptors(ValueError):
    """No HTTP worker could run; the message says how many files it must be allowed to open."""


class PortInUse(UnusableAddress):
    """Another process listens on the port."""


def run(config: Config, origin: Origin) -> None:
    """Serve what an origin has until SIGINT or SIGTERM, then stop everything that was started.

    Prints one line with the address when the first answer is ready, and before it one on
    stderr for each release that is not whole, which is then not offered, and one for what is
    wrong with the dataset. Raises `UnusableAddress`, `TooFewDescriptors`, `NoRuntimeFolder`,
    or what `read_offered` does, before anything has started.
    """
    offered = read_offered(config)
    for message in offered.refused.values():
        click.echo(f"battlegraph warns: {config.releases}/{message}; this release is not offered", err=True)
    address, port = claim_address(config.host, config.port)
    _allow_descriptors()
    with _interrupted_by_signals(), runtime_folder() as folder, contextlib.ExitStack() as stack:
        serving = replace(config, host=address, port=port, runtime=folder)
        watch = Watch(serving, origin, offered)
        stack.callback(watch.stop)
        watch.begin()
        _keep_numbers(folder)
        # Granian's workers inherit nothing but the environment.
        os.environ.update(serving.to_environ())
        server = Granian(
            # Imported here already, so that the workers forked from this process start in a few milliseconds.
            f"{factory.__module__}:{factory.__name__}",
            factory=True,
            interface=Interfaces.WSGI,
            address=address,
            port=port,
            workers=serving.workers,
            blocking_threads=_PAGE_THREADS + serving.query_workers + QUEUE,
            respawn_failed_workers=True,
            workers_kill_timeout=_STOP_SECONDS,
            log_level=LogLevels.error,
            log_dictconfig=logs.configuration(),
        )
        os.register_at_fork(before=_hold_signals, after_in_parent=_release_signals, after_in_child=_forget_handlers)
        threading.Thread(target=_announce, args=(address, port), daemon=True).start()
        server.serve()


def claim_address(host: str, port: int) -> tuple[str, int]:
    """Return the numeric address and the port to listen on; port 0 becomes a free one.

    Granian sets SO_REUSEPORT, with which two servers would silently share one port, so
    the port is bound once without it. Raises `UnusableAddress`.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise UnusableAddress(f"{host!r} is not an address of this machine: {error.strerror}") from error
    with socket.socket(family, kind, protocol) as probe:
        # Connections of a server that just stopped linger on its port; a listening one still refuses.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(
                    f"port {port} of {host} is in use: stop what listens there, or choose another with --port"
                ) from error
            raise UnusableAddress(f"cannot listen on port {port} of {host}: {error.strerror}") from error
        bound = probe.getsockname()
        return bound[0], bound[1]


def _keep_numbers(folder: Path) -> None:
    """Have the workers count what they do, where there is room for that."""
    try:
        prepare(folder)
    except OSError as error:
        click.echo(f"battlegraph warns: no metrics are kept: {error}", err=True)


def _allow_descriptors() -> None:
    """Take as many descriptors as this process may: a shell's limit is meant for programs that never need many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < _LEAST_DESCRIPTORS:
        raise TooFewDescriptors(
            f"a process may have {hard} open files here, and an HTTP worker needs {_LEAST_DESCRIPTORS}: "
            "raise the limit (`ulimit -n`, or LimitNOFILE= in a systemd unit)"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextlib.contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Have SIGTERM unwind this process as SIGINT does, so that everything started is stopped."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    # Granian replaces both while it serves; these act before and after.
    previous = {number: signal.signal(number, leave) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _hold_signals() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)


def _release_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def _forget_handlers() -> None:
    """Let a worker end by a signal until it has handlers of its own.

    It is forked with those of its parent, which would swallow a stop that comes at once.
    """
    for number in _STOPPING:
        signal.signal(number, signal.SIG_DFL)
    _release_signals()


def _announce(address: str, port: int) -> None:
    """Print the server's address once it answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104  what to ask, not to bind
    while True:
        connection = http.client.HTTPConnection(reachable, port, timeout=_STOP_SECONDS)
        try:
            connection.request("GET", LIVE)
            connection.getresponse().read()
        except OSError:
            time.sleep(_POLL_SECONDS)
        else:
            break
        finally:
            connection.close()
    shown = f"[{reachable}]" if ":" in reachable else reachable
    click.echo(f"battlegraph serves http://{shown}:{port}/ (Ctrl-C stops it)")
    if not has_editor():
        # Installers swallow what a build hook says, so it is said again where somebody sees it.
        click.echo("The query page has no editor, only its form: to have both, install again with a network.", err=True)
