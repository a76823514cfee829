"""The article's text is shown whole, and every anchored phrase leads to what was stated from it and back."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import specimen
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.paths import ARTICLES
from server.anchors import Anchor
from server.passages import Paragraph, split_text

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


@pytest.mark.parametrize(("start", "end"), ANCHORS)
def test_all_the_words_of_an_anchor_are_marked(client: FlaskClient, start: int, end: int) -> None:
    """Those too that stand behind the beginning or the end of an anchor it crosses; and no others."""
    shown = client.get(f"/article/battle-of-hadrut?words={start}-{end}").text
    text = shown.partition('<div class="text">')[2].partition('<section class="notes"')[0]
    marked = re.findall(r'<a class="marked"[^>]*>(.*?)</a>', text, re.DOTALL)
    words = "".join(html.unescape(re.sub(r"<[^>]*>", "", part)) for part in marked)
    assert words == TEXT[start:end]


@pytest.mark.parametrize("words", ["", "1-2", "x", "848-866-1"])
def test_words_that_are_no_anchor_mark_nothing(client: FlaskClient, words: str) -> None:
    """An address that somebody mistyped still shows the article."""
    response = client.get(f"/article/battle-of-hadrut?words={words}")
    assert response.status_code == 200
    assert 'class="marked"' not in response.text


def test_each_anchored_phrase_is_one_stop_for_a_keyboard(page: str) -> None:
    """What goes on behind a crossing, and punctuation, is passed over."""
    text = page.partition('<div class="text">')[2].partition('<section class="notes"')[0]
    stops = re.findall(r'<a href="(#words-\d+-\d+)">', text)
    assert len(stops) == len(set(stops))
    assert "#words-848-866" in stops


def test_the_whole_text_is_there(page: str) -> None:
    """Every character in its order, but for the blank lines between paragraphs."""
    shown = page.partition('<div class="text">')[2].partition("</div>")[0]
    words = html.unescape(re.sub(r"<[^>]*>", "", shown))
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
    note = page.partition(f'id="words-{start}-{end}"')[2].partition("</li>\n<li id")[0]
    assert f'href="?words={start}-{end}#anchor-{start}-{end}"' in note
    assert 'href="/page/' in note


def test_the_place_of_a_phrase_is_where_its_words_begin(page: str) -> None:
    """One click on a statement's page ends at the first word."""
    for start, end in ANCHORS:
        rest = page.partition(f'id="anchor-{start}-{end}"')[2]
        words = html.unescape(re.sub(r"<[^>]*>", "", rest.partition(">")[2]))
        assert words.startswith(TEXT[start:end][:16])


def test_every_phrase_that_is_marked_leads_to_a_note(page: str) -> None:
    """No link within the page is dead."""
    identifiers = re.findall(r'id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in identifiers


def test_words_under_several_anchors_lead_to_the_narrowest(page: str) -> None:
    """Its note names the wider ones."""
    assert re.search(r'<a href="#words-2247-2266">on 14 or 15 October</a>', page)
    note = page.partition('<li id="words-2247-2266">')[2].partition("</ol>")[0]
    assert 'href="#words-2101-2266"' in note
    assert 'href="#words-2161-2266"' in note


def test_elements_are_nested_properly_where_anchors_cross(page: str) -> None:
    """Each span and link that opens is closed, in order, within its paragraph."""
    shown = page.partition('<div class="text">')[2].partition("</div>")[0]
    for paragraph in shown.split("<p>")[1:]:
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


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.text(alphabet="ab \n", min_size=1, max_size=80), st.lists(SPANS, max_size=8, unique=True))
def test_any_overlap_of_anchors_splits_into_passages_that_make_up_the_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    """Nothing is lost or doubled, each passage knows what covers it, and elements nest."""
    anchors = [_anchor(text, start, end) for start, end in spans if end <= len(text)]
    paragraphs = split_text(text, anchors)
    _check_words(text, paragraphs)
    for paragraph in paragraphs:
        _check_nesting(paragraph)
        for passage in paragraph.passages:
            end = passage.start + len(passage.text)
            assert text[passage.start : end] == passage.text
            covering = {a.iri for a in anchors if a.start <= passage.start and a.end >= end}
            touching = {a.iri for a in anchors if a.start < end and a.end > passage.start}
            assert {a.iri for a in passage.cover} == covering == touching
    first = [o.anchor.iri for p in paragraphs for passage in p.passages for o in passage.openings if o.is_first]
    shown = {a.iri for p in paragraphs for passage in p.passages for a in passage.cover}
    assert sorted(first) == sorted(shown)


def test_an_anchor_over_a_blank_line_goes_on_in_the_next_paragraph() -> None:
    """It has one place, where it begins."""
    text = "one two\n\nthree four\n"
    paragraphs = split_text(text, [_anchor(text, 4, 14)])
    assert [[p.text for p in paragraph.passages] for paragraph in paragraphs] == [["one ", "two"], ["three", " four"]]
    assert [o.is_first for p in paragraphs for passage in p.passages for o in passage.openings] == [True, False]


def test_indented_lines_keep_their_indentation() -> None:
    """List items hang on it."""
    paragraphs = split_text("Losses:\n\n  • 14\n  • 3\n", [])
    assert [p.passages[0].text for p in paragraphs] == ["Losses:", "  • 14\n  • 3"]


def _anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(f"urn:{start}-{end}", "urn:article", "urn:text", start, end, text[start:end])


def _check_words(text: str, paragraphs: list[Paragraph]) -> None:
    shown = " ".join("".join(passage.text for passage in paragraph.passages) for paragraph in paragraphs)
    assert shown.split() == text.split()


def _check_nesting(paragraph: Paragraph) -> None:
    depth = 0
    for passage in paragraph.passages:
        depth -= passage.closings
        assert depth >= 0
        depth += len(passage.openings)
        assert depth == len(passage.cover)
    assert depth == paragraph.closings
