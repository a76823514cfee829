"""Who a line of losses says its figures come from, and which headings say so."""

from __future__ import annotations

import time

import pytest
from drafting_lines import line_of
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.lists.claimants import Reach, claimant_phrase, claims_in
from graph.drafting.lists.headings import Kind, headings_in
from graph.drafting.lists.strips import whole


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("40 killed (per Ruritania)", "(per Ruritania)", "Ruritania"),
        ("40 killed (Per Ruritania", "(Per Ruritania", "Ruritania"),
        ("40 killed(according to the Red Cross)", "(according to the Red Cross)", "Red Cross"),
        ("40 killed (acc. Ruritanian navy)", "(acc. Ruritanian navy)", "Ruritanian navy"),
        ("40 killed (Acc. to Ruritania)", "(Acc. to Ruritania)", "Ruritania"),
        ("40 killed (claimed by the rebels)", "(claimed by the rebels)", "rebels"),
        ("40 killed (Turkish claim)", "(Turkish claim)", "Turkey"),
        ("40 killed (South Korean claim)", "(South Korean claim)", "South Korea"),
        ("40 killed (Syrian Army claim)", "(Syrian Army claim)", "Syrian Army"),
        ("40 killed (US estimate)", "(US estimate)", "US estimate"),
        ("40 killed (U.S. claim)", "(U.S. claim)", "U.S."),
        ("40 killed (activists' claim)", "(activists' claim)", "activists"),
        ("40 killed (Ruritanian army medical data)", "(Ruritanian army medical data)", "Ruritanian army medical data"),
        ("40 killed (according to Ruritanian claims)", "(according to Ruritanian claims)", "Ruritanian"),
        ("Army claim) 40 killed", "Army claim)", "Army"),
        ("40 killed per the IDF", "per the IDF", "IDF"),
        ("40 houses destroyed according to HRW", "according to HRW", "HRW"),
        ("40 killed according to example.org till March 2017", "according to example.org", "example.org"),
    ],
)
def test_a_claimant_behind_its_figures(text: str, phrase: str, name: str) -> None:
    """Brackets and words behind figures name a claimant; a claim by an adjective is the country's."""
    (claim,) = claims_in(text)
    assert text[claim.start : claim.end].strip() == phrase
    assert (claim.name, claim.reach) == (name, Reach.BEFORE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to the UN at least 40 killed", "UN"),
        ("according to the UN, 40 killed", "UN"),
        ("rebels claim 40 dead", "rebels"),
        ("The government says 40 died", "government"),
        ("Soviet claims for 40 tanks", "Soviet Union"),
        ("the army reported several killed", "army"),
    ],
)
def test_a_claimant_before_its_figures(text: str, name: str) -> None:
    """At the beginning of a sentence a claimant speaks for what follows."""
    (claim,) = claims_in(text)
    assert (claim.name, claim.reach) == (name, Reach.BEHIND)


@pytest.mark.parametrize(
    "text",
    [
        "40 killed",
        "40 (estimated)",
        "40 killed (low estimate)",
        "40 killed (reported)",
        "5.8 per cent of 500",
        "3 killed per day",
        "40 killed (including 4 officers)",
        "40 killed (friendly fire)",
        "40 killed by the Ruritanian army",
        "unknown, estimates between 750 and 1,000",
        "40 killed (other estimates: see text)",
        "(1626-34)",
        "()",
        "",
    ],
)
def test_what_names_nobody(text: str) -> None:
    """A grade, a measure, a cause or a killer is no claimant."""
    assert claims_in(text) == ()


def test_what_limits_the_figures_beside_a_claimant() -> None:
    """Other words of the brackets are kept as the limit of the figures, figures are left to their reader."""
    with_force, with_date, with_figures = (
        "150 killed (regulars; acc. opposition)",
        "100 killed (LNA claim, 31 May 2018)",
        "52 dead (27 soldiers, per HRW)",
    )
    assert [with_force[slice(*claim.scope)] for claim in claims_in(with_force) if claim.scope] == ["regulars"]
    assert [with_date[slice(*claim.scope)] for claim in claims_in(with_date) if claim.scope] == ["31 May 2018"]
    (claim,) = claims_in(with_figures)
    assert (with_figures[claim.start : claim.end], claim.scope) == (" per HRW", None)


def test_brackets_that_are_never_closed_before_the_next_figure() -> None:
    """A lost bracket does not make two claimants one."""
    claims = claims_in("2 killed (Pakistani claim 9 killed (Afghan claim)")
    assert [claim.name for claim in claims] == ["Pakistan", "Afghanistan"]


def test_a_claimant_keeps_its_link() -> None:
    """A linked claimant leads to the page that the text links."""
    shown = line_of("40 killed (per the [[International Red Cross|Red Cross]])")
    (claim,) = claims_in(shown.text)
    named = claim.named(whole(shown))
    assert (named.name, named.link, named.words.text) == ("Red Cross", "International Red Cross", "Red Cross")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Per Ruritania", "Ruritania"),
        ("Per Ruritania and Graustark", "Ruritania and Graustark"),
        ("Per Ruritanian sources", "Ruritanian sources"),
        ("Azerbaijani claim", "Azerbaijan"),
        ("Unofficial estimates", "Unofficial estimates"),
        ("Official figures", "Official figures"),
        ("2007 PRC studies", "2007 PRC studies"),
        ("Ruritania", None),
        ("Ministry of Defence", None),
        ("Highest estimate", None),
        ("Total casualties reported", None),
        ("claim", None),
    ],
)
def test_words_that_do_nothing_but_name_a_claimant(text: str, name: str | None) -> None:
    """Only "per" and its like, or a name with a noun of claiming, name a claimant."""
    found = claimant_phrase(text)
    assert (found and found[0]) == name


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Per Ruritania:", Kind.CLAIMANT, "Ruritania"),
        ("Graustark: 67 killed", Kind.FORCE, "Graustark"),
        ("Ministry of Defence:", Kind.FORCE, "Ministry of Defence"),
        ("Volunteers:", Kind.FORCE, "Volunteers"),
        ("4th infantry division: 197", Kind.FORCE, "4th infantry division"),
        ("Battle of Zenda:", Kind.PHASE, "Battle of Zenda"),
        ("Operation Rudolf:", Kind.PHASE, "Operation Rudolf"),
        ("October 16\u201317:", Kind.PHASE, "October 16\u201317"),
        ("16 October 1813 \u2013 19 October 1813:", Kind.PHASE, "16 October 1813 \u2013 19 October 1813"),
        ("1942: 267,327", Kind.PHASE, "1942"),
        ("Low estimate: 40", Kind.PHASE, "Low estimate"),
        ("Killed:", Kind.EFFECT, "Killed"),
        ("Captured or missing: 785", Kind.EFFECT, "Captured or missing"),
        ("Civilians:", Kind.CIVILIAN, "Civilians"),
        ("Civilian and other:", Kind.CIVILIAN, "Civilian and other"),
        ("Total: 11", Kind.TOTAL, "Total"),
        ("Total killed: 11", Kind.TOTAL, "Total killed"),
        ("Units:", Kind.GATHERING, "Units"),
        ("Material losses:", Kind.GATHERING, "Material losses"),
        ("Aircraft: 9", Kind.OBJECT, "Aircraft"),
    ],
)
def test_what_a_heading_names(text: str, kind: Kind, name: str) -> None:
    """Only some headings with a colon name who claims; the others say whose, when, what or how."""
    (heading,) = headings_in(text)
    assert (heading.kind, heading.name) == (kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "12 ships including:",
        "38 killed:",
        "5,550:",
        "54,000 dead, wounded or missing:",
        "at 10:30",
        "see https://example.org/x",
        ":4 killed",
        "One soldier killed in Zenda: ministry",
    ],
)
def test_colons_that_make_no_heading(text: str) -> None:
    """A figure with a colon opens a list; times and addresses say nothing."""
    assert headings_in(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Killed: 169, Wounded: 947, MIA: 1", ["Killed", "Wounded", "MIA"]),
        ("Per Ruritania:, None , Per Graustark:, 300 killed", ["Ruritania", "Graustark"]),
        ("Per Ruritania: 2 woundedPer Graustark:", ["Ruritania", "Graustark"]),
        ("Syrian claim: 55 killed SOHR claim: 68 killed", ["Syria", "SOHR"]),
        ("Pakistani claim:NoneIndian claim:1 jet", ["Pakistan", "India"]),
        ("First battle: 20 killed Second battle: 30 killed", ["First battle", "Second battle"]),
        ("English sources: 16 dead. Spanish sources: 1000 dead", ["English sources", "Spanish sources"]),
    ],
)
def test_several_headings_in_a_line(text: str, names: list[str]) -> None:
    """Headings are found also where a line break was lost before them."""
    assert [heading.name for heading in headings_in(text)] == names


@given(st.text(alphabet="(): ,;.perclaim12345 ANone\u2013\n", max_size=200))
def test_any_text_has_claimants_and_headings_in_their_places(text: str) -> None:
    """What is found lies within the text and does not overlap."""
    for found in (claims_in(text), headings_in(text)):
        reached = 0
        for one in found:
            assert reached <= one.start < one.end <= len(text)
            assert text[one.name_start : one.name_end].strip()
            reached = one.end


@pytest.mark.parametrize(
    "text", ["(" * 20000, "(per " * 5000, "a: " * 7000, "per " * 5000, ") " * 9000, "claim " * 4000]
)
def test_hostile_lines_cost_little(text: str) -> None:
    """The cost of a line of 20,000 characters stays far under what a quadratic search would take."""
    start = time.process_time()
    claims_in(text)
    headings_in(text)
    assert time.process_time() - start < 2
