"""The numbers of a server, kept for Prometheus by prometheus-client in its multiprocess mode.

Each HTTP worker counts in files of its own, under its slot; whichever is asked adds up
those of all. A worker that takes the place of one that ended goes on from its numbers,
so that counters never fall as long as the server runs.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess, values
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.query import failures
from server.query.failures import QueryError

_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client looks for its folder."""
_FOLDER: Final = "metrics"
_KINDS: Final = ("counter", "histogram", "gauge_livesum")
_FILE_BYTES: Final = 512 << 10
"""Room for some thousand numbers of a kind; the library makes more where that is not enough."""

_ANSWERED: Final = "answered"
_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# From what a page from memory takes to the longest that a query may wait and run.
_REQUEST_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Present:
    """What a server serves at the moment."""

    version: str
    """Of the dataset; empty where it has none."""
    digest: str
    """SHA-256 of the dataset."""
    generation: int
    """How many datasets this server has begun to serve, this one included."""


def prepare(folder: Path) -> None:
    """Make the folder for a server's numbers within its private one, for this process's children to find.

    Raises OSError. To be called once, in the process that starts the HTTP workers.
    """
    numbers = folder / _FOLDER
    numbers.mkdir()
    os.environ[_VARIABLE] = str(numbers)


def prepared() -> Path | None:
    """Return the folder that `prepare` made in a parent of this process, None where there is none."""
    folder = os.environ.get(_VARIABLE)
    return Path(folder) if folder else None


class Metrics:
    """The numbers of one HTTP worker; safe in any number of threads."""

    def __init__(self, folder: Path, slot: int) -> None:
        """Count in the files of this slot. Raises OSError where there is no room for them.

        There can be one in a process: prometheus-client chooses its files for all of it.
        """
        self._folder = folder
        multiprocess.mark_process_dead(slot, str(folder))  # type: ignore[no-untyped-call]  # theirs
        for kind in _KINDS:
            _allocate(folder / f"{kind}_{slot}.db")
        # As its documentation has it for servers that number their workers.
        values.ValueClass = values.MultiProcessValue(lambda: slot)  # type: ignore[no-untyped-call]  # theirs
        own = CollectorRegistry()
        self.requests = Counter(
            "battlegraph_http_requests",
            "Requests answered. cache: whether the answer came from the memory of earlier ones.",
            ("route", "method", "status", "cache"),
            registry=own,
        )
        self.request_seconds = Histogram(
            "battlegraph_http_request_duration_seconds",
            "Time until an answer began that was not in the cache; one from there takes microseconds.",
            ("route",),
            buckets=_REQUEST_SECONDS,
            registry=own,
        )
        self.cache_bytes = Gauge(
            "battlegraph_cache_bytes",
            "Memory that answers to be given again take, in all HTTP workers.",
            multiprocess_mode="livesum",
            registry=own,
        )
        self._queries = Counter(
            "battlegraph_queries",
            "Queries that left the query service, by what became of them; timed_out, out_of_memory and abandoned: "
            "the process that evaluated it was ended.",
            ("outcome",),
            registry=own,
        )
        self._query_seconds = Histogram(
            "battlegraph_query_duration_seconds",
            "Time from sending a query to the query service to having its answer, waiting included.",
            buckets=_REQUEST_SECONDS,
            registry=own,
        )
        self._queries_in_progress = Gauge(
            "battlegraph_queries_in_progress",
            "Queries that run or wait; what is above battlegraph_query_workers waits.",
            multiprocess_mode="livesum",
            registry=own,
        )
        for outcome in (_ANSWERED, *_outcomes()):
            self._queries.labels(outcome)

    @contextlib.contextmanager
    def query(self) -> Iterator[None]:
        """Count what is asked of the query service in this block, and what becomes of it."""
        started, outcome = time.perf_counter(), _ANSWERED
        self._queries_in_progress.inc()
        try:
            yield
        except QueryError as error:
            outcome = _outcome(type(error))
            raise
        finally:
            self._queries_in_progress.dec()
            self._queries.labels(outcome).inc()
            self._query_seconds.observe(time.perf_counter() - started)

    def write(self, accept: str, present: Present | None, query_workers: int) -> tuple[str, bytes]:
        """Return all workers' numbers in the form that a client likes best, and its media type."""
        all_workers = CollectorRegistry()
        multiprocess.MultiProcessCollector(all_workers, str(self._folder))  # type: ignore[no-untyped-call]  # theirs
        all_workers.register(_Settings(present, query_workers))
        encode, media_type = choose_encoder(accept)
        return media_type, encode(all_workers)


class _Settings(Collector):
    """What is the same in every worker, so that there is nothing to add up."""

    def __init__(self, present: Present | None, query_workers: int) -> None:
        self._present, self._query_workers = present, query_workers

    def collect(self) -> Iterator[Metric]:
        present = self._present
        workers = "Processes that evaluate queries."
        yield GaugeMetricFamily("battlegraph_query_workers", workers, self._query_workers)
        generation = "How many datasets the server has begun to serve since it started; 0: none."
        yield GaugeMetricFamily("battlegraph_generation", generation, present.generation if present else 0)
        dataset = GaugeMetricFamily("battlegraph_dataset", "The dataset that is served.", labels=("version", "digest"))
        if present is not None:
            dataset.add_metric((present.version, present.digest), 1)
        yield dataset


def _allocate(file: Path) -> None:
    """Make room for a file that is going to be written as memory, where a full disk would be a signal that kills."""
    with file.open("ab") as opened:
        if file.stat().st_size < _FILE_BYTES:
            os.posix_fallocate(opened.fileno(), 0, _FILE_BYTES)


def _outcomes() -> Iterator[str]:
    found = (value for value in vars(failures).values() if isinstance(value, type) and issubclass(value, QueryError))
    return (_outcome(error) for error in found if error is not QueryError)


def _outcome(error: type[QueryError]) -> str:
    return _WORD.sub("_", error.__name__.removeprefix("Query")).lower()
