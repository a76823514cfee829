"""The dataset as a store on disk: what it holds, when there is one, and that it is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import Built, write
from graph.disk_store import write_store
from graph.releases import QUADS_FILE
from graph.store import STORE_FOLDER, merged_store, open_store
from server.cli.finishing import Finishing
from server.search.index_file import INDEX_FILE


def test_it_holds_the_quads_and_their_merge(built: Built, tmp_path: Path) -> None:
    """Just what the store in memory holds."""
    file = tmp_path / QUADS_FILE
    file.write_bytes(built.quads)
    write_store(file, tmp_path / STORE_FOLDER)
    expected = merged_store(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    assert set(open_store(tmp_path / STORE_FOLDER)) == set(expected)


def test_a_large_dataset_has_one_beside_it(built: Built, tmp_path: Path) -> None:
    """With an index of names; a small one needs neither."""
    small, large = Finishing(), Finishing(large=100)
    folder = write(built, tmp_path / "small", small)
    assert small.is_there(folder)
    assert not large.is_there(folder)
    assert {file.name for file in folder.iterdir()} == {QUADS_FILE, "manifest.json"}
    folder = write(built, tmp_path / "large", large)
    assert large.is_there(folder)
    assert {STORE_FOLDER, INDEX_FILE} < {file.name for file in folder.iterdir()}


def test_it_is_written_again_where_it_is_missing(built: Built, tmp_path: Path) -> None:
    """As in a folder that an earlier version wrote."""
    write(built, tmp_path)
    folder = write(built, tmp_path, Finishing(large=100))
    assert (folder / STORE_FOLDER).is_dir()
    assert write(built, tmp_path, Finishing(large=100)) == folder


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    """With an error of the operating system's kind."""
    with pytest.raises(OSError, match="store"):
        open_store(tmp_path / "store")
