"""The timeline: what an article says of when, drawn and told with its uncertainty, before year 1 too."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import specimen
from babel import Locale
from flask.testing import FlaskClient

from graph.store import Dataset
from server.terms.days import Span, name_day, name_month, name_short_day, name_year, number, parts, read_span
from server.terms.labels import Shown
from server.time_and_place.datings import Dating, whole_of
from server.time_and_place.entries import Entry
from server.time_and_place.timeline_plot import Plot, plot_entries

ENGLISH = Locale("en")
_PREFIXES = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix id: <https://w3id.org/battlegraph/id/> .
@prefix g: <https://w3id.org/battlegraph/graph/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_BATTLE = """
g:entities {
    <https://w3id.org/battlegraph/id/article/marathon> a bg:Article ; schema:about <urn:marathon> .
    <urn:marathon> a bg:Battle , sem:Event ; rdfs:label "Battle of Marathon"@en .
    <urn:landing> a bg:SubEvent , sem:Event ; rdfs:label "Landing"@en .
    <urn:march> a bg:SubEvent , sem:Event ; rdfs:label "March"@en .
    <urn:voice> a bg:Viewpoint ; rdfs:label "a chronicle"@en .
}
"""


def claim(name: str, says: str) -> str:
    """Write a claim of the article on Marathon."""
    return (
        f'g:voice {{ <urn:{name}> a bg:Claim , bg:DateClaim ; rdfs:label "{name}"@en ; bg:accordingTo <urn:voice> ; '
        f"bg:inArticle <https://w3id.org/battlegraph/id/article/marathon> ; {says} . }}\n"
    )


def bounds(event: str, bound: str, first: str, last: str, words: str) -> str:
    """Write what a date claim says of an event's beginning, end or time."""
    return (
        f'rdf:subject <urn:{event}> ; rdf:predicate sem:{bound} ; bg:whenLexical "{words}" ; '
        f'bg:earliestDate "{first}"^^xsd:date ; bg:latestDate "{last}"^^xsd:date'
    )


def client_of(tmp_path: Path, *claims: str, entities: str = _BATTLE) -> FlaskClient:
    """Return a client of an app that knows the article on Marathon with these claims."""
    file = tmp_path / "marathon.trig"
    file.write_text(_PREFIXES + entities + "".join(claims), "utf-8")
    return specimen.make_client(file)


def entry(**datings: Dating | bool) -> Entry:
    """Return an entry with these datings."""
    return Entry(shown=Shown("x"), kind=None, viewpoint=None, **datings)  # type: ignore[arg-type]


def plot(*entries: Entry) -> Plot:
    """Return the plot of entries that have one."""
    drawn = plot_entries(entries, ENGLISH)
    assert drawn is not None
    return drawn


@pytest.fixture(scope="module")
def hadrut(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def page(hadrut: FlaskClient) -> str:
    """Return the timeline of the project's own article."""
    answer = hadrut.get("/timeline/battle-of-hadrut?lang=en")
    assert answer.status_code == 200
    return answer.text


def item(page: str, name: str) -> str:
    """Return the item of the lists that is about the thing of this name."""
    return next(
        part for part in page.split("<li") if re.search(rf'<p class="what"><a [^>]*>{re.escape(name)}</a>', part)
    )


def words_of(html: str) -> str:
    """Return what a reader reads, on one line."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


# The calendar


@pytest.mark.parametrize("day", [-800_000, -719_529, -719_528, -719_163, -719_162, -1, 0, 11_016, 18_542, 2_932_896])
def test_a_day_is_its_number(day: int) -> None:
    """Through leap years and year 0, and back."""
    assert number(*parts(day)) == day


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020-10-07", (2020, 10, 7), (2020, 10, 7)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("1900", (1900, 1, 1), (1900, 12, 31)),
        ("-0489-09-12", (-489, 9, 12), (-489, 9, 12)),
        ("0000-02-29", (0, 2, 29), (0, 2, 29)),
        ("2020-10-07Z", (2020, 10, 7), (2020, 10, 7)),
    ],
)
def test_dates_of_every_year_are_read(written: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    """Days, months and years; year 0 is a leap year, as XSD 1.1 has it."""
    assert read_span(written) == Span(number(*first), number(*last))


@pytest.mark.parametrize("written", ["", "early October", "2021-02-29", "2020-13-01", "2020-10-00", "20-10-07"])
def test_what_is_no_date_is_none(written: str) -> None:
    """Nothing is guessed."""
    assert read_span(written) is None


def test_a_year_before_the_first_is_named_as_people_count() -> None:
    """There is no year 0 in words, and every language has its era."""
    day = number(-489, 9, 12)
    assert name_day(day, ENGLISH) == "12 September 490 BCE"
    assert name_year(0, ENGLISH) == "1 BCE"
    assert name_month(-489, 9, ENGLISH) == "September 490 BCE"
    assert name_short_day(day, ENGLISH) == "12 Sep"
    assert "490" in name_day(day, Locale("hy"))
    assert name_day(number(2020, 10, 7), Locale("az")) == "7 oktyabr 2020"


# The drawing


def test_a_day_is_a_mark_and_days_are_a_bar() -> None:
    """A mark in the middle of its day; a bar from the beginning of the first to the end of the last."""
    day, bar = Dating(10, 10), entry(begin=Dating(10, 10), end=Dating(19, 19))
    drawn = plot(entry(at=day), bar)
    (mark,) = drawn.rows[0].marks
    (span,) = drawn.rows[1].bars
    assert (mark.kind, span.kind) == ("day", "span")
    assert 0 < span.x < mark.x < span.x + span.width < 100
    assert mark.x - span.x == pytest.approx(span.width / 20, abs=0.05)


def test_alternatives_are_hollow_marks_joined() -> None:
    """One mark a day, and no bar that would say all of them."""
    (row,) = plot(entry(at=Dating(10, 11, possible=(10, 11)))).rows
    assert [mark.kind for mark in row.possible] == ["possible", "possible"]
    assert not row.bars


def test_vague_words_are_a_band_never_a_mark() -> None:
    """Bounds that somebody read from words are no days that somebody named."""
    (row,) = plot(entry(at=Dating(1, 31))).rows
    assert [bar.kind for bar in row.bars] == ["within"]
    assert not row.marks


@pytest.mark.parametrize(
    ("words", "kind"), [("early October", "early"), ("late October", "late"), ("end of May", "late")]
)
def test_early_and_late_have_no_end(words: str, kind: str) -> None:
    """They fade out well before the other end of the bounds, which does not stretch the axis either."""
    day = entry(at=Dating(10, 10))
    drawn = plot(day, entry(at=Dating(1, 31, words=(words,))))
    (bar,) = drawn.rows[1].bars
    assert bar.kind == kind
    (whole,) = plot(day, entry(at=Dating(1, 31, words=("in October",)))).rows[1].bars
    assert whole.kind == "within"
    assert drawn.rows[0].marks[0].x != plot(day, entry(at=Dating(1, 31))).rows[0].marks[0].x


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ((2020, 10, 1), (2020, 10, 31), "month"),
        ((2020, 2, 1), (2020, 2, 29), "month"),
        ((-489, 1, 1), (-489, 12, 31), "year"),
        ((2020, 10, 1), (2020, 10, 30), None),
        ((2020, 10, 1), (2020, 11, 30), None),
        ((2019, 12, 1), (2020, 12, 31), None),
    ],
)
def test_words_are_written_as_a_month_or_a_year(
    first: tuple[int, int, int], last: tuple[int, int, int], whole: str | None
) -> None:
    """Then their bounds are a manner of writing, and no days that anybody named."""
    assert whole_of(number(*first), number(*last)) == whole


def test_a_long_name_has_two_lines() -> None:
    """The row is as much higher; what does not fit in two is cut."""
    long = replace(entry(at=Dating(1, 1)), shown=Shown("The taking of villages and heights just beside the town"))
    first, second, third = plot(long, entry(at=Dating(1, 1)), replace(long, shown=Shown("word " * 99))).rows
    assert " ".join(first.label) == long.shown.text
    assert len(first.label) == len(third.label) == 2
    assert second.y - first.y == first.height > second.height
    assert third.label[-1].endswith("…")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (entry(begin=Dating(5, 5)), "opening"),
        (entry(end=Dating(5, 5)), "closing"),
        (entry(at=Dating(5, None)), "opening"),
        (entry(at=Dating(None, 5)), "closing"),
    ],
)
def test_what_has_no_end_fades_out(given: Entry, kind: str) -> None:
    """Towards the side that the data says nothing of, and stays on the sheet."""
    (row,) = plot(given).rows
    (bar,) = row.bars
    assert bar.kind == kind
    assert bar.x >= 0
    assert bar.x + bar.width <= 100


def test_an_uncertain_beginning_leaves_the_sure_middle_solid() -> None:
    """Hatched to the last day it may have begun, solid from there."""
    (row,) = plot(entry(begin=Dating(1, 5), end=Dating(20, 20))).rows
    assert {bar.kind: bar.width for bar in row.bars}.keys() == {"span", "within"}


def test_a_beginning_that_may_lie_after_the_end_has_no_sure_middle() -> None:
    """Nothing is drawn backwards."""
    (row,) = plot(entry(begin=Dating(1, 30), end=Dating(20, 20))).rows
    assert all(bar.width > 0 and bar.kind != "span" for bar in row.bars)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ((2020, 10, 1), (2020, 10, 31), "1 Oct"),
        ((2020, 10, 9), (2020, 10, 9), "9 Oct"),
        ((2020, 7, 1), (2021, 6, 30), "October 2020"),
        ((1988, 2, 1), (1994, 5, 12), "1990"),
        ((-499, 1, 1), (-448, 1, 1), "491 BCE"),
        ((-3000, 1, 1), (2020, 1, 1), "1 BCE"),
    ],
)
def test_the_axis_counts_in_what_its_length_asks_for(
    first: tuple[int, int, int], last: tuple[int, int, int], label: str
) -> None:
    """Days, months, years, millennia; never more labels than a phone can show."""
    drawn = plot(entry(at=Dating(number(*first), number(*last))))
    labels = [tick.label for tick in drawn.ticks if tick.label]
    assert label in labels
    assert 1 <= len(labels) <= 9
    assert all(-1 < tick.x < 101 for tick in drawn.ticks)


def test_without_any_day_there_is_no_plot() -> None:
    """An axis would be invented."""
    assert plot_entries([entry()], ENGLISH) is None


# The project's own article


def test_every_dated_entry_is_drawn_and_told(page: str) -> None:
    """The list is whole in itself, with the numbers of the rows."""
    rows = re.findall(r'<tspan class="number">(\d+)</tspan>', page)
    items = re.findall(r'<li id="entry-(\d+)">', page)
    assert rows == items == [str(n) for n in range(1, len(items) + 1)]
    assert len(items) >= 10


def test_alternatives_are_told_as_such(page: str) -> None:
    """14 or 15 October, by third parties, with their words."""
    told = words_of(item(page, "Taking of Hadrut"))
    assert "14 or 15 October 2020" in told
    assert "according to Third-party sources" in told
    assert "on 14 or 15 October" in told
    assert '<time datetime="2020-10-14">14</time>' in page


def test_vague_words_stay_in_front(page: str) -> None:
    """“Early October” is what is said; the month is how it was read."""
    told = words_of(next(part for part in page.split("<li id=")[1:] if "early October 2020" in part))
    assert "began: early October 2020" in told
    assert "the words name no day; written as the month" in told
    assert "31" not in told
    assert "How it was read:" in told


def test_the_span_of_the_battle_is_said_to_be_computed(page: str) -> None:
    """Nobody says that it lasted from 7 to 30 October."""
    told = words_of(item(page, "Span of the phases (computed)"))
    assert "Computed here from the dates of the phases" in told
    assert "7 to 30 October 2020" in told
    assert "according to" not in told


def test_one_happening_is_one_entry(page: str) -> None:
    """What an event's date and a claim say in the same words stands there once, with both of the statements."""
    names = re.findall(r'<p class="what"><a [^>]*>([^<]*)</a>', page)
    assert len(names) == len(set(names))
    for event, statements in {
        "Taking of Hadrut": ("Hadrut was taken on 14 or 15 October", "had taken control of Hadrut, per third-party"),
        "Taking of villages and heights just beside the town": ("were taken on 9 October", "forces took control of"),
        "Map of the battle as of 20 October 2020": ("Controlled by Armenia", "Controlled by Azerbaijan", "Disputed"),
    }.items():
        told = words_of(item(page, event))
        assert all(statement in told for statement in statements)
    assert "Map of the battle" not in words_of(item(page, "Map of the battle as of 20 October 2020"))[70:]


def test_every_entry_says_according_to_whom(page: str) -> None:
    """What the text only puts before something else too; what is computed says that it is."""
    listed = [part for part in page.split("<li")[1:] if '<p class="what">' in part]
    assert all(re.search(r"according to|Computed here|without a claim", words_of(part)) for part in listed)
    for event in ("Capture of Jabrayil", "Advance north, to Hadrut"):
        assert "according to The article&#39;s own voice" in words_of(item(page, event))


def test_what_the_text_only_orders_is_said_so(page: str) -> None:
    """The capture of Jabrayil came before the advance; neither has a day."""
    unplaced = page.partition('id="unplaced"')[2]
    assert "undated, before Advance north, to Hadrut by the text" in words_of(item(unplaced, "Capture of Jabrayil"))
    assert "undated, after Capture of Jabrayil by the text" in words_of(item(unplaced, "Advance north, to Hadrut"))
    assert "<q>Initially</q>" in unplaced
    assert "<q>In the meanwhile</q>" in unplaced


def test_one_end_is_enough(page: str) -> None:
    """And the other is said to be missing."""
    assert "from 7 October 2020; no end is given" in words_of(item(page, "Heavy artillery fighting"))
    assert "until 30 October 2020; no beginning is given" in words_of(item(page, "Fighting north and west of the town"))


def test_dates_of_references_are_no_part_of_it(page: str) -> None:
    """When a newspaper was printed is no event of the battle."""
    assert "2021" not in words_of(page.partition("<main")[2].partition("</main>")[0])


def test_no_claim_with_a_date_is_left_out(page: str, dataset: Dataset) -> None:
    """Every claim of the article that has words for when is linked from its timeline."""
    query = """PREFIX bg: <https://w3id.org/battlegraph/ontology#>
    SELECT ?claim WHERE {
      ?claim bg:whenLexical ?words ; bg:inArticle ?article
      FILTER NOT EXISTS { ?claim a bg:TitleClaim }
    }"""
    found = [row["claim"].value for row in dataset.store.query(query)]  # type: ignore[union-attr]
    assert len(found) >= 20
    assert all(f'/page/{iri.partition("/id/")[2]}?lang=en"' in page for iri in found)


@pytest.mark.parametrize("language", ["az", "hy"])
def test_the_page_is_there_for_every_reader(hadrut: FlaskClient, language: str) -> None:
    """With the names that the data has in that language."""
    answer = hadrut.get(f"/timeline/battle-of-hadrut?lang={language}")
    assert answer.status_code == 200
    assert f'<h1 lang="{language}">' in answer.text


def test_the_page_leads_on(page: str) -> None:
    """To the article, the event, the viewpoints and the map."""
    for path in ("/article/battle-of-hadrut", "/page/event/battle-of-hadrut", "/viewpoints/battle-of-hadrut", "/map/"):
        assert f'href="{path}' in page


def test_the_svg_has_no_styles_and_no_scripts_of_its_own(page: str) -> None:
    """The security policy would forbid them."""
    drawing = page.partition('<svg class="axis"')[2].partition("<figcaption")[0]
    assert 'role="img"' in drawing
    assert "style=" not in drawing
    assert "<script" not in drawing


# Other articles


def test_years_before_the_first_are_drawn_and_told(tmp_path: Path) -> None:
    """Without a `datetime`, which HTML has no form of for them."""
    client = client_of(
        tmp_path,
        claim("begin", bounds("marathon", "hasBeginTimeStamp", "-0489-09-10", "-0489-09-10", "on the tenth")),
        claim("end", bounds("marathon", "hasEndTimeStamp", "-0489-09-12", "-0489-09-12", "on the twelfth")),
    )
    answer = client.get("/timeline/marathon")
    assert answer.status_code == 200
    assert "10 to 12 September 490 BCE" in words_of(answer.text)
    assert ">490 BCE</text>" in answer.text
    assert '<time datetime="-' not in answer.text


def test_viewpoints_that_differ_have_rows_of_their_own(tmp_path: Path) -> None:
    """Two beginnings make two entries, and neither hides the other."""
    client = client_of(
        tmp_path,
        claim("one", bounds("marathon", "hasBeginTimeStamp", "1415-10-24", "1415-10-24", "the eve")),
        claim("two", bounds("marathon", "hasBeginTimeStamp", "1415-10-25", "1415-10-25", "the day")),
    )
    told = words_of(client.get("/timeline/marathon").text)
    assert "from 24 October 1415" in told
    assert "from 25 October 1415" in told


def test_an_undated_event_stands_between_those_the_text_puts_it_between(tmp_path: Path) -> None:
    """It has no mark; its neighbours have."""
    client = client_of(
        tmp_path,
        "g:d { <urn:landing> bg:before <urn:march> . <urn:march> bg:before <urn:marathon> . }\n",
        claim("first", bounds("landing", "hasTimeStamp", "1000-01-01", "1000-01-01", "new year")),
        claim("last", bounds("marathon", "hasTimeStamp", "1000-01-09", "1000-01-09", "the ninth")),
        claim("mentions", "rdf:subject <urn:march> ; rdf:predicate bg:direction"),
    )
    page = client.get("/timeline/marathon").text
    items = [words_of(part) for part in page.split("<li id=")[1:]]
    assert len(items) == 3
    assert "undated, between Landing and Battle of Marathon by the text" in items[1]
    assert "first" in items[0]
    assert "last" in items[2]


def test_a_loop_of_before_ends(tmp_path: Path) -> None:
    """Data that contradicts itself is shown, and does not hang the page."""
    client = client_of(
        tmp_path,
        "g:d { <urn:landing> bg:before <urn:march> . <urn:march> bg:before <urn:landing> . }\n",
        claim("a", "rdf:subject <urn:march> ; rdf:predicate bg:direction"),
        claim("b", "rdf:subject <urn:landing> ; rdf:predicate bg:direction"),
    )
    assert client.get("/timeline/marathon").status_code == 200


@pytest.mark.parametrize(
    "says",
    [
        'rdf:subject <urn:marathon> ; rdf:predicate sem:hasTimeStamp ; bg:earliestDate "no date"^^xsd:date',
        'bg:possibleDate "2020-13-99"^^xsd:date ; bg:whenLexical "some day"',
        'bg:dateEdtf "2020-10~"',
        'bg:earliestDate "2020-01-01"^^xsd:date',
        'bg:earliestDate "2020-02-01"^^xsd:date ; bg:latestDate "2020-01-01"^^xsd:date',
        "rdf:subject <urn:marathon>",
    ],
)
def test_odd_dates_are_no_failure(tmp_path: Path, says: str) -> None:
    """What cannot be read is told in its words, or under the claim's name."""
    answer = client_of(tmp_path, claim("odd", says)).get("/timeline/marathon")
    assert answer.status_code == 200
    assert ">odd</a>" in answer.text


def test_an_article_without_dates_says_so(tmp_path: Path) -> None:
    """There is no empty axis."""
    answer = client_of(tmp_path).get("/timeline/marathon")
    assert answer.status_code == 200
    assert "names no day" in answer.text
    assert 'class="axis"' not in answer.text


def test_markup_in_names_is_text(tmp_path: Path) -> None:
    """In the drawing and in the list."""
    entities = _BATTLE.replace("Battle of Marathon", "<script>alert(1)</script>")
    client = client_of(
        tmp_path,
        claim("day", bounds("marathon", "hasTimeStamp", "1000-01-01", "1000-01-01", "<b>new</b> year")),
        entities=entities,
    )
    page = client.get("/timeline/marathon").text
    assert "<script>alert" not in page
    assert "<b>new" not in page


@pytest.mark.parametrize("slug", ["nowhere", "Battle_of_Hadrut", "a.b"])
@pytest.mark.parametrize("section", ["timeline", "map"])
def test_an_unknown_article_is_a_404_that_leads_on(hadrut: FlaskClient, section: str, slug: str) -> None:
    """With the articles there are."""
    answer = hadrut.get(f"/{section}/{slug}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert {"href": f"/{section}/battle-of-hadrut", "title": "Battle of Hadrut (article)"} in answer.get_json()[
        "available"
    ]


@pytest.mark.parametrize("section", ["timeline", "map"])
def test_a_slash_too_many_is_led_back(hadrut: FlaskClient, section: str) -> None:
    """By a path, so that the Host header plays no part."""
    answer = hadrut.get(f"/{section}/battle-of-hadrut/?lang=hy")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/{section}/battle-of-hadrut?lang=hy")
