"""Dask as a workforce: a scheduler and workers in processes of their own, and what goes wrong with them."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from labour import Order, Shared, obey

from graph.paths import ROOT
from graph.workforce.cluster import open_cluster
from graph.workforce.force import Failed, Finished, ProcessKilled, UnusableScheduler, Workforce
from graph.workforce.opening import open_workforce

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a part of a cluster; all of them are ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def launch(part: str, *arguments: str, code: Path = ROOT) -> subprocess.Popen[bytes]:
        with (tmp_path / f"{part}-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", f"distributed.cli.dask_{part}", *arguments, "--no-dashboard"],
                env={
                    **os.environ,
                    "PYTHONPATH": f"{code}:{ROOT / 'tests'}",
                    "DASK_TEMPORARY_DIRECTORY": str(tmp_path),
                },
                cwd=tmp_path,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield launch
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _scheduler(start: Start, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    file = folder / "scheduler.json"
    process = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    _until(file.exists)
    return process, json.loads(file.read_text("utf-8"))["address"]


def _worker(start: Start, address: str, *arguments: str, code: Path = ROOT) -> subprocess.Popen[bytes]:
    return start("worker", address, "--host", "127.0.0.1", "--nthreads", "1", *arguments, code=code)


def _until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_a_cluster_does_what_processes_of_this_machine_do(start: Start, tmp_path: Path) -> None:
    """Every task once, the lost and the mistaken told, and with the end no process left at the workers."""
    _, address = _scheduler(start, tmp_path)
    _worker(start, address)
    _worker(start, address)
    orders = [Order(number, {3: "kill", 5: "raise"}.get(number, "wait")) for number in range(30)]
    with open_workforce(address) as workforce:
        done = list(workforce.each(obey, orders, Shared(100)))
        again = list(workforce.each(obey, [Order(1)], Shared(7)))
    failed = {one.task.number: one.error for one in done if isinstance(one, Failed)}
    results = {one.task.number: one.result for one in done if isinstance(one, Finished)}
    assert sorted(failed) == [3, 5]
    assert isinstance(failed[3], ProcessKilled)
    assert repr(failed[5]) == "KeyError(5)"
    assert {number: result[0] for number, result in results.items()} == {
        n: 100 + n for n in range(30) if n not in failed
    }
    pids = {pid for _, pid, _ in results.values()}
    assert len(pids) >= 2
    assert [one.result[0] for one in again if isinstance(one, Finished)] == [8]
    _until(lambda: not any(map(_is_alive, pids)))


def test_workers_that_are_killed_and_one_that_joins_lose_no_task(start: Start, tmp_path: Path) -> None:
    """One is nobody's to start again; another comes in its place, and is started again by its nanny."""
    _, address = _scheduler(start, tmp_path)
    alone = _worker(start, address, "--no-nanny")
    done: list[int] = []
    places: set[int] = set()
    with open_workforce(address) as workforce:
        for one in workforce.each(obey, [Order(number, "wait") for number in range(100)], Shared(0)):
            assert isinstance(one, Finished)
            number, pid, _ = one.result
            done.append(number)
            if len(done) == 20:
                alone.kill()
                _worker(start, address)
            if len(done) == 60:
                os.kill(_parent(pid), signal.SIGKILL)
            places.add(pid)
    assert sorted(done) == list(range(100))
    assert len(places) == 3


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2].split()[1])


def test_a_scheduler_that_is_killed_is_told_and_what_was_done_is_given(start: Start, tmp_path: Path) -> None:
    scheduler, address = _scheduler(start, tmp_path)
    _worker(start, address)
    done: list[int] = []
    with pytest.raises(UnusableScheduler, match="was lost") as told, open_workforce(address) as workforce:
        _work_until(workforce, done, scheduler.kill)
    assert len(done) >= 10
    assert "\n" not in str(told.value)


def test_the_last_worker_gone_is_told(start: Start, tmp_path: Path) -> None:
    _, address = _scheduler(start, tmp_path)
    worker = _worker(start, address, "--no-nanny")
    with pytest.raises(UnusableScheduler, match="last worker is gone"), open_cluster(address, None, 1.0) as workforce:
        _work_until(workforce, [], worker.kill)


def _work_until(workforce: Workforce, done: list[int], act: Callable[[], None]) -> None:
    """Work on many tasks, and act after ten."""
    for one in workforce.each(obey, [Order(number, "wait") for number in range(200)], Shared(0)):
        done.append(one.task.number)
        if len(done) == 10:
            act()


def test_a_scheduler_without_workers_is_told(start: Start, tmp_path: Path) -> None:
    _, address = _scheduler(start, tmp_path)
    with pytest.raises(UnusableScheduler, match=r"no workers.*dask worker tcp://"), open_cluster(address, None, 0.5):
        pass


@pytest.mark.parametrize("has_other", [True, False])
def test_workers_with_other_code_are_refused(start: Start, tmp_path: Path, *, has_other: bool) -> None:
    """Another version of the code, and none at all."""
    other = tmp_path / "other"
    (other / "graph").mkdir(parents=True)
    (other / "graph" / "__init__.py").touch()
    if has_other:
        shutil.copytree(ROOT / "graph" / "workforce", other / "graph" / "workforce")
        shutil.copy(ROOT / "graph" / "paths.py", other / "graph" / "paths.py")
    _, address = _scheduler(start, tmp_path)
    _worker(start, address, code=other)
    runs = "battlegraph .*" if has_other else "No module named 'graph.workforce'"
    words = rf"runs {runs}, and this is battlegraph .*; install"
    with pytest.raises(UnusableScheduler, match=words) as told, open_workforce(address):
        pass
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("address", ["", "cluster", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://127.0.0.1:x"])
def test_what_is_no_address_is_told_at_once(address: str) -> None:
    with pytest.raises(UnusableScheduler, match="no address of a Dask scheduler"), open_workforce(address):
        pass


@pytest.mark.parametrize(
    "answer", [None, b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0" * 64], ids=["none", "http", "zeros"]
)
def test_what_is_no_scheduler_is_told_in_one_line(answer: bytes | None, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        if answer is None:
            listener.close()
        else:
            threading.Thread(target=_answer, args=(listener, answer), daemon=True).start()
        with (
            pytest.raises(UnusableScheduler, match="no Dask scheduler answers") as told,
            open_cluster(address, None, 1),
        ):
            pass
    gc.collect()
    assert "\n" not in str(told.value)
    assert capfd.readouterr().err == ""


def _answer(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.sendall(answer)
