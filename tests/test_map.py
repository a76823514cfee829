"""The locator map: places with evidence on outlines that say whose they are, the rest in words, all as GeoJSON."""

from __future__ import annotations

import gzip
import json
import math
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import specimen
from flask.testing import FlaskClient

from graph.namespaces import BG, SKOS
from server.terms.labels import Shown
from server.time_and_place import outlines
from server.time_and_place.locator import Located, draw_far, draw_near, name_degrees, near_window
from server.time_and_place.map_labels import is_crossed
from server.time_and_place.outlines import Outlines, Window, clip_line, clip_ring, read_outlines
from server.time_and_place.placemarks import read_point
from server.time_and_place.projection import HEIGHT, WIDTH, Projection, simplify, window_of, within

_PREFIXES = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix g: <https://w3id.org/battlegraph/graph/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
g:entities {
    <https://w3id.org/battlegraph/id/article/strait> a bg:Article ; schema:about <urn:battle> .
    <urn:battle> a bg:Battle , sem:Event ; rdfs:label "Battle of the strait"@en .
}
"""
# Two islands on either side of 0°, and one cut in two along 180°, as the files have theirs; three arcs each.
_SQUARES = {
    "Westland": [[[-20, 0], [-1, 0], [-1, 10], [-20, 10], [-20, 0]]],
    "Eastland": [[[1, 0], [20, 0], [20, 10], [1, 10], [1, 0]]],
    "Farland": [
        [[170, 0], [180, 0], [180, 10], [170, 10], [170, 0]],
        [[-180, 0], [-170, 0], [-170, 10], [-180, 10], [-180, 0]],
    ],
}


def topology() -> dict[str, Any]:
    """Return a topology in the form of world-atlas, of squares whose corners are whole degrees."""
    arcs: list[list[list[int]]] = []
    shapes = []
    for name, rings in _SQUARES.items():
        of_country = []
        for ring in rings:
            steps = [ring[0], *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(ring))]
            of_country.append([[len(arcs)]])
            arcs.append(steps)
        shapes.append({"type": "MultiPolygon", "arcs": of_country, "properties": {"name": name}})
    land = {"type": "MultiPolygon", "arcs": [part for shape in shapes for part in shape["arcs"]]}
    return {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": shapes},
            "land": {"type": "GeometryCollection", "geometries": [land]},
        },
    }


SQUARES = Outlines(topology())


def located(*points: tuple[float, float]) -> list[Located]:
    """Return places at these points."""
    return [Located(number, Shown(f"Place {number}"), point) for number, point in enumerate(points, 1)]


def client_of(tmp_path: Path, quads: str) -> FlaskClient:
    """Return a client of an app that knows the article on a strait, and these quads."""
    file = tmp_path / "strait.trig"
    file.write_text(_PREFIXES + quads, "utf-8")
    return specimen.make_client(file)


def place(name: str, wkt: str, property_: str = "hasGeometry") -> str:
    """Write a place of the battle with a geometry and the cross-link for it."""
    return (
        f"g:entities {{ <urn:battle> sem:hasPlace <urn:{name}> . "
        f'<urn:{name}> a bg:Place ; rdfs:label "{name}"@en . }}\n'
        f"g:crosslinks {{ <urn:{name}> geo:{property_} <urn:{name}-point> . "
        f'<urn:{name}-point> geo:asWKT "{wkt}"^^geo:wktLiteral . '
        f"<urn:{name}-link> a bg:CrossLink ; rdf:subject <urn:{name}> ; rdf:predicate geo:{property_} ; "
        f'rdf:object <urn:{name}-point> ; bg:evidence "a gazetteer" ; bg:confidence bg:SingleSource . }}\n'
    )


@pytest.fixture(scope="module")
def hadrut(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def page(hadrut: FlaskClient) -> str:
    """Return the map of the project's own article."""
    answer = hadrut.get("/map/battle-of-hadrut")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def without_outlines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the outlines away."""
    monkeypatch.setattr(outlines, "FOLDER", tmp_path / "nothing")
    read_outlines.cache_clear()
    yield
    read_outlines.cache_clear()


# Geometry


@pytest.mark.parametrize(
    ("wkt", "point"),
    [
        ("POINT(47.0318 39.52002)", (47.0318, 39.52002)),
        ("Point (-70 -33.5)", (-70.0, -33.5)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(47 39)", (47.0, 39.0)),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(39 47)", None),
        ("POINT(39.5 147)", None),
        ("POINT(200 10)", None),
        ("POLYGON((0 0, 1 1, 0 1, 0 0))", None),
        ("", None),
    ],
)
def test_points_are_read_or_left_alone(wkt: str, point: tuple[float, float] | None) -> None:
    """Longitude first; a reference system that swaps them is not guessed at."""
    assert read_point(wkt) == point


@pytest.mark.parametrize(
    "points",
    [[(47.0, 39.5)], [(47.0, 39.3), (47.1, 39.7)], [(-0.1, 51.5), (2.3, 48.9)], [(10.0, 89.0)], [(0.0, -90.0)]],
)
def test_a_window_has_the_sheet_s_shape_and_all_points(points: list[tuple[float, float]]) -> None:
    """Undistorted along its middle parallel; near the poles it shows what it can."""
    window = window_of(points, least_km=60, share=0.5)
    assert all(window.west <= x <= window.east for x, _ in points)
    projection = Projection(window)
    assert projection.km >= 59
    high = (window.north - window.south) * 111.195
    assert projection.km / high == pytest.approx(WIDTH / HEIGHT, rel=0.02)


def test_a_window_crosses_180_degrees_where_its_places_do() -> None:
    """Two places two degrees apart are two degrees apart, not most of the world."""
    points = [(179.0, 5.0), (-179.0, 5.0)]
    window = window_of(points, least_km=60, share=0.5)
    assert window.east - window.west < 10
    assert all(window.contains(within(point, window)) for point in points)
    sheet = draw_near(located(*points), SQUARES)
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in sheet.marks)
    assert sheet.marks[0].x < sheet.marks[1].x
    assert "180°" in {line.name.removesuffix(" E").removesuffix(" W") for line in sheet.meridians}


def test_the_seam_at_180_degrees_is_not_drawn() -> None:
    """Files cut countries there; nothing is on the ground."""
    window = Window(175, 2, 185, 8)
    assert SQUARES.coast(window) == []
    # Land on both sides, each up to the seam.
    assert sorted(max(x for x, _ in ring) for ring in SQUARES.fill(SQUARES.land, window)) == [180, 185]


def test_land_around_a_window_fills_it() -> None:
    """Though none of its lines comes near."""
    (ring,) = SQUARES.fill(SQUARES.land, Window(5, 3, 6, 4))
    assert {(round(x), round(y)) for x, y in ring} == {(5, 3), (6, 3), (6, 4), (5, 4)}


def test_water_between_lands_stays_water() -> None:
    """Both coasts are there, and no boundary."""
    window = Window(-3, 4, 3, 6)
    assert len(SQUARES.coast(window)) == 2
    assert SQUARES.borders(window) == []
    assert len(SQUARES.fill(SQUARES.land, window)) == 2


def test_rings_are_cut_at_the_edges() -> None:
    """A corner of a square that overlaps the window's corner."""
    cut = clip_ring([(0, 0), (10, 0), (10, 10), (0, 10)], Window(5, 5, 20, 20))
    assert sorted(set(cut)) == [(5, 5), (5, 10), (10, 5), (10, 10)]
    assert clip_ring([(0, 0), (1, 0), (1, 1)], Window(5, 5, 20, 20)) == []


def test_lines_leave_and_come_back() -> None:
    """As two pieces, each going on to just beyond the edge."""
    line = [(0, 5), (9, 5), (11, 5), (30, 5), (30, 6), (11, 6), (9, 6)]
    assert [len(piece) for piece in clip_line(line, Window(0, 0, 12, 10))] == [4, 3]


def test_simplifying_keeps_what_one_sees() -> None:
    """A line with a bump keeps the bump and nothing else."""
    line = [(x, 10.0 if x == 50 else math.sin(x) / 10) for x in range(101)]
    assert simplify(line, 0.6) == [line[0], line[49], line[50], line[51], line[100]]
    assert simplify([(0, 0), (5, 5), (0, 0)], 0.6) == [(0, 0), (5, 5), (0, 0)]


def test_labels_do_not_overlap() -> None:
    """Where two do not fit, the number alone is shown, which the table explains."""
    sheet = draw_near(located(*((47 + n / 200, 39.5) for n in range(12)), (48.0, 39.5)), None)
    labels = [mark.label for mark in sheet.marks if mark.label]
    boxes = []
    for label in labels:
        wide = len(label.text) * 13 * 0.5
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        boxes.append((left, label.y - 9, left + wide, label.y + 2))
    assert len(labels) >= 5
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= WIDTH
        assert all(
            right < other[0] or left > other[2] or bottom < other[1] or top > other[3] for other in boxes[n + 1 :]
        )


def test_the_scale_bar_is_true() -> None:
    """As long as its kilometres are on the middle parallel, and a round number of them."""
    projection = Projection(near_window([(47.0, 39.5)]))
    km, length = projection.scale_bar()
    assert km in (10, 20, 50)
    assert length / WIDTH == pytest.approx(km / projection.km)
    assert length < WIDTH / 2


@pytest.mark.parametrize(
    ("degrees", "is_latitude", "name"),
    [
        (39.5, True, "39°30\N{PRIME} N"),
        (-33, True, "33° S"),
        (0, True, "0°"),
        (181.0, False, "179° W"),
        (-190, False, "170° E"),
    ],
)
def test_degrees_are_named_as_on_maps(degrees: float, is_latitude: bool, name: str) -> None:  # noqa: FBT001
    """With minutes where there are some, and no side at 0."""
    assert name_degrees(degrees, is_latitude=is_latitude) == name


def test_no_line_runs_through_the_name_of_a_parallel() -> None:
    """It stands at another edge then, and above the right end where nothing is in its way."""
    place = located((20.0 - 29 / 111.195, 5.0))
    for outlines_, anchors in ((SQUARES, {"start"}), (None, {"end"})):
        labels = [line.label for line in draw_near(place, outlines_).parallels if line.label]
        assert {label.anchor for label in labels} == anchors
    assert is_crossed((0, 0, 9, 9), [[(4, -5), (4, 20)]])
    assert not is_crossed((0, 0, 9, 9), [[(10, -5), (10, 20)]])


def test_the_region_names_countries_and_frames_the_map() -> None:
    """Names as the file has them, none on the frame."""
    near = near_window([(10.0, 5.0)])
    sheet = draw_far(near, SQUARES)
    assert {text.text for text in sheet.countries} <= set(_SQUARES)
    assert sheet.frame is not None
    assert sheet.frame[0] + sheet.frame[2] / 2 == pytest.approx(WIDTH / 2, abs=0.2)


# The project's own article


def test_places_with_evidence_are_drawn_and_listed(page: str) -> None:
    """Each in the table with coordinates, evidence, confidence and where registers have it."""
    sheet = page.partition('<svg class="sheet"')[2].partition("</svg>")[0]
    assert [sheet.count(f'class="{kind}"') for kind in ("point", "centroid", "place")] == [2, 2, 4]
    table = page.partition('<table class="places">')[2].partition("</table>")[0]
    assert table.count("<tr>") >= 5
    for words in (
        "39.52002° N",
        "47.03180° E",
        "corroborated",
        "GeoNames 148105",
        "Wikidata Q157919",
        "the cross-link",
    ):
        assert words in table
    assert 'lang="hy"' in table
    assert "<summary>Who&#39;s On First; dr5hn/countries-states-cities-database</summary>" in table
    assert not re.search("[0-9a-f]{40}", re.sub(r"<details>.*?</details>", "", table))


def test_what_speaks_against_a_match_is_told(page: str, hadrut: FlaskClient) -> None:
    """In the table, and in the GeoJSON with the relation and how sure it is."""
    assert "what speaks against it: dr5hn/countries-states-cities-database at commit 7fda0af" in page
    features = hadrut.get("/map/battle-of-hadrut.geojson").get_json()["features"]
    matches = {match["iri"].rpartition("/")[2]: match for each in features for match in each["properties"]["matches"]}
    doubtful, sure = matches["Q330813"], matches["Q157919"]
    assert (doubtful["contradicted"], sure["contradicted"]) == (True, False)
    assert doubtful["confidence"] == BG + "Contradicted"
    assert doubtful["relation"] == SKOS + "closeMatch"
    assert sure["relation"] == SKOS + "exactMatch"
    assert "it may be the town" in doubtful["evidence"][0]


def test_the_form_that_the_reader_can_read_is_quoted(page: str, hadrut: FlaskClient) -> None:
    """Of those in the text."""
    for shown, quoted in ((page, "Hadrut"), (hadrut.get("/map/battle-of-hadrut?lang=hy").text, "Հադրութի")):
        row = shown.partition('<td class="no">1</td>')[2].partition("</tr>")[0]
        assert re.sub("<[^>]*>", "", row.partition('<q class="words">')[2].partition("</q>")[0]) == quoted


def test_places_only_described_are_not_placed(page: str) -> None:
    """A valley north of the town is in words what it is, and nowhere on the map."""
    drawn, _, described = page.partition('id="described"')
    assert "A valley north of the town" in described
    assert "<q>north of the town</q>" in described
    assert "valley" not in drawn.partition("<main")[2]


@pytest.mark.skipif(read_outlines("fine") is None, reason="the outlines could not be brought when this was installed")
def test_the_map_says_whose_boundaries_it_has(page: str) -> None:
    """And whose they are not."""
    assert "Natural Earth" in page
    assert "version 4.1.0" in page
    assert "de facto" in page
    assert "Nothing drawn here is a statement of this project" in page
    assert 'class="land"' in page
    assert 'class="border"' in page


def test_the_map_is_light(hadrut: FlaskClient) -> None:
    """Each drawing under 40 kB, the page under 60 kB as it is sent; the outlines are cut once for each window."""
    hadrut.get("/map/battle-of-hadrut")
    begun = time.perf_counter()
    page = hadrut.get("/map/battle-of-hadrut?again=1").text
    assert time.perf_counter() - begun < 0.5
    assert all(len(svg) < 40_000 for svg in re.findall(r'<svg class="sheet".*?</svg>', page, re.DOTALL))
    assert len(gzip.compress(page.encode())) < 60_000


def test_the_svg_asks_nobody_for_anything(page: str) -> None:
    """No tiles, no images, no styles of its own; no colour but the style sheet's."""
    for svg in re.findall(r'<svg class="sheet".*?</svg>', page, re.DOTALL):
        assert 'role="img"' in svg
        assert not re.search(r"href|url\(|style=|<image|fill=|<script", svg)


def test_without_outlines_the_map_says_so(hadrut: FlaskClient, without_outlines: None) -> None:  # noqa: ARG001
    """The places stand there all the same."""
    page = hadrut.get("/map/battle-of-hadrut?without=outlines").text
    assert "not installed on this server" in page
    assert "Whose boundaries" not in page
    assert 'class="point"' in page
    assert 'class="land"' not in page


def test_places_are_there_as_geojson(hadrut: FlaskClient) -> None:
    """RFC 7946: longitude first, the place's IRI as its id, its evidence with it."""
    answer = hadrut.get("/map/battle-of-hadrut.geojson")
    assert answer.content_type == "application/geo+json"
    collection = json.loads(answer.text)
    assert collection["type"] == "FeatureCollection"
    features = {feature["id"]: feature for feature in collection["features"]}
    feature = features[specimen.BASE + "id/place/hadrut"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [47.0318, 39.52002]}
    assert feature["properties"]["name"] == "Hadrut"
    assert feature["properties"]["evidence"]
    assert feature["properties"]["source"] == specimen.BASE + "id/link/hadrut-coordinates"
    assert all("valley" not in iri for iri in features)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("application/geo+json", "application/geo+json"),
        ("application/json", "application/json"),
        ("*/*", "text/html; charset=utf-8"),
    ],
)
def test_page_and_geojson_are_negotiated(hadrut: FlaskClient, accept: str, content_type: str) -> None:
    """At one address, which says so to caches."""
    answer = hadrut.get("/map/battle-of-hadrut", headers={"Accept": accept})
    assert answer.content_type == content_type
    assert "Accept" in answer.headers["Vary"]


def test_geojson_is_the_same_for_every_reader(hadrut: FlaskClient) -> None:
    """Whatever language is asked for."""
    plain = hadrut.get("/map/battle-of-hadrut.geojson").text
    assert hadrut.get("/map/battle-of-hadrut.geojson?lang=hy", headers={"Accept-Language": "az"}).text == plain


# Other articles


def test_an_article_without_located_places_says_so(tmp_path: Path) -> None:
    """There is no empty map, and the GeoJSON has no features."""
    named = 'g:entities { <urn:battle> sem:hasPlace <urn:x> . <urn:x> a bg:Place ; rdfs:label "Somewhere"@en . }'
    client = client_of(tmp_path, named)
    page = client.get("/map/strait").text
    assert "nothing to draw" in page
    assert "Somewhere" in page
    assert 'class="sheet"' not in page
    assert json.loads(client.get("/map/strait.geojson").text)["features"] == []


def test_places_across_180_degrees_are_one_map(tmp_path: Path) -> None:
    """Wherever the outlines are cut."""
    client = client_of(tmp_path, place("Uelen", "POINT(-169.8 66.2)") + place("Chukotka", "POINT(179.5 66.5)"))
    page = client.get("/map/strait").text
    assert "169.80000° W" in page
    assert "179.50000° E" in page
    assert page.count('class="sheet"') == 2


@pytest.mark.parametrize("wkt", ["POINT(0 90)", "POINT(-180 -90)", "POINT(180 0)", "POINT(0 0)"])
def test_no_point_of_the_globe_fails(tmp_path: Path, wkt: str) -> None:
    """Poles and the corners of the projection."""
    assert client_of(tmp_path, place("Edge", wkt)).get("/map/strait").status_code == 200


def test_a_map_of_the_whole_world_has_no_region_around_it(tmp_path: Path) -> None:
    """A world that lies in the world tells nothing."""
    client = client_of(
        tmp_path, place("A", "POINT(-120 40)") + place("B", "POINT(10 -30)") + place("C", "POINT(120 50)")
    )
    page = client.get("/map/strait").text
    assert page.count('class="sheet"') == 1
    assert all(len(svg) < 40_000 for svg in re.findall(r'<svg class="sheet".*?</svg>', page, re.DOTALL))


def test_a_centroid_is_no_place(tmp_path: Path) -> None:
    """It has a mark of its own, and its row says so."""
    page = client_of(tmp_path, place("District", "POINT(47 39)", "hasCentroid")).get("/map/strait").text
    assert "middle of the area" in page
    assert 'class="point" cx' not in page


def test_markup_in_names_is_text(tmp_path: Path) -> None:
    """On the map, in the table and in the list."""
    quads = place("X", "POINT(47 39)").replace('"X"@en', '"<script>alert(1)</script>"@en')
    assert "<script>alert" not in client_of(tmp_path, quads).get("/map/strait").text
