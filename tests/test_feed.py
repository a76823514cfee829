"""The feed of releases, by the rules of RFC 4287."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import specimen
from flask.testing import FlaskClient
from kinds import Elements
from two_releases import FIRST, SECOND, Released

from server.description.publication import Publication
from server.downloads.feed import write_feed
from server.http.formats import RDF_FORMATS
from server.releases.release import list_releases
from server.site import EXTENSION

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_COMMON = {"author", "category", "contributor", "id", "link", "rights", "title", "updated"}
CHILDREN = {
    "feed": _COMMON | {"entry", "generator", "icon", "logo", "subtitle"},
    "entry": _COMMON | {"content", "published", "source", "summary"},
}


@pytest.fixture(scope="module")
def released(both: Released) -> Released:
    """Return two releases."""
    return both


@pytest.fixture(scope="module")
def client(released: Released) -> FlaskClient:
    """Return a client of an app with both."""
    return released.app().test_client()


def read_feed(text: str) -> ET.Element:
    """Return the feed after every rule of RFC 4287 section 4 that a feed like ours can break."""
    feed = ET.fromstring(text)  # noqa: S314  our own words
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        kind = element.tag.removeprefix(ATOM)
        assert {child.tag.removeprefix(ATOM) for child in element} <= CHILDREN[kind]
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        for name in ("rights", "published", "summary", "content"):
            assert len(element.findall(f"{ATOM}{name}")) <= 1, name
        assert re.match(r"[a-z][a-z0-9+.-]*:", element.findtext(f"{ATOM}id") or "")
        for name in ("updated", "published"):
            assert all(TIME.fullmatch(child.text or "") for child in element.findall(f"{ATOM}{name}"))
        for author in element.findall(f"{ATOM}author"):
            assert author.findtext(f"{ATOM}name")
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert len(kinds) == len(set(kinds))
        assert alternates
        for link in element.findall(f"{ATOM}link"):
            assert link.get("href")
            assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", link.get("type", "text/html"))
            assert link.get("length", "1").isdecimal()
    assert feed.find(f"{ATOM}author") is not None
    assert [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


def test_every_release_is_an_entry_the_newest_first(client: FlaskClient, released: Released) -> None:
    """Under its own IRI, of its own day, with what is new, where it is, and its dumps with length and type."""
    response = client.get("/feed.atom", headers={"Host": "data.example:8000"})
    assert response.headers["Content-Type"] == "application/atom+xml"
    feed = read_feed(response.text)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.get(LANG) == "en"
    assert feed.findtext(f"{ATOM}updated") == "2027-01-15T00:00:00Z"
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"{specimen.BASE}dumps/{version}/" for version in (SECOND, FIRST)
    ]
    for entry, release in zip(entries, list_releases(released.root), strict=True):
        assert entry.findtext(f"{ATOM}updated") == f"{release.record.modified}T00:00:00Z"
        summary = entry.findtext(f"{ATOM}summary") or ""
        assert release.record.digest in summary
        assert f"{release.record.quads:,} statements" in summary
        links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
        assert links["alternate"].get("href") == f"http://data.example:8000{release.path}"
        enclosures = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
        suffixes = [*(offer.name for offer in RDF_FORMATS), "bag.zip"]
        assert [link.get("title") for link in enclosures] == [f"{release.stem}.{suffix}" for suffix in suffixes]
        for link in enclosures:
            path = (link.get("href") or "").removeprefix("http://data.example:8000")
            head = client.head(path)
            assert head.status_code == 200
            assert (str(head.content_length), head.mimetype) == (link.get("length"), link.get("type"))


def test_a_feed_without_releases_is_one_too() -> None:
    """It says nothing yet, and is dated all the same."""
    feed = read_feed(specimen.make_client().get("/feed.atom").text)
    assert not feed.findall(f"{ATOM}entry")


def test_a_dataset_that_says_nothing_of_itself_has_a_feed(tmp_path: Path) -> None:
    """Without a date, a title or a maker."""
    file = tmp_path / "other.nq"
    file.write_text("<http://e/s> <http://e/p> <http://e/o> .\n")
    assert read_feed(specimen.make_client(file).get("/feed.atom").text).findtext(f"{ATOM}updated")


def test_any_words_can_stand_in_the_feed(released: Released) -> None:
    """Markup is text, and what XML cannot hold is replaced."""
    site = released.app().extensions[EXTENSION]
    odd = 'a <b> & "c" ]]> \x00\x0b\ufffe \U0001f600 é'
    publication = Publication(title=odd, rights=odd, version_notes=odd, license="https://e/?a=1&b='\"<>")
    text = write_feed(site, [(site.releases[0], publication)], "http://h")
    entry = read_feed(text).find(f"{ATOM}entry")
    assert entry is not None
    assert (entry.findtext(f"{ATOM}rights") or "").startswith('a <b> & "c" ]]> \ufffd\ufffd\ufffd \U0001f600 é')


def test_a_reader_who_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    """Feeds are asked for by the hour."""
    response = client.get("/feed.atom")
    again = client.get("/feed.atom", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/dumps/", f"/dumps/{SECOND}/"])
def test_pages_lead_to_the_feed(client: FlaskClient, path: str) -> None:
    """By a link in the head, as feed readers find it."""
    found = Elements(client.get(path, headers={"Accept": "text/html"}).text).all("link")
    feeds = [link for link in found if link.get("type") == "application/atom+xml" and link["rel"] == "alternate"]
    assert [link["href"] for link in feeds] == ["/feed.atom"]
