"""Answers a second under load, as wrk measures them: eight connections, one thread."""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.bench.grid import Grid, shown
from server.bench.processes import Endpoint, find_program

NAME: Final = "wrk"
REMEDY: Final = "the Debian package wrk"

_SECONDS: Final = 1
_TURNS: Final = 3
_CONNECTIONS: Final = 8
_RATE: Final = re.compile(r"^Requests/sec:\s+([\d.]+)", re.MULTILINE)
_FAILED: Final = re.compile(r"^\s*(Non-2xx or 3xx responses: \d+|Socket errors: .*)", re.MULTILINE)


class Refused(RuntimeError):
    """A server did not answer every request under load; the message tells what wrk says."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for of a server."""

    endpoint: Endpoint
    path: str
    accept: str


def is_installed() -> bool:
    """Tell whether wrk is on this machine."""
    return find_program(NAME) is not None


def measure_throughput(kinds: Mapping[str, Sequence[Target]]) -> Grid:
    """Return the table of answers a second: for each kind its targets, ours first, measured in turn.

    A ratio is ours by the other's: what part of its throughput ours reaches.
    """
    heads: list[str] = [""]
    rows: list[list[str]] = []
    for name, targets in kinds.items():
        rates: list[list[float]] = [[] for _ in targets]
        for _ in range(_TURNS):
            for target, measured in zip(targets, rates, strict=True):
                measured.append(_rate(target))
        ours, *others = (statistics.median(measured) for measured in rates)
        rows.append([name, shown(ours), *(cell for other in others for cell in (shown(other), shown(ours / other)))])
        first, *rest = (target.endpoint.name for target in targets)
        heads = ["", first, *(head for other in rest for head in (other, "share"))]
    return Grid(f"Cached answers a second, {_CONNECTIONS} connections", heads, rows)


def _rate(target: Target) -> float:
    url = f"http://127.0.0.1:{target.endpoint.port}{target.path}"
    program = find_program(NAME) or NAME
    load = ["-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", "-H", f"Accept: {target.accept}"]
    done = subprocess.run([program, *load, url], capture_output=True, text=True, timeout=60, check=False)
    rate, failed = _RATE.search(done.stdout), _FAILED.search(done.stdout)
    if rate is None or failed is not None:
        raise Refused(f"{target.endpoint.name}, {target.path}: {failed[1] if failed else done.stderr.strip()}")
    return float(rate[1])
