"""Coverage: every character of an article is stated, left out for a reason, or unexplained."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import assemble
from graph.coverage import Coverage, measure
from graph.ground import lay_ground
from graph.sources import Sources


def coverage(sources: Sources) -> Coverage:
    """Return the coverage of a project's first article."""
    return measure(assemble(sources, lay_ground(sources))[0])


def replace(file: Path, old: str, new: str) -> None:
    """Change something in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_project_accounts_for_every_character() -> None:
    """The Battle of Hadrut has nothing unexplained, and nearly all of it is stated."""
    found = coverage(Sources())
    assert found.length == 4060
    assert found.unexplained == ()
    assert found.stated / found.length > 0.9


def test_the_shares_add_up(miniature: Sources) -> None:
    """Stated, left out and unexplained are all there is."""
    found = coverage(miniature)
    assert found.stated + found.left_out + sum(len(one.words) for one in found.unexplained) == found.length
    assert found.unexplained == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("claims.ttl", ', "Per North:[1]"', "", ["Per", "North", "1"]),
        ("claims.ttl", '"It ended on 4 May"', '"ended on 4 May"', ["It"]),
        ("gaps.ttl", '"Date" , "Result"', '"Date"', ["Result"]),
        (
            "references.ttl",
            '"\\"Carts at the ford\\". Ford Gazette."',
            '"Ford Gazette"',
            ["Carts", "at", "the", "ford"],
        ),
    ],
)
def test_words_that_nothing_rests_on_are_unexplained(
    file: str, old: str, new: str, words: list[str], miniature: Sources
) -> None:
    """Spaces and punctuation between them explain themselves, a citation's number does not."""
    replace(miniature.articles / "skirmish" / file, old, new)
    unexplained = coverage(miniature).unexplained
    assert " ".join(one.words for one in unexplained).split() == " ".join(words).split()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("•", "bullet of a list"),
        ("  1. ^", "number and caret of a list entry"),
        ("\n\n", "white space between statements"),
        (".", "punctuation between statements"),
        ("Result", "Field labels."),
        ("Skirmish of Ford", "The title repeats the first sentence."),
    ],
)
def test_what_is_left_out_has_a_reason(words: str, reason: str, miniature: Sources) -> None:
    """One of its kind, or the one that its omission gives."""
    assert (words, reason) in {(one.words, one.reason) for one in coverage(miniature).leftovers}


def test_leftovers_have_offsets(miniature: Sources) -> None:
    """In the order of the text, and each at its place."""
    part = assemble(miniature, lay_ground(miniature))[0]
    found = measure(part)
    assert part.article is not None
    text = part.article.text
    assert all(text[one.span.start : one.span.end] == one.words for one in found.leftovers)
    assert list(found.leftovers) == sorted(found.leftovers, key=lambda one: one.span)


def test_an_omission_does_not_count_as_a_statement(miniature: Sources) -> None:
    """Nor does it take anything from one that rests on the same words."""
    before = coverage(miniature)
    replace(miniature.articles / "skirmish" / "gaps.ttl", '"Date" , "Result"', '"Date" , "Result" , "5 carts lost"')
    assert coverage(miniature) == before


def test_shared_things_have_no_coverage(miniature: Sources) -> None:
    """They belong to no text."""
    with pytest.raises(ValueError, match="shared is no article"):
        measure(lay_ground(miniature).parts[2])
