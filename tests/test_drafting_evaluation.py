"""The losses that are drafted from annotated articles, measured against the annotations."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.drafting.losses import read_losses
from graph.drafting.reading import Reading
from graph.drafting.rendered import read_rendered
from graph.drafting.running.gold import gold_form
from graph.drafting.wikitext import read_wikitext

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
WIKITEXT = "wikitext_"
PRECISION, RECALL, NAMED_PRECISION, NAMED_RECALL, REFERENCES = 0.97, 0.95, 0.99, 0.95, 0.95

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"the annotated articles are not at {ARTICLES}")


def reading_of(name: str) -> Reading:
    """Return the losses of an article as the gold file of this name annotates it."""
    if name.startswith(WIKITEXT):
        title = name.removeprefix(WIKITEXT)
        document = read_wikitext((ARTICLES / "wikitext" / f"{title}.wiki").read_text("utf-8"), title)
    else:
        told = json.loads((ARTICLES / "text" / f"{name}.json").read_text("utf-8"))
        document = read_rendered((ARTICLES / "text" / f"{name}.txt").read_text("utf-8"), told.get("title") or name)
    return Reading(document, read_losses(document))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the scorer says of the drafts of all annotated articles."""
    folder = tmp_path_factory.mktemp("drafted")
    for gold in sorted((ARTICLES / "gold").glob("*.json")):
        losses = gold_form(reading_of(gold.stem))
        (folder / gold.name).write_text(json.dumps({"losses": losses}, ensure_ascii=False), "utf-8")
    scorer = [sys.executable, str(ARTICLES / "score.py"), str(ARTICLES / "gold"), str(folder), "--errors"]
    return subprocess.run(scorer, check=True, capture_output=True, text=True).stdout


def shares(table: str, label: str) -> list[float]:
    """Return the shares that a line of the scorer tells, in its order."""
    (line,) = [one for one in table.splitlines() if one.startswith(label)]
    return [float(share) for share in re.findall(r"= ([\d.]+)", line)]


def test_losses_claimants_and_references_reach_their_floors(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Precision and recall of figures, of named claimants and of references; the table is printed."""
    with capsys.disabled():
        print(f"\n{table}")  # noqa: T201 - the table is for whoever runs the tests
    precision, recall = shares(table, "losses:")
    _, named_precision, named_recall = shares(table, "claimant on right losses:")
    reference_precision, reference_recall = shares(table, "references on right losses:")
    assert precision >= PRECISION
    assert recall >= RECALL
    assert named_precision >= NAMED_PRECISION
    assert named_recall >= NAMED_RECALL
    assert min(reference_precision, reference_recall) >= REFERENCES


@pytest.mark.parametrize("gold", sorted((ARTICLES / "gold").glob("*.json")), ids=lambda path: path.stem)
def test_each_quote_is_of_the_source_and_lost_lists_are_told(gold: Path) -> None:
    """What is quoted stands in the article; headings without their list are told as often as the annotations do."""
    reading = reading_of(gold.stem)
    assert all(one["quote"] in reading.document.source for one in gold_form(reading))
    annotated = json.loads(gold.read_text("utf-8"))
    lost = annotated.get("empty_claimant_headers") or annotated.get("empty_headers") or []
    told = [words.text for _, found in reading.fields for words, _, _ in found.empty_headings]
    for heading in lost:
        words = re.sub(r"\[[^\]]*\]|:", "", heading.partition(" (side")[0]).strip()
        assert words in told
