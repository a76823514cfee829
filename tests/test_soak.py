"""Seconds of the soak that takes an hour: that it sees what it should, and finds nothing amiss in so short a time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import live
from soaking import SERVER, Soak, Window, judge


def test_some_seconds_of_mixed_traffic(dataset_file: Path, tmp_path: Path) -> None:
    """Friendly and hostile requests at once: no server error but those that are documented."""
    with live.running(tmp_path, *SERVER, dataset=dataset_file) as server:
        windows = list(Soak(server, seed=1).run(6, windows=3))
    assert not [fault for window in windows for fault in window.faults]
    statuses = sum((window.statuses for window in windows), Counter[int]())
    assert statuses[200] > 50
    assert statuses[400]
    assert all(window.bytes and window.descriptors and window.processes for window in windows)


def test_what_grows_is_told() -> None:
    """Memory and files after the first third, the slowest answers, and every fault."""
    steady = [Window(times=[0.1], bytes=100, descriptors=10, processes=4) for _ in range(6)]
    assert judge(steady) == []
    growing = [Window(times=[0.1 * n], bytes=100 * n, descriptors=10 * n, processes=4) for n in range(1, 7)]
    growing[0].faults["500 for /"] = 2
    assert [told.split(" grew")[0] for told in judge(growing)] == ["2 x 500 for /", "memory", "descriptors", "p99"]
