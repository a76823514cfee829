"""What a run's figures depend on besides the code: processors, memory, and the versions of what was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from server.bench.grid import Grid
from server.bench.processes import find_program

_PACKAGES: Final = ("pyoxigraph", "granian", "flask", "pyshacl", "rdflib", "oxigraph", "rdflib-endpoint")
_PROGRAMS: Final[Sequence[tuple[str, Sequence[str]]]] = (
    ("virtuoso-t", ["virtuoso-t", "-?"]),
    ("nginx", ["nginx", "-v"]),
    ("node", ["node", "--version"]),
    ("wrk", ["wrk", "--version"]),
)
_VERSION: Final = re.compile(r"\d+(?:\.\d+)+")
_PATIENCE: Final = 10


def environment() -> Grid:
    """Return the facts as a table; what is not installed is left out."""
    return Grid("Measured with", ["", "version or size"], [list(fact) for fact in _facts()])


def _facts() -> Iterator[tuple[str, str]]:
    yield "processors", f"{len(os.sched_getaffinity(0))}, {platform.machine()}"
    yield "memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB"
    yield "system", f"{platform.system()} {platform.release().partition('-')[0]}"
    yield "Python", platform.python_version()
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
    for name, command in _PROGRAMS:
        told = _told_version(command)
        if told is not None:
            yield name, told


def _told_version(command: Sequence[str]) -> str | None:
    program = find_program(command[0])
    if program is None:
        return None
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    found = _VERSION.search(done.stdout + done.stderr)
    return found[0] if found else None
