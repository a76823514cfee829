"""The losses of a casualties field: headings and their lists, parts of figures, the account of every word."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, line_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.document import Document, Entry, Field, Form, Line
from graph.drafting.losses import RULES, read_losses
from graph.drafting.reading import Disposal, FieldReading, Loss, Reading
from graph.drafting.running.gold import gold_form


def read(text: str, *, side: int | None = 1, lost: bool = False, combatants: str = "") -> FieldReading:
    """Return the reading of a casualties field; combatants are the lines of both columns of belligerents."""
    field = replace(field_of("casualties", text), side=None if lost else side, columns_lost=lost)
    sides = [replace(field_of("combatant", one), side=at) for at, one in enumerate(combatants.split("|"), 1) if one]
    ((_, reading),) = read_losses(document_of("Battle of Zenda", fields=(*sides, field)))
    return reading


def said(loss: Loss) -> str:
    """Return what a loss says in one short string."""
    claimant = f"{loss.claimant.name}: " if loss.claimant else ""
    return f"{claimant}{loss.count.least} {loss.object or '-'} {loss.effect}"


def test_a_claimant_speaks_for_the_list_under_its_heading() -> None:
    """Until the next claimant, with the heading kept; its marks say where the claim is, and stand for each figure."""
    reading = read("Per Ruritania:{4}\n*10 killed\n*20 wounded\nPer Graustark:\n*30 killed")
    assert [said(one) for one in reading.losses] == [
        "Ruritania: 10 - killed",
        "Ruritania: 20 - wounded",
        "Graustark: 30 - killed",
    ]
    first = reading.losses[0]
    assert first.claimant is not None
    assert first.heading is not None
    assert ([mark.name for mark in first.claimant.marks], first.heading.text) == (["4"], "Per Ruritania")
    assert [[mark.name for mark in one.marks] for one in reading.losses] == [["4"], ["4"], []]


def test_the_mark_of_a_heading_that_names_no_claimant_is_its_own() -> None:
    """What is cited there is the unit or the phase, and no figure."""
    reading = read("Royal Guard:{4}\n*10 killed{5}")
    assert [mark.name for mark in reading.losses[0].marks] == ["5"]


def test_a_list_of_claimants_without_colons() -> None:
    """A line of nothing but a name and "figures", "claims" heads the lines under it."""
    reading = read("Ruritanian official figures\n*10 killed\nGraustarkian claims\n*30 killed")
    assert [said(one) for one in reading.losses] == [
        "Ruritanian official figures: 10 - killed",
        "Graustarkian: 30 - killed",
    ]


def test_a_name_in_brackets_beside_claimants_in_brackets() -> None:
    """Only where another line of the list has its claimant there, and only a name."""
    reading = read("10 killed (Ruritanian Army claim)\n20 killed (White Book)\n30 killed (in hospitals)")
    assert [said(one).partition(":")[0] for one in reading.losses] == ["Ruritanian Army", "White Book", "30 - killed"]
    assert [one.rule for one in read("20 killed (White Book)").losses if one.claimant] == []


def test_fighters_among_aircraft_are_aircraft() -> None:
    """The word alone names people."""
    assert [said(one) for one in read("*5 bombers\n*3 fighters").losses] == ["5 bombers lost", "3 fighters lost"]
    assert [said(one) for one in read("*5 tanks\n*3 fighters").losses] == ["5 tanks lost", "3 fighters casualties"]


def test_headings_may_be_items_of_the_same_list() -> None:
    """A renderer that flattens lists prints a claimant and its figures at one depth."""
    reading = read("*US estimate:\n*10 killed\n*20 wounded\n*Unofficial estimates: ~60,000")
    assert [said(one) for one in reading.losses] == [
        "US estimate: 10 - killed",
        "US estimate: 20 - wounded",
        "Unofficial estimates: 60000 - casualties",
    ]


def test_a_heading_of_cited_authors_names_claimants() -> None:
    """And of nobody else: a general of the same form is a part of a side."""
    entries = tuple(
        Entry(name, Span(0, 1), line_of(text))
        for name, text in [("1", "Frieser 1995, p. 3"), ("2", "De Vries, Jan: A Book")]
    )
    field = field_of("casualties", "Frieser:\n*10 killed\nVries and Frieser: 20 killed\nSoult: 30 killed")
    document = replace(document_of("x", fields=(field,)), entries=entries)
    ((_, reading),) = read_losses(document)
    assert [said(one) for one in reading.losses] == [
        "Frieser: 10 - killed",
        "Vries and Frieser: 20 - killed",
        "30 - killed",
    ]
    assert "heading-author" in {portion.why for portion in reading.portions}


def test_a_claimant_of_the_line_wins_over_the_heading() -> None:
    """It speaks for its own line and no other."""
    reading = read("Per Ruritania:\n*10 killed (per Graustark)\n*20 wounded")
    assert [said(one) for one in reading.losses] == ["Graustark: 10 - killed", "Ruritania: 20 - wounded"]


def test_a_claimant_speaks_for_the_figures_back_to_the_one_before() -> None:
    """And for none of another sentence, nor across a lost break."""
    reading = read("10 killed, 20 wounded (per Ruritania), 30 killed (per Graustark), 5 missing")
    assert [said(one) for one in reading.losses] == [
        "Ruritania: 10 - killed",
        "Ruritania: 20 - wounded",
        "Graustark: 30 - killed",
        "5 - missing",
    ]
    (unnamed, named) = read("350 killed 2,000 killed (per Graustark)").losses
    assert (unnamed.claimant, said(named)) == (None, "Graustark: 2000 - killed")
    (named, unnamed) = read("According to the UN 11 killed. 5 wounded").losses
    assert (said(named), unnamed.claimant) == ("UN: 11 - killed", None)


def test_a_claimant_of_one_end_of_a_range_is_not_that_of_the_range() -> None:
    """Nobody says the whole of "from 100 killed to 300 killed (per Graustark)"."""
    reading = read("From 100 killed to 300 killed (per Graustark)")
    (loss,) = reading.losses
    assert (loss.count.least, loss.count.most, loss.claimant) == (100, 300, None)
    assert "(per Graustark)" in [one.words.text for one in reading.portions if one.disposal is Disposal.UNREAD]


def test_a_claimant_on_a_line_of_its_own_speaks_for_the_line_before() -> None:
    """Brackets go on with what they follow."""
    reading = read("100 infantry killed\n(according to Arrian)\n300 infantry killed\n(according to Curtius)")
    assert [said(one) for one in reading.losses] == ["Arrian: 100 infantry killed", "Curtius: 300 infantry killed"]


def test_whose_losses_they_are_is_no_claimant() -> None:
    """Parts of a side, and parts of these where no blank line parts them."""
    reading = read(
        "Graustark: 67 killed\n283 wounded\n\nRuritania:\nMinistry of Defence:\n26 killed\nVolunteers:\n50 killed",
        combatants="Strelsau|Graustark\nRuritania",
    )
    assert {one.claimant for one in reading.losses} == {None}
    assert [(one.count.least, one.force) for one in reading.losses] == [
        (67, "Graustark"),
        (283, "Graustark"),
        (26, "Ruritania: Ministry of Defence"),
        (50, "Ruritania: Volunteers"),
    ]


def test_a_part_on_the_line_of_its_figure_ends_where_its_effects_begin_again() -> None:
    """After "Norway: 67 killed", another "100 killed" is of nobody in particular."""
    reading = read("Norway: 67 killed\n283 wounded\n100 killed")
    assert [one.force for one in reading.losses] == ["Norway", "Norway", None]


def test_phases_effects_and_civilians_are_lent_to_the_lists_under_them() -> None:
    """Each kind of heading says another thing of the figures."""
    reading = read("Operation Rudolf:\n*5 killed\nBattle of Zenda:\n*7 killed\nCivilians:\n*3 killed")
    assert [(one.phase, one.civilian) for one in reading.losses] == [
        ("Operation Rudolf", False),
        ("Battle of Zenda", False),
        (None, True),
    ]
    killed, captured = read("Killed: 169\nCaptured: 10").losses
    assert (killed.effect, killed.words.text, captured.effect) == ("killed", "Killed: 169", "captured")


def test_a_total_is_of_all_parts() -> None:
    """The part named last does not keep the total."""
    reading = read("'''Sweden:'''\n5 killed\n\n'''Norway:'''\n7 killed\nTotal: 12 killed")
    assert [(one.count.least, one.force) for one in reading.losses] == [(5, "Sweden"), (7, "Norway"), (12, None)]


def test_lines_that_go_on_are_read_as_one() -> None:
    """Brackets, a list after "including", a verb that stands last."""
    reading = read("100 killed\n(including 4 officers)\n12 ships including:\n2 destroyers,\n3 cruisers sunk\n50 planes")
    assert [(one.count.least, one.object, one.effect, one.included_in) for one in reading.losses] == [
        (100, None, "killed", None),
        (4, "officers", "killed", 0),
        (12, "ships", "sunk", None),
        (2, "destroyers", "sunk", 2),
        (3, "cruisers", "sunk", 2),
        (50, "planes", "lost", None),
    ]


def test_a_list_under_a_figure_is_a_part_of_it() -> None:
    """After a colon, or one level deeper with the same effect; other effects are none of it."""
    opened = read("54,000 dead or wounded:\nArmy of the Rhine 34,000\nArmy of the North 20,000\n7 guns captured").losses
    assert [(one.count.least, one.effect, one.force, one.included_in) for one in opened] == [
        (54000, "killed_or_wounded", None, None),
        (34000, "killed_or_wounded", "Army of the Rhine", 0),
        (20000, "killed_or_wounded", "Army of the North", 0),
        (7, "captured", None, None),
    ]
    deeper = read("20,195 dead\n*12,520 killed in action\n55,162 wounded").losses
    assert [one.included_in for one in deeper] == [None, 0, None]


def test_a_flag_names_the_part_of_a_side() -> None:
    """As a heading would, where there is none."""
    shown = Line(line_of("400 killed").pieces, flags=((0, "Ruritania"),))
    field = Field("casualties", (shown,), Span(0, 10), side=2)
    ((_, reading),) = read_losses(document_of("x", fields=(field,)))
    assert [(one.force, one.side) for one in reading.losses] == [("Ruritania", 2)]


def test_headings_printed_once_more_without_their_lists() -> None:
    """A renderer that repeats the outline of the lists adds nothing."""
    reading = read("Per Ruritania:\n*10 killed\nPer Graustark:\n*30 killed\nPer Ruritania:\nPer Graustark:")
    assert (len(reading.losses), reading.empty_headings) == (2, ())
    assert [one.words.text for one in reading.portions if one.disposal is Disposal.IGNORED] == [
        "Per Ruritania",
        "Per Graustark",
    ]


def test_headings_whose_list_is_lost() -> None:
    """They are told with the claimant that they name, and make no loss."""
    reading = read("Per Ruritania:\n\nPer Graustark:\n*30 killed\n\nPer Ruritania:")
    assert [(words.text, named and named.name, side) for words, named, side in reading.empty_headings] == [
        ("Per Ruritania", "Ruritania", 1),
        ("Per Ruritania", "Ruritania", 1),
    ]
    assert len(reading.losses) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Per Ruritania:\n*10 killed{3} (per Graustark; regulars), about 20 gone for good\nKilled: 5",
        "Nobody knows\n100 killed\n(including 4 officers)\n\nSee below",
        "Per Ruritania: 2 woundedPer Graustark: 3 killed",
        "12 ships including:\n2 destroyers,\n3 cruisers sunk",
        "x" * 5000,
        "From 100 killed to 300 killed (per Graustark)",
    ],
)
def test_every_word_is_read_ignored_or_unread(text: str) -> None:
    """The portions of a line do not overlap and cover each letter and digit."""
    reading = read(text)
    field = next(portion.field for portion in reading.portions)
    assert unaccounted(field, reading) == []
    assert all(
        portion.why in RULES or portion.why.startswith("loss-")
        for portion in reading.portions
        if portion.disposal is Disposal.READ
    )


_TEXT = st.lists(
    st.sampled_from(
        [
            "10 killed",
            "Per Ruritania:",
            " (per Graustark)",
            ", ",
            "\n",
            "\n*",
            "\n\n",
            "Killed: ",
            "including",
            "words",
            "(",
            ")",
            ": ",
            "5",
        ]
    ),
    max_size=25,
).map("".join)


@given(_TEXT, st.booleans())
def test_any_field_is_accounted_for(text: str, lost: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    """Whatever stands in a field: no word is lost, no part points outside, no word is quoted that is not there."""
    field = replace(field_of("casualties", text), columns_lost=lost)
    document = replace(document_of("x", fields=(field,)), source=text)
    ((_, reading),) = read_losses(document)
    assert unaccounted(field, reading) == []
    for place, loss in enumerate(reading.losses):
        assert loss.included_in is None or 0 <= loss.included_in < place
        assert text[loss.words.span.start : loss.words.span.end]


def test_the_cost_is_linear() -> None:
    """Ten thousand lines, a line of a million characters and deep lists take seconds."""
    start = time.process_time()
    read("\n".join(["Per Ruritania:", "10 killed", "20 wounded"] * 700), lost=True)
    read("10 killed (per X) " * 60000)
    read("\n".join("*" * (at % 50) + "5 killed:" for at in range(1500)), lost=True)
    assert time.process_time() - start < 20


def test_the_gold_form() -> None:
    """Side, claimant, bounds, category, object; printed marks are references and names of wikitext are not."""
    text = "Per Ruritania:\n10\u201320 soldiers killed{4} (including 3 officers)"
    field = replace(field_of("casualties", text), side=2)
    document = replace(document_of("x", fields=(field,)), source=text)
    found = gold_form(Reading(document, read_losses(document)))
    assert [
        (one["side"], one["per"], one["count_min"], one["count_max"], one["category"], one["refs"]) for one in found
    ] == [
        (2, "Ruritania", 10, 20, "killed", ["4"]),
        (2, "Ruritania", 3, 3, "killed", found[1]["refs"]),
    ]
    assert all(one["quote"] in text for one in found)
    assert found[1]["included_in"] == found[0]["quote"]
    assert _is_wikitext_without_refs(document)


def _is_wikitext_without_refs(document: Document) -> bool:
    wiki = replace(document, form=Form.WIKITEXT)
    found = gold_form(Reading(wiki, read_losses(wiki)))
    return (found[0]["refs"], found[0]["ref_names"]) == ([], ["4"])
