"""The whole site over the project's own dataset: everything answers, and no link is dead."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.store import Dataset
from server.http.formats import RDF_FORMATS


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def names(dataset: Dataset) -> list[str]:
    """Return `kind/slug…` of every entity that the dataset mentions."""
    head = f"{dataset.base}id/"
    mentioned = {
        term.value.removeprefix(head).partition("#")[0]
        for quad in dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(head)
    }
    assert len(mentioned) > 100
    return sorted(mentioned)


def test_every_thing_dereferences_in_every_format_to_one_graph(client: FlaskClient, names: list[str]) -> None:
    """303 from the thing, and the same triples whatever the format."""
    for name in names:
        assert client.get(f"/id/{name}").status_code == 303
        graphs = []
        for target in RDF_FORMATS:
            response = client.get(f"/data/{name}.{target.name}")
            assert response.status_code == 200, (name, target.name)
            quads = ox.parse(response.data, format=ox.RdfFormat.from_media_type(target.media_type))
            graphs.append({quad.triple for quad in quads})
        assert graphs[0]
        assert all(graph == graphs[0] for graph in graphs), name


def test_no_link_of_the_site_is_dead(client: FlaskClient, names: list[str]) -> None:
    """From the start page on, every page and every place in it that is linked is there."""
    places: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        response = client.get(path, headers={"Accept": "text/html, */*;q=0.5"}, follow_redirects=True)
        assert response.status_code == 200, path
        if response.mimetype != "text/html":
            continue
        identifiers = re.findall(r'\sid="([^"]+)"', response.text)
        assert len(identifiers) == len(set(identifiers)), path
        places[path] = set(identifiers)
        for href in map(html.unescape, re.findall(r'\shref="([^"]*)"', response.text)):
            target, _, fragment = href.partition("#")
            target = target or path
            if not target.startswith("/") or target.startswith("/sparql?"):
                continue
            if fragment:
                wanted.add((target, fragment))
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    dead = {(path, fragment) for path, fragment in wanted if path in places and fragment not in places[path]}
    assert not dead
    assert {f"/page/{name}" for name in names} <= seen


def test_every_thing_has_a_name_on_its_page(client: FlaskClient, names: list[str]) -> None:
    """No page has an IRI for a title, and what is shown of other things has labels."""
    for name in names:
        text = client.get(f"/page/{name}").text
        title = re.search(r"<h1[^>]*>(.*?)</h1>", text)
        assert title, name
        assert name not in title[1], name


def test_every_anchored_phrase_is_in_the_articles_text(client: FlaskClient, dataset: Dataset) -> None:
    """Each anchor has its place and its note on the page of its article."""
    in_article = ox.NamedNode("https://w3id.org/battlegraph/ontology#inArticle")
    pages: dict[str, str] = {}
    anchors = 0
    for quad in dataset.store.quads_for_pattern(None, in_article, None, ox.DefaultGraph()):
        subject = str(quad.subject)[1:-1]
        if not subject.startswith(f"{dataset.base}id/anchor/"):
            continue
        slug, place = str(quad.object)[1:-1].rpartition("/")[2], subject.rpartition("/")[2]
        page = pages.setdefault(slug, client.get(f"/article/{slug}").text)
        assert f'id="anchor-{place}"' in page
        assert f'id="words-{place}"' in page
        anchors += 1
    assert anchors > 100
