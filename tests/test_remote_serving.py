"""Fronts of one store: alike, up to date, and serving what they have while it is away."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import live
import stores

from server.bench.processes import free_port

PLACE: Final = "/page/place/hadrut"
QUERY: Final = "/sparql?format=json&query=" + quote("SELECT ?g { GRAPH ?g { } } ORDER BY ?g")
TAGGED: Final = (PLACE, "/data/place/hadrut.ttl", "/", QUERY)


def tags(server: live.Server) -> list[str | None]:
    """Return the entity tags of a page, data, the home page and a query's answer."""
    return [server.request("GET", path)[0].getheader("ETag") for path in TAGGED]


def statuses(*servers: live.Server) -> list[int]:
    """Return what each server answers with."""
    return [server.request("GET", PLACE)[0].status for server in servers]


def health(server: live.Server) -> dict[str, object]:
    """Return what a server says of its state."""
    answer: dict[str, object] = json.loads(server.request("GET", "/health")[1])
    return answer


def within(seconds: float, holds: Callable[[], object]) -> bool:
    """Tell whether something comes to hold in this time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_fronts_are_alike_and_follow_the_store(dataset_file: Path, tmp_path: Path) -> None:
    """From before there is anything in it, over two versions, its end, and its return."""
    lines = dataset_file.read_bytes().splitlines(keepends=True)
    other = stores.version_folder(tmp_path / "other", [line for line in lines if b"/gap/" not in line])
    port, kept = free_port(), ("--location", str(tmp_path / "kept"))
    with (
        stores.oxigraph(tmp_path / "store", *kept, port=port) as store,
        stores.front(tmp_path / "one", store) as one,
        stores.front(tmp_path / "two", store) as two,
    ):
        assert one.request("GET", PLACE)[0].status == 503
        assert "has no dataset of battlegraph" in str(health(one)["fault"])
        assert stores.load(store, dataset_file.parent).returncode == 0
        assert within(40, lambda: statuses(one, two) == [200, 200])
        first = tags(one)
        assert tags(two) == first
        assert None not in first

        assert stores.load(store, other).returncode == 0
        seen = set(statuses(one, two))
        while tags(one)[0] == first[0] or tags(two)[0] == first[0]:
            seen.update(statuses(one, two))
        assert seen == {200}
        assert tags(one) == tags(two)

        second, cached = tags(one), one.request("GET", PLACE)[1]
        store.process.send_signal(signal.SIGKILL)
        store.process.wait()
        answer, body = one.request("GET", PLACE)
        assert (answer.status, body) == (200, cached)
        answer, _ = one.request("GET", "/page/polity/azerbaijan")
        assert (answer.status, answer.getheader("Retry-After") is not None) == (503, True)
        answer, _ = one.request("GET", "/sparql?format=json&query=" + quote("SELECT * { ?s ?p 1 }"))
        assert answer.status == 503
        assert within(20, lambda: "cannot be reached" in str(health(one)["fault"]))
        assert one.request("GET", "/health/live")[0].status == 200

        with stores.oxigraph(tmp_path / "again", *kept, port=port):
            assert within(45, lambda: one.request("GET", "/page/polity/azerbaijan")[0].status == 200)
            assert within(45, lambda: health(one)["fault"] is None)
            assert tags(one) == tags(two) == second
