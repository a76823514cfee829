"""Who says what, side by side: every claim once, nothing arbitrated, nothing added up, blank told apart from zero."""

from __future__ import annotations

import csv
import gzip
import html
import io
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.namespaces import BG
from graph.store import Dataset
from server.site import current_site
from server.viewpoints.absences import Absence
from server.viewpoints.comparison import Row, Table, compare
from server.viewpoints.loss_plot import Plot, choose_scale, plot_losses
from server.viewpoints.losses import Extent, Figure, read_figure, split_at_figure
from server.viewpoints.overlaps import find_overlaps
from server.viewpoints.saying_readers import read_saying, read_sayings
from server.viewpoints.sayings import Saying, Section
from server.viewpoints.stated_dates import StatedDate
from server.viewpoints.verdicts import Relation

FILE = Path(__file__).parent / "fixtures" / "viewpoints.trig"
ELSEWHERE = "/viewpoints/battle-of-elsewhere"
HADRUT = "/viewpoints/battle-of-hadrut"
OWN_VOICE = "The article's own voice (Battle of Elsewhere)"
ASH, BIRCH, CEDAR, MARKUP = "Ash", "Birch", "Cedar", "<script>alert('voice')</script>"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app that serves the made-up battle."""
    return specimen.make_client(FILE)


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    """Return the page of the made-up battle."""
    return client.get(ELSEWHERE).text


@pytest.fixture(scope="module")
def hadrut(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def sayings() -> list[Saying]:
    """Return what everybody says of the made-up battle."""
    app = specimen.make_app(FILE)
    with app.test_request_context("/"):
        article = specimen.BASE + "id/article/battle-of-elsewhere"
        return read_sayings(current_site(), article, "battle-of-elsewhere")


@pytest.fixture(scope="module")
def tables(sayings: list[Saying]) -> dict[Section, Table]:
    """Return the tables of the made-up battle."""
    return {table.section: table for table in compare(sayings)}


@pytest.fixture(scope="module")
def plot(tables: dict[Section, Table]) -> Plot:
    """Return the plot of the made-up battle's losses."""
    app = specimen.make_app(FILE)
    with app.test_request_context("/"):
        drawn = plot_losses(tables[Section.LOSSES])
    assert drawn
    return drawn


def find_row(table: Table, *subject: str, group: str | None = None) -> Row:
    """Return the row of a table with this head."""
    return next(
        row
        for found in table.groups
        for row in found.rows
        if [part.text for part in row.subject] == list(subject)
        and (group is None or (found.heading and found.heading.text == group))
    )


def verdicts(row: Row) -> list[tuple[Relation, list[str]]]:
    """Return what is said of a row, with the names of the viewpoints."""
    return [(verdict.relation, [viewpoint.text for viewpoint in verdict.viewpoints]) for verdict in row.verdicts]


def absences(row: Row) -> dict[str, Absence]:
    """Return why the viewpoints that say nothing in a row do so."""
    return {cell.viewpoint.text: cell.absence for cell in row.cells if cell.absence}


# Every claim, once


def test_every_claim_of_the_article_is_on_the_page_exactly_once(hadrut: FlaskClient, dataset: Dataset) -> None:
    """Each under an address of its own, with one way to the page of the claim; and no claim of anything else."""
    quads = dataset.store.quads_for_pattern(None, ox.NamedNode(BG + "accordingTo"), None, ox.DefaultGraph())
    claims = {str(quad.subject.value).removeprefix(dataset.base + "id/claim/battle-of-hadrut/") for quad in quads}  # type: ignore[union-attr]
    shown = hadrut.get(HADRUT).text
    assert Counter(re.findall(r'id="claim-([^"]*)"', shown)) == Counter(claims)
    ways = re.findall(r'href="/page/claim/battle-of-hadrut/([^"]*)"', shown)
    assert Counter(ways) == Counter(claims)


def test_claims_that_nobody_thought_of_are_shown_too(page: str, tables: dict[Section, Table]) -> None:
    """A claim of no kind stands under its label; a loss with counts that are none says so."""
    assert "A claim of &lt;i&gt;no&lt;/i&gt; kind" in page
    hollow = find_row(tables[Section.LOSSES], "losses as a whole", group=None)
    assert hollow.sayings[0].text == "no figure"
    assert page.count('class="saying"') == 31


def test_markup_in_the_data_is_text(page: str) -> None:
    """In names of viewpoints, of sides and in the drawing."""
    assert "<script>alert" not in page
    assert "<b>South" not in page
    assert "&lt;script&gt;alert(&#39;voice&#39;)&lt;/script&gt;" in page


# What may be said of a row


@pytest.mark.parametrize(
    ("section", "subject", "expected"),
    [
        (
            Section.LOSSES,
            ("soldier", "killed"),
            [
                (Relation.RIVALS, [ASH, BIRCH]),
                (Relation.ALIKE, [MARKUP, BIRCH]),
                (Relation.DIFFER, [MARKUP, ASH, BIRCH, CEDAR]),
            ],
        ),
        (Section.LOSSES, ("general", "killed"), [(Relation.ALIKE, [BIRCH, CEDAR])]),
        (Section.LOSSES, ("soldier", "killed", "in July"), [(Relation.ONE_VOICE, [ASH])]),
        (Section.LOSSES, ("gun", "captured"), [(Relation.ONE_LEFT, [CEDAR])]),
        (Section.CONTROL, ("The Hill",), [(Relation.RIVALS, [ASH, BIRCH]), (Relation.ALIKE, [BIRCH, CEDAR])]),
        (Section.CONTROL, ("The Ford",), [(Relation.RIVALS, [ASH, BIRCH])]),
        (Section.CONTROL, ("an area of the map",), [(Relation.MISSING, [OWN_VOICE])]),
        (Section.DATES, ("began",), [(Relation.DIFFER, [ASH, BIRCH])]),
        (Section.DATES, ("ended",), [(Relation.DIFFER, [ASH, CEDAR])]),
        (Section.OUTCOMES, ("bg:result",), [(Relation.DIFFER, [ASH, BIRCH])]),
        (Section.EVENTS, ("sem:hasPlace",), [(Relation.SEVERAL, [ASH, BIRCH])]),
    ],
)  # fmt: skip
def test_a_row_says_who_agrees_and_who_does_not(
    tables: dict[Section, Table], section: Section, subject: tuple[str, ...], expected: list[object]
) -> None:
    """Rivals only where read so; figures, dates and results differ, places do not; what is lost is no silence."""
    assert verdicts(find_row(tables[section], *subject)) == expected


def test_a_figure_limited_to_a_time_is_not_compared_with_one_that_is_not(tables: dict[Section, Table]) -> None:
    """They stand in two rows."""
    assert len(find_row(tables[Section.LOSSES], "soldier", "killed").sayings) == 4


def test_the_same_holder_on_different_days_is_no_agreement(tables: dict[Section, Table]) -> None:
    """Ash and Cedar both name the South at the Ford, a month apart."""
    row = find_row(tables[Section.CONTROL], "The Ford")
    assert Relation.ALIKE not in {verdict.relation for verdict in row.verdicts}


def test_nothing_said_has_four_reasons(tables: dict[Section, Table]) -> None:
    """A lost list is not silence, and neither is a list that gives no whole."""
    whole = find_row(tables[Section.LOSSES], "losses as a whole", group="The <b>South</b>")
    assert absences(whole) == {CEDAR: Absence.LINE_BY_LINE, MARKUP: Absence.SILENT, OWN_VOICE: Absence.SILENT}
    assert verdicts(whole) == [(Relation.NO_WHOLE, [ASH, BIRCH])]
    guns = find_row(tables[Section.LOSSES], "gun", "captured")
    assert absences(guns) == {
        ASH: Absence.LIST_LOST,
        BIRCH: Absence.UNSPECIFIED,
        MARKUP: Absence.SILENT,
        OWN_VOICE: Absence.SILENT,
    }


def test_what_several_rows_share_is_told_once(tables: dict[Section, Table]) -> None:
    """A cell that stands for the rows below covers them, and nothing covers what is said."""
    for group in (group for table in tables.values() for group in table.groups):
        for place in range(len(group.rows[0].cells)):
            cells = [row.cells[place] for row in group.rows]
            assert sum(cell.height for cell in cells) == len(cells)
            assert all(cell.height == 1 for cell in cells if cell.sayings)
            for row, cell in enumerate(cells):
                assert {x.absence for x in cells[row : row + cell.height]} in ({cell.absence}, set())
        assert sum(row.verdict_height for row in group.rows) == len(group.rows)


def test_the_usual_standing_is_told_once_and_every_other_one_in_its_line(hadrut: FlaskClient) -> None:
    """Seventeen lines stand on the blank reference; the implied aircraft says that it is implied."""
    losses = hadrut.get(HADRUT).text.partition('id="table-losses"')[2].partition('class="cited"')[0]
    usual = losses.partition('<tr class="usual">')[2].partition("</tr>")[0]
    assert re.search(r"attributed.*Reference 4 \(blank\)", re.sub(r"<[^>]*>", "", usual))
    own = losses.partition('id="claim-opposing-loss-su-25-per-azerbaijan"')[2].partition("</div>")[0]
    assert re.search(r"implied</a> · .*Reference 4 \(blank\)", own)
    assert losses.count("Reference 4 (blank)") == 2


def test_the_reading_of_the_lists_stands_above_the_losses(hadrut: FlaskClient) -> None:
    """Whose losses they are rests on it; one note of several lists is told once."""
    shown = hadrut.get(HADRUT).text
    reading = shown.partition('<div class="reading">')[2].partition("</div>")[0]
    assert "By the usual order of such boxes" in reading
    assert reading.count("/page/loss-list/") == 4
    assert shown.count("By the usual order of such boxes") == 1
    assert shown.index('<div class="reading">') < shown.index('<svg class="plot"')


def test_references_are_told_apart_by_more_than_their_numbers(hadrut: FlaskClient) -> None:
    """Below the table, with title and date; of a blank one nothing is left."""
    cited = html.unescape(hadrut.get(HADRUT).text.partition('<div class="cited">')[2].partition("</div>")[0])
    assert "The Azerbaijani Side Has Killed At Least Five Civilians" in cited
    assert '<time datetime="2020-10-08">8 October 2020</time>' in cited
    assert "nothing but its number is left in the copy" in cited


@pytest.mark.parametrize(
    "head", ["other vehicle, destroyed", "D-1, D-20, and D-30 howitzers, destroyed", "medical worker, injured"]
)
def test_a_row_goes_by_the_names_that_the_text_has(hadrut: FlaskClient, head: str) -> None:
    """Other vehicles are not vehicles at large, and who was injured was not called wounded."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', hadrut.get(HADRUT).text, re.DOTALL)
    assert head in [re.sub(r"<[^>]*>", "", found) for found in heads]


@pytest.mark.parametrize(
    ("words", "figure", "parts"),
    [
        ("At least 38 servicemen", Figure(38, None), ("At least ", "38", " servicemen")),
        ("2,783 soldiers", Figure(2783, 2783), ("", "2,783", " soldiers")),
        ("BMP-2s: 2 lost", Figure(2, 2), ("BMP-2s: ", "2", " lost")),
        ("Su-25 downed", Figure(1, 1, is_stated=False), ("", "", "Su-25 downed")),
        ("12,500 of them", Figure(12, 12), ("", "", "12,500 of them")),
    ],
)
def test_a_figure_is_found_in_its_words(words: str, figure: Figure, parts: tuple[str, str, str]) -> None:
    """And in no other number or name."""
    assert split_at_figure(words, figure) == parts


def test_columns_stand_by_name_and_only_where_they_speak(tables: dict[Section, Table]) -> None:
    """None first by rank, and no column that is empty throughout."""
    assert [x.text for x in tables[Section.OUTCOMES].viewpoints] == [ASH, BIRCH]
    for table in tables.values():
        names = [viewpoint.text.casefold() for viewpoint in table.viewpoints]
        assert names == sorted(names)
        assert all(any(row.cells[place].sayings for row in table.rows) for place in range(len(names)))


def test_rivals_of_two_rows_are_told_of_once_above(page: str) -> None:
    """The Hill and the Ford have one pair of rivals between them."""
    above = page.partition('<ul class="meetings">')[2].partition("</ul>")[0]
    assert above.count('class="relation rivals"') == 2
    assert above.count('class="relation differ"') == 4


def test_a_verdict_is_a_word_with_a_form(page: str) -> None:
    """Each relation has its word in the text and its own sign beside it."""
    for relation in Relation:
        assert f'id="is-{relation}"' in page
    said = re.findall(r'<span class="relation [a-z-]+">.*?</span>', page, re.DOTALL)
    assert said
    assert all(re.sub(r"<[^>]*>", "", found).strip() for found in said)


# Figures and dates


@pytest.mark.parametrize(
    ("literals", "extent", "words"),
    [
        ((["14"], ["14"], ["true"]), Extent.EXACT, "14"),
        ((["1"], ["1"], ["false"]), Extent.IMPLIED, "1 (implied)"),
        ((["38"], [], []), Extent.AT_LEAST, "at least 38"),
        (([], ["40"], []), Extent.AT_MOST, "at most 40"),
        ((["1200"], ["1500"], []), Extent.RANGE, "between 1,200 and 1,500"),
        ((["0"], ["0"], []), Extent.EXACT, "0"),
    ],
)
def test_a_figure_says_what_its_words_say(
    client: FlaskClient, literals: tuple[list[str], list[str], list[str]], extent: Extent, words: str
) -> None:
    """Open, implied and stated figures are not the same."""
    figure = read_figure(*literals)
    assert figure
    assert figure.extent is extent
    with client.application.test_request_context("/"):
        assert figure.words == words


@pytest.mark.parametrize("text", ["many", "-4", "1.5", "", "9" * 30])
def test_what_is_no_count_makes_no_figure(text: str) -> None:
    """A zero least of all."""
    assert read_figure([text], [], []) is None


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (StatedDate("2020-10-07", "2020-10-07"), "7 October 2020"),
        (StatedDate("2020-10-14", "2020-10-15", ("2020-10-14", "2020-10-15")), "14 or 15 October 2020"),
        (StatedDate("2020-10-30", "2020-11-01", ("2020-11-01", "2020-10-30")), "30 October or 1 November 2020"),
        (StatedDate("2020-10-01", "2020-10-31", (), ("early October 2020",)), "early October 2020"),
        (StatedDate("2020-10-01", "2020-10-31"), "1 to 31 October 2020"),
        (StatedDate(None, "2020-10-31"), "not after 31 October 2020"),
        (StatedDate("2020-10-31"), "not before 31 October 2020"),
        (StatedDate("-0489-09-12", "-0489-09-12"), "12 September 490 BCE"),
        (StatedDate(lexical=("Initially",)), "Initially"),
        (StatedDate(), ""),
    ],
)
def test_a_date_is_as_exact_as_its_words(client: FlaskClient, date: StatedDate, words: str) -> None:
    """An early month is not the month, and an alternative is not a range."""
    with client.application.test_request_context("/"):
        assert date.words == words


# Overlaps


def test_each_pair_that_may_overlap_is_warned_of_once(sayings: list[Saying]) -> None:
    """Under one of the two; what is not in the article is no line to warn of here."""
    found = find_overlaps(sayings)
    assert [(x.line.fragment, [other.fragment for other in x.others]) for x in found] == [
        ("claim-captured-ash", ["claim-wounded-ash"])
    ]


def test_overlaps_are_gathered_under_the_line_with_most_of_them(hadrut: FlaskClient) -> None:
    """Seven artillery pieces and the named guns are one warning of three; each line bears its own as well."""
    shown = hadrut.get(HADRUT).text
    above = shown.partition('<aside class="warning"')[2].partition("</aside>")[0]
    assert [len(re.findall(r'href="#claim-', line)) for line in above.split("</li>")[:-1]] == [2, 4, 2]
    assert "7 artillery pieces destroyed" in above
    assert len(re.findall(r'<p class="overlap">', shown)) == 8


# The drawing


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([1, 38], (0, 10, 20, 30, 40)),
        ([1], (0, 1)),
        ([0], (0, 1)),
        ([22, 3], (0, 5, 10, 15, 20, 25)),
        ([1500, 2783], (0, 1000, 2000, 3000)),
        ([3, 2783], (0, 1, 10, 100, 1000)),
        ([0, 1, 40000], (0, 1, 10, 100, 1000, 10000)),
    ],
)
def test_the_scale_is_chosen_from_the_numbers(numbers: list[int], ticks: tuple[int, ...]) -> None:
    """Round ticks; every number within; logarithmic where the largest is over a hundred times the smallest."""
    scale = choose_scale(numbers)
    assert scale.ticks == ticks
    places = [scale.at(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert places[-1] <= 80
    assert scale.at(0) == 0
    assert scale.is_logarithmic == (max(numbers) > 100 * max(1, min((n for n in numbers if n), default=1)))


def test_a_mark_has_the_form_of_its_figure(plot: Plot) -> None:
    """A range has a length, an open figure none; nothing is drawn where there is no figure."""
    marks = {line.saying.fragment.removeprefix("claim-"): line.mark for line in plot.lines}
    extents = {name: mark and mark.extent for name, mark in marks.items()}
    assert extents["killed-ash"] is Extent.RANGE
    assert extents["killed-cedar"] is Extent.AT_LEAST
    assert extents["captured-ash"] is Extent.AT_MOST
    assert extents["generals-cedar"] is Extent.IMPLIED
    assert extents["south-ash"] is extents["south-birch"] is extents["hollow"] is None
    assert marks["killed-ash"].start < marks["killed-ash"].end  # type: ignore[union-attr]
    assert all(mark.start == mark.end for mark in marks.values() if mark and mark.extent is not Extent.RANGE)


def test_every_loss_claim_has_a_line_under_its_claimant(plot: Plot, tables: dict[Section, Table]) -> None:
    """By the label where several claim the same, else by the heading above; lines never stand on each other."""
    assert len(plot.lines) == tables[Section.LOSSES].count
    stands = {heading.y: heading for heading in plot.headings}
    for line in plot.lines:
        above = stands[max(y for y in stands if y < line.y)]
        names = {part.text for part in (line.label if not above.is_claimant else above.parts)}
        assert line.saying.claim.viewpoint.text in names
    heights = [*stands, *(line.y for line in plot.lines)]
    assert len(heights) == len(set(heights))


def test_the_drawing_says_the_same_in_words(hadrut: FlaskClient) -> None:
    """It is an image with a name and a description, and blank has words there, never a zero."""
    drawing = hadrut.get(HADRUT).text.partition('<svg class="plot"')[2].partition("</svg>\n<figcaption>")[0]
    assert 'role="img" aria-labelledby="plot-title plot-desc"' in drawing
    description = html.unescape(re.sub(r"\s+", " ", drawing.partition("<desc")[2].partition("</desc>")[0]))
    side, other = "Losses of Side 1 (Azerbaijan)", "Losses of Opposing side (name missing from the copy)"
    assert f"{other}, according to Azerbaijan: At least 38 servicemen killed." in description
    assert f"{other}, according to Artsakh: losses as a whole: missing from the copy." in description
    assert f"{side}, according to Artsakh: losses as a whole: stated as unspecified." in description
    figures = re.findall(r'<text class="figure[^>]*>([^<]*)<', drawing)
    assert "0" not in figures
    assert Counter(figures)["missing from the copy"] == 2
    assert "style=" not in drawing


def test_no_figure_makes_no_drawing(client: FlaskClient) -> None:
    """A table of words alone is no plot."""
    with client.application.test_request_context("/"):
        assert plot_losses(Table(Section.LOSSES, (), (), {})) is None


# The page over HTTP


def test_the_real_battle_reads_as_the_article_does(hadrut: FlaskClient) -> None:
    """Two claim presence in Hadrut, two name its taking alike, and nobody's sum is there."""
    shown = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", hadrut.get(HADRUT).text)))
    above = shown.partition("Where they meet")[2].partition("How to read the tables")[0]
    assert re.search(
        r"set against each other Control and presence: Hadrut Azerbaijan : presence .* The opposing", above
    )
    assert "read here as rivals; whether both could hold is left open" in above
    assert re.search(r"named alike Control and presence: Hadrut .* by: The article's own voice · Third-party", above)
    assert "one of them is the article itself, which also reports the other" in above
    assert "no figure for the whole: one list is missing from the copy, one gives lines only" in shown
    assert "14 or 15 October 2020" in shown
    assert "early October 2020" in shown
    assert re.search(r"Su-25 downed\s+1 \(implied\)", shown)
    assert not re.search(r"\btotal\b", shown, re.IGNORECASE)


def test_the_page_leads_on(hadrut: FlaskClient) -> None:
    """To the article, the event, the timeline, the map and the data; the language chosen goes along."""
    shown = hadrut.get(f"{HADRUT}?lang=hy").text
    for path in ("/article/battle-of-hadrut", "/page/event/battle-of-hadrut", "/timeline/battle-of-hadrut"):
        assert f'href="{path}?lang=hy"' in shown
    assert 'href="/map/battle-of-hadrut?lang=hy"' in shown
    assert f'href="{HADRUT}.csv"' in shown
    assert 'lang="hy">' in shown


def test_links_within_the_page_lead_somewhere(hadrut: FlaskClient, page: str) -> None:
    """Every fragment is the identifier of one element."""
    for shown in (page, hadrut.get(HADRUT).text):
        ids = Counter(re.findall(r' id="([^"]*)"', shown))
        assert set(ids.values()) == {1}
        assert {html.unescape(x) for x in re.findall(r'href="#([^"]*)"', shown)} <= ids.keys()


def test_the_page_is_light(hadrut: FlaskClient) -> None:
    """Under sixty kilobytes on the wire."""
    assert len(gzip.compress(hadrut.get(HADRUT).data)) < 30_000


def test_an_article_that_states_nothing_has_a_page(client: FlaskClient) -> None:
    """It says so."""
    response = client.get("/viewpoints/silence")
    assert response.status_code == 200
    assert "states nothing" in response.text


def test_the_claims_come_as_csv(client: FlaskClient) -> None:
    """One record a claim, by address, by Accept and by parameter, the same bytes in every language."""
    answers = [
        client.get(f"{ELSEWHERE}.csv"),
        client.get(ELSEWHERE, headers={"Accept": "text/csv", "Accept-Language": "hy"}),
        client.get(f"{ELSEWHERE}?format=csv&lang=az"),
    ]
    assert {response.status_code for response in answers} == {200}
    assert len({response.data for response in answers}) == 1
    assert answers[1].headers["Content-Location"] == f"{ELSEWHERE}.csv"
    assert "Accept" in answers[1].headers["Vary"]
    assert "Accept-Language" not in answers[1].headers["Vary"]
    records = {x["claim"].rpartition("/")[2]: x for x in csv.DictReader(io.StringIO(answers[0].text, newline=""))}
    assert len(records) == 31
    assert (records["killed-cedar"]["min_count"], records["killed-cedar"]["max_count"]) == ("800", "")
    assert records["south-ash"]["says"] == "missing from the copy"
    assert records["south-ash"]["min_count"] == ""
    assert records["began-birch"]["says"] == "1 or 2 February 1901"
    assert records["began-birch"]["latest"] == "1901-02-02"
    assert records["killed-markup"]["viewpoint"] == MARKUP
    assert records["south-guns-cedar"]["about"] == "The <b>South</b>"


def test_rdf_is_to_be_had_elsewhere(client: FlaskClient) -> None:
    """A client that wants only RDF is told of the formats there are and of each viewpoint's graph."""
    response = client.get(ELSEWHERE, headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert response.json
    addresses = {item["href"] for item in response.json["available"]}
    assert addresses >= {ELSEWHERE, f"{ELSEWHERE}.csv", "/graph/viewpoint/ash"}


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/viewpoints", "/viewpoints/"),
        ("/viewpoints/battle-of-elsewhere/", ELSEWHERE),
        ("/viewpoints/battle-of-elsewhere/?lang=az", f"{ELSEWHERE}?lang=az"),
    ],
)
def test_a_slash_too_many_or_too_few_leads_on(client: FlaskClient, path: str, location: str) -> None:
    """By 308, and to a path: the Host header is nobody's word."""
    response = client.get(path, headers={"Host": "evil.example"})
    assert response.status_code == 308
    assert response.headers["Location"] == location


@pytest.mark.parametrize("slug", ["battle-of-nowhere", "UPPER", "a%20b", "%3Cscript%3E", "battle-of-nowhere.csv"])
def test_an_unknown_article_leads_to_those_there_are(client: FlaskClient, slug: str) -> None:
    """Whatever the address has in its place."""
    response = client.get(f"/viewpoints/{slug}", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.json
    assert ELSEWHERE in [item["href"] for item in response.json["available"]]
    assert "<script>" not in client.get(f"/viewpoints/{slug}", headers={"Accept": "text/html"}).text


def test_an_event_is_told_apart_from_an_article(client: FlaskClient) -> None:
    """It says what it is, and leads there."""
    response = client.get("/viewpoints/long-war", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.json
    assert "The Long War is an event" in response.json["detail"]
    assert "/page/event/long-war" in [item["href"] for item in response.json["available"]]


def test_a_client_that_has_the_page_is_not_sent_it_again(client: FlaskClient) -> None:
    """The tag differs by format and language; HEAD has no body."""
    first = client.get(ELSEWHERE)
    assert client.get(ELSEWHERE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    tags = {client.head(path).headers["ETag"] for path in (ELSEWHERE, f"{ELSEWHERE}.csv", f"{ELSEWHERE}?lang=hy")}
    assert len(tags) == 3
    assert client.head(ELSEWHERE).data == b""


def test_the_list_of_articles(client: FlaskClient) -> None:
    """By name, each leading to its comparison."""
    shown = client.get("/viewpoints/").text
    assert re.findall(r'<li><a href="(/viewpoints/[^"]*)"', shown) == ["/viewpoints/silence", ELSEWHERE]


def test_claims_are_read_where_they_stand(client: FlaskClient) -> None:
    """A claim of another article keeps its whole name as its place on the page."""
    with client.application.test_request_context("/"):
        site = current_site()
        saying = read_sayings(site, specimen.BASE + "id/article/battle-of-elsewhere", "battle-of-elsewhere")[0]
        assert read_saying(site, saying.claim, "another").fragment.startswith("claim-claim/battle-of-elsewhere/")


def test_equal_figures_are_equal_values() -> None:
    """A range has two bounds, an exact figure one."""
    assert Figure(3, 3).bounds == (3,)
    assert Figure(3, 5).bounds == (3, 5)
