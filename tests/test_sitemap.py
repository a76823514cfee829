"""What crawlers are told: every page that is worth finding, and nothing that has no end."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.releases import Manifest
from graph.store import Dataset
from server.metadata.addresses import Addresses, collect
from server.search.index_file import make_index
from server.search.names import Labelled, read_labelled
from server.search.search_index import Kind

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


def read(text: str, whole: str, part: str) -> dict[str, str | None]:
    """Return the addresses of a sitemap or an index of sitemaps, each with its date."""
    root = ET.fromstring(text)  # noqa: S314  # ours
    assert root.tag == NAMESPACE + whole
    entries = {}
    for entry in root:
        assert entry.tag == NAMESPACE + part
        assert [child.tag for child in entry][:1] == [f"{NAMESPACE}loc"]
        entries[entry.findtext(f"{NAMESPACE}loc") or ""] = entry.findtext(f"{NAMESPACE}lastmod")
    return entries


def addresses(client: FlaskClient, host: str = "http://localhost") -> dict[str, str | None]:
    """Return all addresses of the sitemap that robots.txt names, without the host, each with its date."""
    robots = client.get("/robots.txt", base_url=host).text
    found = re.search(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    assert found
    index = read(get(client, found[1], host), "sitemapindex", "sitemap")
    entries: dict[str, str | None] = {}
    for part in index:
        for address, day in read(get(client, part, host), "urlset", "url").items():
            assert address.startswith(host + "/")
            assert address not in entries
            entries[address.removeprefix(host)] = day
    return entries


def get(client: FlaskClient, address: str, host: str) -> str:
    """Return the XML at an address of a host."""
    assert address.startswith(host)
    response = client.get(address.removeprefix(host), base_url=host)
    assert response.status_code == 200
    assert response.content_type == "application/xml; charset=utf-8"
    return response.text


def test_every_address_is_a_page(client: FlaskClient) -> None:
    """Each answers a browser with a page whose canonical address is the same path; none has a query."""
    found = addresses(client)
    for path, day in found.items():
        response = client.get(path, headers=HTML)
        assert response.status_code == 200, path
        assert response.mimetype == "text/html", path
        assert f'<link rel="canonical" href="{specimen.BASE}{path.removeprefix("/")}">' in response.text, path
        assert "?" not in path
        assert day == "2026-11-24"


def test_every_thing_and_every_document_is_there(client: FlaskClient) -> None:
    """All that has a class, the articles whose text is at hand in every way to look at them, graphs and questions."""
    found = set(addresses(client))
    quads = ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG)
    typed = {str(quad.subject)[1:-1] for quad in quads if str(quad.predicate).endswith("#type>")}
    things = {iri.removeprefix(f"{specimen.BASE}id/") for iri in typed if iri.startswith(f"{specimen.BASE}id/")}
    assert {path for path in found if path.startswith("/page/")} == {f"/page/{x}" for x in things if "#" not in x}
    for section in ("article", "viewpoints", "timeline", "map"):
        assert {path for path in found if path.startswith(f"/{section}/")} == {f"/{section}/battle-of-hadrut"}
    assert {"/", "/about", "/ontology", "/shapes", "/graph/entities", "/queries/contradictions"} <= found


def test_the_sitemap_is_the_hosts_that_it_is_fetched_from(client: FlaskClient) -> None:
    """A sitemap speaks for its own host alone (sitemaps.org)."""
    assert set(addresses(client, "https://mirror.example:8443")) == set(addresses(client))


def test_a_large_dataset_comes_in_parts() -> None:
    """Of one size, together all of it, in one order, and without end only where the dataset has none."""
    base = "https://example.org/"
    store = ox.Store()
    names = [f"thing/{number:04}" for number in range(1000)]
    kind = ox.NamedNode("http://example.org/kind")
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.extend(ox.Quad(ox.NamedNode(f"{base}id/{name}"), rdf_type, kind) for name in reversed(names))
    store.add(ox.Quad(ox.NamedNode(f"{base}id/thing/0000#part"), rdf_type, kind))
    store.add(ox.Quad(ox.NamedNode("https://elsewhere.example/id/thing"), rdf_type, kind))
    store.add(ox.Quad(ox.NamedNode(f"{base}id/thing/é&'"), rdf_type, kind))
    index = make_index(read_labelled(Dataset(store, "", Manifest("", "", "", base, "", ""))))
    found = collect(index, base, graphs=[f"{base}graph/entities"], questions=["who"], most=100)
    parts = [found.part(number) for number in range(1, found.parts + 1)]
    assert {len(part) for part in parts[:-1]} == {100}
    together = [path for part in parts for path in part]
    assert [path for path in together if path.startswith("/page/")] == [
        *(f"/page/{name}" for name in names), "/page/thing/%C3%A9&'",
    ]  # fmt: skip
    assert {"/graph/entities", "/queries/who", "/"} <= set(together)
    for number in (0, -1, len(parts) + 1):
        with pytest.raises(IndexError):
            found.part(number)


def test_an_empty_dataset_has_its_documents() -> None:
    """And one part."""
    found = collect(make_index(Labelled((), (), lambda _: Kind(()))), "https://example.org/", graphs=[], questions=[])
    assert isinstance(found, Addresses)
    assert "/about" in found.part(1)


@pytest.mark.parametrize("number", ["0", "2", "99999999999", "x", "01", "1 ", "+1", "\u0661", "\uff11", "1.xml"])
def test_a_part_that_is_not_there_is_not_there(client: FlaskClient, number: str) -> None:
    """With the way to those that are; a part has one address."""
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-1.xml"])
def test_a_crawler_that_has_it_gets_no_body(client: FlaskClient, path: str) -> None:
    """The dates are the dataset's."""
    first = client.get(path)
    assert "<lastmod>2026-11-24</lastmod>" in first.text
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def allows(robots: str, address: str) -> bool:
    """Tell whether robots.txt lets a crawler fetch an address (RFC 9309 section 2.2.2: the longest match decides)."""
    verdict, longest = True, -1
    for rule, pattern in re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE):
        matches = re.match(re.escape(pattern).replace(r"\*", ".*"), address)
        if matches and (len(pattern), rule == "Allow") > (longest, False):
            verdict, longest = rule == "Allow", len(pattern)
    return verdict


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("/", True), ("/page/event/battle-of-hadrut", True), ("/article/battle-of-hadrut", True), ("/sparql", True),
        ("/data/event/battle-of-hadrut.ttl", True), ("/static/style.css?v=0123", True), ("/static/icon.svg", True),
        ("/sitemap-1.xml", True), ("/dumps/", True), ("/queries/contradictions.ttl", True),
        ("/sparql?query=ASK%20%7B%7D", False), ("/search?q=x", False), ("/?lang=hy", False),
        ("/page/event/battle-of-hadrut?lang=az", False), ("/article/battle-of-hadrut?words=1-2", False),
        ("/article/battle-of-hadrut?viewpoint=x&lang=hy", False), ("/queries/open?question=x", False),
    ],
)  # fmt: skip
def test_crawlers_are_kept_out_of_what_has_no_end(client: FlaskClient, address: str, is_allowed: bool) -> None:  # noqa: FBT001  # a column of the table
    """Queries, searches and the variants of a page; the rest is theirs, the style sheet included."""
    assert allows(client.get("/robots.txt").text, address) == is_allowed


def test_the_whole_dataset_is_there(dataset: Dataset, dataset_file: Path) -> None:
    """Some thousand addresses, each of a page."""
    client = specimen.make_client(dataset_file)
    found = addresses(client)
    assert len(found) > 300
    assert f"/page/{specimen.EVENT}" in found
    assert "/viewpoints/battle-of-hadrut" in found
    assert all(path.isascii() and "?" not in path and "#" not in path for path in found)
    assert set(found.values()) == {dataset.manifest.modified if dataset.manifest else None}
