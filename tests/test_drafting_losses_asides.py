"""Lines of a casualties field that are no items of its lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of

from graph.drafting.losses import read_losses
from graph.drafting.losses.asides import BEHIND, COPY, LABEL, SENTENCE
from graph.drafting.reading import Disposal, FieldReading


def reading_of(text: str, strength: str = "") -> FieldReading:
    """Return the reading of a field that lost its columns."""
    fields = [replace(field_of("casualties", text), columns_lost=True)]
    if strength:
        fields.insert(0, replace(field_of("strength", strength), columns_lost=True))
    ((_, reading),) = read_losses(document_of("Battle of Zenda", fields=tuple(fields)))
    return reading


@pytest.mark.parametrize(
    ("text", "kept", "why"),
    [
        ("5 killed\n9 killed\nThe Ruritanian tug was sunk by 2 friendly shells", 2, SENTENCE),
        ("5 killed\n9 killed\nNumber updated to 269 killed after dozens of bodies were found.", 2, SENTENCE),
        ("5 killed\n9 killed\nLocation within Ruritania\n170\nZenda", 2, BEHIND),
        ("5 killed\n9 killed\nReferences\n1. Numbers vary; 65,000 or 67,000", 2, BEHIND),
        ("5 killed\n9 killed\n27\nZenda\n26\n25\nStrelsau\n24", 2, LABEL),
    ],
)
def test_what_is_no_item_is_left_unread(text: str, kept: int, why: str) -> None:
    """It is no loss, and is told with its reason."""
    reading = reading_of(text)
    assert len(reading.losses) == kept
    left = [one for one in reading.portions if one.why == why]
    assert left
    assert all(one.disposal is Disposal.UNREAD for one in left)


@pytest.mark.parametrize(
    "text",
    [
        "5 were killed by friendly fire in the night",
        "At least 5 soldiers were killed by friendly fire",
        "According to the army, 300 soldiers were killed",
        "None of the ships was sunk in the battle",
        "12\n15",
    ],
)
def test_figures_with_a_verb_are_read(text: str) -> None:
    """A line that begins with a figure or a claimant is an item, and two bare numbers are the two columns'."""
    assert reading_of(text).losses


def test_lines_printed_a_second_time_are_left_out() -> None:
    """Three or more with figures in a run, of the strengths or of the same field; fewer may be alike by chance."""
    reading = reading_of("33 ships\n41 ships\n58 killed\n90 wounded\n70 killed\n58 killed\n90 wounded\n70 killed")
    assert [one.count.least for one in reading.losses] == [33, 41, 58, 90, 70]
    assert [one.disposal for one in reading.portions if one.why == COPY] == [Disposal.IGNORED] * 3
    copied = reading_of("58 killed\n90 wounded\n33 ships\n41 ships\n58 killed", "33 ships\n41 ships")
    assert [one.count.least for one in copied.losses] == [58, 90]
    assert len(reading_of("58 killed\n90 wounded\n58 killed\n90 wounded").losses) == 4
