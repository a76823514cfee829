"""gzip, once for the whole site: only for those who take it, only where it pays, and caches are never misled."""

from __future__ import annotations

import gzip

import pytest
import specimen
from flask.testing import FlaskClient

from server.http.encoding import MARK, takes_gzip

LONG = ["/", "/ontology", "/ontology.ttl", "/graph/entities.trig", f"/page/{specimen.EVENT}", "/static/style.css"]
SHORT = ["/health", "/robots.txt"]
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (BROWSER, True),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0.5", True),
        ("gzip ; q=1.000", True),
        ("br, gzip;q=0.1, identity;q=0.05", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=1.0;foo=1", True),
        ("gzip; foo=1", True),
        ("gzip;foo=1;q=0", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("*;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=nonsense", False),
        ("gzipped", False),
    ],
)
def test_accept_encoding_decides(header: str, taken: bool) -> None:  # noqa: FBT001 - a table
    """As RFC 9110 section 12.5.3 has it; what does not parse asks for nothing."""
    assert takes_gzip(header) is taken


@pytest.mark.parametrize("path", LONG)
def test_what_is_long_comes_compressed(client: FlaskClient, path: str) -> None:
    """Smaller, the same behind it, under a tag of its own, the same bytes each time."""
    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": BROWSER})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
    assert small.headers["ETag"] == plain.headers["ETag"][:-1] + MARK + '"'
    assert "Accept-Encoding" in plain.vary
    assert set(plain.vary) == set(small.vary)
    assert specimen.make_client().get(path, headers={"Accept-Encoding": "gzip"}).data == small.data
    differs = {"Content-Encoding", "Content-Length", "ETag"}
    assert [(k, v) for k, v in plain.headers if k not in differs] == [
        (k, v) for k, v in small.headers if k not in differs
    ]


@pytest.mark.parametrize("path", SHORT)
def test_what_is_short_comes_as_it_is(client: FlaskClient, path: str) -> None:
    """A packet is a packet."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 1024
    assert "Content-Encoding" not in answer.headers


def test_errors_are_compressed_too(client: FlaskClient) -> None:
    """One place for the whole site."""
    answer = client.get("/nowhere", headers={"Accept-Encoding": "gzip", "Accept": "text/html"})
    assert answer.status_code == 404
    assert b"<html" in gzip.decompress(answer.data)


@pytest.mark.parametrize("path", [*LONG, "/prefixes.json"])
def test_a_tag_is_good_for_the_encoding_it_came_with(client: FlaskClient, path: str) -> None:
    """304 with the same tag where the client has just that, the other encoding whole."""
    tags = {name: client.get(path, headers={"Accept-Encoding": name}).headers["ETag"] for name in ("gzip", "identity")}
    assert len(set(tags.values())) == 2
    for asked, has in (("gzip", "gzip"), ("gzip", "identity"), ("identity", "gzip"), ("identity", "identity")):
        for known in (tags[has], "W/" + tags[has], f'"other", {tags[has]}'):
            answer = client.get(path, headers={"Accept-Encoding": asked, "If-None-Match": known})
            assert answer.status_code == (304 if asked == has else 200)
            assert answer.headers["ETag"] == tags[asked]
            assert "Accept-Encoding" in answer.vary
            if answer.status_code == 304:
                assert "Content-Encoding" not in answer.headers
                assert answer.data == b""


def test_a_tag_that_is_another_counts_before_the_date(client: FlaskClient) -> None:
    """RFC 9110 section 13.1.3: with If-None-Match, If-Modified-Since is ignored; alone, there is no date to meet it."""
    plain = client.get("/ontology")
    since = {"Accept-Encoding": "gzip", "If-Modified-Since": "Mon, 01 Jan 2125 00:00:00 GMT"}
    for has in ({"If-None-Match": plain.headers["ETag"]}, {"If-None-Match": '"other"'}, {}):
        assert client.get("/ontology", headers={**since, **has}).status_code == 200


def test_a_range_is_of_the_body_itself(client: FlaskClient) -> None:
    """A part of a compressed file helps nobody."""
    whole = client.get("/static/style.css")
    part = client.get("/static/style.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-99"})
    assert part.status_code == 206
    assert part.data == whole.data[:100]
    assert part.headers["ETag"] == whole.headers["ETag"]
    assert "Content-Encoding" not in part.headers


def test_head_tells_the_length_that_get_sends(client: FlaskClient) -> None:
    """In either encoding."""
    for path in LONG:
        get, head = (
            client.open(path, method=method, headers={"Accept-Encoding": "gzip"}) for method in ("GET", "HEAD")
        )
        assert dict(head.headers) == dict(get.headers)
        assert head.data == b""


def test_an_empty_answer_stays_empty(client: FlaskClient) -> None:
    """Redirects and preflights have nothing to compress and nothing to vary by."""
    answers = [
        client.get(f"/id/{specimen.EVENT}", headers={"Accept-Encoding": "gzip"}),
        client.options("/sparql", headers={"Accept-Encoding": "gzip"}),
    ]
    for answer in answers:
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" not in answer.vary
