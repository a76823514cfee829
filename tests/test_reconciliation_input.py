"""Whatever is sent to the reconciliation service, the answer is right, or says in JSON what is wrong and where."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import reconciliation_schemas as schemas
import specimen
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.reconciliation.extension import MOST_COLUMNS, MOST_IDS
from server.reconciliation.query import BATCH_SIZE, LONGEST_NAME, MOST_CANDIDATES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(("query", "type", "limit", "properties", "type_strict", "pid", "v", "id", "ids", "settings"))
QUERIES = st.dictionaries(
    st.text(max_size=4),
    st.dictionaries(MEMBERS, JSON | st.lists(st.dictionaries(MEMBERS, JSON, max_size=3), max_size=2), max_size=5),
    max_size=3,
)


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


def refused(client: FlaskClient, field: str, text: str) -> str:
    """Return what a refusal says, the same by GET and by POST, whatever the client likes best."""
    response = client.post("/reconcile", data={field: text}, headers={"Accept": "text/html"})
    assert response.mimetype == "application/problem+json", response.text
    problem: dict[str, Any] = response.get_json()
    assert not schemas.faults(problem, schemas.PROBLEM)
    assert problem["status"] == response.status_code
    if len(text) < 2_000:
        assert client.get("/reconcile", query_string={field: text}).get_json() == problem
    return f"{problem['status']} {problem['detail']}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "`queries` is not JSON"),
        ("{", "at line 1, column 2"),
        ("[]", "`queries` is an array, not an object"),
        ("null", "`queries` is null"),
        ('"Hadrut"', "`queries` is a string"),
        ('{"q0": "Hadrut"}', "`queries.q0` is a string"),
        ('{"q0": {}}', "neither `query` nor `properties`"),
        ('{"q0": {"properties": []}}', "neither `query` nor `properties`"),
        ('{"q0": {"query": 42}}', "`queries.q0.query` is a number"),
        ('{"q0": {"query": null}}', "`queries.q0.query` is null"),
        ('{"q0": {"query": ["Hadrut"]}}', "`queries.q0.query` is an array"),
        ('{"q0": {"query": NaN}}', "NaN is not JSON"),
        ('{"q0": {"query": "x", "limit": Infinity}}', "Infinity is not JSON"),
        ('{"q0": {"query": "x", "limit": 1e999}}', "number that cannot be used"),
        ('{"q0": {"query": "x", "limit": %s}}' % ("9" * 5000), "number that cannot be used"),
        ('{"q0": {"query": "x", "limit": 0}}', "`queries.q0.limit` must be a whole number above 0"),
        ('{"q0": {"query": "x", "limit": -3}}', "must be a whole number"),
        ('{"q0": {"query": "x", "limit": 1.5}}', "must be a whole number"),
        ('{"q0": {"query": "x", "limit": true}}', "must be a whole number"),
        ('{"q0": {"query": "x", "limit": "5"}}', "must be a whole number"),
        ('{"q0": {"query": "x", "type": 5}}', "`queries.q0.type` has a number"),
        ('{"q0": {"query": "x", "type": [["Place"]]}}', "`queries.q0.type` has an array"),
        ('{"q0": {"query": "x", "type_strict": "none"}}', "is none of `any`, `should`, `all`"),
        ('{"q0": {"query": "x", "type_strict": ["any"]}}', "is none of"),
        ('{"q0": {"query": "x", "properties": {"pid": 1, "v": 2}}}', "must have a property's id"),
        ('{"q0": {"query": "x", "properties": [7]}}', "`queries.q0.properties[0]` is a number"),
        ('{"q0": {"query": "x", "properties": [{"p": "place", "v": "x"}]}}', "must have a property's id"),
        ('{"q0": {"query": "x", "properties": [{"pid": "place", "v": [[]]}]}}', "properties[0].v` is an array"),
        ('{"q0": {"query": "x", "properties": [{"pid": "place", "v": {"name": "x"}}]}}', "without an `id`"),
        ('{"q0": {"query": "\\ud800"}}', "lone surrogate"),
        ('{"\\udfff": {"query": "x"}}', "lone surrogate"),
        ("[" * 100_000, "nested too deeply"),
        ('{"q":' * 50_000, "nested too deeply"),
        (json.dumps({"q": {"query": "x", "type": ["Place"] * 1000}}), "at most 20"),
    ],
)  # fmt: skip
def test_a_batch_that_cannot_be_understood_is_refused_with_its_place(
    client: FlaskClient, text: str, words: str
) -> None:
    """The whole of it, so that nobody takes half an answer for all."""
    said = refused(client, "queries", text)
    assert said.startswith("400 ")
    assert words in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "`extend.ids` is null"),
        ('{"ids": "place/hadrut", "properties": []}', "`extend.ids` is a string"),
        ('{"ids": [1], "properties": []}', "`extend.ids` has a number"),
        ('{"ids": [], "properties": {}}', "`extend.properties` is an object"),
        ('{"ids": [], "properties": ["kind"]}', "`extend.properties[0]` is a string"),
        ('{"ids": [], "properties": [{"id": 1}]}', "`extend.properties[0]` has no `id`"),
        ('{"ids": [], "properties": [{"id": "kind", "settings": []}]}', "settings` is an array"),
        ('{"ids": [], "properties": [{"id": "kind", "settings": {"limit": "many"}}]}', "whole number"),
        ('{"ids": [], "properties": [{"id": "kind", "settings": {"limit": -1}}]}', "whole number"),
    ],
)
def test_an_extension_that_cannot_be_understood_is_refused_with_its_place(
    client: FlaskClient, text: str, words: str
) -> None:
    """As a batch is."""
    said = refused(client, "extend", text)
    assert said.startswith("400 ")
    assert words in said


def test_a_batch_is_as_large_as_the_manifest_says(client: FlaskClient) -> None:
    """One query more is refused, and the refusal says how many there may be."""
    size = client.get("/reconcile").get_json()["batchSize"]
    batch = {str(number): {"query": "Hadrut", "limit": 1} for number in range(size)}
    whole = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert len(whole.get_json()) == size == BATCH_SIZE
    said = refused(client, "queries", json.dumps({**batch, "more": {"query": "Hadrut"}}))
    assert said.startswith("413 ")
    assert f"at most {size}" in said


def test_an_extension_has_bounds(client: FlaskClient) -> None:
    """Of ids and of columns."""
    for ids, columns in ((MOST_IDS + 1, 1), (1, MOST_COLUMNS + 1)):
        asked = {"ids": ["place/hadrut"] * ids, "properties": [{"id": "kind"}] * columns}
        assert refused(client, "extend", json.dumps(asked)).startswith("413 ")


def test_a_body_over_a_megabyte_is_refused(client: FlaskClient) -> None:
    """Before it is read."""
    assert refused(client, "queries", json.dumps({"q": {"query": "x" * (1 << 20)}})).startswith("413 ")


def test_a_limit_is_kept_and_kept_within_bounds(client: FlaskClient) -> None:
    """A larger one than there may be gives as many as there may be."""
    for limit, expected in ((1, 1), (3, 3), (3.0, 3), (10**9, MOST_CANDIDATES)):
        batch = {"q": {"query": "Battle of Hadrut", "limit": limit}}
        found = client.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()["q"]["result"]
        assert 0 < len(found) <= expected
        assert expected > 3 or len(found) == expected


def test_a_name_too_long_for_any_finds_nothing_and_says_so(client: FlaskClient) -> None:
    """It costs the user that cell and not the batch."""
    batch = {"long": {"query": "Hadrut " * 100}, "short": {"query": "Hadrut"}}
    told = client.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()
    assert told["long"] == {
        "result": [], "notes": [f"The name has more than {LONGEST_NAME} characters: nothing was looked for."]
    }  # fmt: skip
    assert told["short"]["result"][0]["match"]


def test_a_body_that_is_no_form_is_refused(client: FlaskClient) -> None:
    """And not taken for a question after the manifest."""
    response = client.post("/reconcile", json={"queries": {"q": {"query": "Hadrut"}}})
    assert (response.status_code, response.mimetype) == (415, "application/problem+json")
    assert "application/x-www-form-urlencoded" in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/suggest/entity?prefix=h&cursor=x", 400),
        ("/suggest/entity?prefix=h&cursor=-1", 400),
        ("/suggest/type?cursor=1.5", 400),
        ("/suggest/property?cursor=99999999999999999999", 400),
        (f"/suggest/entity?prefix={'h' * 301}", 400),
        ("/extend/propose?type=Place&limit=few", 400),
        ("/flyout/entity", 404),
        ("/flyout/entity?id=place/no%20such%20%3Cplace%3E", 404),
        ("/preview?id=", 404),
        ("/preview?id=../../etc/passwd", 404),
        ("/preview?id=place/%00", 404),
        ("/flyout/type?id=Nonsense", 404),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_json(client: FlaskClient, path: str, status: int) -> None:
    """With words."""
    response = client.get(f"/reconcile{path}", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert not schemas.faults(response.get_json(), schemas.PROBLEM)


@pytest.mark.parametrize(
    "name",
    [
        '"',
        "' OR 1=1 --",
        "words:hadrut",
        "NEAR(a b)",
        "*",
        "\x00",
        "¶",
        "\u202eHadrut",
        "🜚",
        "ﷺ" * 300,
        "a" * 300,
        "- " * 150,
    ],
)
def test_the_syntax_of_the_index_means_nothing_in_a_name(client: FlaskClient, name: str) -> None:
    """Nor do marks, controls, and letters that fold to many."""
    response = client.post("/reconcile", data={"queries": json.dumps({"q": {"query": name}})})
    assert response.status_code == 200
    assert not schemas.faults(response.get_json(), schemas.RESULTS)


def test_the_worst_batch_takes_no_long_time(client: FlaskClient) -> None:
    """The longest names of the most words, none of which is right."""
    name = " ".join(f"hadrtu{chr(97 + n % 26)} battel azerbiajan" for n in range(40))[:LONGEST_NAME]
    wanted = [{"pid": pid, "v": ["x"] * 20} for pid in ("claims", "losses", "place", "article", "dates", "event")]
    batch = {
        str(n): {"query": f"{n % 9}{name}"[:LONGEST_NAME], "limit": 50, "properties": wanted} for n in range(BATCH_SIZE)
    }
    started = time.monotonic()
    assert client.post("/reconcile", data={"queries": json.dumps(batch)}).status_code == 200
    assert time.monotonic() - started < 10


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(("queries", "extend", "query")), JSON | QUERIES)
def test_no_json_makes_the_service_fail(client: FlaskClient, field: str, value: object) -> None:
    """Whatever its form, the answer is as the report has it or a refusal as ours is."""
    response = client.post("/reconcile", data={field: json.dumps(value)})
    told = response.get_json()
    if response.status_code == 200:
        schema = {"queries": schemas.RESULTS, "extend": schemas.EXTENSION, "query": schemas.RESULT}[field]
        assert not schemas.faults(told, schema)
    else:
        assert response.status_code in (400, 413)
        assert not schemas.faults(told, schemas.PROBLEM)
