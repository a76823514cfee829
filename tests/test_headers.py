"""What every response carries, so that browsers, caches and programs may use it."""

from __future__ import annotations

import re

import pytest
import specimen
from flask.testing import FlaskClient
from kinds import Elements

from server.http.headers import Link

NEGOTIATED = [
    f"/id/{specimen.EVENT}", f"/data/{specimen.EVENT}", "/", "/ontology", "/shapes", "/validation", "/prefixes",
    "/graph/", "/graph/entities", "/graph/viewpoint/azerbaijan", "/.well-known/void", "/article/battle-of-hadrut",
]  # fmt: skip
FIXED = [
    f"/page/{specimen.EVENT}", f"/page/{specimen.CLAIM}", f"/data/{specimen.EVENT}.ttl", f"/data/{specimen.CLAIM}.rdf",
    "/ontology.jsonld", "/shapes.nt", "/graph/entities.trig", "/graph/viewpoint/azerbaijan.nq", "/validation.ttl",
    "/prefixes.json", "/prefixes.ttl", "/article/battle-of-hadrut.txt", "/about", "/dumps/",
]  # fmt: skip
OTHER = [
    "/health", "/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/static/style.css", "/static/script.js",
    "/dataset", "/graph", "/nowhere", "/article/lost",
]  # fmt: skip
DOCUMENTS = [path for path in NEGOTIATED if not path.startswith("/id/")] + FIXED


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


@pytest.mark.parametrize("path", NEGOTIATED + FIXED + OTHER)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_every_response_can_be_read_from_any_site(client: FlaskClient, method: str, path: str) -> None:
    """CORS without credentials, and the exposed headers, on answers, redirects and refusals alike."""
    response = client.open(path, method=method, headers={"Origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    for name in ("Link", "ETag", "Location", "Content-Location", "Vary", "Retry-After"):
        assert name in response.headers["Access-Control-Expose-Headers"]
    assert "Origin" not in response.headers.get("Vary", "").replace("Access-Control-Request", "").split(", ")


@pytest.mark.parametrize("path", NEGOTIATED + FIXED + OTHER)
def test_pages_are_kept_to_themselves(client: FlaskClient, path: str) -> None:
    """No inline script or style, nothing from another host, no guessing of types."""
    response = client.get(path, headers={"Accept": "text/html, */*;q=0.1"})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in response.headers
    if response.mimetype == "text/html":
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", response.text)
        scripts = [attributes for attributes in Elements(response.text).all("script") if attributes.get("src")]
        blocks = [attributes for attributes in Elements(response.text).all("script") if not attributes.get("src")]
        assert [attributes["type"] for attributes in scripts] == ["module"]
        assert all(attributes == {"type": "application/ld+json"} for attributes in blocks)
        sources = re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|[^>]*\ssrc)="([^"]+)"', response.text)
        assert len(sources) == 3
        assert all(source.startswith("/static/") for source in sources)


@pytest.mark.parametrize("path", NEGOTIATED)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "*/*", "image/png", "text/plain"])
def test_what_is_negotiated_varies(client: FlaskClient, path: str, accept: str) -> None:
    """A cache must not hand one client's format to another: 200, 303, 304 and 406."""
    response = client.get(path, headers={"Accept": accept})
    assert "Accept" in response.vary
    if response.status_code == 200:
        again = client.get(path, headers={"Accept": accept, "If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
        assert "Accept" in again.vary


@pytest.mark.parametrize("path", FIXED)
def test_what_has_one_format_does_not_vary(client: FlaskClient, path: str) -> None:
    """A cache need keep it only once."""
    response = client.get(path, headers={"Accept": "image/png"})
    assert response.status_code == 200
    assert "Accept" not in response.vary


@pytest.mark.parametrize("path", NEGOTIATED + FIXED + OTHER)
@pytest.mark.parametrize("accept", ["text/html", "application/trig", "*/*", "image/png"])
def test_head_is_get_without_the_body(client: FlaskClient, path: str, accept: str) -> None:
    """Status and headers are the same, the length included."""
    get = client.get(path, headers={"Accept": accept})
    head = client.head(path, headers={"Accept": accept})
    assert head.status_code == get.status_code
    assert head.data == b""
    drop = {"Date"}
    assert {k: v for k, v in head.headers if k not in drop} == {k: v for k, v in get.headers if k not in drop}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_client_that_has_it_gets_no_body(client: FlaskClient, path: str) -> None:
    """Strong ETag, the only validator, and a 304 that keeps what a cache updates (RFC 9110 section 15.4.5)."""
    first = client.get(path)
    assert first.status_code == 200
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    # A date that may lie is not sent (section 8.8.2): what is answered changes with the code and the releases too.
    assert "Last-Modified" not in first.headers
    for condition in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
    ):
        again = client.get(path, headers=condition)
        assert again.status_code == 304, condition
        assert again.data == b""
        for name in ("ETag", "Cache-Control", "Link", "Vary", "Content-Location", "Access-Control-Allow-Origin"):
            assert again.headers.get(name) == first.headers.get(name)
    for condition in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": "Mon, 01 Jan 2125 00:00:00 GMT"},
        {"If-Modified-Since": "Mon, 01 Jan 2125 00:00:00 GMT"},
        {"If-Modified-Since": "nonsense"},
    ):
        assert client.get(path, headers=condition).status_code == 200, condition


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_client_that_wants_what_it_knows_is_told_of_another(client: FlaskClient, path: str, encoding: str) -> None:
    """If-Match: the answer where it holds, else a 412 (RFC 9110 section 13.1); no date is held against another."""
    accepted = {"Accept-Encoding": encoding}
    first = client.get(path, headers=accepted)
    tag, long_ago = first.headers["ETag"], "Mon, 23 Nov 2020 00:00:00 GMT"
    for condition in (
        {"If-Match": tag},
        {"If-Match": f'"other", {tag}'},
        {"If-Match": "*"},
        # There is no date to hold it against (section 13.1.4).
        {"If-Unmodified-Since": long_ago},
        {"If-Unmodified-Since": "nonsense"},
    ):
        answer = client.get(path, headers={**accepted, **condition})
        assert (answer.status_code, answer.data) == (200, first.data), condition
        again = client.get(path, headers={**accepted, **condition, "If-None-Match": tag})
        assert again.status_code == 304, condition
    for condition in (
        {"If-Match": '"other"'},
        {"If-Match": '"other"', "If-None-Match": '"another"'},
        {"If-Match": f"W/{tag}"},
    ):
        for method in ("GET", "HEAD"):
            answer = client.open(path, method=method, headers={**accepted, **condition})
            assert answer.status_code == 412, condition


def test_the_links_of_a_header_are_ascii() -> None:
    """An IRI is written as a URI, and what is one already is left alone."""
    assert str(Link("https://example.org/Հ?x=%C3%A9&y=1#é", "cite-as")) == (
        '<https://example.org/%D5%80?x=%C3%A9&y=1#%C3%A9>; rel="cite-as"'
    )
    assert str(Link("http://[x/é:99999x", "license")) == '<http://[x/%C3%A9:99999x>; rel="license"'


@pytest.mark.parametrize("path", ["/", "/about", "/page/place/hadrut", "/id/place/hadrut"])
@pytest.mark.parametrize("slashes", ["//", "///"])
def test_slashes_at_the_beginning_are_one(client: FlaskClient, path: str, slashes: str) -> None:
    """A page has one address, and the way to it does not lead to another host."""
    overrides = {"PATH_INFO": slashes + path.removeprefix("/")}
    response = client.get("/", query_string="x=1", environ_overrides=overrides)
    assert (response.status_code, response.headers["Location"]) == (308, f"{path}?x=1")
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/map/nowhere/", "/timeline/nowhere/", "/viewpoints/nowhere/", "/id/place/nowhere/"])
def test_a_slash_too_many_leads_to_nothing_unknown(client: FlaskClient, path: str) -> None:
    """What is not there is not there with a slash either."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("host", ["xn--80ak6aa92e.example", "localhost:8080", "[::1]:8000"])
def test_the_host_is_repeated_as_it_was_sent(client: FlaskClient, host: str) -> None:
    """Punycode above all, which a terminal can use and its letters cannot be told apart."""
    assert f"Sitemap: http://{host}/sitemap.xml" in client.get("/robots.txt", base_url=f"http://{host}").text


def test_each_representation_has_its_own_tag(client: FlaskClient) -> None:
    """Another format, label or address is another representation; the same one keeps its tag."""
    requests = [
        (f"/data/{specimen.EVENT}", "text/turtle"),
        (f"/data/{specimen.EVENT}", "application/x-turtle"),
        (f"/data/{specimen.EVENT}", "application/trig"),
        (f"/data/{specimen.CLAIM}", "text/turtle"),
        ("/ontology", "text/html"),
        ("/ontology", "text/turtle"),
        ("/shapes", "text/html"),
    ]
    tags = [client.get(path, headers={"Accept": accept}).headers["ETag"] for path, accept in requests]
    assert len(set(tags)) == len(tags)
    other = specimen.make_client()
    assert tags == [other.get(path, headers={"Accept": accept}).headers["ETag"] for path, accept in requests]


@pytest.mark.parametrize("path", ["/sparql", f"/id/{specimen.EVENT}", "/ontology", "/nowhere", "/static/style.css"])
def test_a_preflight_is_answered_before_anything_else(client: FlaskClient, path: str) -> None:
    """204 with the headers the browser asks for, whatever they are (WHATWG Fetch)."""
    response = client.options(
        path,
        headers={
            "Origin": "https://yasgui.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "accept, queryid,x-odd",
        },
    )
    assert response.status_code == 204
    assert response.data == b""
    assert response.headers["Access-Control-Allow-Headers"] == "accept, queryid,x-odd"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert int(response.headers["Access-Control-Max-Age"]) > 0
    assert "GET" in response.headers["Allow"]


def test_a_preflight_echoes_nothing_but_header_names(client: FlaskClient) -> None:
    """Anything else is left out."""
    response = client.options("/ontology", headers={"Access-Control-Request-Headers": "x; <script>"})
    assert response.status_code == 204
    assert "Access-Control-Allow-Headers" not in response.headers


@pytest.mark.parametrize("path", [f"/id/{specimen.EVENT}", f"/page/{specimen.CLAIM}", *DOCUMENTS])
def test_each_alternate_is_of_the_type_its_link_promises(client: FlaskClient, path: str) -> None:
    """Every format is linked with its own type and title, and is there."""
    links = read_links(client.get(path).headers["Link"])
    alternates = [link for link in links if link["rel"] == "alternate"]
    if path not in {"/about", "/dumps/"}:
        assert len(alternates) >= 2
    for link in alternates:
        response = client.get(link["href"], headers={"Accept": link["type"]})
        assert response.status_code == 200
        assert response.mimetype == link["type"]
        assert link["title"]


def test_a_thing_is_cited_by_its_own_iri(client: FlaskClient) -> None:
    """cite-as, canonical, licence and the dataset's description are linked from every document about it."""
    for path in (f"/id/{specimen.EVENT}", f"/page/{specimen.EVENT}", f"/data/{specimen.EVENT}.trig"):
        links = {link["rel"]: link["href"] for link in read_links(client.get(path).headers["Link"])}
        assert links["cite-as"] == f"{specimen.BASE}id/{specimen.EVENT}"
        assert links["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
        assert client.get(links["describedby"]).status_code == 200
    links = {link["rel"]: link["href"] for link in read_links(client.get(f"/page/{specimen.EVENT}").headers["Link"])}
    assert links["canonical"] == f"{specimen.BASE}page/{specimen.EVENT}"


def test_the_ontology_is_linked_to_its_own_licence(client: FlaskClient) -> None:
    """It is not under the data's."""
    links = {link["rel"]: link["href"] for link in read_links(client.get("/ontology").headers["Link"])}
    assert links["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize("path", [*NEGOTIATED, *FIXED, "/graph", "/dataset", "/graph/", "//id", "/id//event"])
def test_the_host_header_shows_up_in_commands_alone(client: FlaskClient, path: str) -> None:
    """Answers behind a proxy, under any name, are the same, but for what a reader copies to ask this very server."""
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Accept": "text/html"}
    # Given apart from the address, because a client takes what follows two slashes for a host.
    overrides = {"PATH_INFO": path}
    response = client.get("/", headers=headers, base_url="http://evil.example", environ_overrides=overrides)
    assert response.status_code in {200, 303, 308, 404, 406}
    assert "evil.example" not in re.sub(r"<code[^>]*>[^<]*</code>", "", response.text)
    assert "evil.example" not in str(response.headers)


def read_links(header: str) -> list[dict[str, str]]:
    """Return the links of a Link header with their parameters."""
    found = re.findall(r'<([^>]*)>((?:; \w+="[^"]*")+)', header)
    return [{"href": href, **dict(re.findall(r'; (\w+)="([^"]*)"', rest))} for href, rest in found]
