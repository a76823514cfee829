"""Releases written in pieces: the same bytes as in memory, however small the pieces and whoever writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hostile_quads
import pyoxigraph as ox
import pytest
import releasing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.canon import canonical_nquads
from graph.namespaces import BG, OA, PROV, RDF, RDFS, SD, VOID
from graph.releases import UnreadableDataset
from graph.workforce.force import Common, Failed, Finished, ProcessKilled, Result, Task
from graph.workforce.opening import Here, open_workforce
from server.http.formats import JSON_LD, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.releases.layout import rows as layout_rows
from server.releases.layout import sorting
from server.releases.layout.families import families, large_families, large_family_key
from server.releases.layout.lines import count_statements, graph_lines, merged_lines
from server.releases.layout.nodes import jsonld, xml
from server.releases.layout.rows import Rows
from server.releases.layout.sorting import ExternalSort
from server.releases.layout.survey import Frame
from server.releases.layout.turtle import graph_files, trig, turtle
from server.releases.parts import parts_by
from server.releases.release import list_releases
from server.releases.staging import UnwritableRelease
from server.terms.serialise import UnwritableQuads, serialise

GRAPHS = "https://w3id.org/battlegraph/graph/"
THING = "https://w3id.org/battlegraph/id/thing/"
HEAD = ("A head", "Two lines")

_PLACES = [f"{THING}{name}" for name in ("a", "a#q", "a#r", "a1", "a/b", "a/b#q", "b", "b#q", "z-é")] + [
    f"{GRAPHS}gaps"
]
_PREDICATES = [
    RDF + "type",
    RDFS + "label",
    OA + "hasSelector",
    PROV + "used",
    VOID + "classPartition",
    VOID + "class",
    SD + "namedGraph",
]
_CLASSES = [BG + "Claim", OA + "TextQuoteSelector", BG + "Article", PROV + "Entity", "http://example.org/Odd"]
_NODES = st.sampled_from(_PLACES).map(ox.NamedNode)
_QUADS = st.builds(
    ox.Quad,
    _NODES,
    st.sampled_from(_PREDICATES).map(ox.NamedNode),
    st.one_of(
        _NODES,
        st.sampled_from(_CLASSES).map(ox.NamedNode),
        st.builds(ox.Literal, st.sampled_from(["x", "y y", 'a "b"\n'])),
        st.builds(lambda text: ox.Literal(text, language="en"), st.sampled_from(["x", "a name"])),
    ),
    st.sampled_from(["entities", "viewpoint/x", "viewpoint/y", "gaps"]).map(lambda name: ox.NamedNode(GRAPHS + name)),
)


@contextmanager
def _rows(quads: frozenset[ox.Quad], folder: Path, first: str | None = None) -> Iterator[Rows]:
    file = folder / "quads.nq"
    file.write_bytes(canonical_nquads(quads))
    with Rows(folder, Here()) as rows:
        rows.read(file, Frame("quads.nq", "", first))
        yield rows


def _joined(pieces: Iterator[bytes]) -> bytes:
    return b"".join(pieces)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few bytes be too many."""
    monkeypatch.setattr(layout_rows, "BATCH", 200)
    monkeypatch.setattr("server.releases.layout.turtle.BATCH", 200)
    monkeypatch.setattr("server.releases.layout.nodes.BATCH", 200)
    monkeypatch.setattr(sorting, "_MOST", 2_000)
    monkeypatch.setattr("server.releases.layout.spool._IN_MEMORY", 100)


@pytest.mark.usefixtures("tiny")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=st.frozensets(_QUADS, min_size=1, max_size=40), first=st.sampled_from([None, _PLACES[0], _PLACES[6]]))
def test_every_format_has_the_bytes_that_it_has_in_memory(
    quads: frozenset[ox.Quad], first: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Parts with and without their wholes, classes or none, lists that stand apart, names that begin alike."""
    folder = tmp_path_factory.mktemp("rows")
    node = ox.NamedNode(first) if first else None
    with _rows(quads, folder, first) as rows:
        assert _joined(turtle(rows, HEAD)) == serialise(quads, TURTLE, first=node, header=HEAD)
        assert _joined(trig(rows, HEAD)) == serialise(quads, TRIG, first=node, header=HEAD)
        assert _joined(jsonld(rows)) == serialise(quads, JSON_LD, first=node)
        assert _joined(xml(rows, HEAD)) == serialise(quads, RDF_XML, first=node, header=HEAD)
        own: dict[str, list[ox.Quad]] = {}
        for quad in quads:
            own.setdefault(str(quad.graph_name)[1:-1], []).append(quad)
        alone = {graph: _joined(pieces) for graph, pieces in graph_files(rows, lambda graph: (graph,))}
        assert alone == {graph: serialise(found, TURTLE, header=(graph,)) for graph, found in own.items()}
        views = {graph: _joined(pieces) for graph, pieces in graph_lines(rows, f"{GRAPHS}viewpoint/")}
        assert views == {graph: serialise(found, N_TRIPLES) for graph, found in own.items() if "/viewpoint/" in graph}
    file = folder / "quads.nq"
    with file.open("rb") as lines:
        assert _joined(merged_lines(lines)) == serialise(quads, N_TRIPLES)
    assert count_statements(file) == (len(quads), len({quad.triple for quad in quads}))


def test_hostile_names_and_values_have_the_bytes_that_they_have_in_memory(tmp_path: Path) -> None:
    quads = hostile_quads.for_xml()
    with _rows(quads, tmp_path) as rows:
        assert _joined(turtle(rows, HEAD)) == serialise(quads, TURTLE, header=HEAD)
        assert _joined(jsonld(rows)) == serialise(quads, JSON_LD)
        assert _joined(xml(rows, HEAD)) == serialise(quads, RDF_XML, header=HEAD)


@pytest.mark.usefixtures("tiny")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=st.lists(_QUADS, min_size=1, max_size=40))
def test_triples_in_any_order_have_the_bytes_that_they_have_in_memory(
    quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As the description of a release gives them, some of them twice."""
    first = ox.NamedNode(_PLACES[0])
    with Rows(tmp_path_factory.mktemp("rows"), Here()) as rows:
        rows.take((quad.triple for quad in [*quads, *quads[:3]]), first)
        merged = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
        assert _joined(turtle(rows, HEAD)) == serialise(merged, TURTLE, first=first, header=HEAD)
        assert _joined(jsonld(rows)) == serialise(merged, JSON_LD, first=first)


def test_what_a_format_cannot_write_is_told_as_in_memory(tmp_path: Path) -> None:
    quads = frozenset({ox.Quad(*map(ox.NamedNode, (f"{THING}a", "http://example.org/1", THING, f"{GRAPHS}gaps")))})
    with _rows(quads, tmp_path) as rows, pytest.raises(UnwritableQuads, match="XML name"):
        _joined(xml(rows, ()))


def test_a_statement_outside_our_graphs_is_told(tmp_path: Path) -> None:
    (tmp_path / "quads.nq").write_bytes(b'<http://a/> <http://b/> "c" .\n')
    with Rows(tmp_path, Here()) as rows, pytest.raises(UnreadableDataset, match="none of ours"):
        rows.read(tmp_path / "quads.nq", Frame("quads.nq", GRAPHS, None))


def test_families_are_whole_wherever_their_names_sort() -> None:
    names = ["a#1", "a#2", "a$", "a'#x", "a'", "a/#y", "a/b", "a/", "a", "aa#1", "aa", "b#only"]
    lines = sorted(f"<http://x/{name}> <http://p/> <http://o/> <http://g/> .\n".encode() for name in names)
    found = [family.lines.splitlines() for family in families(lines)]
    assert sorted(len(family) for family in found) == [1, 1, 1, 2, 2, 2, 3]
    assert all(len({line.partition(b">")[0].partition(b"#")[0] for line in family}) == 1 for family in found)


def test_parts_of_a_large_family_come_with_what_their_places_depend_on() -> None:
    said = [
        b"<http://x/a#1> <http://p/> <http://o/> <http://g/> .\n",
        b"<http://x/a#2> <http://p/> <http://o/> <http://g/> .\n",
        b"<http://x/a> <http://p/> <http://x/a#1> <http://g/> .\n",
        b'<http://x/a> <http://p/> "a value" <http://g/> .\n',
        b"<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://C/> <http://g/> .\n",
    ]
    whole, one, two = large_families(sorted(said, key=large_family_key), 1)
    assert whole.lines.count(b"\n") == 3
    assert (one.lines, one.known) == (said[0], said[4] + said[2])
    assert (two.lines, two.known) == (said[1], said[4])


@pytest.mark.parametrize("most", [1, 5_000, 10**9])
def test_an_external_sort_sorts_and_leaves_nothing(tmp_path: Path, most: int) -> None:
    rows: ExternalSort[int, str] = ExternalSort(tmp_path, most)
    for number in ((step * 617) % 1_000 for step in range(1_000)):
        rows.add(number, str(number), 4)
    for _ in range(2):
        assert list(rows.rows()) == [(number, str(number)) for number in range(1_000)]
    assert list(tmp_path.iterdir()) == []
    rows.close()


# Whole releases.


def test_processes_write_the_release_that_one_process_writes(dataset_file: Path, tmp_path: Path) -> None:
    alone = releasing.release(dataset_file, tmp_path / "alone").release
    with open_workforce(workers=2) as workforce:
        together = releasing.release(dataset_file, tmp_path / "together", parts_by(workforce)).release
    assert releasing.sums(alone.folder) == releasing.sums(together.folder)


class _Killed:
    """A workforce whose processes are killed."""

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        for done in Here().each(work, tasks, common):
            yield Failed(done.task, ProcessKilled("the process that did it was killed"))


def test_a_process_that_is_killed_is_told_and_leaves_no_release(dataset_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UnwritableRelease, match="was killed"):
        releasing.release(dataset_file, tmp_path, parts_by(_Killed()))
    assert list_releases(tmp_path) == ()
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]
