"""Unreviewed drafts on the site: marked wherever they appear, kept from Wikidata, and apart where articles are."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import small_drafts
import specimen
from flask.testing import FlaskClient
from small_drafts import ASTER, BIRCH, CLOVER, DAISY

from graph.build import build, write
from graph.namespaces import BG
from graph.releases import QUADS_FILE
from graph.results import violations
from graph.sources import Sources
from graph.store import Dataset, open_dataset
from server.documents.opening import read_opening
from server.terms.review import is_unreviewed

ID = f"{specimen.BASE}id/"
TAG = '<small class="draft">unreviewed draft</small>'
DRAFTS = (ASTER, BIRCH, CLOVER, DAISY)
CURATED = "battle-of-hadrut"
LOSS = f"claim/{ASTER}/side-1-killed-soldier-per-azerbaijan"
AZERBAIJAN = f"{ID}viewpoint/azerbaijan"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the dataset of the curated article and the drafts, which has no violations."""
    scratch = tmp_path_factory.mktemp("drafts")
    small_drafts.write_drafts(scratch / "articles")
    built = build(Sources(more_articles=(scratch / "articles",)))
    assert not violations(built.results)
    return write(built, scratch / "dataset") / QUADS_FILE


@pytest.fixture(scope="module")
def drafted(file: Path) -> Dataset:
    """Return the dataset, opened for reading."""
    return open_dataset(file)


@pytest.fixture(scope="module")
def client(file: Path) -> FlaskClient:
    """Return a client of an app that serves it."""
    return specimen.make_client(file)


def page(client: FlaskClient, path: str) -> str:
    """Return the HTML of a page that is there."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def main_part(text: str) -> str:
    """Return the main part of a page."""
    return text.partition("<main ")[2].partition("</main>")[0]


def links(text: str, path: str) -> Iterator[str]:
    """Yield the links of the main part to an address, each with what stands right behind it."""
    yield from re.findall(rf'<a href="{re.escape(path)}"[^>]*>[^<]*</a>.{{0,60}}', main_part(text))


def listed(client: FlaskClient, query: str) -> set[str]:
    """Return the names of the claims that a list of a viewpoint's claims leads to."""
    text = page(client, f"/page/viewpoint/azerbaijan?all=claims{query}")
    return set(re.findall(r'href="/page/claim/([^"/]+)/[^"]+"', main_part(text)))


# The mark in the data.


def test_all_that_belongs_to_a_draft_is_unreviewed(drafted: Dataset) -> None:
    """Claims, sides, people, places, voices, events, points, its text and what is unread of it, each itself."""
    store = drafted.store
    own = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
        and re.match(rf"{ID}(?!anchor/)[a-z-]+/battle-of-(aster|birch|clover|daisy)(/|$)", quad.subject.value)
    }
    kinds = {iri.removeprefix(ID).partition("/")[0] for iri in own}
    assert {"article", "claim", "event", "geometry", "person", "place", "side", "text", "unread", "viewpoint"} <= kinds
    assert [iri for iri in sorted(own) if not is_unreviewed(store, iri)] == []


def test_what_articles_share_or_a_person_read_is_not_unreviewed(drafted: Dataset) -> None:
    """Whatever draft speaks of it."""
    for name in (
        f"article/{CURATED}",
        f"event/{CURATED}",
        specimen.CLAIM,
        "polity/azerbaijan",
        "viewpoint/azerbaijan",
        "event/second-nagorno-karabakh-war",
        "event/war-reed-war",
        "place/springfield-illinois",
        "equipment/tank",
    ):
        assert not is_unreviewed(drafted.store, ID + name), name


def test_anchors_are_of_their_article(drafted: Dataset) -> None:
    """Though there are too many to say it of each."""
    for slug in (ASTER, CURATED):
        article = ox.NamedNode(f"{ID}article/{slug}")
        quads = drafted.store.quads_for_pattern(None, ox.NamedNode(BG + "inArticle"), article, ox.DefaultGraph())
        anchors = [
            q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode) and "/anchor/" in q.subject.value
        ]
        assert anchors
        assert {is_unreviewed(drafted.store, anchor) for anchor in anchors} == {slug == ASTER}


def test_data_about_a_draft_says_so(client: FlaskClient) -> None:
    """Of the article, of a claim and of a side, in what a program gets."""
    for name in (f"article/{ASTER}", LOSS, f"side/{ASTER}/1"):
        assert "bg:reviewStatus bg:Unreviewed" in client.get(f"/data/{name}.ttl").text, name
    assert "bg:reviewStatus bg:Reviewed" in client.get(f"/data/article/{CURATED}.ttl").text
    assert "reviewStatus" not in client.get(f"/data/{specimen.CLAIM}.ttl").text


# The mark on pages.


@pytest.mark.parametrize(
    "path",
    [
        f"/article/{ASTER}",
        f"/article/{CLOVER}",
        f"/viewpoints/{ASTER}",
        f"/timeline/{ASTER}",
        f"/map/{CLOVER}",
        f"/page/article/{ASTER}",
        f"/page/event/{ASTER}",
        f"/page/{LOSS}",
        f"/page/side/{ASTER}/1",
        f"/page/place/{ASTER}/springfield",
        f"/page/viewpoint/{ASTER}/norland",
        f"/page/geometry/{CLOVER}/battle",
    ],
)
def test_a_page_of_a_draft_says_it_once_above_all(client: FlaskClient, path: str) -> None:
    """With what that means behind a link; single marks are hidden below it."""
    text = page(client, path)
    assert 'id="main" tabindex="-1" class="of-draft"' in text
    assert text.count('class="draft-note"') == 1
    assert text.index('class="draft-note"') < text.index("<h1")
    assert 'href="/about#drafts"' in text
    assert 'id="drafts"' in page(client, "/about")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/about",
        f"/article/{CURATED}",
        f"/page/event/{CURATED}",
        "/page/polity/azerbaijan",
        "/page/viewpoint/azerbaijan",
    ],
)
def test_no_other_page_says_it(client: FlaskClient, path: str) -> None:
    """That it is of a draft as a whole."""
    text = page(client, path)
    assert "draft-note" not in text
    assert "of-draft" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/viewpoints/",
        "/page/viewpoint/azerbaijan",
        "/page/polity/azerbaijan",
        "/page/equipment/tank",
        "/page/event/second-nagorno-karabakh-war",
        "/search?q=Battle+of+Aster",
    ],
)
def test_a_page_of_something_else_marks_each_draft(client: FlaskClient, path: str) -> None:
    """Behind its name, and nothing of the curated article."""
    text = main_part(page(client, path))
    assert TAG in text
    for slug in DRAFTS:
        for kind in ("claim", "event", "side", "article"):
            for link in links(text, f"/page/{kind}/{slug}"):
                assert TAG[:20] in link, link
    assert not re.search(rf'<a href="/page/(claim|event|side)/{CURATED}[^>]*>[^<]*</a> <small class="draft"', text)


def test_home_tells_drafts_apart_and_counts_them(client: FlaskClient, drafted: Dataset) -> None:
    """The article that was read stands first, the drafts under a heading of their own."""
    text = main_part(page(client, "/"))
    assert read_opening(drafted.store).drafts == len(DRAFTS)
    assert "5 articles on battles" in text
    assert f"{len(DRAFTS)} of the articles are unreviewed drafts:" in text
    heading = text.index('<h3 id="drafts">')
    assert text.index(f'href="/article/{CURATED}"') < heading
    for slug in DRAFTS:
        assert text.index(f'href="/article/{slug}"') > heading
        assert re.search(rf'<a href="/article/{slug}"[^>]*>[^<]*</a> <small class="draft">', text)


def test_the_rule_that_read_a_claim_is_named_on_its_page(client: FlaskClient) -> None:
    """With the meaning of the term."""
    text = page(client, f"/page/{LOSS}")
    assert "loss-exact" in text
    assert "/ontology#readingRule" in text


# Texts.


def test_wikitext_is_shown_as_text(client: FlaskClient) -> None:
    """No markup of it becomes markup of the page, and all of it is there."""
    text = page(client, f"/article/{CLOVER}")
    shown = text.partition('<div class="text"')[2].partition("</div>")[0]
    assert "&lt;b&gt;not&lt;/b&gt;" in shown
    assert "<b>not" not in shown
    words = html.unescape(re.sub(r"<[^>]*>", "", shown.partition(">")[2]))
    source = client.get(f"/article/{CLOVER}.txt").text
    assert re.sub(r"\s+", "", words) == re.sub(r"\s+", "", source)
    assert "The whole wikitext of the article" in text
    assert "The whole wikitext of the article" not in page(client, f"/article/{ASTER}")


def test_unread_sentences_are_listed_and_have_no_notes(client: FlaskClient) -> None:
    """Nobody has to click through them."""
    text = page(client, f"/article/{ASTER}")
    absent = text.partition('id="absent"')[2]
    assert "Not read yet" in absent
    assert f'href="/page/unread/{ASTER}/' in absent
    notes = text.partition('id="notes"')[2].partition("</section>")[0]
    assert "/page/unread/" not in notes


def test_the_battle_stands_on_its_map_where_the_article_puts_it(client: FlaskClient) -> None:
    """In the article's own words; the towns have no point, and get none."""
    text = page(client, f"/map/{CLOVER}")
    assert "39.80000° N" in text
    assert "{{Coord|39.8|-89.6|display=title}}" in html.unescape(text)
    features = json.loads(client.get(f"/map/{CLOVER}.geojson").text)["features"]
    assert [(x["id"], x["geometry"]["coordinates"]) for x in features] == [(f"{ID}event/{CLOVER}", [-89.6, 39.8])]
    assert features[0]["properties"]["words"] == ["{{Coord|39.8|-89.6|display=title}}"]


# Searches and exports.


def test_search_tells_programs_of_drafts(client: FlaskClient) -> None:
    """In a field of each result."""
    found = json.loads(client.get("/search?q=Battle+of", headers={"Accept": "application/json"}).text)["results"]
    drafts = {
        result["iri"].rpartition("/")[2]: result["draft"] for result in found if "/event/battle-of-" in result["iri"]
    }
    assert drafts == {CURATED: False, **dict.fromkeys(DRAFTS, True)}


def test_the_table_of_claims_has_a_column_for_it(client: FlaskClient) -> None:
    """Filled for each claim of a draft and for no other."""
    rows = list(csv.DictReader(client.get("/exports/claims.csv").text.splitlines()))
    of_drafts = {row["review_status"] for row in rows if CURATED not in row["claim"]}
    assert {row["review_status"] for row in rows if CURATED in row["claim"]} == {""}
    assert of_drafts == {"unreviewed draft"}


def test_nothing_of_a_draft_is_offered_to_wikidata(client: FlaskClient) -> None:
    """Neither as a statement nor as an item; each claim is named with the reason."""
    for name in ("quickstatements.tsv", "mixnmatch.tsv"):
        text = client.get(f"/exports/{name}").text
        assert [slug for slug in DRAFTS if slug in text or slug.title().replace("-", " ") in text] == []
    review = client.get("/exports/needs-review.tsv").text
    told = [line for line in review.splitlines() if f"claim/{ASTER}/" in line or f"/{ASTER}/" in line]
    assert told
    assert all("unreviewed" in line for line in told)


def test_no_draft_becomes_a_nanopublication(client: FlaskClient) -> None:
    """The file says why, and so does the address of one."""
    text = client.get("/exports/nanopubs.trig").text
    assert f"# No nanopublication of <{ID}{LOSS}>: it is of an unreviewed draft.\n" in text
    graphs = ox.parse(text, format=ox.RdfFormat.TRIG)
    assert [q for q in graphs if isinstance(q.subject, ox.NamedNode) and f"/{ASTER}/" in q.subject.value] == []
    answer = client.get(f"/np/{LOSS}", headers={"Accept": "application/trig"})
    assert answer.status_code == 404
    assert "unreviewed draft" in answer.text


# One viewpoint, in one article or in all.


def test_a_viewpoint_can_be_read_in_all_articles_or_in_one(client: FlaskClient) -> None:
    """Its page counts its claims in each article and leads to each list; that of an article to its own."""
    text = page(client, "/page/viewpoint/azerbaijan")
    shares = text.partition('id="shares"')[2].partition("</section>")[0]
    within = dict(re.findall(r'<a href="([^"]+)">Battle of (\w+) \(article\)</a> <span class="count">', shares))
    assert set(within.values()) == {"Aster", "Birch", "Clover", "Daisy", "Hadrut"}
    counts = re.findall(r'\(article\)</a> <span class="count">(\d+)</span>', shares)
    assert sorted(map(int, counts))[:4] == [1, 1, 1, 1]
    address = next(href for href, name in within.items() if name == "Birch")
    assert set(re.findall(r'href="/page/claim/([^"/]+)/', main_part(page(client, html.unescape(address))))) == {BIRCH}
    assert address in page(client, f"/viewpoints/{BIRCH}")
    only = f"&only={AZERBAIJAN}"
    assert listed(client, only) >= set(DRAFTS)
    assert listed(client, f"{only}&in={ID}article/{ASTER}") == {ASTER}
    assert listed(client, f"{only}&in={ID}article/{CURATED}") == {CURATED}


@pytest.mark.parametrize("article", ["http://a b", "urn:", "https://", "bg:", "%00", "none"])
def test_an_article_that_is_none_narrows_nothing(client: FlaskClient, article: str) -> None:
    """The page of the viewpoint answers instead."""
    answer = client.get(f"/page/viewpoint/azerbaijan?all=claims&in={article}", headers={"Accept": "text/html"})
    assert answer.status_code == 200


def test_a_viewpoint_of_one_article_has_no_such_choice(client: FlaskClient) -> None:
    """There is nothing to choose from."""
    assert 'id="shares"' not in page(client, f"/page/viewpoint/{ASTER}/norland")


def test_a_shared_viewpoints_graph_has_all_articles(drafted: Dataset) -> None:
    """And what is said of one article can be asked for."""
    graph = ox.NamedNode(f"{specimen.BASE}graph/viewpoint/azerbaijan")
    claims = drafted.store.quads_for_pattern(None, ox.NamedNode(BG + "accordingTo"), None, graph)
    slugs = {quad.subject.value.split("/")[-2] for quad in claims if isinstance(quad.subject, ox.NamedNode)}
    assert slugs == {CURATED, *DRAFTS}


# What is one thing, and what is not.


def test_two_springfields_stay_two(client: FlaskClient, drafted: Dataset) -> None:
    """Unlinked, each is its article's; linked, each is its page's; and search finds all four."""
    names = {
        f"place/{ASTER}/springfield",
        f"place/{BIRCH}/springfield",
        "place/springfield-illinois",
        "place/springfield-massachusetts",
    }
    found = json.loads(client.get("/search?q=Springfield&limit=50", headers={"Accept": "application/json"}).text)
    places = {result["iri"].removeprefix(ID) for result in found["results"] if "/id/place/" in result["iri"]}
    assert places == names
    for name in names:
        quads = drafted.store.quads_for_pattern(ox.NamedNode(ID + name), None, None, ox.DefaultGraph())
        same = {q.object.value for q in quads if isinstance(q.object, ox.NamedNode) and "/id/place/" in q.object.value}
        assert same == set()
        text = page(client, f"/page/{name}")
        others = {slug for slug in DRAFTS if f"/article/{slug}" in main_part(text)}
        assert len(others) == 1, name


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("polity/azerbaijan", {CURATED, *DRAFTS}),
        ("viewpoint/azerbaijan", {CURATED, *DRAFTS}),
        ("event/second-nagorno-karabakh-war", {CURATED, ASTER, BIRCH}),
        ("event/war-reed-war", {CLOVER, DAISY}),
        ("polity/norland", {CLOVER, DAISY}),
    ],
)
def test_what_the_registry_or_a_link_knows_is_one_thing(
    client: FlaskClient, drafted: Dataset, name: str, slugs: set[str]
) -> None:
    """Named in each article's own words."""
    query: Any = drafted.store.query(
        f"SELECT DISTINCT ?article WHERE {{ <{ID}{name}> <{BG}anchor>/<{BG}inArticle> ?article }}"
    )
    assert {row["article"].value.rpartition("/")[2] for row in query} == slugs
    page(client, f"/page/{name}")


def test_claims_stay_apart(drafted: Dataset) -> None:
    """Each is in one article, and each article's figure is its own."""
    rows: Any = drafted.store.query(
        f"PREFIX bg: <{BG}> SELECT ?article ?count WHERE {{ ?claim a bg:LossClaim ; bg:inArticle ?article ; "
        f"bg:accordingTo <{AZERBAIJAN}> ; bg:effect bg:Killed ; bg:minCount ?count ; bg:readingRule [] }}"
    )
    found = {(row["article"].value.rpartition("/")[2], int(row["count"].value)) for row in rows}
    assert found == {(ASTER, 11), (BIRCH, 22), (CLOVER, 33), (DAISY, 44)}
