"""What changed from one version to the next: the difference, its reading, its files, and its page."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import live
import pyoxigraph as ox
import pytest
import releasing
import specimen
from browsing import CHROMIUM, assert_is_for_everybody, page_of
from conftest import MINIATURE
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from graph.build import build, write
from graph.canon import canonical_nquads
from graph.iris import graph_iri
from graph.namespaces import BG, OA, RDFS, SH, XSD
from graph.releases import QUADS_FILE
from graph.sources import Sources
from graph.store import open_dataset
from server.app import create_app
from server.changes import comparison, sections
from server.changes.changes_json import UnreadableChanges, read_json, write_json
from server.changes.changes_page import render_changes
from server.changes.changes_text import write_text
from server.changes.comparison import Changes, Edition, OfKind, Tally, read_changes
from server.changes.differences import Difference, QuadFile, UnreadableQuads, find_difference, read_quads
from server.changes.facts import Named
from server.changes.kinds import Kind
from server.changes.part import write_changes
from server.changes.patch import name_of_content, patch_lines
from server.changes.summary import summarise
from server.changes.thing import Change, Property, Thing, Value
from server.config import Config
from server.http.copies import FOR_COPY
from server.releases.contents import write_contents
from server.releases.record import UnreadableRelease
from server.releases.release import Release
from server.releases.writing import write_release
from server.site import EXTENSION, Site

CLAIMS = "articles/skirmish/claims.ttl"
TEXT = "articles/skirmish/article.txt"
CARTS = f"{specimen.BASE}id/claim/skirmish/lost"
BURNT = f"{specimen.BASE}id/claim/skirmish/burnt"
RESULT = f"{specimen.BASE}id/claim/skirmish/result"
FORD = f"{specimen.BASE}id/place/ford"


@dataclass(frozen=True, slots=True)
class Project:
    """A miniature project to be changed, and the versions that it releases."""

    root: Path

    @property
    def releases(self) -> Path:
        """The folder of its releases."""
        return self.root / "released"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change something in a file."""
        file = self.root / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def edit_text(self, old: str, new: str) -> None:
        """Change the article's text, as a new revision does."""
        before = hashlib.sha256((self.root / TEXT).read_bytes()).hexdigest()
        self.edit(TEXT, old, new)
        self.edit("articles/skirmish/source.ttl", before, hashlib.sha256((self.root / TEXT).read_bytes()).hexdigest())

    def release(self, version: str, day: str = "2026-01-01") -> Release:
        """Build the project as this version and write its release, as far as changes need it."""
        about = self.root / "shared" / "dataset.ttl"
        text = re.sub(r'dcat:version "[^"]*"', f'dcat:version "{version}"', about.read_text("utf-8"))
        about.write_text(re.sub(r'dcterms:modified "[^"]*"', f'dcterms:modified "{day}"', text), "utf-8")
        articles, shared, ontology, shapes = (self.root / name for name in ("articles", "shared", "ontology", "shapes"))
        built = build(Sources(articles, shared, ontology, shapes))
        assert built.results == ()
        site = make_site(write(built, self.root / f"dataset-{version}") / QUADS_FILE, self.releases)
        return write_release(site, self.releases, (write_contents, write_changes)).release

    def client(self, version: str) -> FlaskClient:
        """Return a client of a server of this version and all releases."""
        app = create_app(Config(self.root / f"dataset-{version}" / "current" / QUADS_FILE, releases=self.releases))
        app.testing = True
        app.test_client_class = specimen.BufferedClient
        return app.test_client()


def make_site(file: Path, releases: Path) -> Site:
    """Return a site of a dataset, without a server."""
    return Site(Config(file, releases=releases), open_dataset(file), None)


def start(root: Path) -> Project:
    """Return a project of its own, one version of which is released."""
    shutil.copytree(MINIATURE, root)
    project = Project(root)
    project.release("0.0.1")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of its own for a test, one version of which is released."""
    return start(tmp_path / "project")


def revise(project: Project) -> Release:
    """Release a version of everything at once: a new text, another figure, a claim less, a link and a term more."""
    project.edit_text("5 carts lost", "15 carts lost")
    project.edit(CLAIMS, "5 carts lost", "15 carts lost")
    project.edit(CLAIMS, "bg:minCount 5 ;\n    bg:mayOverlapWith claim:burnt ;", "bg:minCount 15 ;")
    claims = project.root / CLAIMS
    claims.write_text(claims.read_text("utf-8").partition("claim:burnt a ")[0], "utf-8")
    project.edit("articles/skirmish/gaps.ttl", '"Date" , "Result"', '"Date" , "Result" , "2 carts burnt"')
    link = "link:ford-gazetteer a bg:CrossLink ;\n    rdf:subject place:ford ;\n    rdf:predicate skos:closeMatch ;\n"
    link += '    rdf:object wd:Q3 ;\n    bg:evidence "A gazetteer."@en ;\n    bg:confidence bg:Corroborated .\n\n'
    project.edit("shared/crosslinks.ttl", "link:ford-rumour", link + "link:ford-rumour")
    term = 'bg:Campaign a owl:Class ;\n    rdfs:label "campaign"@en .\n\nbg:Claim a'
    project.edit("ontology/battlegraph.ttl", "bg:Claim a", term)
    return project.release("0.1.0", "2026-02-02")


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with two versions; not to be changed."""
    project = start(tmp_path_factory.mktemp("revised") / "project")
    revise(project)
    return project


@pytest.fixture(scope="module")
def changes(revised: Project) -> Changes:
    """Return what changed between its two versions, as the release has it."""
    return read_json((revised.releases / "0.1.0" / "changes.json").read_bytes())


def of_kind(changes: Changes, kind: Kind) -> OfKind:
    """Return what changed of a kind."""
    return next(one for one in changes.kinds if one.kind is kind)


def thing(changes: Changes, kind: Kind, iri: str) -> Thing:
    """Return a thing that changed."""
    return next(one for one in of_kind(changes, kind).listed if one.named.iri == iri)


def values(found: Thing) -> dict[str, tuple[list[str], list[str]]]:
    """Return the values that differ, old and new, by property."""
    return {
        one.named.iri.rpartition("#")[2]: ([v.text for v in one.old], [v.text for v in one.new])
        for one in found.properties
    }


# The difference and the patch.


def apply(patch: bytes, content: bytes) -> bytes:
    """Return N-Quads after an RDF Patch; fail where the patch does not fit them."""
    lines = set(content.splitlines(keepends=True))
    rows = patch.splitlines(keepends=True)
    operations = [row.partition(b" ")[0] for row in rows]
    assert operations == sorted(operations, key=[b"H", b"TX", b"D", b"A", b"TC"].index)
    assert operations.count(b"TX") == operations.count(b"TC") == 1
    for row in rows:
        assert row.endswith(b" .\n")
        operation, _, quad = row.partition(b" ")
        if operation == b"D":
            lines.remove(quad)
        elif operation == b"A":
            assert quad not in lines
            lines.add(quad)
    return b"".join(sorted(lines))


def test_the_patch_makes_the_new_version_of_the_old(revised: Project) -> None:
    """Byte for byte; its header names the two by their digests, which are those of the files."""
    old, new = (
        (revised.releases / version / f"battlegraph-{version}.nq").read_bytes() for version in ("0.0.1", "0.1.0")
    )
    patch = (revised.releases / "0.1.0" / "changes.rdfp").read_bytes()
    names = [name_of_content(hashlib.sha256(content).hexdigest()) for content in (new, old)]
    assert patch.startswith(f"H id <{names[0]}> .\nH prev <{names[1]}> .\nTX .\n".encode())
    assert apply(patch, old) == new
    assert len(patch) < len(old)


def test_a_version_is_named_by_its_content() -> None:
    """As RFC 6920 has it: this is the example of its section 8.1."""
    digest = hashlib.sha256(b"Hello World!").hexdigest()
    assert name_of_content(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_the_commands_of_the_page_apply_the_patch(revised: Project, tmp_path: Path) -> None:
    """Typed as they stand there, in a folder with the two files; the last prints the checksum that the page has."""
    page = revised.client("0.1.0").get("/dumps/0.1.0/changes").text
    found = re.search(r'<code id="apply-lines">(.*?)</code>', page, re.DOTALL)
    assert found is not None
    for file in ("0.0.1/battlegraph-0.0.1.nq", "0.1.0/changes.rdfp"):
        shutil.copy(revised.releases / file, tmp_path)
    lines = html.unescape(found[1])
    done = subprocess.run(["/bin/sh", "-e", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True)
    digest = done.stdout.partition(" ")[0]
    assert f'<code id="digest-2">{digest}</code>' in page
    made, kept = (folder / "battlegraph-0.1.0.nq" for folder in (tmp_path, revised.releases / "0.1.0"))
    assert made.read_bytes() == kept.read_bytes()


LITERALS = st.builds(ox.Literal, st.text(max_size=8)) | st.builds(
    ox.Literal, st.text(max_size=8), language=st.sampled_from(["en", "hy"])
)
NODES = st.sampled_from([ox.NamedNode(f"http://e/{name}") for name in ("a", "a#b", "a-b", "aa", "\u0561", "z")])
QUADS = st.sets(st.builds(ox.Quad, NODES, NODES, NODES | LITERALS, NODES), max_size=12)


def in_memory(quads: Iterable[ox.Quad]) -> QuadFile:
    """Return a version of these quads."""
    return QuadFile("a version", canonical_nquads(quads))


@given(QUADS, QUADS)
def test_any_two_versions_differ_by_their_patch(old: set[ox.Quad], new: set[ox.Quad]) -> None:
    """Which is as small as it can be, and turned around leads back."""
    before, after = in_memory(old), in_memory(new)
    difference = find_difference(before, after)
    assert set(difference.removed_quads) == old - new
    assert set(difference.added_quads) == new - old
    assert isinstance(before.content, bytes)
    assert isinstance(after.content, bytes)
    assert apply(b"".join(patch_lines(difference, "00", "01")), before.content) == after.content
    back = Difference(difference.added, difference.removed)
    assert apply(b"".join(patch_lines(back, "01", "00")), after.content) == before.content


def test_what_two_versions_share_is_not_kept(tmp_path: Path) -> None:
    """Two large files with a small difference take little memory."""
    files = []
    for name, odd in (("old", 1000), ("new", 2000)):
        file = tmp_path / f"{name}.nq"
        numbers = (number for number in range(100_000) if number != odd)
        file.write_text("".join(f"<http://e/{number:06}> <http://e/p> <http://e/o> .\n" for number in numbers))
        files.append(QuadFile(name, file))
    tracemalloc.start()
    difference = find_difference(*files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(difference.removed), len(difference.added)] == [1, 1]
    assert peak < 500_000 < files[0].content.stat().st_size / 8  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content",
    [
        b"<http://e/b> <http://e/p> <http://e/o> .\n<http://e/a> <http://e/p> <http://e/o> .\n",
        b"<http://e/a> <http://e/p> <http://e/o> .\n<http://e/a> <http://e/p> <http://e/o> .\n",
        b"<http://e/a> <http://e/p> <http://e/o> .\n<http://e/b> <http://e",
        b"<http://e/a> <http://e/p> <http://e/o> .\n\n",
    ],
    ids=["unsorted", "twice", "cut-off", "blank-line"],
)
def test_a_file_that_is_not_canonical_is_refused(content: bytes) -> None:
    """With its name and the line, whichever of the two it is."""
    good = QuadFile("good.nq", b"<http://e/a> <http://e/p> <http://e/o> .\n")
    for files in ((QuadFile("bad.nq", content), good), (good, QuadFile("bad.nq", content))):
        with pytest.raises(UnreadableQuads, match=r"bad\.nq, line 2: not canonical N-Quads"):
            find_difference(*files)


@pytest.mark.parametrize("line", [b"<http://e/a> <http://e/p> _:c14n0 .\n", b"_:a <http://e/p> <http://e/o> .\n"])
def test_blank_nodes_are_refused(line: bytes) -> None:
    """Their labels say nothing from one version to the next."""
    with pytest.raises(UnreadableQuads, match="blank node"):
        read_quads([line])


def test_lines_that_are_no_quads_are_refused() -> None:
    """As what they are."""
    with pytest.raises(UnreadableQuads, match="not N-Quads"):
        read_quads([b"what .\n"])


# The reading.


def test_a_changed_claim_names_the_claimant_and_the_words(changes: Changes) -> None:
    """What was and what is, side by side; and the words that did not change are not told."""
    found = thing(changes, Kind.CLAIMS, CARTS)
    assert found.change is Change.CHANGED
    assert found.viewpoint == Named(f"{specimen.BASE}id/viewpoint/north", "The North")
    assert found.class_ == Named(BG + "LossClaim", "bg:LossClaim")
    assert (found.old_words, found.new_words) == (("Per North:[1]", "5 carts lost"), ("Per North:[1]", "15 carts lost"))
    assert (found.gone_words, found.come_words) == (("5 carts lost",), ("15 carts lost",))
    assert (found.was_called, found.named.label) == ("5 carts lost, per the North", "15 carts lost, per the North")
    differing = values(found)
    assert differing["minCount"] == (["5"], ["15"])
    assert differing["mayOverlapWith"] == (["2 carts burnt, per the North"], [])
    assert {one.named.iri for one in found.other_properties} == {BG + "minCount", BG + "mayOverlapWith"}


def test_a_claim_that_is_gone_keeps_its_claimant_and_words(changes: Changes) -> None:
    """Although the new version knows nothing of it."""
    found = thing(changes, Kind.CLAIMS, BURNT)
    assert (found.change, found.old_words, found.new_words) == (Change.REMOVED, ("2 carts burnt",), ())
    assert found.viewpoint is not None
    assert found.viewpoint.label == "The North"


def test_what_only_moved_is_told_apart(changes: Changes) -> None:
    """A new text gives every anchor another name; the claims on the same words are what they were."""
    result = thing(changes, Kind.CLAIMS, RESULT)
    assert result.change is Change.MOVED
    assert result.old_words == result.new_words == ("Northern victory",)
    assert of_kind(changes, Kind.CLAIMS).things == {Change.CHANGED: 1, Change.REMOVED: 1, Change.MOVED: 1}
    assert set(of_kind(changes, Kind.EVENTS).things) == {Change.MOVED}
    anchors = of_kind(changes, Kind.ANCHORS)
    gone = [one.old_words for one in anchors.listed if one.change is Change.REMOVED]
    come = [one.new_words for one in anchors.listed if one.change is Change.ADDED]
    assert (gone, come) == ([("5 carts lost",)], [("15 carts lost",)])
    moved = [one for one in anchors.listed if one.change is Change.MOVED]
    assert len(moved) == anchors.things[Change.MOVED] > 10
    assert all(one.old_words == one.new_words for one in moved)


def test_what_was_only_counted_anew_is_told_apart(changes: Changes) -> None:
    """Numbers over the dataset differ with everything; what is authored of it is another matter."""
    description = of_kind(changes, Kind.DESCRIPTION)
    recounted = {one.named.iri for one in description.listed if one.change is Change.RECOUNTED}
    assert graph_iri("dataset#class-bg-Claim") in recounted
    assert f"{specimen.BASE}dataset" not in recounted
    differing = values(next(one for one in description.listed if one.named.iri == f"{specimen.BASE}dataset"))
    assert differing["http://purl.org/dc/terms/modified"] == (["2026-01-01"], ["2026-02-02"])


def test_a_new_link_and_a_new_term_are_told_by_kind(changes: Changes) -> None:
    """The place itself, which got a match, stands under the links: the article says nothing else of it."""
    links = of_kind(changes, Kind.CROSSLINKS)
    assert {one.named.iri: one.change for one in links.listed} == {
        f"{specimen.BASE}id/link/ford-gazetteer": Change.ADDED,
        FORD: Change.CHANGED,
    }
    assert [one.named for one in of_kind(changes, Kind.VOCABULARY).listed] == [Named(BG + "Campaign", "campaign")]
    assert thing(changes, Kind.PLACES, FORD).change is Change.MOVED


def test_every_statement_is_counted_once(changes: Changes, revised: Project) -> None:
    """By kind; and those of claims by viewpoint, the viewpoints by name."""
    patch = (revised.releases / "0.1.0" / "changes.rdfp").read_text("utf-8").splitlines()
    added, removed = (sum(line.startswith(mark) for line in patch) for mark in ("A ", "D "))
    assert changes.statements == Tally(added, removed)
    assert sum(one.statements.added for one in changes.kinds) == added
    assert sum(one.statements.removed for one in changes.kinds) == removed
    of_claims = of_kind(changes, Kind.CLAIMS).statements
    assert sum(one.statements.added for one in changes.viewpoints) == of_claims.added
    assert sum(one.statements.removed for one in changes.viewpoints) == of_claims.removed
    north, own = changes.viewpoints
    assert (north.viewpoint.label, own.viewpoint.label) == ("The North", "viewpoint/skirmish/article")
    assert north.claims == {Change.CHANGED: 1, Change.REMOVED: 1}
    assert own.claims == {Change.MOVED: 1}
    for one in changes.kinds:
        assert sum(one.things.values()) == len(one.listed)


def test_a_claim_handed_over_is_told_under_both_voices(project: Project) -> None:
    """It is one claim that changed; of its statements only the claimant differs."""
    project.edit(
        "shared/things.ttl",
        "viewpoint:north a",
        'viewpoint:south a bg:Viewpoint ; rdfs:label "The South"@en .\nviewpoint:north a',
    )
    project.edit(CLAIMS, "burnt, per the North", "burnt")
    project.release("0.0.2")
    text = (project.root / CLAIMS).read_text("utf-8")
    head, mark, tail = text.partition("claim:burnt a ")
    (project.root / CLAIMS).write_text(head + mark + tail.replace("viewpoint:north", "viewpoint:south"), "utf-8")
    project.release("0.0.3")
    changes = read_json((project.releases / "0.0.3" / "changes.json").read_bytes())
    found = thing(changes, Kind.CLAIMS, BURNT)
    assert found.change is Change.CHANGED
    assert found.viewpoint is not None
    assert found.viewpoint.label == "The South"
    assert values(found) == {"accordingTo": (["The North"], ["The South"])}
    assert [(one.viewpoint.label, one.claims) for one in changes.viewpoints] == [
        ("The North", {Change.CHANGED: 1}),
        ("The South", {Change.CHANGED: 1}),
    ]
    text = write_text(changes).decode()
    page = read_page(project.client("0.0.3"), "0.0.3")
    for voice in ("The North", "The South"):
        changed = "attribution changed: from “The North” to “The South”"
        assert f"- According to {voice}, “2 carts burnt”: {changed}; in the words “2 carts burnt”." in text
        changed = "recorded otherwise 2 carts burnt Attribution changed: from The North to The South 2 carts burnt"
        assert f"According to {voice} {changed}" in page
    assert "accordingTo" not in text + page


def test_a_version_of_the_same_data_changes_its_description_alone(project: Project) -> None:
    """Its version and its date."""
    project.release("0.0.2", "2026-03-03")
    changes = read_json((project.releases / "0.0.2" / "changes.json").read_bytes())
    assert [one.kind for one in changes.kinds] == [Kind.DESCRIPTION]
    assert changes.statements == Tally(2, 2)
    assert changes.viewpoints == ()


def test_equal_versions_have_no_changes() -> None:
    """Nothing is made up where there is nothing."""
    file = in_memory([ox.Quad(*map(ox.NamedNode, ("http://e/a", "http://e/b", "http://e/c", "http://e/d")))])
    edition = Edition("1.0.0", "2026-01-01", "0" * 64)
    difference = find_difference(file, file)
    assert difference == Difference((), ())
    found = read_changes(difference, (edition, file), (edition, file), specimen.BASE)
    assert found == Changes(edition, edition, Tally(), (), ())


def test_what_is_listed_has_a_bound_that_favours_no_viewpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its turn before one has a second; the numbers stay whole."""
    monkeypatch.setattr(comparison, "MOST_LISTED", 4)
    claims = [
        ox.Quad(
            ox.NamedNode(f"{specimen.BASE}id/claim/x/{viewpoint}-{number}"),
            ox.NamedNode(RDFS + "label"),
            ox.Literal(f"{viewpoint} {number}"),
            ox.NamedNode(f"{specimen.BASE}graph/viewpoint/{viewpoint}"),
        )
        for viewpoint, count in (("a", 10), ("b", 10), ("c", 1))
        for number in range(count)
    ]
    old, new, edition = in_memory([]), in_memory(claims), Edition("1.0.0", "2026-01-01", "0" * 64)
    found = read_changes(find_difference(old, new), (edition, old), (edition, new), specimen.BASE)
    (kind,) = found.kinds
    assert [one.named.label for one in kind.listed] == ["a 0", "a 1", "b 0", "c 0"]
    assert kind.things == {Change.ADDED: 21}
    (section,) = sections.read_sections(found)
    assert [(len(group.things), group.left) for group in section.groups] == [(2, 8), (1, 9), (1, 0)]


def test_a_corrected_reading_is_told_with_the_words_it_reads(project: Project) -> None:
    """Although they are what they were; and other words for the same claim are no move."""
    project.edit(CLAIMS, "bg:minCount 2", "bg:minCount 3")
    project.edit(CLAIMS, '"5 carts lost" , "Per North:[1]"', '"5 carts lost" , "Per North:"')
    project.edit("articles/skirmish/gaps.ttl", '"Date" , "Result"', '"Date" , "Result" , "[1]"')
    project.release("0.0.2")
    found = read_json((project.releases / "0.0.2" / "changes.json").read_bytes())
    burnt, lost = (thing(found, Kind.CLAIMS, iri) for iri in (BURNT, CARTS))
    assert values(burnt) == {"minCount": (["2"], ["3"])}
    assert burnt.old_words == burnt.new_words == ("2 carts burnt",)
    assert lost.change is Change.CHANGED
    assert (lost.gone_words, lost.come_words) == (("Per North:[1]",), ("Per North:",))
    text = write_text(found).decode()
    north = "According to The North, “{}, per the North”"
    assert f"{north.format('2 carts burnt')}: in the words “2 carts burnt”; bg:minCount was “2”, is “3”." in text
    assert f"{north.format('5 carts lost')}: was “Per North:\\[1\\]”, is “Per North:”." in text
    assert "- Every article's text is the same; what changed is how it was read." in text
    page = read_page(project.client("0.0.2"), "0.0.2")
    assert "Since version 0.0.1 of 2026-01-01 : 2 claims are recorded otherwise." in page
    assert "The text of every article is the same; what changed is how it was read." in page


def compare(old: str, new: str) -> Changes:
    """Return what changed between the named graphs `anchors` of two versions, each written in Turtle."""
    prologue = f"@base <{specimen.BASE}id/> . @prefix bg: <{BG}> . @prefix oa: <{OA}> . @prefix rdfs: <{RDFS}> . "
    files = []
    for text in (old, new):
        graph = ox.NamedNode(graph_iri("anchors"))
        triples = ox.parse((prologue + text).encode(), format=ox.RdfFormat.TURTLE)
        files.append(in_memory(ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples))
    editions = [(Edition("1.0.0", "2026-01-01", "0" * 64), file) for file in files]
    return read_changes(find_difference(*files), editions[0], editions[1], specimen.BASE)


def test_an_anchor_whose_surroundings_changed_has_moved() -> None:
    """Its own words are what they were."""
    old = '<anchor/x/1/2-3> a oa:SpecificResource . <anchor/x/1/2-3#quote> oa:exact "a" ; oa:suffix "b" .'
    (found,) = compare(old, old.replace('"b"', '"c"')).kinds
    assert found.things == {Change.MOVED: 1}
    (found,) = compare(old, old.replace('"a"', '"d"')).kinds
    assert found.things == {Change.CHANGED: 1}


def test_a_thing_on_other_words_has_not_moved() -> None:
    """It has where the words are the same; and words are known of what is on the same anchor as before."""
    quotes = "".join(
        f'<anchor/x/1/{place}> a oa:SpecificResource . <anchor/x/1/{place}#quote> oa:exact "{exact}" .'
        for place, exact in (("1-2", "a"), ("3-4", "a"), ("5-6", "b"))
    )
    old = f'<claim/x/c> bg:anchor <anchor/x/1/1-2> ; rdfs:comment "old" . {quotes}'
    for new, change, words in (
        (old.replace("bg:anchor <anchor/x/1/1-2>", "bg:anchor <anchor/x/1/3-4>"), Change.MOVED, "a"),
        (old.replace("bg:anchor <anchor/x/1/1-2>", "bg:anchor <anchor/x/1/5-6>"), Change.CHANGED, "b"),
        (old.replace('"old"', '"new"'), Change.CHANGED, "a"),
    ):
        (kind,) = compare(old, new).kinds
        assert [(one.change, one.old_words, one.new_words) for one in kind.listed] == [(change, ("a",), (words,))]


def test_a_thing_is_called_by_its_english_name() -> None:
    """As elsewhere where the answer is the same for every reader; a name that changed is told."""
    old = '<x/a> rdfs:label "Adi"@az , "Name"@en .'
    (kind,) = compare(old, old.replace("Name", "New name")).kinds
    assert [(one.named.label, one.was_called) for one in kind.listed] == [("New name", "Name")]


def test_words_that_stand_twice_count_twice() -> None:
    """One of two quotes of the same words can go."""
    found = Thing(
        Named("http://e/a", "a"), Kind.CLAIMS, Change.CHANGED, 1, 0, old_words=("a", "b", "a"), new_words=("a", "b")
    )
    assert (found.gone_words, found.come_words) == (("a",), ())


def in_words(page: str) -> str:
    """Return the text of a page on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def read_page(client: FlaskClient, version: str) -> str:
    """Return the text of the page of what changed in a version."""
    return in_words(client.get(f"/dumps/{version}/changes").text)


# The files.


def test_the_json_is_read_as_it_was_written(changes: Changes, revised: Project) -> None:
    """It is of the form that is documented, and equal changes give equal bytes."""
    content = (revised.releases / "0.1.0" / "changes.json").read_bytes()
    assert write_json(changes) == content
    found = json.loads(content)
    assert list(found) == ["from", "to", "statements", "kinds", "viewpoints"]
    assert (found["from"]["version"], found["to"]["version"]) == ("0.0.1", "0.1.0")
    assert found["to"]["digest"] == json.loads((revised.releases / "0.1.0" / "release.json").read_bytes())["digest"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda found: found.pop("to"),
        lambda found: found["from"].pop("digest"),
        lambda found: found["kinds"][0].update(kind="nonsense"),
        lambda found: found["kinds"][0]["listed"][0].update(change="nonsense"),
        lambda found: found["viewpoints"].append(1),
    ],
)
def test_a_damaged_json_is_told(break_it: Callable[[dict[str, object]], object], revised: Project) -> None:
    """As one error, whatever is wrong with it."""
    found = json.loads((revised.releases / "0.1.0" / "changes.json").read_bytes())
    break_it(found)
    for content in (json.dumps(found).encode(), b"[]", b"{", b"\xff"):
        with pytest.raises(UnreadableChanges):
            read_json(content)


def test_the_text_says_it_in_short_lines(revised: Project) -> None:
    """By kind, a claim with its claimant and its words; so that a changelog can take them."""
    text = (revised.releases / "0.1.0" / "changes.md").read_text("utf-8")
    digest = json.loads((revised.releases / "0.1.0" / "release.json").read_bytes())["digest"]
    assert text.startswith("### Data 0.1.0\n\n- Since version 0.0.1 of ")
    assert f"(`{digest[:12]}`)" in text
    changed = "was “5 carts lost”, is “15 carts lost”; bg:mayOverlapWith no longer “2 carts burnt, per the North”; "
    claims = "1 claim is recorded otherwise, 1 claim is no longer recorded, 1 claim rests on the same words at "
    north = "  - According to The North, "
    for line in (
        f"- Since version 0.0.1 of 2026-01-01: {claims}another place (`{digest[:12]}`).",
        "- The text of an article is a newer one; what changed may come from it.",
        "- Claims: 1 no longer recorded, 1 recorded otherwise, 1 on the same words at another place.",
        f"{north}“2 carts burnt, per the North”: no longer recorded; in the words “2 carts burnt”.",
        f"{north}“15 carts lost, per the North”: {changed}bg:minCount was “5”, is “15”.",
        "  - Newly recorded: link/ford-gazetteer.",
        "  - the ford: skos:closeMatch now “wd:Q3”.",
        "- Terms of the vocabulary: 1 newly recorded.",
        "  - Newly recorded: campaign.",
    ):
        assert f"{line}\n" in text


def test_marks_of_the_text_are_taken_as_they_are(changes: Changes) -> None:
    """What an article says is no Markdown, and no line is broken by it."""
    odd = replace(thing(changes, Kind.CLAIMS, BURNT), old_words=("a *b*\n- [c](d) <e> `f`" + " g" * 100,))
    kind = OfKind(Kind.CLAIMS, Tally(0, 1), {Change.REMOVED: 1}, (odd,))
    text = write_text(replace(changes, kinds=(kind,))).decode()
    line = text.splitlines()[-2]
    head = "  - According to The North, “2 carts burnt, per the North”: no longer recorded; in the words "
    assert line.startswith(head + r"“a \*b\* - \[c\](d) \<e\> \`f\` g g")
    assert line.endswith("…”.")


def test_equal_sources_give_equal_changes(revised: Project, tmp_path: Path) -> None:
    """In any folder."""
    again = start(tmp_path / "elsewhere")
    revise(again)
    for name in ("changes.rdfp", "changes.json", "changes.md"):
        assert (again.releases / "0.1.0" / name).read_bytes() == (revised.releases / "0.1.0" / name).read_bytes()


def test_the_first_version_has_no_changes(revised: Project) -> None:
    """There is nothing to compare with."""
    assert not [*(revised.releases / "0.0.1").glob("changes*")]
    assert len([*(revised.releases / "0.1.0").glob("changes*")]) == 3


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file.write_bytes(file.read_bytes().replace(b"ford", b"fort")), "its SHA-256 is"),
        (lambda file: file.unlink(), "not there"),
    ],
)
def test_a_previous_version_that_is_not_what_it_was_is_refused(
    spoil: Callable[[Path], object], message: str, project: Project
) -> None:
    """No patch is written that would not fit; the file is named."""
    spoil(project.releases / "0.0.1" / "battlegraph-0.0.1.nq")
    with pytest.raises(UnreadableRelease, match=rf"battlegraph-0\.0\.1\.nq: {message}"):
        project.release("0.0.2")
    assert not (project.releases / "0.0.2").exists()


# The page.


def test_the_page_says_who_is_said_to_say_what(revised: Project) -> None:
    """What was and what is, the claimant before them; with the numbers, the files and the digests."""
    response = revised.client("0.1.0").get("/dumps/0.1.0/changes")
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert f'<{specimen.BASE}dumps/0.1.0/changes>; rel="canonical"' in response.headers["Link"]
    assert '</dumps/0.1.0/changes.rdfp>; rel="alternate"; type="application/rdf-patch"' in response.headers["Link"]
    text = in_words(response.text)
    assert "What changed in version 0.1.0" in text
    lead = "1 claim is recorded otherwise, 1 claim is no longer recorded, 1 claim rests on the same words at another"
    assert f"Since version 0.0.1 of 2026-01-01 : {lead} place." in text
    assert "The text of the article is a newer one; what changed may come from it." in text
    was_is = "was 5 carts lost is 15 carts lost"
    assert f"According to The North recorded otherwise 15 carts lost, per the North {was_is}" in text
    assert "no longer recorded 2 carts burnt, per the North 2 carts burnt" in text
    assert "bg:minCount was 5 is 15" in text
    assert "closeMatch now wd:Q3" in text
    for name in ("changes.rdfp", "changes.json", "changes.md"):
        assert f'href="/dumps/0.1.0/{name}"' in response.text
    for version in ("0.0.1", "0.1.0"):
        assert json.loads((revised.releases / version / "release.json").read_bytes())["digest"] in text


def test_only_what_is_there_is_linked(revised: Project) -> None:
    """What is gone leads to what the old version says of it; without that, to nothing that is not there."""
    client = revised.client("0.1.0")
    page = client.get("/dumps/0.1.0/changes").text
    assert 'href="/page/claim/skirmish/lost"' in page
    assert 'href="/page/claim/skirmish/burnt"' not in page
    memento = "/memento/0.0.1/data/claim/skirmish/burnt.ttl"
    assert f'href="{memento}"' in page
    assert b"2 carts burnt" in client.get(memento).data
    for_copy = {FOR_COPY: True, "HTTP_HOST": "copy.example"}
    assert memento not in client.get("/dumps/0.1.0/changes", environ_overrides=for_copy).text


def test_the_address_of_what_is_gone_leads_to_what_changed(revised: Project) -> None:
    """And to what it was."""
    client = revised.client("0.1.0")
    told = client.get("/id/claim/skirmish/burnt", headers={"Accept": "application/json"})
    assert told.status_code == 404
    assert [one["href"] for one in told.get_json()["earlier"]] == [
        "/memento/0.0.1/data/claim/skirmish/burnt.ttl",
        "/dumps/0.1.0/changes",
    ]
    page = client.get("/page/claim/skirmish/burnt", headers={"Accept": "text/html"})
    assert '<a href="/dumps/0.1.0/changes">What changed in version 0.1.0</a>' in page.text


def test_the_numbers_come_after_what_changed(revised: Project) -> None:
    """Nobody comes for counts of statements; what they count is said beside each on a narrow screen."""
    page = revised.client("0.1.0").get("/dumps/0.1.0/changes").text
    ids = re.findall(r'<h2 id="([^"]+)"', page)
    assert ids == ["claims", "articles", "gaps", "crosslinks", "vocabulary", "by-kind", "by-viewpoint", "files"]
    numbers = re.findall(r'<td [^>]*class="number"[^>]*>', page)
    assert numbers
    assert all("data-label=" in one for one in numbers)


def test_another_verdict_is_told(changes: Changes, revised: Project) -> None:
    """And which of the versions has which; where it is the same, nothing is said."""
    assert summarise(changes).verdicts is None
    conforms = Named(SH + "conforms", "conforms")
    for old, new in ((True, False), (False, True)):
        values_ = [(Value(str(value).lower(), datatype=XSD + "boolean"),) for value in (old, new)]
        report = Thing(
            Named(graph_iri("report#report"), "report"),
            Kind.REPORT,
            Change.CHANGED,
            1,
            1,
            properties=(Property(conforms, values_[0], values_[1]),),
        )
        told = replace(changes, kinds=(OfKind(Kind.REPORT, Tally(1, 1), {Change.CHANGED: 1}, (report,)),))
        assert summarise(told).verdicts == (old, new)
        words = [f"version {v} {'conforms' if c else 'does not conform'}" for v, c in (("0.0.1", old), ("0.1.0", new))]
        assert f"- Validation: {words[0]} to its shapes, {words[1]} to its shapes." in write_text(told).decode()
        app = revised.client("0.1.0").application
        with app.test_request_context():
            site = app.extensions[EXTENSION]
            assert f"{words[0]} to its shapes" in render_changes(site, site.releases[0], told, ())


def test_a_name_that_changed_is_told_with_what_it_is_now(project: Project) -> None:
    """Both in quotes."""
    project.edit(CLAIMS, 'rdfs:label "Northern victory"@en', 'rdfs:label "A victory"@en')
    project.release("0.0.2")
    found = read_json((project.releases / "0.0.2" / "changes.json").read_bytes())
    words = "in the words “Northern victory”"
    assert f"{words}; was called “Northern victory”, is called “A victory”." in write_text(found).decode()
    page = read_page(project.client("0.0.2"), "0.0.2")
    assert "was called Northern victory is called A victory" in page


def test_names_are_in_the_language_of_the_reader(revised: Project) -> None:
    """As far as the served data knows them by the same English name; links carry the language on."""
    page = revised.client("0.1.0").get("/dumps/0.1.0/changes?lang=hy").text
    assert 'href="/page/claim/skirmish/lost?lang=hy"' in page
    assert "15 carts lost, per the North" in page


def test_a_copy_of_the_page_that_is_still_good_is_not_sent_again(revised: Project) -> None:
    """And HEAD equals GET."""
    client = revised.client("0.1.0")
    first = client.get("/dumps/0.1.0/changes")
    again = client.get("/dumps/0.1.0/changes", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/dumps/0.1.0/changes")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


def test_the_newest_version_has_a_shorter_name(revised: Project) -> None:
    """By path, the query unchanged."""
    response = revised.client("0.0.1").get("/dumps/latest/changes?lang=az")
    assert (response.status_code, response.headers["Location"]) == (307, "/dumps/0.1.0/changes?lang=az")


@pytest.mark.parametrize(
    ("version", "title", "help_"),
    [
        ("0.0.1", "Nothing to compare with", "/dumps/0.0.1/"),
        ("9.9.9", "No such version", "/dumps/0.1.0/changes"),
        ("nonsense", "No such version", "/dumps/"),
        ("%2e%2e", "No such version", "/dumps/"),
    ],
)
def test_a_version_without_changes_is_told_with_what_there_is(
    version: str, title: str, help_: str, revised: Project
) -> None:
    """404, never a failure."""
    response = revised.client("0.1.0").get(f"/dumps/{version}/changes", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.get_json()["title"] == title
    assert help_ in {item["href"] for item in response.get_json()["available"]}


def test_a_server_without_releases_has_no_changes() -> None:
    """Neither of a version nor of the latest."""
    client = specimen.make_client()
    for version in ("0.1.0", "latest"):
        assert client.get(f"/dumps/{version}/changes").status_code == 404


def test_damage_is_our_fault_and_is_told(project: Project) -> None:
    """An altered file is not told from; one that was signed with its alteration is named."""
    revise(project)
    folder = project.releases / "0.1.0"
    client = project.client("0.1.0")
    (folder / "changes.json").write_text("{}")
    assert client.get("/dumps/0.1.0/changes").status_code == 503
    releasing.sign(folder)
    response = project.client("0.1.0").get("/dumps/0.1.0/changes", headers={"Accept": "application/json"})
    assert response.status_code == 500
    assert "version 0.1.0 cannot be read" in response.get_json()["detail"]


def test_markup_in_the_data_is_text(project: Project) -> None:
    """In names and in values, old and new."""
    project.edit(CLAIMS, 'rdfs:label "Northern victory"@en', 'rdfs:label "<script>new()</script>"@en')
    project.edit("shared/crosslinks.ttl", "A register names it so.", "<img src=x>")
    project.release("0.0.2")
    page = project.client("0.0.2").get("/dumps/0.0.2/changes").text
    assert "&lt;script&gt;new()&lt;/script&gt;" in page
    assert "&lt;img src=x&gt;" in page
    assert "<script>new" not in page
    assert "<img" not in page


def test_the_page_tells_so_many_and_how_many_more(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each viewpoint and change; the numbers of the table are whole."""
    monkeypatch.setattr(sections, "MOST_TOLD", 1)
    for claim in ("lost", "burnt"):
        project.edit(CLAIMS, f"{claim}, per the North", f"{claim} indeed, per the North")
    project.release("0.0.2")
    page = project.client("0.0.2").get("/dumps/0.0.2/changes").text
    assert page.count('<li class="changed">') == 1
    assert '<p class="more">and 1 more</p>' in page
    assert '<td role="cell">2 recorded otherwise</td>' in page


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_the_page_is_for_everybody(browser: Browser, revised: Project, tmp_path: Path) -> None:
    """Axe finds nothing on it, and nothing is wider than the screen; its links lead somewhere."""
    dataset = revised.root / "dataset-0.1.0" / "current" / QUADS_FILE
    with (
        live.running(tmp_path, "--releases", str(revised.releases), dataset=dataset) as server,
        page_of(browser, server) as page,
    ):
        page.goto("/dumps/0.1.0/changes")
        assert_is_for_everybody(page)
        found = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        fragments = {href.removeprefix("#") for href in found if href.startswith("#")}
        assert fragments
        assert all(page.locator(f"[id='{fragment}']").count() == 1 for fragment in fragments)
        for href in {href for href in found if href.startswith("/") and not href.startswith("/dumps/")}:
            assert server.request("GET", href.partition("#")[0])[0].status == 200
