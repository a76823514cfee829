"""What the reader of rendered text makes of each form in which mirrors and text browsers print an article."""

from __future__ import annotations

import pytest

from graph.drafting.document import Document, Field, Form, UnreadableArticle
from graph.drafting.rendered import read_rendered

LEAD = "\nThe Battle of Lusk was fought on 3 May 1704 between Thal and Mor.\n"


def only(document: Document, key: str) -> Field:
    """Return the one field of a key."""
    (field,) = document.of(key)
    return field


def texts(field: Field) -> list[str]:
    """Return the lines of a field."""
    return [line.text for line in field.lines]


def box(*rows: str, lead: str = LEAD) -> Document:
    """Read a box under its usual first rows."""
    head = "Battle of Lusk\n\nBattle of Lusk\nPart of the Salt War\nDate3 May 1704\nResult Thal victory\n"
    return read_rendered(head + "\n".join(rows) + "\n" + lead, "Battle of Lusk")


def test_title_war_and_picture_stand_above_the_names_of_the_fields() -> None:
    source = (
        "2nd Battle of Lusk\n\nSecond Lusk\nPart of the Salt War\n\nLusk in 1704.png\nThe town from the north\n"
        "  Held by Thal\nDate3 May 1704\nBelligerents\nThal\n" + LEAD
    )
    document = read_rendered(source, "2nd Battle of Lusk")
    assert document.form is Form.RENDERED
    assert document.title_span is not None
    assert source[document.title_span.start : document.title_span.end] == "2nd Battle of Lusk"
    assert texts(only(document, "conflict")) == ["Second Lusk"]
    assert texts(only(document, "partof")) == ["the Salt War"]
    assert texts(only(document, "image")) == ["Lusk in 1704.png"]
    assert texts(only(document, "caption")) == ["The town from the north", "Held by Thal"]


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        ("Date6 November 1704", "date", "6 November 1704"),
        ("Datec. 480 BC", "date", "c. 480 BC"),
        ("Date: 6 November 1704", "date", "6 November 1704"),
        ("Date and time6 May 1704, noon", "date", "6 May 1704, noon"),
        ("Date\t6 November 1704", "date", "6 November 1704"),
        ("DateFirst phase:", "date", "First phase:"),
        ("LocationLusk", "place", "Lusk"),
        ("Location50°35\u2032N", "place", "50°35\u2032N"),
        ("Location\nLusk", "place", "Lusk"),
        ("Location near the river", "place", "near the river"),
        ("Result\n\nDecisive victory", "result", "Decisive victory"),
        ("ResultThal victory", "result", "Thal victory"),
        ("StatusOngoing", "status", "Ongoing"),
        ("Territorial\nchanges\nLusk is ceded", "territory", "Lusk is ceded"),
        ("Territorial\nchangesLusk is ceded", "territory", "Lusk is ceded"),
        ("Territorial changes Lusk is ceded", "territory", "Lusk is ceded"),
        ("Casus belli Theft of salt", "casus", "Theft of salt"),
    ],
)
def test_a_name_of_a_field_is_known_however_it_touches_the_value(row: str, key: str, value: str) -> None:
    document = read_rendered(f"Battle of Lusk\n{row}\nStrength\n300\n{LEAD}", "Battle of Lusk")
    assert texts(only(document, key)) == [value]


@pytest.mark.parametrize(
    "row", ["Dates are uncertain", "Location of the town", "Status quo ante bellum", "Resulting in"]
)
def test_other_words_with_the_letters_of_a_name_are_none(row: str) -> None:
    document = read_rendered(f"Battle of Lusk\nResult Draw\n{row}\nBelligerents\nThal\n{LEAD}", "Battle of Lusk")
    assert row in texts(only(document, "result")) or row.startswith("Location")
    assert {field.key for field in document.fields} == {"conflict", "result", "combatant"}


def test_a_caption_that_begins_like_a_field_out_of_its_place_stays_a_caption() -> None:
    document = read_rendered(
        f"Battle of Lusk\nPart of the Salt War\nLocation Thal map\nDate3 May\nLocation Lusk\nStrength\n3\n{LEAD}",
        "Battle of Lusk",
    )
    assert texts(only(document, "caption")) == ["Location Thal map"]
    assert texts(only(document, "place")) == ["Lusk"]


def test_columns_are_lost_and_said_to_be() -> None:
    document = box("Belligerents", "Thal", "Mor", "Casualties and losses", "3 killed", "5 killed")
    assert only(document, "combatant").columns_lost
    losses = only(document, "casualties")
    assert (losses.columns_lost, losses.side, texts(losses)) == (True, None, ["3 killed", "5 killed"])
    assert not only(document, "result").columns_lost


def test_two_cells_on_one_row_stay_one_line() -> None:
    losses = only(box("Casualties and losses", "Unknown Unknown", "3 killed\t5 killed"), "casualties")
    assert texts(losses) == ["Unknown Unknown", "3 killed\t5 killed"]


def test_empty_rows_and_depth_of_lists_are_kept() -> None:
    losses = only(
        box(
            "Casualties and losses", "", "", "Per Thal:", "", "  • 3 killed", "Units:", "  • guns", "    • 2 lost",
            "      one of them later",
        ),
        "casualties",
    )  # fmt: skip
    assert [(line.text, line.depth, line.blank_before) for line in losses.lines] == [
        ("Per Thal:", 0, 2),
        ("3 killed", 1, 1),
        ("Units:", 0, 0),
        ("guns", 1, 0),
        ("2 lost", 2, 0),
        ("one of them later", 2, 0),
    ]


def test_a_name_of_a_field_under_a_bullet_is_still_one() -> None:
    document = box("Strength", "  • 300", "  • Casualties and losses", "    Per Thal:", "    3 killed")
    assert texts(only(document, "strength")) == ["300"]
    assert [(line.text, line.depth) for line in only(document, "casualties").lines] == [
        ("Per Thal:", 0),
        ("3 killed", 0),
    ]


def test_a_header_without_its_list_stays_a_line() -> None:
    losses = only(
        box("Casualties and losses", "Per Thal:", "  • 3 killed", "", "Per Thal:", "", "Per Mor:"), "casualties"
    )
    assert texts(losses) == ["Per Thal:", "3 killed", "Per Thal:", "Per Mor:"]


def test_words_on_a_map_are_no_losses() -> None:
    document = box(
        "Casualties and losses", "3 killed", "Lusk is located in Thal", "Lusk", "Lusk", "Location within Thal"
    )
    assert texts(only(document, "casualties")) == ["3 killed"]
    assert len(document.apart) == 4


def test_a_name_of_a_field_among_the_losses_is_a_line_of_them() -> None:
    document = box("Casualties and losses", "3 killed", "Status: unknown")
    assert texts(only(document, "casualties")) == ["3 killed", "Status: unknown"]


def test_coordinates_and_buttons_between_the_losses_are_none() -> None:
    document = box("Casualties and losses", "Per Thal:", "[show]", "3 killed", "Coordinates: 50°30\u2032N 3°E")
    assert texts(only(document, "casualties")) == ["Per Thal:", "3 killed"]
    assert texts(only(document, "coordinates")) == ["Coordinates: 50°30\u2032N 3°E"]


def test_signs_that_show_nothing_make_no_line() -> None:
    document = read_rendered(
        f"\ufeffBattle of Lusk\nDate\u200b3 May\nStrength\n\u200b\n300\u00a0\n{LEAD}", "Battle of Lusk"
    )
    assert texts(only(document, "strength")) == ["300"]
    assert texts(only(document, "conflict")) == ["Battle of Lusk"]


def test_a_figure_with_a_point_is_no_back_link() -> None:
    assert texts(only(box("Casualties and losses", "1.0 million killed"), "casualties")) == ["1.0 million killed"]


def test_links_to_other_battles_under_the_box_are_set_apart() -> None:
    document = box("Casualties and losses", "3 killed", "v", "t", "e", "Salt War", "  • Orvane")
    assert texts(only(document, "casualties")) == ["3 killed"]


@pytest.mark.parametrize(
    "lead",
    [
        "\nThe Battle of Lusk was fought on 3 May 1704.",
        "The Battle of Lusk, also called the Salt Fight, was a battle of the Salt War, fought between Thal and Mor.",
        "  • The Battle of Lusk (Thalian: Luskas) was the last of the Salt War, fought near the road by Thal and Mor.",
        f"\nBetween 3 and 5 May 1704 Thal launched a large attack on Mor, {'which nobody had foreseen, ' * 5}at night.",
        "\nThe Battle of Lusk was a battle between the armies of Thal and M",
    ],
)
def test_the_box_ends_where_the_prose_begins(lead: str) -> None:
    document = box("Casualties and losses", "3 killed", "about 40 people were killed by both.", lead=lead)
    assert texts(only(document, "casualties")) == ["3 killed", "about 40 people were killed by both."]
    assert [line.text for line in document.prose] == [lead.strip(" •\n")]


def test_marks_are_no_text_and_know_their_place() -> None:
    losses = only(
        box("Casualties and losses", "13[5]\u201368[8] POW[a][lower-alpha 2]:37[citation needed]"), "casualties"
    )
    (line,) = losses.lines
    assert line.text == "13\u201368 POW"
    assert [(mark.at, mark.name) for mark in line.marks] == [
        (2, "5"), (5, "8"), (9, "a"), (9, "lower-alpha 2"), (9, "citation needed"),
    ]  # fmt: skip


@pytest.mark.parametrize(("mark", "after"), [("[1]:37", ""), ("[1]:345\u20137", ""), ("[1]: 37", ": 37")])
def test_the_page_of_a_mark_belongs_to_it_unless_a_space_parts_them(mark: str, after: str) -> None:
    document = box("Casualties and losses", f"300{mark}")
    (line,) = only(document, "casualties").lines
    assert line.text == "300" + after
    span = line.marks[0].span
    assert document.source[span.start : span.end] == mark.removesuffix(after)


@pytest.mark.parametrize("words", ["he said [of] them", "[he] fled", "[Translated]", "[bətəl]"])
def test_other_brackets_are_text(words: str) -> None:
    assert texts(only(box("Casualties and losses", words), "casualties")) == [words]


def test_a_mark_on_a_row_of_its_own_belongs_to_the_line_before() -> None:
    (line,) = only(box("Casualties and losses", "3 killed", "[4]", "[5]"), "casualties").lines
    assert [(mark.at, mark.name) for mark in line.marks] == [(8, "4"), (8, "5")]


def test_every_line_stands_in_the_source_where_it_says() -> None:
    document = box("Casualties and losses", "  • 3[1] killed, 5 wounded [2]")
    (line,) = only(document, "casualties").lines
    span = line.span(line.text.index("killed"), line.text.index(","))
    assert document.source[span.start : span.end] == "killed"


def test_the_size_of_a_lost_flag_begins_an_item_and_a_broken_template_is_a_trouble() -> None:
    document = box("Belligerents", "23x15px Thal 23x15px Mor", "Strength", 'Script error: No such module "x". 300')
    assert texts(only(document, "combatant")) == ["Thal", "Mor"]
    assert texts(only(document, "strength")) == ["300"]
    assert len(document.troubles) == 1


def test_a_box_without_names_of_columns_leaves_its_lines_in_trouble() -> None:
    document = read_rendered("Lusk War\nDate 3 May\nResult Thal victory\nThal Mor\n3 killed\n5 killed\n", "Lusk War")
    assert texts(only(document, "result")) == ["Thal victory"]
    assert [document.source[one.span.start : one.span.end] for one in document.troubles] == [
        "Thal Mor", "3 killed", "5 killed",
    ]  # fmt: skip


TABLE = """Battle of Lusk
From Wikipedia, the free encyclopedia
This article needs additional citations for verification. |
Battle of Lusk | |||||||
---|---|---|---|---|---|---|---|
Part of the Salt War | |||||||
![]() The town |
|||||||
| |||||||
Belligerents | |||||||
Thal | Mor | ||||||
Commanders | |||||||
Ada Crest |
Ben Holt | ||||||
Strength | |||||||
1704: 300 |
1704: 500
|
||||||
Casualties and losses | |||||||
3 killed[1] | | ||||||
40 civilians displaced |
lost piece
The Battle of Lusk was fought on 3 May 1704 between Thal and Mor.
"""


def test_a_table_tells_the_sides_of_its_cells() -> None:
    document = read_rendered(TABLE, "Battle of Lusk")
    assert [(field.key, field.side, texts(field)) for field in document.fields] == [
        ("conflict", None, ["Battle of Lusk"]),
        ("partof", None, ["the Salt War"]),
        ("caption", None, ["The town"]),
        ("combatant", 1, ["Thal"]),
        ("combatant", 2, ["Mor"]),
        ("commander", 1, ["Ada Crest"]),
        ("commander", 2, ["Ben Holt"]),
        ("strength", 1, ["1704: 300"]),
        ("strength", 2, ["1704: 500"]),
        ("casualties", 1, ["3 killed"]),
        ("casualties", None, ["40 civilians displaced"]),
    ]
    assert not any(field.columns_lost for field in document.fields)
    assert [document.source[one.span.start : one.span.end] for one in document.troubles] == ["lost piece"]


def test_a_table_of_three_columns_and_rows_that_are_not_filled() -> None:
    source = (
        "Battle of Lusk | |||||\n---|---|---|---|---|---|\n"
        "Date | 3 May 1704 | Location | Lusk | |\n"
        "Belligerents | |||||\nThal | Mor | Ost | |||\n"
        "Casualties and losses | |||||\n3 killed | 4 killed | 5 killed | |||\n" + LEAD
    )
    document = read_rendered(source, "Battle of Lusk")
    assert texts(only(document, "place")) == ["Lusk"]
    assert [(field.side, texts(field)) for field in document.of("casualties")] == [
        (1, ["3 killed"]), (2, ["4 killed"]), (3, ["5 killed"]),
    ]  # fmt: skip


def test_a_table_with_strokes_at_both_edges() -> None:
    source = (
        "| Battle of Lusk | |\n| --- | --- |\n| Date | 3 May 1704 |\n| Belligerents | |\n| Thal | Mor |\n"
        "| Casualties and losses | |\n| 3 killed<br>5 wounded | 7 killed |\n| 40 civilians killed | |\n" + LEAD
    )
    document = read_rendered(source, "Battle of Lusk")
    assert texts(only(document, "date")) == ["3 May 1704"]
    assert [(field.side, texts(field)) for field in document.of("casualties")] == [
        (1, ["3 killed", "5 wounded"]), (2, ["7 killed"]), (None, ["40 civilians killed"]),
    ]  # fmt: skip


def test_names_and_values_in_one_run() -> None:
    source = (
        "A saying about the sea. Date | 3 May 1704 | Location | Lusk\n50°N 3°E | Result | Draw | | Belligerents | Thal "
        "| Mor | Casualties and losses | 3 killed\n5 wounded | 7 killed |\nFor Thal, the Battle of Lusk was over.\n"
    )
    document = read_rendered(source, "Battle of Lusk")
    assert texts(only(document, "place")) == ["Lusk", "50°N 3°E"]
    assert [(field.side, texts(field)) for field in document.of("casualties")] == [
        (1, ["3 killed", "5 wounded"]), (2, ["7 killed"]),
    ]  # fmt: skip
    assert [line.text for line in document.prose] == [
        "A saying about the sea.", "For Thal, the Battle of Lusk was over.",
    ]  # fmt: skip


def keyed(*rows: str) -> Document:
    """Read a list of parameters under the page's title."""
    return read_rendered("= Battle of Lusk =\n\nInfobox\n" + "\n".join(rows) + "\n" + LEAD, "Battle of Lusk")


def test_parameters_tell_their_sides() -> None:
    document = keyed(
        "- Conflict: Battle of Lusk", "- Partof: the Salt War", "- Place: Lusk, Thal", "- Map Type: Thal",
        "- Combatant1: Thal", "- Combatant2: Mor,", "- Casualties1: 3 killed", "- Casualties2: Unknown",
        "- Casualties3: 40 civilians killed|",
    )  # fmt: skip
    assert texts(only(document, "place")) == ["Lusk, Thal"]
    assert texts(only(document, "map_type")) == ["Thal"]
    assert [(field.side, texts(field)) for field in document.of("combatant", "casualties")] == [
        (1, ["Thal"]), (2, ["Mor"]), (1, ["3 killed"]), (2, ["Unknown"]), (None, ["40 civilians killed"]),
    ]  # fmt: skip
    label = only(document, "place").label
    assert label is not None
    assert document.source[label.start : label.end] == "Place"


def test_a_third_cell_is_a_side_where_there_are_third_combatants() -> None:
    document = keyed("- Combatant1: Thal", "- Combatant3: Ost", "- Casualties3: 5 killed")
    assert only(document, "casualties").side == 3


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("Per Thal:, None (second, last wave) , Per Mor:, 300\u2013500 killed", [
            "Per Thal:", "None (second, last wave)", "Per Mor:", "300\u2013500 killed"]),
        ("3,000 killed, 429 wounded (acc. Thal), 420 killed, 3 missing (acc. Mor)", [
            "3,000 killed, 429 wounded (acc. Thal)", "420 killed, 3 missing (acc. Mor)"]),
        ("11 ships including:, 1 carrier,, 2 destroyers sunk, About 255 planes", [
            "11 ships including:", "1 carrier,", "2 destroyers sunk", "About 255 planes"]),
        ("Unknown number of troops, tanks, and guns", ["Unknown number of troops, tanks, and guns"]),
        ("20 lost, * Some guns, • 3 carts", ["20 lost", "Some guns", "3 carts"]),
    ],
)  # fmt: skip
def test_joined_losses_are_parted_where_one_item_clearly_ends(value: str, items: list[str]) -> None:
    document = keyed("- Date: 3 May", "- Result: Draw", f"- Casualties1: {value}")
    assert texts(only(document, "casualties")) == items


def test_joined_strengths_are_parted_before_figures() -> None:
    document = keyed("- Date: 3 May", "- Result: Draw", "- Strength1: ~300 ships, 8 carriers, ~5 boats")
    assert texts(only(document, "strength")) == ["~300 ships", "8 carriers", "~5 boats"]


def test_a_person_keeps_the_second_part_of_the_name() -> None:
    document = keyed(
        "- Date: 3 May", "- Result: Draw",
        "- Commander1: Ada, Count of LuskKIA, King Ben of Mor, Cor Dorn, (3rd Fleet), Earl of Ost, Earl of Nim",
    )  # fmt: skip
    assert texts(only(document, "commander")) == [
        "Ada, Count of LuskKIA", "King Ben of Mor", "Cor Dorn, (3rd Fleet)", "Earl of Ost", "Earl of Nim",
    ]  # fmt: skip


def test_parameters_without_dashes_take_the_rows_below_them() -> None:
    document = read_rendered(
        "Battle of Lusk explained\n\nConflict:Battle of Lusk\nDate:3 May 1704\nCombatant1:\n    Units1: 3rd Fleet\n"
        "    • Task Force 38\n\n    7th Fleet\n\n    Casualties1:\n    • ~3,000 killed;\n    • 12 ships[1]\n" + LEAD,
        "Battle of Lusk explained",
    )
    assert texts(only(document, "combatant")) == []
    assert [(line.text, line.depth) for line in only(document, "units").lines] == [
        ("3rd Fleet", 0), ("Task Force 38", 1), ("7th Fleet", 0),
    ]  # fmt: skip
    assert (only(document, "casualties").side, texts(only(document, "casualties"))) == (
        1,
        ["~3,000 killed;", "12 ships"],
    )


def test_what_stands_around_an_article_is_set_apart_with_its_reason() -> None:
    source = (
        "*** Welcome to a site ***\nJump to navigation Jump to search\nBattle of Lusk\n\nBattle of Lusk\n"
        "Part of the Salt War\nDate3 May 1704\nResultDraw\n\nThe Battle of Lusk was fought in 1704.\n\nAftermath\n\n"
        "Nothing was left.\n\nDeveloped by Someone\n"
    )
    document = read_rendered(source, "Battle of Lusk")
    apart = [source[one.span.start : one.span.end] for one in document.apart]
    assert [words.split(maxsplit=1)[0] for words in apart] == ["***", "Jump", "Developed"]
    assert all(one.reason.endswith(".") for one in document.apart)
    assert [(line.text, line.heading) for line in document.prose] == [
        ("The Battle of Lusk was fought in 1704.", False), ("Aftermath", True), ("Nothing was left.", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("", "no infobox"),
        ("The Battle of Lusk was fought on 3 May 1704.\nTimeline\nOn 3 May it began.\n", "no infobox"),
        ("A bombing\nLocation Lusk\nDate 3 May 1904\nAttack type Bombing\nDeaths 5\n", "of another kind.*Attack type"),
        ("x" * 4_000_001, "4,000,001 characters"),
        ("x\n" * 200_001, "rows"),
    ],
)
def test_a_text_without_the_infobox_of_a_battle_is_refused_with_what_was_seen(source: str, seen: str) -> None:
    with pytest.raises(UnreadableArticle, match=seen):
        read_rendered(source, "Battle of Lusk")
