"""Checking a release: a good one holds; damage is told file by file; a trap does no harm."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import socket
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
import releasing
from click.testing import CliRunner
from two_releases import SECOND, Released

from server.cli import main
from server.releases.check.bag import check_bag
from server.releases.check.compressed import check_compressed
from server.releases.check.crate import CRATE_FILE, look_into
from server.releases.check.finding import Finding
from server.releases.check.folder_of_releases import newest_inside
from server.releases.check.listing import Listing, check_listing
from server.releases.check.reader import Reader
from server.releases.check.release_check import check_release
from server.releases.record import RECORD_FILE, read_record
from server.releases.release import Release
from server.releases.sums import SUMS_FILE

STEM = "battlegraph-0.1.0"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "a" * 10}">' for n in range(10))

START = b"<http://e/s> <http://e/p> "
NESTED = b"<<( <http://e/s> <http://e/p> " * 90_000


@pytest.fixture
def folder(released: Release, tmp_path: Path) -> Path:
    """Return a copy of the release, free to be damaged."""
    return releasing.copy(released.folder, tmp_path)


def problems(folder: Path) -> list[str]:
    """Return what the check tells, each as its line."""
    lines = [str(problem) for problem in check_release(folder)]
    assert not [line for line in lines if not line.isprintable()]
    return lines


def has(lines: list[str], file: str, words: str) -> bool:
    """Tell whether one of the problems is this file's and says so."""
    return any(line.startswith(f"{file}: ") and re.search(words, line) for line in lines)


def edit(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file's content."""
    before = file.read_bytes()
    after = change(before)
    assert after != before
    file.write_bytes(after)


def flip(content: bytes) -> bytes:
    """Return it with one bit of its middle changed."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def without_line(start: bytes) -> Callable[[bytes], bytes]:
    """Return what leaves out the first line that begins so."""

    def change(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        at = next(index for index, line in enumerate(lines) if line.startswith(start))
        return b"".join(lines[:at] + lines[at + 1 :])

    return change


def changed_json(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    """Return what changes something in JSON."""

    def with_change(content: bytes) -> bytes:
        found = json.loads(content)
        change(found)
        return (json.dumps(found, indent=2) + "\n").encode()

    return with_change


def test_a_good_release_holds(released: Release) -> None:
    """Wherever its folder is, and however it is reached."""
    assert problems(released.folder) == []


def test_a_copy_by_another_name_holds(folder: Path) -> None:
    """Unless it is the name of another version."""
    link = folder.parent / "latest"
    link.symlink_to(folder)
    assert problems(link) == []
    assert has(problems(folder.rename(folder.parent / "9.9.9")), RECORD_FILE, "says version 0.1.0; expected 9.9.9")


def test_the_second_of_two_versions_holds(both: Released, tmp_path: Path) -> None:
    """With its changes; one that lost them does not."""
    assert problems(both.root / SECOND) == []
    folder = releasing.copy(both.root / SECOND, tmp_path)
    (folder / "changes.rdfp").unlink()
    releasing.sign(folder)
    assert has(problems(folder), "changes.rdfp", "is not listed")


def test_a_changed_bit_is_found_in_every_file(folder: Path) -> None:
    """Each is told once, with both sums; nothing else is said of it."""
    names = sorted(releasing.sums(folder).keys() - {SUMS_FILE})
    for name in names:
        edit(folder / name, flip)
    lines = problems(folder)
    assert [line for line in lines if "is altered" not in line] == []
    assert [line.partition(":")[0] for line in lines] == names
    assert all(re.search(r"SHA-256 is [0-9a-f]{64}; expected [0-9a-f]{64} as in SHA256SUMS", line) for line in lines)


def test_the_others_are_still_compared_where_one_is_damaged(folder: Path) -> None:
    """By the TriG where it is the N-Quads."""
    edit(folder / f"{STEM}.nq", flip)
    assert [line.partition(":")[0] for line in problems(folder)] == [f"{STEM}.nq"]
    edit(folder / f"{STEM}.trig", flip)
    assert has(problems(folder), f"{STEM}.nq", "neither it nor the TriG .* were not compared")


def test_what_is_missing_and_what_is_added_is_told(folder: Path) -> None:
    """By its name, also where there is a line end or a byte that is no text in it."""
    for name in (f"{STEM}.ttl", "claims.csv", "graphs/entities.ttl", f"{STEM}.bag.zip"):
        (folder / name).unlink()
    (folder / "new.txt").write_text("new")
    (folder / "graphs" / "two\nlines\x1b[31m.ttl").write_text("")
    (folder / os.fsdecode(b"\xff.txt")).write_text("")
    lines = problems(folder)
    for name in (f"{STEM}.ttl", "claims.csv", "graphs/entities.ttl", f"{STEM}.bag.zip"):
        assert has(lines, name, "is not there")
    for name in ("new.txt", r"graphs/two\nlines\x1b[31m.ttl", r"\udcff.txt"):
        assert has(lines, name, "no file that SHA256SUMS does not list; move it out")
    assert len(lines) == 7


def test_links_devices_and_pipes_are_not_opened(folder: Path, tmp_path: Path) -> None:
    """Listed or not; a pipe would be waited for, a link lead anywhere."""
    outside = tmp_path / "outside"
    (folder / "claims.csv").rename(outside)
    (folder / "claims.csv").symlink_to(outside)
    (folder / "README.txt").unlink()
    os.mkfifo(folder / "README.txt")
    (folder / "graphs").rename(tmp_path / "graphs")
    (folder / "graphs").symlink_to(tmp_path / "graphs")
    (folder / "up").symlink_to(folder)
    if os.geteuid() == 0:
        os.mknod(folder / "zero", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(folder)
        listening.bind("socket")
        os.chdir("/")
        lines = problems(folder)
    for name in ("claims.csv", "graphs", "up"):
        assert has(lines, name, "is a symbolic link")
    for name in ("README.txt", "socket", *(["zero"] if os.geteuid() == 0 else [])):
        assert has(lines, name, "is a device, pipe or socket")
    assert has(lines, "graphs/entities.ttl", "is not there")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content[:-1], "its last line has no end"),
        (lambda content: content.replace(b"  claims.csv", b"  ../claims.csv"), "line .* is .*\\.\\./claims"),
        (lambda content: content + content.splitlines(keepends=True)[0], "again"),
        (lambda content: content + b"x" * 70_000_000 + b"\n", "more than"),
        (lambda content: b"\xff\x00\n" + content, "line 1 is"),
        (lambda content: b"".join(reversed(content.splitlines(keepends=True))), "another order"),
        (lambda content: content + b"a" * 64 + b"  SHA256SUMS\n", "lists SHA256SUMS again"),
    ],
)
def test_a_wrong_list_of_files_is_told(folder: Path, change: Callable[[bytes], bytes], words: str) -> None:
    """By its line."""
    edit(folder / SUMS_FILE, change)
    found = [str(problem) for problem in check_listing(Listing(folder))]
    assert has(found, SUMS_FILE, words)


def test_an_empty_folder_is_no_release(tmp_path: Path) -> None:
    """Nor is one without its list of files, or without its record."""
    assert has(problems(tmp_path), SUMS_FILE, "is not there")
    (tmp_path / "x.txt").write_text("x")
    releasing.sign(tmp_path)
    assert has(problems(tmp_path), RECORD_FILE, "is not listed")


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 60_000, b"[1]", b'{"version": 1}', b"\xff", b" " * 100_000])
def test_a_record_that_says_nothing_is_told(folder: Path, content: bytes) -> None:
    """And nothing else is looked into."""
    (folder / RECORD_FILE).write_bytes(content)
    releasing.sign(folder)
    assert [line.partition(" (")[0] for line in problems(folder)] == [f"{RECORD_FILE}: cannot be understood"]


def test_forged_formats_are_told_from_the_others(folder: Path) -> None:
    """A statement less, one more, another order, another form: where no checksum tells, the graph does."""
    more = b"<http://e/s> <http://e/p> <http://e/o> .\n"
    cases: dict[str, tuple[Callable[[bytes], bytes], str]] = {
        f"{STEM}.ttl": (lambda content: content + more, r"adds 1 statements, as <http://e/s> .*1\d,\d{3} triples"),
        f"{STEM}.nt": (
            lambda content: b"".join(reversed(content.splitlines(keepends=True))),
            "holds its triples in another form",
        ),
        f"{STEM}.trig": (lambda content: content + b"GRAPH <http://e/g> { " + more + b"}\n", "has the RDFC-1.0 hash"),
        f"{STEM}.jsonld": (lambda content: content.replace(b"14 T-72s destroyed", b"41 T-72s destroyed"), "lacks .*14"),
        f"{STEM}.rdf": (
            lambda content: content.replace(
                b"</rdf:RDF>", b"<rdf:Description rdf:nodeID='b' foaf:name='x'/></rdf:RDF>"
            ),
            "adds|no RDF|blank node",
        ),
        "graphs/entities.ttl": (lambda content: content + more, "adds 1 statements.*graph/entities"),
        "graphs/viewpoint/azerbaijan.nt": (lambda content: content[content.index(b"\n") + 1 :], "lacks 1 statements"),
        "validation-report.ttl": (lambda content: content + b"# other\n", "is another file"),
        "RDFC-1.0.sha256": (flip, "expected [0-9a-f]{64}  battlegraph"),
    }
    for name, (change, _) in cases.items():
        edit(folder / name, change)
    for one in folder.glob("*.gz"):
        one.write_bytes(gzip.compress((folder / one.name.removesuffix(".gz")).read_bytes()))
    (folder / "graphs" / "anchors.ttl").rename(folder / "graphs" / "invented.ttl")
    releasing.sign(folder)
    lines = problems(folder)
    for name, (_, words) in cases.items():
        assert has(lines, name, words), (name, [line for line in lines if line.startswith(name)])
    assert has(lines, "graphs/anchors.ttl", "is not listed")
    assert has(lines, "graphs/invented.ttl", "of no graph")
    # The bag and the descriptions were made of the files as they were.
    assert has(lines, f"{STEM}.bag.zip", "")
    assert has(lines, "description.ttl", "SHA-256")
    assert has(lines, "ro-crate-metadata.json", "SHA-256")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_line(b"<https://w3id.org/battlegraph/dataset> "), "has the RDFC-1.0 hash"),
        (lambda content: content + b"<http://e/s> <http://e/p> _:b .\n", "not after|blank node"),
        (
            lambda content: b'<http://e/s> <http://e/p> "\\u0041" .\n' + content,
            "line 1 is not a statement in canonical",
        ),
        (lambda content: content[:-1], "not a statement in canonical form"),
        (lambda content: content + b"<http://e/s> <http://e/p\n", r"line \d+ is no N-Quads"),
        (lambda content: b"\n" + content, "line 1 is not a statement"),
        (lambda content: b'<http://e/s> <http://e/p> "' + b"a" * 20_000_000 + b'" .\n' + content, "line 1|memory"),
    ],
)
def test_forged_quads_are_told(folder: Path, change: Callable[[bytes], bytes], words: str) -> None:
    """They are canonical to the byte, or they are not the dataset."""
    edit(folder / f"{STEM}.nq", change)
    releasing.sign(folder)
    assert has(problems(folder), f"{STEM}.nq", words)


TRAPS: tuple[dict[str, tuple[bytes, str]], ...] = (
    {
        f"{STEM}.ttl": (START + NESTED, "ends the process|no Turtle"),
        f"{STEM}.nt": (START + NESTED + b"<http://e/o> " + b")>> " * 90_000 + b".\n", "ends the process|no N-Triples"),
        f"{STEM}.rdf": (
            f'<!DOCTYPE r [{BOMB}]><rdf:RDF {RDF}><rdf:Description rdf:about="http://e/s"><e:p>&a9;</e:p>'
            "</rdf:Description></rdf:RDF>".encode(),
            "memory|ends the process",
        ),
        f"{STEM}.jsonld": (b"[" * 1_000_000, "no JSON-LD"),
        "ontology/battlegraph.ttl": (b"\xff\xfe", "no Turtle"),
        "description.ttl": (b"@prefix", "no Turtle"),
        "ro-crate-metadata.json": (b'{"@graph": ' + b"[" * 100_000, "cannot be understood"),
        "datacite.json": (b"[" * 100_000, "cannot be understood"),
        "schema-org.jsonld": (b"[]", "has the version None"),
    },
    {
        f"{STEM}.ttl": (START + b",".join(b"%d" % n for n in range(90_000)) + b" .", "more than"),
        f"{STEM}.rdf": (b" " * 20_000_000, "too many to be read"),
        f"{STEM}.jsonld": (
            b'{"@context": "http://127.0.0.1:9/context", "@id": "http://e/s", "p": 1}',
            "no JSON-LD: No LoadDocumentCallback",
        ),
        "ro-crate-metadata.json": (b'{"@graph": [1]}', "cannot be understood"),
    },
    {
        f"{STEM}.ttl": (b"<relative> <http://e/p> 1 .", "no Turtle"),
        "ro-crate-metadata.json": (b'{"@graph": [{"@id": {}}]}', "cannot be understood"),
    },
)


@pytest.mark.parametrize("traps", TRAPS)
def test_a_file_that_is_a_trap_is_told(folder: Path, traps: dict[str, tuple[bytes, str]]) -> None:
    """What would end the process, or fill the memory, is a line like any other, and the rest is checked."""
    for name, (content, _) in traps.items():
        (folder / name).write_bytes(content)
    for packed in folder.glob("*.gz"):
        packed.write_bytes(gzip.compress((folder / packed.name.removesuffix(".gz")).read_bytes()))
    releasing.sign(folder)
    lines = problems(folder)
    for name, (_, words) in traps.items():
        assert has(lines, name, words), [line for line in lines if line.startswith(name)]
    assert has(lines, f"{STEM}.bag.zip", "would unpack to|is no valid bag|holds another")


def test_compressed_files_are_compared(folder: Path) -> None:
    """Cut off, garbage, another content, more than there is, and a bomb, which is left after its first bytes."""
    for suffix, change in {
        "ttl": lambda content: content[:-20],
        "nq": lambda _: b"garbage",
        "nt": lambda _: gzip.compress(b"other"),
        "trig": lambda content: gzip.compress(gzip.decompress(content) + b"more"),
        "rdf": lambda _: gzip.compress(bytes(200_000_000)),
        "jsonld": lambda content: content + b"more",
    }.items():
        edit(folder / f"{STEM}.{suffix}.gz", change)
    (folder / "lone.ttl.gz").write_bytes(gzip.compress(b""))
    releasing.sign(folder)
    listing = Listing(folder)
    assert [*check_listing(listing)] == []
    found = {problem.file: problem.seen for problem in check_compressed(listing)}
    for suffix, words in {
        "ttl": "cannot be unpacked .*end",
        "nq": "cannot be unpacked after byte 0",
        "nt": "something else .* from byte 0",
        "trig": "something else",
        "rdf": "something else .* from byte 0",
        "jsonld": "cannot be unpacked",
    }.items():
        assert re.search(words, found.pop(f"{STEM}.{suffix}.gz")), suffix
    assert found == {"lone.ttl.gz": "has no file beside it that it is of"}


def test_descriptions_that_disagree_are_told(folder: Path) -> None:
    """Of size, sum, version, date, and of files that are not there."""
    edit(folder / "description.ttl", lambda content: re.sub(rb"(byteSize )(\S*)\d", rb"\g<1>\g<2>00", content, count=1))
    edit(
        folder / RECORD_FILE, changed_json(lambda record: record.update(quads=7, modified="2026-11-25", vocabulary="2"))
    )

    def forge(crate: dict[str, object]) -> None:
        graph = crate["@graph"]
        assert isinstance(graph, list)
        graph.append({"@id": "../../etc/passwd", "@type": "File"})
        graph[:] = [entity for entity in graph if entity["@id"] != "claims.csv"]
        next(entity for entity in graph if entity["@id"] == "README.txt")["contentSize"] = "1"
        next(entity for entity in graph if entity["@id"] == "./").pop("license")

    edit(folder / "ro-crate-metadata.json", changed_json(forge))
    edit(folder / "datacite.json", changed_json(lambda datacite: datacite.update(version="3.0.0")))
    edit(folder / "shapes" / "shapes.ttl", lambda content: content.replace(b'versionInfo "0.1.0"', b'versionInfo "5"'))
    releasing.sign(folder)
    lines = problems(folder)
    for file, words in (
        ("description.ttl", r"modified \('2026-11-24',\); expected 2026-11-25"),
        ("description.ttl", r"gives \S+ \S* bytes|gives .* bytes; expected"),
        ("description.jsonld", "lacks 1 statements.*adds 1 statements|adds .* lacks|lacks"),
        (RECORD_FILE, r"says 7 quads .*; expected 1\d,\d{3} and 1\d,\d{3}"),
        ("ro-crate-metadata.json", r"'\.\./\.\./etc/passwd', which is not listed"),
        ("ro-crate-metadata.json", "describes no claims.csv"),
        ("ro-crate-metadata.json", "gives README.txt 1 bytes"),
        ("ro-crate-metadata.json", r"\./ has no license"),
        ("ro-crate-metadata.json", "datePublished '2026-11-24'; expected 2026-11-25"),
        ("datacite.json", "version '3.0.0'"),
        ("shapes/shapes.ttl", "is of version 5; expected 2"),
        ("schema-org.jsonld", "dateModified '2026-11-24'"),
        ("CITATION.cff", "date-released"),
    ):
        assert has(lines, file, words), (file, words, [line for line in lines if line.startswith(file)])


def repack(folder: Path, change: Callable[[dict[str, bytes]], object], **options: object) -> list[str]:
    """Write the bag again with other members and return what is told of it."""
    bag = folder / f"{STEM}.bag.zip"
    with zipfile.ZipFile(bag) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(bag, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = int(str(options.get(name, 0o100644 << 16)))
            archive.writestr(info, content)
    return bag_problems(folder)


def bag_problems(folder: Path) -> list[str]:
    """Return what is told of the bag once every checksum agrees."""
    releasing.sign(folder)
    listing = Listing(folder)
    assert [*check_listing(listing)] == []
    record = read_record((folder / RECORD_FILE).read_bytes(), folder)
    with Reader() as reader:
        return [str(problem) for problem in check_bag(listing, record, reader)]


def test_the_bag_is_one_that_the_library_accepts(released: Release, tmp_path: Path) -> None:
    """As BagIt 1.0, with what an archive asks of its metadata; its payload is the release without the bag itself."""
    with zipfile.ZipFile(released.folder / f"{STEM}.bag.zip") as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / STEM))
    bag.validate()
    assert (bag.version_info, bag.info["Bagging-Date"]) == ((1, 0), "2026-11-24")
    payload = releasing.sums(tmp_path / STEM / "data")
    whole = releasing.sums(released.folder)
    assert whole.keys() - payload.keys() == {SUMS_FILE, f"{STEM}.bag.zip"}
    assert payload.items() <= whole.items()
    size = sum(file.stat().st_size for file in (tmp_path / STEM / "data").rglob("*") if file.is_file())
    assert bag.info["Payload-Oxum"] == f"{size}.{len(payload)}"
    for label in ("Source-Organization", "External-Description", "External-Identifier", "License", "Rights"):
        assert bag.info[label]


def test_a_bag_that_leads_out_of_its_folder_is_not_unpacked(folder: Path, tmp_path: Path) -> None:
    """By a path, by an absolute one, by a link."""
    escape = {f"{STEM}/data/../../../escaped.txt": b"x", "/tmp/escaped.txt": b"x", "..\\escaped.txt": b"x"}  # noqa: S108
    lines = repack(folder, lambda members: members.update(escape))
    assert len([line for line in lines if "has a member" in line]) == 3
    assert not [*tmp_path.rglob("escaped.txt")]
    readme = f"{STEM}/data/README.txt"
    linked = repack(
        releasing.copy(folder, tmp_path / "again"),
        lambda members: [members.pop(name) for name in escape] and members.update({readme: b"/etc/passwd"}),
        **{readme: (stat.S_IFLNK | 0o777) << 16},
    )
    assert has(linked, f"{STEM}.bag.zip", "no ordinary file")


def test_a_bag_that_is_a_bomb_is_not_unpacked(folder: Path) -> None:
    """It says how much it would be, and is believed; where it lies, it ends at what it says."""
    lines = repack(folder, lambda members: members.update({f"{STEM}/data/README.txt": bytes(300_000_000)}))
    assert has(lines, f"{STEM}.bag.zip", "would unpack to 300,000,000 bytes")
    size = (folder / "README.txt").stat().st_size
    edit(
        folder / f"{STEM}.bag.zip",
        lambda content: content.replace((300_000_000).to_bytes(4, "little"), size.to_bytes(4, "little")),
    )
    assert has(bag_problems(folder), f"{STEM}.bag.zip", "cannot be unpacked|more bytes than it says")


def test_a_bag_of_other_files_is_told(folder: Path) -> None:
    """Changed, missing, added, of another version of BagIt, or not at all a bag."""
    start = folder.parent

    def lines(number: int, change: Callable[[dict[str, bytes]], object]) -> str:
        return "\n".join(repack(releasing.copy(folder, start / str(number)), change))

    readme, info = f"{STEM}/data/README.txt", f"{STEM}/bag-info.txt"
    assert "README.txt" in lines(1, lambda members: members.update({readme: flip(members[readme])}))
    assert "has no member" in lines(2, lambda members: members.pop(readme))
    assert "has a member" in lines(3, lambda members: members.update({f"{STEM}/data/new.txt": b""}))
    assert "bagit.txt says something else" in lines(
        4, lambda members: members.update({f"{STEM}/bagit.txt": members[f"{STEM}/bagit.txt"].replace(b"1.0", b"0.97")})
    )
    assert "bag-info.txt" in lines(5, lambda members: members.update({info: members[info] + b"Other: x\n"}))

    def forge(members: dict[str, bytes]) -> None:
        def replaced(name: str, other: str, before: bytes) -> None:
            for kind in ("sha256", "sha512"):
                old, new = (hashlib.new(kind, content).hexdigest().encode() for content in (before, members[other]))
                members[f"{name}-{kind}.txt"] = members[f"{name}-{kind}.txt"].replace(old, new)

        before = dict(members)
        members[readme] = flip(members[readme])
        replaced(f"{STEM}/manifest", readme, before[readme])
        for kind in ("sha256", "sha512"):
            manifest = f"{STEM}/manifest-{kind}.txt"
            replaced(f"{STEM}/tagmanifest", manifest, before[manifest])

    assert "holds another README.txt" in lines(6, forge)
    for content in (b"", b"PK\x05\x06" + bytes(18), b"no zip", (folder / f"{STEM}.bag.zip").read_bytes()[:-30]):
        (folder / f"{STEM}.bag.zip").write_bytes(content)
        assert has(bag_problems(folder), f"{STEM}.bag.zip", "cannot be unpacked|has no member")


def test_a_huge_file_is_read_piece_by_piece(folder: Path) -> None:
    """64 MiB of nothing are hashed and found wanting, in a small part of that memory."""
    with (folder / "claims.csv").open("r+b") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    try:
        assert [finding.file for finding in check_listing(Listing(folder))] == ["claims.csv"]
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_the_crate_of_a_release_with_many_files_is_read(folder: Path) -> None:
    """As long as it may be with a kilobyte for each of them, and no longer; ours takes half of that."""
    crate, listing = folder / CRATE_FILE, Listing(folder)
    assert [*check_listing(listing)] == []
    assert crate.stat().st_size < 512 * len(listing.sums)
    edit(crate, lambda content: content + b" " * listing.largest_list)
    listing.sound[CRATE_FILE] = crate.stat().st_size
    record = read_record((folder / RECORD_FILE).read_bytes(), folder)
    assert "more than" in look_into(listing, record)[0].seen
    listing.sums |= {f"graphs/{number}.ttl": "" for number in range(200)}
    assert {finding.seen for finding in look_into(listing, record)} == {
        f"describes no graphs/{number}.ttl" for number in range(200)
    }


def test_a_problem_is_one_line() -> None:
    """Whatever is in it, and however long."""
    line = str(Finding("a\nb", "\x1b[2J\u2028", "x" * 5000))
    assert line.isprintable()
    assert len(line) < 2000


def test_the_command_ends_with_what_it_found(folder: Path) -> None:
    """0 where it holds, 1 with a line for each problem, 2 where there is no such folder."""
    assert CliRunner().invoke(main, ["release", "--check", str(folder)]).exit_code == 0
    edit(folder / "claims.csv", flip)
    (folder / "new.txt").write_text("")
    done = CliRunner().invoke(main, ["release", "--check", str(folder)])
    assert done.exit_code == 1
    assert "2 problems" in done.output
    empty = folder.parent / "empty"
    empty.mkdir()
    (empty / SUMS_FILE).write_text("no line of it\n" * 300)
    done = CliRunner().invoke(main, ["release", "--check", str(empty)])
    assert (done.exit_code, "and perhaps more" in done.output) == (1, True)
    assert len(done.output.splitlines()) < 210
    assert CliRunner().invoke(main, ["release", "--check", str(folder / "README.txt")]).exit_code == 2


def test_a_folder_of_releases_is_not_taken_for_one(both: Released) -> None:
    """The call is at fault: one of them is meant, and the newest is named; a damaged release is still looked into."""
    done = CliRunner().invoke(main, ["release", "--check", str(both.root)])
    assert done.exit_code == 2
    assert f"{both.root} is a folder of releases; check one of them: " in done.output
    assert f"battlegraph release --check {both.root / SECOND}\n" in done.output


def test_a_release_with_a_folder_named_like_a_version_is_a_release(folder: Path) -> None:
    """As somebody may have put it there."""
    (folder / "9.9.9").mkdir()
    assert newest_inside(folder) is None
    assert newest_inside(folder / "README.txt") is None
    assert newest_inside(folder.parent) == folder
