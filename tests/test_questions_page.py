"""The questions over HTTP: pages with live answers, queries, RDF by the SIB's convention, and lines that work."""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from csv import DictReader
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import live
import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.namespaces import CANONICAL_BASE, PREFIXES, RDF, RDFS, SH
from graph.paths import QUESTIONS
from graph.queries import AUDIENCES, Question, by_audience, on_base, questions
from server.http.formats import RDF_FORMATS, Format
from server.query.recipes import Recipe, recipes

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
EXPECTED = Path(__file__).parent / "questions"
SCHEMA = "https://schema.org/"
ENDPOINT = "http://127.0.0.1:8000/sparql"
EACH = pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app without a query service."""
    return specimen.make_client()


@pytest.fixture(scope="module")
def server(dataset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server of the project's own dataset, which answers queries."""
    with live.running(tmp_path_factory.mktemp("questions"), dataset=dataset_file) as running:
        yield running


def triples(content: bytes, offer: Format) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.from_media_type(offer.media_type))}


def text(page: str) -> str:
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# The files.


@EACH
def test_somebody_asks_each_question_about_something(question: Question) -> None:
    """One tag at least names a kind of user, another a topic."""
    assert question.audiences
    assert question.topics
    assert set(question.audiences) <= set(AUDIENCES.values())


@EACH
def test_a_question_is_written_as_its_file_has_it(question: Question) -> None:
    """To the letter."""
    assert question.source == (QUESTIONS / f"{question.name}.rq").read_text("utf-8")


@EACH
def test_a_question_is_asked_of_a_dataset_on_another_base(question: Question) -> None:
    """Its things are called there what they are called; the vocabulary keeps its names, and the canonical base all."""
    assert on_base(question, CANONICAL_BASE) == question
    text = on_base(question, "http://localhost/x/").text
    assert set(re.findall(rf"{CANONICAL_BASE}(\w+)", text)) <= {"ontology"}
    assert text.replace("http://localhost/x/", CANONICAL_BASE) == question.text


def test_kinds_of_user_nobody_asks_for_are_left_out() -> None:
    """A heading without questions helps nobody."""
    question = Question("a", "A?", "A.", ("readers", "x"), "")
    assert by_audience([question]) == {"Readers": [question]}


# The list.


def test_the_list_has_every_question_under_those_who_ask_it(client: FlaskClient) -> None:
    """In words, with its description, leading to its page."""
    page = client.get("/queries/", headers={"Accept": BROWSER}).text
    sections = re.findall(r'<h2 id="group-\d+">(.*?) ask</h2>\n<ul class="questions">(.*?)</ul>', page, re.DOTALL)
    assert [audience for audience, _ in sections] == list(AUDIENCES.values())
    for audience, items in sections:
        asked = by_audience(questions())[audience]
        assert re.findall(r'href="/queries/([^"]+)"', items) == [question.name for question in asked]
        for question in asked:
            assert f"{question.summary} {question.description}" in text(items)
            others = ", ".join(question.audiences[1:]).lower().replace("wikidata", "Wikidata")
            assert not others or f"{question.description} Asked by {others} too." in text(items)
    assert sections[0][0] == "Readers"
    assert page.count("?</a>") == len(questions())


def test_the_list_is_in_the_navigation(client: FlaskClient) -> None:
    """Of every page."""
    for path in ("/", "/sparql", "/ontology"):
        assert '<li><a href="/queries/">Questions</a></li>' in client.get(path, headers={"Accept": BROWSER}).text
    response = client.get("/queries")
    assert (response.status_code, response.headers["Location"]) == (308, "/queries/")


@pytest.mark.parametrize("offer", RDF_FORMATS, ids=lambda offer: offer.name)
def test_all_questions_come_in_every_rdf_format(client: FlaskClient, offer: Format) -> None:
    """As executables of this endpoint, every node an IRI, by the SIB's convention."""
    response = client.get("/queries/", headers={"Accept": offer.media_type})
    assert response.content_type.partition(";")[0] == offer.media_type
    assert "Accept" in response.vary
    found = triples(response.data, offer)
    assert not any(isinstance(term, ox.BlankNode) for triple in found for term in (triple.subject, triple.object))

    def values(subject: Any, predicate: str) -> list[Any]:
        return [t.object for t in found if t.subject == subject and t.predicate == ox.NamedNode(predicate)]

    for question in questions():
        node = ox.NamedNode(f"{CANONICAL_BASE}queries/{question.name}")
        kinds = {ox.NamedNode(SH + name) for name in ("SPARQLExecutable", "SPARQLSelectExecutable")}
        assert set(values(node, RDF + "type")) == kinds
        assert values(node, RDFS + "comment") == [ox.Literal(question.summary, language="en")]
        assert values(node, SH + "select") == [ox.Literal(question.text)]
        assert {term.value for term in values(node, SCHEMA + "keywords")} == set(question.tags)
        assert values(node, SCHEMA + "target") == [ox.NamedNode("http://localhost/sparql")]
        (prefixes,) = values(node, SH + "prefixes")
        declared = {}
        for declaration in values(prefixes, SH + "declare"):
            (prefix,), (namespace,) = values(declaration, SH + "prefix"), values(declaration, SH + "namespace")
            declared[prefix.value] = namespace.value
        for prefix in re.findall(r"^PREFIX (\w+):", question.text, re.MULTILINE):
            assert declared[prefix] == PREFIXES[prefix]


def test_programs_find_the_examples_where_they_look(client: FlaskClient) -> None:
    """200 and not a redirect, RDF for those who state no wish, a page for a browser."""
    response = client.get("/.well-known/sparql-examples")
    assert response.status_code == 200
    assert response.content_type == "text/turtle; charset=utf-8"
    assert response.data == client.get("/queries/?format=ttl").data
    page = client.get("/.well-known/sparql-examples", headers={"Accept": BROWSER})
    assert page.content_type == "text/html; charset=utf-8"


def test_the_ontology_leads_to_the_questions_that_use_a_term(client: FlaskClient) -> None:
    """And to no others."""
    page = client.get("/ontology", headers={"Accept": BROWSER}).text
    term = re.search(r'<section class="term" id="accordingTo">.*?</section>', page, re.DOTALL)
    assert term is not None
    users = [question.name for question in questions() if re.search(r"\bbg:accordingTo\b", question.text)]
    assert re.findall(r'href="/queries/([^"]+)"', term[0]) == users


# One question.


@EACH
def test_each_question_is_answered_on_its_page(question: Question, server: live.Server) -> None:
    """The rows are those expected of the data, beside question, description and query."""
    response, body = server.request("GET", f"/queries/{question.name}", {"Accept": BROWSER})
    assert response.status == 200
    assert response.headers["Cache-Control"] == "public, max-age=300"
    page = body.decode()
    rows = (EXPECTED / f"{question.name}.tsv").read_text("utf-8").rstrip("\n").split("\n")[1:]
    words = text(page)
    assert f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}" in words
    assert page.count("<tr>") == len(rows) + 1
    for part in (question.summary, question.description, " ".join(question.text.split())):
        assert " ".join(part.split()) in words
    assert f"<code>{CANONICAL_BASE}queries/{question.name}</code>" in page
    links = [html.unescape(href) for href in re.findall(r'href="(/sparql\?[^"]+)"', page)]
    assert {parse_qs(urlsplit(href).query)["format"][0] for href in links} == {"json", "xml", "csv", "tsv", "html"}
    assert {parse_qs(urlsplit(href).query)["query"][0] for href in links} == {question.text}


def test_an_example_opens_in_the_form_with_its_answer(server: live.Server) -> None:
    """Two requests, no script."""
    response, _ = server.request("GET", "/queries/open?question=contradictions", {"Accept": BROWSER})
    assert response.status == 303
    response, body = server.request("GET", response.headers["Location"], {"Accept": BROWSER})
    assert response.status == 200
    assert "Which claims are read as rivals of each other? About this question" in text(body.decode())
    assert b"<caption>" in body


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (BROWSER, "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/sparql-query", "application/sparql-query"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_a_question_is_negotiated(client: FlaskClient, accept: str, content_type: str) -> None:
    """Page, query or RDF, all at one address."""
    response = client.get("/queries/contradictions", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == content_type
    assert "Accept" in response.vary
    assert f'<{CANONICAL_BASE}queries/contradictions>; rel="canonical"' in response.headers["Link"]


def test_what_a_question_is_not_available_in_is_406(client: FlaskClient) -> None:
    """With a list of what there is."""
    response = client.get("/queries/contradictions", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert {"/queries/contradictions.rq", "/queries/contradictions.ttl"} <= {
        item["href"] for item in response.get_json()["available"]
    }


@EACH
def test_the_query_has_an_address_of_its_own(question: Question, client: FlaskClient) -> None:
    """The file, with its head."""
    response = client.get(f"/queries/{question.name}.rq")
    assert response.content_type == "application/sparql-query"
    assert response.text == question.source
    assert "Accept" not in response.vary
    again = client.get(f"/queries/{question.name}.rq", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_one_question_in_rdf_is_part_of_all(client: FlaskClient) -> None:
    """And says nothing of the others."""
    found = triples(client.get("/queries/contradictions.nt").data, RDF_FORMATS[1])
    assert found <= triples(client.get("/queries/?format=nt").data, RDF_FORMATS[1])
    subjects = {str(triple.subject) for triple in found if "/queries/" in str(triple.subject)}
    assert subjects == {f"<{CANONICAL_BASE}queries/contradictions>"}


@pytest.mark.parametrize(
    "path", ["/queries/nothing", "/queries/nothing.rq", "/queries/open?question=x", "/queries/open"]
)
def test_a_question_nobody_asks_is_404(client: FlaskClient, path: str) -> None:
    """With the way to those there are."""
    response = client.get(path)
    assert response.status_code == 404
    assert {"href": "/queries/", "title": "All questions"} in response.get_json()["available"]


def test_a_format_nobody_knows_is_404(client: FlaskClient) -> None:
    """With those there are."""
    response = client.get("/queries/contradictions.docx")
    assert response.status_code == 404
    assert "rq, ttl, nt" in response.get_json()["detail"]


def test_without_an_answer_the_page_is_there_all_the_same(client: FlaskClient) -> None:
    """It says why, and is not kept."""
    response = client.get("/queries/contradictions", headers={"Accept": BROWSER})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "There is none at the moment. This server was started without a query service." in text(response.text)
    assert "From a program" in response.text


# Lines to copy.


def recipe(title: str, query: str = "ASK {}", endpoint: str = ENDPOINT) -> Recipe:
    return next(found for found in recipes(query, endpoint) if found.title == title)


@EACH
@pytest.mark.parametrize("title", ["pandas", "SPARQLWrapper"])
def test_the_lines_for_python_hold_the_query(question: Question, title: str) -> None:
    """As a string that is the query, whatever stands in it."""
    tree = ast.parse(recipe(title, question.text).lines)
    strings = {
        node.value.strip() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert question.text.strip() in strings


@EACH
def test_the_lines_for_r_and_the_shell_hold_the_query(question: Question) -> None:
    """Between marks that the query does not hold."""
    for title, end in (("R", '\n)---"\n'), ("curl", "\nQUERY\n")):
        lines = recipe(title, question.text).lines
        assert question.text.strip() + end in lines
        assert lines.count(end) == 1


def test_the_page_has_the_lines_with_the_address_asked(client: FlaskClient) -> None:
    """So that they work where they are copied."""
    page = client.get("/queries/contradictions", headers={"Accept": BROWSER, "Host": "data.example"}).text
    question = next(question for question in questions() if question.name == "contradictions")
    codes = [html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", page, re.DOTALL)]
    for found in recipes(question.text, "http://data.example/sparql"):
        assert found.lines in codes


def run(*command: str) -> str:
    """Run what was copied, and return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def copied(server: live.Server, title: str) -> str:
    """Return the lines of the page of a question."""
    _, body = server.request("GET", "/queries/opposing-side-losses", {"Accept": BROWSER})
    found = re.search(rf'id="with-{title}">.*?<code>(.*?)</code>', body.decode(), re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_for_the_shell_work(server: live.Server) -> None:
    """They print the answer as CSV."""
    rows = list(DictReader(StringIO(run("/bin/sh", "-c", copied(server, "curl").replace("curl ", "curl -s ", 1)))))
    assert [row["words"] for row in rows if row["type"] == "T-72"] == ["14 T-72s destroyed"]


@pytest.mark.parametrize("title", ["pandas", "sparqlwrapper"])
def test_the_lines_for_python_work(title: str, server: live.Server) -> None:
    """They print the answer as rows."""
    said = run(sys.executable, "-c", copied(server, title))
    assert "14 T-72s destroyed" in said
    assert "At least 38 servicemen killed" in said


# The script.


def test_the_script_is_on_the_page_and_has_an_address(client: FlaskClient) -> None:
    """With the address of this endpoint in it."""
    response = client.get("/queries/losses.py", headers={"Host": "data.example"})
    assert response.content_type == "text/x-python; charset=utf-8"
    assert 'ENDPOINT = "http://data.example/sparql"' in response.text
    assert CANONICAL_BASE + "sparql" not in response.text
    page = client.get("/queries/", headers={"Accept": BROWSER, "Host": "data.example"}).text
    assert html.escape(response.text, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'")


def test_the_script_puts_the_claimants_side_by_side(server: live.Server) -> None:
    """It adds nothing up, invents no zero, and says what may be counted twice."""
    _, script = server.request("GET", "/queries/losses.py")
    said = run(sys.executable, "-c", script.decode())
    heading, *lines = said.splitlines()
    assert heading.split() == ["claimant", "Artsakh", "Azerbaijan"]
    found = {" ".join(line.split()) for line in lines}
    assert "serviceman killed - at least 38" in found
    assert "T-72 destroyed - 14" in found
    assert any("stated as unspecified" in line for line in found)
    assert not any(re.search(r"(^|\s)0(\s|$)", line) for line in found)
    assert "“11 other vehicles destroyed” may overlap with “22 other vehicles”" in found
