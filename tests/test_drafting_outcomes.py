"""Result, status, territorial changes, what the battle is part of, its name, and what is no statement."""

# The texts have the dashes, primes and letters that articles have.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest
from drafting_lines import document_of, field_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.chronicle.outcomes import RULES, read_conflict, read_outcome, read_part_of
from graph.drafting.ignored_fields import read_other
from graph.drafting.reading import Disposal

_DOCUMENT = document_of("Battle of Anywhere")


@pytest.mark.parametrize("key", ["result", "status", "territory"])
def test_each_line_is_a_statement(key: str) -> None:
    text = "Decisive [[Northland|Northern]] victory{1}{a}\n* Army of the [[South]] destroyed\n* Siege lifted"
    reading = read_outcome(field_of(key, text), _DOCUMENT)
    assert [(one.key, one.rule, one.words.text) for one in reading.stated] == [
        (key, f"{key}-line", "Decisive Northern victory"),
        (key, f"{key}-line", "Army of the South destroyed"),
        (key, f"{key}-line", "Siege lifted"),
    ]
    assert [mark.name for mark in reading.stated[0].marks] == ["1", "a"]
    assert [[named.link for named in one.named] for one in reading.stated] == [["Northland"], ["South"], []]


@pytest.mark.parametrize(
    ("text", "stated", "ignored"),
    [
        ("See: § Analysis", [], "See: § Analysis"),
        ("See Aftermath section", [], "See Aftermath section"),
        ("Northern victory – see § Result", ["Northern victory"], "– see § Result"),
        ("Inconclusive (see Aftermath)", ["Inconclusive"], "(see Aftermath)"),
        ("Northern victory:", ["Northern victory"], None),
        ("Foreseen victory", ["Foreseen victory"], None),
    ],
)
def test_words_that_send_the_reader_on_are_ignored(text: str, stated: list[str], ignored: str | None) -> None:
    reading = read_outcome(field_of("result", text), _DOCUMENT)
    assert [one.words.text for one in reading.stated] == stated
    found = [portion.words.text for portion in reading.portions if portion.disposal is Disposal.IGNORED]
    assert found == ([ignored] if ignored else [])


def test_lines_after_a_gap_may_be_of_a_field_that_lost_its_label() -> None:
    reading = read_outcome(field_of("result", "Northern victory\n\nNorthland\nSouthland"), _DOCUMENT)
    assert [one.words.text for one in reading.stated] == ["Northern victory"]
    assert [one.disposal for one in reading.portions] == [Disposal.READ, Disposal.UNREAD, Disposal.UNREAD]


@pytest.mark.parametrize(
    ("text", "wars"),
    [
        ("the Hundred Days' War", ["Hundred Days' War"]),
        ("Part of the Long War", ["Long War"]),
        ("Long War", ["Long War"]),
        (
            "the Northern front during the Red invasion of Southland",
            ["Northern front during the Red invasion of Southland"],
        ),
        ("Operation Red Door and the Second War", ["Operation Red Door", "Second War"]),
        ("the North and South War", ["North and South War"]),
        (
            "the Red Wars of 3rd century, the [[Blue wars]] and the [[Crisis]]",
            ["Red Wars of 3rd century", "Blue wars", "Crisis"],
        ),
        ("the [[Eastern Front (Long War)|Eastern Front]] of [[Long War]]", ["Eastern Front", "Long War"]),
        ("the [[Long War (1213–14)]]", ["Long War (1213–14)"]),
    ],
)
def test_a_battle_is_part_of_the_wars_that_are_linked_or_named(text: str, wars: list[str]) -> None:
    field = field_of("partof", text)
    reading = read_part_of(field, _DOCUMENT)
    assert [war.name for war in reading.wars] == wars
    assert not unaccounted(field, reading)


def test_the_name_in_the_box_keeps_its_bracket_as_a_note() -> None:
    (name,) = read_conflict(field_of("conflict", "Battle of [[Oldham]] (Newham)"), _DOCUMENT).names
    assert (name.name, name.note) == ("Battle of Oldham", "Newham")


@pytest.mark.parametrize(
    "key", ["image", "image_size", "caption", "map_type", "campaignbox", "width", "casualties_header"]
)
def test_parameters_of_the_box_alone_are_ignored_with_a_reason(key: str) -> None:
    (portion,) = read_other(field_of(key, "300px"), _DOCUMENT).portions
    assert portion.disposal is Disposal.IGNORED
    assert portion.why.endswith(".")


@pytest.mark.parametrize("key", ["notes", "casus", "aftermath"])
def test_free_words_and_unknown_parameters_are_left_to_a_person(key: str) -> None:
    (portion,) = read_other(field_of(key, "Occupation of the islands"), _DOCUMENT).portions
    assert (portion.disposal, portion.words.text) == (Disposal.UNREAD, "Occupation of the islands")


_WORDS = st.sampled_from(
    [
        "Northern",
        "victory",
        "see",
        "§",
        "the",
        "and",
        "War",
        ",",
        ";",
        "(",
        ")",
        ":",
        "–",
        "[[South]]",
        "{4}",
        "é",
        "٣",
        "\n",
        "\n*",
        "\n\n",
    ]
)
_READERS = {"result": read_outcome, "partof": read_part_of, "conflict": read_conflict, "notes": read_other}


@given(st.lists(_WORDS, max_size=14).map(" ".join), st.sampled_from(sorted(_READERS)))
def test_every_letter_and_digit_is_accounted_for_once(text: str, key: str) -> None:
    field = field_of(key, text)
    reading = _READERS[key](field, _DOCUMENT)
    assert not unaccounted(field, reading)
    assert all(portion.why in RULES for portion in reading.portions if portion.disposal is Disposal.READ)
