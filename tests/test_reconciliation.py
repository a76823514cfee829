"""The reconciliation service answers as API 0.2 has it, each answer checked against schemas of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import reconciliation_schemas as schemas
import specimen
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.namespaces import BG, RDF, RDFS, SKOS

HADRUT = "place/hadrut"
BATTLE = "event/battle-of-hadrut"
CLAIM = "claim/battle-of-hadrut/opposing-loss-t-72-per-azerbaijan"
WIKIDATA = "https://wikidata.reconci.link/en/api"


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


def read(response: TestResponse, schema: schemas.Schema) -> Any:
    """Return the JSON of an answer that is as a schema has it."""
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    told = response.get_json()
    assert not schemas.faults(told, schema)
    return told


def get(client: FlaskClient, path: str, schema: schemas.Schema, **arguments: str) -> Any:
    """Return the JSON at an address below the service."""
    return read(client.get(f"/reconcile{path}", query_string=arguments), schema)


def ask(client: FlaskClient, query: object) -> Any:
    """Return the result of one query in a batch of its own."""
    told = read(client.post("/reconcile", data={"queries": json.dumps({"q": query})}), schemas.RESULTS)
    return told["q"]


def first(client: FlaskClient, **query: object) -> tuple[str, bool]:
    """Return the id of the first candidate and whether it matches; nothing and False where there is none."""
    found = ask(client, query)["result"]
    return (found[0]["id"], found[0]["match"]) if found else ("", False)


def extend(client: FlaskClient, ids: list[str], *columns: str, **settings: object) -> Any:
    """Return the rows of a data extension."""
    asked = {
        "ids": ids,
        "properties": [{"id": each} | ({"settings": settings} if settings else {}) for each in columns],
    }
    return read(client.post("/reconcile", data={"extend": json.dumps(asked)}), schemas.EXTENSION)


# The manifest.


def test_the_manifest_says_where_everything_is(client: FlaskClient) -> None:
    """By GET, and by a POST that asks nothing; each address in it answers at the host that was asked."""
    told = get(client, "", schemas.MANIFEST)
    assert told == read(client.post("/reconcile"), schemas.MANIFEST)
    assert told["identifierSpace"] == specimen.BASE + "id/"
    identifier = quote(HADRUT, safe="")
    for template in (told["view"]["url"], told["preview"]["url"]):
        address = template.replace("{{id}}", identifier).removeprefix("http://localhost")
        assert client.get(address, headers={"Accept": "text/html"}, follow_redirects=True).status_code == 200
    parts = (("entity", identifier, "had"), ("type", "Place", "pla"), ("property", "place", "pla"))
    for part, known, prefix in parts:
        where = told["suggest"][part]
        base = where["service_url"].removeprefix("http://localhost")
        assert client.get(f"{base}{where['service_path']}?prefix={prefix}").get_json()["result"]
        flyout = where["flyout_service_path"].replace("${id}", known)
        assert client.get(base + flyout).status_code == 200
    for default in told["defaultTypes"]:
        assert get(client, "/extend/propose", schemas.PROPOSAL, type=default["id"])["properties"]


def test_the_manifest_names_the_host_that_was_asked(client: FlaskClient) -> None:
    """So that a copy on one's own machine works; another host's answer is never given again."""
    other = client.get("/reconcile", base_url="http://example.org").get_json()
    assert other["suggest"]["entity"]["service_url"] == "http://example.org/reconcile"
    assert get(client, "", schemas.MANIFEST)["suggest"]["entity"]["service_url"] == "http://localhost/reconcile"


# Queries.


def test_a_batch_is_the_same_by_get_and_by_post(client: FlaskClient) -> None:
    """Each query under its key, in the order they were sent."""
    batch = {"q1": {"query": "Hadrut"}, "q0": {"query": "T-72", "type": "LossType", "limit": 1}}
    text = json.dumps(batch)
    told = get(client, "", schemas.RESULTS, queries=text)
    assert told == read(client.post("/reconcile", data={"queries": text}), schemas.RESULTS)
    assert list(told) == ["q1", "q0"]
    assert [each["id"] for each in told["q0"]["result"]] == ["equipment/t-72"]


@pytest.mark.parametrize("query", ["Hadrut", '{"query": "Hadrut", "type": "Place"}'])
def test_a_single_query_of_the_first_version_is_answered(client: FlaskClient, query: str) -> None:
    """A name or an object, and the result without a key."""
    assert get(client, "", schemas.RESULT, query=query)["result"][0]["id"] == HADRUT


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Hadrut", HADRUT),
        ("  hADRUT ", HADRUT),
        ("Հադրութ", HADRUT),
        ("Гадрут", HADRUT),
        ("Hadrutt", HADRUT),
        ("Hadrut döyüşü", BATTLE),
        ("hadrut doyusu", BATTLE),
        ("Հադրութի ճակատամարտ", BATTLE),
        ("Hadrut\u2019i chakatamart", BATTLE),
        ("Hadrut, Battle of", BATTLE),
        ("t72", "equipment/t-72"),
        (HADRUT, HADRUT),
        ("place%2Fhadrut", HADRUT),
        (f"{specimen.BASE}id/{HADRUT}", HADRUT),
        ("Artsakh", "polity/artsakh"),
    ],
)
def test_a_name_in_any_language_script_or_spelling_matches(client: FlaskClient, name: str, thing: str) -> None:
    """And so does the thing's id, in each form in which clients send it."""
    assert first(client, query=name) == (thing, True)


@pytest.mark.parametrize(
    "name", ["T-73", "Kadrut", "Armenian", "Hadrut Airport", "Third Nagorno-Karabakh War", "Battle"]
)
def test_what_is_only_like_a_name_does_not_match(client: FlaskClient, name: str) -> None:
    """It may be offered to a person, and no machine takes it."""
    assert not any(each["match"] for each in ask(client, {"query": name})["result"])


@pytest.mark.parametrize("name", ["Xyzzy", "…", ""])
def test_what_is_like_no_name_has_no_candidate(client: FlaskClient, name: str) -> None:
    """An empty cell is none, and no error that would cost the user the batch."""
    assert ask(client, {"query": name}) == {"result": []}


def test_candidates_come_best_first_and_tell_what_they_are(client: FlaskClient) -> None:
    """Their scores fall, the first alone may match, and namesakes are told apart."""
    found = ask(client, {"query": "Battle of Hadrut"})["result"]
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert [each["match"] for each in found] == [True] + [False] * (len(found) - 1)
    assert [(each["id"], each["description"]) for each in found[:2]] == [
        (BATTLE, "battle, part of Second Nagorno-Karabakh War"), ("article/battle-of-hadrut", "article")
    ]  # fmt: skip
    assert {each["id"]: each["value"] for each in found[0]["features"]} == {"name": 100.0, "exact": True, "type": True}


@pytest.mark.parametrize(
    ("type_", "strictness", "expected"),
    [
        ("Viewpoint", "any", ("viewpoint/azerbaijan", True)),
        ("Polity", "any", ("polity/azerbaijan", True)),
        ("bg:Polity", "all", ("polity/azerbaijan", True)),
        ("sem:Actor", "any", ("polity/azerbaijan", True)),
        ([{"id": "Place"}, "Polity"], "any", ("polity/azerbaijan", True)),
        (["Place", "Polity"], "all", ("", False)),
        ("Place", "should", ("polity/azerbaijan", False)),
        ("Nonsense", "any", ("", False)),
        ("Nonsense", "should", ("polity/azerbaijan", True)),
    ],
)
def test_a_type_narrows_or_prefers(
    client: FlaskClient, type_: object, strictness: str, expected: tuple[str, bool]
) -> None:
    """As the query says; a type that there is not finds nothing, and the answer says why."""
    told = ask(client, {"query": "Azerbaijan", "type": type_, "type_strict": strictness})
    found = [(each["id"], each["match"]) for each in told["result"] if each["score"] > 70]
    assert next(iter(found), ("", False)) == expected
    assert told.get("notes", []) == (["There is no type `Nonsense`."] if type_ == "Nonsense" else [])


def test_wikidata_knows_our_types_and_properties_by_its_own_ids(client: FlaskClient) -> None:
    """Where the ontology is aligned with them."""
    assert first(client, query="Battle of Hadrut", type="Q178561") == (BATTLE, True)
    wanted = [{"pid": "P361", "v": "Second Nagorno-Karabakh War"}]
    found = ask(client, {"query": "Battle of Hadrut", "properties": wanted})["result"][0]
    assert {"id": "properties", "value": 100.0} in found["features"]


@pytest.mark.parametrize(
    ("pid", "value", "share"),
    [
        ("seatOf", "Khojavend District", 1.0),
        ("bg:seatOf", {"id": "place/khojavend-district"}, 1.0),
        ("P1376", ["Baku", "khojavend district"], 1.0),
        ("bg:inArticle", "article/battle-of-hadrut", 1.0),
        ("coordinates", "39.52002, 47.0318", 1.0),
        ("latitude", 39.52002, 1.0),
        ("wikidata", {"id": "Q157919"}, 1.0),
        ("seatOf", "Jabrayil District", 0.7),
        ("begins", "2020-10-07", 0.9),
    ],
)
def test_a_property_lifts_or_lowers(client: FlaskClient, pid: str, value: object, share: float) -> None:
    """What agrees keeps the score of the name; what says otherwise takes 30 in 100 from it, what is silent 10."""
    found = ask(client, {"query": "Hadrut", "type": "Place", "properties": [{"pid": pid, "v": value}]})["result"]
    hadrut = next(each for each in found if each["id"] == HADRUT)
    assert hadrut["score"] == pytest.approx(100 * share)
    assert hadrut["match"] == (share > 0.7)


@pytest.mark.parametrize(("day", "share"), [("2020-10-07", 1.0), ("2020-10-01", 0.9)])
def test_a_computed_day_contradicts_nobody(client: FlaskClient, day: str, share: float) -> None:
    """The article says "early October"; what a rule made of its phases may agree, and is no other opinion."""
    wanted = [{"pid": "begins", "v": day}]
    battle = ask(client, {"query": "Battle of Hadrut", "type": "Battle", "properties": wanted})["result"][0]
    assert (battle["id"], battle["match"]) == (BATTLE, True)
    assert battle["score"] == pytest.approx(100 * share)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Republic of Armenia", "polity/armenia"),
        ("Republic of Azerbaijan", "polity/azerbaijan"),
        ("The Republic of Armenia", "polity/armenia"),
        ("Jabrayil (city)", "place/jabrayil"),
        ("City of Jabrayil", "place/jabrayil"),
        ("2S1", "equipment/2s1-gvozdika"),
        ("2A36", "equipment/2a36-hyacinth-b"),
        ("MFA", "organisation/azerbaijani-mfa"),
        ("D-1", "equipment/d-1"),
        ("D30", "equipment/d-30"),
        ("BM-21", "equipment/bm-21-grad"),
        ("shilka", "equipment/zsu-23-4-shilka"),
    ],
)
def test_a_short_or_qualified_name_comes_first_and_does_not_match(client: FlaskClient, name: str, thing: str) -> None:
    """With a score that says something, and a person decides: "(district)" would be another place."""
    found = ask(client, {"query": name})["result"]
    assert found[0]["id"] == thing
    assert found[0]["score"] >= 70
    assert not any(each["match"] for each in found)


@pytest.mark.parametrize(
    ("name", "kind", "thing"),
    [
        ("Gorin", "Place", "place/battle-of-hadrut/goris"),
        ("Gorus", "Place", "place/battle-of-hadrut/goris"),
        ("Goras", "Place", "place/battle-of-hadrut/goris"),
        ("track", "LossType", "equipment/truck"),
    ],
)
def test_a_short_misspelt_name_matches_only_with_its_type(
    client: FlaskClient, name: str, kind: str, thing: str
) -> None:
    """By itself it may as well be another name, and is offered."""
    assert first(client, query=name) == (thing, False)
    assert first(client, query=name, type=kind) == (thing, True)


@pytest.mark.parametrize("name", ["Jabrayil District in GeoNames: 148140", "Point for Hadrut", "Hadrut", "Azerbaijan"])
def test_the_bookkeeping_is_found_only_by_its_types(client: FlaskClient, name: str) -> None:
    """Links, geometries, texts, claims and viewpoints are not what a table of names means, nor what is typed."""
    found = ask(client, {"query": name, "limit": 50})["result"]
    offered = get(client, "/suggest/entity", schemas.ENTITIES, prefix=name)["result"]
    heads = {each["id"].partition("/")[0] for each in (*found, *offered)}
    assert not heads & {"link", "geometry", "text", "anchor", "claim", "viewpoint", "omission", "gap", "list"}


@pytest.mark.parametrize(
    ("kind", "thing"),
    [("CrossLink", "link/hadrut-wikidata"), ("Claim", CLAIM), ("Viewpoint", "viewpoint/azerbaijan")],
)
def test_the_bookkeeping_is_there_for_who_asks_for_it(client: FlaskClient, kind: str, thing: str) -> None:
    """By its type and label, and by its id without one."""
    label = client.get(f"/reconcile/suggest/entity?prefix={quote(thing, safe='')}").get_json()["result"][0]["name"]
    assert first(client, query=label, type=kind) == (thing, True)
    assert first(client, query=thing) == (thing, True)


@pytest.mark.parametrize(
    ("thing", "description"),
    [
        (HADRUT, "place named in Battle of Hadrut, 39.52 N 47.03 E"),
        ("place/hadrut-valley", "place named in Battle of Hadrut"),
        (BATTLE, "battle, part of Second Nagorno-Karabakh War"),
        ("equipment/d-30", "howitzer type"),
        ("equipment/d-1-d-20-or-d-30", "howitzer types counted together"),
        ("polity/artsakh", "polity named in Battle of Hadrut"),
        (CLAIM, "loss claim, per Azerbaijan, in Battle of Hadrut"),
    ],
)
def test_a_description_tells_a_thing_from_its_namesakes(client: FlaskClient, thing: str, description: str) -> None:
    """The same wherever it is shown: to a candidate, while typing, in a flyout and in a preview."""
    assert ask(client, {"query": thing})["result"][0]["description"] == description
    typed = get(client, "/suggest/entity", schemas.ENTITIES, prefix=thing)["result"]
    assert typed[0]["description"] == description
    assert description in get(client, "/flyout/entity", schemas.FLYOUT, id=thing)["html"]
    assert description in client.get("/reconcile/preview", query_string={"id": thing}).text


def test_an_unknown_property_is_ignored_and_told(client: FlaskClient) -> None:
    """Beside the candidates, where the report leaves room."""
    told = ask(client, {"query": "Hadrut", "properties": [{"pid": "P99999", "v": "x"}], "lang": "en"})
    assert told["result"][0]["match"]
    assert told["notes"] == [
        "`lang` is not a member of a query and was ignored.", "There is no property `P99999`: it was ignored."
    ]  # fmt: skip


def test_things_are_found_by_their_properties_alone(client: FlaskClient) -> None:
    """None of them matches: nobody said which was meant."""
    found = ask(client, {"properties": [{"pid": "accordingTo", "v": {"id": "viewpoint/azerbaijan"}}], "limit": 50})
    assert CLAIM in [each["id"] for each in found["result"]]
    assert all("per Azerbaijan" in each["description"] and not each["match"] for each in found["result"])


# Suggestions, flyouts, the preview.


@pytest.mark.parametrize("prefix", ["Hadru", HADRUT, quote(HADRUT, safe=""), "Հադ"])
def test_a_thing_is_suggested_by_the_beginning_of_its_name_and_by_its_id(client: FlaskClient, prefix: str) -> None:
    """The place before what is said of it."""
    found = get(client, "/suggest/entity", schemas.ENTITIES, prefix=prefix)["result"]
    assert found[0]["id"] == HADRUT
    assert found[0]["notable"] == [{"id": "Place", "name": "place"}]


def test_suggestions_go_on_where_the_cursor_says(client: FlaskClient) -> None:
    """Until there are no more; no thing comes twice."""
    pages: list[list[str]] = []
    while found := get(client, "/suggest/entity", schemas.ENTITIES, prefix="h", cursor=str(10 * len(pages)))["result"]:
        pages.append([each["id"] for each in found])
    ids = [each for page in pages for each in page]
    assert len(pages) > 1
    assert len(set(ids)) == len(ids)
    assert not [each for each in ids if each.startswith("anchor/")]


def test_suggestions_of_one_type(client: FlaskClient) -> None:
    """As OpenRefine asks for them."""
    found = get(client, "/suggest/entity", schemas.ENTITIES, prefix="aze", type="Viewpoint")["result"]
    assert found[0]["id"] == "viewpoint/azerbaijan"
    assert {kind["id"] for each in found for kind in each["notable"]} == {"Viewpoint"}
    assert get(client, "/suggest/entity", schemas.ENTITIES, prefix="aze", type="Nonsense") == {"result": []}


@pytest.mark.parametrize(
    ("part", "prefix", "expected"),
    [
        ("type", "pla", "Place"),
        ("type", "Place", "Place"),
        ("type", "bg:Place", "Place"),
        ("property", "seat", "seatOf"),
        ("property", "P276", "sem:hasPlace"),
        ("property", "wikid", "wikidata"),
        ("property", "inArticle", "article"),
    ],
)
def test_types_and_properties_are_suggested(client: FlaskClient, part: str, prefix: str, expected: str) -> None:
    """By the beginning of a word or by an id."""
    schema = schemas.TYPES if part == "type" else schemas.PROPERTIES
    assert get(client, f"/suggest/{part}", schema, prefix=prefix)["result"][0]["id"] == expected


def test_a_type_is_suggested_with_what_is_above_it(client: FlaskClient) -> None:
    """So that a client can show the hierarchy."""
    [battle] = get(client, "/suggest/type", schemas.TYPES, prefix="battle")["result"]
    assert {"id": "sem:Event", "name": "event"} in battle["broader"]


@pytest.mark.parametrize(("part", "identifier"), [("entity", HADRUT), ("type", "Place"), ("property", "seatOf")])
def test_a_flyout_is_a_little_html(client: FlaskClient, part: str, identifier: str) -> None:
    """Under the id that was sent; where there is nothing, a 404 in JSON."""
    told = get(client, f"/flyout/{part}", schemas.FLYOUT, id=identifier)
    assert told["id"] == identifier
    assert told["html"].startswith("<p ")
    assert client.get(f"/reconcile/flyout/{part}?id=no/such").status_code == 404


def test_markup_in_what_a_client_sends_stays_text(client: FlaskClient) -> None:
    """In a preview and in words of refusal, which are JSON."""
    response = client.get("/reconcile/preview", query_string={"id": "place/<script>"})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("identifier", [HADRUT, quote(HADRUT, safe=""), BATTLE, CLAIM])
def test_a_preview_may_be_framed_by_anybody_and_runs_nothing(client: FlaskClient, identifier: str) -> None:
    """Names, kind and whose claim it is; this page alone lets itself be framed."""
    response = client.get("/reconcile/preview", query_string={"id": identifier})
    assert response.mimetype == "text/html"
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "<script" not in response.text
    assert ("per Azerbaijan" in response.text) == (identifier == CLAIM)
    assert "frame-ancestors 'self'" in client.get("/prefixes").headers["Content-Security-Policy"]


# Data extension.


def test_columns_hold_names_dates_places_and_identities(client: FlaskClient) -> None:
    """Under each id as it was sent; what is not there is empty."""
    encoded = quote(BATTLE, safe="")
    told = extend(
        client, [HADRUT, encoded, "place/nowhere"], "name-hy", "begins", "coordinates", "latitude", "nonsense"
    )
    assert told["rows"] == {
        HADRUT: {
            "name-hy": [{"str": "Հադրութ"}],
            "begins": [],
            "coordinates": [{"str": "39.52002, 47.0318"}],
            "latitude": [{"float": 39.52002}],
            "nonsense": [],
        },
        encoded: {
            "name-hy": [{"str": "Հադրութի ճակատամարտ"}],
            "begins": [{"str": "2020-10-07 (computed from the phases)"}],
            "coordinates": [],
            "latitude": [],
            "nonsense": [],
        },
        "place/nowhere": {"name-hy": [], "begins": [], "coordinates": [], "latitude": [], "nonsense": []},
    }
    assert told["meta"][-1] == {"id": "nonsense", "name": "nonsense (there is no such property)"}


def test_a_day_that_a_rule_computed_is_no_date_of_the_article(client: FlaskClient) -> None:
    """In the column and in the property behind it; what the article states is a date that a table can sort."""
    stated = "event/battle-of-hadrut/urban-warfare"
    rows = extend(client, [BATTLE, stated], "begins", "ends", "sem:hasBeginTimeStamp")["rows"]
    computed = [{"str": "2020-10-07 (computed from the phases)"}]
    assert (rows[BATTLE]["begins"], rows[BATTLE]["sem:hasBeginTimeStamp"]) == (computed, computed)
    assert rows[BATTLE]["ends"] == [{"str": "2020-10-30 (computed from the phases)"}]
    assert rows[stated]["begins"] == [{"date": "2020-10-07T00:00:00Z"}]
    preview = client.get("/reconcile/preview", query_string={"id": BATTLE}).text
    assert "2020-10-07, computed from the phases" in preview


def test_items_of_wikidata_are_in_its_identifier_space(client: FlaskClient) -> None:
    """The column says whose ids they are; a contradicted link is no identity."""
    told = extend(client, [HADRUT, "place/jabrayil", "polity/azerbaijan"], "wikidata", "place")
    assert [column.get("service") for column in told["meta"]] == [WIKIDATA, None]
    assert told["rows"][HADRUT]["wikidata"] == [{"id": "Q157919", "name": "Hadrut"}]
    assert told["rows"]["polity/azerbaijan"]["wikidata"] == [{"id": "Q227", "name": "Azerbaijan"}]
    assert told["rows"]["place/jabrayil"]["wikidata"] == []


@pytest.mark.parametrize(
    ("relation", "confidence", "ids"),
    [
        ("exactMatch", "Corroborated", ["Q1"]),
        ("exactMatch", "Contradicted", []),
        ("exactMatch", "Unconfirmed", []),
        ("closeMatch", "Corroborated", []),
        ("broadMatch", "Corroborated", []),
    ],
)
def test_only_a_sure_link_to_the_same_thing_is_an_identity(
    tmp_path: Path, relation: str, confidence: str, ids: list[str]
) -> None:
    """Whatever slipped into the data as a direct triple."""
    graph, link, place = (f"<{specimen.BASE}{path}>" for path in ("graph/crosslinks", "id/link/x", "id/place/x"))
    item, match = "<http://www.wikidata.org/entity/Q1>", f"<{SKOS}{relation}>"
    quads = (
        f'{place} <{RDFS}label> "X"@en',
        f"{place} {match} {item}",
        f"{link} <{RDF}subject> {place}",
        f"{link} <{RDF}predicate> {match}",
        f"{link} <{RDF}object> {item}",
        f"{link} <{BG}confidence> <{BG}{confidence}>",
    )
    file = tmp_path / "links.nq"
    file.write_text("".join(f"{quad} {graph} .\n" for quad in quads))
    row = extend(specimen.make_client(file), ["place/x"], "wikidata")["rows"]["place/x"]
    assert [cell["id"] for cell in row["wikidata"]] == ids


def test_what_somebody_asserts_says_who(client: FlaskClient) -> None:
    """In text behind the value, in a thing's description; a lost figure is no zero."""
    lost = "claim/battle-of-hadrut/azerbaijan-loss-per-azerbaijan"
    told = extend(client, [CLAIM, lost, BATTLE], "figure", "minCount", "lossType", "accordingTo", "result")["rows"]
    assert told[CLAIM] == {
        "figure": [{"str": "14 (per Azerbaijan)"}],
        "minCount": [{"str": "14 (per Azerbaijan)"}],
        "lossType": [{"id": "equipment/t-72", "name": "T-72", "description": "per Azerbaijan"}],
        "accordingTo": [{"id": "viewpoint/azerbaijan", "name": "Azerbaijan"}],
        "result": [],
    }
    assert told[lost]["figure"] == [{"str": "missing from the copy of the article (per Azerbaijan)"}]
    assert told[BATTLE]["result"] == [{"str": "Azerbaijani victory (per the article's own voice (Battle of Hadrut))"}]


def test_every_loss_and_claim_in_a_column_has_its_claimant(client: FlaskClient) -> None:
    """And the words of the article."""
    rows = extend(client, [BATTLE], "losses", "claims", "dates")["rows"][BATTLE]
    words = "“14 T-72s destroyed”; its reference is blank (per Azerbaijan)"
    assert [cell["str"].endswith(words) for cell in rows["losses"]].count(True) == 1
    assert {"str": "early October 2020 (per the article's own voice (Battle of Hadrut))"} in rows["dates"]
    assert all(" (per " in cell["str"] for column in rows.values() for cell in column)


def test_a_setting_limits_the_values_in_a_cell(client: FlaskClient) -> None:
    """As a number or, from a form, as text; 0 limits nothing."""
    for limit, expected in ((2, 2), ("2", 2), (2.0, 2)):
        assert len(extend(client, [BATTLE], "losses", limit=limit)["rows"][BATTLE]["losses"]) == expected
    assert len(extend(client, [BATTLE], "losses", limit=0)["rows"][BATTLE]["losses"]) > 20


def test_what_can_be_proposed_can_be_had(client: FlaskClient) -> None:
    """For each type, and some of it for a thing of that type."""
    for kind, thing in (("Place", HADRUT), ("Battle", BATTLE), ("LossClaim", CLAIM)):
        told = get(client, "/extend/propose", schemas.PROPOSAL, type=kind, limit="20")
        assert (told["type"], told["limit"]) == (kind, 20)
        row = extend(client, [thing], *(each["id"] for each in told["properties"]))["rows"][thing]
        assert sum(1 for values in row.values() if values) >= 4, row
    assert get(client, "/extend/propose", schemas.PROPOSAL, type="Nonsense")["properties"] == []


# HTTP.


@pytest.mark.parametrize(
    "path",
    ["", "/suggest/entity?prefix=h", "/suggest/type", "/extend/propose", f"/preview?id={HADRUT}", "/preview?id=no"],
)
def test_every_answer_can_be_read_from_any_site(client: FlaskClient, path: str) -> None:
    """GET, HEAD and preflight, refusals included; a GET is cached and asked for again for nothing."""
    response = client.get(f"/reconcile{path}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    head = client.head(f"/reconcile{path}")
    assert (head.status_code, head.data) == (response.status_code, b"")
    preflight = client.options(f"/reconcile{path}", headers={"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert ("POST" in preflight.headers["Access-Control-Allow-Methods"]) == (path == "")
    if response.status_code == 200:
        again = client.get(f"/reconcile{path}", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
        assert "max-age" in response.headers["Cache-Control"]
    else:
        assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_is_the_same_for_every_reader(client: FlaskClient) -> None:
    """In English, so that one user's table is another's."""
    plain = client.get("/reconcile", query_string={"query": "Hadrut"})
    foreign = client.get("/reconcile", query_string={"query": "Hadrut"}, headers={"Accept-Language": "hy"})
    assert plain.data == foreign.data
    assert "Accept-Language" not in plain.headers.get("Vary", "")
