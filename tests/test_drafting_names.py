"""Other names of the battle in the first sentence of its article, with their languages."""

# The texts have the dashes, primes and letters that articles have.
# ruff: noqa: RUF001

from __future__ import annotations

import time

import pytest
from drafting_lines import document_of, field_of

from graph.drafting.chronicle.alternative_names import alternative_names


def _names(text: str, *before: str, title: str = "Battle of Oldham") -> list[tuple[str, str | None]]:
    return [(named.name, tag) for named, tag in alternative_names(document_of(title, *before, text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Battle of Oldham was fought.", []),
        ("The Battle of Oldham, also called the Battle of Newham, was fought.", [("Battle of Newham", None)]),
        ("The Battle of Oldham or Oldham Campaign, took place.", [("Oldham Campaign", None)]),
        ("The Battle of Oldham (or Siege of Oldham) was fought.", [("Siege of Oldham", None)]),
        (
            "The Battle of Oldham, codenamed Operation Red Door by the North, was fought.",
            [("Operation Red Door", None)],
        ),
        ("The Battle of Oldham (named for the village of Oldham) was fought.", []),
        ("The Battle of Oldham (1808–1809) was fought.", []),
        ("The Battle of Oldham, or in German Schlacht bei Altheim, was fought.", [("Schlacht bei Altheim", "de")]),
        ("The Battle of Oldham (in French, Vieuville) was fought.", [("Vieuville", "fr")]),
        ("The Battle of Oldham, sometimes by the Italian name Vecchia, was fought.", []),
        ("The Battle of Oldham, or sometimes by the Italian name Vecchia, was fought.", [("Vecchia", "it")]),
        ("The Battle of Oldham (German: Schlacht, Treffen) was fought.", [("Schlacht", "de"), ("Treffen", "de")]),
        (
            (
                "The Battle of Oldham, also known as the Newham (Azerbaijani: Köhnə döyüşü; Armenian: Հին մարտ, "
                "romanized: Hin mart) or the Battle of Auldham, was fought."
            ),
            [
                ("Newham", None),
                ("Köhnə döyüşü", "az"),
                ("Հին մարտ", "hy"),
                ("Hin mart", "hy-Latn"),
                ("Battle of Auldham", None),
            ],
        ),
        (
            "The Battle of Oldham (Russian: Старый бой, Stary boy) was fought.",
            [("Старый бой", "ru"), ("Stary boy", "ru-Latn")],
        ),
        (
            "The Battle of Oldham (simplified Chinese: 赤壁; pinyin: Chìbì; lit. 'red cliff') was fought.",
            [("赤壁", "zh-Hans"), ("Chìbì", "zh-Latn-pinyin")],
        ),
        (
            "The Battle of Oldham (Japanese: 沖縄戦, Hepburn: Okinawa-sen) was fought.",
            [("沖縄戦", "ja"), ("Okinawa-sen", "ja-Latn-hepburn")],
        ),
    ],
)
def test_names_before_the_verb_are_the_battles(text: str, names: list[tuple[str, str | None]]) -> None:
    """With BCP 47 tags where the text names the language; romanised names are in Latin letters."""
    assert _names(text) == names


def test_the_title_and_the_name_in_the_box_are_no_other_names() -> None:
    field = field_of("conflict", "Battle of Newham")
    document = document_of(
        "Battle of Oldham (1808)", "The Battle of Oldham, or Battle of Newham, was.", fields=(field,)
    )
    assert alternative_names(document) == ()


def test_hatnotes_before_the_lead_are_passed_over() -> None:
    hatnote = "For the other one, also known as Battle of Elsewhere, see Elsewhere."
    assert _names("The Battle of Oldham, or Red Day, was.", hatnote) == [("Red Day", None)]


def test_names_after_the_verb_are_not_looked_for() -> None:
    assert _names("The Battle of Oldham was part of the war, also known as the Long War.") == []


def test_a_name_can_be_quoted() -> None:
    text = "The Battle of Oldham, also called “Red Day”, was fought."
    ((named, _),) = alternative_names(document_of("Battle of Oldham", text))
    span = named.words.span
    assert text[span.start : span.end] == "Red Day"


@pytest.mark.parametrize("unit", ["also known as ", "(", "or ", "(A; ", "Armenian: ", " ", "x"])
def test_a_long_paragraph_costs_little(unit: str) -> None:
    """Names stand at the beginning, so only that is looked at."""
    started = time.perf_counter()
    _names("The Battle of Oldham, " + unit * 500_000)
    assert time.perf_counter() - started < 1


def test_a_bracket_behind_another_name_than_the_battles_gives_no_name_of_it() -> None:
    text = "The Battle of Oldham (German: Schlacht) in the town of Oldham (German: Altheim) was fought."
    assert _names(text) == [("Schlacht", "de")]


def test_a_code_name_is_noted_as_one() -> None:
    text = "The Battle of Oldham, also called Newham Day, (German: Schlacht, codenamed Blaue Tür) was fought."
    notes = {named.name: named.note for named, _ in alternative_names(document_of("Battle of Oldham", text))}
    assert notes == {"Newham Day": None, "Schlacht": None, "Blaue Tür": "code name"}
