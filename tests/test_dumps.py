"""Downloads of the data that is served: its file byte for byte, what a copy should keep, and parts of it."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from pathlib import Path

import pytest
import specimen
from flask.testing import FlaskClient

from graph.releases import QUADS_FILE, read_manifest
from server.http.formats import RDF_FORMATS

BROWSER = {"Accept": "text/html,*/*;q=0.5"}
NAME = "battlegraph.nq"
FILE = f"/dumps/current/{NAME}"


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset, as it was built."""
    return specimen.make_client(dataset_file)


def test_the_file_is_the_built_one_byte_for_byte(client: FlaskClient, dataset_file: Path) -> None:
    """To be kept under a name that tells its version, and tagged with its digest."""
    content = dataset_file.read_bytes()
    response = client.get(FILE)
    assert response.status_code == 200
    assert response.data == content
    assert response.mimetype == "application/n-quads"
    assert response.headers["Content-Disposition"] == f"attachment; filename={NAME}"
    assert response.headers["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert response.headers["Accept-Ranges"] == "bytes"
    assert 'rel="license"' in response.headers["Link"]
    # The next build may have another file here.
    assert "immutable" not in response.headers["Cache-Control"]
    head = client.head(FILE)
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(content))


def test_a_copy_that_is_still_good_is_not_sent_again(client: FlaskClient) -> None:
    """304 for its tag, with gzip and without."""
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        tag = client.get(FILE, headers=headers).headers["ETag"]
        response = client.get(FILE, headers={**headers, "If-None-Match": tag})
        assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize(
    ("wanted", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=1000-", 1000, None), ("bytes=-50", -50, None)]
)
def test_a_broken_download_goes_on_where_it_stopped(
    client: FlaskClient, dataset_file: Path, wanted: str, start: int, end: int | None
) -> None:
    """By a range (RFC 9110, section 14), and only while the file is the same."""
    content = dataset_file.read_bytes()
    headers = {"Range": wanted, "Accept-Encoding": "gzip"}
    response = client.get(FILE, headers=headers)
    assert (response.status_code, response.data) == (206, content[start:end])
    assert response.headers["Content-Range"].endswith(f"/{len(content)}")
    changed = client.get(FILE, headers={**headers, "If-Range": '"another"'})
    assert (changed.status_code, changed.content_length) == (200, len(content))


def test_a_range_beyond_the_end_is_refused(client: FlaskClient) -> None:
    """416, never a failure."""
    assert client.get(FILE, headers={"Range": "bytes=999999999-"}).status_code == 416


@pytest.mark.parametrize(("path", "status"), [("/dumps", 308), ("/dumps/current", 307), ("/dumps/current/", 307)])
def test_shorter_names_lead_on(client: FlaskClient, path: str, status: int) -> None:
    """By path: the server need not know its name."""
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (status, "/dumps/")


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/0.1.0",
        "/dumps/0.1.0/",
        "/dumps/0.1.0/battlegraph-0.1.0.nq",
        "/dumps/current/manifest.json",
        "/dumps/current/..",
        "/dumps/current/../manifest.json",
        "/dumps/current/battlegraph.nq/",
        "/dumps/current/%2e%2e%2fmanifest.json",
        "/dumps/latest",
        "/dumps/latest/",
        "/dumps/latest/battlegraph.nq",
    ],
)
def test_what_is_not_there_is_told_with_what_is(client: FlaskClient, path: str) -> None:
    """The file there is, and the page; without any release there is neither a version nor a latest one."""
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert {FILE, "/dumps/"} <= {item["href"] for item in response.get_json()["available"]}


def test_the_page_says_what_a_copy_should_keep(client: FlaskClient, dataset_file: Path) -> None:
    """Version, size, licence, attribution, digest; and two lines that fetch the file and verify it."""
    manifest = read_manifest(dataset_file.parent)
    assert manifest is not None
    response = client.get("/dumps/", headers={**BROWSER, "Host": "data.example:8000"})
    text = html.unescape(response.text)
    assert response.status_code == 200
    assert f"curl -fO http://data.example:8000{FILE}\necho '{manifest.quads}  {NAME}' | sha256sum -c" in text
    assert f'<data value="{dataset_file.stat().st_size}">' in text
    assert '<a href="https://en.wikipedia.org/wiki/Battle_of_Hadrut"' in text
    for words in (
        f"{manifest.version} (not released)",
        manifest.modified,
        'href="https://creativecommons.org/licenses/by-sa/4.0/"',
    ):
        assert words in text


def test_without_a_release_the_page_says_how_one_is_made(client: FlaskClient) -> None:
    """And is whole in all else."""
    text = client.get("/dumps/", headers=BROWSER).text
    assert "No version has been released here yet" in text
    assert "<code>battlegraph release</code>" in text
    assert "All claims as CSV" in text
    assert "Nothing has been released here yet" in client.get("/", headers=BROWSER).text
    assert "No version has been released here yet" in client.get("/about", headers=BROWSER).text


def test_each_graph_is_there_in_every_format(client: FlaskClient) -> None:
    """The ontology, the shapes and one viewpoint alone among them; every link leads to data."""
    text = client.get("/dumps/", headers=BROWSER).text
    files = re.findall(r'href="(/graph/[^"]+\.(?:\w+))" type="([^"]+)"', text)
    for name in ("viewpoint/azerbaijan", "viewpoint/artsakh", "ontology", "shapes", "references", "crosslinks"):
        assert {f"/graph/{name}.{offer.name}" for offer in RDF_FORMATS} <= {href for href, _ in files}
    for href, media_type in files:
        assert client.head(href).headers["Content-Type"].startswith(media_type)
    # A page does not grow with the voices of articles.
    assert "third-party.ttl" not in text


def test_a_file_that_no_build_speaks_of_has_its_graphs(tmp_path: Path) -> None:
    """The page says that there is no whole file, and so does its address."""
    file = tmp_path / "other.nq"
    file.write_text(f"<http://e/s> <http://e/p> <http://e/o> <{specimen.BASE}graph/entities> .\n")
    client = specimen.make_client(file)
    text = client.get("/dumps/").text
    assert "there is no whole file to download here" in text
    assert hashlib.sha256(file.read_bytes()).hexdigest() in text
    assert 'href="/graph/entities.ttl"' in text
    assert "sha256sum" not in text
    assert client.get(FILE).status_code == 404


def test_another_build_in_the_place_of_the_served_one_is_not_sent_for_it(dataset_file: Path, tmp_path: Path) -> None:
    """Nor promised; nor is a file that is gone. All are told, and none is a failure."""
    folder = tmp_path / "current"
    shutil.copytree(dataset_file.parent, folder)
    client = specimen.make_client(folder / QUADS_FILE)
    promise = f'<{FILE}>; rel="item"; type="application/n-quads"'
    assert client.head(FILE).status_code == 200
    assert promise in client.get("/").headers["Link"]
    assert FILE in client.get("/linkset.json").text
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "quads": "0" * 64}))
    assert client.get(FILE, headers=BROWSER).status_code == 404
    # Under addresses that were not asked for before, as an answer is kept.
    assert promise not in client.get("/?later").headers["Link"]
    assert FILE not in client.get("/linkset.json?later").text
    (folder / QUADS_FILE).unlink()
    assert client.get(FILE).status_code == 404
    manifest.write_text("{")
    assert client.get("/dumps/").status_code == 200
