"""Data that no build lets through: whatever a file says, pages answer, are valid, and link to nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
import specimen
from flask.testing import FlaskClient
from kinds import Elements, pages

from server.terms.spreadsheets import guard

ARTICLE: Final = "battle-of-hadrut"
TEXT: Final = "a6186f69"
OTHERS: Final = (
    f"/viewpoints/{ARTICLE}.csv", f"/map/{ARTICLE}.geojson", "/exports/claims.csv", "/sitemap.xml", "/sitemap-1.xml",
    "/search.json?q=hadrut", "/.well-known/void", "/graph/entities.trig", f"/article/{ARTICLE}?viewpoint=azerbaijan",
    "/page/claim/battle-of-hadrut/odd", "/page/event/e1", "/page/place/p1", "/data/place/hadrut.jsonld",
)  # fmt: skip

FORMS: Final = {
    "lang": r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    "datetime": r"\d{4}-\d\d-\d\d",
    "href": r"(?is)(?!\s*(javascript|data|vbscript):).*",
}
"""What the values of these attributes look like."""
FORBIDDEN: Final = r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\U0001fffe\u202a-\u202e\u2066-\u2069]"
"""Characters that HTML has no place for, and those that turn the words after them round."""


def _anchor(name: str, start: object, end: object, more: str = "bg:inArticle article:battle-of-hadrut") -> str:
    iri = f"{specimen.BASE}id/anchor/{ARTICLE}/{TEXT}/{name}"
    return f"""
    <{iri}> a oa:SpecificResource ; {more} ; oa:hasSource <{specimen.BASE}id/text/{ARTICLE}/{TEXT}> ;
      oa:hasSelector <{iri}#q> , <{iri}#p> .
    <{iri}#q> oa:exact "x" . <{iri}#p> oa:start {start} ; oa:end {end} .
    claim:of-{name} a bg:EventClaim , bg:Claim ; rdfs:label "{name}"@en ; bg:inArticle article:battle-of-hadrut ;
      bg:accordingTo viewpoint:azerbaijan ; bg:anchor <{iri}> .
    """


def _event(number: int, more: str = "") -> str:
    return (
        f'event:e{number} a sem:Event ; rdfs:label "event {number}"@en {more} . '
        f"article:battle-of-hadrut schema:mentions event:e{number} . "
    )


def _claim(more: str) -> str:
    return f"claim:odd a bg:LossClaim , bg:Claim ; bg:inArticle article:battle-of-hadrut ; {more} ."


def _named(text: str) -> str:
    """Return things of several kinds whose names, words and notes are this text."""
    quoted = json.dumps(text, ensure_ascii=False)
    return f"""
    place:hadrut rdfs:label {quoted}@en , {quoted} ; skos:altLabel {quoted}@hy ; rdfs:comment {quoted} .
    article:battle-of-hadrut dcterms:title {quoted} . viewpoint:azerbaijan rdfs:label {quoted} .
    """ + _claim(
        f"rdfs:label {quoted}@en ; bg:accordingTo viewpoint:azerbaijan ; bg:anchor anchor:848-866 ; "
        f"bg:lexical {quoted} ; bg:hedge {quoted} ; bg:readingNote {quoted} ; bg:whenLexical {quoted}"
    )


DATA: Final = {
    "anchors beyond the text, reversed, empty": "".join(
        _anchor(name, start, end)
        for name, start, end in (
            ("beyond", 999_999, 9_999_999),
            ("huge", 1, 400_000_000),
            ("partly", 300, 99_999),
            ("reversed", 900, 800),
            ("empty", 800, 800),
            ("negative", -5, 10),
            ("digits", '"٣"', '"٩٩"'),
            ("superscript", '"²"', '"③"'),
            ("words", '"1e3"', '"abc"'),
            ("long", f'"{"9" * 5000}"', f'"{"9" * 5000}"'),
        )
    ),
    "anchors at the same words": _anchor("one", 10, 20) + _anchor("two", 10, 20) + _anchor("wider", 5, 30),
    "an anchor in a literal": _anchor("literal", 1, 5, 'bg:inArticle "no iri"'),
    "literals for IRIs": _claim(
        'bg:accordingTo "some body" ; bg:lossOf "no body" ; bg:anchor anchor:848-866 , "x y" ; '
        'bg:citesReference "1 2" ; bg:certainty "sure" ; bg:incompatibleWith "x y" ; '
        'bg:mayOverlapWith "x y" ; bg:inEvent "an event" .'
        'claim:both a bg:DateClaim , bg:Claim ; bg:accordingTo "a b" , viewpoint:azerbaijan ; bg:whenLexical "then" ; '
        'bg:inArticle article:battle-of-hadrut ; rdf:subject event:battle-of-hadrut ; bg:earliestDate "2020-10-07" ; '
        'rdf:predicate sem:hasTimeStamp ; bg:citesReference "1 2" , reference:8'
    ),
    "nodes without names": _claim(
        'bg:accordingTo [ rdfs:label "x" ] ; bg:lossOf [] ; bg:lossType [] ; bg:anchor [] ; bg:citesReference []'
    ),
    "addresses that run": _claim(
        "bg:accordingTo <javascript:alert(1)> ; bg:anchor anchor:848-866 ; bg:lossOf <data:text/html,x> ; "
        "bg:citesReference <vbscript:x> . place:hadrut rdfs:seeAlso <javascript:alert(1)> , <JAVASCRIPT:alert(2)>"
    ),
    "a dataset that lies": f"""
    }} graph:dataset {{ <{specimen.BASE}dataset> a void:Dataset ; dcterms:modified "<b>" , "2020-W01-1" , "not a date" ;
      dcterms:license <javascript:alert(1)> , "by" ; owl:versionInfo "</title><b>" ; dcterms:title "<t>" .
    }} graph:ontology {{ <{specimen.BASE}ontology> dcterms:license <javascript:alert(1)> .
    """,
    "dates that are none": "".join(
        _event(number, f'; sem:hasBeginTimeStamp "{day}"^^xsd:date ; sem:hasEndTimeStamp "2020-10-09"^^xsd:date')
        for number, day in enumerate(("2020-W01-1", "2020-13-45", "2020-02-30", "", "20201007", "999999999-01-01"))
    ),
    "a circle of events": "".join(_event(n, f"; bg:before event:e{(n + 1) % 3} , event:e{n}") for n in range(3)),
    "a language that is none": "article:battle-of-hadrut dcterms:language <http://x/%22onload=1> .",
    "control characters": _named("a\x00\x01\x0b\x1f\x7f\x85\ufdd0\uffff\U0001fffe b"),
    "markup": _named("</script></title><script>alert(1)</script><b onclick=x>&amp;'\""),
    "formulas": _named("=HYPERLINK(1)") + _claim('bg:accordingTo viewpoint:azerbaijan ; bg:hedge "@x" , "+1 x"'),
    "blanks": _named(" \t\n") + _anchor("blank", 10, 20).replace('"x"', '" "'),
    "claims of two voices": _claim("bg:accordingTo viewpoint:turkey , viewpoint:azerbaijan ; bg:place place:hadrut"),
    "names that turn round": _named("\u202e\u2066abc"),
    "letters in IRIs": f"""<{specimen.BASE}id/place/Հադրութ> a bg:Place ; rdfs:label "odd"@en .
    claim:presence bg:place <{specimen.BASE}id/place/Հադրութ> .""",
    "many names": " ".join(
        f'place:hadrut skos:altLabel "alt {n}"@en ; rdfs:seeAlso <http://e.example/{n}> .' for n in range(300)
    ),
}
"""Statements added to the graph of entities; some have other graphs after it."""


def _client(folder: Path, data: str) -> FlaskClient:
    file = folder / "hostile.trig"
    file.write_text(f"{specimen.FILE.read_text()}\ngraph:entities {{ {data} }}\n")
    return specimen.make_client(file)


@pytest.fixture(scope="module", params=DATA)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of an app that serves hostile data."""
    return _client(tmp_path_factory.mktemp("hostile"), DATA[request.param])


def test_every_kind_of_page_answers_and_is_valid(client: FlaskClient) -> None:
    """None fails, and in none has an odd value become an attribute that HTML does not know, or a link that runs."""
    for address in (*pages(client.application), *OTHERS):
        response = client.get(address, headers={"Accept": "text/html, */*;q=0.5"})
        assert response.status_code in {200, 404, 503}, address
        for name, value in response.headers:
            assert value.isascii(), (address, name)
        if response.mimetype == "text/html":
            assert list(_flaws(response.text)) == [], address
        elif "xml" in (response.mimetype or ""):
            ET.fromstring(response.data)  # noqa: S314  our own
        elif "json" in (response.mimetype or ""):
            json.loads(response.data)
        elif response.mimetype == "text/csv":
            rows = list(csv.reader(io.StringIO(response.text, newline="")))
            assert len({len(row) for row in rows}) == 1, address
            assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))] == [], address


def _flaws(page: str) -> Iterator[object]:
    yield from re.findall(FORBIDDEN, page)
    elements = Elements(page).found
    ids = Counter(attributes["id"] for _, attributes in elements if "id" in attributes)
    yield from re.findall(r"<(?:a|h[1-6]|title)(?=[ >])[^>]*>\s*</[^>]*>", page)
    yield from (found for found, count in ids.items() if count > 1 or not found or re.search(r"\s", found))
    for tag, attributes in elements:
        for name, value in attributes.items():
            if name.startswith("on") or name == "style" or not re.fullmatch(FORMS.get(name, "(?s).*"), value):
                yield tag, name, value
            if name == "href" and value.startswith("#") and len(value) > 1 and value[1:] not in ids:
                yield "leads nowhere", value


def test_words_beyond_the_text_count_for_nothing(tmp_path: Path) -> None:
    """What a page says of how much is stated is the same with and without them, and as cheap to know."""
    honest = specimen.make_client().get(f"/article/{ARTICLE}", headers={"Accept": "text/html"}).text
    client = _client(tmp_path, DATA["anchors beyond the text, reversed, empty"])
    begun = time.perf_counter()
    hostile = client.get(f"/article/{ARTICLE}", headers={"Accept": "text/html"}).text
    assert time.perf_counter() - begun < 5
    assert re.findall(r'id="words-[^"]+"', hostile) == re.findall(r'id="words-[^"]+"', honest)
    extent = r"(?s)id=\"absent\".*?</p>"
    assert re.search(extent, hostile) is not None
    assert re.search(extent, hostile)[0] == re.search(extent, honest)[0]  # type: ignore[index]  # there, see above


def test_statements_from_the_same_words_are_one_note(tmp_path: Path) -> None:
    """Two anchors at the same words, two claims, one note that has both."""
    client = _client(tmp_path, DATA["anchors at the same words"])
    page = client.get(f"/article/{ARTICLE}", headers={"Accept": "text/html"})
    note = re.search(r'(?s)<li[^>]* id="words-10-20">.*?</ul>', page.text)
    assert note is not None
    assert "of-one" in note[0]
    assert "of-two" in note[0]


def test_a_long_chain_of_undated_events_finds_its_place(tmp_path: Path) -> None:
    """A thousand events, each only said to be before the next, stand before the dated one, in their order."""
    length = 1100
    chain = "".join(_event(n, f"; bg:before event:e{n + 1}") for n in range(1, length))
    data = chain + _event(length, '; sem:hasTimeStamp "2020-10-10"^^xsd:date')
    client = _client(tmp_path, data)
    begun = time.perf_counter()
    page = client.get(f"/timeline/{ARTICLE}")
    assert time.perf_counter() - begun < 10
    found = [int(number) for number in re.findall(r'class="what"><a href="/page/event/e(\d+)', page.text)]
    places = {number: place for place, number in reversed(list(enumerate(found)))}
    assert sorted(places, key=places.__getitem__) == list(range(1, length + 1))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *((text, f"'{text}") for text in ("=1+1", "+killed", "-1-1", "@x", "\t=1", "\r=1")),
        *((text, text) for text in ("-5", "+1.5", "-0490-09-12", "14 T-72s", "", "'=1", "http://e.example/=1")),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """Text that a spreadsheet would run has an apostrophe before it; numbers, dates and IRIs have none."""
    assert guard(text) == cell


def test_long_lists_are_capped_and_told_where_they_are_whole(tmp_path: Path) -> None:
    """Names, outside descriptions and claims: so many of so many, and a link to all."""
    many = "".join(
        f'claim:m{n} a bg:Claim ; rdfs:label "m{n}"@en ; bg:inArticle article:battle-of-hadrut ; '
        f"bg:accordingTo viewpoint:azerbaijan ; bg:place place:hadrut ; bg:anchor anchor:848-866 . "
        for n in range(1500)
    )
    client = _client(tmp_path, DATA["many names"] + many)
    page = client.get("/page/place/hadrut").text
    assert len(re.findall(r">alt \d+<", page)) <= 60
    assert page.count("http://e.example/") < 200
    assert "all=skos:altLabel" in page
    assert "all=rdfs:seeAlso" in page
    compared = client.get(f"/viewpoints/{ARTICLE}", headers={"Accept": "text/html"}).text
    assert compared.count('class="saying"') < 900
    assert re.search(r"200 of 1[,.\d]*5\d\d shown", compared)
