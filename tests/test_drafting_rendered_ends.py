"""Where the infobox of a rendered text ends, and what stands in its last cell without being of it."""

from __future__ import annotations

import pytest

from graph.drafting.document import Document
from graph.drafting.rendered import read_rendered

HEAD = (
    "Battle of Lusk\n\nBattle of Lusk\nPart of the Salt War\nDate3 May 1704\nResult Thal victory\n"
    "Belligerents\nThal\nMor\nCasualties and losses\n"
)
LEAD = "\nThe Battle of Lusk was fought on 3 May 1704 between Thal and Mor.\n"


def read(*rows: str, lead: str = LEAD) -> Document:
    """Read a box whose losses are these rows."""
    return read_rendered(HEAD + "\n".join(rows) + "\n" + lead, "Battle of Lusk")


def losses(document: Document) -> list[str]:
    """Return the lines of the losses."""
    return [line.text for field in document.of("casualties") for line in field.lines]


def apart(document: Document) -> list[str]:
    """Return what is set apart."""
    return [document.source[one.span.start : one.span.end] for one in document.apart]


def test_pins_scale_and_key_of_a_map_are_no_losses() -> None:
    rows = ("Location within Thal", "170km", "106miles", "3", "Morhill", "2", "1", " current battle")
    document = read("3 killed", "12", *rows)
    assert losses(document) == ["3 killed", "12"]
    assert apart(document) == [row.strip() for row in rows]


@pytest.mark.parametrize("row", ["5,000 killed", "12 killed", "Thal:", "• 12"])
def test_a_loss_under_a_map_stays_one(row: str) -> None:
    assert losses(read("3 killed", "Location within Thal", "4", "5", row)) == ["3 killed", row.removeprefix("• ")]


def test_a_name_under_a_map_without_pins_stays() -> None:
    assert losses(read("3 killed", "Location within Thal", "Unknown")) == ["3 killed", "Unknown"]


@pytest.mark.parametrize("heading", ["References", "See also", "Notes[edit]", "External links"])
def test_the_heading_of_a_list_ends_the_box(heading: str) -> None:
    document = read("3 killed", "", heading, "  1. Of 65,000 men, 300 were hurt.", lead="")
    assert losses(document) == ["3 killed"]


@pytest.mark.parametrize(
    "sentence",
    [
        "\nThe battle is (as of 2020) often acted out on the field.[5]",
        "In 1704 the two armies met by the river, and Thal won.[1]",
        "On 3 May 1704 the town was taken by the men of Thal.",
    ],
)
def test_a_sentence_about_the_event_ends_the_box_without_its_name(sentence: str) -> None:
    document = read("3 killed", lead=sentence)
    assert losses(document) == ["3 killed"]
    assert len(document.prose) == 1


@pytest.mark.parametrize(
    "row",
    ["Most of the army was killed, wounded or captured in the end.", "In 1704: 300 killed and 20 wounded or lost"],
)
def test_a_loss_in_many_words_is_no_end(row: str) -> None:
    assert losses(read("3 killed", row, "5 killed")) == ["3 killed", row, "5 killed"]


def test_entries_are_known_by_their_numbers_where_back_links_are_lost() -> None:
    document = read("3 killed[2]", lead=LEAD + "\nReferences\n1. Holt 2003.\n2. Kerr 2004.\nNo entry.\n")
    assert [(one.name, one.line and one.line.text, len(one.uses)) for one in document.entries] == [
        ("1", "Holt 2003.", 0),
        ("2", "Kerr 2004.", 1),
    ]
    assert document.prose[-1].text == "No entry."


def test_stars_mark_footnotes_whose_text_stands_below() -> None:
    document = read("185 killed[*][2]", "12 missing[**]", "* Later given as 269.[3]", "** 4 were freed.")
    (field,) = document.of("casualties")
    assert [(line.text, [mark.name for mark in line.marks]) for line in field.lines] == [
        ("185 killed", ["*", "2"]),
        ("12 missing", ["**"]),
    ]
    assert [(one.name, one.is_note, one.line and one.line.text, len(one.uses)) for one in document.entries] == [
        ("*", True, "Later given as 269.", 1),
        ("**", True, "4 were freed.", 1),
    ]
    assert document.source[document.entries[0].span.start :].startswith("* Later")


def test_a_star_that_no_words_are_marked_by_is_a_bullet() -> None:
    document = read("* 3 killed", "* 4 wounded")
    assert losses(document) == ["3 killed", "4 wounded"]
    assert document.entries == ()


def test_the_credit_of_a_mirror_in_the_last_cell_is_no_loss() -> None:
    document = read("3 killed", "This article is issued from Wikipedia. The text is licensed under a free licence.")
    assert losses(document) == ["3 killed"]


def test_a_second_infobox_is_no_loss_of_the_first() -> None:
    second = (
        "Battle of Old Lusk\nPart of the Salt War\nDate4 May 1704\nBelligerents\nThal\nCasualties and losses\n7 killed"
    )
    document = read("3 killed", "5 killed", "", second)
    assert losses(document) == ["3 killed", "5 killed"]
    assert [document.source[one.span.start : one.span.end] for one in document.troubles] == second.split("\n")
    assert document.prose[0].text == LEAD.strip()


def test_an_infobox_alone_is_an_article() -> None:
    document = read("3 killed", "5 killed", lead="")
    assert (losses(document), document.prose) == (["3 killed", "5 killed"], ())


@pytest.mark.parametrize("sign", "•‣◦\u2013\u2014-")
def test_signs_that_stand_for_bullets(sign: str) -> None:
    (field,) = read(f"\t{sign}\t3 killed").of("casualties")
    assert [(line.text, line.depth) for line in field.lines] == [("3 killed", 1)]


@pytest.mark.parametrize("source", [HEAD, "\ufeff" + HEAD, HEAD.replace("Casualties and", "Casualties\u00a0and")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_signs_that_show_nothing_change_nothing(source: str, end: str) -> None:
    text = (source + "• 3\u2009000 killed[1]\n" + LEAD).replace("\n", end)
    document = read_rendered(text, "Battle of Lusk")
    assert losses(document) == ["3\u2009000 killed"]
    assert document.source == text


def test_markup_that_a_renderer_left_is_resolved_or_set_apart() -> None:
    document = read(
        "3&nbsp;killed<br/>4 <small>hurt</small>&nbsp;", "&nbsp;", "5&ndash;7 lost", "Template:Country data Thal Thal 8"
    )
    assert losses(document) == ["3\u00a0killed", "4 hurt", "5\u20137 lost", "Thal 8"]
    (line,) = [line for field in document.of("casualties") for line in field.lines if "lost" in line.text]
    span = line.span(0, 3)
    assert document.source[span.start : span.end] == "5&ndash;7"
