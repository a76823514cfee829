"""The index of names as a file: whole, of the right dataset, or made anew."""

from __future__ import annotations

import resource
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.namespaces import BG, RDF, RDFS
from graph.store import Dataset, merged_store
from server.search.finder import Finder
from server.search.index_file import (
    INDEX_FILE,
    UnreadableIndex,
    find_index,
    make_index,
    open_index,
    write_index,
)
from server.search.names import read_labelled
from server.search.search_index import SearchIndex
from server.vocabularies.usage import Usage, read_usage

QUERIES = ("hadrut", "battle of", "the", "Գադ", "adru", "азерб", "t72", "claim by", "xyzzy")


@pytest.fixture(scope="module")
def file(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the index of the project's own dataset."""
    file = tmp_path_factory.mktemp("index") / INDEX_FILE
    write_index(dataset, file)
    return file


@pytest.fixture
def copy(file: Path, tmp_path: Path) -> Path:
    """Return a copy of it, free to be damaged."""
    copy = tmp_path / INDEX_FILE
    copy.write_bytes(file.read_bytes())
    return copy


def test_the_file_finds_what_an_index_made_anew_finds(dataset: Dataset, file: Path) -> None:
    """In the same order, with the same examples, words and lists."""
    read, made = open_index(file, dataset.digest), make_index(read_labelled(dataset))
    for query in QUERIES:
        for kind in ("", "claim", "place"):
            assert read.find(query, kind) == made.find(query, kind)
        assert read.find_some(query) == made.find_some(query)
        assert read.resting_on(read.find(query).hits) == made.resting_on(made.find(query).hits)
    assert sorted(read.words()) == sorted(made.words())
    assert read.examples == made.examples
    assert read.every_name() == made.every_name()
    assert read.entities(0, 10_000) == made.entities(0, 10_000) == sorted(made.entities(0, 10_000))
    assert read.articles(0, 10) == ["battle-of-hadrut"]


def test_the_file_has_how_much_the_data_uses_each_term(dataset: Dataset, file: Path) -> None:
    """As it is counted where there is no file."""
    assert Usage.from_json(open_index(file, dataset.digest).usage) == read_usage(dataset)


def test_what_rests_on_words_is_told_by_the_index(dataset: Dataset, file: Path) -> None:
    """Each thing that has a name and rests on them, as the data says."""
    index = open_index(file, dataset.digest)
    hits = [hit for hit in index.find("hadrut", "specificresource").hits if hit.kind.is_part]
    resting = index.resting_on(hits)
    named = {name.iri for name in index.every_name()}
    assert len(resting) > 10
    for hit in hits:
        quads = dataset.store.quads_for_pattern(None, ox.NamedNode(BG + "anchor"), ox.NamedNode(hit.iri))
        said = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        assert resting.get(hit.iri, frozenset()) == said & named


def test_nothing_writes_to_the_file(dataset: Dataset, file: Path) -> None:
    """Nor beside it, whoever searches; the folder may be read-only."""
    before = file.read_bytes()
    open_index(file, dataset.digest).find("hadrut")
    assert file.read_bytes() == before
    assert [found.name for found in file.parent.iterdir()] == [INDEX_FILE]


@pytest.mark.parametrize("size", [0, 50, 5_000, -5_000, -1])
def test_half_a_file_is_no_index(dataset: Dataset, copy: Path, size: int) -> None:
    """However much is missing."""
    copy.write_bytes(copy.read_bytes()[:size])
    with pytest.raises(UnreadableIndex, match=str(copy)):
        open_index(copy, dataset.digest)


def test_what_is_no_index_or_another_ones_is_refused(dataset: Dataset, copy: Path, tmp_path: Path) -> None:
    """In one line that names the file."""
    with pytest.raises(UnreadableIndex, match="of another dataset"):
        open_index(copy, "another")
    foreign = tmp_path / "foreign"
    foreign.write_bytes(b"<a> <b> <c> .\n" * 1_000)
    with pytest.raises(UnreadableIndex, match="not a database"):
        open_index(foreign, dataset.digest)
    with sqlite3.connect(copy) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(UnreadableIndex, match="not an index of names that this version wrote"):
        open_index(copy, dataset.digest)


def test_a_damaged_page_is_noticed(dataset: Dataset, copy: Path) -> None:
    """Before anybody searches."""
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8_192] = b"\xff" * 8_192
    copy.write_bytes(content)
    with pytest.raises(UnreadableIndex):
        open_index(copy, dataset.digest)


def test_without_a_whole_file_the_index_is_made_anew(
    dataset: Dataset, copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """And the log says what is wrong with the file, where there is one."""
    assert find_index(dataset, copy.parent / "nowhere").find("hadrut").hits
    assert not caplog.messages
    assert find_index(replace(dataset, digest="another"), copy.parent).find("hadrut").hits
    [message] = caplog.messages
    assert str(copy) in message


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as a full disk would not."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_without_room_leaves_no_file(dataset: Dataset, tmp_path: Path) -> None:
    """And the error is one of the operating system, with the name of the file."""
    file = tmp_path / INDEX_FILE
    with files_of_at_most(16_384), pytest.raises(OSError, match=INDEX_FILE):
        write_index(dataset, file)
    assert not file.exists()


def test_an_index_that_the_disk_has_no_room_for_is_made_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks meanwhile is told that there is none; nothing has to be started anew."""
    has_room = threading.Event()
    index = make_index(read_labelled(Dataset(ox.Store(), "")))

    def make() -> SearchIndex:
        if not has_room.is_set():
            raise sqlite3.OperationalError("database or disk is full")
        return index

    finder = Finder(make)
    assert finder.within(10) is None
    has_room.set()
    assert finder.within(10) is None
    monkeypatch.setattr("server.search.finder._PAUSE", 0.0)
    assert finder.within(10) is index


def test_a_thing_without_a_class_or_with_many_has_a_kind() -> None:
    """A name is found whatever is known of what has it."""
    iri, other = (ox.NamedNode(f"https://w3id.org/battlegraph/id/place/{name}") for name in ("a", "b"))
    label = ox.NamedNode(RDFS + "label")
    kinds = [ox.Quad(other, ox.NamedNode(RDF + "type"), ox.NamedNode(BG + name)) for name in ("Place", "Polity")]
    quads = [ox.Quad(iri, label, ox.Literal("Alpha")), ox.Quad(other, label, ox.Literal("Beta")), *kinds]
    index = make_index(read_labelled(Dataset(merged_store(quads), "")))
    [alpha] = index.find("alpha").hits
    assert (alpha.kind.classes, alpha.kind.filters) == ((), frozenset())
    [beta] = index.find("beta").hits
    assert beta.kind.classes == (BG + "Place", BG + "Polity")
    assert index.entities(0, 9) == ["place/b"]
