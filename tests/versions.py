"""Versions of a dataset on disk, as builds write them, and a server of such a folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import live
import pyoxigraph as ox
import specimen

from graph.disk_store import write_store
from graph.releases import QUADS_FILE, Manifest, software_version
from graph.store import STORE_FOLDER

NAME: Final = "<https://example.org/name>"
GRAPH: Final = "<https://example.org/graph>"
# A server of the versions in a folder, whose path comes where `serve` has that of a file.
_SERVE: Final = """
import sys
from pathlib import Path
from server.config import Config
from server.serve import run
from server.serving.files import BuiltVersions
root = Path(sys.argv[sys.argv.index("--dataset") + 1])
deadline = float(sys.argv[sys.argv.index("--query-deadline") + 1]) if "--query-deadline" in sys.argv else 10.0
run(Config(root / "current", port=0, query_deadline=deadline), BuiltVersions(root))
"""
COMMAND: Final = [sys.executable, "-c", _SERVE]


def lines_of(name: str, *, more: int = 0) -> bytes:
    """Return canonical N-Quads: a specimen, a thing that has this name in two graphs, and more of no interest."""
    quads = {
        f"{quad} .\n"
        for quad in ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG)
        if quad.graph_name != ox.DefaultGraph()
    }
    quads |= {f'<https://example.org/thing> {NAME} "{name}" {graph} .\n' for graph in (GRAPH, f"{GRAPH[:-1]}-2>")}
    quads |= {f'<https://example.org/{i:07}> {NAME} "{i}" {GRAPH} .\n' for i in range(more)}
    return "".join(sorted(quads)).encode()


def write_version(root: Path, name: str, *, is_stored: bool = False, more: int = 0) -> Path:
    """Write a version in which a thing has this name, with a store where wanted, and make it the current one."""
    lines = lines_of(name, more=more)
    folder = root / f"version-{name}"
    folder.mkdir(parents=True)
    (folder / QUADS_FILE).write_bytes(lines)
    digest = hashlib.sha256(lines).hexdigest()
    manifest = Manifest(software_version(), name, "2026-11-24", specimen.BASE, "0" * 64, digest)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)))
    if is_stored:
        write_store(folder / QUADS_FILE, folder / STORE_FOLDER)
    link = root / ".next"
    link.symlink_to(folder.name)
    link.replace(root / "current")
    return folder


@contextlib.contextmanager
def serving(scratch: Path, root: Path, *arguments: str) -> Iterator[live.Server]:
    """Run a server of the versions in a folder until the block ends."""
    with live.running(scratch, *arguments, dataset=root, command=COMMAND) as server:
        yield server
