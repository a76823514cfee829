"""Who commanded, and what became of them: names, flags, fates, roles, sides."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.actors.commanders import RULES, read_commanders
from graph.drafting.actors.fates import is_of_other_years, years_in
from graph.drafting.document import Document, Form
from graph.drafting.reading import Commander, Disposal, FieldReading

NOTHING = document_of("Battle of Ulm")


def _read(text: str, *, form: Form = Form.WIKITEXT, document: Document = NOTHING, lost: bool = False) -> FieldReading:
    field = replace(field_of("commander", text), side=None if lost else 1, columns_lost=lost)
    reading = read_commanders(field, replace(document, form=form))
    assert not unaccounted(field, reading)
    return reading


def _lost(text: str, document: Document = NOTHING) -> tuple[Commander, ...]:
    return _read(text, form=Form.RENDERED, document=document, lost=True).commanders


def _sided(*sides: str) -> Document:
    fields = tuple(replace(field_of("combatant", text), side=at + 1) for at, text in enumerate(sides))
    return document_of("X", fields=fields)


@pytest.mark.parametrize(
    ("line", "name", "fate", "words"),
    [
        ("Jan Rell (WIA)", "Jan Rell", "wounded", "(WIA)"),
        ("Jan Rell(KIA)", "Jan Rell", "killed", "(KIA)"),
        ("Jan Rell (K.I.A.)", "Jan Rell", "killed", "(K.I.A.)"),
        ("Jan Rell \u2020", "Jan Rell", "killed", "\u2020"),
        ("Jan Rell\u2020", "Jan Rell", "killed", "\u2020"),
        ("Jan Rell (POW)", "Jan Rell", "captured", "(POW)"),
        ("Jan Rell (executed)", "Jan Rell", "executed", "(executed)"),
        ("Jan Rell (surrendered)", "Jan Rell", "surrendered", "(surrendered)"),
        ("Jan Rell (DOW)", "Jan Rell", "died_of_wounds", "(DOW)"),
        ("Jan Rell (died of wounds)", "Jan Rell", "died_of_wounds", "(died of wounds)"),
        ("Jan Rell (killed in action)", "Jan Rell", "killed", "(killed in action)"),
        ("Jan RellKIA", "Jan Rell", "killed", "KIA"),
        ("King Jan VIWIA", "King Jan VI", "wounded", "WIA"),
        ("Jan Rell (wounded 3 May)", "Jan Rell", "wounded", "(wounded 3 May)"),
        ("Jan Rell", "Jan Rell", None, None),
    ],
)
def test_fates(line: str, name: str, fate: str | None, words: str | None) -> None:
    """Signs and words behind a name say what became of the person, and are quoted."""
    (only,) = _read(line).commanders
    assert (only.named.name, only.fate) == (name, fate)
    assert (only.fate_words.text if only.fate_words else None) == words
    assert only.named.note is None


def test_a_dagger_of_a_natural_death_is_no_loss() -> None:
    """The sign is linked to what it means."""
    reading = _read("[[Jan Rell]] [[Death by natural causes|\u2020]]")
    (only,) = reading.commanders
    assert (only.named.name, only.named.link, only.fate) == ("Jan Rell", "Jan Rell", None)


def test_roles_in_brackets_also_on_the_next_line() -> None:
    """Fate and role may both stand behind a name."""
    found = _read("Jan Rell (WIA) (2nd Fleet)\nOla Bern\n(President, Chief of Staff)\nIgo Tann, (3rd Fleet)").commanders
    assert [(one.named.name, one.fate, one.named.note) for one in found] == [
        ("Jan Rell", "wounded", "2nd Fleet"),
        ("Ola Bern", None, "President, Chief of Staff"),
        ("Igo Tann", None, "3rd Fleet"),
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jan Rell, Ola Bern", ["Jan Rell", "Ola Bern"]),
        ("Jan II, Count of Rell, Ola, Duke of Bern", ["Jan II, Count of Rell", "Ola, Duke of Bern"]),
        ("King Jan, Earl of Rell", ["King Jan", "Earl of Rell"]),
        ("Jan Rell (local), Ola Bern (theater)", ["Jan Rell", "Ola Bern"]),
        ("[[Jan Rell, 2nd Duke of Bern|Jan, Lord Rell]]", ["Jan, Lord Rell"]),
        ("[[Jan Rell]] and [[Ola Bern]]", ["Jan Rell", "Ola Bern"]),
        ("Jan Rell, Jr.", ["Jan Rell, Jr."]),
    ],
)
def test_several_on_a_line(line: str, names: list[str]) -> None:
    """A comma parts names, but not a name from its title."""
    assert [one.named.name for one in _read(line).commanders] == names


def test_a_title_before_the_link() -> None:
    """A "King [[X]]" is named as printed and linked to X."""
    (only,) = _read("King [[Jan II of Ruhl|Jan II]]{3}").commanders
    assert (only.named.name, only.named.link) == ("King Jan II", "Jan II of Ruhl")
    assert [mark.name for mark in only.named.marks] == ["3"]


def test_what_names_nobody() -> None:
    """Lists elsewhere and headings are ignored, a fate without a name and figures are not understood."""
    reading = _read("full list...\nSupported by:\nJan Rell, KIA\n780,900 men{2}\nand others")
    assert [one.named.name for one in reading.commanders] == ["Jan Rell"]
    kinds = [(portion.words.text, portion.disposal) for portion in reading.portions]
    assert kinds == [
        ("full list...", Disposal.IGNORED),
        ("Supported by:", Disposal.IGNORED),
        ("Jan Rell", Disposal.READ),
        ("KIA", Disposal.UNREAD),
        ("780,900 men", Disposal.UNREAD),
        ("and others", Disposal.IGNORED),
    ]


@pytest.mark.parametrize(
    ("line", "flag", "name"),
    [
        ("Republic of Artsakh Arkady Ter", "Republic of Artsakh", "Arkady Ter"),
        ("Georgia (country) Zaza Rell", "Georgia (country)", "Zaza Rell"),
        ("Russia Chechnya Sulim Rell", "Russia", "Sulim Rell"),
        ("Israel Putnam", None, "Israel Putnam"),
        ("Austria Prince of Rell", "Austria", "Prince of Rell"),
    ],
)
def test_flags_became_words(line: str, flag: str | None, name: str) -> None:
    """A polity's name before a person is a flag, unless it may be a given name."""
    (only,) = _read(line, form=Form.RENDERED).commanders
    assert (only.named.flag, only.named.name) == (flag, name)


def test_a_flag_tells_the_side_and_the_order_tells_the_rest() -> None:
    """Who stands before a belligerent's man of side 1 is of side 1 too, whatever his flag."""
    document = _sided("Armenia", "Azerbaijan")
    found = _lost("Republic of Artsakh A Bell\nArmenia C Dell\nE Fell\nAzerbaijan G Hell\nI Jell", document)
    assert [(one.named.name, one.side) for one in found] == [
        ("A Bell", 1),
        ("C Dell", 1),
        ("E Fell", None),
        ("G Hell", 2),
        ("I Jell", 2),
    ]


@pytest.mark.parametrize(
    "text",
    ["Ivan Rell{1}  Ola Bern{1}\nIgo Tann", "Ivan Rell{1} Ola Bern\nIgo Tann", "Ivan Rell \u2020 Ola Bern\nIgo Tann"],
)
def test_two_cells_in_one_line(text: str) -> None:
    """A gap in the middle of a line parts the columns; what follows is of the second."""
    assert [(one.named.name, one.side) for one in _lost(text)] == [("Ivan Rell", 1), ("Ola Bern", 2), ("Igo Tann", 2)]


def test_four_words_on_the_one_line_are_two_names() -> None:
    """A commander of each side; a line of four words among others is one name."""
    assert [(one.named.name, one.side) for one in _lost("Ivan Rell Ola Bern")] == [("Ivan Rell", 1), ("Ola Bern", 2)]
    assert len(_lost("Ivan Rell Ola Bern\nIgo Tann\nAma Lot")) == 3


def test_names_run_together_are_parted_by_the_prose_or_not_at_all() -> None:
    """Words that the prose has side by side are one name; without it they are not understood."""
    text = "Ivan Rell Ola Bern Igo Tann"
    assert not _read(text, form=Form.RENDERED).commanders
    document = document_of("X", "There Ivan Rell met Ola Bern's men, while General Igo Tann fled.")
    found = _read(text, form=Form.RENDERED, document=document).commanders
    assert [one.named.name for one in found] == ["Ivan Rell", "Ola Bern", "Igo Tann"]


def test_without_a_sign_there_is_no_side() -> None:
    """Six names in lines of their own."""
    assert {one.side for one in _lost("A Bell\nC Dell\nE Fell\nG Hell\nI Jell\nK Lell")} == {None}


@given(st.lists(st.text("Jan Rell and,():-;\u2020 Russia KIA \n*", max_size=40), max_size=6), st.booleans())
def test_every_letter_is_accounted_for(lines: list[str], lost: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Whatever stands in the field is read, ignored or unread, once; and every rule that is named is known."""
    reading = _read("\n".join(lines), form=Form.RENDERED, lost=lost)
    assert {one.rule for one in reading.commanders} <= RULES.keys()
    assert {one.why for one in reading.portions if one.disposal is Disposal.READ} <= RULES.keys()


@pytest.mark.parametrize(
    "text", ["Russia France " * 40_000, "Jan Rell, " * 40_000, "Jan (" * 60_000, "\u2020 J" * 60_000]
)
def test_a_long_line_takes_time_in_proportion(text: str) -> None:
    """Hostile lines are read in seconds."""
    begun = time.perf_counter()
    _lost(text)
    assert time.perf_counter() - begun < 15


def test_a_fate_of_another_year_stays_unread() -> None:
    """Of a commander (killed in 1920) the box of a battle of 1915 tells nothing that is of it."""
    assert is_of_other_years("(killed in 1920)", years_in("3 May 1915"))
    assert not is_of_other_years("(killed 4 May 1915)", years_in("3 May 1915"))
    assert not is_of_other_years("(killed in 1920)", ())
