"""Every refusal and failure comes in the form the client asked for, with what to do."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
import specimen
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from server.http.errors import Problem

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
REFUSALS = [
    ("GET", "/nowhere", 404),
    ("GET", "/id/event/nothing", 404),
    ("GET", "/page/event/nothing", 404),
    ("GET", "/data/event/nothing", 404),
    ("GET", "/data/event/nothing.ttl", 404),
    ("GET", f"/data/{specimen.EVENT}?format=docx", 400),
    ("GET", "/ontology?format=docx", 400),
    ("GET", "/ontology.docx", 404),
    ("GET", "/prefixes.docx", 404),
    ("GET", "/graph/nothing", 404),
    ("GET", "/article/nothing", 404),
    ("GET", "/article/lost?format=html", 503),
    ("POST", "/id/event/battle-of-hadrut", 405),
    ("PUT", "/ontology", 405),
    ("DELETE", f"/page/{specimen.EVENT}", 405),
    ("GET", f"/id/{'x' * 20_000}", 414),
    ("GET", "/failing", 500),
    ("GET", "/refusing", 418),
]
FORMS = [
    (BROWSER, "text/html; charset=utf-8"),
    ("text/plain", "text/plain; charset=utf-8"),
    ("application/problem+json", "application/problem+json"),
    ("application/json", "application/json"),
    ("text/turtle", "application/problem+json"),
    ("*/*", "application/problem+json"),
    ("image/png", "application/problem+json"),
    (None, "application/problem+json"),
]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app with three more addresses: one fails, one refuses, one reads."""
    app: Flask = specimen.make_app()

    def fail() -> str:
        raise RuntimeError("a bug of ours")

    def refuse() -> str:
        raise Problem(418, "Teapot", "Take <tea>.", headers={"Retry-After": "5"}, extra={"line": 3, "cups": ["a", "b"]})

    def read() -> bytes:
        return request.get_data()

    app.add_url_rule("/failing", view_func=fail)
    app.add_url_rule("/reading", view_func=read, methods=["POST"])
    app.add_url_rule("/refusing", view_func=refuse)
    app.testing = False
    app.logger.disabled = True
    return app.test_client()


@pytest.mark.parametrize("form", FORMS, ids=[str(form[0])[:30] for form in FORMS])
@pytest.mark.parametrize("refused", REFUSALS, ids=[f"{r[0]} {r[1][:40]}" for r in REFUSALS])
def test_a_refusal_comes_in_the_form_asked_for(
    client: FlaskClient, refused: tuple[str, str, int], form: tuple[str | None, str]
) -> None:
    """Status, form, and the headers that any other page on the web needs to read it."""
    (method, path, status), (accept, content_type) = refused, form
    response = client.open(path, method=method, headers={"Accept": accept} if accept else {})
    assert response.status_code == status
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.vary
    # It may name what there is instead, in the reader's language.
    assert "Accept-Language" in response.vary
    assert response.headers["Cache-Control"] == "no-store"
    if "json" in content_type:
        details = json.loads(response.text)
        assert details["status"] == status
        assert details["title"]
        assert details["detail"].endswith((".", "?"))
    elif "html" in content_type:
        assert "<h1>" in response.text
    else:
        assert response.text.startswith(f"{status} ")


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    """RFC 9110 section 15.5.6 asks for Allow."""
    response = client.post("/ontology")
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))


def test_a_failure_of_ours_tells_nothing_of_the_inside(client: FlaskClient) -> None:
    """The client is told whose fault it is; the traceback is for the log."""
    for accept in (BROWSER, "text/plain", "*/*"):
        response = client.get("/failing", headers={"Accept": accept})
        assert response.status_code == 500
        assert "The fault is ours" in response.text
        assert "bug" not in response.text
        assert "Traceback" not in response.text


def test_what_a_problem_carries_is_shown_in_every_form(client: FlaskClient) -> None:
    """Headers, further members, and no markup from a detail."""
    details = client.get("/refusing")
    assert details.headers["Retry-After"] == "5"
    assert details.get_json() == {
        "title": "Teapot", "status": 418, "detail": "Take <tea>.", "line": 3, "cups": ["a", "b"]
    }  # fmt: skip
    page = client.get("/refusing", headers={"Accept": "text/html"}).text
    assert "Take &lt;tea&gt;." in page
    assert "line" in page
    text = client.get("/refusing", headers={"Accept": "text/plain"}).text
    assert text == "418 Teapot\n\nTake <tea>.\nline: 3\n\ncups:\n  a\n  b\n"


@pytest.mark.parametrize(
    "path", [f"/id/{specimen.EVENT}", f"/data/{specimen.EVENT}", "/ontology", "/graph/entities", "/prefixes", "/"]
)
def test_a_type_nobody_has_is_answered_with_the_list_of_what_there_is(client: FlaskClient, path: str) -> None:
    """A 406 lists each representation with its type, and each of them is really there."""
    response = client.get(path, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "Accept" in response.vary
    available = response.get_json()["available"]
    assert len(available) >= 3
    for item in available:
        assert client.get(item["href"], headers={"Accept": item["type"]}).mimetype == item["type"]
    assert f"<{available[0]['href']}>" in response.headers["Link"]


def test_a_body_that_is_too_long_is_refused(client: FlaskClient) -> None:
    """No memory is spent on it."""
    assert client.post("/reading", data=b"x" * 1000).status_code == 200
    response = client.post("/reading", data=b"x" * (2 << 20), headers={"Accept": "text/plain"})
    assert response.status_code == 413
    assert response.text.startswith("413 ")


def test_an_unknown_thing_is_helped_along(client: FlaskClient) -> None:
    """A name that differs only in what people mistype leads to the one that is meant."""
    for typed in (
        "Event/Battle_of_Hadrut",
        "event/battle%20of%20hadrut",
        f"{specimen.EVENT}.html",
    ):
        response = client.get(f"/id/{typed}")
        assert response.status_code == 404, typed
        assert "Did you mean" in response.get_json()["detail"]
        assert response.get_json()["available"][0]["href"] == f"/id/{specimen.EVENT}"


@pytest.mark.parametrize("head", ["/page/event/", "/id/", "/data/", "/article/", "/ontology/", "/"])
def test_where_there_is_nothing_a_search_is_offered(client: FlaskClient, head: str) -> None:
    """For the words of the address, and behind what the refusal itself offers up to five things of such names."""
    path, search = f"{head}Battle_of_Hadrutt.html", "/search?q=Battle%20of%20Hadrutt"
    details = client.get(path, headers={"Accept": "application/problem+json"}).get_json()
    assert details["search"] == search
    hrefs = [item["href"] for item in details["available"]]
    place = hrefs.index(f"/id/{specimen.EVENT}")
    assert not any(href.startswith("/id/") for href in hrefs[:place])
    assert len([href for href in hrefs if href.startswith(("/id/", "/ontology#"))]) <= 5
    for item in details["available"]:
        assert client.get(item["href"].partition("#")[0]).status_code in (200, 303)
    page = client.get(path, headers={"Accept": BROWSER}).text
    assert f'href="/id/{specimen.EVENT}"' in page
    assert 'name="q" value="Battle of Hadrutt"' in page
    text = client.get(path, headers={"Accept": "text/plain"}).text
    assert f"\n  /id/{specimen.EVENT} " in text
    assert f"\nsearch: {search}\n" in text


@pytest.mark.parametrize("folder", ["graph", "dumps", "queries", "sparql", "static"])
def test_files_are_not_likened_to_things(client: FlaskClient, folder: str) -> None:
    """Nothing in these folders is called like a battle."""
    answer = client.get(f"/{folder}/nothing/battle-of-hadrutt", headers={"Accept": "application/problem+json"})
    assert answer.status_code == 404
    assert not [item for item in answer.get_json()["available"] if item["href"].startswith("/id/")]


def test_the_page_of_a_wrong_address_leads_to_the_articles(client: FlaskClient) -> None:
    """And says once that there is nothing."""
    page = client.get("/nowhere", headers={"Accept": BROWSER}).text
    assert page.count("There is nothing") == 1
    assert '<a href="/article/battle-of-hadrut">' in page
    assert "quoted words" not in page


@pytest.mark.parametrize("path", ["/map", "/map/", "/timeline", "/timeline/", "/article", "/article/", "/articles"])
def test_half_an_address_leads_to_the_list_of_articles(client: FlaskClient, path: str) -> None:
    """For good, and in the language that was chosen."""
    answer = client.get(f"{path}?lang=az")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/viewpoints/?lang=az")


def test_where_nothing_is_like_it_the_search_is_empty_handed(client: FlaskClient) -> None:
    """An address without words leads to the search; one with strange words offers them, as text."""
    assert client.get("/%20/").get_json()["search"] == "/search"
    for path in ("/qqqq", "/id/%3Cqqqq%3E"):
        details = client.get(path).get_json()
        assert not [item for item in details["available"] if "/id/" in item["href"]]
        assert details["search"].startswith("/search?q=")
    page = client.get("/id/%3Cscript%3Exyz", headers={"Accept": BROWSER}).text
    assert "<script>xyz" not in page
    assert "<script>alert" not in page


def test_the_chosen_language_goes_along(client: FlaskClient) -> None:
    """Names are in it, and links keep it."""
    page = client.get("/page/event/battle-of-hadrutt?lang=az", headers={"Accept": BROWSER}).text
    assert f'<a href="/id/{specimen.EVENT}?lang=az">Hadrut döyüşü' in page
    assert '<input type="hidden" name="lang" value="az">' in page


def test_only_what_is_not_there_is_searched_for(client: FlaskClient) -> None:
    """Other refusals say what they have to say, and no more."""
    for method, path, status in (("POST", "/ontology", 405), ("GET", "/refusing", 418), ("GET", "/failing", 500)):
        response = client.open(path, method=method)
        assert response.status_code == status
        assert "search" not in response.get_json()


@pytest.mark.parametrize(
    "path",
    [
        "/id/%00", "/id/event/%00", "/data/%00.ttl", "/page/a%00b", "/graph/%00", "/article/%00", "/ontology.%00",
        "/id/event%2Fnothing", "/id/..", "/id/../../etc/passwd", "/static/../app.py", "/static/%2e%2e/app.py",
        "/static/..%2fapp.py", "/page/%ff%fe", "/data/%ed%a0%80", "/graph/%c3%28", "/id/%F0%9F%98%80", "/id/a%0d%0ab",
        "/id/%3Cscript%3E", "/id/a b", "/id/%22", "/id/{x}", "/id/a%25zz", "/id//", "/id/", "/page/", "/data/.ttl",
        "/data/event/battle-of-hadrut.ttl.ttl", "/graph/..", "/graph/.ttl", "/article/..", "/article/a/b",
        "/%", "/id/%", "/?format=%00", "/ontology?format=%ff", "/ontology?format=ttl&format=nt", "/.well-known/",
        "/.well-known/nothing", "/ontology/", "/shapes/x", "/ID/event/battle-of-hadrut",
        "/id/event/battle-of-hadrut%20",
    ],
)  # fmt: skip
def test_odd_addresses_are_refused_and_never_a_failure(client: FlaskClient, path: str) -> None:
    """Whatever is asked for, the answer is the client's fault or a good one."""
    for accept in (BROWSER, "text/turtle", "text/plain"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code < 500, response.text
        assert response.mimetype != "text/html" or "<script>" not in response.text
        assert "root:" not in response.text


def test_a_query_string_that_nothing_can_read_is_refused(client: FlaskClient) -> None:
    """Raw UTF-8, as curl sends it, is read all the same."""
    for raw, status in ((b"format=ttl&x=\xd5\x80", 200), (b"format=ttl&x=\x80", 400)):
        overrides = {"QUERY_STRING": raw.decode("latin-1")}
        for accept in ("text/html", "text/turtle", "text/plain"):
            response = client.get("/ontology", headers={"Accept": accept}, environ_overrides=overrides)
            assert response.status_code == status


@given(
    st.sampled_from(["/", "/id/", "/data/", "/page/", "/graph/", "/article/", "/ontology.", "/shapes/", "/prefixes."]),
    st.binary(max_size=40),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
    st.binary(max_size=10),
)
def test_no_address_and_no_header_makes_the_server_fail(
    client: FlaskClient, head: str, tail: bytes, accept: str, wanted: bytes
) -> None:
    """Any bytes as a path, any text as an Accept header, any bytes as a format."""
    for query in (f"format={quote(wanted)}", wanted.decode("latin-1")):
        overrides = {"PATH_INFO": head + tail.decode("latin-1"), "QUERY_STRING": query}
        response = client.get("/", headers={"Accept": accept}, environ_overrides=overrides)
        assert response.status_code < 500, response.text
