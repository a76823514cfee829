"""Belligerents measured on annotated articles, and every word of the actors' fields accounted for.

The articles are not part of the project: they lie in `../shared/articles`, and the tests are skipped without them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from drafting_lines import unaccounted

from graph.drafting.actors.belligerents import read_belligerents
from graph.drafting.actors.commanders import read_commanders
from graph.drafting.actors.units import read_units
from graph.drafting.document import Document, UnreadableArticle
from graph.drafting.reading import Belligerent, Commander, Disposal, Figure, Unit
from graph.drafting.rendered import read_rendered
from graph.drafting.strengths import read_strength
from graph.drafting.wikitext import read_wikitext

ARTICLES: Final = Path(__file__).resolve().parents[2] / "shared" / "articles"
READERS: Final = {
    "combatant": read_belligerents,
    "commander": read_commanders,
    "units": read_units,
    "strength": read_strength,
    "polstrength": read_strength,
    "milstrength": read_strength,
}
SPELLED_OUT: Final[Mapping[str, str]] = {"USA": "United States", "CSA": "Confederate States"}
"""Codes of flag templates that the annotations spell out."""

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the annotated articles are not in ../shared/articles")


def _document(path: Path) -> Document | None:
    read = read_wikitext if path.suffix == ".wiki" else read_rendered
    beside = json.loads(path.with_suffix(".json").read_text("utf-8"))
    try:
        return read(path.read_text("utf-8"), beside.get("page") or beside["title"])
    except UnreadableArticle:
        return None


def _annotated() -> Iterator[tuple[str, Document, list[Any]]]:
    for gold in sorted((ARTICLES / "gold").glob("*.json")):
        annotation = json.loads(gold.read_text("utf-8"))
        document = _document(ARTICLES / annotation["text"])
        if document and annotation.get("belligerents"):
            yield gold.stem, document, annotation["belligerents"]


def _bare(name: str) -> str:
    return name.partition(" (")[0]


def test_belligerents_of_the_annotated_articles() -> None:
    """No belligerent is on a wrong side or made up; nine in ten are found, and those placed are placed right."""
    total: Counter[str] = Counter()
    print(f"\n{'article':42} found placed wrong made-up  of")  # noqa: T201 - the table is what this test shows
    for name, document, sides in _annotated():
        expected = {_bare(one): side for side, names in enumerate(sides, 1) for one in names or ()}
        given = [one for field in document.of("combatant") for one in read_belligerents(field, document).belligerents]
        found = {SPELLED_OUT.get(one.named.name, one.named.name): one.side for one in given}
        counts = Counter(
            of=len(expected),
            found=len(expected.keys() & found.keys()),
            placed=sum(found.get(one) == side for one, side in expected.items()),
            wrong=sum(found.get(one, side) not in {side, None} for one, side in expected.items()),
            made_up=len(found.keys() - expected.keys()),
        )
        total += counts
        print(f"{name:42} {_row(counts)}")  # noqa: T201 - the table is what this test shows
    print(f"{'all':42} {_row(total)}")  # noqa: T201 - the table is what this test shows
    assert total["wrong"] == total["made_up"] == 0
    assert total["found"] >= 0.97 * total["of"]
    assert total["placed"] >= 0.85 * total["of"]


def _row(counts: Counter[str]) -> str:
    return f"{counts['found']:5} {counts['placed']:6} {counts['wrong']:5} {counts['made_up']:7} {counts['of']:3}"


def test_all_fields_of_actors_are_accounted_for() -> None:
    """Every letter and digit of these fields of every article is in one portion; how many are unread is shown."""
    tallies: dict[str, Counter[str]] = {}
    for path in sorted([*(ARTICLES / "text").glob("*.txt"), *(ARTICLES / "wikitext").glob("*.wiki")]):
        if (document := _document(path)) is None:
            continue
        for field in document.fields:
            if (read := READERS.get(field.key)) is None:
                continue
            reading = read(field, document)
            assert not unaccounted(field, reading), (path.name, field.key)
            named: list[Belligerent | Commander | Unit | Figure] = [*reading.belligerents, *reading.commanders]
            named += [*reading.units, *reading.strengths]
            tally = tallies.setdefault(field.key, Counter())
            tally.update(portion.disposal.value for portion in reading.portions)
            tally["entries"] += len(named)
            tally["without side"] += sum(one.side is None for one in named)
    print(f"\n{'field':12} entries without-side  read ignored unread (portions)")  # noqa: T201 - the table is shown
    for key, tally in tallies.items():
        kinds = [tally[one.value] for one in (Disposal.READ, Disposal.IGNORED, Disposal.UNREAD)]
        print(f"{key:12} {tally['entries']:7} {tally['without side']:12} {kinds[0]:5} {kinds[1]:7} {kinds[2]:6}")  # noqa: T201 - the table is shown
    assert tallies["combatant"][Disposal.UNREAD.value] == 0
    assert tallies["commander"]["entries"] > 250
