"""Each request has an id, in its answer and in the log; a log is JSON, a line for each thing that happened."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import live
import pytest
import specimen
from flask import Flask, current_app

from server.observability.logs import FIELDS, JsonFormatter
from server.observability.marks import REQUEST_ID
from server.observability.request_ids import HEADER, is_sane, maker


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server that logs each request."""
    with live.running(tmp_path_factory.mktemp("logs"), "--log-requests") as running:
        yield running


def _line(server: live.Server, request: str) -> dict[str, Any]:
    """Return the log's line about a request; every line before it is JSON too."""
    assert server.process.stdout is not None
    while True:
        line = json.loads(server.process.stdout.readline())
        if line.get("request") == request:
            return dict(line)


def test_an_id_from_outside_is_kept_and_sent_back(telling: live.Server) -> None:
    """So that the logs of a proxy and of this server can be read together."""
    given = "7f3c9e1a-edge:42"
    response, _ = telling.request("GET", f"/page/{specimen.EVENT}?lang=en", {HEADER: given, "User-Agent": "tést"})
    assert response.headers[HEADER] == given
    line = _line(telling, given)
    assert line["method"] == "GET"
    assert line["target"] == f"/page/{specimen.EVENT}?lang=en"
    assert line["route"] == "/page/<path:name>"
    assert line["status"] == response.status
    assert line["client"] == "127.0.0.1"
    assert line["cache"] == "miss"
    assert 0 < line["seconds"] < 20
    assert line["time"].endswith("+00:00")


def test_answers_of_every_kind_have_an_id(telling: live.Server) -> None:
    """From the cache, without a body, refused, and about the server itself; no two the same."""
    known = telling.request("GET", "/about")[0].headers["ETag"]
    requests = [
        ("GET", "/about", {}, 200),
        ("GET", "/about", {"If-None-Match": known}, 304),
        ("HEAD", "/about", {}, 200),
        ("OPTIONS", "/about", {}, 204),
        ("GET", "/nothing", {}, 404),
        ("GET", "/health", {}, 200),
        ("GET", "/metrics", {}, 200),
    ]
    answers = [telling.request(method, path, headers)[0] for method, path, headers, _ in requests]
    assert [one.status for one in answers] == [status for *_, status in requests]
    ids = [one.headers[HEADER] for one in answers]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    for identifier, (method, *_, status) in zip(ids, requests, strict=True):
        line = _line(telling, identifier)
        assert (line["method"], line["status"]) == (method, status)


@pytest.mark.parametrize("given", ["", "a b", 'a"b', "x" * 129, "a,b", "id\t1", "é"])
def test_an_id_that_could_forge_a_line_is_not_taken(telling: live.Server, given: str) -> None:
    """Another is made."""
    answered = telling.request("GET", "/about", {HEADER: given})[0].headers[HEADER]
    assert answered != given
    assert is_sane(answered)


def test_ids_of_two_processes_are_different() -> None:
    """Nor do they tell how many there were."""
    first, second = maker(), maker()
    made = [first() for _ in range(100)] + [second() for _ in range(100)]
    assert len(set(made)) == 200
    assert all(map(is_sane, made))


def test_a_record_is_one_line_whatever_it_says() -> None:
    """A message that spans lines, fields of its own, an error with its traceback."""
    error = ValueError("two\nlines")
    record = logging.LogRecord(
        "server", logging.ERROR, "", 1, "it\nbroke: %s", ("é",), (ValueError, error, error.__traceback__)
    )
    setattr(record, FIELDS, {"article": 7})
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert line["level"] == "error"
    assert line["message"] == "it\nbroke: é"
    assert line["article"] == 7
    assert "ValueError: two" in line["error"]
    assert "request" not in line


def test_what_the_app_logs_names_the_request(caplog: pytest.LogCaptureFixture) -> None:
    """Though who logs knows nothing of ids."""
    app = Flask("logs")
    with app.test_request_context(environ_base={REQUEST_ID: "abc"}):
        current_app.logger.error("lost")
        assert json.loads(JsonFormatter().format(caplog.records[-1]))["request"] == "abc"


def test_without_the_option_no_request_is_logged(server: live.Server) -> None:
    """But each has its id."""
    assert server.request("GET", "/about")[0].headers[HEADER]
    server.process.terminate()
    assert server.process.stdout is not None
    assert '"/about"' not in server.process.stdout.read()
