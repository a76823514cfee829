"""The home page: one statement's way, the first articles, the ways in, and how much there is."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from server.documents.journey import cut_sentence
from server.documents.opening import MOST_ARTICLES, read_opening

PREFIXES = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <http://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/battlegraph/id/> .
@prefix : <https://w3id.org/battlegraph/id/claim/a/> .
"""
SOURCED = "bg:sourceStatus bg:ReferenceGiven ; bg:citesReference :reference ; bg:valueStatus bg:Known"
CLAIM = "bg:inArticle :article ; bg:anchor :anchor ; bg:accordingTo"
WIKIPEDIA = "dcterms:source <https://en.wikipedia.org/wiki/A>"
ABOUT = "schema:about :battle"
BEGIN = ":battle sem:hasBeginTimeStamp '2020-10-07'^^xsd:date"
POLITY = ":state bg:viewpointOf :polity . :article a bg:Article .\n"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of the specimen."""
    return specimen.make_client()


@pytest.fixture(scope="module")
def real(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset."""
    return specimen.make_client(dataset_file)


def make_store(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store


def section(text: str, heading: str) -> str:
    """Return the section with this heading's id."""
    return text.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")[0]


# The example.


@pytest.mark.parametrize(
    ("claims", "chosen"),
    [
        pytest.param(
            f':a {CLAIM} :state ; {SOURCED} ; bg:lexical "x" . :b {CLAIM} :voice ; {SOURCED} ; bg:lexical "long" .',
            "b",
            id="no polity's voice comes first where there is another",
        ),
        pytest.param(
            f':a {CLAIM} :voice ; bg:lexical "x" . :b {CLAIM} :state ; {SOURCED} .',
            "b",
            id="a source matters more",
        ),
        pytest.param(
            f":a a bg:TitleClaim ; {CLAIM} :voice ; {SOURCED} . :b {CLAIM} :state .",
            "b",
            id="a cited title is its own source",
        ),
        pytest.param(
            f':a {CLAIM} :voice ; {SOURCED} ; bg:lexical "long" . :c {CLAIM} :voice ; {SOURCED} .'
            f':b {CLAIM} :voice ; {SOURCED} ; bg:lexical "short"@en .',
            "a",
            id="the shortest words",
        ),
        pytest.param(f":b {CLAIM} :voice . :a {CLAIM} :voice .", "a", id="else by name"),
        pytest.param(":a bg:inArticle :article ; bg:accordingTo :voice .", None, id="none without words"),
    ],
)
def test_the_example_is_chosen_by_form(claims: str, chosen: str | None) -> None:
    """Never by what it says."""
    opening = read_opening(make_store(POLITY + claims))
    assert opening.example == (chosen and f"{specimen.BASE}id/claim/a/{chosen}")


def test_an_article_without_claims_gives_no_example() -> None:
    """The next one does."""
    store = make_store(f"id:b a bg:Article . id:a a bg:Article . :x {CLAIM} :voice ; bg:inArticle id:b .")
    opening = read_opening(store)
    assert opening.articles == (f"{specimen.BASE}id/a", f"{specimen.BASE}id/b")
    assert opening.example == f"{specimen.BASE}id/claim/a/x"
    assert read_opening(ox.Store()).example is None


@pytest.mark.parametrize(
    ("text", "words", "before", "after"),
    [
        ("It began. It went on until dusk.[2] It ended.", "until dusk", "It went on ", ".[2]"),
        ("It began. It went on until dusk.[2] It ended.", "until dusk.[2]", "It went on ", ""),
        ("It began. It ended.", "It ended.", "", ""),
        ("It began. It ended.", "It began", "", "."),
        ("Losses:\n  • 14 tanks destroyed\n  • 3 guns", "14 tanks", "• ", " destroyed"),
        ("a" * 300 + " " + "word " * 60 + "here", "here", "… " + "word " * 47, ""),
        ("here" + " word" * 60, "here", "", " word" * 47 + " …"),
    ],
)
def test_a_sentence_is_cut_out_around_its_words(text: str, words: str, before: str, after: str) -> None:
    """At stops and ends of lines; a long one between words, and it says so."""
    start = text.index(words)
    found = cut_sentence(text, start, start + len(words))
    assert found == (before, after)


def test_a_statement_is_followed_from_the_article_to_its_source(real: FlaskClient) -> None:
    """Its sentence with its words marked, the claim, who says it, and the entry that is cited, each a link."""
    way = section(real.get("/").text, "journey")
    assert re.search(r'<blockquote><p>In the meanwhile, .*<a href="/article/battle-of-hadrut\?words=\d+-\d+#', way)
    assert "</mark></a></p></blockquote>" in way
    hrefs = re.findall(r'href="([^"?#]+)', way)
    for start in ("/page/claim/", "/page/viewpoint/", "/page/reference/"):
        assert any(href.startswith(start) for href in hrefs)
    assert '<time datetime="2020-10-30">' in way
    assert "The cited tweet hedges its second half" in way
    assert ">tweet</a>, O&#39;Farrel, Ryan (@ryanmofarrell)" in way
    assert "likely hold the next valley as well</cite>" in way
    for href in hrefs:
        assert real.get(href).status_code == 200


# The first sentence.


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param(
            f"{WIKIPEDIA} ; {ABOUT} . {BEGIN} . :battle sem:hasEndTimeStamp '2021-01-01'^^xsd:date .",
            "Wikipedia\u2019s article “A battle”, on a battle of 2020\u20132021, taken apart claim by claim.",
            id="years",
        ),
        pytest.param(
            f"{ABOUT} . :battle sem:hasBeginTimeStamp '-0489-09-12'^^xsd:date .",
            "The article “A battle”, on a battle of 490 BCE, taken apart claim by claim.",
            id="from elsewhere, of long ago",
        ),
        pytest.param(
            f"{ABOUT} . {BEGIN} . :battle sem:hasBeginTimeStamp '2019-01-01'^^xsd:date .",
            "The article “A battle”, taken apart claim by claim.",
            id="no year where two are given",
        ),
        pytest.param(
            f"{WIKIPEDIA} .", "Wikipedia\u2019s article “A battle”, taken apart claim by claim.", id="undated"
        ),
        pytest.param(
            "dcterms:source <https://wikipedia.org.example/> .",
            "The article “A battle”, taken apart claim by claim.",
            id="no Wikipedia",
        ),
        pytest.param(
            "bg:textDigest 'x' . id:b a bg:Article .", "2 articles on battles, taken apart claim by claim.", id="two"
        ),
    ],
)
def test_the_page_begins_with_what_was_taken_apart(tmp_path: Path, facts: str, sentence: str) -> None:
    """In plain words that follow from the data."""
    file = tmp_path / "first.ttl"
    file.write_text(f"{PREFIXES}<{specimen.BASE}id/article/a> a bg:Article ; dcterms:title 'A battle'@en ; {facts}")
    file = file.rename(file.with_suffix(".trig"))
    text = specimen.make_client(file).get("/").text
    lead = " ".join(re.sub("<[^>]+>", "", text.partition('<p class="lead">')[2].partition("</p>")[0]).split())
    assert lead.startswith(f"{sentence} 0 claims: for each, who makes it")


def test_the_articles_come_right_after_the_first_sentence(real: FlaskClient) -> None:
    """Then one statement as an example, then what is for those who query."""
    text = real.get("/").text
    assert "81 claims: for each, who makes it" in text
    places = [
        text.index(words)
        for words in ('id="articles"', 'id="journey"', 'id="researchers"', "</strong> quads", "curl -L")
    ]
    assert places == sorted(places)


def test_only_voices_that_assert_something_are_counted(real: FlaskClient) -> None:
    """One whose words are only reported by another has no claims and no graph."""
    assert "<strong>12</strong> viewpoints with claims" in real.get("/").text


# The ways in.


def test_the_first_articles_are_listed_and_search_finds_the_others(tmp_path: Path) -> None:
    """A page does not grow with their number; a name that looks like markup is a name."""
    file = tmp_path / "many.nq"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/battlegraph/ontology#Article>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    graph = f"<{specimen.BASE}graph/entities>"
    lines = []
    for number in range(MOST_ARTICLES + 10):
        iri = f"<{specimen.BASE}id/article/a-{number:03}>"
        lines += [f"{iri} {kind} {graph} .", f'{iri} {label} "<b>{number}</b>" {graph} .']
    file.write_text("\n".join(lines) + "\n")
    text = specimen.make_client(file).get("/").text
    assert text.count('<a href="/viewpoints/a-') == MOST_ARTICLES
    assert '<a href="/search">' in text
    assert f"{MOST_ARTICLES} of {MOST_ARTICLES + 10} articles" in text
    assert "<b>1" not in text
    assert "&lt;b&gt;1&lt;/b&gt;" in text


@pytest.mark.parametrize("face", ["article", "viewpoints", "timeline", "map"])
def test_an_article_has_four_ways_to_be_read(client: FlaskClient, face: str) -> None:
    """Its text, its viewpoints, its timeline, its map."""
    assert f'href="/{face}/battle-of-hadrut"' in section(client.get("/").text, "articles")


def test_each_number_leads_to_what_it_counts(real: FlaskClient) -> None:
    """To a list or to a query."""
    counted = section(real.get("/").text, "holdings")
    found = re.findall(r'<a href="([^"]+)"[^>]*><strong>([\d,]+)</strong> ([^<]+)</a>', counted)
    words = [what for _, _, what in found]
    assert words == [
        "claims",
        "viewpoints with claims",
        "references",
        "gaps in the sources",
        "links to other sites",
        "quads",
    ]
    for href, number, _ in found:
        assert int(number.replace(",", "")) > 0
        path, _, fragment = html.unescape(href).partition("#")
        response = real.get(path, headers={"Accept": "text/html"})
        # Without a query service the form has the query all the same.
        assert response.status_code in (200, 503)
        assert response.mimetype == "text/html"
        assert not fragment or f'id="{fragment}"' in response.text


def test_one_search_box_keeps_the_language(client: FlaskClient) -> None:
    """The larger one takes the place of the header's."""
    text = client.get("/?lang=hy").text
    assert text.count('action="/search"') == 1
    assert '<input type="hidden" name="lang" value="hy">' in text
    assert 'name="lang"' not in client.get("/").text


def test_links_to_pages_keep_the_language(client: FlaskClient) -> None:
    """All of them but those to data."""
    main = client.get("/?lang=az").text.partition('<main id="main"')[2].partition("</main>")[0]
    hrefs = re.findall(r'href="(/[^"]*)"', main)
    assert len(hrefs) > 10
    assert [href for href in hrefs if "lang=az" not in href] == ["/exports/claims.csv"]


def test_a_word_on_the_dead_is_near(client: FlaskClient) -> None:
    """Where the articles are listed."""
    assert 'href="/about#dead"' in section(client.get("/").text, "articles")
