"""Prose of wikitext, what stands apart from it, and that every word is in exactly one part."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from graph.anchors import Span
from graph.drafting.document import Document, Line
from graph.drafting.wikitext import read_wikitext

BOX = "{{Infobox military conflict\n|conflict=X\n}}\n"

EVERYTHING = """{{Short description|q1}}
{{About|q2|q3|q4}}
{{Infobox military conflict
| conflict = q5 q6
| partof = [[Target|q7]] and [[q8]]
| image = Picture q9.jpg
| caption = q10<ref name="a">q11 ''q12''</ref>
| date = {{start date|1812}} q13
| result = {{ubl|q14|'''q15'''{{efn|q16 q17 q18 q19}}}}
| casualties1 = * q20 killed<!-- q21 -->
* {{small|q22}} {{brook count|q23}}
{{Collapsible list|title=q24|q25|q26}}
| casualties2 = q27{{sfn|q28|1990|p=3}}<br>q29
| q30
| notes = <small>q31</small>
}}
[[File:A.jpg|thumb|q32<ref>q33</ref> q34]]
The '''q35''' ([[Other|q36]]) was q37.<ref>{{cite book|last=q38|title=q39|url=http://example.org/q40}}</ref>
q41{{citation needed|date=q42}}

== q43 ==
{{Main|q44}}
* q45 [http://example.org q46]
: q47 ''q48''
{| class="wikitable"
|-
! q49 !! q50 <ref name=b>q51</ref>
|}
{{Quote|q52|q53}}
<gallery>
A.jpg|q54
</gallery>
q55 {{brook unknown|q56}} q57 {{unclosed q58

== q59 ==
{{reflist|refs=
<ref name="c">q60</ref>
}}
* {{cite book|last=q61|year=1990|title=q62}}
<!-- q63 -->
{{Navbox q64}}
[[Category:q65]]
[[de:q66]]
"""


def spans_of(line: Line) -> Iterator[Span]:
    return (piece.span for piece in line.pieces)


def homes(document: Document, place: int) -> list[str]:
    """Return in which parts a code point of the source is: what shows it, or what holds it as a whole."""
    found = [
        kind
        for kind, spans in (
            ("field", [span for one in document.fields for line in one.lines for span in spans_of(line)]),
            ("prose", [span for line in document.prose for span in spans_of(line)]),
            ("entry", [one.span for one in document.entries]),
            ("apart", [one.span for one in document.apart]),
            ("trouble", [one.span for one in document.troubles]),
        )
        if any(span.start <= place < span.end for span in spans)
    ]
    # A comment or a picture's parameter within a field belongs to it although nothing shows it.
    return found or [
        kind
        for kind, span in (("hidden in field", one.span) for one in document.fields)
        if span.start <= place < span.end
    ]


def words(numbers: str) -> set[str]:
    return {f"q{number}" for number in numbers.split()}


def test_every_word_of_an_article_is_in_exactly_one_part() -> None:
    document = read_wikitext(EVERYTHING, "X")
    parts = {match.group(): homes(document, match.start()) for match in re.finditer(r"\bq\d+\b", EVERYTHING)}
    assert len(parts) == 66
    # A tag's own date is no word of the article.
    assert parts.pop("q42") == ["apart"]
    assert {word: found for word, found in parts.items() if len(found) != 1} == {}
    assert {word for word, (part,) in parts.items() if part == "field"} == words(
        "5 6 7 8 9 10 13 14 15 20 22 24 25 26 27 29 31"
    )
    assert {word for word, (part,) in parts.items() if part == "entry"} == words(
        "11 12 16 17 18 19 28 33 38 39 40 51 60 61 62"
    )
    assert {word for word, (part,) in parts.items() if part == "prose"} == words(
        "35 36 37 41 43 45 46 47 48 52 53 55 57 58 59"
    )
    assert {word for word, (part,) in parts.items() if part == "trouble"} == {"q23", "q30", "q56"}
    assert {word for word, (part,) in parts.items() if part == "hidden in field"} == {"q21"}


def test_what_stands_apart_does_not_overlap() -> None:
    spans = sorted(one.span for one in read_wikitext(EVERYTHING, "X").apart)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_a_verbatim_piece_is_what_the_source_has() -> None:
    document = read_wikitext(EVERYTHING, "X")
    lines = [line for one in document.fields for line in one.lines] + list(document.prose)
    pieces = [piece for line in lines for piece in line.pieces if piece.verbatim]
    assert pieces
    assert all(EVERYTHING[piece.span.start : piece.span.end] == piece.text for piece in pieces)


def test_paragraphs_are_lines_whatever_their_line_breaks() -> None:
    document = read_wikitext(f"{BOX}One\ntwo\n\nThree\n\n\n== Four ==\nFive\n* six\n** seven\n\n<p>eight</p>", "X")
    assert [(line.text, line.depth, line.heading) for line in document.prose] == [
        ("One two", 0, False),
        ("Three", 0, False),
        ("Four", 0, True),
        ("Five", 0, False),
        ("six", 1, False),
        ("seven", 2, False),
        ("eight", 0, False),
    ]


def test_prose_has_its_links_and_marks() -> None:
    document = read_wikitext(f"{BOX}The [[Brook ford|ford]]<ref name=x>Poe</ref> was held.", "X")
    (line,) = document.prose
    assert [(one.at, one.name) for one in line.marks] == [(8, "x")]
    assert [(line.text[one.start : one.end], one.target) for one in line.links] == [("ford", "Brook ford")]


@pytest.mark.parametrize(
    "apart",
    [
        "[[File:A.jpg|thumb|A caption]]",
        "[[Category:Battles]]",
        "[[de:Schlacht]]",
        "{{Campaignbox Wars}}",
        "{{Use dmy dates|date=May 2010}}",
        "{{Wars of Utopia}}",
        "<gallery>\nA.jpg|x\n</gallery>",
        "<!-- a comment -->",
        "{{DEFAULTSORT:Ford, Battle of}}",
    ],
)
def test_what_says_nothing_of_the_battle_stands_apart_with_a_reason(apart: str) -> None:
    document = read_wikitext(f"{BOX}Text.\n\n{apart}\n\nMore.", "X")
    assert [line.text for line in document.prose] == ["Text.", "More."]
    found = [one for one in document.apart if document.source[one.span.start : one.span.end] == apart]
    assert [one.reason.endswith(".") for one in found] == [True]
    assert not document.troubles


def test_a_table_stands_apart_and_the_text_around_it_does_not() -> None:
    document = read_wikitext(f"{BOX}Before\n{{|\n|-\n| [[cell]]\n{{|\n| inner\n|}}\n|}}\nAfter.", "X")
    assert [line.text for line in document.prose] == ["Before", "After."]
    (table,) = (one for one in document.apart if "table" in one.reason)
    assert document.source[table.span.start : table.span.end].startswith("{|")
