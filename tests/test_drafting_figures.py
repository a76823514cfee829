"""What a line of a casualties or strength field is read to say."""

# ruff: noqa: RUF001 - the dashes that articles write ranges with

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.document import Line, Link, Mark, Piece
from graph.drafting.figures import RULES, Inherited, LineFigures, read_line, read_strength_line
from graph.drafting.reading import Loss, Value

Said = tuple[int | None, int | None, str, str | None]


def line(text: str, *, marks: tuple[tuple[int, str], ...] = (), links: tuple[Link, ...] = ()) -> Line:
    """Return a line of the text; its marks stand before the visible places given."""
    span = Span(0, max(1, len(text)))
    return Line(
        (Piece(text, span),) if text else (), marks=tuple(Mark(at, name, span) for at, name in marks), links=links
    )


def read(text: str, inherited: Inherited | None = None) -> LineFigures:
    return read_line(line(text), (), inherited or Inherited())


def said(loss: Loss) -> Said:
    return loss.count.least, loss.count.most, loss.effect, loss.object


@pytest.mark.parametrize(
    ("text", "least", "most", "qualifier"),
    [
        ("1,234 killed", 1234, 1234, None),
        ("1 234 killed", 1234, 1234, None),
        ("1\u00a0234 killed", 1234, 1234, None),
        ("12-15 killed", 12, 15, None),
        ("1,200–1,500 killed", 1200, 1500, None),
        ("12 — 15 killed", 12, 15, None),
        ("300 to 400 killed", 300, 400, None),
        ("5 or 6 killed", 5, 6, None),
        ("between 300 and 400 killed", 300, 400, None),
        ("from 30 to 40 killed", 30, 40, None),
        ("From 300 killed to 400 killed", 300, 400, None),
        ("2–3 million dead", 2_000_000, 3_000_000, None),
        ("1.5 million dead", 1_500_000, 1_500_000, None),
        ("three killed", 3, 3, None),
        ("twenty-five killed", 25, 25, None),
        ("two thousand five hundred killed", 2500, 2500, None),
        ("a dozen killed", 12, 12, None),
        ("~40 killed", 40, 40, "~"),
        ("c. 40 killed", 40, 40, "c."),
        ("ca. 40–50 killed", 40, 50, "ca."),
        ("Around 40 killed", 40, 40, "Around"),
        ("Estimate 40 killed", 40, 40, "Estimate"),
        ("40 killed (estimated)", 40, 40, "estimated"),
        ("40+ killed", 40, None, "+"),
        ("40 or more killed", 40, None, "or more"),
        ("At least 40 killed", 40, None, "At least"),
        ("more than 40 killed", 40, None, "more than"),
        ("over 40 killed", 40, None, "over"),
        ("up to 40 killed", None, 40, "up to"),
        ("fewer than 40 killed", None, 40, "fewer than"),
        ("max. 40 killed", None, 40, "max."),
        ("no killed", 0, 0, "no"),
        ("None killed", 0, 0, "None"),
        ("unknown killed", None, None, "unknown"),
        ("Unknown number of killed", None, None, "Unknown number of"),
        ("Several killed", None, None, "Several"),
        ("Dozens killed", None, None, "Dozens"),
        ("tens of thousands killed", None, None, "tens of thousands"),
    ],
)
def test_how_many_died(text: str, least: int | None, most: int | None, qualifier: str | None) -> None:
    """Exact and hedged numbers have both bounds, bounded ones the stated one, vague ones none."""
    (loss,) = read(text).losses
    assert (loss.count.least, loss.count.most, loss.count.qualifier, loss.effect) == (least, most, qualifier, "killed")
    assert (loss.value is Value.KNOWN) == (least is not None or most is not None)
    assert not read(text).unread


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("5 dead", "killed"),
        ("5 KIA", "killed"),
        ("5 deaths", "killed"),
        ("5 killed in action", "killed"),
        ("5 injured", "wounded"),
        ("5 WIA", "wounded"),
        ("5 POW", "captured"),
        ("5 taken prisoner", "captured"),
        ("5 surrendered", "captured"),
        ("5 MIA", "missing"),
        ("5 deserted", "deserted"),
        ("5 executed", "executed"),
        ("5 drowned", "drowned"),
        ("5 fled", "displaced"),
        ("5 non-battle casualties", "non_battle"),
        ("5 casualties", "casualties"),
        ("5 total", "casualties"),
        ("5 men", "casualties"),
        ("5 ships sunk", "sunk"),
        ("5 ships scuttled", "sunk"),
        ("5 jets shot down", "downed"),
        ("5 tanks seriously damaged", "damaged"),
        ("5 tank losses", "lost"),
        ("5 tanks", "lost"),
        ("5 dead or wounded", "killed_or_wounded"),
        ("5 killed/missing", "killed_or_missing"),
        ("5 killed & wounded", "killed_or_wounded"),
        ("5 missing, killed or captured", "missing_killed_or_captured"),
        ("5 dead, wounded, and captured", "killed_wounded_or_captured"),
        ("5 KIA, MIA", "killed_or_missing"),
        ("5 ships sunk or captured", "sunk_or_captured"),
        ("5 killed wounded and missing", "killed_wounded_or_missing"),
    ],
)
def test_what_became_of_them(text: str, effect: str) -> None:
    """Words of one meaning have one effect; merged ones keep the order of the text."""
    (loss,) = read(text).losses
    assert loss.effect == effect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 killed, 7 wounded", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("Killed: 6, Wounded: 7", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("killed 6, wounded 7", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("6 killed or missing and 7 wounded", [(6, 6, "killed_or_missing", None), (7, 7, "wounded", None)]),
        ("6 killed 7 wounded", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("6 killed7 wounded", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("6 kille7 wounded", [(6, 6, "killed", None), (7, 7, "wounded", None)]),
        ("6 killedSeveral wounded", [(6, 6, "killed", None), (None, None, "wounded", None)]),
        ("9 troops killed, 8 wounded", [(9, 9, "killed", "troops"), (8, 8, "wounded", "troops")]),
        ("9 boats sunk and 2 damaged", [(9, 9, "sunk", "boats"), (2, 2, "damaged", "boats")]),
        ("9 boats sunk, 30 killed", [(9, 9, "sunk", "boats"), (30, 30, "killed", None)]),
        ("2 jets, 14 drones shot down", [(2, 2, "downed", "jets"), (14, 14, "downed", "drones")]),
        (
            "6 tanks, 4 IFVs, 1 AEV destroyed",
            [(6, 6, "destroyed", "tanks"), (4, 4, "destroyed", "IFVs"), (1, 1, "destroyed", "AEV")],
        ),
        ("5 soldiers, 3 tanks destroyed", [(5, 5, "casualties", "soldiers"), (3, 3, "destroyed", "tanks")]),
        ("4,300, 18 guns captured", [(4300, 4300, "casualties", None), (18, 18, "captured", "guns")]),
        ("1,500, 12 guns", [(1500, 1500, "casualties", None), (12, 12, "lost", "guns")]),
        ("6 tanks and assault guns destroyed", [(6, 6, "destroyed", "tanks and assault guns")]),
        ("7 X-1, X-20, and X-30 howitzers destroyed", [(7, 7, "destroyed", "X-1, X-20, and X-30 howitzers")]),
        ("2 Xy 109s damaged", [(2, 2, "damaged", "Xy 109s")]),
        ("3 2X1 howitzers destroyed", [(3, 3, "destroyed", "2X1 howitzers")]),
        ("2 100mm guns lost", [(2, 2, "lost", "100mm guns")]),
        ("5 ships of the line captured", [(5, 5, "captured", "ships of the line")]),
        ("20 battle casualties", [(20, 20, "casualties", "battle casualties")]),
        ("20 noble prisoners", [(20, 20, "captured", "noble prisoners")]),
        ("20 prisoners executed", [(20, 20, "executed", "prisoners")]),
        ("1 refugee ship sunk", [(1, 1, "sunk", "refugee ship")]),
        ("5 of 12 boats sunk", [(5, 5, "sunk", "boats")]),
        ("Tanks: 5 destroyed, 2 damaged", [(5, 5, "destroyed", "Tanks"), (2, 2, "damaged", "Tanks")]),
        (
            "10 Ruritanian and 8 Sylvan civilians killed",
            [(10, 10, "killed", "Ruritanian civilians"), (8, 8, "killed", "Sylvan civilians")],
        ),
        ("Xy-25 downed", [(1, 1, "downed", "Xy-25")]),
        ("RMS Example sunk", [(1, 1, "sunk", "RMS Example")]),
        ("helicopters shot down", [(None, None, "downed", "helicopters")]),
        ("Several jets downed", [(None, None, "downed", "jets")]),
        ("Hundreds of soldiers missing", [(None, None, "missing", "soldiers")]),
        ("All ships captured", [(None, None, "captured", "ships")]),
        ("Infantry losses unknown but heavy", [(None, None, "casualties", "Infantry")]),
        ("Unknown", [(None, None, "casualties", None)]),
        ("Unspecified", [(None, None, "casualties", None)]),
        ("Unknown, presumed heavy", [(None, None, "casualties", None)]),
        ("Unknown; estimated between 100 and 150", [(100, 150, "casualties", None)]),
        ("very heavy", [(None, None, "casualties", None)]),
        ("None", [(0, 0, "casualties", None)]),
        ("None reported", [(0, 0, "casualties", None)]),
    ],
)
def test_the_figures_of_a_line(text: str, expected: list[Said]) -> None:
    """One figure per count: its verb may stand before, after, or at the end of a list."""
    assert [said(loss) for loss in read(text).losses] == expected


@pytest.mark.parametrize(
    "text",
    [
        "17 June 1815",
        "June–July 1942",
        "5–31 July",
        "(1937–1945)",
        "in 1943",
        "1648–59",
        "Summer 1940 – May 1941",
        "10.08 - 30.09.43",
        "page 37",
        "p. 37",
        "Army of 1812",
        "9th Army",
        "2nd Division",
        "4 Army",
        "XY-72",
        "Hill 60",
        "60% of the fleet",
        "5 per cent",
        "$5 million",
        "500 km",
        "three days",
        "five times more",
        "1/3",
        "See below",
        "see § Losses (table 5)",
        "https://example.org/12",
        "civilian deaths",
        "20 hostages rescued",
        "20 captives freed",
        "1.029 killed",
    ],
)
def test_what_is_no_loss(text: str) -> None:
    """Dates, names, shares, money, pointers count nothing; a point might part thousands or decimals."""
    reading = read(text)
    assert reading.losses == ()
    assert reading.ignored or reading.unread


def test_what_counts_nothing_is_set_apart_for_its_reason() -> None:
    reading = read("40 killed (5%), see below")
    (share, pointer) = (reason for _, _, reason in reading.ignored)
    assert "hundred" in share
    assert "article tells more" in pointer


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("50 dead (30 militants and 5 civilians)", [None, 0, 0]),
        ("50 killed (11 non-combat), 60 wounded", [None, 0, None]),
        ("50 dead (inc. 4 generals), 60 wounded (7 children)", [None, 0, None, 2]),
        ("50 killed including 3 officers", [None, 0]),
        ("50 killed including 3 officers, 60 wounded", [None, 0, None]),
        ("62 casualties including 15 killed, 20 wounded", [None, 0, 0]),
        ("4 ships including: 1 carrier, 3 frigates sunk, 1 boat damaged, 9 planes", [None, 0, 0, None, None]),
        ("50 dead: Army of Oz 30 Army of Uz 20", [None, 0, 0]),
        ("40 killed (by the end 2 tanks destroyed", [None, None]),
        ("40 killed, including 3 Sylvans, and 41 wounded", [None, 0, None]),
        ("30 lost, 40 killed, 3 of whom were officers", [None, None, 1]),
        ("40 captured (3 of whom were wounded)", [None, 0]),
    ],
)
def test_parts_are_never_added(text: str, parts: list[int | None]) -> None:
    """Figures in brackets after one, or after "including", are parts of it, as long as they can be."""
    assert [loss.included_in for loss in read(text).losses] == parts


def test_a_part_has_the_effect_and_people_of_its_whole() -> None:
    whole, part, other = read("50 troops killed (11 non-combat), 60 wounded").losses
    assert said(part) == (11, 11, "killed", "troops")
    assert part.scope == "non-combat"
    assert said(other) == (60, 60, "wounded", "troops")
    assert whole.scope is None


def test_a_verb_at_the_end_is_that_of_the_whole_list_and_its_head() -> None:
    effects = [loss.effect for loss in read("3 ships including: 1 carrier, 2 frigates sunk, 9 planes").losses]
    assert effects == ["sunk", "sunk", "sunk", "lost"]


@pytest.mark.parametrize("text", ["(inc. 4 generals)", "including 4 generals", "(4 generals)"])
def test_parts_on_a_line_of_their_own_go_on_the_figure_before(text: str) -> None:
    reading = read(text, Inherited(effect="killed"))
    assert reading.continues
    assert [said(loss) for loss in reading.losses] == [(4, 4, "killed", "generals")]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("40 killed (entire operation)", "entire operation"),
        ("40 killed (second wave)", "second wave"),
        ("40 tanks (for 5–31 July)", "for 5–31 July"),
        ("40 killed in Ruritania", "in Ruritania"),
        ("40 killed in 1943", "in 1943"),
        ("14 April: 40 killed", "14 April"),
        ("1942: 40 killed", "1942"),
        ("Uz & Oz: 40 killed", "Uz & Oz"),
        ("By 10 May, 40 killed", "By 10 May"),
        ("40 (mostly killed)", "mostly killed"),
        ("40 jets (Fleet Oz 4)", "Fleet Oz 4"),
    ],
)
def test_what_limits_a_figure(text: str, scope: str) -> None:
    (loss,) = read(text).losses
    assert (loss.count.least, loss.scope) == (40, scope)


@pytest.mark.parametrize(
    ("text", "civilian"),
    [
        ("4 civilians killed, 5 wounded", [True, True]),
        ("4 children killed", [True]),
        ("4 Ruritanians displaced", [True]),
        ("4 soldiers killed", [False]),
        ("4 houses destroyed", [False]),
        ("Civilians: 4 killed", [True]),
    ],
)
def test_civilians(text: str, civilian: list[bool]) -> None:
    assert [loss.civilian for loss in read(text).losses] == civilian


def test_a_line_takes_from_its_heading_what_it_leaves_out() -> None:
    lent = Inherited(effect="destroyed", object="civilians", civilian=True)
    tank, dead, number = (read(text, lent).losses[0] for text in ("5 tanks", "5 killed", "5"))
    assert said(tank) == (5, 5, "destroyed", "tanks")
    assert not tank.civilian
    assert said(dead) == (5, 5, "killed", "civilians")
    assert dead.civilian
    assert said(number) == (5, 5, "destroyed", "civilians")


def test_marks_belong_to_the_figures_before_them() -> None:
    """Marks at the end are those of all figures since the marks before; marks within a figure are its own."""
    text = "13–68 killed, 5 wounded, 6 missing, 7 captured"
    marks = ((2, "a"), (5, "b"), (23, "c"), (len(text), "d"))
    names = ["".join(mark.name for mark in loss.marks) for loss in read_line(line(text, marks=marks)).losses]
    assert names == ["ab", "c", "d", "d"]


def test_a_mark_parts_two_numbers() -> None:
    losses = read_line(line("200 300 killed", marks=((3, "a"),))).losses
    assert [loss.count.least for loss in losses] == [200, 300]


def test_the_object_has_its_link() -> None:
    text = "5 XY-72 tanks destroyed"
    (loss,) = read_line(line(text, links=(Link(2, 7, "XY-72"),))).losses
    assert (loss.link, loss.object_words and loss.object_words.text) == ("XY-72", "XY-72 tanks")


def test_a_stretch_that_was_read_before_parts_like_a_comma() -> None:
    text = "5 killed (per Oz) 6 wounded"
    reading = read_line(line(text), [(9, 17)])
    assert [said(loss) for loss in reading.losses] == [(5, 5, "killed", None), (6, 6, "wounded", None)]
    assert [text[start:end] for start, end, _ in reading.read] == ["5 killed", "6 wounded"]
    assert reading.unread == ()


def test_a_claim_that_nobody_took_is_no_limit() -> None:
    reading = read("5 killed (Ruritanian claim)")
    assert reading.losses[0].scope is None
    assert reading.unread == ((10, 26),)


def test_counts_that_say_neither_what_nor_how_are_not_guessed() -> None:
    reading = read("9 jets destroyed, 6 in combat")
    assert len(reading.losses) == 1
    assert reading.unread == ((18, 29),)


def test_a_loss_quotes_what_it_was_read_from() -> None:
    first, second = read("about 26 tanks, 4 jeeps destroyed").losses
    assert (first.words.text, second.words.text) == ("about 26 tanks", "4 jeeps destroyed")
    assert [loss.effect_words and loss.effect_words.text for loss in (first, second)] == ["destroyed", "destroyed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("52,000 men, 66 guns", [(52000, 52000, "men"), (66, 66, "guns")]),
        ("2,792 to 3,549 aircraft", [(2792, 3549, "aircraft")]),
        ("unknown number of tanks, carriers and jets", [(None, None, "tanks, carriers and jets")]),
        ("Unknown", [(None, None, None)]),
        ("Several hundred troops", [(None, None, "troops")]),
        ("At least two Xy-24s", [(2, None, "Xy-24s")]),
        ("1,500–2,000", [(1500, 2000, None)]),
    ],
)
def test_strengths(text: str, expected: list[tuple[int | None, int | None, str | None]]) -> None:
    strengths = read_strength_line(line(text)).strengths
    assert [(one.count.least, one.count.most, one.object) for one in strengths] == expected


def test_parts_of_a_strength() -> None:
    strengths = read_strength_line(line("1,040 men (400 Ruritanians, 220 Sylvans)")).strengths
    assert [one.included_in for one in strengths] == [None, 0, 0]


def test_every_rule_is_used_and_every_rule_used_is_told() -> None:
    texts = ["1,000", "5 killed", "5-6 killed", "5+ killed", "~5 killed", "none", "unknown", "heavy", "Xy-25 downed"]
    texts += ["5 dead (2 men)", "5 jets, 6 tanks lost", "Killed: 5", "9 men killed, 6 wounded"]
    used = {loss.rule for text in texts for loss in read(text).losses}
    used |= {one.rule for text in ("5 men (2 Sylvans)", "unknown") for one in read_strength_line(line(text)).strengths}
    assert used == set(RULES)


NUMBERS = st.integers(min_value=0, max_value=10**9)


@given(NUMBERS, st.sampled_from([",", " ", "\u00a0", ""]))
def test_a_number_reads_back(number: int, parting: str) -> None:
    (loss,) = read(f"{number:,}".replace(",", parting) + " killed").losses
    assert (loss.count.least, loss.count.most) == (number, number)


@given(NUMBERS, NUMBERS, st.sampled_from(["-", "–", " — ", " to ", " or "]))
def test_a_range_reads_back(one: int, other: int, joint: str) -> None:
    least, most = sorted((one, other))
    (loss,) = read(f"{least:,}{joint}{most:,} men wounded").losses
    assert (loss.count.least, loss.count.most, loss.object) == (least, most, "men")


PIECES = st.sampled_from(
    [
        "5",
        "1,200",
        "12–15",
        "~",
        "at least",
        "killed",
        "wounded",
        "captured",
        "or",
        "and",
        ",",
        ";",
        ".",
        ":",
        "(",
        ")",
        "tanks",
        "men",
        "civilians",
        "XY-72",
        "Su 25",
        "including",
        "in total",
        "14 April",
        "1943",
        "in",
        "of",
        "unknown",
        "none",
        "heavy",
        "several",
        "per Oz",
        "see",
        "50%",
        "€",
        "kille7",
        "p. 3",
        "refugee",
        "Total",
        "the",
        "/",
        "&",
        "+",
        "years",
        "…",
        "é9",
        "²",
        "[",
        "]",
        "prisoners",
        "losses",
        "rescued",
        "Army of Oz",
    ]
)
LINES = st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=40)


@given(LINES, st.tuples(st.integers(0, 20), st.integers(0, 20)))
def test_every_letter_and_digit_is_accounted_for_once(text: str, ends: tuple[int, int]) -> None:
    """Stretches read, ignored, unread and read before do not overlap and leave no letter or digit out."""
    begin, end = sorted(min(place, len(text)) for place in ends)
    for reading in (read_line(line(text), [(begin, end)]), read_strength_line(line(text), [(begin, end)])):
        named = [(start, stop) for start, stop, _ in (*reading.read, *reading.ignored)]
        places = [place for start, stop in (*named, *reading.unread) for place in range(start, stop)]
        assert len(places) == len(set(places))
        assert all(start < stop for start, stop in (*named, *reading.unread))
        assert not set(places) & set(range(begin, end))
        missed = set(range(len(text))) - set(places) - set(range(begin, end))
        assert not [text[place] for place in missed if text[place].isalnum()]


@given(LINES)
def test_parts_point_to_earlier_figures_and_rules_are_told(text: str) -> None:
    reading = read(text)
    for place, loss in enumerate(reading.losses):
        assert loss.included_in is None or loss.included_in < place
        assert loss.rule in RULES
        assert (loss.value is Value.KNOWN) == (loss.count.least is not None or loss.count.most is not None)
    assert {rule for _, _, rule in reading.read} <= set(RULES)
    assert all(re.fullmatch(r"[A-Z].+\.", reason) for _, _, reason in reading.ignored)


@pytest.mark.parametrize(
    "piece", ["killed ", "(5 killed ", "5 XY-72s, ", "tank a b, ", "5-4-3-", "very ", "9", "refugee "]
)
def test_a_hostile_line_is_given_back_unread(piece: str) -> None:
    """A line that is no item of a list is not read, so its cost is bounded."""
    text = piece * (1_000_000 // len(piece))
    assert read(text) == LineFigures((), (), (), ((0, len(text)),))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "64 German and 20 Italian aircraft",
            [(64, 64, "lost", "German aircraft"), (20, 20, "lost", "Italian aircraft")],
        ),
        (
            "12 escort and 7 auxiliary ships sunk",
            [(12, 12, "sunk", "escort ships"), (7, 7, "sunk", "auxiliary ships")],
        ),
        ("(at least 27 men and 22 women killed)", [(27, None, "killed", "men"), (22, None, "killed", "women")]),
        ("3 fleet carriers sunk", [(3, 3, "sunk", "fleet carriers")]),
        ("700+—1,200 killed", [(700, 1200, "killed", None)]),
        ("90,000 evacuated sick", [(90000, 90000, "sick", None)]),
        ("27 tanks damaged, 4 left behind", [(27, 27, "damaged", "tanks"), (4, 4, "lost", "tanks")]),
        ("200 captured knights executed", [(200, 200, "executed", "captured knights")]),
        ("unknown loss of materiel", [(None, None, "lost", "materiel")]),
        ("4 ships sunk or grounded", [(4, 4, "sunk_or_grounded", "ships")]),
        ("20 killed, wounded, and frostbitten", [(20, 20, "killed_wounded_or_frostbitten", None)]),
        ("25 wounded from 7–16 November", [(25, 25, "wounded", None)]),
        ("25 wounded between 7 and 16 November", [(25, 25, "wounded", None)]),
        ('40 killed (total thought "thousands higher")', [(40, 40, "killed", None)]),
        ("4 missing (~50% of troop strength)", [(4, 4, "missing", None)]),
    ],
)
def test_pairs_spans_and_what_is_no_count(text: str, figures: list[Said]) -> None:
    """One noun or bound for two counts; dates, shares and comparisons are no losses."""
    assert [said(loss) for loss in read(text).losses] == figures


def test_tons_in_brackets_are_no_part_of_the_ships() -> None:
    """They measure the same ships once more."""
    ships, tons = read("8 destroyers (9,000 tons sunk)").losses
    assert (said(tons), tons.included_in, ships.included_in) == ((9000, 9000, "sunk", "tons"), None, None)


def test_bare_numbers_that_make_a_figure_up_are_its_parts() -> None:
    """Where they do not, they are figures of their own."""
    whole, *parts = read("6,830 dead and wounded 2,480 (Zenda); 4,350 (Strelsau)").losses
    assert [(one.effect, one.scope, one.included_in) for one in parts] == [
        (whole.effect, "Zenda", 0),
        (whole.effect, "Strelsau", 0),
    ]
    assert [one.included_in for one in read("6,830 dead 2,480 (Zenda); 4,351 (Strelsau)").losses] == [None] * 3


def test_marks_go_no_further_than_a_lost_break() -> None:
    """Of "5 dead 9 wounded[1]" had a line of its own; "5 dead, 9 wounded[1]" had one."""
    lost, kept = "5 dead 9 wounded", "5 dead, 9 wounded"
    for text, marked in ((lost, [0, 1]), (kept, [1, 1])):
        losses = read_line(line(text, marks=((len(text), "1"),))).losses
        assert [len(loss.marks) for loss in losses] == marked
