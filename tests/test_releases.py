"""Writing a release: what is in it, the same bytes wherever it is written, and what is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import releasing
from click.testing import CliRunner
from two_releases import FIRST, SECOND, Released

from graph.build import Built
from graph.paths import ONTOLOGY, SHAPES
from graph.releases import QUADS_FILE, Manifest, publish
from graph.sources import Sources
from server.cli import main
from server.cli import release as command
from server.nanopublications.exports import nanopubs
from server.releases.contents import write_contents
from server.releases.doubts import read_doubts
from server.releases.record import RECORD_FILE, UnreadableRelease
from server.releases.release import Release, list_releases, read_release
from server.releases.succession import UnfitVersion, find_previous
from server.releases.sums import SUMS_FILE, read_sum, sum_line
from server.releases.writing import DifferentRelease
from server.site import Site

FORMATS = ("jsonld", "nq", "nt", "rdf", "trig", "ttl")


def variant(built: Built, folder: Path, **changed: str) -> Path:
    """Return the file of the project's dataset, said to be another version or of another day."""
    return publish({QUADS_FILE: built.quads}, replace(built.manifest, **changed), folder) / QUADS_FILE


def test_a_release_is_listed_and_read(released: Release) -> None:
    """Under its version, with what it is of."""
    assert list_releases(released.folder.parent) == (released,)
    assert (released.version, released.record.previous) == (released.folder.name, None)
    assert {path.name for path in released.folder.parent.iterdir()} == {released.version, ".lock"}


def test_every_format_is_there_plain_and_compressed(released: Release) -> None:
    """And unpacks to the file beside it."""
    for suffix in FORMATS:
        name = f"{released.stem}.{suffix}"
        plain = (released.folder / name).read_bytes()
        packed = (released.folder / f"{name}.gz").read_bytes()
        assert gzip.decompress(packed) == plain
        # RFC 1952: neither a file name nor a time.
        assert packed[3:10] == bytes(5) + b"\x02\xff"


def test_the_quads_are_the_built_file_and_their_hash_is_that_of_rdfc(released: Release, dataset_file: Path) -> None:
    """Computed by the engine's own RDFC-1.0, not by sorting."""
    content = (released.folder / f"{released.stem}.nq").read_bytes()
    assert content == dataset_file.read_bytes()
    dataset = ox.Dataset(ox.parse(content, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    digest = hashlib.sha256(b"".join(sorted(lines))).hexdigest()
    assert (released.folder / "RDFC-1.0.sha256").read_text() == f"{digest}  {released.stem}.nq\n"
    assert released.record.digest == digest
    assert released.record.quads == len(lines)


def test_the_triples_are_canonical_too(released: Release) -> None:
    """By the engine's own RDFC-1.0."""
    content = (released.folder / f"{released.stem}.nt").read_bytes()
    merged = ox.Dataset(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
    merged.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(merged, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    assert content == b"".join(sorted(lines))
    assert released.record.triples == len(lines)


def test_sha256sum_agrees(released: Release) -> None:
    """GNU coreutils, over all files and over the canonical one."""
    for sums in (SUMS_FILE, "RDFC-1.0.sha256"):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", sums],  # noqa: S607  wherever the machine has it
            cwd=released.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    listed = {read_sum(line) for line in (released.folder / SUMS_FILE).read_text().splitlines()}
    assert listed == {(sha, name) for name, sha in releasing.sums(released.folder).items() if name != SUMS_FILE}


def test_each_graph_has_its_file(released: Release) -> None:
    """Of a viewpoint N-Triples too; together they are the dataset."""
    quads = list(ox.parse(path=released.folder / f"{released.stem}.nq"))
    names = {str(quad.graph_name.value).partition("/graph/")[2] for quad in quads}
    files = {name for name in released.by_name if name.startswith("graphs/")}
    viewpoints = {name for name in names if name.startswith("viewpoint/")}
    assert files == {f"graphs/{name}.ttl" for name in names} | {f"graphs/{name}.nt" for name in viewpoints}
    assert len(viewpoints) > 5
    start = f"{released.record.base}graph/"
    found = {
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(start + name))
        for name in names
        for quad in ox.parse(path=released.folder / f"graphs/{name}.ttl")
    }
    assert found == set(quads)


def test_the_vocabulary_is_as_it_was_written(released: Release) -> None:
    """File for file, checks and questions included, and nothing that Python or an editor leaves there."""
    for start, source in (("ontology/", ONTOLOGY), ("shapes/", SHAPES)):
        names = {name.removeprefix(start) for name in released.by_name if name.startswith(start)}
        assert {"battlegraph.ttl", "questions/contradictions.rq"} <= names or {"shapes.ttl"} <= names
        assert not [name for name in names if "__" in name or name.endswith(".pyc")]
        assert all((released.folder / start / name).read_bytes() == (source / name).read_bytes() for name in names)
        assert {file.name for file in source.glob("*.ttl")} <= names


def test_the_sources_are_there_as_they_were_written(released: Release, built: Built) -> None:
    """All of them: read from the release, they have the hash by which the build knows its sources."""
    folder = released.folder / "sources"
    sources = Sources(
        articles=folder / "articles",
        shared=folder / "shared",
        ontology=released.folder / "ontology",
        shapes=released.folder / "shapes",
        rules=folder / "rules",
    )
    assert sources.digest(released.record.base) == released.record.sources == built.manifest.sources
    assert replace(sources, rules=folder / "shared").digest(released.record.base) != released.record.sources


def test_the_readme_counts_what_is_in_the_file(released: Release) -> None:
    """How many of the statements are of claims, what each graph holds, and what nobody asserts."""
    readme = " ".join((released.folder / "README.txt").read_text("utf-8").split())
    quads = list(ox.parse(path=released.folder / f"{released.stem}.nq"))
    names = Counter(str(quad.graph_name.value).partition("/graph/")[2] for quad in quads)
    claims = {quad.subject for quad in quads if quad.predicate.value.endswith("/ontology#accordingTo")}
    asserted = sum(count for name, count in names.items() if name.startswith("viewpoint/"))
    assert f"{asserted:,} of the statements make up the {len(claims):,} claims of the 12 viewpoints" in readme
    assert f"The other {len(quads) - asserted:,} are not asserted by any viewpoint" in readme
    for name, count in names.items():
        assert name.startswith("viewpoint/") or f" {name} ({count:,}) " in readme
    for words in ("bg:readingNote", "None of these has a claimant of its own", "it conforms.", "identifier of this"):
        assert words in readme
    inside, _, beside = readme.partition("Not in the bag, but beside it:")
    assert beside.startswith(f" SHA256SUMS SHA-256 of every file of the release but itself. {released.stem}.bag.zip ")
    assert ".bag.zip" not in inside


def test_every_claim_is_there_as_a_nanopublication(released: Release) -> None:
    """Plain and compressed."""
    plain = (released.folder / "nanopubs.trig").read_bytes()
    assert gzip.decompress((released.folder / "nanopubs.trig.gz").read_bytes()) == plain
    assert plain == "".join(nanopubs(releasing.site_of(released.folder / f"{released.stem}.nq"))).encode()


def test_files_that_can_say_so_begin_with_licence_and_attribution(released: Release) -> None:
    """Turtle, TriG and RDF/XML; a copy of one file alone still says whom to credit."""
    for name in released.by_name:
        is_whole = name.startswith(released.stem) and name.endswith((".ttl", ".trig", ".rdf"))
        if is_whole or (name.startswith("graphs/") and name.endswith(".ttl")):
            head = (released.folder / name).read_text("utf-8")[:2000]
            is_vocabulary = name in ("graphs/ontology.ttl", "graphs/shapes.ttl")
            terms = "publicdomain/zero/1.0/" if is_vocabulary else "licenses/by-sa/4.0/"
            assert f"Licence: https://creativecommons.org/{terms}\n" in head
            assert ('Derived from "Battle of Hadrut", English Wikipedia' in head) is not is_vocabulary
            assert f"Version {released.version}, {released.record.modified}" in head
            assert ("Graphs are merged here." in head) is (is_whole and not name.endswith(".trig"))
            assert ("see LICENSE.txt" in head) is (is_whole or name == "graphs/crosslinks.ttl")


def test_the_texts_for_people_name_every_file(released: Release) -> None:
    """And how to verify them, without any software of ours."""
    readme = (released.folder / "README.txt").read_text("utf-8")
    told = {word.strip(",") for line in readme.splitlines() if not line.startswith(" ") for word in line.split()}
    for name in (*released.by_name, SUMS_FILE):
        top = f"{name.partition('/')[0]}/" if "/" in name else name
        assert top in told or (name.endswith(".gz") and "*.gz" in told) or name in {"README.txt", "LICENSE.txt"}, name
    for words in ("sha256sum -c SHA256SUMS", released.record.digest, "RFC 8493", "CC BY-SA 4.0", "LICENSE.txt"):
        assert words in readme
    # An address is no longer one where it is broken.
    assert max(len(line) for line in readme.splitlines() if " " in line.strip()) <= 80
    assert "by-sa/4.0" in (released.folder / "LICENSE.txt").read_text("utf-8")


def test_two_folders_and_two_hash_seeds_give_the_same_bytes(
    dataset_file: Path, released: Release, tmp_path: Path
) -> None:
    """Every file of them, in processes of their own, in another time zone and by another umask."""
    expected = releasing.sums(released.folder)
    running = {
        seed: subprocess.Popen(
            ["/bin/sh", "-c", 'umask 027; exec "$@"', "sh", *releasing.COMMAND, dataset_file, tmp_path / seed],
            env={**os.environ, **releasing.ENVIRON, "PYTHONHASHSEED": seed, "TZ": "Asia/Baku"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    }
    for seed, process in running.items():
        assert process.communicate(timeout=120) == ("new\n", "")
        assert releasing.sums(tmp_path / seed / released.version) == expected


def test_the_dates_of_the_files_are_those_of_the_version(released: Release) -> None:
    """So that a copy that keeps them is the same too."""
    times = {file.stat().st_mtime for file in released.folder.rglob("*") if file.is_file()}
    assert times == {1795478400}
    assert released.record.modified == "2026-11-24"


def test_a_version_that_is_there_with_the_same_bytes_stays(
    dataset_file: Path, released: Release, tmp_path: Path
) -> None:
    """Nothing is written, not even a date."""
    folder = releasing.copy(released.folder, tmp_path)
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    again = releasing.release(dataset_file, tmp_path)
    assert (again.is_new, again.release) == (False, replace(released, folder=folder))
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before


def test_a_version_that_is_there_with_other_bytes_is_refused(built: Built, released: Release, tmp_path: Path) -> None:
    """By the names of the files, with the remedy; it stays as it was."""
    folder = releasing.copy(released.folder, tmp_path / "released")
    before = releasing.sums(folder)
    other = variant(built, tmp_path / "other", sources="0" * 64)
    with pytest.raises(DifferentRelease, match=r"release\.json.*\n.*Raise dcat:version") as refused:
        releasing.release(other, tmp_path / "released")
    assert f"{released.stem}.nq," not in str(refused.value)
    assert releasing.sums(folder) == before
    assert [path.name for path in sorted(folder.parent.iterdir())] == [".lock", folder.name]


def test_a_folder_of_the_version_s_name_that_is_no_release_is_left_alone(dataset_file: Path, tmp_path: Path) -> None:
    """Whatever is in it."""
    (tmp_path / "0.1.0").mkdir()
    (tmp_path / "0.1.0" / "mine.txt").write_text("mine")
    with pytest.raises(UnreadableRelease, match="no release"):
        releasing.release(dataset_file, tmp_path)
    assert (tmp_path / "0.1.0" / "mine.txt").read_text() == "mine"
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "0.1.0").write_text("mine")
    with pytest.raises(UnreadableRelease, match="no release"):
        releasing.release(dataset_file, tmp_path / "file", (write_contents,))
    assert (tmp_path / "file" / "0.1.0").read_text() == "mine"


def test_a_version_follows_another(both: Released) -> None:
    """The second names the first, and has what changed."""
    second, first = list_releases(both.root)
    assert (second.version, first.version) == (SECOND, FIRST)
    assert (second.record.previous, first.record.previous) == (FIRST, None)
    assert {"changes.rdfp", "changes.json", "changes.md"} <= set(second.by_name)
    assert not [name for name in first.by_name if name.startswith("changes")]
    assert "changes.rdfp" in (second.folder / "README.txt").read_text()
    assert "changes.rdfp" not in (first.folder / "README.txt").read_text()


@pytest.mark.parametrize(
    ("version", "modified", "words"),
    [
        ("0.1.1", "2027-02-01", "not newer than 0.2.0"),
        ("0.2.0-rc.1", "2027-02-01", "not newer than 0.2.0"),
        ("0.2.0+again", "2027-02-01", "MAJOR.MINOR.PATCH"),
        ("0.3", "2027-02-01", "MAJOR.MINOR.PATCH"),
        ("../0.3.0", "2027-02-01", "MAJOR.MINOR.PATCH"),
        ("0.3.0", "2027-01-14", "of 2027-01-14, and version 0.2.0 before it of 2027-01-15"),
        ("0.3.0", "2027-02-30", "no day"),
        ("0.3.0", "2027-W05-1", "no day"),
        ("0.3.0", "", "no day"),
    ],
)
def test_an_unfit_version_is_refused(both: Released, version: str, modified: str, words: str) -> None:
    """Older than what there is, of an earlier day, or none."""
    with pytest.raises(UnfitVersion, match=words) as refused:
        find_previous(list_releases(both.root), version, modified)
    assert "graph/shared/dataset.ttl" in str(refused.value)


def test_a_fit_version_has_the_one_before_it(both: Released) -> None:
    """By their order and not by that of their letters; one that is there has its own."""
    releases = list_releases(both.root)
    assert find_previous(releases, "0.10.0", "2027-01-15") == SECOND
    assert find_previous(releases, "1.0.0-alpha.1", "2027-01-15") == SECOND
    assert find_previous(releases, SECOND, "2027-01-15") == FIRST
    assert find_previous((), "0.1.0", "2026-11-24") is None


def test_an_older_version_is_refused_and_changes_nothing(built: Built, both: Released, tmp_path: Path) -> None:
    """Before anything is written."""
    copied = both.copy(tmp_path)
    before = releasing.sums(copied.root)
    with pytest.raises(UnfitVersion, match="not newer"):
        releasing.release(variant(built, tmp_path / "older", version="0.1.5"), copied.root)
    assert releasing.sums(copied.root) == before


def test_what_does_not_fit_is_warned_of(built: Built, tmp_path: Path) -> None:
    """The same data under a new version; a vocabulary that changed and kept its number."""
    first = releasing.release(variant(built, tmp_path / "1", version="0.1.0"), tmp_path / "r", (write_contents,))
    dataset = variant(built, tmp_path / "2", version="0.2.0")
    second = releasing.release(dataset, tmp_path / "r", (write_contents,)).release
    site = releasing.site_of(dataset)
    assert [*read_doubts(site, second)] == ["the data is the same as that of version 0.1.0, to the byte"]
    ontology = first.release.folder / "ontology" / "battlegraph.ttl"
    ontology.write_bytes(ontology.read_bytes() + b"# other\n")
    record = replace(first.release.record, digest="0" * 64)
    (first.release.folder / RECORD_FILE).write_bytes(record.to_json())
    releasing.sign(first.release.folder)
    (warned,) = read_doubts(site, second)
    assert "has changed (ontology/battlegraph.ttl)" in warned
    (first.release.folder / RECORD_FILE).write_bytes(replace(record, vocabulary="9.0.0").to_json())
    assert any("was 9.0.0" in one for one in read_doubts(site, second))


def test_a_dataset_of_no_build_is_no_release(tmp_path: Path) -> None:
    """It says no version of itself."""
    (tmp_path / "other.nq").write_text("<http://e/s> <http://e/p> <http://e/o> .\n")
    with pytest.raises(UnfitVersion, match="no version"):
        releasing.release(tmp_path / "other.nq", tmp_path / "released")
    assert list_releases(tmp_path / "released") == ()


def test_a_part_writes_no_file_twice_and_none_outside(dataset_file: Path, tmp_path: Path) -> None:
    """A mistake of ours stops the release."""
    for name in ("one.txt", SUMS_FILE, "../out.txt", "/etc/out.txt", "a//b", ".hidden", "a/./b", "two words", "a\nb"):

        def part(_site: Site, _release: Release, name: str = name) -> Iterator[tuple[str, bytes]]:
            yield "one.txt", b"1"
            yield name, b"2"

        with pytest.raises(ValueError, match=r"two parts|no name"):
            releasing.release(dataset_file, tmp_path, (part,))
        assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_sums_are_read_as_they_are_written() -> None:
    """And nothing else is."""
    assert read_sum(sum_line("a" * 64, "graphs/viewpoint/x.ttl").rstrip("\n")) == ("a" * 64, "graphs/viewpoint/x.ttl")
    for line in ("", "a" * 64, f"{'a' * 64} *x", f"{'A' * 64}  x", f"{'a' * 64}  ../x", f"{'a' * 64}  x\n"):
        assert read_sum(line) is None


@pytest.fixture
def own(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the command find the project's dataset built."""
    monkeypatch.setattr(command, "own_dataset", lambda: dataset_file)
    return dataset_file


@pytest.mark.usefixtures("own")
def test_the_command_tells_what_it_wrote(tmp_path: Path) -> None:
    """The folder, the digest, the files and their sizes; then that nothing changed."""
    done = CliRunner().invoke(main, ["release", "--version", "0.1.0", "-o", str(tmp_path)])
    assert done.exit_code == 0
    record = read_release(tmp_path / "0.1.0").record
    for words in (str(tmp_path / "0.1.0"), record.digest, "battlegraph-0.1.0.bag.zip", "MB", "it conforms"):
        assert words in done.output
    again = CliRunner().invoke(main, ["release", "-o", str(tmp_path)])
    assert again.exit_code == 0
    assert "nothing changed" in again.output
    checked = CliRunner().invoke(main, ["release", "--check", str(tmp_path / "0.1.0")])
    assert (checked.exit_code, "holds" in checked.output) == (0, True)


@pytest.mark.usefixtures("own")
def test_the_command_refuses_another_version(tmp_path: Path) -> None:
    """It says where to write it; calls that contradict themselves are refused too."""
    done = CliRunner().invoke(main, ["release", "--version", "0.9.0", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "graph/shared/dataset.ttl" in done.output
    assert not list(tmp_path.iterdir())
    for arguments in (["--check", str(tmp_path), "--version", "0.1.0"], ["--check", str(tmp_path / "nowhere")]):
        assert CliRunner().invoke(main, ["release", *arguments]).exit_code == 2


def test_the_command_s_faults_have_their_codes(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 where the data cannot be released, 2 where the place cannot be written to."""
    other = variant(built, tmp_path / "other", version="0.1")
    monkeypatch.setattr(command, "own_dataset", lambda: other)
    refused = CliRunner().invoke(main, ["release", "-o", str(tmp_path / "released")])
    assert (refused.exit_code, "MAJOR.MINOR.PATCH" in refused.output) == (1, True)
    (tmp_path / "taken").write_text("")
    wrong = CliRunner().invoke(main, ["release", "-o", str(tmp_path / "taken" / "below")])
    assert (wrong.exit_code, "-o" in wrong.output) == (2, True)


def test_the_record_is_json(released: Release, built: Built) -> None:
    """With what the build's manifest says."""
    said = json.loads((released.folder / RECORD_FILE).read_bytes())
    manifest: Manifest = built.manifest
    assert (said["version"], said["modified"], said["sources"]) == (
        manifest.version,
        manifest.modified,
        manifest.sources,
    )
    assert said["digest"] == manifest.quads
