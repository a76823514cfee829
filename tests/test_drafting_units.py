"""Which units took part: names, links, lists, sides."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.actors.units import RULES, read_units
from graph.drafting.document import Document, Form
from graph.drafting.reading import Disposal, FieldReading, Unit

NOTHING = document_of("Battle of Ulm")


def _read(text: str, *, form: Form = Form.WIKITEXT, document: Document = NOTHING, lost: bool = False) -> FieldReading:
    field = replace(field_of("units", text), side=None if lost else 1, columns_lost=lost)
    reading = read_units(field, replace(document, form=form))
    assert not unaccounted(field, reading)
    return reading


def _lost(text: str, document: Document = NOTHING) -> tuple[Unit, ...]:
    return _read(text, form=Form.RENDERED, document=document, lost=True).units


def test_names_links_notes_and_nested_lists() -> None:
    """Each entry of any depth is a unit of the column's side; a link to a list is not the unit's page."""
    found = _read("[[3rd Army (Ruhl)|3rd Army]]{4}\n* [[List of armies|57th Army]]\n** Unit 910 (Wolves)").units
    assert [(one.named.name, one.named.link, one.named.note, one.side) for one in found] == [
        ("3rd Army", "3rd Army (Ruhl)", None, 1),
        ("57th Army", None, None, 1),
        ("Unit 910", None, "Wolves", 1),
    ]
    assert [mark.name for mark in found[0].named.marks] == ["4"]


def test_headings_that_gather_and_headings_that_name() -> None:
    """Words like "Ground units:" name none; "[[Army Group B]]:" is a unit with its list under it."""
    reading = _read("Ground units:\n[[Army Group B]]:\n* [[6th Army]]\nAdditional support units")
    assert [(one.named.name, one.rule) for one in reading.units] == [
        ("Army Group B", "unit-heading"),
        ("6th Army", "unit-line"),
    ]
    assert [one.disposal for one in reading.portions] == [
        Disposal.IGNORED,
        Disposal.READ,
        Disposal.READ,
        Disposal.IGNORED,
    ]


@pytest.mark.parametrize(
    "text", ["See order of battle See order of battle", "see Battle of Ulm order of battle", "Unknown"]
)
def test_pointers_are_ignored_with_a_reason(text: str) -> None:
    """The list of units stands elsewhere, or nowhere."""
    reading = _read(text)
    assert not reading.units
    assert [one.disposal for one in reading.portions] == [Disposal.IGNORED]
    assert reading.portions[0].why.endswith(".")


@pytest.mark.parametrize("text", ["15 rebel units", "Nominal: 103,520{1}", "~30,000"])
def test_figures_are_no_names(text: str) -> None:
    """A count of units names none."""
    reading = _read(text)
    assert not reading.units
    assert [one.disposal for one in reading.portions] == [Disposal.UNREAD]


def test_units_that_run_together() -> None:
    """Numbers that are part of names begin the next one; where there are none, nothing is guessed."""
    text = "1st Armoured Division 10th Mechanized Division Unit 910 (Wolves)"
    assert [one.named.name for one in _read(text, form=Form.RENDERED).units] == [
        "1st Armoured Division",
        "10th Mechanized Division",
        "Unit 910",
    ]
    assert not _read("Army of Ruhl Army of the North Army of Osten", form=Form.RENDERED).units


def test_the_names_of_belligerents_tell_the_sides() -> None:
    """An adjective in a unit's name; what stands between the columns stays open."""
    one, two = (replace(field_of("combatant", name), side=at) for at, name in ((1, "Armenia"), (2, "Azerbaijan")))
    document = document_of("X", fields=(one, two))
    found = _lost("Police of Armenia\nMinistry of War\nAzerbaijani Armed Forces\nState Guard", document)
    assert [unit.side for unit in found] == [1, None, 2, 2]
    assert [unit.side_basis is None for unit in found] == [False, True, False, False]
    assert {unit.side for unit in _lost("Police of Ruhl\nState Guard")} == {None}


@given(st.lists(st.text("1st Army Unit and,():-; Russia \n*", max_size=40), max_size=6), st.booleans())
def test_every_letter_is_accounted_for(lines: list[str], lost: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Whatever stands in the field is read, ignored or unread, once; and every rule that is named is known."""
    reading = _read("\n".join(lines), form=Form.RENDERED, lost=lost)
    assert {one.why for one in reading.portions if one.disposal is Disposal.READ} <= RULES.keys()


@pytest.mark.parametrize("text", ["1st Army " * 40_000, "Army, " * 60_000, "Army (" * 60_000])
def test_a_long_line_takes_time_in_proportion(text: str) -> None:
    """Hostile lines are read in seconds."""
    begun = time.perf_counter()
    _lost(text)
    assert time.perf_counter() - begun < 10
