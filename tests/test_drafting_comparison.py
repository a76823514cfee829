"""A draft beside the curated form: everything in exactly one place, whatever the things are called."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.drafting.comparison import Comparison, UncomparableDrafts, compare_folders
from graph.paths import ARTICLES
from server.cli import main

CURATED = ARTICLES / "battle-of-hadrut"


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return a copy of the curated article in which words of one file are others."""

    def alter(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "battle-of-hadrut"
        if not folder.exists():
            shutil.copytree(CURATED, folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
        return folder

    return alter


def _labels(comparison: Comparison, name: str) -> list[str]:
    return [one.label for one in getattr(comparison, name)]


def test_an_article_equals_itself() -> None:
    comparison = compare_folders(CURATED, CURATED)
    assert len(comparison.same) > 100
    assert [comparison.different, comparison.missing, comparison.unread, comparison.extra] == [()] * 4


def test_other_names_for_the_same_statements_make_no_difference(altered: Callable[[str, str, str], Path]) -> None:
    folder = altered("losses.ttl", "claim:opposing-loss-t-72-per-azerbaijan", "claim:tanks-lost-as-azerbaijan-says")
    folder = altered("losses.ttl", '"Opposing side: 14 T-72s destroyed, per Azerbaijan"', '"14 T-72s"')
    comparison = compare_folders(folder, CURATED)
    assert [comparison.different, comparison.missing, comparison.extra] == [()] * 3


def test_a_figure_read_otherwise_is_told_with_both_values(altered: Callable[[str, str, str], Path]) -> None:
    folder = altered("losses.ttl", "bg:maxCount 14 ;", "bg:maxCount 40 ;")
    [pair] = compare_folders(folder, CURATED).different
    assert pair.curated.label == "Opposing side: 14 T-72s destroyed, per Azerbaijan"
    assert pair.differences == (("maxCount", frozenset({"40"}), frozenset({"14"})),)


def test_a_statement_is_missing_in_one_direction_and_extra_in_the_other(
    altered: Callable[[str, str, str], Path],
) -> None:
    text = (CURATED / "losses.ttl").read_text("utf-8")
    start = text.index("claim:opposing-loss-su-25-per-azerbaijan a")
    block = text[start : text.index("\n\n", start)]
    folder = altered("losses.ttl", block, "")
    label = "Opposing side: Su-25 downed, per Azerbaijan"
    assert _labels(compare_folders(folder, CURATED), "missing") == [label]
    assert _labels(compare_folders(CURATED, folder), "extra") == [label]


def test_what_the_draft_leaves_for_a_person_is_unread_rather_than_missing(
    altered: Callable[[str, str, str], Path],
) -> None:
    text = (CURATED / "losses.ttl").read_text("utf-8")
    start = text.index("claim:opposing-loss-su-25-per-azerbaijan a")
    block = text[start : text.index("\n\n", start)]
    altered("losses.ttl", block, "")
    left = (
        "omission:unread a bg:Omission ;\n"
        '    rdfs:label "Left for a person"@en ;\n'
        "    bg:inArticle article:battle-of-hadrut ;\n"
        '    bg:omissionReason "Not read yet."@en ;\n'
        '    bg:quote "Su-25 downed" .\n'
    )
    folder = altered("omissions.ttl", "omission:label-date a", left + "\nomission:label-date a")
    comparison = compare_folders(folder, CURATED)
    assert _labels(comparison, "unread") == ["Opposing side: Su-25 downed, per Azerbaijan"]
    assert not comparison.missing


def test_the_command_shows_a_table_and_each_difference(altered: Callable[[str, str, str], Path]) -> None:
    folder = altered("losses.ttl", "bg:maxCount 14 ;", "bg:maxCount 40 ;")
    answer = CliRunner().invoke(main, ["compare", str(folder), str(CURATED)])
    assert answer.exit_code == 0
    assert ["LossClaim", "21", "1", "0", "0", "0"] in [line.split() for line in answer.output.splitlines()]
    assert "maxCount: drafted “40”, curated “14”" in answer.output


def test_the_command_refuses_a_folder_that_is_no_article(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    answer = CliRunner().invoke(main, ["compare", str(folder), str(CURATED)])
    assert answer.exit_code == 1
    assert "nothing/article" in answer.output


def test_texts_that_differ_are_named(tmp_path: Path) -> None:
    """Two well-formed articles of different texts, here the curated one and one with a line more."""
    folder = tmp_path / "battle-of-hadrut"
    shutil.copytree(CURATED, folder)
    text = (folder / "article.txt").read_bytes() + b"\n"
    (folder / "article.txt").write_bytes(text)
    source = (folder / "source.ttl").read_text("utf-8")
    old = source[source.index('bg:textDigest "') + 15 :][:64]
    (folder / "source.ttl").write_text(source.replace(old, hashlib.sha256(text).hexdigest()), "utf-8")
    with pytest.raises(UncomparableDrafts, match="different texts"):
        compare_folders(folder, CURATED)
