"""Hours of mixed traffic against one server, and what became of its memory, its files and its answers.

`python tests/soaking.py --seconds 3600` soaks for an hour and prints a line a minute; `test_soak.py` does so for
seconds. Readers, machines, OpenRefine and people who mean no good ask at the same time, as fast as they are answered.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

import live

from graph.queries import questions
from graph.releases import QUADS_FILE, current
from server.bench.table import percentile

PATIENCE: Final = 30
_READERS: Final = 6
SERVER: Final = ("--query-deadline", "2", "--query-workers", "2", "--workers", "2")
_FORMATS: Final = ("text/html", "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples")
_RESULTS: Final = ("application/sparql-results+json", "text/csv", "text/html", "application/sparql-results+xml")
_HOSTILE: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { " + "{ " * 3000 + "} " * 3000 + "}",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p",
    "DROP ALL",
)
_AMISS: Final = (
    "/id/event/no-such-battle",
    "/page/../../etc/passwd",
    "/data/%00",
    "/search?q=" + "%F0%9F%92%A5" * 200,
    "/graph/" + "x" * 3000,
    "/article/battle-of-hadrut?lang=%FF",
    "/dumps/9.9.9/battlegraph.nq.gz",
    "//evil.example/",
)
_DOCUMENTED: Final = 503
"""The one server error that is told beforehand: a query that was ended, or one too many; with Retry-After."""


@dataclass(slots=True)
class Window:
    """What was seen in one stretch of time."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    """Seconds that friendly requests took."""
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    """What should not happen, in words."""
    bytes: int = 0
    """Memory of the server's processes, query workers apart, and what they share counted once."""
    descriptors: int = 0
    processes: int = 0

    def line(self) -> str:
        """Return it as it is printed."""
        return (
            f"{self.seconds:7.0f} s  {sum(self.statuses.values()):7,} requests  p50 "
            f"{1000 * statistics.median(self.times):6.1f} ms  p99 {1000 * percentile(self.times, 0.99):7.1f} ms  "
            f"{self.bytes / 2**20:6.0f} MiB  {self.descriptors:4} descriptors  {self.processes} processes  "
            + " ".join(f"{status}:{count}" for status, count in sorted(self.statuses.items()))
            + "".join(f"\n  FAULT {count} x {what}" for what, count in self.faults.items())
        )


class Soak:
    """Traffic that goes on until it is told to stop."""

    def __init__(self, server: live.Server, seed: int) -> None:
        """Prepare to ask this server; the seed decides what is asked."""
        self._server = server
        self._seed = seed
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._window = Window()
        self._addresses = _addresses(server)
        self._questions = [question.text for question in questions()]

    def run(self, seconds: float, windows: int) -> Iterator[Window]:
        """Yield what was seen in each of so many windows of equal length."""
        clients = [threading.Thread(target=self._ask, args=(self._read, number)) for number in range(_READERS)]
        clients += [threading.Thread(target=self._ask, args=(self._harm, number)) for number in range(2)]
        clients.append(threading.Thread(target=self._ask, args=(self._leave, 0)))
        started = time.monotonic()
        for client in clients:
            client.start()
        try:
            for number in range(1, windows + 1):
                time.sleep(max(0.0, started + number * seconds / windows - time.monotonic()))
                with self._lock:
                    window, self._window = self._window, Window()
                window.seconds = time.monotonic() - started
                window.bytes, window.descriptors, window.processes = _held(self._server)
                yield window
        finally:
            self._stop.set()
            for client in clients:
                client.join()

    def _ask(self, once: Callable[[random.Random], None], number: int) -> None:
        chance = random.Random(f"{self._seed} {once.__name__} {number}")  # noqa: S311  nothing secret
        while not self._stop.is_set():
            try:
                once(chance)
            except OSError as error:
                self._note(f"{once.__name__}: {type(error).__name__}: {error}")
            except http.client.HTTPException as error:
                self._note(f"{once.__name__}: {type(error).__name__}: {error}")

    def _read(self, chance: random.Random) -> None:
        """Ask as readers, machines and OpenRefine do."""
        kind = chance.random()
        if kind < 0.6:
            accept = chance.choice(_FORMATS)
            self._request("GET", chance.choice(self._addresses), {"Accept": accept, "Accept-Encoding": "gzip"})
        elif kind < 0.8:
            # A number makes half of them queries that nobody has sent before.
            text = chance.choice(self._questions) + chance.choice(("", f"\n# {chance.random()}"))
            self._request("GET", f"/sparql?{urlencode({'query': text})}", {"Accept": chance.choice(_RESULTS)})
        elif kind < 0.9:
            asked = {f"q{n}": {"query": chance.choice(("Hadrut", "Azerbaijan", "tank", "Ադրբեջան"))} for n in range(5)}
            body = urlencode({"queries": json.dumps(asked)}).encode()
            self._request("POST", "/reconcile", {"Content-Type": "application/x-www-form-urlencoded"}, body)
        else:
            self._request("GET", f"/search?q={quote(chance.choice(('hadrut', 'T-72', 'хадрут', 'zzz')))}", {})

    def _harm(self, chance: random.Random) -> None:
        """Ask what takes long, takes much, crashes, or is not there."""
        if chance.random() < 0.5:
            query = f"{chance.choice(_HOSTILE)} # {chance.random()}"
            self._request("GET", f"/sparql?{urlencode({'query': query})}", {}, friendly=False)
        else:
            self._request("GET", chance.choice(_AMISS), {}, friendly=False)

    def _leave(self, chance: random.Random) -> None:
        """Begin a request, or to read an answer, and go."""
        with socket.create_connection(("127.0.0.1", self._server.port), timeout=PATIENCE) as connection:
            path = chance.choice(self._addresses)
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/turtle\r\n\r\n".encode()
            connection.sendall(request[: chance.randrange(1, len(request) + 1)])
            self._stop.wait(0.05)

    def _request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None, *, friendly: bool = True
    ) -> None:
        started = time.monotonic()
        response, _ = self._server.request(method, path, headers, body=body)
        took = time.monotonic() - started
        refused = response.status == _DOCUMENTED and "Retry-After" in response.headers and path.startswith("/sparql")
        with self._lock:
            self._window.statuses[response.status] += 1
            if friendly and not refused:
                self._window.times.append(took)
            if response.status >= 500 and not refused:
                self._window.faults[f"{response.status} for {path[:100]}"] += 1

    def _note(self, fault: str) -> None:
        with self._lock:
            self._window.faults[fault] += 1


def judge(windows: Sequence[Window], *, growth: float = 1.1, slower: float = 1.5) -> list[str]:
    """Return what was not as it should be; the first third of the time is for getting warm."""
    warm = windows[len(windows) // 3 :]
    half = len(warm) // 2
    early, late = warm[:half], warm[half:]
    found = [f"{count} x {what}" for window in windows for what, count in window.faults.items()]
    for name, most, values in (
        ("memory", growth, lambda w: w.bytes),
        ("descriptors", growth, lambda w: w.descriptors),
        ("processes", growth, lambda w: w.processes),
        ("p99", slower, lambda w: percentile(w.times, 0.99)),
    ):
        before, after = (statistics.median(map(values, part)) for part in (early, late))
        if after > most * before:
            found.append(f"{name} grew from {before:,.4g} to {after:,.4g}")
    return found


def _addresses(server: live.Server) -> list[str]:
    """Return the paths of the pages that the sitemap lists, and of things by their own names."""
    text = server.request("GET", "/sitemap.xml")[1].decode()
    for part in re.findall(r"<sitemap>\s*<loc>https?://[^/<]+([^<]*)</loc>", text):
        text += server.request("GET", part)[1].decode()
    paths = re.findall(r"<url>\s*<loc>https?://[^/<]+([^<]*)</loc>", text)
    assert paths
    return [*paths, *(path.replace("/page/", "/id/") for path in paths if "/page/" in path)]


def _held(server: live.Server) -> tuple[int, int, int]:
    """Return the memory, the descriptors and the number of the server's lasting processes.

    Query workers come and go, and each may take what a query may: so much is bounded by the server's settings.
    """
    memory = descriptors = processes = 0
    supervisor = server.supervisor()
    for pid in server.pids():
        try:
            if int(Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[1]) == supervisor:
                continue
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            descriptors += len(list(Path(f"/proc/{pid}/fd").iterdir()))
        except OSError:
            continue  # it has ended
        memory += 1024 * int(re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[0])
        processes += 1
    return memory, descriptors, processes


def _drain(server: live.Server) -> None:
    """Read what the server says, which is a line for each worker that a query has ended, so that it need not wait."""
    output = server.process.stdout
    if output is not None:
        threading.Thread(target=lambda: [None for _ in output], daemon=True).start()


def main() -> int:
    """Soak a server and say how it went; return 1 where something was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--window", type=float, default=60, help="seconds between two lines")
    parser.add_argument("--dataset", type=Path, help="N-Quads file; by default the project's own dataset")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = current()
    dataset = given.dataset or (folder / QUADS_FILE if folder else None)
    if dataset is None:
        parser.error("there is no dataset: run `battlegraph build`, or give one with --dataset")
    windows: list[Window] = []
    with tempfile.TemporaryDirectory() as scratch, live.running(Path(scratch), *SERVER, dataset=dataset) as server:
        _drain(server)
        for window in Soak(server, given.seed).run(given.seconds, max(6, round(given.seconds / given.window))):
            windows.append(window)
            print(window.line(), flush=True)  # noqa: T201
    found = judge(windows)
    print("\n".join(found) or "nothing grew, and every error was one that is documented")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
