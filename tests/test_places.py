"""All places as GeoJSON: each once, where outside evidence puts it, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.iris import graph_iri
from graph.namespaces import BG, CANONICAL_BASE, GEO, RDF, RDFS, SKOS
from graph.store import Dataset, merged_store
from server.config import Config
from server.site import Site
from server.time_and_place import maps
from server.time_and_place.places import places

PATH = "/exports/places.geojson"


def N(iri: str) -> ox.NamedNode:  # noqa: N802  as the quads of these tests read best
    """Return an IRI as a term."""
    return ox.NamedNode(iri)


def collect(store: ox.Store) -> dict[str, Any]:
    """Return the file of a dataset, read."""
    read: dict[str, Any] = json.loads("".join(places(Site(Config(Path("unused.nq")), Dataset(store, "1"), None))))
    return read


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def collection(client: FlaskClient) -> dict[str, Any]:
    """Return the file as the server sends it."""
    answer = client.get(PATH)
    assert (answer.status_code, answer.content_type) == (200, "application/geo+json")
    read: dict[str, Any] = json.loads(answer.text)
    return read


def test_it_is_geojson(collection: dict[str, Any]) -> None:
    """RFC 7946, a feature collection: no reference system of its own, longitude first, on the globe."""
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    for feature in collection["features"]:
        assert {"type", "geometry", "properties"} <= feature.keys()
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert feature["geometry"].keys() == {"type", "coordinates"}
            longitude, latitude = feature["geometry"]["coordinates"]
            assert abs(longitude) <= 180
            assert abs(latitude) <= 90
    hadrut = next(x for x in collection["features"] if x["id"] == f"{CANONICAL_BASE}id/place/hadrut")
    assert hadrut["geometry"] == {"type": "Point", "coordinates": [47.0318, 39.52002]}


def test_every_place_is_there_once(collection: dict[str, Any], dataset: Dataset) -> None:
    """Those that nobody locates without a geometry, and counted."""
    quads = dataset.store.quads_for_pattern(None, N(RDF + "type"), N(BG + "Place"), ox.DefaultGraph())
    ids = [feature["id"] for feature in collection["features"]]
    assert ids == sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    located = [feature for feature in collection["features"] if feature["geometry"]]
    assert (len(located), len(ids)) == (4, 16)
    assert (collection["withCoordinates"], collection["withoutCoordinates"]) == (4, 12)


def test_no_point_is_without_evidence(collection: dict[str, Any], dataset: Dataset) -> None:
    """Which link says so, on what, how surely; and the point is the data's, digit by digit."""
    written = {
        q.object.value
        for q in dataset.store.quads_for_pattern(None, N(GEO + "asWKT"), None, ox.DefaultGraph())
        if isinstance(q.object, ox.Literal)
    }
    for feature in collection["features"]:
        known = feature["properties"]
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert f"POINT({longitude} {latitude})" in written
            assert known["evidence"]
            assert known["confidence"].startswith(BG)
            assert known["source"].startswith(f"{CANONICAL_BASE}id/link/")
            assert known["pointOf"] in ("place", "centroid")
        else:
            assert not {"evidence", "confidence", "source", "pointOf"} & known.keys()


def test_a_place_has_all_its_names(collection: dict[str, Any]) -> None:
    """By language, those of other registers among them."""
    by_name = {feature["properties"]["name"]: feature["properties"] for feature in collection["features"]}
    assert by_name["Hadrut"]["names"] == {"en": ["Hadrut"], "hy": ["Հադրութ"]}
    assert all("en" in known["names"] for known in by_name.values())


def test_a_place_only_described_has_the_words(collection: dict[str, Any]) -> None:
    """That set it in relation to another."""
    described = [feature["properties"] for feature in collection["features"] if feature["properties"]["position"]]
    north = next(known for known in described if known["position"] == ["north of the town"])
    assert north["relativeTo"] == [f"{CANONICAL_BASE}id/place/hadrut"]


def test_it_says_on_what_terms(collection: dict[str, Any], dataset: Dataset) -> None:
    """And whose coordinates they are, and that no boundary is drawn."""
    publication = Site(Config(Path("unused.nq")), dataset, None).publication
    assert collection["license"] == publication.license
    assert collection["attribution"] == publication.attribution
    by_name = {register["name"]: register for register in collection["registers"]}
    assert by_name["Quattroshapes"]["license"] == "https://creativecommons.org/licenses/by/2.0/"
    assert by_name["battlemaps"]["license"] is None
    for register in by_name.values():
        assert register["iri"].startswith("https://")
        assert register["rights"].rstrip(".") in collection["attribution"]
    assert (collection["version"], collection["modified"]) == (publication.version, publication.modified)
    assert "not statements of the articles" in collection["note"]
    assert "no boundary is drawn" in collection["note"]


def test_what_speaks_against_a_match_is_told(collection: dict[str, Any]) -> None:
    """With the relation, and how sure it is."""
    matches = {
        match["iri"].rpartition("/")[2]: match
        for feature in collection["features"]
        for match in feature["properties"]["matches"]
    }
    assert matches["Q330813"]["contradicted"]
    assert (matches["Q157919"]["relation"], matches["Q157919"]["contradicted"]) == (SKOS + "exactMatch", False)


def test_the_map_of_the_article_agrees(collection: dict[str, Any], client: FlaskClient) -> None:
    """On every place that it has."""
    points = {feature["id"]: feature["geometry"] for feature in collection["features"] if feature["geometry"]}
    drawn = client.get("/map/battle-of-hadrut.geojson").get_json()["features"]
    assert {feature["id"]: feature["geometry"] for feature in drawn} == points


def place(number: int, wkt: str, *, evidence: str | None = "a register") -> list[ox.Quad]:
    """Return a place with a point, and the link that says so."""
    iri, geometry, link = (N(f"urn:{kind}:{number}") for kind in ("place", "geometry", "link"))
    graph = N(graph_iri("crosslinks"))
    return [
        ox.Quad(iri, N(RDF + "type"), N(BG + "Place"), graph),
        ox.Quad(iri, N(RDFS + "label"), ox.Literal('"}],\n</script> \u202e', language="en"), graph),
        ox.Quad(iri, N(GEO + "hasGeometry"), geometry, graph),
        ox.Quad(geometry, N(GEO + "asWKT"), ox.Literal(wkt), graph),
        ox.Quad(link, N(RDF + "subject"), iri, graph),
        ox.Quad(link, N(RDF + "predicate"), N(GEO + "hasGeometry"), graph),
        ox.Quad(link, N(RDF + "object"), geometry, graph),
        *([ox.Quad(link, N(BG + "evidence"), ox.Literal(evidence), graph)] if evidence else []),
    ]


@pytest.mark.parametrize(
    ("wkt", "evidence", "point"),
    [
        ("POINT(47.5 39.5)", "a register", [47.5, 39.5]),
        ("POINT(47.5 39.5)", None, None),
        ("POINT(181 0)", "a register", None),
        ("POINT(0 -90.1)", "a register", None),
        ("POINT(NaN 1)", "a register", None),
        ("POINT(" + "9" * 400 + " 1)", "a register", None),
        ("POINT EMPTY", "a register", None),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(39.5 47.5)", "a register", None),
        ("POLYGON((0 0, 1 0, 1 1, 0 0))", "a register", None),
    ],
)
def test_what_is_no_point_with_evidence_is_none(wkt: str, evidence: str | None, point: list[float] | None) -> None:
    """The place stays, without a geometry, whatever its name is."""
    (feature,) = collect(merged_store(place(1, wkt, evidence=evidence)))["features"]
    assert feature["geometry"] == (point and {"type": "Point", "coordinates": point})
    assert feature["properties"]["name"] == '"}],\n</script> \u202e'


@pytest.mark.parametrize("number", [0, 1, 3])
def test_any_number_of_places_is_a_file(number: int) -> None:
    """None and one included."""
    read = collect(merged_store([quad for one in range(number) for quad in place(one, "POINT(1 2)")]))
    assert [feature["id"] for feature in read["features"]] == [f"urn:place:{one}" for one in range(number)]
    assert read["withCoordinates"] == number


def test_a_place_is_a_line(client: FlaskClient) -> None:
    """So that two versions can be compared line by line."""
    lines = client.get(PATH).text.splitlines()
    features = [line.removesuffix(",") for line in lines if line.startswith('{"type": "Feature"')]
    assert len([json.loads(line) for line in features]) == 16


def test_it_is_the_same_for_every_reader(client: FlaskClient) -> None:
    """A file to keep, with a tag, its licence, and a name."""
    answer = client.get(PATH)
    assert client.get(f"{PATH}?lang=hy", headers={"Accept-Language": "az"}).data == answer.data
    assert answer.headers["Content-Disposition"] == "attachment; filename=places.geojson"
    assert 'rel="license"' in answer.headers["Link"]
    assert client.get(PATH, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.head(PATH).content_length == len(answer.data)


def test_many_places_are_sent_piece_by_piece(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, without a length."""
    whole = specimen.make_client(dataset_file).get(PATH).data
    monkeypatch.setattr(maps, "_WHOLE", 0)
    with specimen.make_client(dataset_file).get(PATH, buffered=False) as response:
        assert "Content-Length" not in response.headers
        assert response.data == whole


def test_the_list_of_exports_names_it(client: FlaskClient) -> None:
    """Where one is asked for that there is not."""
    available = client.get("/exports/nothing").get_json()["available"]
    assert {"places.geojson", "nanopubs.trig"} <= {entry["title"] for entry in available}
    assert all(re.fullmatch(r"/[\w./-]+", entry["href"]) for entry in available)
