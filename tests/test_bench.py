"""The bench: its arithmetic, what it asks, how it compares answers, its figures, and a short run of ours alone."""

from __future__ import annotations

import itertools
import json
import os
import platform
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.generator import write_generated
from graph.ground import lay_ground
from graph.sources import Sources
from server.bench import asking, endpoints, nginx, processes, throughput, uncached
from server.bench.answers import Unreadable, difference, read_answer
from server.bench.asking import Bounds, take_turns
from server.bench.building import Building
from server.bench.client import Client, NoAnswer, Reply
from server.bench.endpoints import Endpoints, Start
from server.bench.environment import environment
from server.bench.footprint import memory, processor_seconds
from server.bench.grid import Grid, shown
from server.bench.growth import Cost, Size, cost_figure, growth, query_figure
from server.bench.peers import installed
from server.bench.peers.installed import find_peers
from server.bench.peers.peer import Missing, Peer
from server.bench.plot import Figure, Panel, Series
from server.bench.processes import Endpoint, NotStarted, await_answer, free_port, running
from server.bench.questions import (
    NothingToAsk,
    Terms,
    battle_path,
    read_questions,
    read_terms,
    requests,
    terms_query,
)
from server.bench.report import introduction, tables, write_report
from server.bench.run import Measured, measure
from server.bench.table import Row, Table, percentile
from server.cli import main
from server.cli.measured_build import BuildFailed, build_measured

TINY = Bounds(rounds=3)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of two made-up articles."""
    file = tmp_path_factory.mktemp("bench") / "generated.nq"
    write_generated(file, lay_ground(Sources()), 2)
    return file


@pytest.fixture(scope="module")
def terms(dataset: Path) -> list[Terms]:
    """Return what may be asked about in it."""
    store = ox.Store()
    store.bulk_load(path=dataset, format=ox.RdfFormat.N_QUADS)
    found = store.query(terms_query(), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [*read_terms(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")]


def reply(body: bytes, media_type: str = "application/sparql-results+json", status: int = 200) -> Reply:
    return Reply(status, media_type, body, 0.001)


def results(*rows: dict[str, dict[str, str]]) -> Reply:
    return reply(json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}).encode())


# Arithmetic.


def test_a_percentile_is_a_time_that_was_measured() -> None:
    """The nearest rank: of a hundred the 99th, of few the longest."""
    assert percentile([float(n) for n in range(100, 0, -1)], 0.99) == 99
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3
    assert percentile([1.0], 0.01) == 1


@pytest.mark.parametrize(("ratio", "text"), [(0.1749, "0.17"), (1.5, "1.50"), (12.3456, "12.3"), (1234.5, "1,234")])
def test_a_ratio_is_shown_to_three_figures(ratio: float, text: str) -> None:
    """Or to two decimals."""
    assert shown(ratio) == text


@pytest.fixture
def table() -> Table:
    """Return a table of two questions and two peers, of whom one is silent once."""
    return Table(
        "Requests",
        "ours",
        ["fast", "slow"],
        [
            Row("easy", {"ours": [0.002, 0.001, 0.003], "fast": [0.001] * 3, "slow": [0.02] * 3}, {}),
            Row("hard", {"ours": [0.01] * 3, "fast": [0.02] * 3}, {"slow": "status 500"}),
        ],
    )


def test_a_ratio_is_the_others_median_by_ours(table: Table) -> None:
    """Above 1 ours is faster; who gave no answer has none."""
    assert list(table.ratios()) == [("easy", "fast", 0.5), ("easy", "slow", 10), ("hard", "fast", 2)]


def test_the_table_has_a_row_for_each_question(table: Table) -> None:
    """With medians and 99th percentiles, and below it who was silent and why."""
    assert list(table.grid().lines()) == [
        "Requests, milliseconds: median (99th percentile)",
        "             ours         fast  ratio         slow  ratio",
        "easy  2.00 (3.00)  1.00 (1.00)   0.50  20.0 (20.0)   10.0",
        "hard  10.0 (10.0)  20.0 (20.0)   2.00            -",
        "hard: slow gave no answer: status 500",
    ]


def of_endpoints(**absent: str) -> Endpoints:
    """Return what is known of three that ran."""
    started = {"ours": Start(1.5, 0, 100 << 20, 0), "fast": Start(2, 1, 10 << 20, 1 << 20)}
    return Endpoints({Endpoint(name, 1): Client(1, seconds=1) for name in started}, started, absent)


def of_building(articles: int, seconds: float) -> Building:
    return Building(
        articles,
        with_shapes=True,
        wall={"articles": seconds},
        work={"shapes": seconds / 2, "rules": 0.0},
        memory=200 << 20,
    )


def peer(name: str) -> Peer:
    """Return a peer that is not to be started."""
    return Peer(name, f"{name} serve", "It cheats.", lambda *_: pytest.fail("not to be started"))


def test_the_tables_tell_who_is_ahead_and_why(table: Table) -> None:
    """And what starting took, who did not start, and whose answers differ."""
    measured = Measured(of_endpoints(slow="it slept"), table, table, ["easy: fast: 1 row"])
    size = Size(100, 40_000, [of_building(100, 2)], measured)
    told = [line for one in tables(size, [peer(name) for name in table.others]) for line in one.lines()]
    assert told[:7] == [
        "Building from sources, with shapes",
        "                           seconds  milliseconds an article",
        "articles, passed              2.00                     20.0",
        "in all, passed                2.00                     20.0",
        "shapes, of the processors     1.00                     10.0",
        "rules, of the processors      0.00                     0.00",
        "200 MiB of memory at most, over all processes.",
    ]
    told = told[7:]
    assert told[:4] == [
        "From a dataset to answers: ours is a built version, theirs a file of N-Quads",
        "      first answer, s  at rest after, s  memory, MiB  on disk, MiB",
        "ours             1.50              0.00          100          0.00",
        "fast             2.00              1.00         10.0          1.00",
    ]
    assert told[4] == "slow is not measured: it slept"
    assert "ours is ahead of fast on 1 of 2 questions. fast is ahead on easy (0.50). It cheats." in told
    assert "ours is ahead of slow on 1 of 1 questions." in told
    assert told[-1].strip() == "easy: fast: 1 row"


def test_the_introduction_tells_how_peers_run() -> None:
    """And what was not measured."""
    told = list(introduction([peer("fast")], [Missing("other", "the package x")]))
    assert told == ["fast: fast serve", "other: not measured, because it is not installed (the package x)"]


def test_a_table_is_written_as_markdown() -> None:
    """A bar inside a cell is no end of it."""
    grid = Grid("Title", ["", "a"], [["x|y", "1"]], ["A note."])
    assert list(grid.markdown()) == ["### Title", "", "|  | a |", "| --- | ---: |", r"| x\|y | 1 |", "", "A note.", ""]


def test_endpoints_take_turns_within_their_bounds() -> None:
    """A slow one is asked less often than a fast one, and one that fails no more."""
    calls: list[str] = []

    def answer(name: str, seconds: float, status: int = 200) -> Reply:
        calls.append(name)
        if name == "gone":
            raise NoAnswer("it left")
        return Reply(status, "", b"", seconds)

    askers = {name: partial(answer, name, seconds, status) for name, seconds, status in (
        ("fast", 0.001, 200), ("slow", 2.0, 200), ("bad", 0.1, 503), ("gone", 0.1, 200),
    )}  # fmt: skip
    row = take_turns("question", askers, Bounds(rounds=6, seconds=5))
    assert [len(row.times[name]) for name in ("fast", "slow")] == [6, 3]
    once = take_turns("question", {"slow": askers["slow"]}, Bounds(rounds=6, seconds=1))
    assert len(once.times["slow"]) == 1, "one answer took longer than all may"
    assert row.silent == {"bad": "status 503", "gone": "it left"}
    assert calls[:6] == ["fast", "slow", "bad", "gone", "fast", "slow"]


# Questions.


def test_every_question_finds_something(dataset: Path, terms: list[Terms]) -> None:
    """There are more than ten, each with an answer in the data, and none is left with a place to fill."""
    store = ox.Store()
    store.bulk_load(path=dataset, format=ox.RdfFormat.N_QUADS)
    assert len(terms) == 2
    questions = read_questions()
    assert len(questions) >= 10
    for question in questions:
        query = question.filled(terms[0], 1)
        assert "$" not in query
        found = store.query(query, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryBoolean)
        assert next(iter(found), None), question.name


def test_no_request_is_sent_twice(terms: list[Terms]) -> None:
    """Each is about another battle than the one before, or has at least another number."""
    for question in read_questions():
        sent = [query for query, _ in zip(requests(question, terms), range(6), strict=False)]
        assert len(set(sent)) == 6
        assert sent == [query for query, _ in zip(requests(question, terms), range(6), strict=False)]


def test_a_dataset_without_battles_is_refused() -> None:
    """There would be nothing to ask about."""
    with pytest.raises(NothingToAsk, match="no battle"):
        read_terms(b'{"head": {"vars": ["battle"]}, "results": {"bindings": []}}')


def test_pages_are_found_by_the_battle(terms: list[Terms]) -> None:
    """By its path, which is that of its IRI."""
    assert re.fullmatch(r"event/battle-of-[a-z]+", battle_path(terms[0]))


# Answers.


def test_rows_are_compared_as_bags() -> None:
    """Their order does not count, their number does."""
    one, two = ({"x": {"type": "uri", "value": f"http://x/{n}"}} for n in (1, 2))
    assert difference(read_answer(results(one, two)), read_answer(results(two, one))) is None
    differs = difference(read_answer(results(one)), read_answer(results(one, one)))
    assert differs == "2 rows instead of 1 (0 missing, 1 more)"


def test_what_may_be_written_differently_is_no_difference() -> None:
    """Numbers, plain text, the case of a language tag, and Virtuoso's own word for a literal."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    ours = results(
        {"x": {"type": "literal", "value": "7", "datatype": xsd + "integer"}},
        {"x": {"type": "literal", "value": "a", "xml:lang": "en"}},
        {"x": {"type": "literal", "value": "b"}},
    )
    theirs = results(
        {"x": {"type": "literal", "value": "b", "datatype": xsd + "string"}},
        {"x": {"type": "literal", "value": "a", "xml:lang": "EN"}},
        {"x": {"type": "typed-literal", "value": "07", "datatype": xsd + "int"}},
    )
    assert difference(read_answer(ours), read_answer(theirs)) is None


def test_triples_are_compared_as_sets() -> None:
    """Whatever their syntax and whatever they are called."""
    turtle = reply(b"<http://x/a> <http://x/b> 'c' , 'c' .", "text/turtle")
    xml = reply(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
        b'<rdf:Description rdf:about="http://x/a"><x:b>c</x:b></rdf:Description></rdf:RDF>',
        "application/sparql-results+xml",
    )
    assert difference(read_answer(turtle), read_answer(xml)) is None


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply(b"", status=500), "status 500"),
        (reply(b"Sorry.", "text/plain"), "text/plain"),
        (reply(b'{"boolean": true}'), "no SPARQL JSON"),
    ],
)
def test_an_answer_that_is_none_is_told(answer: Reply, told: str) -> None:
    """It is not taken for an empty one."""
    with pytest.raises(Unreadable, match=told):
        read_answer(answer)


# The client.


@pytest.fixture
def scripted() -> Iterator[tuple[Client, list[list[bytes]]]]:
    """Return a client, and the answers of its server: a list for each connection, which is closed after the last."""
    connections: list[list[bytes]] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                for answer in connections.pop(0):
                    if not connection.recv(1 << 16):
                        break
                    connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    with Client(listener.getsockname()[1], seconds=5) as client:
        yield client, connections
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_the_client_reads_both_kinds_of_bodies(scripted: tuple[Client, list[list[bytes]]]) -> None:
    """Of a told length, and in chunks."""
    client, connections = scripted
    connections.append(
        [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/Plain; charset=utf-8\r\ncontent-length: 3\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        ]
    )
    first, second, third = (client.get("/", "*/*") for _ in range(3))
    assert (first.status, first.media_type, first.body) == (200, "text/plain", b"abc")
    assert second.body == b"ab0123456789"
    assert (third.status, third.body) == (404, b"")
    assert 0 < first.seconds < 5


def test_the_client_opens_a_connection_again_that_was_idle_too_long(
    scripted: tuple[Client, list[list[bytes]]],
) -> None:
    """A server may close it without a word; but one that ends in the middle of an answer has given none."""
    client, connections = scripted
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
    connections += [[answer], [answer], [answer[:-1]]]
    assert [client.get("/", "*/*").body for _ in range(2)] == [b"x", b"x"]
    with pytest.raises(NoAnswer, match="in the middle"):
        client.get("/", "*/*")


# Runs.


def measured_in(folder: Path, dataset: Path, *peers: Peer, bounds: Bounds = TINY) -> Measured:
    return measure(dataset, peers, folder, bounds, lambda _: None)


def test_a_run_measures_every_question_and_leaves_nothing_behind(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here beside a peer that takes too long, and under a load that is not worth a second."""
    monkeypatch.setattr(throughput, "find_program", lambda _: None)

    @contextmanager
    def start(_dataset: Path, folder: Path, _seconds: float) -> Iterator[Endpoint]:
        endpoint = Endpoint("late", free_port())
        with running(["sleep", "60"], folder) as process:
            await_answer(endpoint, process, 0.1)
            yield endpoint

    measured = measured_in(tmp_path, dataset, Peer("late", "", "", start))
    names = [question.name for question in read_questions()]
    for table in (measured.distinct, measured.repeated):
        assert [row.name for row in table.rows] == names
        assert all(len(row.times[endpoints.OURS]) == 3 and not row.silent for row in table.rows)
    assert measured.differences == []
    assert measured.endpoints.absent == {"late": "late gave no answer within 0.1 s"}
    ours = measured.endpoints.starts[endpoints.OURS]
    assert 0 < ours.seconds < 60
    assert ours.memory > 20 << 20
    assert measured.uncached is None, "two articles are too few"
    assert (measured.pages is None) == (not nginx.is_installed())
    assert not _children()


def test_an_endpoint_that_gives_other_answers_is_told_of(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here one that serves an article fewer, beside ours."""
    monkeypatch.setattr(throughput, "find_program", lambda _: None)
    monkeypatch.setattr(nginx, "find_program", lambda _: None)
    fewer = tmp_path / "fewer.nq"
    write_generated(fewer, lay_ground(Sources()), 1)

    @contextmanager
    def start(_: Path, folder: Path, seconds: float) -> Iterator[Endpoint]:
        with endpoints.start_ours(fewer, folder, seconds) as endpoint:
            yield replace(endpoint, name="other")

    measured = measured_in(tmp_path, dataset, Peer("other", "", "", start), bounds=Bounds(rounds=1))
    assert any(told.startswith("losses-per-claimant: other: ") for told in measured.differences)
    assert not any(told.startswith("count-classes: battlegraph: ") for told in measured.differences)
    assert len(measured.distinct.rows[0].times["other"]) == 1
    assert measured.pages is None


def test_a_server_that_does_not_come_up_is_told_with_its_words(tmp_path: Path) -> None:
    """And it is not waited for."""
    with pytest.raises(NotStarted, match="ended with status 3") as caught:  # noqa: SIM117
        with running(["sh", "-c", "echo no such thing; exit 3"], tmp_path) as process:
            await_answer(Endpoint("it", free_port()), process, 60)
    assert caught.value.__notes__ == ["no such thing"]
    with pytest.raises(NotStarted, match="false ended with status 1"):
        processes.run_program(["false"], tmp_path, 60)
    with pytest.raises(NotStarted, match=r"sleep was not done within 0\.1 s"):
        processes.run_program(["sleep", "60"], tmp_path, 0.1)
    with pytest.raises(NotStarted, match="nowhere is not installed"):
        processes.run_program(["nowhere"], tmp_path, 60)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what would have to be installed."""
    monkeypatch.setattr(installed, "find_program", lambda _: None)
    found, missing = find_peers()
    assert found == []
    assert [one.name for one in missing] == ["rdflib-endpoint", "Trifid", "Oxigraph", "Virtuoso"]
    assert "virtuoso-opensource-7" in missing[3].remedy


# What ours takes.


def test_a_footprint_is_that_of_a_whole_tree() -> None:
    """Memory and time of what a process has started are its own."""
    busy = "import time\nblock = bytearray(b'x') * (64 << 20)\nprint(flush=True)\nwhile True: pass"
    command = ["sh", "-c", f'"{sys.executable}" -c "{busy}"; true']
    with subprocess.Popen(command, stdout=subprocess.PIPE, process_group=0) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert 64 << 20 < memory(process.pid) < 128 << 20
        before = processor_seconds(process.pid)
        time.sleep(0.2)
        assert 0.02 < processor_seconds(process.pid) - before < 0.4
        os.killpg(process.pid, 9)
    assert memory(process.pid) == 0


def test_pages_that_nobody_asked_for_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that warm a process are not counted, and a refusal is told instead of a time."""
    asked: list[str] = []

    class Answering(Client):
        def get(self, path: str, accept: str) -> Reply:
            asked.append(path)
            return Reply(404 if path.startswith("/search") else 200, accept, b"", 0.004)

    spent = iter(range(1000))
    monkeypatch.setattr(uncached, "processor_seconds", lambda _: next(spent) / 10)
    some: list[Terms] = [{"battle": f"<http://x/id/event/battle-of-{place}>"} for place in "abcdefghijklmnop"]
    grid = uncached.measure_uncached(Endpoint("ours", 1), Answering(1, seconds=1), some)
    assert grid is not None
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["page of a battle"] == ["10.0", "4.00", "4.00", "10"]
    assert rows["search"][0] == "status 404"
    assert "/page/event/battle-of-p" in asked
    assert "/page/event/battle-of-a" not in asked
    assert uncached.measure_uncached(Endpoint("ours", 1), Answering(1, seconds=1), some[:10]) is None


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Requests/sec:  1200.50\nTransfer/sec: 1MB", None),
        ("  Non-2xx or 3xx responses: 7\nRequests/sec:  9.0", "Non-2xx or 3xx responses: 7"),
    ],
)
def test_throughput_is_what_wrk_tells(
    said: str, outcome: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers that failed are no throughput."""
    program = tmp_path / "wrk"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(throughput, "find_program", lambda _: str(program))
    targets = [throughput.Target(Endpoint(name, 1), "/", "*/*") for name in ("ours", "nginx")]
    if outcome is None:
        grid = throughput.measure_throughput({"page": targets})
        assert grid.heads == ["", "ours", "nginx", "share"]
        assert grid.rows == [["page", "1,200", "1,200", "1.00"]]
    else:
        with pytest.raises(throughput.Refused, match=f"ours, /: {outcome}"):
            throughput.measure_throughput({"page": targets})


# Growth, figures, reports.


def of_size(articles: int, seconds: float, table: Table) -> Size:
    return Size(articles, 400 * articles, [of_building(articles, seconds)], Measured(of_endpoints(), table, table, []))


def test_growth_is_fitted_where_it_shows(table: Table) -> None:
    """From a hundred articles on; what is linear has an exponent of one, whatever it takes to begin."""
    assert Cost("", {1: 5.0, 100: 1.0, 1000: 10.0, 10000: 100.0}).exponent() == pytest.approx(1)
    assert Cost("", {100: 1.0, 400: 8.0}).exponent() == pytest.approx(1.5)
    assert Cost("", {1: 1.0, 100: 2.0}).exponent() is None
    grid = growth([of_size(100, 2, table), of_size(1000, 20, table)])
    assert ["Building, seconds: passed", "2.00", "20.0", "1.00"] in grid.rows
    assert ["Building, seconds: shapes, of the processors", "1.00", "10.0", "1.00"] in grid.rows
    assert not any("rules" in row[0] for row in grid.rows), "nothing was done"
    assert ["Memory, MiB: ours", "100", "100", "0.00"] in grid.rows


def test_a_figure_reads_without_being_seen_and_in_the_dark() -> None:
    """It has a title, a description, marks of different shapes, and colours for both grounds."""
    points = {1: 1.0, 10: 10.0, 100: 100.0}
    series = [Series("ours", points, "ours: N^1"), Series("theirs & others", {1: 5.0}, "theirs")]
    text = Figure("Cost", "What it costs.", "articles", [Panel("s", series), Panel("empty", [])], 2).svg()
    svg = ET.fromstring(text)  # noqa: S314 - our own words
    space = "{http://www.w3.org/2000/svg}"
    named = [svg.findtext(space + name) for name in ("title", "desc")]
    assert named == ["Cost", "What it costs."]
    assert svg.get("role") == "img"
    assert "prefers-color-scheme: dark" in text
    marks = [path for path in svg.iter(space + "path") if "fill: var" in path.get("style", "")]
    assert len(marks) == 6, "four points, and a label for each line"
    assert len({path.get("d") for path in marks}) == 2
    places = [_place(path.get("transform", "")) for path in marks if path.get("style") == "fill: var(--c0)"]
    (x, y), (x2, y2), (x3, y3), _ = places
    assert x2 - x == pytest.approx(x3 - x2, abs=0.2), "the axes are logarithmic"
    assert y - y2 == pytest.approx(y2 - y3, abs=0.2)
    assert y > y2


def test_labels_at_the_ends_of_lines_do_not_overlap() -> None:
    """Even where the lines end at one point."""
    series = [Series(name, {1: 1.0, 10: 10.0}, name) for name in "abcd"]
    text = Figure("", "", "", [Panel("", series)], 1).svg()
    heights = sorted(float(y) for y in re.findall(r'<text x="255" y="([\d.]+)">', text))
    assert len(heights) == 4
    assert all(later - earlier >= 12 for earlier, later in itertools.pairwise(heights))


def test_the_report_is_a_folder_of_tables_and_figures(table: Table, tmp_path: Path) -> None:
    """With the command, the facts that figures depend on, and not the name of the machine."""
    sizes = [of_size(1, 1, table), of_size(100, 2, table)]
    report = write_report(tmp_path / "new", sizes, [peer("fast")], [], "battlegraph bench --articles 1")
    text = report.read_text("utf-8")
    assert "    battlegraph bench --articles 1\n" in text
    assert "## 100 made-up articles, 40,000 quads" in text
    assert "### Requests, milliseconds: median (99th percentile)" in text
    assert platform.node() not in "".join(environment().lines())
    for name, figure in (("costs.svg", cost_figure(sizes)), ("queries.svg", query_figure(sizes))):
        assert f"({name})" in text
        assert (tmp_path / "new" / name).read_text("utf-8") == figure.svg()
    assert "easy" in query_figure(sizes).svg()


def test_a_build_that_fails_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is not measured as if it were one."""
    (tmp_path / "sources" / "empty").mkdir(parents=True)
    with pytest.raises(BuildFailed, match="2 articles ended without a dataset"):
        build_measured(tmp_path / "sources", tmp_path / "datasets", 2, with_shapes=True)
    assert "empty" in capfd.readouterr().err


def test_the_command_prints_and_writes_what_it_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed beside us."""
    for module in (installed, nginx, throughput):
        monkeypatch.setattr(module, "find_program", lambda _: None)
    monkeypatch.setattr(asking, "Bounds", partial(Bounds, rounds=2))
    result = CliRunner().invoke(main, ["bench", "--articles", "1", "--report", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "1 made-up articles, " in result.output
    assert "nginx: not measured" in result.output
    assert "Requests that nobody has sent before" in result.output
    assert all(f"\n{question.name} " in result.output for question in read_questions())
    assert "### Requests that nobody has sent before" in (tmp_path / "report.md").read_text("utf-8")
    assert not _children()


def _place(transform: str) -> tuple[float, float]:
    x, y = transform.removeprefix("translate(").removesuffix(")").split(",")
    return float(x), float(y)


def _children() -> list[str]:
    """Return the commands of this process's children that are alive, without the one that Python itself keeps."""
    names = []
    for folder in Path("/proc").iterdir():
        try:
            state, parent = (folder / "stat").read_text().rpartition(") ")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                names.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return [name for name in names if "resource_tracker" not in name]
