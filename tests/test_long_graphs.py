"""Datasets with more in them than a page or a document could hold: bounded answers, and streams that have all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.namespaces import DCTERMS, RDF, RDFS, VOID
from graph.store import Dataset, open_dataset
from server.documents.counts import count, read_counts
from server.documents.long_graphs import LONG_FORMATS, write_pieces
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from server.terms.serialise import WRITERS

GRAPH: Final = ox.NamedNode(f"{specimen.BASE}graph/anchors")
VOID_FILE: Final = "/.well-known/void.nt"


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> Iterator[FlaskClient]:
    """Return a client of an app that serves the project's own dataset, each of whose large graphs counts as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.documents.named_graphs.LONG", 1_000)
        patch.setattr("server.documents.short_description.LONG", 1_000)
        patch.setattr("server.documents.graph_list.LONG", 1_000)
        patch.setattr("server.description.own_words._MANY", 50)
        patch.setattr("server.documents.shelves.MOST_GRAPHS", 5)
        yield specimen.make_client(dataset_file)


def test_a_dataset_of_ours_says_how_much_it_holds(dataset: Dataset) -> None:
    """And what it says is what the engine counts."""
    assert read_counts(dataset) == count(dataset.store)


def test_of_a_file_of_anybodys_the_engine_counts(dataset_file: Path, tmp_path: Path) -> None:
    """Whatever it says itself: it may have been cut."""
    cut = tmp_path / "cut.nq"
    cut.write_bytes(b"".join(dataset_file.read_bytes().splitlines(keepends=True)[::2]))
    dataset = open_dataset(cut)
    assert read_counts(dataset) == count(dataset.store)


def test_a_short_description_is_told_whole(dataset_file: Path, dataset: Dataset) -> None:
    """With no word of another."""
    text = specimen.make_client(dataset_file).get(VOID_FILE).data
    described = dataset.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{specimen.BASE}graph/dataset"))
    assert {quad.triple for quad in described} <= {
        quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    }
    assert b"seeAlso> <https://w3id.org/battlegraph/graph/dataset>" not in text


@pytest.mark.parametrize("target", LONG_FORMATS, ids=lambda target: target.name)
def test_a_long_graph_is_sent_whole_in_pieces(client: FlaskClient, dataset: Dataset, target: Format) -> None:
    """Every quad once, in a document of the format, without a length; HEAD has the same head."""
    path = f"/graph/anchors.{target.name}"
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == target.media_type
    assert "Content-Length" not in response.headers
    read = list(ox.parse(response.data, format=WRITERS[target.name]))
    assert len(read) == len(set(read))
    expected = set(dataset.store.quads_for_pattern(None, None, None, GRAPH))
    assert {quad.triple for quad in read} == {quad.triple for quad in expected}
    assert {quad.graph_name for quad in read} == {GRAPH if target in (N_QUADS, TRIG) else ox.DefaultGraph()}
    head = client.head(path)
    assert head.headers["ETag"] == response.headers["ETag"]
    assert not head.data
    assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_prefixes_are_declared_once(dataset: Dataset) -> None:
    """They hold for all pieces; a comment stands before them."""
    quads = dataset.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{specimen.BASE}graph/shapes"))
    text = b"".join(write_pieces(quads, TURTLE, ["Of\nmany pieces"])).decode()
    assert text.startswith("# Of many pieces\n@prefix ")
    assert text.count("@prefix bg:") == 1
    assert b"".join(write_pieces([], N_TRIPLES, ["A comment"])) == b""


@pytest.mark.parametrize("target", [JSON_LD, RDF_XML], ids=lambda target: target.name)
def test_what_cannot_be_sent_in_pieces_is_not_offered(client: FlaskClient, target: Format) -> None:
    """Neither by name nor by negotiation, nor on the page; the refusal names what there is."""
    refused = client.get(f"/graph/anchors.{target.name}", headers={"Accept": "application/json"})
    assert refused.status_code == 406
    assert {each["href"] for each in refused.get_json()["available"]} == {
        "/graph/anchors", *(f"/graph/anchors.{each.name}" for each in LONG_FORMATS)
    }  # fmt: skip
    assert client.get("/graph/anchors", headers={"Accept": target.media_type}).status_code == 406
    page = client.get("/graph/anchors", headers={"Accept": "text/html"}).text
    assert f"/graph/anchors.{target.name}" not in page
    assert "/graph/anchors.trig" in page
    assert f"/graph/anchors.{target.name}" not in client.get("/dumps/", headers={"Accept": "text/html"}).text
    assert client.get(f"/graph/references.{target.name}").status_code == 200


def test_a_long_description_is_told_shortly(client: FlaskClient, dataset: Dataset) -> None:
    """Everything but a few graphs, texts and articles only, all true, and the way to the whole."""
    read = {quad.triple for quad in ox.parse(client.get(VOID_FILE).data, format=ox.RdfFormat.N_TRIPLES)}
    own = ox.NamedNode(f"{specimen.BASE}dataset")
    described = ox.NamedNode(f"{specimen.BASE}graph/dataset")
    whole = {quad.triple for quad in dataset.store.quads_for_pattern(None, None, None, described)}
    assert ox.Triple(own, ox.NamedNode(RDFS + "seeAlso"), described) in read
    assert len(read & whole) < len(whole)

    def said(triples: set[ox.Triple], name: str) -> set[ox.Triple]:
        return {triple for triple in triples if triple.predicate.value == name}

    for name in (VOID + "classPartition", VOID + "property", VOID + "entities", DCTERMS + "title", DCTERMS + "license"):
        assert said(whole, name) <= read
    listed = {triple.object for triple in said(read, VOID + "subset")}
    assert 5 < len(listed) < len(said(whole, VOID + "subset"))
    assert {triple.subject for triple in said(read, RDF + "type")} >= listed
