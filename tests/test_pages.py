"""The page of a thing tells what is said of it, by whom, in which words, before it shows any table."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask import Flask
from flask.testing import FlaskClient

from graph.store import Dataset
from server.terms.anchors import IN_ARTICLE
from server.terms.labels import Shown
from server.terms.values import name_count, name_duration, name_point, show_day, show_literal
from server.things.crosslinks import authority_of
from server.things.headings import word_inverse
from server.things.listings import Leaf, Listing, choose_leaf, read_listing
from server.things.related import MOST_READ

BG = "https://w3id.org/battlegraph/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
HADRUT = "/page/claim/battle-of-hadrut/"
HOSTILE = "<img src=x onerror=alert(1)>\\\"'{{7*7}}"


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture
def app() -> Iterator[Flask]:
    """Return an app within a request, for what is said in the words of a page."""
    app = specimen.make_app()
    with app.test_request_context("/"):
        yield app


class Outline(HTMLParser):
    """The headings and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a heading or an id."""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value or "" for name, value in attrs if name == "id"]


def plain(text: str) -> str:
    """Return the words of a page's main part, without tags and the glossary, each space once."""
    main = re.sub(r"<details.*?</details>", "", main_part(text), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", main))


def main_part(text: str) -> str:
    """Return the main part of a page."""
    return re.split(r'<main id="main"[^>]*>', text)[1].partition("</main>")[0]


def section(text: str, heading: str) -> str:
    """Return a page's words from the heading with this id to the next one of its rank."""
    found = re.search(rf'<h2 id="{heading}">.*?(?=<h2|<aside|</article>)', text, re.DOTALL)
    return found[0] if found else ""


def rows(text: str, heading: str) -> list[str]:
    """Return the rows of the table under the heading with this id."""
    return re.findall(r'<div class="row">.*?</dd>\s*</div>', section(text, heading), re.DOTALL)


def quads_of(*lines: str) -> str:
    """Return N-Quads whose IRIs are written `id/…`, `graph/…` or `bg:…`."""
    text = "\n".join(lines) + "\n"
    return re.sub(r"<((?:id|graph)/[^>]*)>", rf"<{specimen.BASE}\1>", re.sub(r"<bg:([^>]*)>", rf"<{BG}\1>", text))


# The whole of the dataset


def test_every_page_is_whole_and_well_made(client: FlaskClient, dataset: Dataset) -> None:
    """One h1, headings that skip no rank, ids that are unique, no raw blank node, and less than 60 kB on the wire."""
    head = f"{dataset.base}id/"
    subjects = {
        quad.subject.value.partition("#")[0]
        for quad in dataset.store.quads_for_pattern(None, None, None)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(head)
    }
    names = sorted(iri.removeprefix(head) for iri in subjects)
    anchors = [name for name in names if name.startswith("anchor/")]
    chosen = [name for name in names if not name.startswith("anchor/")] + anchors[:20]
    assert len({name.partition("/")[0] for name in chosen}) > 15
    for name in chosen:
        response = client.get(f"/page/{name}")
        assert response.status_code == 200, name
        outline = Outline(response.text)
        assert outline.headings.count(1) == 1, name
        assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False)), name
        assert len(outline.ids) == len(set(outline.ids)), name
        assert "_:" not in plain(response.text), name
        assert len(gzip.compress(response.data)) < 60_000, name


def test_a_page_names_terms_by_their_labels(client: FlaskClient) -> None:
    """No link of ours shows a bare IRI where there is a label."""
    for path in ("/page/place/hadrut", "/page/reference/battle-of-hadrut/1", f"{HADRUT}result"):
        text = client.get(path).text
        shown = re.findall(r'<a href="/[^"]*"[^>]*>(https?://[^<]*)</a>', text)
        assert not shown


# Claims


def test_a_claim_is_told_before_any_table(client: FlaskClient) -> None:
    """Who says it, the exact words with the way to them, how surely, on what source."""
    text = main_part(client.get(f"{HADRUT}valley-presence-per-third-party").text)
    order = [
        "<h1>",
        "According to",
        '/page/viewpoint/battle-of-hadrut/third-party"',
        "<blockquote>",
        ">in the article</a>",
        "How surely",
        "/ontology#Attributed",
        "Put forward by a voice",
        "/page/reference/battle-of-hadrut/8",
        'id="figures"',
        "/viewpoints/battle-of-hadrut#claim-valley-presence-per-third-party",
        'id="further"',
        'id="document"',
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert re.search(r'<a href="/article/battle-of-hadrut\?words=\d+-\d+#anchor-\d+-\d+">in the article</a>', text)


def test_a_hedge_and_a_doubt_are_said(client: FlaskClient) -> None:
    """In the article's word, and in the words of whoever doubts."""
    assert "Hedged by the word likely" in plain(client.get(f"{HADRUT}reference-8-likely-hold-next-valley").text)
    assert "Doubt: The title presupposes" in plain(client.get("/page/reference/battle-of-hadrut/6").text)


def test_the_words_of_a_title_name_whom_it_reports(client: FlaskClient) -> None:
    """The title's own voice stays the claimant."""
    words = plain(client.get(f"{HADRUT}reference-3-soldiers-killed").text)
    assert "According to Title of reference 3 (Battle of Hadrut), reporting Azerbaijan" in words
    assert "Number in the title 2,783, in the words “2,783 soldiers killed”" in words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("opposing-loss-t-72-per-azerbaijan", "How many 14 "),
        ("opposing-loss-servicemen-per-azerbaijan", "How many at least 38 "),
        ("opposing-loss-su-25-per-azerbaijan", "How many 1; the number is implied, not stated "),
        ("hadrut-taken-per-third-party", "On one of these days 14 October 2020 15 October 2020 "),
        ("valley-presence-per-third-party", "When 30 October 2020 "),
    ],
)
def test_figures_are_told_in_words(client: FlaskClient, name: str, said: str) -> None:
    """Never as a least and a greatest number, and what goes without saying is not said."""
    words = plain(client.get(HADRUT + name).text)
    assert said in words
    assert not re.search(r"(?i)count stated|minimum count|maximum count", words)


def test_a_loss_is_shown_under_the_headings_of_its_list(client: FlaskClient) -> None:
    """They carry the attribution and the mark of the source; how the list was read is told with each of its claims."""
    text = client.get(f"{HADRUT}opposing-loss-t-72-per-azerbaijan").text
    chain = text[text.index('<ol class="under"') :].partition("</ol>")[0]
    words = re.findall(r'<a href="/article/battle-of-hadrut\?words=\d+-\d+#anchor-\d+-\d+">([^<]*)</a>', chain)
    assert words == ["Casualties and losses", "Per Azerbaijan:[4]", "Units:", "14 T-72s destroyed"]
    assert "The mark of the reference stands at the heading of the list." in plain(text)
    assert "The columns are lost." in section(text, "notes")
    own_mark = plain(client.get(f"{HADRUT}armenian-civilians-killed-per-artsakh").text)
    assert "stands at the heading" not in own_mark
    whole = client.get("/page/loss-list/battle-of-hadrut/opposing-per-azerbaijan").text
    assert "The columns are lost." in section(whole, "notes")


def test_a_source_is_more_than_a_number(client: FlaskClient) -> None:
    """Who wrote what, and when; a blank entry is said to be blank once."""
    tweet = plain(client.get(f"{HADRUT}valley-presence-per-third-party").text)
    assert re.search(r"Source ?Reference 8: O&#39;Farrel, Ryan, Footage of .*…, 30 October 2020", tweet)
    blank = client.get(f"{HADRUT}opposing-loss-t-72-per-azerbaijan").text
    assert "Reference 4: the copy shows only its number" in plain(blank)
    assert "reference blank" not in main_part(blank).partition('class="glossary"')[0]


def test_every_claim_leads_to_its_place_among_the_others(client: FlaskClient, dataset: Dataset) -> None:
    """To its row beside the other viewpoints and, where it says when, to the timeline."""
    viewpoints, timeline = (client.get(f"/{x}/battle-of-hadrut").text for x in ("viewpoints", "timeline"))
    article = ox.NamedNode(f"{dataset.base}id/article/battle-of-hadrut")
    names = [
        quad.subject.value.removeprefix(f"{dataset.base}id/")
        for quad in dataset.store.quads_for_pattern(None, IN_ARTICLE, article, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and "/id/claim/" in quad.subject.value
    ]
    assert len(names) > 50
    for name in names:
        text = client.get(f"/page/{name}").text
        row = re.search(r'href="/viewpoints/battle-of-hadrut#([^"]+)"', text)
        assert row, name
        assert f'id="{row[1]}"' in viewpoints, name
        if 'href="/timeline/battle-of-hadrut">On the timeline' in text:
            assert f'href="/page/{name}"' in timeline, name


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("azerbaijan-loss-per-artsakh", "stated as unspecified"),
        ("opposing-loss-per-artsakh", "missing from the copy"),
    ],
)
def test_blank_is_not_zero(client: FlaskClient, name: str, status: str) -> None:
    """What is unspecified or lost is said to be so, and gets no number."""
    text = client.get(HADRUT + name).text
    assert re.search(rf'<strong class="status"><a [^>]*>{status}</a></strong><p class="meaning">\w', text)
    assert "How many" not in text


def test_rival_and_overlapping_claims_are_warned_of(client: FlaskClient) -> None:
    """With the way to each and who makes it; they are not repeated as mentions."""
    rival = client.get(f"{HADRUT}presence-in-hadrut-per-azerbaijan").text
    found = re.search(r'<div class="caution">.*?</div>', rival, re.DOTALL)
    assert found
    # Both may be true: that one rules the other out is our reading.
    assert "Read here as a rival of the following; whether both could hold is left open" in found[0]
    assert f'href="{HADRUT}presence-in-hadrut-per-opposing-party"' in found[0]
    assert "/page/viewpoint/battle-of-hadrut/opposing" in found[0]
    assert 'id="mentioned"' not in rival
    overlap = client.get(f"{HADRUT}opposing-loss-zsu-23-4-shilka-per-azerbaijan").text
    assert "must not be added" in overlap


# What is said about a thing


def test_what_is_said_is_grouped_by_viewpoint(client: FlaskClient, dataset: Dataset) -> None:
    """Every claim that mentions the thing, with words, certainty and source; none is repeated below."""
    text = client.get("/page/place/hadrut").text
    said = section(text, "mentioned")
    thing = ox.NamedNode(f"{dataset.base}id/place/hadrut")
    claims = {
        quad.subject.value.removeprefix(f"{dataset.base}id/")
        for quad in dataset.store.quads_for_pattern(None, None, thing, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and "/id/claim/" in quad.subject.value
    }
    assert len(claims) > 10
    for claim in claims:
        assert f'href="/page/{claim}"' in said
        assert f'href="/page/{claim}"' not in section(text, "inverse")
        assert f'id="{claim.replace("/", "-")}"' in said
    headings = re.findall(r"<h3[^>]*><a [^>]*>([^<]*)</a> <span class=\"count\">(\d+)", said)
    assert [name for name, _ in headings] == sorted(name for name, _ in headings)
    assert sum(int(count) for _, count in headings) == len(claims)
    assert said.count('class="standing"') == len(claims)
    assert said.count("<q class") >= len(claims)


def test_a_viewpoints_claims_are_grouped_by_kind(client: FlaskClient) -> None:
    """What it is said to assert; whose mention it is told apart."""
    text = client.get("/page/viewpoint/azerbaijan").text
    assert "What this viewpoint is said to assert" in text
    assert re.findall(r"<h3 id=\"asserted-\d\"><a href=\"/ontology#(\w+)\"", text) == ["ControlClaim", "LossClaim"]
    assert "reference-3-soldiers-killed" in section(text, "mentioned")
    assert 'href="/ontology#accordingTo"' not in section(text, "inverse")


def test_what_points_here_has_plain_headings_and_counts(client: FlaskClient) -> None:
    """Each leads to the property's definition."""
    inverse = section(client.get("/page/event/battle-of-hadrut").text, "inverse")
    assert re.search(r'<a href="/ontology#sideOf" title="[^"]+">Sides</a> <span class="count">2</span>', inverse)
    # The event's own statements name its sub-events already.
    assert "Events within it" not in inverse
    assert "exampleResource" not in inverse
    article = plain(client.get("/page/article/battle-of-hadrut").text)
    assert "Claims read in it 81 " in article
    assert "References it lists 8 " in article


def test_the_checks_and_the_datasets_own_nodes_are_not_shown() -> None:
    """A validation result points at a claim; its page is about what the article says."""
    text = specimen.make_client().get("/page/claim/battle-of-hadrut/presence").text
    assert "graph/report" not in text
    assert "focusNode" not in text


# Direct statements


def test_the_origin_of_a_statement_is_told(client: FlaskClient) -> None:
    """A rule with the claim it restates, or an outside source with its evidence; nothing where the article says it."""
    text = client.get("/page/place/hadrut").text
    seat = next(row for row in rows(text, "stated") if "#seatOf" in row)
    assert "says in its own voice is stated where no rival claim is recorded" in seat
    assert f'href="{HADRUT}hadrut-seat-of-khojavend-district"' in seat
    geometry = next(row for row in rows(text, "outside") if "hasGeometry" in row)
    assert "from outside the article" in geometry
    assert "Evidence: Who&#39;s On First" in geometry
    event = plain(client.get("/page/event/battle-of-hadrut").text)
    assert "computed by rule: The span of the stated phases, from the first day of the first" in event
    phase = plain(client.get("/page/event/battle-of-hadrut/urban-warfare").text)
    assert "computed" not in phase


def test_what_is_computed_is_not_said_to_be_said(client: FlaskClient) -> None:
    """The span of a battle stands apart, with what is claimed of its beginning."""
    text = client.get("/page/event/battle-of-hadrut").text
    begins, ends = rows(text, "computed")
    assert "Computed here, said by nobody" in text
    assert "7 October 2020" in begins
    assert f'href="{HADRUT}battle-begin"' in begins
    assert "30 October 2020" in ends
    assert "What is claimed of it" not in ends
    said = section(text, "stated")
    assert "No rival claim is recorded here." in said
    assert "hasBeginTimeStamp" not in said
    assert "Azerbaijani victory" in said
    # How we file it is not said by the article either.
    assert "rdf-syntax-ns#type" not in said


def test_the_words_of_the_text_come_before_the_names_of_properties(client: FlaskClient) -> None:
    """A word that is no date does not pass for one, and an exact number is not called the smallest."""
    province = plain(client.get(f"{HADRUT}hadrut-part-of-hadrut-province").text)
    assert "was part of Hadrut Province All that the words say of when “was”" in province
    assert "formerly located in" not in province.partition("Further statements")[0]
    exact = client.get(f"{HADRUT}opposing-loss-t-72-per-azerbaijan").text
    assert 'title="The number that the claim gives."' in exact
    assert 'title="Smallest number' in client.get(f"{HADRUT}opposing-loss-servicemen-per-azerbaijan").text


def test_dates_are_readable_and_exact(client: FlaskClient) -> None:
    """For people and for programs."""
    text = client.get("/page/event/battle-of-hadrut").text
    assert '<time datetime="2020-10-07">7 October 2020</time>' in text


def test_the_events_before_and_after_are_linked(client: FlaskClient) -> None:
    """Where the article says so, or numbers its phases."""
    urban = client.get("/page/event/battle-of-hadrut/urban-warfare").text
    assert 'href="/page/event/battle-of-hadrut/rural-and-mountainous-warfare" rel="next"' in urban
    assert 'rel="prev"' not in urban
    advance = client.get("/page/event/battle-of-hadrut/advance-north").text
    assert 'href="/page/event/battle-of-hadrut/capture-of-jabrayil" rel="prev"' in advance


def test_identity_links_show_their_evidence(client: FlaskClient) -> None:
    """Which register, which entry, what relation, how sure, on what evidence."""
    table = section(client.get("/page/place/khojavend-district").text, "elsewhere")
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]
    # What nothing speaks against comes first.
    assert ["GeoNames" in rows[0], "Wikidata" in rows[1]] == [True, True]
    assert '<a href="http://www.wikidata.org/entity/Q330813">Q330813</a>' in rows[1]
    assert 'class="contradicted"' in rows[1]
    assert re.search(r'<strong class="status"><a href="/ontology#Contradicted">contradicted</a></strong>', rows[1])
    assert "nearly the same" in rows[1]
    assert "it may be the town" in rows[1]
    shilka = plain(client.get("/page/equipment/zsu-23-4-shilka").text)
    assert "something wider unconfirmed" in shilka


def test_an_identity_without_a_statement_about_it_is_shown_too() -> None:
    """With no confidence and no evidence, and that is said."""
    table = section(specimen.make_client().get("/page/place/hadrut").text, "elsewhere")
    assert "Q157919" in table
    assert "none stated" in table


# Kinds of things that are told in words


def test_an_anchor_leads_to_its_words(client: FlaskClient) -> None:
    """The words among their neighbours, the way to them, and what is read from them."""
    text = client.get("/page/anchor/battle-of-hadrut/a6186f69/848-866").text
    assert "<mark>14 T-72s destroyed</mark>" in text
    assert 'href="/article/battle-of-hadrut?words=848-866#anchor-848-866">Read these words' in text
    assert "opposing-loss-t-72-per-azerbaijan" in section(text, "mentioned")
    assert "Characters 848 to 866" in plain(text)


def test_a_reference_reads_like_a_bibliography(client: FlaskClient) -> None:
    """Author, title with its translation, site, dates; then what is missing."""
    eighth = plain(client.get("/page/reference/battle-of-hadrut/8").text)
    assert "8. O&#39;Farrel, Ryan [@ryanmofarrell] Footage of Azerbaijani troops" in eighth
    assert "as well. 30 October 2020. Retrieved 30 October 2020. Via Twitter." in eighth
    assert "Missing from the copy: URL of reference 8" in eighth
    first = client.get("/page/reference/battle-of-hadrut/1").text
    assert re.search(r'<cite lang="hy">', first)
    assert "[Armenian national hero" in plain(first)
    assert "In Armenian." in plain(first)
    assert "carries no mark for it" in plain(first)
    blank = plain(client.get("/page/reference/battle-of-hadrut/4").text)
    assert "The copy shows only the number 4. What it cited cannot be told from this copy." in blank


def test_a_gap_says_what_is_missing_and_where(client: FlaskClient) -> None:
    """In a sentence, with the way to both."""
    text = client.get("/page/gap/battle-of-hadrut/second-belligerent").text
    said = r"The copy shows the words “Belligerents( / Azerbaijan)?”, and with them no value for Opposing side"
    assert re.search(said, plain(text))
    assert "Whether the article had something there cannot be told from this copy." in plain(text)
    assert 'href="/ontology#LostInSource"' in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("location", "The copy shows the words “Location”, and with them no value for Battle of Hadrut."),
        ("reference-1-url", "No URL is printed with this entry: Reference 1."),
        ("reference-4", "The copy shows only the number of this entry: Reference 4 (blank)."),
    ],
)
def test_a_gap_claims_no_more_than_the_copy_shows(client: FlaskClient, name: str, said: str) -> None:
    """A URL was never a field of the page, and what is not there need not have been lost."""
    words = plain(client.get(f"/page/gap/battle-of-hadrut/{name}").text)
    assert said in words
    assert "cannot be told from this copy" in words
    assert "was lost" not in words


def test_an_outside_statement_is_told_in_words(client: FlaskClient) -> None:
    """Of what, and what of it."""
    words = plain(client.get("/page/link/hadrut-wikidata").text)
    assert re.search(r"What it says Of what Hadrut .*exact match", words)


# Names and languages


def test_names_follow_the_reader(client: FlaskClient) -> None:
    """The label in the reader's language is the title, the others stand beside it; a lack is said."""
    text = client.get("/page/event/battle-of-hadrut?lang=hy").text
    assert '<h1 lang="hy">' in text
    assert "Battle of Hadrut</span>" in text
    assert "No name in this language" not in text
    # The outside name counts as one, and says where it comes from.
    town = client.get("/page/place/hadrut?lang=hy").text
    assert "No name in this language" not in town
    assert '<h1 lang="hy">' in town
    assert re.search(r'<a href="/page/link/hadrut-name-hy[^>]*>The name comes from outside the article</a>', town)
    assert "Hadrut</span>" in town
    english = client.get("/page/place/hadrut").text
    assert "<h1>Hadrut</h1>" in english
    assert re.search(r'<small class="tag">hy</small> <small class="hint"><a href="/page/link/hadrut-name-hy', english)
    assert "No name in this language: azərbaycanca" in plain(client.get("/page/place/hadrut?lang=az").text)
    assert "No name in this language" not in client.get("/page/place/hadrut").text


# The page's own particulars


def test_a_page_ends_with_its_own_particulars(client: FlaskClient) -> None:
    """Formats come after the content; the command for this server works at the name it was reached by."""
    text = client.get("/page/place/hadrut", headers={"Host": "example.org:8080"}).text
    assert text.count('<nav class="formats"') == 1
    about = section(text, "document") or text[text.index('id="document"') :]
    assert 'href="/data/place/hadrut.ttl" type="text/turtle"' in about
    assert "http://example.org:8080/id/place/hadrut" in about
    assert "https://w3id.org/battlegraph/id/place/hadrut" in about
    assert re.search(r'href="/sparql\?query=[^"]+" rel="nofollow"', about)
    report = re.search(r'href="(/about\?statement=[^"]+)" rel="nofollow"', about)
    assert report
    assert "id/place/hadrut" in plain(client.get(html.unescape(report[1])).text)
    assert 'href="/graph/entities"' in about
    # Shown by the script, useless without.
    assert re.search(r'<button [^>]*data-copy="iri"[^>]* hidden>', text)


@pytest.mark.parametrize("family", ["id", "page", "data"])
@pytest.mark.parametrize(
    ("query", "kept"), [("", ""), ("?format=ttl&lang=hy", "?format=ttl&lang=hy"), ("?x=%C3%BC%0A", "?x=%C3%BC%0A")]
)
def test_a_slash_too_many_is_taken_off(client: FlaskClient, family: str, query: str, kept: str) -> None:
    """308, to a path, query and all."""
    response = client.get(f"/{family}/place/hadrut/{query}", headers={"Host": "evil.example"})
    assert response.status_code == 308
    assert response.headers["Location"] == f"/{family}/place/hadrut{kept}"
    assert client.get(f"/{family}/place/hadrut//").headers["Location"] == f"/{family}/place/hadrut"
    assert client.get(f"/{family}//").status_code == 404


# Long lists


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a dataset in which one place has more of everything than a page shows."""
    lines = ['<id/viewpoint/x> <http://www.w3.org/2000/01/rdf-schema#label> "Ex"@en <graph/entities> .']
    for n in range(120):
        lines += [
            f"<id/event/e-{n}> <bg:place> <id/place/hub> <graph/entities> .",
            f"<id/place/hub> <bg:member> <id/place/p-{n}> <graph/entities> .",
            f"<id/claim/a/c-{n}> <bg:accordingTo> <id/viewpoint/x> <graph/viewpoint/x> .",
            f"<id/claim/a/c-{n}> <bg:holder> <id/place/hub> <graph/viewpoint/x> .",
            f"<id/claim/a/c-{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <bg:ControlClaim> <graph/x> .",
        ]
    file = tmp_path_factory.mktemp("crowded") / "crowded.nq"
    file.write_text(quads_of(*lines))
    return specimen.make_client(file)


@pytest.mark.parametrize(
    ("path", "query", "first", "last"),
    [
        ("place/hub", "all=%5Ebg:place", "event/e-0", "event/e-119"),
        ("place/hub", "all=bg:member", "place/p-0", "place/p-119"),
        ("place/hub", f"all=claims&amp;only={specimen.BASE}id/viewpoint/x", "claim/a/c-0", "claim/a/c-119"),
        ("viewpoint/x", "all=claims&amp;only=bg:ControlClaim", "claim/a/c-0", "claim/a/c-119"),
    ],
)
def test_a_long_list_is_capped_and_shown_whole_elsewhere(
    crowded: FlaskClient, path: str, query: str, first: str, last: str
) -> None:
    """Fifty and the number of all on the page; all of them on pages of their own, numbers by their value."""
    text = crowded.get(f"/page/{path}").text
    assert "50 of 120 shown" in text
    assert f'href="/page/{path}?{query}"' in text
    assert f">{last}<" not in text
    address = f"/page/{path}?{query.replace('&amp;', '&')}"
    seen: list[str] = []
    while address:
        response = crowded.get(address)
        seen += re.findall(r'<li>\s*(?:<p class="said">\s*)?<a href="/page/([^"]*)"', response.text)
        found = re.search(r'<a href="([^"]*)" rel="next"', response.text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 120
    assert (seen[0], seen[-1]) == (first, last)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("all=%5Ebg:place&page=2", "Page 2 of 3"),
        ("all=%5Ebg:place&page=99", "Page 3 of 3"),
        ("all=%5Ebg:place&page=0", "Page 1 of 3"),
        ("all=%5Ebg:place&page=-1", "Page 1 of 3"),
        ("all=%5Ebg:place&page=9999999999999", "Page 1 of 3"),
        ("all=%5Ebg:place&page=%D9%A3", "Page 1 of 3"),
        (f"all=%5E{BG.replace('#', '%23')}place", "Page 1 of 3"),
        # Lists that are not there: the page itself.
        ("all=bg:nothing", "About this document"),
        ("all=nothing", "About this document"),
        ("all=%5E", "About this document"),
        ("all=http://[", "About this document"),
        ("all=%5Ebg:place&only=%3Cscript%3E", "Page 1 of 3"),
        ("all=claims&only=bg:Gap", "About this document"),
        ("page=2", "About this document"),
    ],
)
def test_odd_values_get_a_sane_page(crowded: FlaskClient, query: str, shown: str) -> None:
    """Never a failure, whatever the address asks for."""
    response = crowded.get(f"/page/place/hub?{query}")
    assert response.status_code == 200
    assert shown in response.text


def test_pages_of_a_list_have_canonical_addresses_and_the_readers_language(crowded: FlaskClient) -> None:
    """A list's page is a document of its own, and its links keep the language."""
    text = crowded.get("/page/place/hub?all=%5Ebg:place&page=2&lang=hy").text
    assert f'rel="canonical" href="{specimen.BASE}page/place/hub?all=%5Ebg:place&amp;page=2"' in text
    assert 'href="/page/place/hub?all=%5Ebg:place&amp;page=3&amp;lang=hy" rel="next"' in text


def test_a_thing_that_everything_points_at_is_read_in_part(tmp_path: Path) -> None:
    """And the page says so, instead of a wrong number."""
    file = tmp_path / "hub.nq"
    lines = (f"<id/event/e-{n}> <bg:place> <id/place/hub> <graph/x> ." for n in range(MOST_READ + 1))
    file.write_text(quads_of(*lines))
    client = specimen.make_client(file)
    text = client.get("/page/place/hub").text
    assert "a part of it" in text
    assert f'<span class="count">{MOST_READ}+</span>' in text
    assert "a part of it" in client.get("/page/place/hub?all=%5Ebg:place").text
    assert "a part of it" not in client.get("/page/event/e-1").text


# Hostile data


def test_markup_in_every_part_of_the_data_is_text(tmp_path: Path) -> None:
    """Labels, words, notes and evidence are never HTML; what a browser should not follow is no link."""
    label, kind = "<http://www.w3.org/2000/01/rdf-schema#label>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    bad = f'"{HOSTILE}"'
    file = tmp_path / "hostile.nq"
    file.write_text(
        quads_of(
            *(f"<id/{x}> {label} {bad}@en <graph/g> ." for x in ("place/x", "viewpoint/x", "claim/a/x", "link/x")),
            f"<id/place/x> <http://www.w3.org/2004/02/skos/core#altLabel> {bad}@x-bad <graph/crosslinks> .",
            f"<id/place/x> <bg:statusDescription> {bad} <graph/derived> .",
            "<id/place/x> <bg:member> _:blank <graph/g> .",
            "<id/place/x> <http://www.w3.org/2004/02/skos/core#exactMatch> <javascript:alert(1)> <graph/g> .",
            f"<id/claim/a/x> {kind} <bg:Claim> <graph/g> .",
            "<id/claim/a/x> <bg:accordingTo> <id/viewpoint/x> <graph/g> .",
            "<id/claim/a/x> <bg:place> <id/place/x> <graph/g> .",
            "<id/claim/a/x> <bg:incompatibleWith> <id/claim/a/x> <graph/g> .",
            *(f"<id/claim/a/x> <bg:{x}> {bad} <graph/g> ." for x in ("hedge", "doubt", "lexical", "readingNote")),
            *(f"<id/claim/a/x> <bg:{x}> {bad} <graph/g> ." for x in ("minCount", "possibleDate", "whenLexical")),
            f"<bg:Claim> <http://www.w3.org/2004/02/skos/core#definition> {bad}@en <graph/ontology> .",
            f"<id/link/x> <{rdf}subject> <id/place/x> <graph/crosslinks> .",
            f"<id/link/x> <{rdf}predicate> <http://www.w3.org/2004/02/skos/core#closeMatch> <graph/crosslinks> .",
            f"<id/link/x> <{rdf}object> <urn:x> <graph/crosslinks> .",
            f"<id/link/x> <bg:evidence> {bad} <graph/crosslinks> .",
            f"<id/reference/a/1> {kind} <bg:Reference> <graph/g> .",
            f"<id/reference/a/1> <http://purl.org/dc/terms/title> {bad}@en <graph/g> .",
            *(f"<id/reference/a/1> <bg:{x}> {bad} <graph/g> ." for x in ("authorName", "website", "platform", "doubt")),
            f"<id/gap/a/x> {kind} <bg:Gap> <graph/g> .",
            f"<id/gap/a/x> <bg:field> {bad} <graph/g> .",
        )
    )
    client = specimen.make_client(file)
    for path in ("place/x", "place/x?all=claims", "viewpoint/x", "claim/a/x", "link/x", "reference/a/1", "gap/a/x"):
        text = client.get(f"/page/{path}").text
        assert "<img" not in text, path
        assert "&lt;img" in text, path
        assert 'href="javascript' not in text, path
        assert 'href="urn' not in text, path
        assert "_:" not in plain(text), path
        assert "{{7*7}}" in text, path


# Words, one by one


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (14, 14, "14"),
        (2783, 2783, "2,783"),
        (38, None, "at least 38"),
        (None, 5, "at most 5"),
        (0, 15, "between 0 and 15"),
        (0, 0, "0"),
        (None, None, None),
    ],
)
def test_a_count_is_worded_by_its_bounds(app: Flask, least: int | None, most: int | None, words: str | None) -> None:
    """No bound is made up, and none is nothing."""
    assert app
    assert name_count(least, most) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P8D", "8 days"),
        ("P1D", "1 day"),
        ("P1Y2M", "1 year, 2 months"),
        ("PT3H", "PT3H"),
        ("", ""),
        ("P9999999999D", "P9999999999D"),
    ],
)
def test_a_duration_is_worded_where_it_is_of_whole_days(app: Flask, text: str, words: str) -> None:
    """Anything else stays as it is written."""
    assert app
    assert name_duration(text) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020-10-07", "7 October 2020"),
        ("-0489-09-12", "12 September 490 BCE"),
        ("2020-02-30", "2020-02-30"),
        ("soon", "soon"),
    ],
)
def test_a_day_that_is_none_stays_as_written(app: Flask, text: str, shown: str) -> None:
    """One before the common era is a day like any other."""
    assert app
    assert show_day(text).text == shown


@pytest.mark.parametrize(
    ("value", "datatype", "shown"),
    [
        ("true", XSD + "boolean", "yes"),
        ("0", XSD + "boolean", "no"),
        ("POINT(47.0318 39.52002)", "http://www.opengis.net/ont/geosparql#wktLiteral", "39.52002° N, 47.0318° E"),
        ("POINT(-1 -2)", "http://www.opengis.net/ont/geosparql#wktLiteral", "2.0° S, 1.0° W"),
        ("LINESTRING(1 2, 3 4)", "http://www.opengis.net/ont/geosparql#wktLiteral", "plain"),
        ("14", XSD + "integer", "plain"),
        ("x" * 5000, XSD + "string", "x" * 1200 + " …"),
    ],
)
def test_literals_are_shown_in_words(app: Flask, value: str, datatype: str, shown: str) -> None:
    """What has no words is shown plainly, and what is very long is cut."""
    assert app
    assert show_literal(ox.Literal(value, datatype=ox.NamedNode(datatype)), Shown("plain")).text == shown


def test_a_point_is_read_latitude_first(app: Flask) -> None:
    """As people write it, and unlike WKT."""
    assert app
    assert name_point(47.5, 39.25) == "39.25° N, 47.5° E"


@pytest.mark.parametrize(
    ("args", "listing"),
    [
        ({"all": "bg:place"}, Listing(BG + "place")),
        ({"all": "^bg:place"}, Listing(BG + "place", is_inverse=True)),
        ({"all": f"^{BG}place"}, Listing(BG + "place", is_inverse=True)),
        ({"all": "claims", "only": "bg:LossClaim"}, Listing("claims", only=BG + "LossClaim")),
        ({"all": "claims", "only": "nonsense"}, Listing("claims")),
        ({"all": "nonsense"}, None),
        ({"all": "foo:bar"}, None),
        ({"all": ""}, None),
        ({}, None),
    ],
)
def test_a_list_is_named_by_its_property(args: dict[str, str], listing: Listing | None) -> None:
    """By CURIE or IRI, inverse with a caret as in a SPARQL path; nonsense names nothing."""
    assert read_listing(args) == listing


@pytest.mark.parametrize(
    ("members", "page", "leaf"),
    [
        (0, "1", Leaf(1, 1, 0, 0)),
        (50, "1", Leaf(1, 1, 0, 50)),
        (51, "2", Leaf(2, 2, 50, 51)),
        (51, "3", Leaf(2, 2, 50, 51)),
        (120, "", Leaf(1, 3, 0, 50)),
        (120, "2.5", Leaf(1, 3, 0, 50)),
    ],
)
def test_a_page_of_a_list_is_always_there(members: int, page: str, leaf: Leaf) -> None:
    """The first where the text is no number, the last where it is too far."""
    assert choose_leaf(range(members), page) == leaf


@pytest.mark.parametrize(
    ("iri", "authority"),
    [
        ("http://www.wikidata.org/entity/Q157919", ("Wikidata", "Q157919")),
        ("https://sws.geonames.org/148105/", ("GeoNames", "148105")),
        ("http://dbpedia.org/resource/Hadrut_(town)", ("DBpedia", "Hadrut (town)")),
        ("https://en.wikipedia.org/wiki/Battle_of_Hadrut", ("Wikipedia", "Battle of Hadrut")),
        ("https://hy.wikipedia.org/wiki/%D5%80", ("Wikipedia", "Հ")),
        ("https://wikidata.org.evil.example/Q1", ("wikidata.org.evil.example", "Q1")),
        ("https://example.org/", ("example.org", "example.org")),
        ("urn:x:y", ("urn", "urn:x:y")),
        ("http://[bad/x", ("http", "x")),
    ],
)
def test_a_register_is_known_by_its_host(iri: str, authority: tuple[str, str]) -> None:
    """By the whole of it."""
    assert authority_of(iri) == authority


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("place", "place of"),
        ("listed in", "has this as “listed in”"),
        ("loss of", "has this as “loss of”"),
        ("ex:thing", "has this as “ex:thing”"),
    ],
)
def test_a_heading_of_what_points_here_is_english(app: Flask, label: str, heading: str) -> None:
    """A label that ends in a preposition takes no other."""
    assert app
    assert word_inverse(label) == heading
