"""The list of releases and the page of one: what an archivist has to know before keeping a copy."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import live
import pyoxigraph as ox
import pytest
import releasing
import specimen
import two_releases
from browsing import CHROMIUM, assert_is_for_everybody, page_of
from flask.testing import FlaskClient
from kinds import Elements
from playwright.sync_api import Browser
from two_releases import FIRST, SECOND, Released

from server.app import create_app
from server.config import Config
from server.downloads.file_groups import MOST_ROWS, group_files
from server.downloads.release_page import summarise
from server.http.formats import RDF_FORMATS, RDF_XML, TRIG
from server.releases.release import Release, ReleaseFile, list_releases
from server.releases.sums import SUMS_FILE
from server.site import EXTENSION

BROWSER = {"Accept": "text/html,*/*;q=0.5"}


@pytest.fixture(scope="module")
def released(both: Released) -> Released:
    """Return two releases with all their parts."""
    return both


@pytest.fixture(scope="module")
def client(released: Released) -> FlaskClient:
    """Return a client of an app that serves the second, with both releases."""
    return released.app().test_client()


@pytest.fixture(scope="module")
def server(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server of the same."""
    scratch = tmp_path_factory.mktemp("server")
    with live.running(scratch, "--releases", str(released.root), dataset=released.dataset) as running:
        yield running


@pytest.fixture
def server_of_few(both: Released, tmp_path: Path) -> Iterator[live.Server]:
    """Return a server of the same with fewer files: axe looks at each row of a page, four times."""
    copied = both.copy(tmp_path)
    for release in list_releases(copied.root):
        for name in release.by_name.keys() - releasing.one_of_each(release.by_name):
            (release.folder / name).unlink()
        releasing.sign(release.folder)
    with live.running(tmp_path / "server", "--releases", str(copied.root), dataset=both.dataset) as running:
        yield running


@pytest.fixture(scope="module")
def releases(released: Released) -> tuple[Release, ...]:
    """Return both, the newest first."""
    return list_releases(released.root)


def _page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200
    return html.unescape(response.text)


def test_the_list_has_every_release_the_newest_first(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """With version, date, counts, hash, terms, sizes, what changed, and which of them is served."""
    text = _page(client, "/dumps/")
    parts = re.split(r'<h3 id="v', text.partition('<ol class="releases">')[2].partition("</ol>")[0])[1:]
    assert [part.partition('"')[0] for part in parts] == [SECOND, FIRST]
    for part, release in zip(parts, releases, strict=True):
        record = release.record
        for words in (
            record.modified, record.digest, f"{record.quads:,} statements with their graphs (quads)",
            f"{record.triples:,} if the graphs are merged", f"{len(release.files) + 1} files",
            f'data-copy="digest-{release.version}"', "https://en.wikipedia.org/wiki/Battle_of_Hadrut",
            "Attribution-ShareAlike",
            f'href="{release.path}"', f'href="{release.path}{release.stem}.ttl"',
            f'href="{release.path}{release.stem}.bag.zip"',
            f'<data value="{release.by_name[f"{release.stem}.nq"].size}">',
        ):  # fmt: skip
            assert words in part, words
    assert "this server answers from it" in parts[0]
    assert "this server answers from it" not in parts[1]
    assert f'href="/dumps/{SECOND}/changes"' in parts[0]
    assert "/changes" not in parts[1]


def test_data_that_was_not_released_is_told_apart(released: Released) -> None:
    """The pages say that the served data is none of the releases."""
    client = create_app(Config(specimen.FILE, releases=released.root)).test_client()
    text = _page(client, "/dumps/")
    served = _now(text)
    assert "It is not a release and may change; to cite or keep data, take a release." in served
    assert "not the release of that number" in served
    assert "SHA-256" in served
    assert "this server answers from it" not in text
    assert "answer from other data than this version" in _page(client, f"/dumps/{SECOND}/")
    assert "answer from this version" in _page(released.app().test_client(), f"/dumps/{SECOND}/")


def _now(text: str) -> str:
    """Return what the list says of the data that is served."""
    return text.partition('<section aria-labelledby="whole">')[2].partition("</section>")[0]


def test_what_is_served_is_told_once(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """Where it is a release, that stands above; all its parts are below one heading, with those of each release."""
    served = _now(_page(client, "/dumps/"))
    assert f'This is <a href="/dumps/{SECOND}/">release {SECOND}</a>.' in served
    for words in (releases[0].record.digest, "Licence", "Attribution", "statements with their graphs"):
        assert words not in served, words
    assert re.findall(r'<h[23] id="(\w+)', served) == ["whole", "spreadsheet", "viewpoint", "parts"]
    for release in releases:
        assert f'<a href="{release.path}#viewpoints">{release.version}</a>' in served
        assert 'id="viewpoints"' in _page(client, release.path)


def test_the_newest_release_is_the_one_to_take(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """It has the buttons: Turtle, N-Quads, all in one; what is not a release has none."""
    newest, first = releases
    for path in ("/dumps/", newest.path):
        buttons = [link for link in Elements(_page(client, path)).all("a") if "button" in link.get("class", "")]
        dumps = [link["href"] for link in buttons if link["href"].startswith("/dumps/")]
        assert dumps == [f"{newest.path}{newest.stem}.{suffix}" for suffix in ("ttl", "nq", "bag.zip")]
    whole = {f"{one.path}{one.stem}.{suffix}" for one in (newest, first) for suffix in ("trig", "nt", "jsonld", "rdf")}
    assert whole <= {link["href"] for link in Elements(_page(client, "/dumps/")).all("a")}


def test_what_a_release_says_of_itself_is_read_once(released: Released) -> None:
    """However many lists it stands in."""
    site = released.app().extensions[EXTENSION]
    first, again = (summarise(site, site.releases[1]).publication for _ in range(2))
    assert first.rights
    assert first is again


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_link_to_a_folded_group_unfolds_it(browser: Browser, server: live.Server) -> None:
    """On the screen; on paper, what stayed folded says how much it is."""
    with page_of(browser, server) as page:
        page.goto(f"/dumps/{SECOND}/")
        group, others = page.locator("#voices"), page.get_by_text(re.compile(r"^\d+ files: see SHA256SUMS$"))
        assert not group.is_visible()
        page.get_by_role("link", name="Voices of one article").click()
        assert group.is_visible()
        assert not any(note.is_visible() for note in others.all())
        page.emulate_media(media="print")
        assert len([note for note in others.all() if note.is_visible()]) == len(others.all()) - 1 > 1
        assert not any(summary.is_visible() for summary in page.locator("summary").all())


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_the_pages_are_for_everybody(browser: Browser, server_of_few: live.Server) -> None:
    """Axe finds nothing on them, open or folded, and nothing is wider than the screen."""
    with page_of(browser, server_of_few) as page:
        for path in ("/dumps/", f"/dumps/{SECOND}/"):
            page.goto(path)
            for fold in page.locator("summary").all():
                fold.click()
            assert_is_for_everybody(page)


@pytest.mark.parametrize("path", ["/dumps/", f"/dumps/{SECOND}/"])
def test_the_pages_are_light(client: FlaskClient, path: str) -> None:
    """60 kB compressed at most, checksums and all."""
    assert len(client.get(path, headers={**BROWSER, "Accept-Encoding": "gzip"}).data) < 60_000


def test_the_page_of_a_release_has_every_file(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """Each once, with its size, type and checksum, and counted; and each link leads to it."""
    for release in releases:
        text = _page(client, release.path)
        assert len(release.files) > 100
        for file in release.files:
            place = text.partition(f'<li id="{file.name}">')[2].partition("</li>")[0]
            assert file.sha256 in place, file.name
            assert f'<data value="{file.size}">' in place
            assert text.count(f'href="{release.path}{file.name}"') >= 1
        assert f'id="{SUMS_FILE}"' in text
        contents = text.partition('<nav class="on-this-page"')[2].partition("</nav>")[0]
        counts = [int(count) for count in re.findall(r'<span class="count">(\d+)', contents)]
        assert sum(counts) == release.file_count == sum(file.is_file() for file in release.folder.rglob("*"))
        assert f">{release.file_count} files, " in text
        assert release.size == sum(file.stat().st_size for file in release.folder.rglob("*") if file.is_file())
        assert "Bytes<" not in text
    hrefs = {link["href"] for link in Elements(text).all("a") if link["href"].startswith("/dumps/")}
    for href in hrefs:
        assert client.head(href.partition("#")[0]).status_code in (200, 307), href


def test_the_page_of_a_release_says_what_a_copy_should_keep(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """Hash, licence, attribution, how to verify, how to cite, and the ways to the other versions."""
    newest, first = releases
    text = _page(client, newest.path)
    for words in (
        newest.record.digest, newest.record.modified, "https://creativecommons.org/licenses/by-sa/4.0/",
        "https://en.wikipedia.org/wiki/Battle_of_Hadrut", f"curl -fO http://localhost{newest.path}SHA256SUMS",
        "sha256sum -c --ignore-missing SHA256SUMS", f"echo '{newest.record.digest}  {newest.stem}.nq' | sha256sum -c",
        newest.iri, f'href="{first.path}" rel="prev"', f'href="{newest.path}changes"',
        "The battlegraph developers (2027)",
    ):  # fmt: skip
        assert words in text, words
    assert f'href="{newest.path}" rel="next"' in _page(client, first.path)
    places = [text.index(f'id="{part}"') for part in ("verify", "facts", "cite", "files")]
    assert text.index('<ul class="dumps"') < text.index(f'<a href="{newest.path}README.txt">') < places[0]
    assert places == sorted(places)
    head, _, body = text.partition("</head>")
    # Its description in other formats is for programs; a reader would take it for the data.
    assert "?format=" in head
    assert "?format=" not in body
    crumbs = text.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    assert 'href="/dumps/"' in crumbs


def test_a_release_describes_itself_in_rdf(client: FlaskClient, releases: tuple[Release, ...]) -> None:
    """In every format, the same as its description.ttl, of the day that it is of."""
    for release in releases:
        content = (release.folder / "description.ttl").read_bytes()
        expected = {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)}
        assert any(triple.subject == ox.NamedNode(release.iri) for triple in expected)
        comment = content.decode().partition("@prefix")[0]
        head = [line.removeprefix("# ") for line in comment.splitlines() if line]
        assert f"More: {release.iri}" in head
        for offer in RDF_FORMATS:
            written = ox.RdfFormat.from_media_type(offer.media_type)
            assert written is not None
            by_header = client.get(release.path, headers={"Accept": offer.media_type})
            assert by_header.headers["Content-Type"].startswith(offer.media_type)
            assert {quad.triple for quad in ox.parse(by_header.data, format=written)} == expected
            assert client.get(f"{release.path}?format={offer.name}").data == by_header.data
            file = release.folder / f"description.{offer.name}"
            assert not file.exists() or by_header.data == file.read_bytes()
            if offer in (TRIG, RDF_XML):
                assert all(line in html.unescape(by_header.text) for line in head)
            assert "Accept" in by_header.vary
            assert by_header.headers["Memento-Datetime"] == two_releases.MOMENTS[release.version]
    assert client.get(releases[0].path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(releases[0].path).headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", [f"/dumps/{SECOND}", f"/dumps/{FIRST}"])
def test_a_version_without_a_slash_leads_to_its_page(client: FlaskClient, path: str) -> None:
    """For good."""
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, f"{path}/")


def test_the_page_is_in_the_readers_language(client: FlaskClient) -> None:
    """Viewpoints by their names; the links to pages keep the language, those to files do not need it."""
    text = _page(client, f"/dumps/{SECOND}/?lang=az")
    assert '<p class="purpose" lang="az">' in text or 'lang="az"' in text
    assert f'href="/dumps/{SECOND}/{SUMS_FILE}"' in text
    assert 'href="/dumps/?lang=az#releases"' in text


def test_files_are_grouped_and_none_is_lost() -> None:
    """Each in one group; formats of the same in one row; no group longer than a page can show."""
    names = [
        "battlegraph-1.0.0.ttl", "battlegraph-1.0.0.ttl.gz", "battlegraph-1.0.0.nq", "battlegraph-1.0.0.bag.zip",
        "graphs/entities.ttl", "graphs/viewpoint/azerbaijan.nt", "graphs/viewpoint/azerbaijan.ttl",
        "graphs/viewpoint/a-battle/article.ttl", "claims.csv", "ontology/battlegraph.ttl", "ontology/questions/x.rq",
        "shapes/event.ttl", "shapes/checks/x.rq", "README.txt", "release.json", "SHA256SUMS", "unheard/of",
        "changes.rdfp", "claims.csv-metadata.json", "nanopubs.trig", "nanopubs.trig.gz", "places.geojson",
        "sources/a-battle/article.txt",
    ]  # fmt: skip
    files = [ReleaseFile(name, 1, "0" * 64) for name in names]
    groups = group_files(files)
    assert sorted(file.name for group in groups for row in group.rows for file in row.files) == sorted(names)
    found = {group.id: [[file.name for file in row.files] for row in group.rows] for group in groups}
    assert found["dataset"] == [["battlegraph-1.0.0.nq"], ["battlegraph-1.0.0.ttl", "battlegraph-1.0.0.ttl.gz"]]
    assert found["viewpoints"] == [["graphs/viewpoint/azerbaijan.nt", "graphs/viewpoint/azerbaijan.ttl"]]
    assert found["voices"] == [["graphs/viewpoint/a-battle/article.ttl"]]
    tables = [["claims.csv"], ["claims.csv-metadata.json"], ["nanopubs.trig", "nanopubs.trig.gz"], ["places.geojson"]]
    assert found["tables"] == tables
    assert all(row.purpose for group in groups if group.id == "tables" for row in group.rows)
    assert found["sources"] == [["sources/a-battle/article.txt"]]
    assert found["others"] == [["unheard/of"]]
    many = [ReleaseFile(f"graphs/viewpoint/battle-{n}/article.ttl", 1, "0" * 64) for n in range(1000)]
    (group,) = group_files(many)
    assert (len(group.rows), group.count, group.left_out) == (MOST_ROWS, 1000, 1000 - MOST_ROWS)
