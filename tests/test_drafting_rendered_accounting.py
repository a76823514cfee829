"""Everything of a rendered text that shows something is in one part of its document, and hostile texts cost little."""

from __future__ import annotations

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.document import Document, UnreadableArticle
from graph.drafting.rendered import read_rendered
from graph.paths import ARTICLES

SHARED = Path(__file__).parents[2] / "shared" / "articles" / "text"
HADRUT = ARTICLES / "battle-of-hadrut" / "article.txt"


def spans(document: Document) -> Iterator[Span]:
    """Yield the stretches of all parts; a title that is also the name on the box is one."""
    own = [line for field in document.fields for line in field.lines] + list(document.prose)
    named = {line.span() for field in document.of("conflict") for line in field.lines}
    if document.title_span is not None and document.title_span not in named:
        yield document.title_span
    yield from (field.label for field in document.fields if field.label)
    for line in own:
        yield from (piece.span for piece in line.pieces)
        yield from (mark.span for mark in line.marks)
    yield from (entry.span for entry in document.entries)
    yield from (apart.span for apart in document.apart)
    yield from (trouble.span for trouble in document.troubles)


def unaccounted(document: Document) -> list[tuple[int, str]]:
    """Return the letters and digits of the source that are in no part, or in several."""
    seen = Counter(at for span in spans(document) for at in range(span.start, span.end))
    return [(at, sign) for at, sign in enumerate(document.source) if sign.isalnum() and seen[at] != 1]


def test_the_seed_article_is_accounted_for() -> None:
    document = read_rendered(HADRUT.read_bytes().decode(), "Battle of Hadrut")
    assert unaccounted(document) == []
    assert document.troubles == ()
    assert [one.reason for one in document.apart] == ["Credit of the site that shows the article."]
    assert [entry.number for entry in document.entries] == list(range(1, 9))
    assert [entry.number for entry in document.entries if entry.line is None] == [4]
    assert [len(entry.uses) for entry in document.entries] == [0, 0, 0, 1, 1, 1, 1, 1]
    assert [len(field.lines) for field in document.of("casualties")] == [25]
    assert [field.key for field in document.fields] == [
        "conflict", "partof", "caption", "date", "place", "result", "territory", "combatant", "commander", "casualties",
    ]  # fmt: skip


@pytest.mark.skipif(not SHARED.is_dir(), reason="the articles for measuring are not here")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_the_articles_for_measuring_are_accounted_for(path: Path) -> None:
    title = json.loads(path.with_suffix(".json").read_text("utf-8"))
    source = path.read_bytes().decode()
    if title["form"].startswith("H"):
        with pytest.raises(UnreadableArticle, match="no infobox"):
            read_rendered(source, title["title"])
        return
    document = read_rendered(source, title["title"])
    assert unaccounted(document) == []
    assert any(field.lines for field in document.of("result", "casualties"))


ROWS = st.sampled_from(
    [
        *("", "•", "![]()", "<br>", "Battle of Lusk", "= Lusk =", "Part of the Salt War", "Lusk 1704.png", "Infobox"),
        *("Date3 May 1704", "Location", "ResultDraw", "Territorial", "changes", "50°35\u2032N 3°E", "Deaths 5"),
        *("Belligerents", "Commanders and leaders", "Strength", "Casualties and losses", "  • 3 killed[1]", "[2]"),
        *("3 | 4 | ||", "| |||", "---|---|---|---|", "| --- | --- |", "23x15px Mor", "v", "edit"),
        *("- Date: 3, May, (x)", "- Casualties1: 3, 5 (a, b), C", "Casualties2:", "Lusk is located in Thal"),
        *("The Battle of Lusk was fought in 1704 by Thal and by Mor.", "References", "Developed by Someone"),
        *("  1. ^ Holt 2003, p. 5.", '  2. ^ a b "x" [y]. z.am. 3 May 2001', "  a. ^ note", "  3. ^"),
        *("final", "was invoked but never defined (see the help page).", 'Script error: No such module "x".'),
        *("Location within Thal", "Thal"),
        *(
            "12",
            "170km",
            "3 lost[**]",
            "** Later 4.",
            "* Later 5.[*]",
            "3&nbsp;x<br/>",
            "&nbsp;",
            "<small>4</small>&#160;",
        ),
        *("1. Holt.", "2. Kerr.", "\u2013 3 hurt", "Template:Country data Mor Mor", "Result Draw"),
    ]
)


@given(rows=st.lists(ROWS, max_size=30), title=st.sampled_from(["", "Battle of Lusk", "Elsewhere"]))
def test_rows_in_any_order_are_accounted_for_or_refused(rows: list[str], title: str) -> None:
    try:
        document = read_rendered("\n".join(rows), title)
    except UnreadableArticle:
        return
    assert unaccounted(document) == []


@given(text=st.text(alphabet="ab1 \n\t[]()|•*-:,.^\"'~\u2013\u00a0", max_size=200))
def test_any_text_under_a_box_is_accounted_for(text: str) -> None:
    source = f"Battle of Lusk\nDate3 May\nStrength\n300\nCasualties and losses\n{text}"
    assert unaccounted(read_rendered(source, "Battle of Lusk")) == []


BOX = "Battle of Lusk\nDate3 May\nStrength\n300\nCasualties and losses\n"


@pytest.mark.parametrize(
    "source",
    [
        BOX + "x " * 150_000,
        BOX + "[1]" * 30_000,
        BOX + "3 killed\n" + "[1]\n" * 30_000,
        BOX + "[" * 300_000,
        BOX + "![](" * 75_000,
        BOX + "| " * 30_000,
        BOX + '  1. ^ "a". b.\n' * 3_000,
        BOX + '  1. ^ "' + '"a" ' * 75_000,
        BOX + "  1. ^ " + "a b c " * 50_000,
        "Date3 May\nThe Battle of Lusk was fought in 1704 between the armies of Thal and Mor.\n" * 3_000,
        "a | b\n" + "---|---\n" * 30_000,
        "- Date: 3\n- Result: x\n- Casualties1: " + "3 killed, 5 hurt, (" * 15_000,
        "Date | 3 | Strength | " + "a | " * 15_000,
        BOX + "Location within Thal\n" + "3\nMor\n" * 20_000,
        BOX + "3 killed[*]\n" + "* a\n" * 20_000,
        BOX + "&nbsp;" * 50_000,
        BOX + "<small " * 50_000,
        BOX + "Template:Country data A " * 20_000,
        BOX + "Date3 May\nCasualties\n" * 5_000,
        BOX + "References\n" + "".join(f"{at}. a\n" for at in range(1, 5_000)),
    ],
    ids=lambda source: source[-12:-2],
)
def test_a_hostile_text_costs_no_more_than_its_length(source: str) -> None:
    began = time.process_time()
    with contextlib.suppress(UnreadableArticle):
        read_rendered(source, "Battle of Lusk")
    assert time.process_time() - began < 5
