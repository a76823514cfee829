"""What pages say of themselves to search engines: in schema.org's words, and nothing that the data does not say."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import kinds
import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Dataset
from server.metadata.schema_org import write

HTML = {"Accept": "text/html"}
TYPES = {
    "Article", "BreadcrumbList", "Claim", "CreativeWork", "DataDownload", "Dataset", "DefinedTerm", "DefinedTermSet",
    "EntryPoint", "Event", "GeoCoordinates", "ListItem", "Map", "NewsArticle", "Organization", "Person", "Place",
    "Quotation", "SearchAction", "SocialMediaPosting", "Thing", "WebPage", "WebSite",
}  # fmt: skip
"""The types of schema.org that we use; each is one of its own."""
PROPERTIES = {
    "about", "alternateName", "appearance", "author", "breadcrumb", "citation", "contentSize", "contentUrl", "creator",
    "creditText", "dateModified", "datePublished", "description", "distribution", "encodingFormat", "endDate", "geo",
    "headline", "identifier", "inDefinedTermSet", "inLanguage", "isBasedOn", "isPartOf", "item", "itemListElement",
    "keywords", "latitude", "license", "longitude", "mainEntity", "mainEntityOfPage", "mentions", "name", "position",
    "potentialAction", "publisher", "query-input", "sameAs", "sha256", "startDate", "subjectOf", "superEvent",
    "target", "text", "url", "urlTemplate", "version",
}  # fmt: skip
"""The properties of schema.org that we use."""
PROSE = {"name", "description", "inLanguage", "query-input", "urlTemplate", "encodingFormat", "contentSize", "sha256"}
"""Properties whose values may be words of the page, or tell of the server's own file."""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


def found_by_searching(client: FlaskClient) -> list[str]:
    """Return every kind of page but the answers to what somebody asked, which have no address of their own."""
    return [path for path in kinds.pages(client.application) if not path.startswith("/search?")]


def structured(page: str) -> dict[str, Any]:
    """Return the JSON-LD of a page; there is one block."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert isinstance(data, dict)
    assert data["@context"] == "https://schema.org"
    return data


def node(page: str, iri: str) -> dict[str, Any]:
    """Return what a page says of a thing."""
    (found,) = (item for item in structured(page)["@graph"] if item["@id"] == iri and item["@type"] != "WebPage")
    assert isinstance(found, dict)
    return found


def walk(value: object, key: str = "") -> list[tuple[str, object]]:
    """Return every property with each of its values that is no object, and every object's `@type`."""
    if isinstance(value, dict):
        return [pair for name, item in value.items() for pair in walk(item, name)]
    if isinstance(value, list):
        return [pair for item in value for pair in walk(item, key)]
    return [(key, value)]


def test_every_kind_of_page_says_what_it_is(client: FlaskClient) -> None:
    """It parses, its types and properties are schema.org's, and its addresses are canonical ones."""
    for path in found_by_searching(client):
        page = client.get(path, headers=HTML).text
        data = structured(page)
        first = data["@graph"][0]
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', page)
        assert canonical, path
        assert first["@type"] == "WebPage"
        assert first["@id"] == first["url"] == unescape(canonical[1])
        assert first["name"]
        assert first["inLanguage"] == "en"
        for key, value in walk(data):
            assert value not in ("", None), (path, key)
            if key == "@type":
                assert value in TYPES, path
            elif not key.startswith("@"):
                assert key in PROPERTIES, path
            assert "localhost" not in str(value)


def test_nothing_is_said_that_the_data_does_not_say(client: FlaskClient) -> None:
    """Every value is a literal, a name or an IRI of the data, an address of a page, or a word of the page."""
    quads = list(ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG))
    said = {term.value for quad in quads for term in (quad.subject, quad.object) if not isinstance(term, ox.Triple)}
    for path in found_by_searching(client):
        page = client.get(path, headers=HTML).text
        for key, value in walk(structured(page)):
            text = str(value)
            assert (
                text in said
                or key in PROSE
                or key.startswith("@")
                or (text.startswith(specimen.BASE) and "?" not in text)
                or (key == "position" and text.isdecimal())
            ), (path, key, value)


def test_markup_in_a_label_cannot_end_the_block(client: FlaskClient) -> None:
    """It comes out as the text it is."""
    page = client.get("/page/place/markup", headers=HTML).text
    assert node(page, f"{specimen.BASE}id/place/markup")["name"] == "<script>alert('place')</script>"
    assert page.count("<script") == 2


@given(st.text() | st.sampled_from(["</script><!--<script>&amp;\u2028\u2029\"'\\", "]]>", "<!--"]))
def test_no_text_can_end_the_block(text: str) -> None:
    """It comes out as it went in, without a sign that HTML or JavaScript would read."""
    written = str(write({"name": text}))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text}


def test_a_claim_is_a_claim_of_its_viewpoint(client: FlaskClient) -> None:
    """With its words, its article and its reference; it has no author, for a viewpoint is nobody's office."""
    claim = node(client.get(f"/page/{specimen.CLAIM}").text, f"{specimen.BASE}id/{specimen.CLAIM}")
    assert claim["@type"] == "Claim"
    assert claim["text"] == "14 T-72s destroyed"
    assert claim["description"] == "According to Azerbaijan"
    assert claim["appearance"]["@id"] == f"{specimen.BASE}id/article/battle-of-hadrut"
    assert claim["citation"]["@id"] == f"{specimen.BASE}id/reference/battle-of-hadrut/4"
    assert "author" not in claim


def test_a_claim_that_is_lost_says_no_words(tmp_path: Path) -> None:
    """The heading that is left of it is nobody's claim; one that is stated as unspecified says so."""
    file = tmp_path / "claims.trig"
    claim = 'a bg:Claim ; bg:accordingTo id:viewpoint\\/v ; bg:lexical "Per V:" ; bg:valueStatus'
    file.write_text(
        f"@prefix bg: <{specimen.BASE}ontology#> . @prefix id: <{specimen.BASE}id/> . {{"
        'id:viewpoint\\/v <http://www.w3.org/2000/01/rdf-schema#label> "V"@en .'
        f"id:claim\\/a\\/lost {claim} bg:LostInSource . id:claim\\/a\\/open {claim} bg:StatedUnspecified . }}"
    )
    client = specimen.make_client(file)
    lost, unspecified = (
        node(client.get(f"/page/claim/a/{name}").text, f"{specimen.BASE}id/claim/a/{name}") for name in ("lost", "open")
    )
    assert "text" not in lost
    assert lost["description"] == "According to V; what is claimed is missing from the copy"
    assert unspecified["text"] == "Per V:"
    assert unspecified["description"] == "According to V, who gives no value: stated as unspecified"


def test_no_place_is_given_as_that_of_an_event(dataset_file: Path) -> None:
    """That it began somewhere, or was fought around it, does not make that its place."""
    page = specimen.make_client(dataset_file).get(f"/page/{specimen.EVENT}").text
    assert "location" not in node(page, f"{specimen.BASE}id/{specimen.EVENT}")


def test_the_way_to_a_page_is_told(client: FlaskClient) -> None:
    """Home, article, kind, page; the same on the page and in its metadata, each with its address."""
    page = client.get(f"/page/{specimen.CLAIM}", headers=HTML).text
    items = structured(page)["@graph"][0]["breadcrumb"]["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3, 4]
    assert [item["name"] for item in items[:3]] == ["Home", "Battle of Hadrut (article)", "loss claim"]
    assert [item["item"] for item in items] == [
        specimen.BASE + path
        for path in ("", "article/battle-of-hadrut", "ontology#LossClaim", f"page/{specimen.CLAIM}")
    ]
    shown = page[page.index('class="crumbs"') :]
    links = kinds.Elements(shown[: shown.index("</nav>")]).all("a")
    assert [link["href"] for link in links] == ["/", "/article/battle-of-hadrut", "/ontology#LossClaim"]


def test_the_home_page_tells_of_the_dataset_and_the_search(client: FlaskClient) -> None:
    """With what the dataset says of itself."""
    page = client.get("/", headers=HTML).text
    dataset = node(page, f"{specimen.BASE}dataset")
    assert dataset["@type"] == "Dataset"
    assert dataset["name"] == "battlegraph: a specimen"
    assert dataset["description"] == "A specimen of the dataset."
    assert dataset["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert dataset["version"] == "0.1.0"
    assert dataset["dateModified"] == "2026-11-24"
    site = node(page, f"{specimen.BASE}#site")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{specimen.BASE}search?q={{search_term_string}}"


DATES = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix event: <https://w3id.org/battlegraph/id/event/> .
@prefix graph: <https://w3id.org/battlegraph/graph/> .
graph:entities {{
    event:x a sem:Event ; rdfs:label "x"@en ; {stated} .
}}
graph:derived {{
    event:x {derived} .
}}
graph:viewpoint\\/y {{
    <https://w3id.org/battlegraph/id/claim/y> rdf:subject event:x ; {claimed} .
}}
"""
BEGIN = 'sem:hasBeginTimeStamp "2020-10-07"^^xsd:date'
LATER = 'sem:hasBeginTimeStamp "2020-10-08"^^xsd:date'
CLAIMED = 'rdf:predicate sem:hasBeginTimeStamp ; rdf:object "2020-10-0{}"^^xsd:date'
NOTHING = "rdfs:comment 'nothing'"


@pytest.mark.parametrize(
    ("stated", "derived", "claimed", "date"),
    [
        (BEGIN, NOTHING, NOTHING, "2020-10-07"),
        (BEGIN, BEGIN, CLAIMED.format(7), "2020-10-07"),
        (BEGIN, NOTHING, CLAIMED.format(8), None),
        (f"{BEGIN} ; {LATER}", NOTHING, NOTHING, None),
        (NOTHING, BEGIN, NOTHING, None),
        (NOTHING, NOTHING, CLAIMED.format(7), None),
    ],
    ids=["stated", "agreed", "contested", "two", "derived", "only-claimed"],
)
def test_an_event_begins_when_nobody_says_otherwise(
    tmp_path: Path, stated: str, derived: str, claimed: str, date: str | None
) -> None:
    """A date is given where the articles state it in their own voice and no claim gives another."""
    file = tmp_path / "dates.trig"
    file.write_text(DATES.format(stated=stated, derived=derived, claimed=claimed), "utf-8")
    page = specimen.make_client(file).get("/page/event/x", headers=HTML).text
    assert node(page, f"{specimen.BASE}id/event/x").get("startDate") == date


def test_each_kind_of_thing_has_its_type(dataset: Dataset, dataset_file: Path) -> None:
    """In the project's own dataset, too; a polity is a thing, because the data does not say that it is a country."""
    client = specimen.make_client(dataset_file)
    expected = {
        "event/battle-of-hadrut": "Event",
        "place/hadrut": "Place",
        "polity/azerbaijan": "Thing",
        "viewpoint/azerbaijan": "Thing",
        "side/battle-of-hadrut/opposing": "Thing",
        "person/battle-of-hadrut/vahagn-asatryan": "Person",
        "organisation/trend-news-agency": "Organization",
        "article/battle-of-hadrut": "Article",
        "claim/battle-of-hadrut/opposing-loss-t-72-per-azerbaijan": "Claim",
        "reference/battle-of-hadrut/8": "CreativeWork",
        "reference/battle-of-hadrut/4": "CreativeWork",
        "work/battle-of-hadrut/tweet-of-reference-8": "SocialMediaPosting",
        "equipment/t-72": "DefinedTerm",
        "scheme/loss-types": "DefinedTermSet",
        "anchor/battle-of-hadrut/a6186f69/848-866": "Quotation",
        "map/battle-of-hadrut": "Map",
        "gap/battle-of-hadrut/commanders": "Thing",
    }
    nodes = {}
    for name, kind in expected.items():
        iri = f"{dataset.base}id/{name}"
        nodes[name] = node(client.get(f"/page/{name}", headers=HTML).text, iri)
        assert nodes[name]["@type"] == kind, name
        assert nodes[name]["mainEntityOfPage"] == f"{dataset.base}page/{name}"
    place = nodes["place/hadrut"]
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": "39.52002", "longitude": "47.0318"}
    assert "http://www.wikidata.org/entity/Q157919" in place["sameAs"]
    assert "startDate" not in nodes["event/battle-of-hadrut"]
    assert nodes["event/battle-of-hadrut"]["alternateName"] == [
        "Hadrut döyüşü", "Hadrut\u2019i chakatamart", "Հադրութի ճակատամարտ",
    ]  # fmt: skip
    assert nodes["article/battle-of-hadrut"]["isBasedOn"] == "https://en.wikipedia.org/wiki/Battle_of_Hadrut"
    assert nodes["reference/battle-of-hadrut/8"]["author"] == "O'Farrel, Ryan"
    assert nodes["reference/battle-of-hadrut/8"]["datePublished"] == "2020-10-30"
    assert "headline" not in nodes["reference/battle-of-hadrut/4"]
    download = node(client.get("/", headers=HTML).text, f"{dataset.base}dataset")["distribution"]
    path = download["contentUrl"].removeprefix(dataset.base.rstrip("/"))
    assert client.get(path).status_code == 200
    assert download["sha256"] == dataset.digest


def test_pages_have_what_is_shown_where_they_are_shared(client: FlaskClient) -> None:
    """Title, sentence and canonical address on every kind of page; variants and answers have the same address."""
    for path in found_by_searching(client):
        page = client.get(path, headers=HTML).text
        graph = {x["property"]: x["content"] for x in kinds.Elements(page).all("meta") if "property" in x}
        names = {x["name"]: x["content"] for x in kinds.Elements(page).all("meta") if "name" in x}
        assert graph["og:site_name"] == "battlegraph"
        assert graph["og:title"], path
        assert graph["og:type"] in {"website", "article"}
        assert graph["og:url"].startswith(specimen.BASE)
        assert "?" not in graph["og:url"]
        assert graph["og:description"] == names["description"], path
        assert 10 <= len(names["description"]) <= 320, path
        assert "robots" not in names, path


@pytest.mark.parametrize("path", ["/search?q=hadrut", "/sparql?query=ASK%20%7B%7D", "/nowhere", "/page/event/nowhere"])
def test_answers_and_refusals_are_not_to_be_found_by_searching(client: FlaskClient, path: str) -> None:
    """There is no end of them."""
    metas = kinds.Elements(client.get(path, headers=HTML).text).all("meta")
    assert "noindex" in {meta["content"] for meta in metas if meta.get("name") == "robots"}
