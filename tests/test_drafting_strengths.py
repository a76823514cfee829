"""How strong each side was: figures under claimants and headings, and the sides of columns that were lost."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, unaccounted

from graph.drafting.document import Document, Form
from graph.drafting.reading import Disposal, FieldReading, Value
from graph.drafting.strengths import read_strength

NOTHING = document_of("Battle of Ulm")


def _read(text: str, *, document: Document = NOTHING, lost: bool = False) -> FieldReading:
    field = replace(field_of("strength", text), side=None if lost else 1, columns_lost=lost)
    reading = read_strength(field, replace(document, form=Form.RENDERED if lost else Form.WIKITEXT))
    assert not unaccounted(field, reading)
    return reading


def _figures(reading: FieldReading) -> list[tuple[int | None, str | None, int | None]]:
    return [(one.count.least, one.object, one.side) for one in reading.strengths]


def test_figures_of_a_column() -> None:
    """A line may hold several, and a figure without a number is one too."""
    reading = _read("1,200 men{2}\n40 tanks, 3 guns\nUnknown")
    assert _figures(reading) == [(1200, "men", 1), (40, "tanks", 1), (3, "guns", 1), (None, None, 1)]
    assert reading.strengths[-1].value is Value.STATED_UNSPECIFIED
    assert [mark.name for mark in reading.strengths[0].marks] == ["2"]


def test_claimants_in_brackets_and_over_lists() -> None:
    """A claimant speaks for its figure, or for the list under it."""
    reading = _read("200 men (per Ruhl)\nPer Osten:\n* 300 men\n* 4 guns")
    assert [one.claimant.name if one.claimant else None for one in reading.strengths] == ["Ruhl", "Osten", "Osten"]


def test_headings_of_phases_and_forces() -> None:
    """The next heading of the kind ends the one before; a deeper list ends with its depth."""
    reading = _read(
        "Operation Ruhl:\n* 10 men\nSecond phase:\n* 20 men\n30 ships\n\nNorway:\nArmy:\n5 guns\nNavy:\n6 ships"
    )
    assert [(one.count.least, one.phase, one.force) for one in reading.strengths] == [
        (10, "Operation Ruhl", None),
        (20, "Second phase", None),
        (30, None, None),
        (5, None, "Norway: Army"),
        (6, None, "Norway: Navy"),
    ]


def test_a_list_under_a_figure_takes_it_apart() -> None:
    """The parts are in the whole and must not be added to it."""
    reading = _read("6,000 men\n* 2,000 archers\n* 4,000 pikemen\n10 guns")
    assert [one.included_in for one in reading.strengths] == [None, 0, 0, None]


def test_a_heading_without_its_list() -> None:
    """Where only the heading is left, it is kept with the claimant that it names."""
    reading = _read("Per Ruhl:\nPer Osten:\n* 300 men")
    ((words, named, side),) = reading.empty_headings
    assert (words.text, named and named.name, side) == ("Per Ruhl", "Ruhl", 1)


def test_pointers_are_ignored() -> None:
    """A line that only says "See …" says nothing."""
    reading = _read("See order of battle")
    assert not reading.strengths
    assert [one.disposal for one in reading.portions] == [Disposal.IGNORED]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("~3,000{1} ~12,000{2}", [(3000, ["1"], 1), (12000, ["2"], 2)]),
        ("Unknown 30,000{6}", [(None, [], 1), (30000, ["6"], 2)]),
        ("18,000 9,000", [(18000, [], 1), (9000, [], 2)]),
        ("Unknown Unknown", [(None, [], 1), (None, [], 2)]),
    ],
)
def test_two_cells_in_one_line(line: str, found: list[tuple[int | None, list[str], int]]) -> None:
    """Each cell has its own figures and marks."""
    figures = _read(line, lost=True).strengths
    assert [(one.count.least, [mark.name for mark in one.marks], one.side) for one in figures] == found


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("100 men\n5 guns\n200 men\n7 guns", [1, 1, 2, 2]),
        ("100\n5 guns\n200\n7 guns", [1, 1, 2, 2]),
        ("Operation Ruhl:\n* 1 man\nOperation Ruhl:\n* 2 men", [1, 2]),
        ("1 brigade\n2 battalions\n12 bulldozers\nSome 200", [None] * 4),
        ("100 men\n200 men\n300 men", [None] * 3),
    ],
)
def test_sides_by_a_list_that_starts_again(text: str, sides: list[int | None]) -> None:
    """What stands first is given once more for the second column; more than once decides nothing."""
    assert [one.side for one in _read(text, lost=True).strengths] == sides


def test_sides_by_headings_that_name_belligerents() -> None:
    """Everything from the first belligerent of side 2 on is of side 2."""
    one, two = (replace(field_of("combatant", name), side=at) for at, name in ((1, "Georgia"), (2, "Russia\nOsten")))
    reading = _read("100\nRussia: 40{1}\n50\nOsten: 6", document=document_of("X", fields=(one, two)), lost=True)
    assert [(figure.side, figure.force) for figure in reading.strengths] == [
        (1, None),
        (2, "Russia"),
        (2, "Russia"),
        (2, "Osten"),
    ]
    assert all(figure.side_basis for figure in reading.strengths)


def test_a_heading_reaches_no_figure_of_unknown_column() -> None:
    """The list under it may have ended with its column, which nobody knows."""
    reading = _read("First wave\n200 ships\n300 men\n4 guns", lost=True)
    assert {(one.side, one.phase) for one in reading.strengths} == {(None, None)}


@pytest.mark.parametrize(
    "text", ["Unknown " * 10_000, "1,200 men{1} " * 3_000, "(per Ruhl " * 5_000, " " * 100_000 + "1"]
)
def test_a_long_line_takes_time_in_proportion(text: str) -> None:
    """Hostile lines are read in seconds."""
    begun = time.perf_counter()
    _read(text, lost=True)
    assert time.perf_counter() - begun < 10
