"""Footnotes and references in wikitext: entries, their fields, and the marks that lead to them."""

import pytest

from graph.drafting.document import Document, Entry, Line
from graph.drafting.wikitext import read_wikitext


def read(cell: str, after: str = "") -> Document:
    return read_wikitext(f"{{{{Infobox military conflict\n|casualties1={cell}\n}}}}\n{after}", "X")


def marks(document: Document) -> list[tuple[str, list[tuple[int, str]]]]:
    (field,) = document.of("casualties")
    return [(line.text, [(one.at, one.name) for one in line.marks]) for line in field.lines]


def entry(document: Document, name: str) -> Entry:
    (found,) = (one for one in document.entries if one.name == name)
    return found


def said(one: Entry) -> dict[str, str]:
    return {field.name: field.value for field in one.fields}


def text(line: Line | None) -> str:
    assert line is not None
    return line.text


def test_a_footnote_is_marked_where_it_stands() -> None:
    document = read("95 killed<ref>Poe 1990, p. 5</ref> and 3<ref name=x>''Doe''</ref><br>2<ref name='x'/>")
    assert marks(document) == [("95 killed and 3", [(9, "ref-1"), (15, "x")]), ("2", [(1, "x")])]
    assert [(one.name, text(one.line), len(one.uses)) for one in document.entries] == [
        ("ref-1", "Poe 1990, p. 5", 1),
        ("x", "Doe", 2),
    ]


def test_an_entry_is_the_whole_footnote_and_its_uses_are_in_the_order_of_the_source() -> None:
    document = read("5<ref name=x/>", "Later.<ref name=x>Poe</ref> Again.<ref name=x/>")
    one = entry(document, "x")
    source = document.source
    assert source[one.span.start : one.span.end] == "<ref name=x>Poe</ref>"
    assert [source[use.start : use.end] for use in one.uses] == [
        "<ref name=x/>",
        "<ref name=x>Poe</ref>",
        "<ref name=x/>",
    ]
    assert list(one.uses) == sorted(one.uses)


def test_a_page_belongs_to_the_mark_before_it() -> None:
    document = read("5<ref name=x>Poe</ref>{{rp|36}}")
    (field,) = document.of("casualties")
    (mark,) = field.lines[0].marks
    assert document.source[mark.span.start : mark.span.end] == "<ref name=x>Poe</ref>{{rp|36}}"


def test_marks_of_what_is_written_nowhere_have_no_entry() -> None:
    document = read("5<ref name=lost/>")
    assert marks(document) == [("5", [(1, "lost")])]
    assert document.entries == ()


def test_parameters_have_the_names_of_citation_style_1() -> None:
    document = read(
        "5<ref>{{Cite news |last1=Poe |first1=Jane |author2=Doe |title=''The'' [[ford]] |newspaper=Daily &amp; News "
        "|url=http://example.org/a?b=c&d=e |accessdate=1 May 2000 |archiveurl=http://a.example/1 |deadurl=yes "
        "|trans_title=Le gué |pages=3-5 |editor1-first=E. |place=London |ref=harv |agency= }}</ref>"
    )
    one = entry(document, "ref-1")
    assert one.template == "cite news"
    assert said(one) == {
        "last": "Poe",
        "first": "Jane",
        "author2": "Doe",
        "title": "The ford",
        "work": "Daily & News",
        "url": "http://example.org/a?b=c&d=e",
        "access-date": "1 May 2000",
        "archive-url": "http://a.example/1",
        "url-status": "yes",
        "trans-title": "Le gué",
        "pages": "3-5",
        "editor-first": "E.",
        "location": "London",
    }
    assert text(one.line).startswith('Poe, Jane; Doe. "The ford" [Le gué]. Daily & News.')
    title = next(field for field in one.fields if field.name == "title")
    assert document.source[title.span.start : title.span.end] == "''The'' [[ford]]"


def test_the_number_of_a_tweet_is_no_issue() -> None:
    one = entry(read("5<ref>{{cite tweet|user=x|number=12345|title=t}}</ref>"), "ref-1")
    assert said(one)["number"] == "12345"


def test_a_footnote_with_two_citations_is_two_entries_and_each_mark_leads_to_both() -> None:
    source = "{{cite book|last=A|title=One}}; {{cite book|last=B|title=Two}}. And more."
    document = read(f"5<ref name=x>{source}</ref> 6<ref name=x/>")
    assert marks(document) == [("5 6", [(1, "x"), (1, "x+2"), (3, "x"), (3, "x+2")])]
    first, second = document.entries
    assert (said(first)["title"], said(second)["title"]) == ("One", "Two")
    assert first.span.end == second.span.start
    assert document.source[second.span.start : second.span.end].endswith("And more.</ref>")


def test_a_free_footnote_keeps_its_addresses() -> None:
    one = entry(
        read("5<ref>Poe, [http://example.org/x The ford]. {{webarchive|url=http://a.example/2}}</ref>"), "ref-1"
    )
    assert (one.template, text(one.line)) == (None, "Poe, The ford.")
    assert said(one) == {"url": "http://example.org/x", "archive-url": "http://a.example/2"}


@pytest.mark.parametrize(
    ("template", "name", "shown", "fields"),
    [
        ("{{sfn|Poe|2004|p=245}}", "sfn-poe-2004-245", "Poe 2004, p. 245", "last=Poe year=2004 page=245"),
        (
            "{{sfn|Poe|Doe|1990a|pp=3-4}}",
            "sfn-poe-doe-1990a-3-4",
            "Poe & Doe 1990a, pp. 3-4",
            "last=Poe last2=Doe year=1990a pages=3-4",
        ),
        ("{{sfn|Poe|1990|loc=map}}", "sfn-poe-1990-map", "Poe 1990, map", "last=Poe year=1990 at=map"),
        ("{{sfn|A|B|C|D|1990}}", "sfn-a-b-c-d-1990", "A et al. 1990", "last=A last2=B last3=C last4=D year=1990"),
    ],
)
def test_a_short_citation_is_an_entry(template: str, name: str, shown: str, fields: str) -> None:
    document = read(f"5{template}")
    one = entry(document, name)
    assert " ".join(f"{field.name}={field.value}" for field in one.fields) == fields
    assert (text(one.line), one.is_note) == (shown, False)
    assert marks(document) == [("5", [(1, name)])]


def test_a_repeated_short_citation_is_one_entry_with_several_uses() -> None:
    document = read("5{{sfn|Poe|1990|p=1}} 6{{sfn|Poe|1990|p=1}} 7{{sfn|Poe|1990|p=2}}")
    assert [(one.name, len(one.uses)) for one in document.entries] == [("sfn-poe-1990-1", 2), ("sfn-poe-1990-2", 1)]


def test_several_short_citations_in_one_are_several_entries() -> None:
    document = read("5{{sfnm|1a1=Poe|1y=1990|1p=3|2a1=Doe|2a2=Roe|2y=1991}}")
    assert [text(one.line) for one in document.entries] == ["Poe 1990, p. 3", "Doe & Roe 1991"]
    assert len(marks(document)[0][1]) == len(document.entries)


def test_a_short_citation_in_a_footnote_is_what_it_cites() -> None:
    one = entry(read("5<ref>{{harvnb|Poe|1990|p=3}}</ref>"), "ref-1")
    assert (one.template, said(one)) == ("harvnb", {"last": "Poe", "year": "1990", "page": "3"})


@pytest.mark.parametrize(
    ("footnote", "is_note"),
    [
        ("{{efn|Not all of them.}}", True),
        ("{{NoteTag|Not all of them.}}", True),
        ("{{refn|Not all of them.}}", True),
        ("{{#tag:ref|Not all of them.|group=nb}}", True),
        ('<ref group="note">Not all of them.</ref>', True),
        ("<ref>Poe 1990</ref>", False),
        ("{{refn|{{cite book|last=Poe|title=The Ford}}}}", False),
        ('<ref group="web">{{cite web|title=The Ford|url=http://example.org}}</ref>', False),
    ],
)
def test_a_note_explains_and_a_reference_cites(footnote: str, *, is_note: bool) -> None:
    document = read(f"5{footnote}")
    assert [one.is_note for one in document.entries] == [is_note]
    assert marks(document) == [("5", [(1, document.entries[0].name)])]


def test_footnotes_in_footnotes_and_citations_in_notes_have_their_own_entries() -> None:
    document = read("5{{efn|name=n|Some say more.<ref name=x>Poe</ref> {{cite book|last=Doe|title=Two}}}}")
    note = entry(document, "n")
    assert note.line is not None
    assert {one.name for one in note.line.marks} == {"x", "n+2"}
    assert (text(entry(document, "x").line), said(entry(document, "n+2"))["title"]) == ("Poe", "Two")
    assert marks(document) == [("5", [(1, "n")])]


@pytest.mark.parametrize(
    "wrapper", ["{{{{reflist|refs={}}}}}", "<references>{}</references>", "{{{{notelist|refs={}}}}}"]
)
def test_footnotes_of_a_list_are_defined_there_and_not_used_there(wrapper: str) -> None:
    document = read("5<ref name=x/>", wrapper.format("\n<ref name=x>Poe</ref>\n"))
    one = entry(document, "x")
    assert (text(one.line), len(one.uses)) == ("Poe", 1)


def test_two_groups_may_use_one_name() -> None:
    document = read("5<ref name=x>Poe</ref> 6<ref name=x group=n>Not all of them.</ref>7<ref group=n name=x/>")
    assert [(one.name, one.is_note, len(one.uses)) for one in document.entries] == [("x", False, 1), ("n:x", True, 2)]


def test_a_name_is_not_taken_twice() -> None:
    document = read("5<ref name=ref-1>Poe</ref> 6<ref>Doe</ref>")
    names = [one.name for one in document.entries]
    assert len(names) == len(set(names)) == len(document.entries)


def test_marks_by_template_lead_to_named_footnotes() -> None:
    assert marks(read("5{{r|x|y}}", "<ref name=x>Poe</ref><ref name=y>Doe</ref>")) == [("5", [(1, "x"), (1, "y")])]


def test_works_listed_outside_footnotes_are_entries_without_uses() -> None:
    document = read("5", "== Works ==\n* {{cite book|last=Poe|year=1990|title=The Ford}}\n* Doe, Jane. ''Fords''.")
    one = entry(document, "work-poe-1990")
    assert (one.uses, one.template, said(one)["title"]) == ((), "cite book", "The Ford")
    assert [line.text for line in document.prose] == ["Works", "Doe, Jane. Fords."]


@pytest.mark.parametrize(
    "place", ["[[File:A.jpg|thumb|Caption{}]]", "{{{{Unknown box|text={}}}}}", "\n{{|\n|-\n| cell{}\n|}}\n"]
)
def test_footnotes_in_what_stands_apart_have_entries(place: str) -> None:
    document = read("5<ref name=x/>", place.format("<ref name=x>Poe</ref>"))
    one = entry(document, "x")
    assert (text(one.line), len(one.uses)) == ("Poe", 2)
    assert not any(apart.span.start < one.span.end and one.span.start < apart.span.end for apart in document.apart)
