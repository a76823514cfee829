"""The box of a battle in wikitext: which field has which lines, and where they stand."""

import pytest

from graph.drafting.document import Document, Field, Form, Line, UnreadableArticle
from graph.drafting.wikitext import read_wikitext

TITLE = "Battle of Brook Ford"


def box(cell: str, after: str = "") -> str:
    return f"{{{{Infobox military conflict\n| conflict = {TITLE}\n| casualties1 = {cell}\n}}}}\n{after}"


def read(source: str) -> Document:
    return read_wikitext(source, TITLE)


def lines(cell: str) -> tuple[Line, ...]:
    return only(read(box(cell)), "casualties").lines


def texts(cell: str) -> list[str]:
    return [line.text for line in lines(cell)]


def only(document: Document, key: str) -> Field:
    (found,) = document.of(key)
    return found


def test_a_field_knows_its_key_its_column_its_label_and_its_place() -> None:
    source = box("95 killed")
    document = read(source)
    field = only(document, "casualties")
    assert (document.form, document.title, document.title_span) == (Form.WIKITEXT, TITLE, None)
    assert (field.key, field.side, field.columns_lost) == ("casualties", 1, False)
    assert field.label is not None
    assert source[field.label.start : field.label.end] == "casualties1"
    assert source[field.span.start : field.span.end] == "casualties1 = 95 killed"
    span = field.lines[0].span(3, 9)
    assert source[span.start : span.end] == "killed"


@pytest.mark.parametrize(
    ("parameter", "key", "side"),
    [
        ("combatant2a", "combatant", 2),
        ("Commander1", "commander", 1),
        ("polstrength2", "strength", 2),
        ("losses1", "casualties", 1),
        ("part of", "partof", None),
        ("location", "place", None),
        ("Territorial_changes", "territory", None),
        ("campaign", "campaign", None),
        ("map_type", "map_type", None),
        ("combatants_header", "combatants_header", None),
        ("colour scheme", "colour_scheme", None),
    ],
)
def test_parameters_have_one_key_whatever_they_are_written_like(parameter: str, key: str, side: int | None) -> None:
    document = read(f"{{{{Infobox military conflict|conflict=X|{parameter}=Y}}}}")
    assert [(one.key, one.side) for one in document.fields if one.lines[0].text == "Y"] == [(key, side)]


@pytest.mark.parametrize(
    "name",
    [
        "Infobox military conflict",
        "infobox_Military  Conflict",
        "Template:Infobox battle",
        "warbox",
        "Infobox military conflict<!-- see talk -->",
        "#invoke:Infobox military conflict|main",
    ],
)
def test_the_box_has_several_names(name: str) -> None:
    document = read(f"{{{{{name}\n|conflict=X|casualties1=5 killed}}}}")
    assert [one.lines[0].text for one in document.of("casualties")] == ["5 killed"]
    assert not document.troubles


def test_a_third_cell_without_a_third_side_is_as_wide_as_the_box() -> None:
    wide = read("{{Infobox military conflict|combatant3=|casualties3=10 civilians}}")
    third = read("{{Infobox military conflict|combatant3=Z|casualties3=10}}")
    assert (only(wide, "casualties").side, only(third, "casualties").side) == (None, 3)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("Text.", "there is no box"),
        ("{{Use dmy dates}}\n{{Infobox civilian attack\n|title=X}}", "at 18 stands {{infobox civilian attack}}"),
        ("#REDIRECT [[Battle of Brook Ford]]", "redirect to 'Battle of Brook Ford'"),
        ("{{Infobox military conflict|conflict=\ufdd0}}", "U+FDD0"),
    ],
)
def test_an_article_without_a_battles_box_is_refused_with_what_was_found(source: str, seen: str) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        read(source)
    assert seen in str(refused.value)


def test_of_several_boxes_the_first_is_read_and_the_others_stand_apart() -> None:
    source = box("5 killed") + "{{Infobox military conflict|conflict=Another|casualties1=6 killed}}"
    document = read(source)
    assert [one.lines[0].text for one in document.of("casualties")] == ["5 killed"]
    assert any(source[one.span.start : one.span.end].startswith("{{Infobox") for one in document.apart)


def test_of_a_parameter_given_twice_the_last_one_counts() -> None:
    document = read("{{Infobox military conflict|casualties1=5|casualties1=6}}")
    assert [one.lines[0].text for one in document.of("casualties")] == ["6"]
    assert any("given again" in one.reason for one in document.apart)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("95 killed<br>560 wounded<br />2 missing", ["95 killed", "560 wounded", "2 missing"]),
        ("95 killed\n560 wounded", ["95 killed", "560 wounded"]),
        ("95 killed,\n560 wounded", ["95 killed, 560 wounded"]),
        ("95 killed\n(estimate)", ["95 killed (estimate)"]),
        ("95 killed\nof whom 5 drowned", ["95 killed of whom 5 drowned"]),
        ("5 killed\n----\n6 wounded", ["5 killed", "6 wounded"]),
        ("{{plainlist|\n* 5 killed\n* 6 wounded\n}}", ["5 killed", "6 wounded"]),
        ("{{Plainlist}}\n* 5 killed\n* 6 wounded\n{{Endplainlist}}", ["5 killed", "6 wounded"]),
        ("{{ubl|5 killed|6 wounded}}", ["5 killed", "6 wounded"]),
        ("{{unbulleted list|5 killed|{{nowrap|6 wounded}}}}", ["5 killed", "6 wounded"]),
        ("23 total<div style='x'>(5 killed;<br/>18 wounded)</div>", ["23 total", "(5 killed;", "18 wounded)"]),
        ("<ul><li>5 killed</li><li>6 wounded</li></ul>", ["5 killed", "6 wounded"]),
        ("5 killed<!-- not 6 -->, 7 wounded", ["5 killed, 7 wounded"]),
        ("5 killed\n<!-- see talk -->\n7 wounded", ["5 killed", "7 wounded"]),
        ("<!-- see talk -->\n* 5 killed\n<!-- x -->* 7 wounded", ["5 killed", "7 wounded"]),
        ("3&nbsp;guns &ndash; 4&#160;tanks", ["3\xa0guns \N{EN DASH} 4\xa0tanks"]),
        ("''5'' '''killed''' '''''and''''' 6", ["5 killed and 6"]),
        ("  5   killed \t and\t6 ", ["5 killed and 6"]),
        ("<nowiki>''5''</nowiki> killed", ["''5'' killed"]),
        ("<small>5 killed", ["5 killed"]),
        ("5 [[prisoner of war|prisoner]]s", ["5 prisoners"]),
        ("5 [http://example.org men] killed", ["5 men killed"]),
        ("5 killed{{citation needed|date=May 2010}}", ["5 killed"]),
        ("", []),
        ("<!-- unknown -->", []),
    ],
)
def test_a_cell_has_the_lines_that_a_reader_sees(cell: str, expected: list[str]) -> None:
    assert texts(cell) == expected


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{circa|500}}", "c. 500"),
        ("{{convert|2000|km|mi}}", "2,000 km"),
        ("{{convert|5|-|7|mi}}", "5\N{EN DASH}7 miles"),
        ("{{frac|5|6}}", "5\N{FRACTION SLASH}6"),
        ("A{{snds}}B", "A \N{EN DASH} B"),
        ("{{small|(5)}}", "(5)"),
        ("{{resize|90%|(5)}}", "(5)"),
        ("{{resize|(5)}}", "(5)"),
        ("{{lang|pl|Bitwa}}", "Bitwa"),
        ("{{lang-pl|Bitwa}}", "Polish: Bitwa"),
        ("{{nihongo|'''Battle'''|戦|sen}}", "Battle (戦, sen)"),
        ("{{OldStyleDate|7 September|1812|26 August}}", "7 September [O.S. 26 August] 1812"),
        ("{{start date|1812|9|7|df=y}}", "7 September 1812"),
        ("{{start date|1812|9}}", "September 1812"),
        ("{{Age in years, months and days|1775|04|19|1783|09|03}}", "8 years, 4 months and 15 days"),
        ("{{age in days|year1=1812|month1=9|day1=7|year2=1812|month2=9|day2=8}}", "1 day"),
        ("{{coord|38|56|N|20|44|19|E|region:GR}}", "38°56\N{PRIME}N 20°44\N{PRIME}19\N{DOUBLE PRIME}E"),
        ("{{Coord|39.811|N|77.225|W|display=inline}}", "39.811°N 77.225°W"),
        ("{{coord|50.408|-4.667}}", "50.408°N 4.667°W"),
        ("{{USS|Brook|DD-1}}", "USS Brook (DD-1)"),
        ("{{HMS|Brook|R86|6}}", "HMS Brook"),
        ("{{ship|Japanese battleship|Yamato||2}}", "Yamato"),
        ("{{sclass|Brook|destroyer}}", "Brook-class destroyer"),
        ("{{ISBN|0-123-45678-9}}", "ISBN 0-123-45678-9"),
        ("{{ill|Jan Kowalski|pl}}", "Jan Kowalski"),
    ],
)  # fmt: skip
def test_a_template_shows_what_its_documentation_says(template: str, shown: str) -> None:
    document = read(box(template))
    assert " ".join(line.text for line in only(document, "casualties").lines) == shown
    assert not document.troubles


def test_what_a_template_shows_stands_for_the_whole_of_it() -> None:
    source = box("about {{circa|500}} men")
    line = only(read(source), "casualties").lines[0]
    span = line.span(6, 12)
    assert (line.text, source[span.start : span.end]) == ("about c. 500 men", "{{circa|500}}")


@pytest.mark.parametrize(
    ("template", "shown"),
    [("{{KIA}}", "(KIA)"), ("{{WIA}}", "(WIA)"), ("{{POW}}", "(POW)"), ("{{Surrendered}}", "(surrendered)")],
)
def test_a_fate_is_shown_after_the_name_with_its_own_space(template: str, shown: str) -> None:
    assert texts(f"[[John Poe]]{template}<br>[[Jane Poe]] {template}") == [f"John Poe\xa0{shown}", f"Jane Poe {shown}"]


def test_a_dagger_stays() -> None:
    assert texts("[[John Poe]] [[Killed in action|†]]<br>Jane Poe {{dagger}}") == ["John Poe †", "Jane Poe †"]


def test_an_unknown_template_is_trouble_and_shows_nothing() -> None:
    source = box("5 {{brook count|7}} killed")
    document = read(source)
    assert only(document, "casualties").lines[0].text == "5 killed"
    ((span, seen),) = ((one.span, one.seen) for one in document.troubles)
    assert source[span.start : span.end] == "{{brook count|7}}"
    assert "{{brook count}}" in seen


def test_what_is_printed_as_a_heading_is_one() -> None:
    cell = (
        "'''Per [[Utopia]]:'''\n'''Killed:''' 500\n{{Collapsible list|title=Tanks|5 lost}}\n;Term:value\n"
        "<b>Bold</b><br>''Italic''<br><u>Under</u>"
    )
    found = [(line.text, line.heading, line.depth) for line in lines(cell)]
    assert found == [
        ("Per Utopia:", True, 0),
        ("Killed: 500", False, 0),
        ("Tanks", True, 0),
        ("5 lost", False, 1),
        ("Term", True, 1),
        ("value", False, 1),
        ("Bold", True, 0),
        ("Italic", False, 0),
        ("Under", True, 0),
    ]


def test_list_items_know_how_deep_they_stand_and_lines_what_blank_lines_are_before_them() -> None:
    found = [(line.text, line.depth, line.blank_before) for line in lines("* a\n** b\n*: c\nd\n\n\ne")]
    assert found == [("a", 1, 0), ("b", 2, 0), ("c", 2, 0), ("d", 0, 0), ("e", 0, 2)]


def test_links_lead_to_page_titles() -> None:
    (line,) = lines("[[brook_Ford#History|the ford]] and [[tank]]s, [[Hull (city)|]], [[:ja:戦]], [[#Losses|below]]")
    assert [(line.text[one.start : one.end], one.target) for one in line.links] == [
        ("the ford", "Brook Ford"),
        ("tanks", "Tank"),
        ("Hull", "Hull (city)"),
    ]
    assert line.text == "the ford and tanks, Hull, ja:戦, below"


def test_flags_are_flags_and_no_text() -> None:
    cell = (
        "{{flag|Utopia|1812|name=Kingdom of Utopia}}<br>{{flagicon|Utopia}} [[Erewhon]]<br>{{flagcountry|USA|1861}}<br>"
        "[[File:Flag of the United Provinces (1810).svg|20px]] Laputa<br>{{flagicon image|Flag of Nowhere.svg}} N<br>"
        "{{navy|Utopia}}<br>[[File:Coat of arms.png|20px]] Arms"
    )
    found = [(line.text, line.flags, [one.target for one in line.links]) for line in lines(cell)]
    assert found == [
        ("Kingdom of Utopia", ((0, "Utopia"),), ["Utopia"]),
        ("Erewhon", ((0, "Utopia"),), ["Erewhon"]),
        ("United States", ((0, "United States"),), ["United States"]),
        ("Laputa", ((0, "United Provinces"),), []),
        ("N", ((0, "Nowhere"),), []),
        ("Utopia", ((0, "Utopia"),), []),
        ("Arms", (), []),
    ]


def test_coordinates_have_a_line_of_their_own() -> None:
    document = read("{{Infobox military conflict|place={{coord|1|2|display=title}}[[Brook]], Utopia}}")
    assert [line.text for line in only(document, "place").lines] == ["1°N 2°E", "Brook, Utopia"]


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ("latitude=52.5|longitude=-1.25", "52.5°N 1.25°W"),
        ("lat_deg=52|lat_min=10|lat_NS=N|long_deg=1|long_min=5|long_EW=W", "52°10\N{PRIME}N 1°5\N{PRIME}W"),
    ],
)
def test_coordinates_in_parts_are_one_field(parameters: str, shown: str) -> None:
    source = f"{{{{Infobox military conflict|conflict=X|{parameters}|result=Y}}}}"
    field = only(read(source), "coordinates")
    assert [line.text for line in field.lines] == [shown]
    assert source[field.span.start : field.span.end] == parameters


def test_coordinates_outside_the_box_are_a_field_where_the_box_has_none() -> None:
    document = read("{{Infobox military conflict|conflict=X}}\nText.\n{{coord|1|2|display=title}}")
    assert [line.text for line in only(document, "coordinates").lines] == ["1°N 2°E"]


def test_a_box_that_is_never_closed_is_read_as_far_as_it_goes() -> None:
    source = (
        "{{Infobox military conflict\n| conflict = X\n| casualties1 = 5 killed\n* 3 tanks\n\n"
        "The '''battle''' was.<ref>Poe 1990</ref>\n\n== Aftermath ==\nText."
    )
    document = read(source)
    assert [line.text for line in only(document, "casualties").lines] == ["5 killed", "3 tanks"]
    assert [line.text for line in document.prose] == ["The battle was.", "Aftermath", "Text."]
    assert [(one.span.start, one.seen) for one in document.troubles] == [(0, "the template is never closed")]


def test_a_template_in_the_box_that_is_never_closed_does_not_take_its_fields() -> None:
    source = (
        "{{Infobox military conflict\n| strength1 = {{small|about 10\n| casualties1 = 5 killed\n"
        "| casualties2 = 6 killed\n}}\n\nText."
    )
    document = read(source)
    assert [(one.side, one.lines[0].text) for one in document.of("casualties")] == [(1, "5 killed"), (2, "6 killed")]
    assert [line.text for line in document.prose] == ["Text."]
    assert "the template is never closed" in [one.seen for one in document.troubles]


def test_an_unclosed_reference_does_not_swallow_the_box() -> None:
    document = read("{{Infobox military conflict|casualties1=5 killed<ref>Poe|casualties2=6}}\nText.")
    assert [one.lines[0].text for one in document.of("casualties")] == ["5 killed", "6"]
    assert [one.seen for one in document.troubles] == ["the <ref> is never closed"]
