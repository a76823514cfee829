"""The bench: its arithmetic, what it asks, how it compares answers, and a short run against ourselves alone."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.generator import write_generated
from graph.ground import lay_ground
from graph.sources import Sources
from server.bench import pages, peers, processes, run
from server.bench.answers import Unreadable, difference, read_answer
from server.bench.client import Client, NoAnswer, Reply
from server.bench.peers import Missing, Peer, find_peers
from server.bench.processes import Endpoint, NotStarted, await_answer, free_port, running
from server.bench.questions import NothingToAsk, draw_terms, read_questions, requests
from server.bench.report import report
from server.bench.run import Bounds, Measured, measure, take_turns
from server.bench.table import Row, Table, percentile, shown_ratio
from server.cli import main

TINY = Bounds(rounds=3)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of two made-up articles."""
    file = tmp_path_factory.mktemp("bench") / "generated.nq"
    write_generated(file, lay_ground(Sources()), 2)
    return file


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


@pytest.mark.parametrize(("ratio", "shown"), [(0.1749, "0.17"), (1.5, "1.50"), (12.3456, "12.3"), (1234.5, "1,234")])
def test_a_ratio_is_shown_to_three_figures(ratio: float, shown: str) -> None:
    """Or to two decimals."""
    assert shown_ratio(ratio) == shown


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
    assert list(table.lines()) == [
        "Requests, milliseconds: median (99th percentile)",
        "             ours         fast  ratio         slow  ratio",
        "easy  2.00 (3.00)  1.00 (1.00)   0.50  20.0 (20.0)   10.0",
        "hard  10.0 (10.0)  20.0 (20.0)   2.00            -",
        "hard: slow gave no answer: status 500",
    ]


def test_the_report_tells_who_is_ahead_and_why(table: Table) -> None:
    """And what was not measured, and whose answers differ."""
    both = [
        Peer(name, f"{name} serve", "It cheats.", lambda *_: pytest.fail("not to be started")) for name in table.others
    ]
    lines = list(report(Measured(table, table, ["easy: slow: 1 row"]), None, both, [Missing("other", "the package x")]))
    assert lines[:3] == [
        "fast: fast serve",
        "slow: slow serve",
        "other: not measured, because it is not installed (the package x)",
    ]
    assert "ours is ahead of fast on 1 of 2 questions." in lines
    assert "  fast is ahead on easy (0.50). It cheats." in lines
    assert "ours is ahead of slow on 1 of 1 questions." in lines
    assert lines[-2].startswith("Answers that differ from ours")
    assert lines[-1] == "  easy: slow: 1 row"


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
    assert row.silent == {"bad": "status 503", "gone": "it left"}
    assert calls[:6] == ["fast", "slow", "bad", "gone", "fast", "slow"]


# Questions.


def test_every_question_finds_something(dataset: Path) -> None:
    """There are more than ten, each with an answer in the data, and none is left with a place to fill."""
    store = ox.Store()
    store.bulk_load(path=dataset, format=ox.RdfFormat.N_QUADS)
    terms = draw_terms(dataset)
    assert len(terms) == 2
    questions = read_questions()
    assert len(questions) >= 10
    for question in questions:
        query = question.filled(terms[0], 1)
        assert "$" not in query
        found = store.query(query, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryBoolean)
        assert next(iter(found), None), question.name


def test_no_request_is_sent_twice(dataset: Path) -> None:
    """Each is about another battle than the one before, or has at least another number."""
    terms = draw_terms(dataset)
    for question in read_questions():
        sent = [query for query, _ in zip(requests(question, terms), range(6), strict=False)]
        assert len(set(sent)) == 6
        assert sent == [query for query, _ in zip(requests(question, terms), range(6), strict=False)]


def test_a_dataset_without_battles_is_refused(tmp_path: Path) -> None:
    """There would be nothing to ask about."""
    file = tmp_path / "empty.nq"
    file.write_text("<http://x/a> <http://x/b> <http://x/c> <http://x/g> .\n")
    with pytest.raises(NothingToAsk, match="no battle"):
        draw_terms(file)


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


def test_a_run_measures_every_question_and_leaves_nothing_behind(dataset: Path, tmp_path: Path) -> None:
    """Here against ourselves alone."""
    measured = measure(dataset, [], tmp_path, TINY)
    names = [question.name for question in read_questions()]
    for table in (measured.distinct, measured.repeated):
        assert [row.name for row in table.rows] == names
        assert all(len(row.times[run.OURS]) == 3 and not row.silent for row in table.rows)
    assert measured.differences == []
    assert not _children()


def test_an_endpoint_that_gives_other_answers_is_told_of(dataset: Path, tmp_path: Path) -> None:
    """Here one that serves an article fewer, beside ours."""
    fewer = tmp_path / "fewer.nq"
    write_generated(fewer, lay_ground(Sources()), 1)

    @contextmanager
    def start(_: Path, folder: Path) -> Iterator[Endpoint]:
        with run.start_ours(fewer, folder) as endpoint:
            yield replace(endpoint, name="other")

    measured = measure(dataset, [Peer("other", "", "", start)], tmp_path, Bounds(rounds=1))
    assert any(told.startswith("losses-per-claimant: other: ") for told in measured.differences)
    assert not any(told.startswith("count-classes: battlegraph: ") for told in measured.differences)
    assert len(measured.distinct.rows[0].times["other"]) == 1


def test_a_server_that_does_not_come_up_is_told_with_its_words(tmp_path: Path) -> None:
    """And it is not waited for."""
    with pytest.raises(NotStarted, match="ended with status 3") as caught:  # noqa: SIM117
        with running(["sh", "-c", "echo no such thing; exit 3"], tmp_path) as process:
            await_answer(Endpoint("it", free_port()), process)
    assert caught.value.__notes__ == ["no such thing"]
    with pytest.raises(NotStarted, match="false ended with status 1"):
        processes.run_program(["false"], tmp_path)
    with pytest.raises(NotStarted, match="nowhere is not installed"):
        processes.run_program(["nowhere"], tmp_path)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what would have to be installed."""
    monkeypatch.setattr(peers, "find_program", lambda _: None)
    found, missing = find_peers()
    assert found == []
    assert [one.name for one in missing] == ["rdflib-endpoint", "Oxigraph", "Virtuoso"]
    assert "virtuoso-opensource-7" in missing[2].remedy


def test_the_command_prints_a_table_for_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed beside us."""
    monkeypatch.setattr(peers, "find_program", lambda _: None)
    monkeypatch.setattr(pages, "find_program", lambda _: None)
    monkeypatch.setattr(run, "Bounds", partial(Bounds, rounds=2))
    result = CliRunner().invoke(main, ["bench", "--articles", "1"])
    assert result.exit_code == 0, result.output
    assert "1 made-up articles, " in result.output
    assert "nginx: not measured" in result.output
    assert "Requests that nobody has sent before" in result.output
    assert all(f"\n{question.name} " in result.output for question in read_questions())
    assert not _children()


def _children() -> list[str]:
    """Return the commands of this process's children that are alive."""
    names = []
    for folder in Path("/proc").iterdir():
        try:
            state, parent = (folder / "stat").read_text().rpartition(") ")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                names.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return names
