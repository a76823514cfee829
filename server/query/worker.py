"""A query worker: one process that answers one query at a time, and may be killed at any moment.

Forked by the supervisor with what that has loaded, it takes connections from the socket all
workers share. Whatever a query does to it, the client learns of it by the end of the
connection, and the supervisor forks another.
"""

from __future__ import annotations

import faulthandler
import os
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Final, NoReturn, TypeAlias

from server.config import Config
from server.query.engine import Engine
from server.query.failures import QueryError, QueryOutOfMemory
from server.query.isolation import close_all_but, deepen_stack, end_with, limit_memory
from server.query.wire import LENGTH, Answer, Reader, Request, decode_request, encode_answer, encode_error

_Answering: TypeAlias = Callable[[Request], Answer]

GRACE: Final = 1.0
"""Seconds after its deadline at which a worker ends by itself, should its client not have ended it."""
UNFIT: Final = 70
"""Exit status of a worker that could not begin, as no other will."""
FAULTY: Final = 1
"""Exit status of a worker that met a fault of ours in the middle of its work."""
_ONE_PART: Final = 1 << 16


def run(listener: socket.socket, engine: Engine, config: Config, *, parent: int) -> NoReturn:
    """Answer queries until killed; the process does nothing else any more."""
    status = UNFIT
    try:
        _isolate(listener, parent)
        own_process = os.pidfd_open(os.getpid())
        waiting = _wait_on(listener)
        answering = engine.open(config.result_bytes)
        limit_memory(config.query_memory)
        # The next descriptor will be that of the connection, so a crash is told to the client.
        faulthandler.enable(engine.close_ways_out(), all_threads=False)
        status = FAULTY
        _answer_all(listener, waiting, own_process, answering, config)
        status = 0
    except BaseException:  # noqa: BLE001 - the outermost frame of the process: nothing above it could tell
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # Not sys.exit: the supervisor's frames below this one are not the worker's to unwind.
        os._exit(status)


def _isolate(listener: socket.socket, parent: int) -> None:
    end_with(parent, signal.SIGKILL)
    close_all_but(listener.fileno())
    # The engine's own words about a failed allocation go nowhere; Python's stay readable.
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(0, 2)
    os.dup2(0, 1)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    deepen_stack()


def _wait_on(listener: socket.socket) -> select.epoll:
    listener.setblocking(False)
    # Of the workers that wait this way the kernel wakes the one that has been there longest, whose memory is warm;
    # of those that wait in accept it would take the coldest.
    waiting = select.epoll()
    waiting.register(listener, select.EPOLLIN | select.EPOLLEXCLUSIVE)
    return waiting


def _answer_all(
    listener: socket.socket, waiting: select.epoll, own_process: int, answering: _Answering, config: Config
) -> None:
    """Answer one connection after another, until the process has grown too large to be kept."""
    fresh = _peak_memory()
    # Memory once needed stays with the process, so a worker that has used much of its allowance makes room for
    # a fresh one, and every query finds at least three quarters of it.
    while _peak_memory() - fresh < config.query_memory // 4:
        waiting.poll()
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            continue  # another worker was faster
        with connection:
            # The default action ends the process at once, in the middle of the engine's work. The client's own
            # deadline comes first; this one is for a client that was killed or stopped.
            signal.setitimer(signal.ITIMER_REAL, config.query_deadline + GRACE)
            try:
                _answer_one(connection, own_process, answering)
            except (BrokenPipeError, ConnectionResetError):
                continue  # the client has gone, as it does where it waited too long
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)


def _answer_one(connection: socket.socket, own_process: int, answering: _Answering) -> None:
    socket.send_fds(connection, [b"\0"], [own_process])
    reader = Reader(connection.recv)
    head = reader.take(LENGTH.size)
    if len(head) < LENGTH.size:
        return
    request = decode_request(reader.take(*LENGTH.unpack(head)))
    try:
        answer = answering(request)
    except QueryError as error:
        connection.sendall(encode_error(error))
    except MemoryError:
        connection.sendall(encode_error(QueryOutOfMemory()))
    else:
        head = encode_answer(answer)
        # In one part where that costs no copy worth speaking of: each part wakes the client.
        if len(answer.body) < _ONE_PART:
            connection.sendall(head + answer.body)
        else:
            connection.sendall(head)
            connection.sendall(answer.body)


def _peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
