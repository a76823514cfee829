"""Ratios, rival claims, ranges that a bracket parts, and headings that name no force: what is counted, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, unaccounted

from graph.drafting.document import Document, Form
from graph.drafting.losses import read_losses
from graph.drafting.reading import Disposal, FieldReading, Figure
from graph.drafting.registry import read_registry
from graph.drafting.strengths import read_strength

NOTHING: Document = replace(document_of("Battle of Ulm"), form=Form.WIKITEXT)


def _losses(text: str) -> FieldReading:
    field = replace(field_of("casualties", text), side=1)
    ((_, reading),) = read_losses(replace(NOTHING, fields=(field,)))
    assert not unaccounted(field, reading)
    return reading


def _strengths(text: str) -> FieldReading:
    field = replace(field_of("strength", text), side=1)
    reading = read_strength(field, NOTHING)
    assert not unaccounted(field, reading)
    return reading


def _left(reading: FieldReading, disposal: Disposal) -> list[str]:
    return [one.words.text for one in reading.portions if one.disposal is disposal]


def _said(figures: tuple[Figure, ...]) -> list[tuple[int | None, int | None, str | None]]:
    return [(one.count.least, one.count.most, one.claimant.name if one.claimant else None) for one in figures]


@pytest.mark.parametrize("share", ["4:3", "10:1", "6 in 10", "5\u20446", "1/6", "\u2153", "3 1/2"])
def test_a_ratio_or_share_is_no_count(share: str) -> None:
    """It is one stretch, set apart with its reason, and what it is of is left to a person."""
    for reading in (_losses(f"{share} bowmen killed"), _strengths(f"{share} bowmen")):
        assert not (*reading.losses, *reading.strengths)
        assert _left(reading, Disposal.IGNORED) == [share]
        assert _left(reading, Disposal.UNREAD)


def test_numbers_that_only_look_like_a_share_are_counts() -> None:
    """A year behind "in", and a list, are no shares."""
    assert [one.count.least for one in _losses("6 killed in 1743").losses] == [6]
    assert [one.count.least for one in _losses("3 tanks, 4 guns").losses] == [3, 4]


def test_a_clause_that_compares_counts_nothing() -> None:
    """Only that clause: the figure before the comma stands."""
    reading = _strengths("7,000 men, outnumbering the others by 3 to 1")
    assert [one.count.least for one in reading.strengths] == [7000]
    assert "outnumbering the others by 3 to 1" in _left(reading, Disposal.UNREAD)[0]


def test_a_bracketed_claimant_is_of_the_figure_before_it() -> None:
    """Of two alternatives each has its own."""
    expected = [(100, 100, "Ruhl"), (50, 50, "modern estimates")]
    assert _said(_strengths("100 men (Ruhl) or 50 men (modern estimates)").strengths) == expected
    assert _said(_losses("100 killed (Ruhl) or 50 killed (modern estimates)").losses) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300\u2013400 men (according to Ruhl; 200 according to Osten)", [(300, 400, "Ruhl"), (200, 200, "Osten")]),
        ("20 (German claim: 90) guns", [(20, 20, None), (90, 90, "Germany")]),
        (
            "British estimate: 40 men (modern estimates: 30)",
            [(40, 40, "British estimate"), (30, 30, "modern estimates")],
        ),
    ],
)
def test_a_figure_with_its_own_claimant_is_a_rival(text: str, expected: list[tuple[int, int, str | None]]) -> None:
    """It is no part of the figure before its bracket."""
    for figures in (_strengths(text).strengths, _losses(text).losses):
        assert _said(figures) == expected
        assert [one.included_in for one in figures] == [None, None]


def test_a_claimant_of_no_figure_is_left_unread() -> None:
    """The upper end of a range has no figure of its own."""
    reading = _losses("100 killed to 300 killed (US estimate)")
    assert _said(reading.losses) == [(100, 300, None)]
    assert _left(reading, Disposal.UNREAD) == ["(US estimate)"]


@pytest.mark.parametrize("heading", ["Initial", "Final", "Peak", "At sea", "Aftermath", "Reinforcements"])
def test_a_heading_that_names_no_force_limits(heading: str) -> None:
    """Its words are the scope of what stands under it."""
    for figure in (*_losses(f"{heading}:\n* 4 killed").losses, *_strengths(f"{heading}: 4 men").strengths):
        assert (figure.force, figure.scope) == (None, heading)


@pytest.mark.parametrize("heading", ["Russia", "Ministry of Defence", "Volunteers", "French", "3rd Regiment", "Allies"])
def test_a_heading_that_names_a_force(heading: str) -> None:
    """A country, a people, or a word for a body of men."""
    for figure in (*_losses(f"{heading}:\n* 4 killed").losses, *_strengths(f"{heading}: 4 men").strengths):
        assert (figure.force, figure.scope) == (heading, None)


def test_a_linked_heading_names_a_force() -> None:
    """A name that no table knows is one where it is linked."""
    (figure,) = _strengths("[[Ruhl]]: 4 men").strengths
    assert (figure.force, figure.scope) == ("Ruhl", None)


def test_growth_is_a_figure_of_its_own() -> None:
    """With its words, and with the hedge before its number."""
    found = _strengths("100 combat troops rising to c. 250, 3 guns").strengths
    assert [(one.count.least, one.count.most, one.count.qualifier, one.scope) for one in found] == [
        (100, 100, None, None),
        (250, 250, "c.", "rising to"),
        (3, 3, None, None),
    ]


def test_a_bracket_inside_a_range() -> None:
    """The ends are one range unless each has a bracket of its own."""
    (figure,) = _strengths("12,000 (mostly levies) to 36,000").strengths
    assert (figure.count.least, figure.count.most, figure.scope) == (12_000, 36_000, "mostly levies")
    assert len(_strengths("12,000 (Ruhl) to 36,000 (Osten)").strengths) == 2


@pytest.mark.parametrize(
    ("text", "counts", "unread"),
    [
        ("3 divisions (about 12,000 men each)", [3], "(about 12,000 men each)"),
        ("five ships of 74 guns", [5], "74 guns"),
        ("9,000 men (elements of 9 legions)", [9000], "(elements of 9 legions)"),
    ],
)
def test_what_each_of_several_has_is_no_total(text: str, counts: list[int], unread: str) -> None:
    """Its words are left to a person."""
    reading = _strengths(text)
    assert [one.count.least for one in reading.strengths] == counts
    assert _left(reading, Disposal.UNREAD) == [unread]


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("2 ships run aground", "grounded"),
        ("2 ships sunk or grounded", "sunk_or_grounded"),
        ("9 frostbitten", "frostbitten"),
    ],
)
def test_effects_of_water_and_frost(text: str, effect: str) -> None:
    """The vocabulary has a term for each."""
    assert [one.effect for one in _losses(text).losses] == [effect]
    assert read_registry().effect(effect) is not None


def test_carriers_are_counted_whatever_stands_before() -> None:
    """A fleet carrier is a ship, and the number before it names no fleet."""
    found = _strengths("8 fleet carriers\n8 light carriers\nunknown thousands of other infantry").strengths
    assert [(one.count.least, one.object) for one in found] == [
        (8, "fleet carriers"),
        (8, "light carriers"),
        (None, "other infantry"),
    ]
