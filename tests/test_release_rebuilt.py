"""A release whose derived files are false does not hold, although every checksum and description is of those files."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import releasing
from two_releases import FIRST, SECOND, Released, without_authored

from graph.build import Built
from graph.namespaces import SCHEMA
from graph.store import Dataset, merged_store
from server.changes.patch import PATCH_FILE
from server.config import Config
from server.description.parts import write_descriptions
from server.releases.check.bag import check_bag
from server.releases.check.changes import UnfitPatch, compare_with_previous, undo
from server.releases.check.finding import Finding
from server.releases.check.listing import Listing, check_listing
from server.releases.check.reader import Reader
from server.releases.check.rebuilt import make_again
from server.releases.check.release_check import check_release
from server.releases.check.sources import compare_sources
from server.releases.contents import write_contents
from server.releases.part import Content, Part
from server.releases.parts import PARTS
from server.releases.record import RECORD_FILE, Record, read_record
from server.releases.release import Release
from server.releases.writing import write_release
from server.site import Site

STEM = f"battlegraph-{SECOND}"
OTHER = "0.0.9"
"""A version of the software that never was."""

Change = Callable[[bytes], bytes]


def other(old: bytes, new: bytes) -> Change:
    """Return what puts one text in the place of another."""
    return lambda content: content.replace(old, new)


def more(content: bytes) -> Change:
    """Return what adds something at the end."""
    return lambda before: before + content


def reverse(content: bytes) -> bytes:
    """Return the content from its end to its beginning."""
    return content[::-1]


FORGERIES: Mapping[str, Change] = {
    "CITATION.cff": other(b"license", b"licence"),
    "LICENSE.txt": reverse,
    "README.txt": reverse,
    f"{STEM}.ttl": other(b"# Version", b"# FORGERY"),
    "changes.json": other(b"renamed", b"forgery"),
    "changes.md": other(b"renamed", b"forgery"),
    "claims.csv": other(b",38", b",83"),
    "claims.csv-metadata.json": other(b"by-sa/4.0", b"by-nc/4.0"),
    "datacite.json": other(b'"date": "2027', b'"date": "2020'),
    "graphs/entities.ttl": other(b"# Version", b"# FORGERY"),
    "nanopubs.trig": other(b"Azerbaijan", b"Azerbaijam"),
    "ontology/battlegraph.ttl": other(b"rdfs:subClassOf", b"rdfs:subClassOF"),
    "ontology/concepts.ttl": other(b"skos:definition", b"skos:note"),
    "places.geojson": other(b"39.", b"49."),
    "schema-org.jsonld": other(b"by-sa/4.0", b"by-nc/4.0"),
    "shapes/checks/count-bounds.rq": other(b"SELECT", b"# Nothing is checked.\nSELECT"),
    "shapes/claim.ttl": other(b"sh:minCount 1", b"sh:minCount 0"),
    "shapes/shapes.ttl": more(b"\nbgsh:Anything a <http://www.w3.org/ns/shacl#NodeShape> .\n"),
}
"""What a forger does to each file."""
ADDED = "evil.html"


def forging(part: Part) -> Part:
    """Return a part that writes the forgeries; those after it describe, pack and sign them."""

    def write(site: Site, release: Release) -> Iterator[tuple[str, Content]]:
        for name, content in part(site, release):
            change = FORGERIES.get(name.removesuffix(".gz"))
            if change is None:
                yield name, content
                continue
            before = content if isinstance(content, bytes) else b"".join(content)
            is_packed = name.endswith(".gz")
            after = change(gzip.decompress(before) if is_packed else before)
            assert after != before
            yield name, gzip.compress(after, mtime=0) if is_packed else after

    return write


def add(_site: Site, _release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield a file that no release has."""
    yield ADDED, b"<script>"


def listed(folder: Path) -> tuple[Listing, Record]:
    """Return the listing of a release whose sums are right, and its record."""
    listing = Listing(folder)
    assert [*check_listing(listing)] == []
    return listing, read_record((folder / RECORD_FILE).read_bytes(), folder)


def again(folder: Path) -> tuple[list[Finding], tuple[str, ...]]:
    """Return what making a release again finds, and what it could not compare."""
    return make_again(*listed(folder), frozenset())


def edit(folder: Path, name: str, change: Change) -> None:
    """Change a file of a release and sign it again."""
    before = (folder / name).read_bytes()
    after = change(before)
    assert after != before
    (folder / name).write_bytes(after)
    releasing.sign(folder)


@pytest.fixture
def second(both: Released, tmp_path: Path) -> Path:
    """Return a copy of the second of two releases, free to be damaged."""
    return releasing.copy(both.root / SECOND, tmp_path)


@pytest.fixture(scope="module")
def told(both: Released, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Return what is told of a release with all the forgeries, by file."""
    root = tmp_path_factory.mktemp("forged")
    releasing.copy(both.root / FIRST, root)
    contents, *later = (forging(part) for part in PARTS)
    forged = write_release(releasing.site_of(both.dataset), root, [without_authored(contents), add, *later]).release
    found: dict[str, list[str]] = {}
    for finding in check_release(forged.folder):
        found.setdefault(finding.file, []).append(str(finding))
    return found


@pytest.mark.parametrize("name", [*FORGERIES, ADDED])
def test_a_forged_file_is_told(told: Mapping[str, list[str]], name: str) -> None:
    """By its own name."""
    assert told[name]


def test_nothing_but_the_forged_is_told(told: Mapping[str, list[str]]) -> None:
    """But the crate, which has the added file; all else that describes and packs is what is made of such files."""
    assert told.keys() == {*FORGERIES, ADDED, "ro-crate-metadata.json"}


def test_an_honest_release_is_what_is_made_again(both: Released) -> None:
    """And what nothing tells of is named."""
    findings, limits = again(both.root / SECOND)
    assert findings == []
    assert [limit.partition(":")[0] for limit in limits] == [
        "ontology/battle.shex, ontology/context.jsonld, ontology/questions/ (19 files), sources/rules/ (6 files)",
        "comments in ontology/, shapes/, sources/",
        "whether sources/ still has everything that it had",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            other(b'"software": "0', b'"software": "9'),
            "release.json: says software '9.1.0'; expected '0.1.0'",
        ),
        (other(b'"modified": "2027', b'"modified": "2026'), "release.json: says modified '2026-01-15'"),
        (
            other(b'"previous": "0.1.0"', b'"previous": "0.0.7"'),
            "changes.rdfp: undone, gives version '0.1.0'; expected 0.0",
        ),
        (other(b'"sources": "', b'"sources": "0'), "README.txt: is something else from line"),
    ],
)
def test_a_forged_record_is_told(second: Path, change: Change, expected: str) -> None:
    """The dataset, the patch and the texts for people say otherwise."""
    edit(second, RECORD_FILE, change)
    findings, _ = again(second)
    assert [line for line in map(str, findings) if line.startswith(expected)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: b"", "undone, gives the dataset"),
        (lambda content: content[: content.rindex(b"A <")], "undone, gives the dataset"),
        (other(b"renamed", b"forgery"), "adds 1 statements that the dataset does not hold"),
        (other(b"\nA <", b"\nD <"), "deletes"),
        (other(b"H prev <", b"H prev <x:"), "undone, gives the dataset"),
    ],
)
def test_a_forged_patch_is_told(second: Path, change: Change, expected: str) -> None:
    """It has to lead from a version of the name it gives to this one."""
    edit(second, PATCH_FILE, change)
    with pytest.raises(UnfitPatch, match=f"^{expected}"):
        undo(*listed(second), (second / f"{STEM}.nq").read_bytes())


def test_the_version_before_is_compared_where_it_is_there(both: Released, second: Path) -> None:
    """Its absence is said; another of its name is told."""
    content = (second / f"{STEM}.nq").read_bytes()
    listing, record = listed(both.root / SECOND)
    undone = undo(listing, record, content)
    assert undone.content == (both.root / FIRST / f"battlegraph-{FIRST}.nq").read_bytes()
    assert [*compare_with_previous(listing, undone)] == []
    alone, _ = listed(second)
    (limit,) = compare_with_previous(alone, undone)
    assert str(limit).endswith(f"{FIRST}, which is not beside this release")
    (second.parent / FIRST).mkdir()
    (second.parent / FIRST / f"battlegraph-{FIRST}.nq").write_bytes(content)
    (finding,) = compare_with_previous(alone, undone)
    assert isinstance(finding, Finding)
    assert record.digest in finding.expected


def test_a_script_before_a_bag_is_told(second: Path) -> None:
    """Programs that unpack pass over it, and a shell would run it."""
    edit(second, f"{STEM}.bag.zip", lambda content: b"#!/bin/sh\nexit\n" + content)
    with Reader() as reader:
        (finding,) = check_bag(*listed(second), reader)
    assert "has 15 bytes before its first member" in finding.seen


def test_an_empty_folder_is_told(second: Path) -> None:
    """Also one that holds nothing but another."""
    (second / "hidden" / "deep").mkdir(parents=True)
    (finding,) = check_listing(Listing(second))
    assert (finding.file, finding.seen) == ("hidden/deep", "is an empty folder")


def test_forged_sources_are_told(released: Release, tmp_path: Path) -> None:
    """A text that was not read, a statement and a quote that the dataset does not hold; an honest release has none."""
    folder = releasing.copy(released.folder, tmp_path)
    quads = [*ox.parse(path=folder / f"{released.stem}.nq", format=ox.RdfFormat.N_QUADS)]
    base = released.record.base
    assert [*compare_sources(listed(folder)[0], quads, base, ())] == []
    article = "sources/articles/battle-of-hadrut"
    edit(folder, f"{article}/article.txt", more(b"It was won."))
    edit(folder, f"{article}/losses.ttl", other(b"bg:minCount 38", b"bg:minCount 83"))
    edit(folder, f"{article}/narrative.ttl", other(b'bg:quote "', b'bg:quote "not '))
    edit(folder, "sources/shared/wars.ttl", reverse)
    found = {finding.file: finding.seen for finding in compare_sources(listed(folder)[0], quads, base, ())}
    assert {name.rpartition("/")[2]: seen.split()[0] for name, seen in found.items()} == {
        "article.txt": "is",
        "losses.ttl": "states",
        "narrative.ttl": "states",
        "wars.ttl": "cannot",
    }


@pytest.fixture
def foreign(built: Built, tmp_path: Path) -> Path:
    """Return a release that another version of the software has written, without what nobody compares."""
    lines = {
        line.replace(f'"{built.manifest.software}"'.encode(), f'"{OTHER}"'.encode())
        if f"<{SCHEMA}softwareVersion>".encode() in line
        else line
        for line in built.quads.splitlines(keepends=True)
    }
    content = b"".join(sorted(lines))
    file, digest = tmp_path / "foreign.nq", hashlib.sha256(content).hexdigest()
    file.write_bytes(content)
    store = merged_store(ox.parse(content, format=ox.RdfFormat.N_QUADS))
    manifest = replace(built.manifest, software=OTHER, quads=digest)
    site = Site(Config(file), Dataset(store, digest, manifest), None)
    return write_release(site, tmp_path / "foreign", (write_contents, write_descriptions)).release.folder


def test_a_release_of_other_software_is_compared_in_what_all_tell_alike(foreign: Path) -> None:
    """An honest one holds, and the files that were not made again are named; of one that is not, this much is told."""
    findings, limits = again(foreign)
    assert findings == []
    assert limits[0].startswith("CITATION.cff, LICENSE.txt, RDFC-1.0.sha256, README.txt, claims.csv, ")
    assert f"battlegraph {OTHER} wrote them" in limits[0]
    edit(foreign, "CITATION.cff", reverse)
    assert again(foreign)[0] == []
    edit(foreign, "claims.csv", lambda content: content[: content[:-2].rindex(b"\r\n") + 2])
    edit(foreign, "datacite.json", other(b'"date": "2', b'"date": "1'))
    edit(foreign, "schema-org.jsonld", other(b"by-sa/4.0", b"by-nc/4.0"))
    edit(foreign, "description.ttl", other(b"by-sa/4.0", b"by-nc/4.0"))
    edit(foreign, "ontology/battlegraph.ttl", other(b"rdfs:subClassOf", b"rdfs:subClassOF"))
    assert {finding.file for finding in again(foreign)[0]} == {
        "claims.csv",
        "datacite.json",
        "description.ttl",
        "ontology/battlegraph.ttl",
        "schema-org.jsonld",
    }
