"""The article's text is shown whole, and every anchored phrase leads to what was stated from it and back."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import specimen
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.paths import ARTICLES
from server.articles.extent import measure
from server.articles.passages import Block, Line, Passage, split_text
from server.articles.voices import letters
from server.terms.anchors import Anchor

TEXT = (ARTICLES / "battle-of-hadrut" / "article.txt").read_text("utf-8")
ANCHORS = [(754, 772), (848, 866), (1474, 1493), (2101, 2266), (2111, 2180), (2161, 2266), (2247, 2266)]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    """Return the page of the article."""
    return client.get("/article/battle-of-hadrut").text


@pytest.fixture(scope="module")
def whole(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset, which has gaps, omissions and many viewpoints."""
    return specimen.make_client(dataset_file)


class Marked(HTMLParser):
    """Collects the words of the elements that are marked."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._is_marked = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its interface
        """Go into an element."""
        self._is_marked.append(self._is_marked[-1] or "marked" in (dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - its interface
        """Leave it."""
        self._is_marked.pop()

    def handle_data(self, data: str) -> None:
        """Read its words."""
        self.words += data if self._is_marked[-1] else ""


def text_of(page: str) -> str:
    """Return the HTML of the text, without what is put in to say that something is missing."""
    shown = page.partition('<div class="text"')[2].partition(">")[2].partition("</div>")[0]
    return re.sub(r'<small class="gap">.*?</small>', "", shown)


def words_of(page: str) -> str:
    """Return the characters of a page's HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def note_of(page: str, start: int, end: int) -> str:
    """Return the HTML of one note."""
    notes = re.findall(r"<li [^>]*>(?:(?!\n<li (?:class|id)).)*", page.partition('id="notes"')[2], re.DOTALL)
    return next((note for note in notes if f'id="words-{start}-{end}"' in note), "")


def elements(page: str, classes: str) -> list[str]:
    """Return the words of the text's elements with just these classes."""
    return [words_of(found) for found in re.findall(rf'class="{classes}"[^>]*>(.*?)</a>', text_of(page))]


@pytest.mark.parametrize(("start", "end"), ANCHORS)
def test_all_the_words_of_an_anchor_are_marked(client: FlaskClient, start: int, end: int) -> None:
    """Those too that stand behind the beginning or the end of an anchor it crosses; and no others."""
    shown = client.get(f"/article/battle-of-hadrut?words={start}-{end}").text
    marked = Marked()
    marked.feed(text_of(shown))
    assert marked.words == TEXT[start:end]


@pytest.mark.parametrize("words", ["", "1-2", "x", "848-866-1"])
def test_words_that_are_no_anchor_mark_nothing(client: FlaskClient, words: str) -> None:
    """An address that somebody mistyped still shows the article."""
    response = client.get(f"/article/battle-of-hadrut?words={words}")
    assert response.status_code == 200
    assert 'marked"' not in response.text


def test_each_anchored_phrase_is_one_stop_for_a_keyboard(page: str) -> None:
    """What goes on behind a crossing, and punctuation, is passed over."""
    stops = re.findall(r'<a class="[^"]*" href="(#words-\d+-\d+)" data-n="\d+">', text_of(page))
    assert len(stops) == len(set(stops))
    assert "#words-848-866" in stops


def test_the_whole_text_is_there(page: str) -> None:
    """Every character in its order, but for the blank lines between paragraphs."""
    words = words_of(text_of(page))
    assert words.split() == TEXT.split()
    assert "\u00a0" in words
    assert "  • 14 T-72s destroyed\n  • 3 BMP-2s destroyed" in words


def test_the_text_itself_is_sent_byte_for_byte(client: FlaskClient) -> None:
    """By its address, by Accept and by parameter."""
    for path, accept in (
        ("/article/battle-of-hadrut.txt", "*/*"),
        ("/article/battle-of-hadrut", "text/plain"),
        ("/article/battle-of-hadrut?format=txt", "text/html"),
    ):
        response = client.get(path, headers={"Accept": accept})
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.headers["Content-Location"] == "/article/battle-of-hadrut.txt"
        assert response.data == TEXT.encode()


@pytest.mark.parametrize(("start", "end"), ANCHORS)
def test_a_phrase_leads_to_its_statements_and_back(page: str, start: int, end: int) -> None:
    """Each anchor has one place in the text and one note, overlapping ones too."""
    assert page.count(f'id="anchor-{start}-{end}"') == 1
    assert page.count(f'id="words-{start}-{end}"') == 1
    note = note_of(page, start, end)
    back = re.search(r'<a class="back" href="([^"]*)"', note)
    assert back
    # Words that stand in several elements are all marked only by the server.
    is_cut = f'data-of="{start}-{end}"' in page
    assert back[1] == f"{f'?words={start}-{end}' if is_cut else ''}#anchor-{start}-{end}"
    assert 'href="/page/' in note


def test_the_place_of_a_phrase_is_where_its_words_begin(page: str) -> None:
    """One click on a statement's page ends at the first word."""
    for start, end in ANCHORS:
        rest = page.partition(f'id="anchor-{start}-{end}"')[2]
        words = words_of(rest.partition(">")[2])
        assert words.startswith(TEXT[start:end][:16])


def test_every_phrase_that_is_marked_leads_to_a_note(page: str) -> None:
    """No link within the page is dead."""
    identifiers = re.findall(r'id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in identifiers


def test_words_under_several_anchors_lead_to_the_narrowest(page: str) -> None:
    """Its note names the nearest wider one from which something else is claimed, whose note leads on."""
    assert re.search(r'<a class="[^"]*" href="#words-2247-2266" data-n="\d+">on 14 or 15 October</a>', page)
    note = note_of(page, 2247, 2266)
    assert re.findall(r'within <a href="#(words-[^"]*)">“(.*?)…”', note) == [
        ("words-2101-2266", "Initially both parties claimed")
    ]


def test_elements_are_nested_properly_where_anchors_cross(page: str) -> None:
    """Each span and link that opens is closed, in order, within its paragraph."""
    for paragraph in re.split(r"<p\b", text_of(page))[1:]:
        open_tags: list[str] = []
        for slash, tag in re.findall(r"<(/?)(span|a|p)\b", paragraph.partition("</p>")[0]):
            if slash:
                assert open_tags.pop() == tag
            else:
                assert not (tag == "a" and "a" in open_tags)
                open_tags.append(tag)
        assert open_tags == []


def test_armenian_is_marked_as_such_in_the_text(page: str) -> None:
    """Inside an anchor and outside of one."""
    assert '<span lang="hy">Հադրութի ճակատամարտ</span>' in page
    assert '<span lang="hy">Հայաստանի' in page


def test_a_text_that_is_not_the_one_the_data_was_built_from_is_not_shown(client: FlaskClient) -> None:
    """Anchors count its characters, so another text would be marked wrongly; the fault is the server's."""
    response = client.get("/article/lost", headers={"Accept": "text/plain"})
    assert response.status_code == 503
    assert "0" * 64 in response.text


@pytest.mark.parametrize(
    "path", ["/article/nothing", "/article/Battle-of-Hadrut", "/article/..", "/article/nothing.txt"]
)
def test_an_unknown_article_is_not_found(client: FlaskClient, path: str) -> None:
    """Nor is anything outside the folder of articles."""
    assert client.get(path).status_code == 404


def test_an_altered_text_is_noticed(tmp_path: Path) -> None:
    """One space is enough."""
    file = tmp_path / "altered.trig"
    file.write_text(
        specimen.FILE.read_text("utf-8").replace("The Battle of Hadrut", "The  Battle of Hadrut", 1), "utf-8"
    )
    assert specimen.make_client(file).get("/article/battle-of-hadrut").status_code == 503


def test_markup_in_names_is_text(tmp_path: Path) -> None:
    """In notes, in what they say of wider phrases, in the choice of viewpoints and in the words of who asserts."""
    file = tmp_path / "markup.trig"
    names = ('"14 T-72 destroyed, per Azerbaijan"', '"third-party sources"', '"Azerbaijan"')
    text = specimen.FILE.read_text("utf-8")
    for name in names:
        assert name in text
        text = text.replace(name, f'"<i>{name[1:-1]}</i>"')
    file.write_text(text, "utf-8")
    page = specimen.make_client(file).get("/article/battle-of-hadrut").text
    assert "<i>" not in page
    assert "according to: &lt;i&gt;Azerbaijan&lt;/i&gt;" in page


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.text(alphabet="ab \n", min_size=1, max_size=80), st.lists(SPANS, max_size=8, unique=True))
def test_any_overlap_of_anchors_splits_into_passages_that_make_up_the_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    """Nothing is lost or doubled, each passage knows what covers it, and elements nest."""
    anchors = [_anchor(text, start, end) for start, end in spans if end <= len(text)]
    blocks = split_text(text, anchors)
    lines = ["".join(passage.text for passage in line.passages) for line in _lines(blocks)]
    assert "\n".join(lines).split() == text.split()
    for line in _lines(blocks):
        _check_nesting(line)
        for passage in line.passages:
            end = passage.start + len(passage.text)
            assert text[passage.start : end] == passage.text
            covering = {a.iri for a in anchors if a.start <= passage.start and a.end >= end}
            touching = {a.iri for a in anchors if a.start < end and a.end > passage.start}
            assert {a.iri for a in passage.cover} == covering == touching
    first = [o.anchor.iri for passage in _passages(blocks) for o in passage.openings if o.is_first]
    shown = {a.iri for passage in _passages(blocks) for a in passage.cover}
    assert sorted(first) == sorted(shown)


def test_an_anchor_over_a_blank_line_goes_on_in_the_next_block() -> None:
    """It has one place, where it begins, and one end."""
    anchor = _anchor("one two\n\nthree four\n", 4, 14)
    blocks = split_text("one two\n\nthree four\n", [anchor])
    texts = [[passage.text for line in block.lines for passage in line.passages] for block in blocks]
    assert texts == [["one ", "two"], ["three", " four"]]
    assert [o.is_first for passage in _passages(blocks) for o in passage.openings] == [True, False]
    assert [passage.ended for passage in _passages(blocks)] == [(), (), (anchor,), ()]


def test_what_is_missing_is_said_once_at_the_end_of_its_words() -> None:
    """Where they end with a line, too."""
    anchors = [_anchor("Map:\n  North\nWest\n", 0, 12), _anchor("Map:\n  North\nWest\n", 5, 13)]
    blocks = split_text("Map:\n  North\nWest\n", anchors)
    assert [len(passage.ended) for passage in _passages(blocks)] == [0, 2, 0]


def test_a_silent_anchor_marks_a_place_and_leads_nowhere() -> None:
    """The words lead to what else is stated from them, or are no link."""
    wide, narrow = _anchor("Location Hadrut", 0, 15), _anchor("Location Hadrut", 0, 8)
    passages = _passages(split_text("Location Hadrut", [wide, narrow], silent={narrow.iri}))
    assert [passage.innermost for passage in passages] == [wide, wide]
    assert [passage.is_stop for passage in passages] == [True, False]
    assert [p.innermost for p in _passages(split_text("Location Hadrut", [narrow], silent={narrow.iri}))] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("  • 14 T-72s destroyed", "item"),
        ("  4. ^", "item"),
        ("Per Azerbaijan:[4]", "heading"),
        ("Units:", "heading"),
        ("Location", "plain"),
        ("4. May", "plain"),
        ("It said: nothing", "plain"),
    ],
)
def test_the_form_of_a_line_is_read_off_its_characters(line: str, kind: str) -> None:
    """A bullet or a number behind spaces makes an item, a colon at the end a heading."""
    assert [found.kind for found in _lines(split_text(line, []))] == [kind]


def test_long_lines_that_stand_alone_are_prose() -> None:
    """Lists and labels are not, however long they are."""
    blocks = split_text(TEXT, [])
    prose = ["".join(p.text for p in block.lines[0].passages)[:20] for block in blocks if block.is_prose]
    assert prose == ["The Battle of Hadrut", "Following Azerbaijan"]


def test_indented_lines_keep_their_indentation() -> None:
    """List items hang on it."""
    blocks = split_text("Losses:\n\n  • 14\n  • 3\n", [])
    assert [[line.passages[0].text for line in block.lines] for block in blocks] == [["Losses:"], ["  • 14", "  • 3"]]


def test_each_character_counts_once() -> None:
    """Stated goes before left out, left out before missing; a letter that nothing accounts for is found."""
    text = "abcdefghij k."
    extent = measure(text, [_anchor(text, 0, 3), _anchor(text, 2, 5)], [_anchor(text, 4, 7)], [_anchor(text, 6, 9)])
    assert (extent.stated, extent.left_out, extent.missing, extent.rest, extent.rest_words) == (5, 2, 2, 4, 2)
    assert extent.length == 13


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_letters_do_not_run_out(place: int, name: str) -> None:
    """An article may cite any number of titles."""
    assert letters(place) == name


def test_every_viewpoint_has_a_form_of_its_own(whole: FlaskClient) -> None:
    """A kind of line, or a kind and a letter: colour alone tells none from another."""
    legend = (
        whole.get("/article/battle-of-hadrut").text.partition('<section class="voices"')[2].partition("</section>")[0]
    )
    forms = re.findall(r'<a class="choice"[^>]*>(?:<b>(\w+)</b> )?<span class="(s\d) c\d">([^<]*)</span></a> ', legend)
    assert len(forms) == 12
    assert len({(mark, line) for mark, line, _ in forms}) == len(forms)
    assert "Third-party sources" in {name for _, _, name in forms}
    counts = [int(count) for count in re.findall(r'</a> <span class="count">(\d+)</span>', legend)]
    assert counts[0] == sum(counts[1:13])


def test_a_phrase_is_underlined_for_those_who_speak_in_it(whole: FlaskClient) -> None:
    """For one, for several, or quietly where only a name rests on it."""
    page = whole.get("/article/battle-of-hadrut").text
    assert "14 T-72s destroyed" in elements(page, "s2 c2")
    assert "Second Nagorno-Karabakh War" in elements(page, "plain")
    both = re.search(
        r'<a class="(s\d) c\d"[^>]*><span class="l2 (s\d) c\d"><span class="l3 (s\d) c\d">both parties<', page
    )
    assert both
    assert len(set(both.groups())) == 3


def test_one_viewpoint_is_read_alone(whole: FlaskClient) -> None:
    """Nothing of the others is underlined or noted; the text is whole, and so are its gaps and the choice."""
    page = whole.get("/article/battle-of-hadrut?viewpoint=azerbaijan").text
    assert words_of(text_of(page)).split() == TEXT.split()
    assert set(re.findall(r'<a class="([^"]*)"', text_of(page))) == {"s2 c2"}
    notes = page.partition('<section class="notes"')[2].partition("</section>")[0]
    assert re.findall(r'<a href="/page/((?!claim)[^"]*)"', notes) == [
        "gap/battle-of-hadrut/losses-azerbaijan-per-azerbaijan"
    ]
    assert set(re.findall(r"according to: ([^·<]*) ·", notes)) == {"Azerbaijan"}
    chosen = re.findall(r'<a class="choice" href="([^"]*)" aria-current="true">', page)
    assert chosen == ["/article/battle-of-hadrut?viewpoint=azerbaijan"]
    assert 'href="/article/battle-of-hadrut?viewpoint=battle-of-hadrut/third-party"' in page
    assert '<a href="#absent">missing here: Location' in page


@pytest.mark.parametrize(
    "viewpoint", ["", "nobody", "Azerbaijan", "battle-of-hadrut/reference-4", "%3Cb%3E", "a&viewpoint=b"]
)
def test_an_odd_viewpoint_shows_all(whole: FlaskClient, viewpoint: str) -> None:
    """A viewpoint without a statement in this article is one of these."""
    page = whole.get(f"/article/battle-of-hadrut?viewpoint={viewpoint}").text
    assert re.search(r'<a class="choice" href="/article/battle-of-hadrut" aria-current="true">', page)
    assert "plain" in text_of(page)


def test_a_choice_keeps_the_language_and_the_way_back_keeps_both(whole: FlaskClient) -> None:
    """No link of the page forgets what was chosen."""
    page = whole.get("/article/battle-of-hadrut?viewpoint=battle-of-hadrut/article&lang=az").text
    assert 'href="/article/battle-of-hadrut?viewpoint=azerbaijan&amp;lang=az"' in page
    backs = re.findall(r'<a class="back" href="([^"]*)"', page)
    cut = [html.unescape(back) for back in backs if not back.startswith("#")]
    head = "/article/battle-of-hadrut?viewpoint=battle-of-hadrut/article&lang=az&words="
    assert cut
    assert all(back.startswith(head) for back in cut)


def test_what_is_missing_is_marked_in_its_place_and_listed(whole: FlaskClient) -> None:
    """Never as nothing, a dash or a zero."""
    page = whole.get("/article/battle-of-hadrut").text
    text = page.partition('<div class="text"')[2].partition("</div>")[0]
    assert "Location missing here: Location: empty in the infobox" in words_of(text)
    listed = page.partition('id="absent"')[2].partition("Left out")[0]
    assert len(re.findall(r'<li><a href="/page/gap/', listed)) == len(re.findall(r'<small class="gap"> ', page)) == 15
    assert 'missing here: <a href="/page/gap/battle-of-hadrut/location"' in note_of(page, 471, 479)


def test_a_claim_leads_to_its_row_beside_the_others(whole: FlaskClient) -> None:
    """That row is there, in the comparison of the viewpoints; and the language goes along."""
    page = whole.get("/article/battle-of-hadrut?lang=az").text
    rows = re.findall(r'<a href="/viewpoints/battle-of-hadrut\?lang=az#(claim-[^"]*)">', page)
    identifiers = re.findall(r' id="(claim-[^"]*)"', whole.get("/viewpoints/battle-of-hadrut").text)
    assert set(rows) == set(identifiers)


def test_neighbours_that_name_the_same_are_one_entry(whole: FlaskClient) -> None:
    """A line for names, events and references, in which each phrase has its way back; claims have more room."""
    page = whole.get("/article/battle-of-hadrut").text
    assert note_of(page, 0, 16) == note_of(page, 18, 34)
    assert note_of(page, 0, 16).count("<q>Battle of Hadrut</q>") == 1
    assert note_of(page, 0, 16).startswith('<li class="brief"')
    assert note_of(page, 848, 866).startswith("<li id=")
    numbers = [int(number) for number in re.findall(r'data-n="(\d+)"', page)]
    assert max(numbers) == len(re.findall(r'<li (?:class="brief" )?id="words-', page))


def test_what_is_missing_may_never_have_been_there(whole: FlaskClient) -> None:
    """Nobody knows whether a field was empty before it was copied."""
    assert "cannot be told from this copy" in whole.get("/article/battle-of-hadrut").text


def test_what_is_left_out_says_why(whole: FlaskClient) -> None:
    """In the note and in the list."""
    page = whole.get("/article/battle-of-hadrut").text
    assert "Developed by StudentB" in elements(page, "omitted")
    assert "A field label; the result beside it is claimed." in note_of(page, 480, 486)
    assert "Added by the mirror site" in page.partition('id="absent"')[2]


def test_how_much_is_stated_is_counted_from_the_anchors(whole: FlaskClient) -> None:
    """Four numbers that add up to the length of the text."""
    line = words_of(whole.get("/article/battle-of-hadrut").text.partition('id="absent"')[2].partition("</p>")[0])
    length, stated, left_out, missing, rest = map(int, re.findall(r"\d+", line))
    assert length == len(TEXT) == stated + left_out + missing + rest
    assert left_out == sum(map(len, ("Date", "Result", "Territorial changes", "Developed by StudentB")))
    assert "letters or digits" not in line


def test_a_statement_says_who_how_surely_and_on_what_source(whole: FlaskClient) -> None:
    """In words, in its note."""
    note = words_of(note_of(whole.get("/article/battle-of-hadrut").text, 848, 866))
    assert "according to: Azerbaijan · attributed · Reference 4 (blank) · reference blank" in note


@pytest.mark.parametrize(
    ("accept", "query", "suffix"),
    [("text/turtle", "", "ttl"), ("application/ld+json", "", "jsonld"), ("*/*", "?format=nq", "nq")],
)
def test_a_client_that_asks_for_rdf_is_led_to_the_data(
    client: FlaskClient, accept: str, query: str, suffix: str
) -> None:
    """The article's text is no RDF, and what is said about it has an address of its own."""
    response = client.get(f"/article/battle-of-hadrut{query}", headers={"Accept": accept})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/data/article/battle-of-hadrut.{suffix}"
    assert "Accept" in response.vary
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_type_that_nothing_is_in_is_refused(client: FlaskClient) -> None:
    """With the ones there are."""
    response = client.get("/article/battle-of-hadrut", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/plain" in response.text


def test_a_slash_too_many_is_taken_away(client: FlaskClient) -> None:
    """For good, and the query stays; behind an unknown name there is nothing."""
    response = client.get("/article/battle-of-hadrut/?viewpoint=azerbaijan")
    assert response.status_code == 308
    assert response.headers["Location"] == "/article/battle-of-hadrut?viewpoint=azerbaijan"
    assert client.get("/article/nothing/").status_code == 404


def test_the_page_is_light(whole: FlaskClient) -> None:
    """Sixty kilobytes compressed are the most a page may have; this one stays far below."""
    response = whole.get("/article/battle-of-hadrut")
    assert len(gzip.compress(response.data)) < 30_000


def test_the_ways_on_are_at_the_head(whole: FlaskClient) -> None:
    """To the event, its viewpoints, its time and its places, and to the text as a file with its digest."""
    page = whole.get("/article/battle-of-hadrut").text
    for path in (
        "/page/event/battle-of-hadrut",
        "/viewpoints/battle-of-hadrut",
        "/timeline/battle-of-hadrut",
        "/map/battle-of-hadrut",
        "/article/battle-of-hadrut.txt",
    ):
        assert f'href="{path}"' in page
    assert hashlib.sha256(TEXT.encode()).hexdigest() in page


def _anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(f"urn:{start}-{end}", "urn:article", "urn:text", start, end, text[start:end])


def _lines(blocks: list[Block]) -> list[Line]:
    return [line for block in blocks for line in block.lines]


def _passages(blocks: list[Block]) -> list[Passage]:
    return [passage for line in _lines(blocks) for passage in line.passages]


def _check_nesting(line: Line) -> None:
    depth = 0
    for passage in line.passages:
        depth -= passage.closings
        assert depth >= 0
        depth += len(passage.openings)
        assert depth == len(passage.cover)
    assert depth == line.closings
