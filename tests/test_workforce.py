"""Processes of this machine: every task accounted for, one that is killed alone lost, none outliving its use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from labour import Order, Shared, obey

from graph.paths import ROOT
from graph.workforce import hands
from graph.workforce.force import Failed, Finished, ProcessKilled, UnusableScheduler, WorkFailed, Workforce
from graph.workforce.opening import Here, open_workforce


@pytest.fixture
def workforce() -> Iterator[Workforce]:
    with open_workforce(workers=2) as force:
        yield force


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("is_here", [False, True])
def test_every_task_is_done_once(workforce: Workforce, *, is_here: bool) -> None:
    force = Here() if is_here else workforce
    done = list(force.each(obey, map(Order, range(100)), Shared(1000)))
    assert sorted(one.result[0] for one in done if isinstance(one, Finished)) == list(range(1000, 1100))
    assert sorted(one.task.number for one in done) == list(range(100))


def test_no_tasks_start_no_process(workforce: Workforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "_Hand", None)
    assert list(workforce.each(obey, [], Shared(1))) == []


def test_what_is_worked_out_of_the_common_part_is_worked_out_once_a_process(workforce: Workforce) -> None:
    done = list(workforce.each(obey, [Order(number, "wait") for number in range(12)], Shared(0)))
    results = [one.result for one in done if isinstance(one, Finished)]
    assert os.getpid() not in {pid for _, pid, _ in results}
    assert len({pid for _, pid, _ in results}) == len({moment for _, _, moment in results}) == 2
    again = list(workforce.each(obey, [Order(1)], Shared(5)))
    assert [one.result[0] for one in again if isinstance(one, Finished)] == [6]


def test_a_process_that_ends_costs_its_own_task_alone(workforce: Workforce) -> None:
    orders = [Order(number, {3: "kill", 4: "kill", 11: "exit"}.get(number, "")) for number in range(20)]
    done = list(workforce.each(obey, orders, Shared(0)))
    failed = {one.task.number: one.error for one in done if isinstance(one, Failed)}
    assert sorted(failed) == [3, 4, 11]
    assert all(isinstance(error, ProcessKilled) for error in failed.values())
    assert "was killed" in str(failed[3])
    assert "status 7" in str(failed[11])
    assert len(done) == 20


@pytest.mark.parametrize("is_here", [False, True])
def test_what_the_work_raises_is_given_with_its_task(workforce: Workforce, *, is_here: bool) -> None:
    force = Here() if is_here else workforce
    done = list(force.each(obey, [Order(1, "raise"), Order(2)], Shared(0)))
    [failed] = [one for one in done if isinstance(one, Failed)]
    assert (failed.task.number, repr(failed.error)) == (1, "KeyError(1)")
    assert is_here or "in obey" in str(failed.error.__cause__)


def test_what_cannot_travel_is_told_in_words(workforce: Workforce) -> None:
    done = workforce.each(obey, [Order(1, "unpackable"), Order(2, "lambda")], Shared(0))
    first, second = sorted((one for one in done if isinstance(one, Failed)), key=lambda one: one.task.number)
    assert isinstance(first.error, WorkFailed)
    assert str(first.error) == "Unpackable: here: a thing"
    assert "pickle" in str(second.error)


def test_no_more_tasks_are_taken_than_are_on_their_way(workforce: Workforce) -> None:
    taken = []

    def orders() -> Iterator[Order]:
        for number in count():
            taken.append(number)
            yield Order(number)

    done = workforce.each(obey, orders(), Shared(0))
    assert len(list(islice(done, 50))) == 50
    assert len(taken) <= 60
    done.close()  # type: ignore[attr-defined]  # an iterator that is a generator


def test_processes_that_rest_for_long_end_and_others_take_their_place(
    workforce: Workforce, monkeypatch: pytest.MonkeyPatch
) -> None:
    [before] = [one.result[1] for one in workforce.each(obey, [Order(1)], Shared(0)) if isinstance(one, Finished)]
    monkeypatch.setattr(hands, "LONGEST_REST", 0.0)
    [after] = [one.result[1] for one in workforce.each(obey, [Order(1)], Shared(0)) if isinstance(one, Finished)]
    assert before != after
    assert not _is_alive(before)


def test_the_processes_end_with_the_body_also_at_work(tmp_path: Path) -> None:
    with open_workforce(workers=2) as workforce:
        done = workforce.each(obey, [Order(1, "sleep", tmp_path), Order(2)], Shared(0))
        assert next(done).task.number == 2
        _await(tmp_path)
    [pid] = _at_work(tmp_path)
    assert not _is_alive(pid)


_SCRIPT = """
from pathlib import Path
from labour import Order, Shared, obey
from graph.workforce.opening import open_workforce
with open_workforce(workers=2) as workforce:
    for done in workforce.each(obey, [Order(1, "sleep", Path({folder!r})), Order(2)], Shared(0)):
        pass
"""


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_the_processes_end_with_the_one_that_started_them(tmp_path: Path, signum: signal.Signals) -> None:
    """Ctrl-C goes to the whole group, as a terminal sends it; the others to the first process alone."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT.format(folder=str(tmp_path))],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _await(tmp_path)
    if signum is signal.SIGINT:
        os.killpg(process.pid, signum)
    else:
        process.send_signal(signum)
    _, error = process.communicate(timeout=30)
    assert error.count("Traceback") == (signum is signal.SIGINT)
    [pid] = _at_work(tmp_path)
    until = time.monotonic() + 10
    while _is_alive(pid):
        assert time.monotonic() < until, "a process outlives the one that started it"
        time.sleep(0.02)


def test_a_cluster_without_dask_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "graph.workforce.cluster", raising=False)
    with pytest.raises(UnusableScheduler, match=r"pip install 'battlegraph\[cluster\]'"), open_workforce("tcp://x:1"):
        pass


def _at_work(folder: Path) -> list[int]:
    return [int(file.stem) for file in folder.glob("*.at-work")]


def _await(folder: Path) -> None:
    until = time.monotonic() + 20
    while not _at_work(folder):
        assert time.monotonic() < until
        time.sleep(0.02)
