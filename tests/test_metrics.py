"""What /metrics says of a real server: every request and query, whichever process answered, also after a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import live
import pytest
import specimen
from prometheus_client.parser import text_string_to_metric_families

from server.observability.metrics import Present
from server.observability.observer import PATH, Observer, observe

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server that ends queries early."""
    scratch = tmp_path_factory.mktemp("metrics")
    with live.running(scratch, "--query-deadline", "0.5", "--query-workers", "1") as running:
        yield running


def _read(server: live.Server) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    response, body = server.request("GET", PATH)
    assert response.status == 200
    families = text_string_to_metric_families(body.decode())
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def _value(server: live.Server, name: str, **labels: str) -> float:
    return _read(server).get((f"battlegraph_{name}", frozenset(labels.items())), 0.0)


def _until(condition: Callable[[], bool], seconds: float = 8) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _requests(server: live.Server, **labels: str) -> float:
    wanted = labels.items()
    return sum(
        value
        for (name, found), value in _read(server).items()
        if name == "battlegraph_http_requests_total" and wanted <= set(found)
    )


def test_every_request_is_counted_whichever_process_answered(counting: live.Server) -> None:
    """By the pattern of the address and not by the address; those from the cache too, within seconds."""
    label = {"route": "/page/<path:name>", "method": "GET"}
    before = _requests(counting, **label)
    for _ in range(20):
        assert counting.request("GET", f"/page/{specimen.EVENT}")[0].status == 200
    assert counting.request("GET", "/page/event/unheard-of")[0].status == 404
    assert _until(lambda: _requests(counting, **label) == before + 21)
    assert _requests(counting, **label, status="404", cache="miss") == 1
    # Each of two processes is asked by its first request at most.
    assert _requests(counting, **label, status="200", cache="hit") >= 18
    assert _value(counting, "http_request_duration_seconds_count", route=label["route"]) >= 2
    assert _value(counting, "cache_bytes") > 4096


def test_an_unknown_address_makes_no_number_of_its_own(counting: live.Server) -> None:
    """Else whoever scans a server would fill its memory."""
    for number in range(5):
        counting.request("GET", f"/nothing-{number}")
        counting.request("MAKE-UP", f"/nothing-{number}")
    assert not [labels for _, labels in _read(counting) if any("nothing" in value for _, value in labels)]
    assert _requests(counting, route="unmatched", method="other") >= 5


def test_what_becomes_of_queries_is_counted(counting: live.Server) -> None:
    """Ended at the deadline, not understood, answered; and none is left in progress."""
    before = {
        name: _value(counting, "queries_total", outcome=name) for name in ("timed_out", "syntax_error", "answered")
    }
    assert counting.ask(ENDLESS)[0].status == 503
    assert counting.ask("SELECT")[0].status == 400
    assert counting.ask("ASK { ?s ?p ?o }", {"Accept": "application/json"})[0].status == 200
    for name, number in before.items():
        assert _value(counting, "queries_total", outcome=name) == number + 1, name
    assert _value(counting, "queries_in_progress") == 0
    assert _value(counting, "query_workers") == 1
    assert _value(counting, "query_duration_seconds_sum") >= 0.5


def test_a_query_that_runs_is_in_progress(counting: live.Server) -> None:
    """So that a queue is seen while there is one."""
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(counting.ask, f"{ENDLESS}#{number}") for number in range(3)]
        assert _until(lambda: _value(counting, "queries_in_progress") == 3, 2)
        assert {one.result()[0].status for one in asked} == {503}


def test_the_dataset_is_named(counting: live.Server) -> None:
    """As health has it."""
    health = json.loads(counting.request("GET", "/health")[1])
    (labels,) = [labels for name, labels in _read(counting) if name == "battlegraph_dataset"]
    assert dict(labels)["digest"] == health["dataset"]
    assert _value(counting, "generation") >= 1


def test_a_killed_process_takes_no_numbers_with_it(counting: live.Server) -> None:
    """Its successor goes on from them; what it had in progress is over."""
    counting.request("GET", "/about")
    before = _read(counting)
    assert before
    for pid in _http_workers(counting):
        os.kill(pid, signal.SIGKILL)

    def answers() -> bool:
        try:
            return counting.request("GET", "/about")[0].status == 200
        except OSError:
            return False

    assert _until(answers, 15)
    after = _read(counting)
    fallen = [key for key, value in before.items() if key[0].endswith("_total") and after.get(key, 0) < value]
    assert not fallen
    assert after[("battlegraph_queries_in_progress", frozenset())] == 0


def _http_workers(server: live.Server) -> list[int]:
    command = Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
    forked = [pid for pid in server.pids() if Path(f"/proc/{pid}/cmdline").read_bytes() == command]
    return [pid for pid in forked if pid != server.process.pid]


@pytest.mark.parametrize(
    ("method", "headers", "status", "media_type"),
    [
        ("GET", {}, 200, "text/plain"),
        ("GET", {"Accept": "application/openmetrics-text; version=1.0.0"}, 200, "application/openmetrics-text"),
        ("HEAD", {}, 200, "text/plain"),
        ("POST", {}, 405, "text/plain"),
    ],
)
def test_metrics_are_had_in_both_formats_and_never_kept(
    counting: live.Server, method: str, headers: Mapping[str, str], status: int, media_type: str
) -> None:
    """As Prometheus asks for them."""
    response, body = counting.request(method, PATH, headers)
    assert (response.status, (response.headers["Content-Type"] or "").partition(";")[0]) == (status, media_type)
    assert response.headers["Cache-Control"] == "no-store"
    assert bool(body) is (method != "HEAD")
    assert (response.headers["Allow"] == "GET, HEAD") is (status == 405)


def test_http_workers_keep_to_one_processor_each(counting: live.Server) -> None:
    """And to different ones where there are several."""
    kept = [os.sched_getaffinity(pid) for pid in _http_workers(counting)]
    assert [len(one) for one in kept] == [1, 1]
    assert len(frozenset.union(*map(frozenset, kept))) == min(2, len(os.sched_getaffinity(0)))


def test_without_room_for_numbers_a_server_runs_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that is gone stands for a disk that is full."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "gone"))
    observer = observe(_hello, lambda: Present("1", "0" * 64, 1), query_workers=1)
    assert "No metrics are kept" in caplog.text
    assert _ask(observer, "/")[0] == "200 OK"
    status, _, body = _ask(observer, PATH)
    assert status == "503 SERVICE UNAVAILABLE"
    assert b"keeps no metrics" in body


def test_a_failure_outside_of_the_app_is_not_hidden() -> None:
    """It is the server's to answer, with 500."""

    def fail(_environ: object, _start: object) -> list[bytes]:
        raise RuntimeError("broken")

    observer = Observer(fail, lambda: None, None, query_workers=1, log_requests=False)
    with pytest.raises(RuntimeError, match="broken"):
        _ask(observer, "/")


def _hello(_environ: object, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def _ask(application: Any, path: str) -> tuple[str, dict[str, str], bytes]:
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO()}
    body = b"".join(application(environ, lambda status, headers: begun.append((status, headers))))
    return begun[0][0], dict(begun[0][1]), body
