"""Loading into a store: whole or not at all, wherever it ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import stores

from graph.releases import QUADS_FILE, read_manifest
from server.config import Config
from server.remote.catalogue import read_catalogue
from server.remote.connection import Connection
from server.remote.endpoint import Endpoint
from server.remote.failures import StoreAway, UnfitForStore
from server.remote.loading import Loading
from server.remote.names import CATALOGUE, MANIFEST, ROOT
from server.remote.opening import open_endpoint
from server.remote.origin import RemoteOrigin
from server.remote.samples import read_source
from server.remote.writing import Writer

GRAPH: Final = "https://w3id.org/battlegraph/graph/"
LINE: Final = '<https://w3id.org/battlegraph/id/place/p{0}> <http://example.org/p> "{1} {0}" <{2}g{3}> .\n'


class Killed(BaseException):
    """The loading process ends here."""


class Ending(Writer):
    """A writer whose process is killed after so many requests."""

    def __init__(self, store: stores.Store, after: int) -> None:
        """Write as the command does."""
        base = store.address.removeprefix("sparql:").removesuffix("query")
        connection = Connection(store.address)
        super().__init__(connection, update_url=f"{base}update", graph_store_url=f"{base}store")
        self.left = after

    def _send(self, method: str, url: str, body: bytes, content_type: str) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1
        super()._send(method, url, body, content_type)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stores.Store]:
    """Return a store."""
    with stores.oxigraph(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of two small datasets with as many triples in as many graphs."""
    root = tmp_path_factory.mktemp("versions")
    made = []
    for word in ("first", "second"):
        lines = [LINE.format(number, word, GRAPH, number % 3).encode() for number in range(12)]
        # Said in two graphs, and merged to one triple.
        lines.append(LINE.format(1, word, GRAPH, 2).encode())
        made.append(stores.version_folder(root / word, lines))
    return made[0], made[1]


def digest(folder: Path) -> str:
    """Return the digest of a version."""
    manifest = read_manifest(folder)
    assert manifest is not None
    return manifest.quads


def loading(store: stores.Store, after: int = -1) -> Loading:
    """Return what loads into the store, up to so many requests."""
    return Loading(open_endpoint(store.address, Config(Path(QUADS_FILE))), Ending(store, after), lambda _: None)


def graphs(endpoint: Endpoint) -> set[str]:
    """Return the graphs of a store."""
    return {str(row["g"])[1:-1] for row in endpoint.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}


def test_a_version_stays_until_the_next_but_one(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """And going back to it needs nothing but the switch."""
    first, second = versions
    for folder, was_there in ((first, False), (second, False), (first, True), (second, True), (second, True)):
        loaded = loading(store).load(read_source(folder))
        assert (loaded.quads, loaded.was_there) == (13, was_there)
        assert stores.served(store) == digest(folder)
    endpoint = open_endpoint(store.address, Config(Path(QUADS_FILE)))
    assert len(read_catalogue(endpoint)) == 2
    assert len(graphs(endpoint)) == 2 * (3 + 2) + 1


def test_a_load_that_ends_anywhere_has_loaded_nothing(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """After any number of requests; and the next load clears away what is left of it."""
    first, second = versions
    for folder, other in ((first, second), (second, first)):
        before = loading(store).load(read_source(other))
        # Only a version that is not there any more is sent anew.
        endpoint = open_endpoint(store.address, Config(Path(QUADS_FILE)))
        Loading(endpoint, Ending(store, -1), lambda _: None)._clean(keep=[before.version])
        for after in range(100):
            try:
                loading(store, after).load(read_source(folder))
            except Killed:
                assert stores.served(store) in (digest(other), digest(folder))
            else:
                break
        assert after > 8
        loading(store).load(read_source(folder))
        assert stores.served(store) == digest(folder)
        kept = {listed.version.prefix for listed in read_catalogue(endpoint)}
        assert len(kept) <= 2
        assert all(name == CATALOGUE.value or name.startswith(tuple(kept)) for name in graphs(endpoint))


def test_a_load_that_is_killed_has_loaded_nothing(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """The process of the command, with SIGKILL, at moments between its start and its end."""
    first, _ = versions
    chance = random.Random(8)  # noqa: S311 - the same moments each time
    for number in range(4):
        folder = stores.version_folder(first.parent / f"killed-{number}", [LINE.format(number, "x", GRAPH, 1).encode()])
        before = stores.served(store)
        with subprocess.Popen(
            [*stores.COMMAND, "load", store.address, "--dataset", str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(chance.uniform(0.2, 0.9))
            process.send_signal(signal.SIGKILL)
        assert stores.served(store) in (before, digest(folder))
    loading(store).load(read_source(first))
    assert stores.served(store) == digest(first)


def test_what_a_store_lost_is_not_served(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """It says it took a part, and did not."""
    first, _ = versions
    folder = stores.version_folder(first.parent / "lost", [LINE.format(n, "lost", GRAPH, n).encode() for n in range(5)])

    class Losing(Ending):
        def add(self, graph: ox.NamedNode, triples: bytes) -> None:
            if not graph.value.endswith("g3"):
                super().add(graph, triples)

    before = stores.served(store)
    endpoint = open_endpoint(store.address, Config(Path(QUADS_FILE)))
    with pytest.raises(UnfitForStore, match="has 0 of 1 triples of"):
        Loading(endpoint, Losing(store, -1), lambda _: None).load(read_source(folder))
    assert stores.served(store) == before


def test_of_two_loads_the_later_one_goes_on(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """The other says so, and switches to nothing."""
    first, _ = versions
    mine = stores.version_folder(first.parent / "mine", [LINE.format(1, "mine", GRAPH, 1).encode()])
    theirs = stores.version_folder(first.parent / "theirs", [LINE.format(1, "theirs", GRAPH, 1).encode()])

    class Overtaken(Ending):
        def update(self, text: str) -> None:
            if text.startswith("INSERT {"):
                loading(store).load(read_source(theirs))
            super().update(text)

    endpoint = open_endpoint(store.address, Config(Path(QUADS_FILE)))
    with pytest.raises(StoreAway, match="another load"):
        Loading(endpoint, Overtaken(store, -1), lambda _: None).load(read_source(mine))
    assert stores.served(store) == digest(theirs)


def test_data_of_another_version_is_refused(store: stores.Store, versions: tuple[Path, Path]) -> None:
    """In one line with the remedy; a load by this version mends it."""
    first, second = versions
    loaded = loading(store).load(read_source(first))
    origin = RemoteOrigin(open_endpoint(store.address, Config(Path(QUADS_FILE))))
    for manifest in ('{"software": "9.9"}', "garbage"):
        Ending(store, -1).update(
            f"DELETE {{ GRAPH {CATALOGUE} {{ ?v {MANIFEST} ?m }} }} INSERT {{ GRAPH {CATALOGUE} {{ ?v {MANIFEST} "
            f"{ox.Literal(manifest)} }} }} WHERE {{ GRAPH {CATALOGUE} {{ ?v {MANIFEST} ?m }} }}"
        )
        finding = origin.find()
        assert finding.found is None
        assert finding.fault is not None
        assert "was loaded by another version than battlegraph" in finding.fault
        assert "\n" not in finding.fault
    assert loading(store).load(read_source(second)).version != loaded.version
    assert stores.served(store) == digest(second)


@pytest.mark.parametrize(
    ("address", "arguments", "status", "says"),
    [
        ("sparql:http://127.0.0.1:1/query", (), 2, "cannot be reached: Connection refused"),
        ("http://127.0.0.1:1/query", (), 2, "is not a store"),
        ("sparql:http://dba:s3cret@127.0.0.1:1/query", (), 2, "holds no user and no password"),
        ("sparql:http://127.0.0.1:1/ds", (), 2, "give --update-url and --graph-store"),
        ("sparql:http://127.0.0.1:1/query", ("--update-url", "http://dba:s3cret@h/u"), 2, "without a user"),
        ("sparql:http://127.0.0.1:1/query", ("--dataset", "{damaged}"), 1, "altered since it was built"),
        ("sparql:http://127.0.0.1:1/query", ("--dataset", "{empty}"), 1, "not a folder that `battlegraph build` wrote"),
    ],
)
def test_a_call_that_cannot_be_done_is_told_in_one_line(  # noqa: PLR0917 - what the table has
    address: str, arguments: tuple[str, ...], status: int, says: str, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whose fault it is, by the exit code; and passwords are not repeated."""
    damaged = stores.version_folder(tmp_path / "damaged", [LINE.format(1, "x", GRAPH, 1).encode()])
    with (damaged / QUADS_FILE).open("ab") as out:
        out.write(LINE.format(2, "x", GRAPH, 1).encode())
    (tmp_path / "empty").mkdir()
    places = {"damaged": str(damaged), "empty": str(tmp_path / "empty")}
    given = [argument.format(**places) for argument in arguments]
    dataset = [] if "--dataset" in given else ["--dataset", str(versions[0])]
    done = subprocess.run(
        [*stores.COMMAND, "load", address, *dataset, *given],
        env={**os.environ, "BATTLEGRAPH_LOAD_USER": "dba", "BATTLEGRAPH_LOAD_PASSWORD": "s3cret"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "s3cret" not in done.stderr
    assert ROOT not in done.stderr
