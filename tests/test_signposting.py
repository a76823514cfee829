"""FAIR Signposting, level 1 in headers and heads, level 2 in linksets (RFC 9264), on a real server of two releases."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin, urlsplit

import live
import pytest
import specimen
from flask.testing import FlaskClient
from kinds import Elements
from two_releases import BASE, FIRST, KEPT, NEW, SECOND, Released

from server.description.file_kind import kind_of
from server.metadata.signposting import file_links
from server.releases.release import list_releases
from server.site import EXTENSION

HTML = {"Accept": "text/html"}
LANDINGS = {
    "/": f"{BASE}dataset",
    f"/dumps/{FIRST}/": f"{BASE}dumps/{FIRST}/",
    f"/dumps/{SECOND}/": f"{BASE}dumps/{SECOND}/",
    f"/page/{KEPT}": f"{BASE}id/{KEPT}",
    f"/page/{NEW}": f"{BASE}id/{NEW}",
}
"""The landing pages, each with the name that cites it."""
SIGNPOSTS = (
    "author", "cite-as", "collection", "describedby", "describes", "item", "license", "linkset", "type",
)  # fmt: skip


@pytest.fixture(scope="module")
def released(both: Released) -> Released:
    """Return two releases with all their parts."""
    return both


@pytest.fixture(scope="module")
def server(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server of them."""
    scratch = tmp_path_factory.mktemp("server")
    with live.running(scratch, "--releases", str(released.root), dataset=released.dataset) as running:
        yield running


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as curl or a robot would have it."""

    address: str
    """Where it came from in the end."""
    headers: Message
    body: bytes


def fetch(server: live.Server, path: str, headers: Mapping[str, str] = HTML) -> Answer:
    """Return the answer to a request, redirects followed; what is on the canonical host is asked of this one."""
    address = f"{server.address}/{path.removeprefix(BASE).removeprefix(server.address).removeprefix('/')}"
    with urllib.request.urlopen(urllib.request.Request(address, headers=dict(headers))) as answer:  # noqa: S310  # our own
        return Answer(answer.url, answer.headers, answer.read())


# Level 1


@pytest.mark.parametrize(("path", "cited"), LANDINGS.items())
def test_a_landing_page_has_the_links_that_the_profile_asks_for(server: live.Server, path: str, cited: str) -> None:
    """As often as it asks for them, in the header."""
    found = read_header(server, path)
    of = {rel: [link for link in found if link.rel == rel] for rel in SIGNPOSTS}
    assert [link.href for link in of["cite-as"]] == [cited]
    assert [link.href for link in of["license"]] == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert of["describedby"]
    assert all(link.type for link in of["describedby"])
    first, second = (link.href for link in of["type"])
    assert first.startswith("https://schema.org/")
    assert second == "https://schema.org/AboutPage"
    assert [link.type for link in of["linkset"]] == ["application/linkset+json"]
    assert not of["author"]
    if not path.startswith("/page/"):
        assert first == "https://schema.org/Dataset"
        names = {re.sub(r".*/(battlegraph-\d\.\d\.\d\.)?", "", link.href) for link in of["item"]}
        assert names == {"nq", "nt", "ttl", "trig", "jsonld", "rdf", "claims.csv", "places.geojson", "bag.zip"}
        assert all(link.type for link in of["item"])


@pytest.mark.parametrize(("path", "cited"), LANDINGS.items())
def test_whoever_follows_the_name_comes_back(server: live.Server, path: str, cited: str) -> None:
    """The canonical host leads to this server's path of the same name."""
    assert urlsplit(fetch(server, cited).address).path == path


@pytest.mark.parametrize("path", LANDINGS)
def test_the_head_of_the_page_says_what_the_header_says(server: live.Server, path: str) -> None:
    """For who has the page alone."""
    head = Elements(fetch(server, path).body.decode()).all("link")
    of_head = {
        Signpost(x["rel"], f"{server.address}{path}", whole(server, path, x["href"]), x.get("type")) for x in head
    }
    assert {link for link in of_head if link.rel in SIGNPOSTS} == {*read_header(server, path)}


@pytest.mark.parametrize("path", LANDINGS)
def test_every_link_leads_to_what_it_promises(server: live.Server, path: str) -> None:
    """An answer of that type."""
    for link in read_header(server, path):
        if link.rel in ("describedby", "item", "linkset"):
            answer = fetch(server, link.href, {"Accept": link.type or ""})
            assert answer.headers["Content-Type"].partition(";")[0] == link.type, link


def test_the_links_of_a_header_stay_few(server: live.Server) -> None:
    """Robots and proxies take some kilobytes of headers."""
    assert all(len(fetch(server, path).headers["Link"]) < 4096 for path in LANDINGS)


def test_every_file_leads_back_to_its_page(server: live.Server, released: Released) -> None:
    """With its type, and the licence of just this file."""
    for release in list_releases(released.root):
        for file in release.files:
            link = fetch(server, f"{release.path}{file.name}").headers["Link"]
            assert f'<{release.path}>; rel="collection"; type="text/html"' in link, file.name
            assert len(re.findall('rel="license"', link)) == 1, file.name
            is_free = file.name.startswith(("ontology/", "shapes/", "graphs/ontology.", "graphs/shapes."))
            assert ("publicdomain/zero/1.0" in link) == is_free, file.name
            assert len(re.findall('rel="type"', link)) == 1, file.name
            own = f'</linkset/dumps/{release.version}.json>; rel="linkset"; type="application/linkset+json"'
            assert (own in link) == (kind_of(release, file.name).graph is None), file.name


def test_data_leads_to_the_page_about_the_thing(server: live.Server) -> None:
    """It describes what the page is about, and belongs to it."""
    link = fetch(server, f"/data/{KEPT}.ttl").headers["Link"]
    for rel in ("describes", "collection"):
        assert f'</page/{KEPT}>; rel="{rel}"; type="text/html"' in link


# Level 2


@pytest.mark.parametrize("path", ["/linkset.json", f"/linkset/{KEPT}.json", f"/linkset/dumps/{SECOND}.json"])
def test_a_linkset_is_one(server: live.Server, path: str) -> None:
    """By the rules of RFC 9264, read apart from where it came from."""
    answer = fetch(server, path)
    assert answer.headers["Content-Type"] == "application/linkset+json"
    check_linkset(json.loads(answer.body))


@pytest.mark.parametrize("path", LANDINGS)
def test_the_linkset_of_a_page_holds_all_its_links(server: live.Server, path: str) -> None:
    """Those of the header are among them, and what belongs to it or describes it leads back."""
    page = f"{server.address}{path}"
    header = read_header(server, path)
    (linkset,) = (link.href for link in header if link.rel == "linkset")
    every = read_linkset(server, linkset)
    assert {link for link in header if link.rel != "linkset"} <= every
    back = {(link.origin, link.rel, link.href) for link in every}
    for link in every:
        if link.origin == page and link.rel == "describedby" and (path == "/" or "/.well-known/" not in link.href):
            assert (link.href, "describes", page) in back
        if link.origin == page and link.rel == "item":
            holders = (page, link.href.rpartition("/")[0] + "/")
            assert any((link.href, "collection", holder) in back for holder in holders), link


def test_the_linkset_of_a_release_names_its_files_and_that_of_all_the_main_ones(
    server: live.Server, released: Released
) -> None:
    """Each is an item, or describes the release; those of one graph each, of which there is no end, are in neither."""
    short = {one["anchor"]: one for one in json.loads(fetch(server, "/linkset.json").body)["linkset"]}
    for release in list_releases(released.root):
        linkset = json.loads(fetch(server, f"/linkset/dumps/{release.version}.json").body)["linkset"]
        contexts = {one["anchor"]: one for one in linkset}
        page = contexts[f"{server.address}{release.path}"]
        named = {link["href"] for relation in ("item", "describedby") for link in page[relation]}
        files = [file.name for file in release.files if kind_of(release, file.name).graph is None]
        assert named == {f"{server.address}{release.path}{name}" for name in files}
        main = short[f"{server.address}{release.path}"]
        assert {link["href"] for link in main["item"]} < {link["href"] for link in page["item"]}
        assert main["describedby"] == page["describedby"]
        for href in named:
            assert contexts[href]["collection"] == [{"href": f"{server.address}{release.path}", "type": "text/html"}]
        home = short[f"{server.address}/"]
        assert f"{server.address}{release.path}" in {link["href"] for link in home["item"]}


@pytest.mark.parametrize(
    "path",
    [
        "/linkset/",
        "/linkset/dumps/9.9.9.json",
        "/linkset/dumps/0.1.0",
        "/linkset/claim/unheard-of.json",
        f"/linkset/{KEPT}",
        "/linkset/%3E.json",
        "/linkset/.json",
    ],
)
def test_what_is_no_thing_has_no_linkset(client: FlaskClient, path: str) -> None:
    """404, with the way to that of the dataset."""
    assert client.get(path).status_code == 404


def test_the_linkset_is_cached_as_everything_is(client: FlaskClient) -> None:
    """A tag, HEAD and 304."""
    response = client.get("/linkset.json")
    assert client.head("/linkset.json").headers["Content-Length"] == str(len(response.data))
    assert client.get("/linkset.json", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_without_releases_the_dataset_is_what_there_is(client: FlaskClient) -> None:
    """Its page is a landing page all the same."""
    contexts = client.get("/linkset.json").json
    assert contexts is not None
    check_linkset(contexts)
    anchors = [one["anchor"] for one in contexts["linkset"]]
    assert anchors[0] == "http://localhost/"
    assert not [one for one in anchors if "/dumps/" in one]
    assert 'rel="item"' not in client.get("/").headers["Link"]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of a server of the specimen, without releases."""
    return specimen.make_client()


def test_the_links_of_a_file_tell_its_kind(released: Released) -> None:
    """What holds data is a download of the dataset, what goes with it is a document."""
    app = released.app()
    site = app.extensions[EXTENSION]
    release = site.releases[0]
    with app.test_request_context("/"):
        for file in release.files:
            (kind,) = [link.href for link in file_links(site, release, file) if link.rel == "type"]
            assert kind.endswith("DataDownload") == kind_of(release, file.name).is_data


# The sitemap


def test_the_releases_are_in_the_sitemap(server: live.Server, released: Released) -> None:
    """Each page of a release, and what changed where there is something to compare with."""
    part = fetch(server, "/sitemap-1.xml").body.decode()
    for release in list_releases(released.root):
        assert f"<loc>{server.address}{release.path}</loc>" in part
        changes = f"<loc>{server.address}{release.path}changes</loc>"
        assert (changes in part) == ("changes.json" in release.by_name)
    for path in re.findall(rf"<loc>{re.escape(server.address)}(/dumps/[^<]*)</loc>", part):
        canonical = [
            x["href"] for x in Elements(fetch(server, path).body.decode()).all("link") if x["rel"] == "canonical"
        ]
        assert canonical == [f"{BASE}{path.removeprefix('/')}"]


# Signposts, wherever they stand


@dataclass(frozen=True, slots=True)
class Signpost:
    """A typed link."""

    rel: str
    origin: str
    href: str
    type: str | None


def read_header(server: live.Server, path: str) -> list[Signpost]:
    """Return the signposts of the header of an address, in their order."""
    value, found = fetch(server, path).headers["Link"], []
    for href, rest in re.findall(r'<([^>]*)>((?:; \w+="[^"]*")*)', value):
        parameters = dict(re.findall(r'; (\w+)="([^"]*)"', rest))
        link = Signpost(parameters["rel"], f"{server.address}{path}", whole(server, path, href), parameters.get("type"))
        found += [link] if link.rel in SIGNPOSTS else []
    return found


def read_linkset(server: live.Server, address: str) -> set[Signpost]:
    """Return the signposts of a linkset."""
    return {
        Signpost(rel, context["anchor"], link["href"], link.get("type"))
        for context in json.loads(fetch(server, address).body)["linkset"]
        for rel, links in context.items()
        if rel != "anchor"
        for link in links
    }


def whole(server: live.Server, path: str, href: str) -> str:
    """Return an address that stands on a page as a whole one."""
    return urljoin(f"{server.address}{path}", href)


# The rules of RFC 9264


def check_linkset(document: object) -> None:
    """Fail where a document is no linkset by RFC 9264 section 4.2, or leans on where it came from (section 4)."""
    assert isinstance(document, dict)
    assert set(document) == {"linkset"}
    assert isinstance(document["linkset"], list)
    anchors = [context["anchor"] for context in document["linkset"]]
    assert len(anchors) == len(set(anchors))
    for context in document["linkset"]:
        assert is_whole(context["anchor"])
        for relation, links in context.items():
            if relation == "anchor":
                continue
            assert relation == relation.lower()
            assert isinstance(links, list)
            assert links
            for link in links:
                check_target(link)


def check_target(link: object) -> None:
    """Fail where a link target object breaks sections 4.2.3 and 4.2.4."""
    assert isinstance(link, dict)
    assert is_whole(link["href"])
    for name, value in link.items():
        if name in ("href", "media", "title", "type"):
            assert isinstance(value, str)
        else:
            # hreflang, and whatever RFC 8288 does not know.
            assert isinstance(value, list)
    if "type" in link:
        assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", link["type"])


def is_whole(address: str) -> bool:
    """Tell whether an address means the same wherever it stands."""
    return bool(urlsplit(address).scheme) and urljoin("https://else.example/where", address) == address


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"linkset": {}},
        {"linkset": [{"anchor": "/relative", "item": [{"href": "https://x.org/"}]}]},
        {"linkset": [{"anchor": "https://x.org/", "item": {"href": "https://x.org/"}}]},
        {"linkset": [{"anchor": "https://x.org/", "item": [{"href": "y"}]}]},
        {"linkset": [{"anchor": "https://x.org/", "item": [{"href": "https://x.org/", "profile": "https://x.org/"}]}]},
        {"linkset": [{"anchor": "https://x.org/"}, {"anchor": "https://x.org/"}]},
    ],
)
def test_the_checker_finds_what_is_wrong(broken: object) -> None:
    """A check that passes anything tells nothing."""
    with pytest.raises(AssertionError):
        check_linkset(broken)
