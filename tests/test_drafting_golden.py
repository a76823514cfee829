"""The draft of the first article beside what a person made of it, claim by claim.

What a program is not to do is named here: it does not read narrative, and it makes no claims of
what titles of references say.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.build import build
from graph.drafting.comparison import Comparison, compare_folders
from graph.paths import ARTICLES
from graph.results import violations
from graph.sources import Sources
from server.cli import main

CURATED = ARTICLES / "battle-of-hadrut"
PAGE = "https://en.wikipedia.org/wiki/Battle_of_Hadrut"
LEFT_TO_A_PERSON = frozenset(
    {"ControlClaim", "EventClaim", "ForceGroup", "Organisation", "Person", "Place", "StatusClaim", "SubEvent"}
    | {"TitleClaim", "Viewpoint"}
)
"""Classes of what only sentences tell: those of the narrative, the territorial change and the titles of references."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts") / CURATED.name
    answer = CliRunner().invoke(main, ["draft", str(CURATED / "article.txt"), "-o", str(folder), "--source", PAGE])
    assert answer.exit_code == 0, answer.output
    return folder


@pytest.fixture(scope="module")
def comparison(folder: Path) -> Comparison:
    return compare_folders(folder, CURATED)


def test_the_draft_builds_without_a_violation(folder: Path) -> None:
    assert [str(one) for one in violations(build(Sources(articles=folder.parent)).results)] == []


def test_every_loss_is_found_with_its_count_side_claimant_and_reference(
    comparison: Comparison, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All twenty-two, but that a person reads who “medical workers” are; the whole comparison is printed."""
    with capsys.disabled():
        print("\n" + CliRunner().invoke(main, ["compare", str(folder), str(CURATED)]).output)  # noqa: T201 - for whoever runs it
    losses = [pair for pair in (*comparison.same, *comparison.different) if pair.curated.kind == "LossClaim"]
    assert len(losses) == 22
    different = {(pair.curated.label, name) for pair in losses for name, _, _ in pair.differences}
    assert different <= {("1 Azerbaijani medical worker injured, per Azerbaijan", "lossOf")}


def test_every_reference_is_found_with_all_its_fields(comparison: Comparison) -> None:
    same = Counter(pair.curated.kind for pair in comparison.same)
    assert (same["Reference"], same["BlankReference"]) == (7, 1)


def test_phases_outcomes_names_and_lost_fields_are_the_same(comparison: Comparison) -> None:
    same = Counter(pair.curated.kind for pair in comparison.same)
    assert same["Phase"] == 2
    assert same["OutcomeClaim"] == 2
    assert same["War"] == 1
    assert same["Gap"] >= 13


def test_nothing_is_drafted_that_a_person_did_not_state(comparison: Comparison) -> None:
    assert [one.label for one in comparison.extra] == []


def test_only_what_sentences_tell_is_missing(comparison: Comparison) -> None:
    """And of fields: the emptiness of the map and of the second belligerent, which nothing in the text marks."""
    missing = {one.label for one in comparison.missing if one.kind not in LEFT_TO_A_PERSON}
    assert missing <= {
        "Areas of the map: missing with the image",
        "Second belligerent: empty in the infobox",
        "Azerbaijani medical workers",
    }
