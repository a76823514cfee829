"""The competency questions: each has its typed answer beside it, in `tests/questions/<name>.tsv`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.queries import Question, UnreadableQuestion, questions, read_question
from graph.store import Dataset

EXPECTED = Path(__file__).parent / "questions"


def answer(content: bytes) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the variables and the rows, each term in its full N-Triples form."""
    solutions = ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    names = tuple(variable.value for variable in solutions.variables)
    return names, [tuple(str(solution[name] or "") for name in names) for solution in solutions]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_each_question_has_the_answer_beside_it(question: Question, dataset: Dataset) -> None:
    """Typed terms are compared, and their order, since every question says how it is ordered."""
    results = dataset.store.query(question.text)
    assert isinstance(results, ox.QuerySolutions)
    names, rows = answer(results.serialize(format=ox.QueryResultsFormat.TSV) or b"")
    expected_names, expected_rows = answer((EXPECTED / f"{question.name}.tsv").read_bytes())
    assert names == expected_names
    assert Counter(rows) == Counter(expected_rows)
    assert "ORDER BY" in question.text
    assert rows == expected_rows


def test_no_expected_answer_is_without_its_question() -> None:
    """A question that is renamed or dropped takes its answer along."""
    assert {file.stem for file in EXPECTED.glob("*.tsv")} == {question.name for question in questions()}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_question_is_a_question(question: Question) -> None:
    """The summary ends with a question mark, and the description and the tags are there."""
    assert question.summary.endswith("?")
    assert question.description.endswith(".")
    assert all(question.tags)


@pytest.mark.parametrize("part", ["summary", "description", "tags"])
def test_a_question_without_a_head_is_refused(part: str, tmp_path: Path) -> None:
    """The message names the file and the missing line."""
    parts = {"summary": "Who?", "description": "Names.", "tags": "readers"}
    file = tmp_path / "who.rq"
    file.write_text("".join(f"#+ {key}: {value}\n" for key, value in parts.items() if key != part) + "SELECT * {}\n")
    with pytest.raises(UnreadableQuestion, match=rf"who\.rq: no line '#\+ {part}:"):
        read_question(file)


def test_the_head_is_not_part_of_the_query(tmp_path: Path) -> None:
    """What a reader copies is the query alone."""
    file = tmp_path / "all.rq"
    file.write_text("#+ summary: What is there?\n#+ description: Everything.\n#+ tags: readers, all\n\nSELECT * {}\n")
    question = read_question(file)
    assert question == Question("all", "What is there?", "Everything.", ("readers", "all"), "SELECT * {}\n")
