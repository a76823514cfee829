"""Whole articles drafted: what is printed is what the Turtle says, and how long each takes.

The articles are not part of the project: they lie in `../shared/articles`, and the tests are skipped without them.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from drafting_claims import claimed, printed

from graph.drafting.document import UnreadableArticle
from graph.drafting.draft import Draft
from graph.drafting.running.batch import draft_file
from graph.drafting.running.gold import gold_form
from graph.drafting.running.tasks import task_of

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the annotated articles are not in ../shared/articles")


@pytest.fixture(scope="module")
def drafts() -> dict[Path, tuple[Draft | UnreadableArticle, float]]:
    """Return the draft of each article, or why there is none, and the seconds that it took."""
    found = {}
    for file in sorted([*ARTICLES.glob("text/*.txt"), *ARTICLES.glob("wikitext/*.wiki")]):
        begun = time.perf_counter()
        drafted: Draft | UnreadableArticle
        try:
            drafted = draft_file(task_of(file))
        except UnreadableArticle as error:
            drafted = error
        found[file] = (drafted, time.perf_counter() - begun)
    return found


def test_only_texts_without_the_infobox_of_a_battle_are_refused(
    drafts: dict[Path, tuple[Draft | UnreadableArticle, float]],
) -> None:
    refused = [str(one) for one, _ in drafts.values() if isinstance(one, UnreadableArticle)]
    assert len(refused) <= 2
    assert all("no infobox of a battle" in message or "no box of a battle" in message for message in refused)


def test_the_json_of_each_article_says_what_its_turtle_says(
    drafts: dict[Path, tuple[Draft | UnreadableArticle, float]],
) -> None:
    """Sides, bounds and whether a claimant is named, as often."""
    for file, (drafted, _) in drafts.items():
        if isinstance(drafted, Draft):
            assert claimed(drafted.files) == printed(gold_form(drafted.reading)), file.name


def test_a_typical_article_takes_less_than_a_fifth_of_a_second(
    drafts: dict[Path, tuple[Draft | UnreadableArticle, float]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The median; the longest is ten times as long as a typical one and has four times as long at most."""
    seconds = sorted(taken for one, taken in drafts.values() if isinstance(one, Draft))
    with capsys.disabled():
        print(f"\nseconds a draft: median {statistics.median(seconds):.3f}, at most {seconds[-1]:.2f}")  # noqa: T201 - measured for whoever runs it
    assert statistics.median(seconds) < 0.2
    assert seconds[-1] < 4
