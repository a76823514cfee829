"""Scores mean something, and a machine takes a name for another only where a person would."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import specimen
from hypothesis import given
from hypothesis import strategies as st
from indexing import index_names

from graph.generator_names import place_name
from graph.namespaces import BG, RDF, RDFS
from server.reconciliation.candidates import MARGIN, Agreement, Candidate, decide
from server.reconciliation.query import read_query
from server.reconciliation.retrieval import Retrieval
from server.reconciliation.similarity import Rung, compare, forms_of, is_misspelt
from server.search.search_index import Kind, Name, SearchIndex

PLACE = Kind((BG + "Place",), frozenset(("place",)))
CLAIM = Kind((BG + "LossClaim",), frozenset(("lossclaim", "claim")), merit=3)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co")), max_size=40)


@pytest.mark.parametrize(
    ("asked", "name", "rung", "score"),
    [
        ("Hadrut", "Hadrut", Rung.EXACT, 100),
        ("  Hadrut ", "Hadrut", Rung.EXACT, 100),
        ("Hadrut do\u0308yu\u0308s\u0327u\u0308", "Hadrut döyüşü", Rung.EXACT, 100),
        ("HADRUT", "Hadrut", Rung.FOLDED, 98),
        ("hadrut doyusu", "Hadrut döyüşü", Rung.FOLDED, 98),
        ("BM-21 Grad MLRS", 'BM-21 "Grad" MLRS', Rung.FOLDED, 98),
        ("Hadrut", "Հադրութ", Rung.TRANSLITERATED, 90),
        ("Гадрут", "Հադրութ", Rung.TRANSLITERATED, 90),
        ("Shusha", "Şuşa", Rung.TRANSLITERATED, 90),
        ("Hadrut, Battle of", "Battle of Hadrut", Rung.TRANSLITERATED, 90),
        ("T72", "T-72", Rung.TRANSLITERATED, 90),
    ],
)
def test_what_is_the_same_but_for_its_writing(asked: str, name: str, rung: Rung, score: float) -> None:
    """Each rung has its score."""
    likeness = compare(forms_of(asked), forms_of(name), is_label=True)
    assert (likeness.rung, likeness.score) == (rung, score)


def test_another_name_of_a_thing_scores_below_its_label() -> None:
    """An alias that is exact counts more than a label in another script."""
    name = forms_of("Artsakh")
    assert compare(name, name, is_label=False).score == 95
    assert compare(forms_of("ARTSAKH"), name, is_label=False).score == 94


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Hadrt", "Hadrut"),
        ("Hdarut", "Hadrut"),
        ("Hadrutt", "Hadrut"),
        ("Jebrayil", "Jabrayil"),
        ("Battel of Hadrot", "Battle of Hadrut"),
        ("Հադռութ", "Հադրութ"),
        ("Гадрут", "Hadrut"),
    ],
)
def test_a_misspelt_name_is_near(asked: str, name: str) -> None:
    """Between 80 and 90, whatever the script."""
    likeness = compare(forms_of(asked), forms_of(name), is_label=True)
    assert likeness.rung >= Rung.NEAR
    assert 80 <= likeness.score <= 90


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Kadrut", "Hadrut"),
        ("Hadrut 2", "Hadrut 1"),
        ("T-73", "T-72"),
        ("Su-25", "Su-27"),
        ("Armenian", "Armenia"),
        ("Azerbaijani", "Azerbaijan"),
        ("Baki", "Baku"),
        ("Hadurt Porvince Distrcit", "Hadrut Province District"),
        ("First Nagorno-Karabakh War", "Second Nagorno-Karabakh War"),
        ("Battle of Shusha", "Battle of Hadrut"),
    ],
)
def test_what_tells_names_apart_is_no_misspelling(asked: str, name: str) -> None:
    """A first letter, a number, an ending, a short word, a word more, three words wrong."""
    likeness = compare(forms_of(asked), forms_of(name), is_label=True)
    assert likeness.rung is Rung.FUZZY
    assert likeness.score < 75


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Republic of Armenia", "Armenia"),
        ("Armenia", "Republic of Armenia"),
        ("Republic of Armenia", "Արմենիա"),
        ("the Hadrut (1)", "Hadrut"),
        ("Jabrayil (city)", "Jabrayil"),
        ("Jabrayil", "Jabrayil (city)"),
        ("REPUBLIC OF ARMENIA", "Armenia"),
    ],
)
def test_a_style_or_brackets_around_a_name_are_a_rung_of_their_own(asked: str, name: str) -> None:
    """Below every misspelling, because they may tell names apart."""
    likeness = compare(forms_of(asked), forms_of(name), is_label=True)
    assert (likeness.rung, likeness.score) == (Rung.BARE, 78)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Jabrayil (city)", "Jabrayil (district)"),
        ("City of Artsakh", "Republic of Artsakh"),
        ("Battle of Hadrut", "Hadrut"),
        ("Republic of Armenia", "Armenian armed forces"),
        ("Republic of", "Republic"),
        ("(1)", "(2)"),
    ],
)
def test_what_is_left_is_a_whole_name_or_nothing(asked: str, name: str) -> None:
    """Two styles are two things, and a battle is not its place."""
    assert compare(forms_of(asked), forms_of(name), is_label=True).rung < Rung.BARE


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("D-30", "D-30 howitzer"),
        ("D30", "D-30 howitzer"),
        ("2s1", '2S1 "Gvozdika" howitzer'),
        ("Shilka", "ZSU-23-4 Shilka"),
        ("MFA", "Azerbaijani MFA"),
        ("Hadrut", "Hadrut Province"),
    ],
)
def test_whole_words_of_a_name_are_part_of_it(asked: str, name: str) -> None:
    """At least 70, and below all that may match."""
    likeness = compare(forms_of(asked), forms_of(name), is_label=True)
    assert likeness.rung is Rung.PART
    assert 70 <= likeness.score < 75
    assert not any(each.matches for each in decide([candidate("a", likeness.rung, likeness.score)]))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("D-3", "D-30 howitzer"),
        ("23", "ZSU-23-4 Shilka"),
        ("of", "Battle of Hadrut"),
        ("Battle of", "Battle of Hadrut"),
        ("D", "D-30 howitzer"),
        ("BM-21 MLRS", 'BM-21 "Grad" MLRS'),
        ("Hadrut Province", "Hadrut"),
    ],
)
def test_what_is_no_whole_run_of_telling_words_is_no_part(asked: str, name: str) -> None:
    """A number, a letter, words that most names have, words apart, and the other way round."""
    assert compare(forms_of(asked), forms_of(name), is_label=True).rung is Rung.FUZZY


@pytest.mark.parametrize("name", ["Gorus", "Hadrot", "track", "Gorus 1914", "Գորիս"])
def test_a_name_of_six_letters_is_short(name: str) -> None:
    """Digits are no letters, and one of seven is not short."""
    assert forms_of(name).is_short
    assert not forms_of("Hadrutt").is_short


@given(NAMES, NAMES)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    """Nor does it leave its bounds, and a name is itself."""
    first, second = forms_of(one), forms_of(other)
    there, back = compare(first, second, is_label=True), compare(second, first, is_label=True)
    # That a name has all of another's words is not so the other way round.
    if Rung.PART not in (there.rung, back.rung):
        assert there.rung == back.rung
        assert there.score == pytest.approx(back.score)
    assert 0 <= there.score <= 100
    assert compare(first, first, is_label=True).rung is Rung.EXACT


def test_two_words_may_be_wrong_and_not_three() -> None:
    """A letter each."""
    assert is_misspelt(["battel", "hadrtu"], ["battle", "hadrut"])
    assert not is_misspelt(["battel", "hadrtu", "provicne"], ["battle", "hadrut", "province"])
    assert not is_misspelt(["hadrut"], ["hadrut"])


# The decision.


def candidate(iri: str, rung: Rung, score: float, *, is_of_type: bool = True, contradicting: int = 0) -> Candidate:
    """Return a candidate with a name."""
    agreement = Agreement(contradicting=contradicting)
    return Candidate(iri, PLACE, iri, rung, score, is_of_type=is_of_type, agreement=agreement)


def test_one_that_is_clearly_right_matches() -> None:
    """The first, and no other."""
    found = decide([candidate("b", Rung.FUZZY, 60), candidate("a", Rung.EXACT, 100)])
    assert [(each.iri, each.matches) for each in found] == [("a", True), ("b", False)]


@pytest.mark.parametrize(
    "rivals",
    [
        [candidate("a", Rung.EXACT, 100), candidate("b", Rung.EXACT, 100)],
        [candidate("a", Rung.EXACT, 100), candidate("b", Rung.EXACT, 100 - MARGIN + 0.1)],
        [candidate("a", Rung.NEAR, 87), candidate("b", Rung.NEAR, 86)],
        [candidate("a", Rung.FUZZY, 74)],
        [candidate("a", Rung.EXACT, 100, is_of_type=False)],
        [candidate("a", Rung.EXACT, 100, contradicting=1)],
        [Candidate("a", PLACE, "", agreement=Agreement(agreeing=1))],
        [],
    ],
)
def test_nothing_matches_where_there_is_a_doubt(rivals: list[Candidate]) -> None:
    """A namesake, a close second, a mere likeness, another type, another property, or no name at all."""
    assert not any(each.matches for each in decide(rivals))


@pytest.mark.parametrize(
    ("backing", "matches"),
    [({}, False), ({"is_typed": True}, True), ({"agreement": Agreement(agreeing=1)}, True),
     ({"agreement": Agreement(silent=1)}, False)],
)  # fmt: skip
def test_a_short_misspelt_name_needs_a_type_or_a_property(backing: dict[str, Any], *, matches: bool) -> None:
    """One that is in full needs neither."""
    near = candidate("a", Rung.NEAR, 86)
    assert [each.matches for each in decide([replace(near, is_short=True, **backing)])] == [matches]
    exact = candidate("a", Rung.TRANSLITERATED, 90)
    assert [each.matches for each in decide([replace(exact, is_short=True)])] == [True]


SPRINGFIELDS = f"""
<{{base}}id/place/springfield-one> <{RDF}type> <{BG}Place> .
<{{base}}id/place/springfield-one> <{RDFS}label> "Springfield"@en .
<{{base}}id/place/springfield-one> <{BG}seatOf> <{{base}}id/place/khojavend-district> .
<{{base}}id/place/springfield-two> <{RDF}type> <{BG}Place> .
<{{base}}id/place/springfield-two> <{RDFS}label> "Springfield"@en .
<{{base}}id/place/springfield-two> <{BG}seatOf> <{{base}}id/place/jabrayil-district> .
"""


def test_two_things_of_one_name_never_match_by_it(dataset_file: Path, tmp_path: Path) -> None:
    """Both are offered; what each is the seat of settles it."""
    file = tmp_path / "springfields.nq"
    file.write_bytes(dataset_file.read_bytes() + SPRINGFIELDS.format(base=specimen.BASE).encode())
    client = specimen.make_client(file)
    for name in ("Springfield", "springfield", "Sprignfield", "Спрингфиелд"):
        for type_ in ([], ["Place"]):
            response = client.post("/reconcile", data={"queries": _batch(name, type_)})
            found = response.get_json()["q"]["result"]
            assert {each["id"] for each in found[:2]} == {"place/springfield-one", "place/springfield-two"}
            assert not any(each["match"] for each in found), name
    wanted = [{"pid": "seatOf", "v": "Jabrayil District"}]
    [first, second, *_] = client.post("/reconcile", data={"queries": _batch("Springfield", [], wanted)}).get_json()[
        "q"
    ]["result"]
    assert (first["id"], first["match"], second["match"]) == ("place/springfield-two", True, False)


def _batch(name: str, types: list[str], wanted: list[dict[str, str]] | None = None) -> str:
    return json.dumps({"q": {"query": name, "type": types, "properties": wanted or []}})


# Candidates out of very many.


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """Return an index of three thousand places, a battle at each and what is said of it."""
    names = []
    for number in range(3_000):
        place = place_name(number)
        names += [
            Name(f"place {number}", place, "en", PLACE),
            Name(f"battle {number}", f"Battle of {place}", "en", PLACE),
        ]
        names += [Name(f"claim {number}-{n}", f"{n} lost in the Battle of {place}", "en", CLAIM) for n in range(4)]
    return index_names(names)


@pytest.mark.parametrize(
    ("asked", "filters", "expected"),
    [
        (place_name(1_234), (), "place 1234"),
        (f"Battle of {place_name(2_999)}", (), "battle 2999"),
        (f"Battle of {place_name(2_999)}", ("place",), "battle 2999"),
        (f"{place_name(7)[:3]}{place_name(7)[4]}{place_name(7)[3]}{place_name(7)[5:]}", ("place",), "place 7"),
        (f"Btatle of {place_name(7)}", (), "battle 7"),
        (f"3 lost in the Battle of {place_name(70)}", (), "claim 70-3"),
        (f"Great Siege of {place_name(11)}", (), "place 11"),
    ],
)
def test_the_right_name_is_among_the_candidates(
    index: SearchIndex, asked: str, filters: tuple[str, ...], expected: str
) -> None:
    """By all its words, by words next to them, or by its one telling word."""
    assert expected in [name.iri for name in Retrieval(index).names(forms_of(asked), filters)]


@pytest.mark.parametrize("asked", ["battle", "battle of", "lost in the battle of", "a b c d e f g h i j k", "ba " * 90])
def test_what_is_read_for_one_query_is_bounded(index: SearchIndex, asked: str) -> None:
    """However many names have its words."""
    for filters in ((), ("place",), ("claim", "place")):
        assert len(Retrieval(index).names(forms_of(asked), filters)) <= 400


def test_a_query_that_says_nothing_more_is_one_of_any_type() -> None:
    """Up to ten candidates."""
    query = read_query({"query": " a  b "}, "q")
    assert (query.name, query.types, query.strictness, query.limit) == ("a b", (), "any", 10)
