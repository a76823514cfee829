"""Which side a line of losses is of, where a renderer lost the columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of

from graph.drafting.losses import read_losses
from graph.drafting.reading import Loss


def losses_of(text: str, combatants: str = "") -> tuple[Loss, ...]:
    """Return the losses of a field that lost its columns; combatants stand in two columns, parted by a bar."""
    field = replace(field_of("casualties", text), columns_lost=True)
    sides = [replace(field_of("combatant", one), side=at) for at, one in enumerate(combatants.split("|"), 1) if one]
    ((_, reading),) = read_losses(document_of("Battle of Zenda", fields=(*sides, field)))
    return reading.losses


@pytest.mark.parametrize(
    ("text", "sides", "sign"),
    [
        ("5 killed\n10 wounded\n58 killed\n60 wounded\n1 frigate captured", [1, 1, 2, 2, 2], "starts again"),
        ("38,000 dead or wounded\n20,000 captured\n54,000 dead or wounded", [1, 1, 2], "starts again"),
        ("1 carrier sunk\n307 killed\n4 carriers sunk\n3,057 killed", [1, 1, 2, 2], "from things to people"),
        (
            "1 cruiser sunk\n107 killed\n7 captured\n1 tug sunk\n3 destroyers damaged\n10 killed",
            [1, 1, 1, 2, 2, 2],
            "from things to people",
        ),
        (
            "\n5 killed\n6 wounded\n4 tanks\n\n8 killed\n9 wounded\n7 tanks\n2 guns\n\n10 killed\n3 wounded",
            [1, 1, 1, 2, 2, 2, 2, 2, 2],
            "starts again",
        ),
        ("1,237 soldiers killed\n648 partisans killed\n2,000 dead and wounded", [1, 1, 2], "starts again"),
        (
            "Per Zembla:\n6 killed\n7 guns\nPer Zenda:\n4 killed\n3 captured\nPer Zembla:\n9 killed\n3 captured",
            [1, 1, 2, 2, 2, 2],
            "once more",
        ),
        (
            "571 dead\n6 tanks lost\n2 dead\nFrench historians estimate:\n8,000 dead",
            [1, 1, 1, 2],
            "names no claimant",
        ),
        (
            "5 killed\nTotal:\n5\n1 killed\nGuards:\n7 killed\nMaterial:\n8 tanks lost\nTotal:\n7",
            [1, 1, 1, 2, 2, 2],
            "with its total",
        ),
        ("5,000\nTotal:\n12,600 killed\n26,000\nTotal:\n41,000 killed", [1, 1, 2, 2], "with its total"),
        ("200\n700-2,500", [1, 2], "starts again"),
        ("100\n40 killed\n60 wounded\n300\n100 killed\n200 wounded", [1, 1, 1, 2, 2, 2], "starts again"),
        (
            "Per Ruritania:\n5 killed\nPer Graustark:\n7 killed\nPer Graustark:\n9 killed\nPer Ruritania:\n8 killed",
            [1, 1, 2, 2],
            "once more",
        ),
        (
            "Ruritanian sources:\n5 killed\nAzerbaijani claim:\n7 killed\nPer Azerbaijan:\n9 killed",
            [1, 1, 2],
            "once more",
        ),
        ("Operation Rudolf:\n5 tanks lost\nOperation Rudolf:\n7 guns lost", [1, 2], "once more"),
        ("Personnel:\n5 killed\nMaterial:\n3 tanks lost\nPersonnel:\n9 killed", [1, 1, 2], "once more"),
        ("35 killed 150 killed\n300 wounded", [1, 2, 2], "One line holds"),
        ("Unknown Unknown", [1, 2], "One line holds"),
        ("None 5 killed\n7 wounded", [1, 2, 2], "One line holds"),
        ("1,000 2,000", [1, 2], "One line holds"),
        ("Unknown\n169 knights killed\n131 knights captured", [1, 2, 2], "all that a column"),
        ("5 killed\n7 wounded\nHeavy", [1, 1, 2], "all that a column"),
        ("5 killed\nTotal: 5\n7 killed\nTotal: 7", [1, 1, 2, 2], "with its total"),
        ("20,000 captured\n5 killed", [1, 2], "begins with the killed"),
        ("1,000 killed\n50 captured\n250", [1, 1, 2], "begins with the killed"),
        ("5 killed\n*7 wounded\n*8 missing", [1, 2, 2], "printed as a list"),
        ("5 killed\n7 wounded\n\n8 missing", [1, 1, 2], "blank line"),
        ("About 600 dead, unknown wounded\n7,000 casualties and about 1,500 prisoners", [1, 1, 2, 2], "two lines"),
    ],
)
def test_the_sign_that_parts_the_columns(text: str, sides: list[int], sign: str) -> None:
    """Each sign finds its place, and says so beside every side."""
    losses = losses_of(text)
    assert [one.side for one in losses] == sides
    assert all(one.side_basis and sign in one.side_basis for one in losses)


def test_a_belligerent_heads_its_part() -> None:
    """A heading that names a belligerent of the second column begins it; more parts do not end it."""
    text = "169 killed\n1 missing\n\nGraustark: 67 killed\n3 missing\n\nBurlesdon:\n50 killed"
    losses = losses_of(text, "Strelsau|Graustark\nBurlesdon")
    assert [one.side for one in losses] == [1, 1, 2, 2, 2]


def test_several_claimants_of_one_side_do_not_start_again() -> None:
    """The same effect by different claimants who are named is said of one side."""
    losses = losses_of("23 dead\n52 wounded\n52 dead per HRW\n53 dead per the IDF")
    assert [one.side for one in losses] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("tail", "count"),
    [
        ("~130,000 civilians displaced", 1),
        ("4,000 civilians killed", 1),
        ("\n11 Ruritanian civilians killed (per Graustark)\n\n1 nurse injured (per Ruritania)", 2),
        ("*2,000 soldiers killed in total (per the UN)\n*~4,500 people displaced (per Graustark)", 2),
        ("40 houses destroyed according to the UN", 1),
        ("Civilians:\n5 killed\n7 wounded", 2),
    ],
)
def test_lines_under_both_columns_have_no_side(tail: str, count: int) -> None:
    """Civilians, the displaced, totals of both sides, which a box prints under its columns."""
    losses = losses_of(f"*5 killed\n*7 wounded\n*8 killed\n*9 wounded\n{tail}")
    assert [one.side for one in losses] == [1, 1, 2, 2, *[None] * count]
    assert "stands after the lists of both columns" in (losses[-1].side_basis or "")


def test_belligerents_named_under_both_columns_keep_their_side() -> None:
    """The civilians of a belligerent who is named are of its side."""
    military = "5 killed\n7 wounded\n8 killed\n9 wounded"
    civilian = "Civilian and other\n*Ruritania: 1 killed\n*Graustark: 10 killed\n\n100 refugees fled"
    losses = losses_of(f"{military}\n\n{civilian}", "Ruritania|Graustark")
    assert [(one.side, one.civilian) for one in losses[4:]] == [(1, True), (2, True), (None, True)]


def test_civilians_within_a_list_are_of_its_side() -> None:
    """An item of a claimant's list is of that list."""
    first = "Per Ruritania:\n*5 killed\n*9 civilians killed\nPer Graustark:\n*6 killed"
    second = "Per Graustark:\n*7 killed\n*8 civilians killed"
    assert [one.side for one in losses_of(f"{first}\n{second}")] == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "5 killed\n7 wounded",
        "5 killed\n6 killed\n7 killed",
        "Unknown\n100\nUnknown",
        "366 killed (acc. army)\n420 killed (acc. BBC)\n1,000 killed (acc. opposition)",
        "Estimates vary",
    ],
)
def test_what_the_text_does_not_tell_has_no_side(text: str) -> None:
    """No sign, or several places for one: every line stays without a side, and says so."""
    losses = losses_of(text)
    assert {one.side for one in losses} <= {None}
    assert all(one.side_basis for one in losses)


def test_lines_alike_are_those_of_several_allies() -> None:
    """As many of them as the first column may have allies; the enemy's list has another form."""
    text = "95 killed, 60 wounded\n8 killed, 43 wounded\n4 killed, 10 wounded\n1,200 killed\n1,500 captured"
    losses = losses_of(text, "Ruritania\nGraustark\nZembla|Strelsau")
    assert [one.side for one in losses] == [1, 1, 1, 1, 1, 1, 2, 2]
    assert all("one for each ally" in (one.side_basis or "") for one in losses)


@pytest.mark.parametrize(
    ("tail", "count"),
    [
        ("50 civilians killed", 1),
        ("50 civilians killed (separatist claim)", 1),
        ("50 civilians killed\nThis article is issued from a mirror", 1),
        ("50 civilians killed\n3 Russian Marines killed", 2),
        ("Per Zembla:\n50 civilians killed\nPer Graustark:\n70 civilians killed\n400 deported", 3),
        ("Per Zembla:\n50 civilians killed\nWatch report:\n400 killed", 2),
    ],
)
def test_lists_of_civilians_at_the_end_are_of_no_side(tail: str, count: int) -> None:
    """Whoever claims them, with those of nations that are no belligerents, and with what says nothing behind them."""
    text = f"Per Graustark:\n5 killed\nPer Ruritania:\n8 killed\nPer Graustark:\n9 killed\n{tail}"
    losses = losses_of(text, "Ruritania|Graustark")
    assert [one.side for one in losses[-count:]] == [None] * count
    assert [one.side for one in losses[:-count]] == [1, 1, 2]


def test_people_of_a_nation_in_a_line_of_no_side_are_a_population() -> None:
    """Civilians or not; those whose side is only unknown are none."""
    text = "5 killed\n9 killed\n3 civilians killed\n1 Azerbaijani medical worker injured"
    losses = losses_of(text, "Ruritania|Graustark")
    assert [(one.side, one.population) for one in losses] == [(1, False), (2, False), (None, False), (None, True)]
    assert not any(one.population for one in losses_of("5 Russian soldiers killed"))
