"""Damaged and hostile wikitext: bounded time, no traceback, and no word shown that the source does not have."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.drafting.document import Line, UnreadableArticle
from graph.drafting.wikitext import LARGEST, read_wikitext

BOX = "{{Infobox military conflict\n|casualties1="
PARTS = (
    *(
        "{{",
        "}}",
        "[[",
        "]]",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "{{{",
        "}}}",
        "(",
        ")",
        "|",
        "=",
        "==",
        "''",
        "'''",
        "\n",
        "\n\n",
    ),
    *(" ", "  ", "#", "*", ";", ":", "\n*", "\n== a ==\n", "\n{|", "\n|}", "|-", "----", "word", "5 killed", "&amp;"),
    *(
        "<ref>",
        "</ref>",
        "<ref name=a/>",
        "<ref name=a>",
        "<references>",
        "</references>",
        "{{reflist|refs=",
        "{{rp|4}}",
    ),
    *("<br>", "<b>", "</b>", "<!--", "-->", "<nowiki>", "</nowiki>", "<gallery>", "</gallery>", "[http://a.b c]"),
    *("{{flag|X}}", "{{small|y}}", "{{sfn|A|2000}}", "{{efn|z}}", "{{ubl|q|r}}", "{{cite book|title=T}}", "{{unk|o}}"),
    *(
        "[[a|b]]",
        "[[File:Flag of X.svg]]",
        "{{coord|1|2}}",
        "{{quote|",
        "{{USS|X|Y|2}}",
        "{{lang-pl|b}}",
        "{{circa|5}}",
    ),
    *("{{nihongo|a|b}}", "|casualties2="),
)


def check(source: str, line: Line) -> None:
    assert line.text.strip(" \t\n") == line.text != ""
    assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(line.text)
    for piece in line.pieces:
        assert 0 <= piece.span.start < piece.span.end <= len(source)
        assert not piece.verbatim or source[piece.span.start : piece.span.end] == piece.text
    assert all(0 <= mark.at <= len(line.text) for mark in line.marks)
    assert all(0 <= link.start < link.end <= len(line.text) for link in line.links)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=25), st.lists(st.sampled_from(PARTS), max_size=25))
def test_any_mixture_of_markup_is_read_or_refused(cell: list[str], body: list[str]) -> None:
    source = f"{BOX}{''.join(cell)}\n}}}}\n{''.join(body)}"
    try:
        document = read_wikitext(source, "X")
    except UnreadableArticle:
        return
    for line in (*document.prose, *(line for one in document.fields for line in one.lines)):
        check(source, line)
    names = [one.name for one in document.entries]
    assert len(names) == len(set(names))
    for one in document.entries:
        if one.line:
            check(source, one.line)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{{", ""),
        ("{{", "}}"),
        ("{{a|", ""),
        ("{{a|b=", "}}"),
        ("{{circa|1=", "}}"),
        ("{{small|", "}}"),
        ("{{sfn|", "}}"),
        ("{{efn|name=", "}}"),
        ("{{cite book|title=", "}}"),
        ("{{{", "}}}"),
        ("[[", ""),
        ("[[", "}}"),
        ("[[a|", "]]"),
        ("[http://a ", ""),
        ("<ref>", ""),
        ("<ref>[[", "</ref>"),
        ('<ref name="', ""),
        ("<nowiki>", ""),
        ("<b>", ""),
        ("<!--", ""),
        ("'''a ", ""),
        ("\n{|", ""),
        ("\n{|\n|-\n|", "\n|}"),
        ("\n== {{a|[[b", ""),
        ("</ref>", ""),
        ("(\n", ""),
        ("a  ", ""),
    ],
)
def test_markup_repeated_or_nested_without_end_costs_no_more_than_its_length(opening: str, closing: str) -> None:
    source = f"{BOX}5 killed\n}}}}\n{opening * 4000}{closing * 4000}"
    began = time.process_time()
    document = read_wikitext(source, "X")
    assert time.process_time() - began < 5
    assert [one.lines[0].text for one in document.of("casualties")] == ["5 killed"]


@pytest.mark.parametrize("template", ["{{", "{{{{", "{{small|", "{{flag|", "[[", "<ref>"])
def test_a_bomb_in_the_box_is_read_or_refused_without_a_traceback(template: str) -> None:
    try:
        document = read_wikitext(f"{BOX}{template * 30_000}", "X")
    except UnreadableArticle:
        return
    assert document.troubles


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (BOX + "a" * LARGEST, "more than 2,097,152 are not read"),
        (BOX + "{{a}}" * 100_001, "pieces of markup"),
    ],
    ids=["long", "dense"],
)
def test_more_than_any_article_has_is_refused(source: str, seen: str) -> None:
    with pytest.raises(UnreadableArticle, match=seen):
        read_wikitext(source, "X")


def test_a_line_of_two_million_code_points_is_read() -> None:
    source = f"{BOX}5 killed\n}}}}\n" + "word " * 400_000
    began = time.process_time()
    document = read_wikitext(source, "X")
    assert time.process_time() - began < 5
    assert len(document.prose) == 1
