"""The page of the endpoint: what it shows of an answer, its examples, and the way to the editor."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import specimen
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.namespaces import PREFIXES, XSD
from graph.queries import AUDIENCES, by_audience, questions
from server.query import editor, query_page
from server.query.limits import limits
from server.query.protocol import Operation
from server.query.query_page import STARTER, editor_address, find_question, render_page
from server.query.result_table import MOST_ROWS, Cell, Column, Lines, Table, read_answer
from server.query.wire import Answer
from server.site import EXTENSION, Site

BROWSER = {"Accept": "text/html,*/*;q=0.5"}


@pytest.fixture(scope="module")
def app() -> Flask:
    """Return an app that serves the specimen, without a query service."""
    return specimen.make_app()


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    """Return a client of the app."""
    return app.test_client()


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    """Return what the app serves."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found


def get(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, headers=BROWSER)


def solutions(*bindings: dict[str, dict[str, str]], variables: tuple[str, ...] = ("x",)) -> Answer:
    """Return an answer of these bindings."""
    content = {"head": {"vars": variables}, "results": {"bindings": bindings}}
    return Answer("solutions", json.dumps(content).encode())


def show(site: Site, **term: str) -> Cell:
    """Return how the table shows one term."""
    name = term.pop("lang", None)
    table = read_answer(solutions({"x": {**term, **({"xml:lang": name} if name else {})}}), site)
    assert isinstance(table, Table)
    ((cell,),) = table.rows
    assert cell is not None
    return cell


# Terms in a table.


def test_our_things_have_their_label_and_lead_to_our_page(site: Site) -> None:
    """With their name beside it, because a result is data."""
    cell = show(site, type="uri", value=f"{specimen.BASE}id/{specimen.EVENT}")
    assert cell == Cell("Battle of Hadrut", href=f"/page/{specimen.EVENT}", hint=specimen.EVENT)


def test_terms_of_vocabularies_are_curies(site: Site) -> None:
    """Ours lead to our documentation, others to themselves."""
    assert show(site, type="uri", value=PREFIXES["bg"] + "Claim") == Cell("bg:Claim", href="/ontology#Claim")
    assert show(site, type="uri", value=PREFIXES["wd"] + "Q157919").text == "wd:Q157919"
    assert show(site, type="uri", value=PREFIXES["skos"] + "note").href == PREFIXES["skos"] + "note"


def test_other_iris_are_themselves(site: Site) -> None:
    """And no link where no browser should follow it."""
    assert show(site, type="uri", value="http://x/y") == Cell("http://x/y", href="http://x/y")
    assert show(site, type="uri", value="javascript:alert(1)") == Cell("javascript:alert(1)")


def test_a_thing_of_ours_without_a_label_has_its_name(site: Site) -> None:
    """Once."""
    assert show(site, type="uri", value=f"{specimen.BASE}id/x/y") == Cell("x/y", href="/page/x/y")


@pytest.mark.parametrize(("language", "foreign"), [("en", None), ("hy", "hy"), ("az", "az")])
def test_a_literal_says_its_language(site: Site, language: str, foreign: str | None) -> None:
    """English too, because a query must know."""
    assert show(site, type="literal", value="Hadrut", lang=language) == Cell("Hadrut", lang=foreign, tag=language)


@pytest.mark.parametrize(
    ("datatype", "hint", "is_number"),
    [
        ("string", None, False),
        ("integer", None, True),
        ("decimal", None, True),
        ("date", None, False),
        ("boolean", None, False),
        ("gYear", "xsd:gYear", False),
        ("double", "xsd:double", True),
        ("anyURI", "xsd:anyURI", False),
    ],
)
def test_a_datatype_is_told_where_the_value_does_not_show_it(
    site: Site, datatype: str, hint: str | None, *, is_number: bool
) -> None:
    """As a CURIE."""
    cell = show(site, type="literal", value="1", datatype=XSD + datatype)
    assert cell == Cell("1", hint=hint, is_number=is_number)


def test_blank_nodes_and_triple_terms_are_shown_too(site: Site) -> None:
    """The engine may answer with either."""
    assert show(site, type="bnode", value="b0") == Cell("_:b0")
    assert show(site, type="triple", value="x").text == '"x"'


def test_a_column_of_numbers_is_known(site: Site) -> None:
    """Unbound cells aside; one that is never bound is none."""
    one = {"type": "literal", "value": "1", "datatype": XSD + "integer"}
    word = {"type": "literal", "value": "a"}
    answer = solutions({"n": one, "m": one, "w": word}, {"m": word, "n": one}, variables=("n", "m", "w", "none"))
    table = read_answer(answer, site)
    assert isinstance(table, Table)
    assert table.columns == (Column("n", True), Column("m", False), Column("w", False), Column("none", False))
    assert table.rows[1][2] is None


def test_nothing_is_cut_without_a_count(site: Site) -> None:
    """Of rows and of lines."""
    table = read_answer(solutions(*[{}] * (MOST_ROWS + 1)), site)
    assert isinstance(table, Table)
    assert (len(table.rows), table.count) == (MOST_ROWS, MOST_ROWS + 1)
    lines = read_answer(Answer("triples", b"x\n" * (MOST_ROWS + 2)), site)
    assert isinstance(lines, Lines)
    assert (lines.shown, lines.count, lines.text.count("x")) == (MOST_ROWS, MOST_ROWS + 2, MOST_ROWS)


# The page.


def test_the_examples_are_a_menu_by_kind_of_user(client: FlaskClient) -> None:
    """A form of its own, which needs no script."""
    page = get(client, "/sparql").text
    menu = re.search(r'<form action="/queries/open" method="get".*?</form>', page, re.DOTALL)
    assert menu is not None
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', menu[0], re.DOTALL)
    assert [label for label, _ in groups] == list(AUDIENCES.values())
    for (_, options), asked in zip(groups, by_audience(questions()).values(), strict=True):
        assert re.findall(r'<option value="([^"]+)">', options) == [question.name for question in asked]
        assert [html.unescape(text) for text in re.findall(r">([^<]+)</option>", options)] == [q.summary for q in asked]


def test_every_question_is_in_the_menu() -> None:
    """Somebody asks it."""
    listed = Counter(question.name for asked in by_audience(questions()).values() for question in asked)
    assert set(listed) == {question.name for question in questions()}


def test_the_query_that_is_a_question_is_called_by_its_words(app: Flask, site: Site) -> None:
    """However the form sends its lines; its option is the one chosen, once."""
    question = questions()[0]
    assert find_question(site, question.text.replace("\n", "\r\n")) == question
    assert find_question(site, question.text + "#") is None
    with app.test_request_context("/sparql"):
        page = render_page(site, Operation(question.text))
    assert f'<p class="asked">{html.escape(question.summary, quote=False)} <a' in page
    assert page.count(" selected>") == 1


def test_the_limits_are_told(client: FlaskClient, site: Site) -> None:
    """All of them."""
    page = html.unescape(get(client, "/sparql").text)
    for limit in limits(site.config):
        assert f"<li>{limit}</li>" in page


def test_the_lines_to_copy_name_the_host_that_was_asked(client: FlaskClient) -> None:
    """A host that no address can have is not repeated."""
    for host, endpoint in (("data.example:8080", "http://data.example:8080/sparql"), ('a"b', specimen.BASE + "sparql")):
        page = client.get("/sparql", headers={**BROWSER, "Host": host}).text
        assert f"LIMIT 10' {endpoint}</code>" in page


def test_pages_have_one_style_sheet_and_one_script(client: FlaskClient) -> None:
    """The editor alone has more."""
    for path in ("/sparql", "/queries/", "/queries/contradictions"):
        page = get(client, path).text
        assert re.findall(r'<link rel="stylesheet" href="([^"?]+)', page) == ["/static/style.css"]
        assert re.findall(r'<script[^>]* src="([^"?]+)', page) == ["/static/script.js"]
        assert set(re.findall(r'<script type="([^"]+)"', page)) == {"module", "application/ld+json"}
        assert not re.search(r"\s(style|on\w+)=", page)


# The editor.


@pytest.fixture
def with_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server believe that the set-up brought the editor."""
    for module in (query_page, editor):
        monkeypatch.setattr(module, "has_editor", lambda: True)


@pytest.fixture
def without_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server believe that the set-up could not bring the editor."""
    for module in (query_page, editor):
        monkeypatch.setattr(module, "has_editor", lambda: False)


@pytest.mark.usefixtures("with_editor")
def test_the_editor_is_one_click_away_and_takes_the_query_along(client: FlaskClient, site: Site, app: Flask) -> None:
    """Whatever characters the query has."""
    assert '<a href="/sparql/editor">Open the editor</a>' in get(client, "/sparql").text
    query = 'SELECT ("ü+%25 &#" AS ?x) { ?s <p>+ ?o }'
    address = editor_address(site, query)
    assert address is not None
    assert parse_qs(urlsplit(address).query, strict_parsing=True) == {"query": [query]}
    with app.test_request_context("/sparql"):
        assert html.escape(address, quote=False) in render_page(site, Operation(query))


@pytest.mark.usefixtures("with_editor")
def test_the_editor_has_a_policy_of_its_own(client: FlaskClient) -> None:
    """Its styles, and no script or connection but ours; other pages keep the stricter one."""
    response = get(client, "/sparql/editor")
    assert response.status_code == 200
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["img-src"] == "'self' data:"
    assert not {"script-src", "connect-src"} & policy.keys()
    assert "unsafe-inline" not in get(client, "/sparql").headers["Content-Security-Policy"]
    sources = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', response.text)
    assert all(source.startswith(("/", specimen.BASE)) for source in sources)
    assert "<noscript>" in response.text
    assert html.escape(STARTER.splitlines()[0]) in response.text


@pytest.mark.usefixtures("without_editor")
def test_without_the_editor_the_form_is_all_there_is(site: Site) -> None:
    """No page offers it, and its address says what to do."""
    client = specimen.make_client()  # the other one has answered already
    assert editor_address(site, "ASK {}") is None
    for path in ("/sparql", "/queries/contradictions"):
        assert "/sparql/editor" not in get(client, path).text
    response = get(client, "/sparql/editor")
    assert response.status_code == 404
    assert "The form at /sparql asks the same queries" in response.text
    assert '<a href="/sparql">The query form</a>' in response.text


def test_completions_are_what_the_dataset_uses(dataset_file: Path) -> None:
    """Every class and property of its VoID description with its count, ours first; every prefix."""
    client = specimen.make_client(dataset_file)
    response = client.get("/sparql/completions.json")
    assert response.content_type == "application/json"
    known = json.loads(response.data)
    assert known["prefixes"] == dict(PREFIXES)
    site = client.application.extensions[EXTENSION]
    counts = {term["iri"]: term["count"] for term in known["classes"]}
    assert counts == dict(site.counts.classes)
    properties = [term["curie"] for term in known["properties"]]
    assert {"rdf:type", "rdfs:label", "bg:accordingTo"} <= set(properties)
    assert properties[0].startswith("bg:")
    assert all(term["label"] for term in (*known["classes"], *known["properties"]))
    sizes = [term["count"] for term in known["classes"] if term["iri"].startswith(PREFIXES["bg"])]
    assert sizes == sorted(sizes, reverse=True)


def test_a_dataset_without_a_description_completes_prefixes_alone(tmp_path: Path) -> None:
    """It has nothing else to go by."""
    file = tmp_path / "bare.nq"
    file.write_text("<http://x/s> <http://x/p> <http://x/o> <http://x/g> .\n")
    known = json.loads(specimen.make_client(file).get("/sparql/completions.json").data)
    assert (known["classes"], known["properties"]) == ([], [])
