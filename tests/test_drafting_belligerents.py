"""Who fought on which side: names, flags, brackets and headings, with columns and without."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.actors.belligerents import RULES, read_belligerents, roster
from graph.drafting.document import Document, Field, Form
from graph.drafting.reading import Belligerent, Disposal, FieldReading

NOTHING = document_of("Battle of Ulm")


def _lost(text: str, document: Document = NOTHING) -> tuple[Belligerent, ...]:
    field = replace(field_of("combatant", text), columns_lost=True)
    reading = read_belligerents(field, document)
    assert not unaccounted(field, reading)
    return reading.belligerents


def _column(text: str, *, form: Form = Form.WIKITEXT, side: int = 1) -> tuple[Field, FieldReading]:
    field = replace(field_of("combatant", text), side=side)
    return field, read_belligerents(field, replace(NOTHING, form=form))


def _sides(found: tuple[Belligerent, ...]) -> list[tuple[str, int | None]]:
    return [(one.named.name, one.side) for one in found]


def test_a_column_gives_its_side_to_each_of_its_names() -> None:
    """Names, links and notes of a column known."""
    field, reading = _column("[[Kingdom of Ruhl|Ruhl]] (until 1620)\n* [[Osten]]{3}\nWest march")
    assert not unaccounted(field, reading)
    assert _sides(reading.belligerents) == [("Ruhl", 1), ("Osten", 1), ("West march", 1)]
    ruhl, osten, march = (one.named for one in reading.belligerents)
    assert (ruhl.link, ruhl.note) == ("Kingdom of Ruhl", "until 1620")
    assert (osten.link, [mark.name for mark in osten.marks]) == ("Osten", ["3"])
    assert march.link is None
    assert {one.side_basis for one in reading.belligerents} == {None}


def test_a_note_on_its_own_line_belongs_to_the_name_above() -> None:
    """Brackets that stand alone, "(before 1776)", say more of the belligerent before it."""
    (first, second) = _column("[[Ruhl]]\n(before 1776)\n[[Osten]]")[1].belligerents
    assert (first.named.note, second.named.note) == ("before 1776", None)


def test_headings_name_no_belligerent() -> None:
    """Words with a colon say in what role those under them take part."""
    field, reading = _column("[[Ruhl]]\nSupported by:\n[[Osten]]\n[[Ruhl tribes|Tribes]]:\n[[Ama]]")
    assert not unaccounted(field, reading)
    assert [(one.named.name, one.heading) for one in reading.belligerents] == [
        ("Ruhl", None),
        ("Osten", "Supported by:"),
        ("Ama", "Tribes:"),
    ]


@pytest.mark.parametrize("line", ["Supported by: Osten", "Supported by\nOsten", "Support:\nOsten"])
def test_a_role_before_names_or_alone(line: str) -> None:
    """A role needs no line of its own, and alone no colon."""
    field, reading = _column(f"Ruhl\n{line}")
    assert not unaccounted(field, reading)
    assert [one.named.name for one in reading.belligerents] == ["Ruhl", "Osten"]
    assert [bool(one.heading) for one in reading.belligerents] == [False, True]


@pytest.mark.parametrize("text", ["Unknown", "See text"])
def test_what_names_nobody_is_ignored(text: str) -> None:
    """The article gives no name, or gives it elsewhere."""
    reading = _column(text)[1]
    assert not reading.belligerents
    assert [portion.disposal for portion in reading.portions] == [Disposal.IGNORED]


def test_a_country_before_other_words_is_a_flag_where_flags_became_words() -> None:
    """Elsewhere it belongs to the name."""
    (only,) = _column("Texas Rangers", form=Form.RENDERED)[1].belligerents
    assert (only.named.flag, only.named.name) == (None, "Texas Rangers")
    found = _column("Russia Russia\nRussia Wolf Group", form=Form.RENDERED)[1].belligerents
    assert [(one.named.flag, one.named.name) for one in found] == [("Russia", "Russia"), ("Russia", "Wolf Group")]


def test_a_link_on_a_part_of_the_name_is_not_its_page() -> None:
    """The "Forces of [[X]]" are not X; what follows a comma in small letters is a remark."""
    (only,) = _column("Forces of [[Marius]], including many of the [[Optimates]]")[1].belligerents
    assert (only.named.name, only.named.link) == ("Forces of Marius", None)
    assert only.named.note == "including many of the Optimates"


def test_two_linked_names_with_a_joint_are_two() -> None:
    """A hyphen, a stroke or "and" between two links parts two belligerents; a hyphen within a link does not."""
    found = _column("[[Ruhl]]-[[Osten]]\n[[Ama]] and [[Bela]]\n[[Denmark-Norway]]")[1].belligerents
    assert [one.named.name for one in found] == ["Ruhl", "Osten", "Ama", "Bela", "Denmark-Norway"]


def test_the_flag_of_a_line_is_the_belligerents() -> None:
    """Where the form tells flags, the name has the first one before it."""
    field = field_of("combatant", "[[Ruhl]]")
    field = replace(field, lines=(replace(field.lines[0], flags=((0, "Old Ruhl"), (0, "Osten"))),), side=2)
    (only,) = read_belligerents(field, replace(NOTHING, form=Form.WIKITEXT)).belligerents
    assert (only.named.flag, only.side) == ("Old Ruhl", 2)


def test_an_empty_field_has_no_belligerents() -> None:
    """Both cells lost: nothing is known."""
    assert _lost("") == ()


@pytest.mark.parametrize(
    ("line", "flag", "name"),
    [
        ("Russia Russia", "Russia", "Russia"),
        ("Georgia (country) Georgia", "Georgia (country)", "Georgia"),
        ("Kingdom of Prussia Prussia", "Kingdom of Prussia", "Prussia"),
        ("France French Empire", "France", "French Empire"),
        ("Chechen Republic of Ichkeria Chechen militants", "Chechen Republic of Ichkeria", "Chechen militants"),
        ("Flag of Argentina Argentina", "Argentina", "Argentina"),
        ("House of Ruhl House of Ruhl", "House of Ruhl", "House of Ruhl"),
        ("Ukraine Armed Forces", None, "Ukraine Armed Forces"),
    ],
)
def test_a_flag_became_words_before_the_name(line: str, flag: str | None, name: str) -> None:
    """The alternative text of a flag is the same name, or another form of it."""
    (only,) = _column(line, form=Form.RENDERED)[1].belligerents
    assert (only.named.flag, only.named.name) == (flag, name)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("United Kingdom United States", ["United Kingdom", "United States"]),
        ("North Korea South Korea", ["North Korea", "South Korea"]),
        ("Azerbaijan{a} Artsakh{b}", ["Azerbaijan", "Artsakh"]),
        ("Russia  Ukraine", ["Russia", "Ukraine"]),
        ("Nazi Germany Nazi Germany  Soviet Union", ["Nazi Germany", "Soviet Union"]),
        ("Flag of Argentina Argentina Flag of the United Kingdom United Kingdom", ["Argentina", "United Kingdom"]),
    ],
)
def test_two_columns_in_one_line(line: str, names: list[str]) -> None:
    """Wide gaps, marks and names of polities tell where the second cell begins."""
    assert _sides(_lost(line)) == [(names[0], 1), (names[1], 2)]


def test_the_first_and_the_last_name_are_sure_and_no_other() -> None:
    """Without a sign, nothing says where the second column begins."""
    found = _lost("Ruhl\nOsten\nAma\nBela")
    assert _sides(found) == [("Ruhl", 1), ("Osten", None), ("Ama", None), ("Bela", 2)]
    assert [one.side_basis is None for one in found] == [False, True, True, False]


def test_one_name_alone_has_no_side() -> None:
    """The other cell was lost, and it may have been the first one."""
    assert _sides(_lost("Ukraine")) == [("Ukraine", None)]


@pytest.mark.parametrize(
    ("document", "sign"),
    [
        (document_of("2016 Armenian\u2013Azerbaijani clashes"), "Armenian\u2013Azerbaijani"),
        (document_of("X", "It was fought between Armenia and the armed forces of Azerbaijan."), "between"),
        (document_of("X", "An operation launched by Azerbaijan against the state of Armenia."), "against"),
        (document_of("X", "With the Armenian army on one side and Azerbaijani forces on the other."), "one side"),
    ],
)
def test_the_text_says_who_fought_whom(document: Document, sign: str) -> None:
    """Title and prose put two names on different sides; the words are the basis."""
    found = _lost("Ruhl\nArmenia\nAzerbaijan", document)
    assert _sides(found) == [("Ruhl", 1), ("Armenia", 1), ("Azerbaijan", 2)]
    assert sign in (found[0].side_basis or "")


def test_one_victory_puts_two_on_one_side() -> None:
    """The "Russian and South Ossetian victory" has those two together."""
    document = document_of("X", fields=(field_of("result", "Russian and South Ossetian victory"),))
    assert _sides(_lost("Georgia\nRussia\nSouth Ossetia", document)) == [
        ("Georgia", 1),
        ("Russia", 2),
        ("South Ossetia", 2),
    ]


def test_peace_is_no_fight() -> None:
    """A treaty between two does not put them on different sides."""
    document = document_of("X", "The battle followed the treaty between Armenia and Azerbaijan.")
    assert [side for _, side in _sides(_lost("Ruhl\nArmenia\nAzerbaijan", document))] == [1, None, 2]


def test_a_blank_line_counts_where_another_field_has_it_too() -> None:
    """A list lost from under a name leaves a blank line in the middle of a column."""
    alone = _lost("Ruhl\n\nRussia\nSweden")
    assert [one.side for one in alone] == [1, None, 2]
    commanders = replace(field_of("commander", "France A\n\nRussia B\nSweden C"), columns_lost=True)
    confirmed = _lost("Ruhl\n\nRussia\nSweden", document_of("X", fields=(commanders,)))
    assert [one.side for one in confirmed] == [1, 2, 2]


def test_the_only_name_left_is_placed_by_the_units() -> None:
    """Units keep the order of the columns: Azerbaijan's stand before the others."""
    units = replace(field_of("units", "Azerbaijani Armed Forces\nPolice of Armenia"), columns_lost=True)
    assert _sides(_lost("Azerbaijan", document_of("X", fields=(units,)))) == [("Azerbaijan", 1)]


def test_the_roster_knows_forms_of_names_and_lost_opponents() -> None:
    """An adjective speaks of the belligerent; an opponent of the only side left is of the other."""
    combatant = replace(field_of("combatant", "Azerbaijan"), side=1)
    prose = "It was fought between Azerbaijan and the Republic of Artsakh."
    known = roster(document_of("X", prose, fields=(combatant,)))
    assert known.side_of("Azerbaijani Armed Forces").side == 1
    assert known.side_of("Artsakh Defence Army").side == 2
    assert known.side_of("Georgia").side is None


def test_a_name_on_both_sides_tells_no_side() -> None:
    """Two Chinas: the common word decides nothing, the whole name does."""
    one = replace(field_of("combatant", "Republic of China"), side=1)
    two = replace(field_of("combatant", "People's Republic of China"), side=2)
    known = roster(document_of("X", fields=(one, two)))
    assert known.side_of("Chinese").side is None
    assert known.side_of("Republic of China").side == 1


@given(st.lists(st.text("Ruhl and,():-;\u2020 Russia United \n*", max_size=40), max_size=6), st.booleans())
def test_every_letter_is_accounted_for(lines: list[str], lost: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Whatever stands in the field is read, ignored or unread, once; and every rule that is named is known."""
    field = replace(field_of("combatant", "\n".join(lines)), columns_lost=lost)
    reading = read_belligerents(field, NOTHING)
    assert not unaccounted(field, reading)
    assert {one.rule for one in reading.belligerents} <= RULES.keys()


@pytest.mark.parametrize("text", ["Russia France " * 40_000, "Ruhl, " * 60_000, "(" * 200_000, " " * 300_000 + "x"])
def test_a_long_line_takes_time_in_proportion(text: str) -> None:
    """Hostile lines are read in seconds."""
    begun = time.perf_counter()
    _lost(text)
    assert time.perf_counter() - begun < 10
