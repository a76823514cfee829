"""The build: the same bytes from the same files, nothing published that is not whole and valid."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import Built, build, write
from graph.description import DATASET_IRI
from graph.golden import GOLDEN, DigestDiffers, check_golden, write_golden
from graph.issues import InvalidSources
from graph.namespaces import CANONICAL_BASE, sparql_prologue
from graph.paths import ROOT
from graph.releases import QUADS_FILE, UnreadableDataset, UnwritableDataset, current, read_manifest
from graph.results import InvalidDataset
from graph.sources import Sources, is_current
from graph.store import Dataset, Store, open_dataset

CODE = """
from graph import paths
from graph.build import build

built = build()
print(paths.ROOT, built.digest, built.manifest.sources, sep="\\n")
"""


def ask(store: Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query as values."""
    solutions = store.query(sparql_prologue() + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value for term in row) for row in solutions]


def replace(file: Path, old: str, new: str) -> None:
    """Change something in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_bytes_depend_on_nothing_but_the_sources(tmp_path: Path) -> None:
    """Other processes, hash seeds, folders and locales give the same dataset from the same files."""
    original = tmp_path / "original"
    for name in ("graph", "ontology", "shapes"):
        shutil.copytree(ROOT / name, original / name, ignore=shutil.ignore_patterns("dataset", "__pycache__"))
    copy = shutil.copytree(original, tmp_path / "a copy, elsewhere" / "still deeper")
    settings = (
        (original, {"PYTHONHASHSEED": "0"}),
        (original, {"PYTHONHASHSEED": "4242", "LANG": "C", "TZ": "Asia/Baku"}),
        (copy, {"PYTHONHASHSEED": "1"}),
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", CODE],
            env={**os.environ, **environ, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n")
        for root, environ in settings
    ]
    assert [root for root, *_ in said] == [str(original), str(original), str(copy)]
    assert len({tuple(digests) for _, *digests in said}) == 1


def test_a_warm_build_takes_less_than_five_seconds(built: Built) -> None:
    """Validation included, so that a curator builds after every edit."""
    start = time.perf_counter()
    assert build().digest == built.digest
    assert time.perf_counter() - start < 5


def test_a_build_needs_no_network(miniature: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a pure function of files."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("the build opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert build(miniature).results == ()


def test_the_golden_digest(built: Built) -> None:
    """A change of the published bytes is a change to be told; `battlegraph build --check --update` records it."""
    check_golden(built.digest)


def test_the_manifest_says_what_was_built(built: Built, dataset: Dataset) -> None:
    """Version and date come from dataset.ttl, never from a clock."""
    assert dataset.manifest == built.manifest
    assert dataset.digest == built.manifest.quads == hashlib.sha256(built.quads).hexdigest()
    said = ask(dataset.store, f"SELECT ?o {{ <{DATASET_IRI}> ?p ?o FILTER (?p IN (dcat:version, dcterms:modified)) }}")
    assert {value for (value,) in said} == {built.manifest.version, built.manifest.modified}
    assert built.manifest.base == CANONICAL_BASE


# The description counts itself, so each number is compared with what SPARQL finds in the finished dataset.


def test_the_numbers_are_those_that_sparql_finds(dataset: Dataset) -> None:
    """Triples and classes and properties of the merged graphs, and entities under the IRI space."""
    ((triples, entities, classes, properties, space),) = ask(
        dataset.store,
        f"""SELECT ?triples ?entities ?classes ?properties ?space {{
              <{DATASET_IRI}> void:triples ?triples ; void:entities ?entities ; void:classes ?classes ;
                void:properties ?properties ; void:uriSpace ?space }}""",
    )
    assert ask(dataset.store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [(triples,)]
    assert ask(dataset.store, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }") == [(classes,)]
    assert ask(dataset.store, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }") == [(properties,)]
    assert ask(
        dataset.store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER STRSTARTS(STR(?s), '{space}') }}"
    ) == [(entities,)]


@pytest.mark.parametrize(
    ("described", "counted"),
    [
        (
            "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }",
            "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c",
        ),
        (
            "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] }",
            "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        ),
        (
            "SELECT ?g ?n { ?d sd:namedGraph [ sd:name ?g ; sd:graph ?h ] . ?h void:triples ?n }",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        ),
    ],
    ids=["classes", "properties", "named graphs"],
)
@pytest.mark.parametrize("project", ["the project", "the miniature"])
def test_the_partitions_are_those_that_sparql_finds(
    described: str, counted: str, project: str, dataset: Dataset, miniature: Sources
) -> None:
    """Every class, property and named graph is listed, and each with its number."""
    store = dataset.store
    if project == "the miniature":
        store = open_dataset(write(build(miniature), miniature.articles.parent / "dataset") / QUADS_FILE).store
    assert sorted(ask(store, described)) == sorted(ask(store, counted))


def test_provenance_names_texts_by_digest_and_code_by_version(dataset: Dataset) -> None:
    """It leads from the dataset to everything it was made from, and holds no time."""
    used = ask(
        dataset.store,
        f"""SELECT ?used ?digest {{ <{DATASET_IRI}> prov:wasGeneratedBy ?build . ?build prov:used ?used .
              ?used bg:textDigest ?digest }}""",
    )
    assert [digest for _, digest in used] == ["a6186f69fd1e1a4bdc829cc20fb458746706a0604f88f5349142797cfa8b17ab"]
    assert ask(
        dataset.store,
        """SELECT ?version { ?build prov:wasAssociatedWith ?agent .
             ?agent a prov:SoftwareAgent ; schema:softwareVersion ?version }""",
    ) == [(dataset.manifest.software if dataset.manifest else "",)]
    assert not ask(dataset.store, "SELECT ?time { ?s prov:startedAtTime|prov:endedAtTime|prov:generatedAtTime ?time }")


def test_every_node_that_is_published_is_an_iri(built: Built) -> None:
    """Its named graph, too."""
    for quad in ox.parse(built.quads, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert isinstance(quad.graph_name, ox.NamedNode)


def test_another_base_is_one_setting(miniature: Sources) -> None:
    """All of the data moves, its description included; the vocabulary and the shapes stay."""
    base = "http://localhost:8000/"
    here, there = build(miniature), build(miniature, base)
    assert there.manifest.base == base
    assert there.manifest.sources != here.manifest.sources
    moved = here.quads.decode().replace(CANONICAL_BASE, base)
    for name in ("ontology", "shapes"):
        moved = moved.replace(f"<{base}{name}", f"<{CANONICAL_BASE}{name}")
    # What the description calls the graph of the ontology is data.
    assert sorted(there.quads.decode().splitlines()) == sorted(moved.splitlines())


def test_invalid_sources_leave_the_last_good_dataset(miniature: Sources, tmp_path: Path) -> None:
    """A violation writes nothing, and says why."""
    root = tmp_path / "dataset"
    good = write(build(miniature), root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    replace(miniature.articles / "skirmish" / "claims.ttl", "bg:certainty bg:Asserted", "bg:certainty bg:Corroborated")
    with pytest.raises(InvalidDataset, match=r"claims\.ttl, line \d+: (.|\n)*Give the claim a certainty"):
        write(build(miniature), root)
    assert current(root) == good.resolve()
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert not is_current(root, miniature)


KILLED = """
import os, signal, sys
from pathlib import Path
from graph.build import build, write
from graph.sources import Sources

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

root, place, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
owner = {"os": os, "Path": Path}[place.split(".")[0]]
name = place.split(".")[1]
original = getattr(owner, name)

def after_some(*arguments, **options):
    global count
    count -= 1
    return die() if count < 0 else original(*arguments, **options)

built = build(Sources(**{n: root / n for n in ("articles", "shared", "ontology", "shapes")}))
setattr(owner, name, after_some)
write(built, root / "dataset")
"""


@pytest.mark.parametrize(
    ("place", "count"),
    [("os.fsync", 0), ("os.fsync", 1), ("Path.rename", 0), ("Path.symlink_to", 0), ("Path.replace", 0)],
)
def test_a_killed_build_leaves_the_last_good_dataset(place: str, count: int, miniature: Sources) -> None:
    """Wherever it is killed while it writes; the next build clears up after it."""
    project = miniature.articles.parent
    root = project / "dataset"
    good = write(build(miniature), root).resolve()
    replace(project / "shared" / "dataset.ttl", "Miniature", "Miniature, changed")
    done = subprocess.run([sys.executable, "-c", KILLED, str(project), place, str(count)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert current(root) == good
    assert b"changed" not in (good / QUADS_FILE).read_bytes()
    open_dataset(good / QUADS_FILE)
    again = write(build(miniature), root)
    assert b"changed" in (again / QUADS_FILE).read_bytes()
    assert sorted(path.name for path in root.iterdir()) == sorted([".lock", "current", good.name, again.name])


def test_the_version_before_the_current_one_stays(miniature: Sources, tmp_path: Path) -> None:
    """A server that reads it is not disturbed; older ones go."""
    root = tmp_path / "dataset"
    folders = []
    for number in range(3):
        replace(miniature.shared / "dataset.ttl", "Miniature", f"Miniature {number}")
        folders.append(write(build(miniature), root).resolve())
    assert current(root) == folders[2]
    assert folders[1].is_dir()
    assert not folders[0].exists()


def test_the_same_build_again_writes_nothing(miniature: Sources, tmp_path: Path) -> None:
    """The version that is there already is the one."""
    root = tmp_path / "dataset"
    first = write(build(miniature), root)
    times = {path: path.stat().st_mtime_ns for path in first.iterdir()}
    assert write(build(miniature), root).resolve() == first.resolve()
    assert {path: path.stat().st_mtime_ns for path in first.iterdir()} == times


def test_an_altered_dataset_is_refused_and_built_anew(miniature: Sources, tmp_path: Path) -> None:
    """Its bytes are not those that the manifest names."""
    root = tmp_path / "dataset"
    file = write(build(miniature), root) / QUADS_FILE
    file.write_bytes(file.read_bytes()[:-100].rpartition(b"\n")[0] + b"\n")
    with pytest.raises(
        UnreadableDataset, match=r"battlegraph\.nq: altered since it was built .*; run `battlegraph build`"
    ):
        open_dataset(file)
    open_dataset(write(build(miniature), root) / QUADS_FILE)


def test_a_dataset_of_another_version_is_refused(miniature: Sources, tmp_path: Path) -> None:
    """The message names both versions and what to do; a copy of the file alone may be served."""
    folder = write(build(miniature), tmp_path / "dataset")
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "software": "0.0.0"}))
    with pytest.raises(UnreadableDataset, match=r"battlegraph\.nq: built by battlegraph 0\.0\.0, and this is "):
        open_dataset(folder / QUADS_FILE)
    alone = shutil.copy(folder / QUADS_FILE, tmp_path / QUADS_FILE)
    assert open_dataset(Path(alone)).manifest is None


def test_a_folder_that_cannot_be_written_is_named(miniature: Sources, tmp_path: Path) -> None:
    """The message is about the folder, and says that nothing was written."""
    root = tmp_path / "dataset"
    root.write_text("a file in the way")
    with pytest.raises(UnwritableDataset, match=r"dataset: .*; the dataset was not written"):
        write(build(miniature), root)


@pytest.mark.parametrize("text", ["{}", "nonsense", '{"software": 1, "other": 2}'])
def test_a_manifest_of_another_form_is_refused(text: str, miniature: Sources, tmp_path: Path) -> None:
    """And its dataset counts as stale, so that `serve` builds it anew."""
    root = tmp_path / "dataset"
    folder = write(build(miniature), root)
    (folder / "manifest.json").write_text(text)
    with pytest.raises(UnreadableDataset, match=r"manifest\.json: not a manifest of this version"):
        read_manifest(folder)
    assert not is_current(root, miniature)


@pytest.mark.parametrize(
    "name",
    [
        "articles/skirmish/article.txt",
        "articles/skirmish/claims.ttl",
        "shared/things.ttl",
        "ontology/concepts.ttl",
        "shapes/claim.ttl",
        "shapes/checks/certainty-once.rq",
    ],
)
def test_a_dataset_is_stale_when_a_source_has_changed(name: str, miniature: Sources, tmp_path: Path) -> None:
    """Content decides: a file that was only touched has not changed."""
    root = tmp_path / "dataset"
    assert not is_current(root, miniature)
    write(build(miniature), root)
    assert is_current(root, miniature)
    file = miniature.articles.parent / name
    os.utime(file, (1, 1))
    assert is_current(root, miniature)
    assert not is_current(root, miniature, "http://localhost/")
    file.write_bytes(file.read_bytes() + b"\n")
    assert not is_current(root, miniature)


def test_a_new_file_makes_a_dataset_stale(miniature: Sources, tmp_path: Path) -> None:
    """Even an empty one."""
    root = tmp_path / "dataset"
    write(build(miniature), root)
    (miniature.articles / "skirmish" / "more.ttl").touch()
    assert not is_current(root, miniature)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('    dcat:version "0.0.1" ;\n', "", r"dataset\.ttl, line \d+: .* has 0 values of dcat:version"),
        ('dcat:version "0.0.1"', 'dcat:version "0.0.1" , "0.0.2"', "has 2 values of dcat:version"),
    ],
)
def test_a_dataset_without_a_version(old: str, new: str, message: str, miniature: Sources) -> None:
    """The manifest needs one."""
    replace(miniature.shared / "dataset.ttl", old, new)
    with pytest.raises(InvalidSources, match=message):
        build(miniature)


def test_the_golden_digest_is_compared(tmp_path: Path) -> None:
    """The message tells what to do whether or not the change was meant."""
    file = tmp_path / "golden.sha256"
    with pytest.raises(DigestDiffers, match=r"golden\.sha256: No such file"):
        check_golden("0" * 64, file)
    write_golden("0" * 64, file)
    check_golden("0" * 64, file)
    with pytest.raises(
        DigestDiffers, match=r"it says 0+, and the build gives 1+\.\n.*build --check --update"
    ) as differs:
        check_golden("1" * 64, file)
    assert "if it is not, undo" in str(differs.value)
    file.write_text("what\n")
    with pytest.raises(DigestDiffers, match="it holds no SHA-256"):
        check_golden("0" * 64, file)


def test_the_golden_file_is_one_that_sha256sum_reads(built: Built, tmp_path: Path) -> None:
    """So that a dump can be checked without this project."""
    write_golden(built.digest, tmp_path / "SHA256SUMS")
    (tmp_path / QUADS_FILE).write_bytes(built.quads)
    subprocess.run(["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=tmp_path, check=True)  # noqa: S607  coreutils
    assert GOLDEN == ROOT / "tests" / "golden.sha256"
