"""Which dataset is found in files: a whole one, whatever happens to the file, or what is wrong in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import specimen
from versions import NAME, lines_of, write_version

from graph.releases import QUADS_FILE, UnreadableDataset
from graph.store import STORE_FOLDER, Dataset, open_dataset
from server.serving.files import BuiltVersions, NamedFile, altered, find_file
from server.serving.opening import open_local
from server.serving.origin import Found


def name_in(dataset: Dataset) -> str:
    rows = dataset.store.query(f"SELECT ?name {{ <https://example.org/thing> {NAME} ?name }}")
    return "".join(row["name"].value for row in rows)  # type: ignore[union-attr]  # a SELECT query


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with two versions, "new" the current one."""
    write_version(tmp_path / "dataset", "old")
    write_version(tmp_path / "dataset", "new")
    return tmp_path / "dataset"


def test_what_was_found_is_what_is_opened(tmp_path: Path) -> None:
    """Whoever overwrites the file, or removes it, disturbs nobody who opens what was found there."""
    file = tmp_path / "data.nq"
    file.write_bytes(lines_of("first"))
    origin = NamedFile(file)
    found = origin.find().found
    assert found is not None
    file.write_bytes(b"nonsense")
    file.unlink()
    dataset = open_local(found)
    assert name_in(dataset) == "first"
    assert dataset.digest == found.digest


def test_the_same_bytes_are_the_same_dataset(tmp_path: Path) -> None:
    """A file that was only touched, or that comes back, starts nothing anew."""
    file = tmp_path / "data.nq"
    origin = NamedFile(file)
    found: dict[str, Found | None] = {}
    for name in ("one", "two", "one", "two", "two"):
        file.write_bytes(lines_of(name))
        assert origin.find().found == found.setdefault(name, origin.find().found)
    assert found["one"] != found["two"]


def test_looking_tells_whether_anything_has_changed(root: Path, tmp_path: Path) -> None:
    """A link that leads elsewhere, another file, another manifest; a missing one has a token too."""
    file = tmp_path / "data.nq"
    named, built = NamedFile(file), BuiltVersions(root)
    seen = [named.look()]
    file.write_bytes(b"")
    seen.append(named.look())
    file.write_bytes(b" ")
    seen.append(named.look())
    assert len({*seen, named.look()}) == 3
    seen = [built.look()]
    write_version(root, "newer")
    seen.append(built.look())
    (root / "current" / "manifest.json").write_text("{}")
    seen.append(built.look())
    shutil.rmtree((root / "current").resolve())
    seen.append(built.look())
    assert len({*seen, built.look()}) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "data.nq: No such file or directory"),
        (b"<http://e/s> <http://e/p> <http://e/o> .\nnonsense\n", "data.nq, line 2: "),
        (lines_of("x")[:-30], "data.nq, line "),
    ],
    ids=["missing", "foreign", "half written"],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    """With its name, and without the folder, which is nobody's business over HTTP."""
    file = tmp_path / "data.nq"
    if content is not None:
        file.write_bytes(content)
    finding = NamedFile(file).find()
    assert finding.found is None
    assert finding.fault is not None
    assert finding.fault.startswith(words)
    assert "\n" not in finding.fault
    assert str(tmp_path) not in finding.fault


def test_a_name_that_no_dataset_has_is_refused_at_once(tmp_path: Path) -> None:
    """It will never be one."""
    with pytest.raises(UnreadableDataset, match=r"data\.csv: a dataset is an N-Quads \(\.nq\) or TriG"):
        NamedFile(tmp_path / "data.csv")


def damage_quads(folder: Path) -> None:
    (folder / QUADS_FILE).write_bytes(lines_of("new")[:-1])


def damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"software": ')


def come_from_elsewhere(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "software": "0.0.0"}))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_quads, "battlegraph.nq: altered since it was built (SHA-256 "),
        (damage_manifest, "manifest.json: not a manifest of this version of battlegraph"),
        (come_from_elsewhere, "battlegraph.nq: built by battlegraph 0.0.0"),
        (lambda folder: (folder / QUADS_FILE).unlink(), "there is no dataset; run `battlegraph build`"),
    ],
    ids=["altered", "manifest", "foreign", "gone"],
)
def test_the_version_before_is_found_where_the_current_one_is_not_whole(root: Path, damage: object, words: str) -> None:
    """And it is said what is wrong with the current one, what to do, and what is served."""
    origin = BuiltVersions(root)
    found = origin.find().found
    assert found is not None
    assert name_in(open_local(found)) == "new"
    damage(root / "version-new")  # type: ignore[operator]  # a function of a folder
    finding = origin.find()
    assert finding.found is not None
    assert name_in(open_local(finding.found)) == "old"
    assert finding.fault is not None
    assert words in finding.fault
    assert finding.fault.endswith("; the version built before it is served: version-old")
    assert str(root) not in finding.fault


def test_where_no_version_is_whole_there_is_none(root: Path) -> None:
    """The fault told is that of the current one."""
    for folder in root.glob("version-*"):
        damage_quads(folder)
    (root / "version-old" / "manifest.json").unlink()
    (root / "version-old" / QUADS_FILE).write_text("nonsense")
    finding = BuiltVersions(root).find()
    assert finding.found is None
    assert finding.fault is not None
    assert "altered since it was built" in finding.fault
    assert BuiltVersions(root / "nowhere").find().fault == "there is no dataset; run `battlegraph build`"


def test_a_store_is_opened_where_it_lies_and_its_quads_are_not_read(tmp_path: Path) -> None:
    """So a server of millions of quads starts at once; that the quads were altered is found out when there is time."""
    folder = write_version(tmp_path, "stored", is_stored=True)
    found = BuiltVersions(tmp_path).find().found
    assert found is not None
    assert found.is_stored
    assert name_in(open_local(found)) == "stored"
    assert found == find_file(tmp_path.resolve() / "version-stored" / QUADS_FILE)
    assert altered(found) is None
    (folder / QUADS_FILE).write_bytes(b"")
    assert BuiltVersions(tmp_path).find().found == found
    assert str(altered(found)).startswith("battlegraph.nq: altered since it was built")


def cut(folder: Path) -> None:
    largest = max(folder.glob("*.sst"), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-100])


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        lambda folder: (folder / "CURRENT").unlink(),
        lambda folder: next(folder.glob("MANIFEST-*")).write_bytes(b"nonsense"),
        lambda folder: [file.unlink() for file in folder.iterdir()],
    ],
    ids=["cut", "without a head", "overwritten", "empty"],
)
def test_a_damaged_store_is_not_served(tmp_path: Path, damage: object) -> None:
    """The version before is, and the fault names the store's folder."""
    write_version(tmp_path, "old", is_stored=True)
    folder = write_version(tmp_path, "new", is_stored=True)
    damage(folder / STORE_FOLDER)  # type: ignore[operator]  # a function of a folder
    finding = BuiltVersions(tmp_path).find()
    assert finding.found is not None
    assert finding.fault is not None
    assert finding.fault.startswith("version-new/store: ")
    assert "\n" not in finding.fault
    assert name_in(open_local(finding.found)) == "old"
    with pytest.raises(UnreadableDataset, match="version-new/store: "):
        open_dataset(folder / QUADS_FILE)


def test_a_dataset_with_a_store_answers_as_one_without(tmp_path: Path) -> None:
    """Whoever opens it by its file gets the store: the file's quads, and in the default graph their merge."""
    stored = open_dataset(write_version(tmp_path / "a", "same", is_stored=True) / QUADS_FILE)
    loaded = open_dataset(write_version(tmp_path / "b", "same") / QUADS_FILE)
    assert stored.digest == loaded.digest
    assert set(stored.store.quads_for_pattern(None, None, None)) == set(
        loaded.store.quads_for_pattern(None, None, None)
    )
    assert stored.base == specimen.BASE
