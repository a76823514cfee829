"""SPARQL servers that a dataset is loaded into and served from: Oxigraph's and Virtuoso's, each on a free port."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import live
import pytest

from graph.namespaces import CANONICAL_BASE
from graph.releases import QUADS_FILE, Manifest, software_version
from server.bench.peers.virtuoso import configured
from server.bench.processes import Endpoint, await_answer, find_program, free_port, running
from server.config import Config
from server.remote.opening import open_endpoint, open_remote
from server.remote.origin import RemoteOrigin
from server.site import Site

COMMAND: Final = [sys.executable, "-c", "from server.cli import main; main()"]
DBA: Final = {"BATTLEGRAPH_LOAD_USER": "dba", "BATTLEGRAPH_LOAD_PASSWORD": "dba"}
"""Virtuoso's own user, with the password it has at first."""
_START_SECONDS: Final = 60
_BUFFERS: Final = 10_000
"""Of Virtuoso, 8 KiB each."""


@dataclass(frozen=True, slots=True)
class Store:
    """A SPARQL server that runs."""

    name: str
    address: str
    """What `serve --store` and `load` take."""
    process: subprocess.Popen[bytes]
    environ: Mapping[str, str] = field(default_factory=dict)
    """Who loads into it."""


@contextlib.contextmanager
def oxigraph(folder: Path, *arguments: str, port: int | None = None) -> Iterator[Store]:
    """Run Oxigraph's server, in memory unless the arguments say otherwise."""
    folder.mkdir(exist_ok=True)
    endpoint = Endpoint("Oxigraph", port or free_port(), "/query")
    command = ["oxigraph", "serve", "--bind", f"127.0.0.1:{endpoint.port}", *arguments]
    with running(command, folder) as process:
        await_answer(endpoint, process, _START_SECONDS)
        yield Store("Oxigraph server", f"sparql:http://127.0.0.1:{endpoint.port}/query", process)


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Store]:
    """Run Virtuoso; skip the test where it is not installed, which no CI is without."""
    if find_program("virtuoso-t") is None:
        pytest.skip("Virtuoso is not installed (Debian package virtuoso-opensource-7)")
    folder.mkdir(exist_ok=True)
    endpoint = Endpoint("Virtuoso", free_port())
    command = configured(folder, port=endpoint.port, sql_port=free_port(), data=folder, buffers=_BUFFERS)
    with running(command, folder) as process:
        await_answer(endpoint, process, _START_SECONDS)
        yield Store("Virtuoso", f"sparql:http://127.0.0.1:{endpoint.port}/sparql", process, DBA)


STORES: Final = {"Oxigraph server": oxigraph, "Virtuoso": virtuoso}


def load(
    store: Store, dataset: Path, *arguments: str, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Load the dataset of a version folder as the command line does; return what that came to."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BATTLEGRAPH_LOAD")}
    return subprocess.run(
        [*COMMAND, "load", store.address, "--dataset", str(dataset), *arguments],
        env={**own, "NETRC": os.devnull, **store.environ, **(environ or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def open_site(store: Store, config: Config) -> Site:
    """Return a site of what is served from a store."""
    finding = RemoteOrigin(open_endpoint(store.address, config)).find()
    assert finding.found, finding.fault
    dataset, queries = open_remote(finding.found, config)
    return Site(config, dataset, queries)


def version_folder(folder: Path, lines: Sequence[bytes]) -> Path:
    """Write lines of N-Quads as a build does, in order and beside a manifest; return the folder."""
    folder.mkdir(parents=True)
    content = b"".join(sorted(set(lines)))
    (folder / QUADS_FILE).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(software_version(), "0.1.0", "2026-11-24", CANONICAL_BASE, "0" * 64, digest)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
    return folder


def served(store: Store) -> str | None:
    """Return the digest of the dataset that a front would serve, None where there is none; nothing else is expected."""
    finding = RemoteOrigin(open_endpoint(store.address, Config(Path(QUADS_FILE)))).find()
    assert finding.found or (finding.fault and "has no dataset" in finding.fault), finding.fault
    return finding.found.digest if finding.found else None


@contextlib.contextmanager
def front(scratch: Path, store: Store, *arguments: str) -> Iterator[live.Server]:
    """Run a server of what is in a store on a free port until the block ends."""
    command = [*live.COMMAND, "--store", store.address]
    with live.running(scratch, *arguments, dataset=None, command=command) as server:
        yield server
