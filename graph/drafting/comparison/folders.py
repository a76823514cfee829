"""Two folders of authored articles, read and assembled as a build does, and then compared."""

from __future__ import annotations

from pathlib import Path

from graph.article import Article, read_article
from graph.assemble import assemble_article
from graph.drafting.comparison.matching import Comparison, compare
from graph.drafting.comparison.statements import statements_of, unread_spans
from graph.ground import lay_ground
from graph.issues import Fault, shown
from graph.sources import Sources


class UncomparableDrafts(Fault):
    """Two folders that do not hold the same text."""


def compare_folders(draft: Path, curated: Path) -> Comparison:
    """Compare two authored forms of one text.

    Raises `InvalidSources` where a folder is no article that a build accepts, and
    `UncomparableDrafts` where their texts differ.
    """
    articles = read_article(draft), read_article(curated)
    _check_same_text(articles, (draft, curated))
    ground = lay_ground(Sources())
    parts = [assemble_article(one, ground.vocabulary, ground.equipment) for one in articles]
    drafted, authored = (statements_of(part, ground.quads, ground.vocabulary) for part in parts)
    return compare(drafted, authored, unread_spans(parts[0]))


def _check_same_text(articles: tuple[Article, Article], folders: tuple[Path, Path]) -> None:
    drafted, curated = articles
    if drafted.digest != curated.digest:
        raise UncomparableDrafts(
            f"{shown(folders[0])} and {shown(folders[1])} hold different texts, "
            f"SHA-256 {drafted.digest[:8]}… and {curated.digest[:8]}…\n"
            "    Draft the text that lies in the curated folder."
        )
