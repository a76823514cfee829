"""What pages and nanopublications say of releases: which one is served, and where a thing is had as it was."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import two_releases
from flask import Flask
from flask.testing import FlaskClient
from two_releases import DAYS, FIRST, GONE, KEPT, NEW, SECOND, Released

from graph.build import Built
from server.app import create_app
from server.config import Config
from server.releases.record import RECORD_FILE
from server.releases.release import Release
from server.site import EXTENSION, Site

VIEWPOINT: Final = "viewpoint/azerbaijan"


def few_files(site: Site, release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield what these pages lead to, and no more."""
    yield f"{release.stem}.nq", site.config.dataset.read_bytes()
    yield f"graphs/{VIEWPOINT}.ttl", f"# {release.version}\n".encode()
    if release.version == FIRST:
        yield "nanopubs.trig", b"# the first\n"
    yield RECORD_FILE, release.record.to_json()


@pytest.fixture(scope="module")
def released(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """Return two releases, the second of which is served."""
    return two_releases.release_twice(built, tmp_path_factory.mktemp("released"), [few_files])


@pytest.fixture(scope="module")
def client(released: Released) -> FlaskClient:
    """Return a client of the second."""
    return released.app().test_client()


def page(client: FlaskClient, path: str) -> str:
    """Return a page, without the marks of HTML's entities."""
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return html.unescape(response.text)


def document(text: str) -> str:
    """Return the box about the document."""
    return text.partition('<aside class="document"')[2].partition("</aside>")[0]


def words(text: str) -> str:
    """Return what is read of HTML."""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def of_version(app: Flask) -> tuple[str, str]:
    """Return what the box and the foot of a page say of the version."""
    text = page(app.test_client(), f"/page/{KEPT}")
    part = document(text).rpartition("<p>")[2]
    foot = text.partition('<footer class="site">')[2].partition("Data version ")[2].partition("</p>")[0]
    return part.partition("</a>, version ")[2].partition(". <a")[0], foot


def test_data_that_is_a_release_leads_to_it(released: Released) -> None:
    """In the box of a page and at its foot."""
    day = f'<time datetime="{DAYS[SECOND]}">{DAYS[SECOND]}</time>'
    box, foot = of_version(released.app())
    assert box == f'<a href="/dumps/{SECOND}/">{SECOND}</a>, {day}'
    assert box in foot
    assert released.app().test_client().get(f"/dumps/{SECOND}/").status_code == 200


def test_data_that_is_none_says_so(released: Released) -> None:
    """Whatever its number is; where a release has the number, that the data is not that release."""
    box, foot = of_version(create_app(Config(released.dataset)))
    assert words(box) == f"{SECOND} (not released), {DAYS[SECOND]}"
    assert box in foot
    assert "href" not in box


def test_a_number_that_is_released_with_other_content_is_told(released: Released, tmp_path: Path) -> None:
    """Two contents of one number are told apart by more than the number."""
    root = shutil.copytree(released.root, tmp_path / "other")
    record, digest = root / SECOND / RECORD_FILE, released.app().extensions[EXTENSION].dataset.digest
    record.write_text(record.read_text().replace(digest, "0" * 64))
    app = create_app(Config(released.dataset, releases=root))
    box, foot = of_version(app)
    assert words(box) == f"{SECOND} (dated {DAYS[SECOND]}, not the release of that number)"
    assert box in foot


@pytest.mark.parametrize(
    ("name", "versions"), [(KEPT, [FIRST]), ("place/hadrut", [FIRST]), (NEW, []), (VIEWPOINT, [FIRST])]
)
def test_a_page_leads_to_other_versions(client: FlaskClient, name: str, versions: list[str]) -> None:
    """To the data of the thing in each release that has it, the one that is served apart."""
    box = document(page(client, f"/page/{name}"))
    found = re.findall(rf'<a href="(/memento/([^/]+)/data/{name}\.ttl)"', box)
    assert [version for _, version in found] == versions
    assert ("In other versions:" in box) == bool(versions)
    for address, version in found:
        assert f'>{version}</a>, <time datetime="{DAYS[version]}">' in box
        assert client.get(address).content_type == "text/turtle; charset=utf-8"


def test_a_release_that_cannot_be_read_takes_no_page_away(released: Released, tmp_path: Path) -> None:
    """The page is there, without the line."""
    root = shutil.copytree(released.root, tmp_path / "other")
    client = create_app(Config(released.dataset, releases=root)).test_client()
    assert "In other versions:" in page(client, "/page/place/hadrut")
    (root / FIRST / f"battlegraph-{FIRST}.nq").unlink()
    assert "In other versions:" not in page(client, f"/page/{KEPT}")


def test_a_claim_s_page_leads_to_its_nanopublication(client: FlaskClient) -> None:
    """In two formats; where the value is missing from the copy there is none, and other things have none."""
    box = document(page(client, f"/page/{KEPT}"))
    assert "a name that fixes its content" in box
    for suffix, type_ in (("trig", "application/trig"), ("jsonld", "application/ld+json")):
        address = f"/np/{KEPT}.{suffix}"
        assert f'<a href="{address}" type="{type_}" download>' in box
        answer = client.get(address, follow_redirects=True)
        assert (answer.status_code, answer.content_type) == (200, type_)
    for other in ("claim/battle-of-hadrut/azerbaijan-loss-per-azerbaijan", "place/hadrut"):
        assert "/np/" not in page(client, f"/page/{other}")


def test_a_viewpoint_s_page_leads_to_its_graph(client: FlaskClient, released: Released) -> None:
    """All of it as one file, with how much that is, and the file of each release."""
    head = page(client, f"/page/{VIEWPOINT}").partition("</header>")[2].partition("</header>")[0]
    site = released.app().extensions[EXTENSION]
    count = site.counts.graphs[f"{two_releases.BASE}graph/{VIEWPOINT}"]
    assert f"as one file: Turtle · N-Triples · N-Quads · TriG · JSON-LD · RDF/XML ({count} statements)" in words(head)
    for suffix in ("ttl", "jsonld"):
        assert f'<a href="/graph/{VIEWPOINT}.{suffix}"' in head
        assert client.get(f"/graph/{VIEWPOINT}.{suffix}").status_code == 200
    assert f"As released: version {SECOND}, {FIRST}" in words(head)
    for version in (SECOND, FIRST):
        assert client.get(f"/dumps/{version}/graphs/{VIEWPOINT}.ttl").text == f"# {version}\n"
        assert f'href="/dumps/{version}/graphs/{VIEWPOINT}.ttl"' in head
    for other in (KEPT, "viewpoint/battle-of-hadrut/article"):
        assert ("as one file:" in page(client, f"/page/{other}")) == other.startswith("viewpoint/")
        assert "As released:" not in page(client, f"/page/{other}")


@pytest.mark.parametrize("name", [f"{KEPT}/RA{'x' * 43}", GONE, "claim/battle-of-hadrut/nothing"])
def test_what_a_release_has_kept_is_pointed_to(client: FlaskClient, name: str) -> None:
    """Where a nanopublication is not of the data that is served: each release has names of its own."""
    answer = client.get(f"/np/{name}")
    assert answer.status_code == 404
    kept = [one for one in answer.get_json()["available"] if "dumps" in one["href"]]
    assert kept == [{"href": f"/dumps/{FIRST}/nanopubs.trig", "title": f"Version {FIRST} has its own"}]
    assert client.get(kept[0]["href"]).data == b"# the first\n"
