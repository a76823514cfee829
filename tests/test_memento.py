"""Earlier states of the data by date (RFC 7089), on two real releases."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import releasing
import specimen
import two_releases
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from two_releases import FIRST, GONE, KEPT, MOMENTS, NEW, RENAMED, SECOND, Released

from server.app import create_app
from server.config import Config
from server.http.copies import FOR_COPY
from server.memento.dumps import find_file, lasting_name, own_name
from server.memento.history import mark_memento
from server.memento.moments import UnreadableMoment, moment_of, read_moment, write_moment
from server.memento.sorted_quads import SortedQuads
from server.releases.record import RECORD_FILE, UnreadableRelease
from server.releases.release import list_releases
from server.site import EXTENSION, Site

BEFORE: Final = "Sun, 06 Nov 1994 08:49:37 GMT"
BETWEEN: Final = "Fri, 25 Dec 2026 12:00:00 GMT"
LATER: Final = "Mon, 01 Jan 2099 00:00:00 GMT"
VIEWPOINT: Final = "/graph/viewpoint/azerbaijan"
RDF: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def released(both: Released) -> Released:
    """Return two releases."""
    return both


@pytest.fixture(scope="module")
def client(released: Released) -> FlaskClient:
    """Return a client of a server of the second release."""
    return released.app().test_client()


@pytest.fixture(scope="module")
def site(client: FlaskClient) -> Site:
    """Return what that server serves."""
    found = client.application.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found


# A date asked for


@pytest.mark.parametrize(
    ("asked", "version"),
    [
        (BEFORE, FIRST),
        (MOMENTS[FIRST], FIRST),
        (BETWEEN, FIRST),
        ("Thu, 14 Jan 2027 23:59:59 GMT", FIRST),
        (MOMENTS[SECOND], SECOND),
        (LATER, SECOND),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_date_leads_to_the_state_of_that_date(client: FlaskClient, method: str, asked: str, version: str) -> None:
    """The newest that is not after it, the first where there is none (section 4.1)."""
    response = client.open(f"/data/{KEPT}.ttl", method=method, headers={"Accept-Datetime": asked})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/memento/{version}/data/{KEPT}.ttl"
    assert "Accept-Datetime" in response.headers["Vary"].split(", ")
    assert "Memento-Datetime" not in response.headers
    links = read_links(response.headers["Link"])
    assert links["original timegate"]["href"] == f"/data/{KEPT}.ttl"
    assert links["timemap"]["href"].startswith("/timemap/")
    chosen = client.get(response.headers["Location"])
    assert chosen.status_code == 200
    assert chosen.headers["Memento-Datetime"] == MOMENTS[version]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "yesterday",
        "2026-11-24",
        "Tue, 24 Nov 2026 00:00:00",
        "Tue, 24 Nov 2026 00:00:00 CET",
        "Tue, 24 Nov 2026 00:00:00 +0000",
        "Tue, 31 Feb 2026 00:00:00 GMT",
        "Tue, 24 Nov 0000 00:00:00 GMT",
        "Tue, 24 Nov 2026 24:00:00 GMT",
        "Tuesday, 24-Nov-26 00:00:00 GMT",
        f"{BETWEEN}, {LATER}",
        "Tue, \u0662\u0664 Nov 2026 00:00:00 GMT",
        "x" * 4000,
    ],
)
def test_what_is_no_date_is_refused_with_help(client: FlaskClient, asked: str) -> None:
    """400, with what to write and the states there are (section 4.5.3)."""
    response = client.get(
        f"/data/{KEPT}", headers={"Accept": "application/json"}, environ_overrides={"HTTP_ACCEPT_DATETIME": asked}
    )
    assert response.status_code == 400
    assert response.json is not None
    assert "Tue, 24 Nov 2026 00:00:00 GMT" in response.json["detail"]
    assert [one["href"] for one in response.json["available"]] == [
        f"/memento/{version}/data/{KEPT}" for version in (FIRST, SECOND)
    ]
    assert "Accept-Datetime" in response.headers["Vary"]
    assert 'rel="timemap"' in response.headers["Link"]


@given(
    asked=st.one_of(
        st.text(alphabet=st.characters(max_codepoint=255)),
        st.from_regex(r"\A\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\Z"),
    )
)
def test_no_header_brings_the_server_down(client: FlaskClient, asked: str) -> None:
    """Whatever it says, it is a date or it is not."""
    response = client.get(f"/data/{KEPT}.nt", environ_overrides={"HTTP_ACCEPT_DATETIME": asked})
    assert response.status_code in {302, 400}


@given(moment=st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001  # hypothesis wants naive bounds
def test_a_written_date_reads_back(moment: datetime) -> None:
    """To the second, which is all that a header can say."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert read_moment(write_moment(moment)) == moment
    assert read_moment(f" {write_moment(moment)}\t") == moment


def test_a_leap_second_is_the_second_before() -> None:
    """It is a date of HTTP, though no `datetime`."""
    assert read_moment("Sat, 31 Dec 2016 23:59:60 GMT") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    with pytest.raises(UnreadableMoment):
        read_moment("Sat, 31 Dec 2016 23:59:61 GMT")


def test_the_format_asked_for_goes_along(client: FlaskClient) -> None:
    """The address that negotiates leads to one that does, and `format` stays."""
    headers = {"Accept-Datetime": BEFORE, "Accept": "application/n-triples"}
    response = client.get(f"/data/{KEPT}?format=trig", headers=headers)
    assert response.headers["Location"] == f"/memento/{FIRST}/data/{KEPT}?format=trig"
    assert client.get(response.headers["Location"], headers=headers).mimetype == "application/trig"
    response = client.get(f"/data/{KEPT}", headers=headers, follow_redirects=True)
    assert response.mimetype == "application/n-triples"
    assert "Accept" in response.headers["Vary"].split(", ")


# The live document


def test_the_live_document_says_how_to_ask_for_another_time(client: FlaskClient) -> None:
    """It is its own TimeGate, no memento, and depends on the date asked for."""
    response = client.get(f"/data/{KEPT}.ttl")
    assert response.status_code == 200
    assert "Memento-Datetime" not in response.headers
    assert "Accept-Datetime" in response.headers["Vary"].split(", ")
    links = read_links(response.headers["Link"])
    assert links["original timegate"]["href"] == f"/data/{KEPT}.ttl"
    assert links["first memento"] == {
        "href": f"/memento/{FIRST}/data/{KEPT}.ttl", "rel": "first memento", "datetime": MOMENTS[FIRST],
    }  # fmt: skip
    assert links["last memento"]["href"] == f"/memento/{SECOND}/data/{KEPT}.ttl"
    again = client.get(f"/data/{KEPT}.ttl", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert "Accept-Datetime" in again.headers["Vary"].split(", ")


def test_the_cache_keeps_the_times_apart(client: FlaskClient) -> None:
    """Whoever asked before, the live document is live and a date leads to its state."""
    path = f"/data/{RENAMED}.nt"
    for _ in range(2):
        assert client.get(path, headers={"Accept-Datetime": BEFORE}).status_code == 302
        assert client.get(path).status_code == 200
        assert client.get(path, headers={"Accept-Datetime": "soon"}).status_code == 400
        assert client.get(path, headers={"Accept-Datetime": LATER}).headers["Location"].startswith(f"/memento/{SECOND}")
    assert b"renamed" in client.get(path).data
    assert b"renamed" not in client.get(f"/memento/{FIRST}{path}").data
    assert b"renamed" in client.get(f"/memento/{SECOND}{path}").data


@pytest.mark.parametrize("asked", [BEFORE, "soon"])
def test_without_releases_a_date_is_not_looked_at(asked: str) -> None:
    """Nothing is promised, and nothing refused."""
    client = specimen.make_client()
    response = client.get(f"/data/{KEPT}.ttl", headers={"Accept-Datetime": asked})
    assert response.status_code == 200
    assert "Accept-Datetime" not in response.headers.get("Vary", "")
    assert "memento" not in response.headers["Link"]
    assert "timegate" not in response.headers["Link"]
    assert client.get(f"/timemap/link/data/{KEPT}").status_code == 404
    assert client.get(f"/memento/{FIRST}/data/{KEPT}").status_code == 404


def test_a_thing_that_is_gone_is_found_in_its_time(client: FlaskClient, site: Site) -> None:
    """The live data knows it no more; its last state is that of its last release."""
    for family in ("id", "page", "data"):
        answer = client.get(f"/{family}/{GONE}", headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert answer.json is not None
        assert answer.json["title"] == "No longer recorded"
        assert "no judgement on what happened" in answer.json["detail"]
        turtle = f"/memento/{FIRST}/data/{GONE}.ttl"
        way = {"href": turtle, "type": "text/turtle", "title": f"As version {FIRST} had it (Turtle)"}
        assert answer.json["earlier"][0] == way
        assert [one["href"] for one in answer.json["earlier"][1:]] == [f"/dumps/{SECOND}/changes"]
        page = client.get(f"/{family}/{GONE}", headers={"Accept": "text/html"})
        assert page.status_code == 404
        assert f'<a href="{turtle}">As version {FIRST} had it (Turtle)</a>' in page.text
        name = site.archive.name_of(site.releases[-1], GONE)
        assert name
        assert f"says nothing about “{name}”" in answer.json["detail"]
    response = client.get(f"/data/{GONE}", headers={"Accept-Datetime": LATER})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/memento/{FIRST}/data/{GONE}"
    assert client.get(response.headers["Location"]).status_code == 200
    refused = client.get(f"/memento/{SECOND}/data/{GONE}", headers={"Accept": "application/json"})
    assert refused.status_code == 404
    assert refused.json is not None
    assert f"/memento/{FIRST}/data/{GONE}" in [one.get("href") for one in refused.json["available"]]


def test_a_thing_that_is_new_has_one_state(client: FlaskClient) -> None:
    """What is before its first is its first."""
    response = client.get(f"/data/{NEW}.ttl", headers={"Accept-Datetime": BEFORE})
    assert response.headers["Location"] == f"/memento/{SECOND}/data/{NEW}.ttl"
    links = read_links(client.get(response.headers["Location"]).headers["Link"])
    assert links["first last memento"]["datetime"] == MOMENTS[SECOND]
    assert client.get(f"/memento/{FIRST}/data/{NEW}").status_code == 404


# Mementos


def test_a_memento_leads_to_its_neighbours(client: FlaskClient) -> None:
    """First, last, previous and next, each with its date (section 2.2)."""
    first = client.get(f"/memento/{FIRST}/data/{KEPT}.ttl")
    assert first.headers["Memento-Datetime"] == MOMENTS[FIRST]
    links = read_links(first.headers["Link"])
    assert links["first memento"]["href"] == f"/memento/{FIRST}/data/{KEPT}.ttl"
    assert links["next last memento"]["datetime"] == MOMENTS[SECOND]
    assert links["original timegate"]["href"] == f"/data/{KEPT}.ttl"
    assert links["license"]["href"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "Accept-Datetime" not in first.headers.get("Vary", "")
    last = client.get(f"/memento/{SECOND}/data/{KEPT}.ttl", headers={"Accept-Datetime": BEFORE})
    assert last.status_code == 200
    assert read_links(last.headers["Link"])["prev first memento"]["href"] == f"/memento/{FIRST}/data/{KEPT}.ttl"
    assert "Memento-Datetime" in last.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("suffix", RDF)
def test_a_memento_is_there_in_every_format(client: FlaskClient, suffix: str) -> None:
    """Each says the same; HEAD, conditions and gzip are as everywhere."""
    path = f"/memento/{FIRST}/data/{KEPT}"
    response = client.get(f"{path}.{suffix}")
    assert response.status_code == 200
    whole = client.get(f"{path}.nt").data
    assert triples(response.data, RDF[suffix]) == triples(whole, ox.RdfFormat.N_TRIPLES)
    assert client.get(path, headers={"Accept": response.mimetype}).data == response.data
    assert client.get(f"{path}?format={suffix}").data == response.data
    head = client.head(f"{path}.{suffix}")
    assert head.headers["Content-Length"] == str(len(response.data))
    known = client.get(f"{path}.{suffix}", headers={"If-None-Match": response.headers["ETag"]})
    assert known.status_code == 304
    assert client.get(f"{path}.{suffix}", headers={"If-Match": '"other"'}).status_code == 412
    assert client.get(f"{path}.{suffix}", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"])
def test_a_browser_is_shown_a_memento_as_text(client: FlaskClient, accept: str) -> None:
    """Which is Turtle; other programs get what they ask for, or a 406."""
    path = f"/memento/{FIRST}/data/{KEPT}"
    shown = client.get(path, headers={"Accept": accept})
    assert (shown.status_code, shown.content_type) == (200, "text/plain; charset=utf-8")
    turtle = client.get(f"{path}.ttl")
    assert shown.data == turtle.data
    assert shown.headers["ETag"] != turtle.headers["ETag"]
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{path}?format=html", headers={"Accept": accept}).status_code == 400


def test_each_state_has_a_tag_of_its_own(client: FlaskClient) -> None:
    """No two answers of this thing are taken for one another."""
    paths = [f"/data/{KEPT}.ttl", *(f"/memento/{version}/data/{KEPT}.ttl" for version in (FIRST, SECOND))]
    assert len({client.get(path).headers["ETag"] for path in paths}) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/", "/.well-known/void", "/dumps/", f"/dumps/{FIRST}/", "/feed.atom", "/linkset.json", f"/data/{KEPT}.ttl",
        f"/memento/{FIRST}/data/{KEPT}.ttl", "/graph/entities.ttl", f"/timemap/link/data/{KEPT}",
    ],
)  # fmt: skip
def test_a_newer_release_is_hidden_by_no_date(client: FlaskClient, released: Released, path: str) -> None:
    """Whoever asks by date alone gets the answer whole; whoever has a tag, where the releases are what they were."""
    since = client.get(path, headers={"If-Modified-Since": LATER})
    assert (since.status_code, "Last-Modified" in since.headers) == (200, False)
    known = {"If-None-Match": since.headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    before = create_app(Config(released.dataset, releases=None)).test_client()
    assert before.get(path, headers=known).status_code != 304


@pytest.mark.parametrize(
    "path",
    [
        f"/memento/9.9.9/data/{KEPT}", f"/memento/{FIRST}/data/claim/unheard-of", f"/memento/{FIRST}/data/",
        f"/memento/{FIRST}/data/a%20b", f"/memento/{FIRST}/data/%3E%20", f"/memento/../data/{KEPT}",
        f"/memento/{FIRST}/data/{KEPT}/", f"/memento/{FIRST}/data/%00", f"/memento/{FIRST}/data/.ttl",
        f"/memento/{FIRST}/data/{KEPT}%0A", "/timemap/link/data/", "/timemap/xml/data/x", "/timemap/link/about",
        "/timemap/link/dumps/latest/none.txt", "/timemap/json/dumps/latest/../../x",
    ],
)  # fmt: skip
def test_what_no_release_holds_is_not_there(client: FlaskClient, path: str) -> None:
    """404, whatever the name is made of."""
    assert client.get(path).status_code == 404


def things(quads: bytes) -> Iterator[str]:
    """Yield the names of all things in a dataset that are subjects."""
    head = f"<{specimen.BASE}id/"
    subjects = {line.partition(b" ")[0].decode() for line in quads.splitlines()}
    return (one[len(head) : -1] for one in sorted(subjects) if one.startswith(head) and "#" not in one)


def test_a_memento_of_the_served_version_is_the_live_document_less_what_points_at_the_thing(
    client: FlaskClient, released: Released
) -> None:
    """For every thing: no quad of its own, of its anchors or of a name it mentions is missing, and none is added."""
    names = list(things(released.dataset.read_bytes()))
    assert len(names) > 300
    for name in names:
        thing = f"{specimen.BASE}id/{name}"
        document = f"{specimen.BASE}memento/{SECOND}/data/{name}"
        live, then = (read_quads(client.get(f"{path}/{name}.nq").data) for path in ("/data", f"/memento/{SECOND}/data"))
        own = {quad for quad in then if name_of(quad.subject) != document}
        assert own <= live, name
        pointing = {q for q in live if is_of(q.object, thing) and not is_of(q.subject, thing)}
        of_document = {q for q in live if name_of(q.subject) == f"{specimen.BASE}data/{name}"}
        named = {name_of(node) for q in pointing for node in (q.subject, q.object)}
        labels = {q for q in live if name_of(q.subject) in named}
        assert live - own <= pointing | of_document | labels, name
        # What a name it mentions is called is there, unless only what points at it mentions that.
        mentioned = {name_of(node) for q in own for node in (q.subject, q.object)}
        assert not {q for q in labels - own if name_of(q.subject) in mentioned and q not in pointing}, name


def name_of(node: object) -> str:
    """Return the IRI of a node, empty where it has none."""
    return node.value if isinstance(node, ox.NamedNode) else ""


def is_of(node: object, thing: str) -> bool:
    """Tell whether a node is a thing or one of its hash IRIs."""
    return isinstance(node, ox.NamedNode) and (node.value == thing or node.value.startswith(f"{thing}#"))


def test_a_memento_says_what_it_is(client: FlaskClient) -> None:
    """Of which document, in which release, under which licence, and what it leaves out."""
    text = client.get(f"/memento/{FIRST}/data/{KEPT}.ttl").text
    assert f"dcterms:isVersionOf <{specimen.BASE}data/{KEPT}>" in text
    assert f"void:inDataset <{specimen.BASE}dumps/{FIRST}/>" in text
    assert "dcterms:license <https://creativecommons.org/licenses/by-sa/4.0/>" in text
    assert "are left out" in text
    head = text.partition("@prefix")[0]
    assert f"Version {FIRST} of the data, {two_releases.DAYS[FIRST]}" in head
    assert f"Document: {specimen.BASE}memento/{FIRST}/data/{KEPT}" in head
    assert "Derived from" in head


@pytest.mark.parametrize("kind", ["gone", "altered", "cut", "folder", "pipe", "link out", "written to while open"])
def test_a_release_that_cannot_be_read_is_our_fault(both: Released, tmp_path: Path, kind: str) -> None:
    """503, never 404, and nothing that was not released; the data of now and other releases do not suffer from it."""
    copied = both.copy(tmp_path)
    client = copied.app().test_client()
    file = copied.root / FIRST / f"battlegraph-{FIRST}.nq"
    content = file.read_bytes()
    other = content.replace(b"Hadrut", b"Forged")
    if kind == "written to while open":
        assert client.get(f"/memento/{FIRST}/data/{KEPT}.nt").status_code == 200
        file.write_bytes(other)
    else:
        file.unlink()
    if kind in ("altered", "cut"):
        file.write_bytes(other if kind == "altered" else content[: len(content) // 2])
    elif kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "link out":
        (tmp_path / "elsewhere").write_bytes(content)
        file.symlink_to(tmp_path / "elsewhere")
    answer = client.get(f"/memento/{FIRST}/data/{KEPT}.ttl")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    timemap = client.get(f"/timemap/link/data/{KEPT}")
    assert timemap.status_code == 200
    assert f"/memento/{FIRST}/" not in timemap.text
    for path in (f"/data/{KEPT}.ttl", f"/memento/{SECOND}/data/{KEPT}.ttl", f"/page/{KEPT}", "/dumps/", "/feed.atom"):
        assert client.get(path).status_code == 200, path
    if kind == "altered":
        file.write_bytes(content)
        assert client.get(f"/memento/{FIRST}/data/{KEPT}.ttl").status_code == 200


def test_a_release_signed_anew_that_is_no_n_quads_is_our_fault_too(both: Released, tmp_path: Path) -> None:
    """Its checksum is right, and what it says cannot be read."""
    copied = both.copy(tmp_path)
    file = copied.root / FIRST / f"battlegraph-{FIRST}.nq"
    file.write_bytes(file.read_bytes().replace(b"> <", b"> ?"))
    releasing.sign(file.parent)
    client = copied.app().test_client()
    assert client.get(f"/memento/{FIRST}/data/{KEPT}.ttl").status_code == 503
    for path in (f"/data/{KEPT}.ttl", f"/dumps/{FIRST}/", f"/dumps/{FIRST}/claims.csv", "/feed.atom"):
        assert client.get(path).status_code == 200, path


# TimeMaps


def test_the_timemap_lists_every_state(client: FlaskClient) -> None:
    """In link-format with whole addresses, as section 5 has it, and as JSON."""
    response = client.get(f"/timemap/link/data/{KEPT}.ttl", base_url="http://archive.example:8080")
    assert response.content_type == "application/link-format"
    server = "http://archive.example:8080"
    lines = response.text.rstrip("\n").split(",\n")
    span = f'; from="{MOMENTS[FIRST]}"; until="{MOMENTS[SECOND]}"'
    assert lines == [
        f'<{server}/data/{KEPT}.ttl>; rel="original timegate"',
        f'<{server}/timemap/link/data/{KEPT}.ttl>; rel="self"; type="application/link-format"{span}',
        f'<{server}/timemap/json/data/{KEPT}.ttl>; rel="timemap"; type="application/json"',
        f'<{server}/memento/{FIRST}/data/{KEPT}.ttl>; rel="first memento"; datetime="{MOMENTS[FIRST]}"',
        f'<{server}/memento/{SECOND}/data/{KEPT}.ttl>; rel="last memento"; datetime="{MOMENTS[SECOND]}"',
    ]
    document = client.get(f"/timemap/json/data/{KEPT}.ttl", base_url=server).json
    assert document is not None
    assert [one["datetime"] for one in document["mementos"]["list"]] == [MOMENTS[FIRST], MOMENTS[SECOND]]
    assert document["original_uri"] == f"{server}/data/{KEPT}.ttl"
    for one in document["mementos"]["list"]:
        assert client.get(one["uri"].removeprefix(server)).headers["Memento-Datetime"] == one["datetime"]


# Files of releases


def test_a_file_has_one_name_in_all_releases(site: Site) -> None:
    """Where the version is part of it, that part is left out."""
    second, first = site.releases
    assert lasting_name(first, f"battlegraph-{FIRST}.nq.gz") == "battlegraph.nq.gz"
    assert lasting_name(first, "claims.csv") == "claims.csv"
    assert own_name(second, "battlegraph.nq.gz") == f"battlegraph-{SECOND}.nq.gz"
    assert own_name(second, f"battlegraph-{SECOND}.nq") == f"battlegraph-{SECOND}.nq"
    assert own_name(second, f"battlegraph-{FIRST}.nq") is None
    assert own_name(second, "none") is None


@pytest.mark.parametrize("lasting", ["battlegraph.ttl", "claims.csv", "ontology/battlegraph.ttl", ""])
def test_a_file_of_a_release_is_a_memento_of_the_latest(client: FlaskClient, site: Site, lasting: str) -> None:
    """With the links of its kind, and listed in the TimeMap."""
    second, first = site.releases
    with client.application.test_request_context("/"):
        found = find_file(site, first, own_name(first, lasting) or "")
        assert found is not None
        history, memento = found
        assert history.path == (f"/exports/{lasting}" if lasting == "claims.csv" else f"/dumps/latest/{lasting}")
        assert memento.path == f"{first.path}{own_name(first, lasting)}"
        response = mark_memento(client.application.response_class(), memento)
        assert response.headers["Memento-Datetime"] == MOMENTS[FIRST]
        assert find_file(site, first, "none") is None
    listed = client.get(f"/timemap/json/dumps/latest/{lasting}").json
    assert listed is not None
    paths = [one["uri"].removeprefix("http://localhost") for one in listed["mementos"]["list"]]
    assert paths == [f"{first.path}{own_name(first, lasting)}", f"{second.path}{own_name(second, lasting)}"]


def test_a_name_with_a_version_has_no_other_states(client: FlaskClient) -> None:
    """It leads to the file, whatever date is asked for; the name without a version is the original."""
    for asked in ({}, {"Accept-Datetime": BEFORE}):
        response = client.get(f"/dumps/latest/battlegraph-{SECOND}.nq", headers=asked)
        assert (response.status_code, response.headers["Location"]) == (
            307,
            f"/dumps/{SECOND}/battlegraph-{SECOND}.nq",
        )
        assert "Link" not in response.headers
        assert "Accept-Datetime" not in response.headers.get("Vary", "")
    assert client.get(f"/timemap/link/dumps/latest/battlegraph-{SECOND}.nq").status_code == 404
    older = client.get(f"/dumps/latest/battlegraph-{FIRST}.nq")
    assert (older.status_code, older.headers["Location"]) == (307, f"/dumps/{FIRST}/battlegraph-{FIRST}.nq")
    links = read_links(client.get(f"/dumps/{SECOND}/battlegraph-{SECOND}.nq").headers["Link"])
    assert links["original timegate"]["href"] == "/dumps/latest/battlegraph.nq"


@pytest.mark.parametrize(("asked", "version"), [(BEFORE, FIRST), (BETWEEN, FIRST), (LATER, SECOND)])
def test_a_date_leads_to_the_file_of_that_date(client: FlaskClient, asked: str, version: str) -> None:
    """From the address of the latest; each file says of when it is, and what its neighbours are."""
    for path, own in (("battlegraph.nq", f"battlegraph-{version}.nq"), ("claims.csv", "claims.csv"), ("", "")):
        response = client.get(f"/dumps/latest/{path}", headers={"Accept-Datetime": asked})
        assert response.status_code == 302
        assert response.headers["Location"] == f"/dumps/{version}/{own}"
        assert "Accept-Datetime" in response.headers["Vary"]
        file = client.get(response.headers["Location"])
        assert file.status_code == 200
        assert file.headers["Memento-Datetime"] == MOMENTS[version]
        links = read_links(file.headers["Link"])
        original = "/exports/claims.csv" if path == "claims.csv" else f"/dumps/latest/{path}"
        assert links["original timegate"]["href"] == original
        ends = "prev first" if version == SECOND else "first"
        assert links[f"{ends} memento"]["datetime"] == MOMENTS[FIRST]
        without = client.get(f"/dumps/latest/{path}")
        assert without.status_code == 307
        assert "Accept-Datetime" in without.headers["Vary"]
    assert client.get("/dumps/latest/claims.csv", headers={"Accept-Datetime": "soon"}).status_code == 400


def test_a_copy_without_a_server_promises_nothing(client: FlaskClient) -> None:
    """It cannot choose by date."""
    for path in (f"/data/{KEPT}.ttl", f"/dumps/{FIRST}/claims.csv"):
        response = client.get(path, environ_overrides={FOR_COPY: True, "HTTP_HOST": "copy.example"})
        assert response.status_code == 200
        assert "memento" not in response.headers["Link"]
        assert "Memento-Datetime" not in response.headers


# Graphs and exports


@pytest.mark.parametrize(
    ("path", "accept", "file", "original"),
    [
        ("/graph/entities.ttl", "*/*", "graphs/entities.ttl", "/graph/entities.ttl"),
        ("/graph/entities", "*/*", "graphs/entities.ttl", "/graph/entities.ttl"),
        ("/graph/entities", "text/html", "graphs/entities.ttl", "/graph/entities.ttl"),
        (f"{VIEWPOINT}.nt", "*/*", "graphs/viewpoint/azerbaijan.nt", f"{VIEWPOINT}.nt"),
        (VIEWPOINT, "application/n-triples", "graphs/viewpoint/azerbaijan.nt", f"{VIEWPOINT}.nt"),
        ("/exports/claims.csv", "*/*", "claims.csv", "/exports/claims.csv"),
        ("/exports/places.geojson", "*/*", "places.geojson", "/exports/places.geojson"),
        ("/dumps/latest/graphs/entities.ttl", "*/*", "graphs/entities.ttl", "/graph/entities.ttl"),
    ],
)  # fmt: skip
def test_a_graph_and_an_export_lead_to_their_state_of_a_date(
    client: FlaskClient, path: str, accept: str, file: str, original: str
) -> None:
    """Which is a file of a release, and says of what it is a state; the address of today names the way there."""
    for asked, version in ((BEFORE, FIRST), (LATER, SECOND)):
        response = client.get(path, headers={"Accept": accept, "Accept-Datetime": asked})
        assert (response.status_code, response.headers["Location"]) == (302, f"/dumps/{version}/{file}")
        assert "Accept-Datetime" in response.headers["Vary"]
        memento = client.get(response.headers["Location"])
        assert memento.headers["Memento-Datetime"] == MOMENTS[version]
        assert read_links(memento.headers["Link"])["original timegate"]["href"] == original
    now = client.get(path, headers={"Accept": accept})
    assert "Accept-Datetime" in now.headers["Vary"]
    links = read_links(now.headers["Link"])
    assert links["original timegate"]["href"] == original
    timemap = client.get(links["timemap"]["href"])
    assert timemap.status_code == 200
    for version in (FIRST, SECOND):
        assert f"/dumps/{version}/{file}>" in timemap.text


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/graph/entities.jsonld", "*/*"), ("/graph/entities", "application/ld+json"), ("/graph/entities.nt", "*/*")],
)
def test_a_format_that_no_release_has_is_not_given_of_today(client: FlaskClient, path: str, accept: str) -> None:
    """406, with what there is; without a date it is there."""
    asked = {"Accept": accept, "Accept-Datetime": BEFORE}
    response = client.get(path, headers=asked)
    assert response.status_code == 406
    assert response.json is not None
    assert f"/dumps/{FIRST}/graphs/entities.ttl" in [one["href"] for one in response.json["available"]]
    assert "Accept-Datetime" in response.headers["Vary"]
    now = client.get(path, headers={"Accept": accept})
    assert (now.status_code, "Accept-Datetime" in now.headers["Vary"]) == (200, True)


def test_a_graph_that_no_release_has_has_no_other_states(client: FlaskClient) -> None:
    """404, with a date and without; and what is only a file of the releases is no export."""
    for asked in ({}, {"Accept-Datetime": BEFORE}):
        assert client.get("/graph/unheard-of.ttl", headers=asked).status_code == 404
    for path in ("graph/unheard-of", "graph/", "graph/entities.jsonld", "exports/battlegraph.nq", "exports/"):
        assert client.get(f"/timemap/link/{path}").status_code == 404


# The file of quads


@given(st.data())
def test_bisection_finds_what_reading_finds(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever the lengths of lines and the subjects that are beginnings of one another."""
    node = st.from_regex(r"\Ahttps://x\.org/[ab\u0540]{0,3}\Z").map(ox.NamedNode)
    text = st.one_of(st.text(alphabet="a\n\u0540", max_size=4), st.just("x" * 9000))
    quad = st.builds(ox.Quad, node, node, st.one_of(node, text.map(ox.Literal)), node)
    quads = data.draw(st.sets(quad, max_size=12))
    lines = sorted(ox.serialize([one], format=ox.RdfFormat.N_QUADS) or b"" for one in quads)
    file = tmp_path_factory.mktemp("sorted") / "a.nq"
    file.write_bytes(b"".join(lines))
    found = SortedQuads(file.open("rb", buffering=0))
    for subject in {*(one.subject for one in quads), ox.NamedNode("https://x.org/c")}:
        assert isinstance(subject, ox.NamedNode)
        assert set(found.about(subject)) == {one for one in quads if one.subject == subject}
        assert found.describes(subject) == any(one.subject == subject for one in quads)
        for predicate in {one.predicate for one in quads}:
            expected = {one for one in quads if (one.subject, one.predicate) == (subject, predicate)}
            assert set(found.about(subject, predicate)) == expected
            rest = {one for one in quads if one.subject == subject and one.predicate != predicate}
            assert set(found.about(subject, without=[predicate])) == rest


def test_a_file_that_is_cut_short_ends_nothing(tmp_path: Path) -> None:
    """What is left of it is read."""
    file = tmp_path / "a.nq"
    lines = [f'<https://x.org/{n:05}> <https://x.org/p> "{n}" <https://x.org/g> .\n' for n in range(5000)]
    file.write_text("".join(lines))
    quads = SortedQuads(file.open("rb", buffering=0))
    subject = ox.NamedNode("https://x.org/04999")
    assert quads.describes(subject)
    with file.open("r+b") as out:
        out.truncate(100)
    assert not quads.describes(subject)
    assert not quads.is_unchanged()


def test_a_moment_of_a_release_is_its_days_first(site: Site) -> None:
    """00:00 GMT, in the order of the versions."""
    second, first = site.releases
    assert moment_of(second) - moment_of(first) == timedelta(days=52)


def test_a_release_of_no_day_is_refused_at_the_start(both: Released, tmp_path: Path) -> None:
    """And not when somebody asks for a date."""
    released = both.copy(tmp_path)
    record = released.root / FIRST / RECORD_FILE
    record.write_text(record.read_text().replace(two_releases.DAYS[FIRST], "soon"))
    with pytest.raises(UnreadableRelease, match="'soon' is no day"):
        list_releases(released.root)


def read_links(header: str) -> dict[str, dict[str, str]]:
    """Return the links of a Link header by relation, the first of each."""
    found: dict[str, dict[str, str]] = {}
    for href, rest in re.findall(r'<([^>]*)>((?:; \w+="[^"]*")+)', header):
        link = {"href": href, **dict(re.findall(r'; (\w+)="([^"]*)"', rest))}
        found.setdefault(link["rel"], link)
    return found


def read_quads(content: bytes) -> set[ox.Quad]:
    """Return the quads of a document."""
    return set(ox.parse(content, format=ox.RdfFormat.N_QUADS))


def triples(content: bytes, rdf_format: ox.RdfFormat) -> set[ox.Triple]:
    """Return the triples of a document in whatever format."""
    return {quad.triple for quad in ox.parse(content, format=rdf_format)}
