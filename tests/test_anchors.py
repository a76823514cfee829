"""Quotes and the one place each of them stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.anchors import (
    AmbiguousQuote,
    MissingQuote,
    Span,
    UnresolvedQuote,
    WhitespaceDiffers,
    context,
    occurrences,
    resolve,
)
from graph.article import TEXT_FILE
from graph.paths import ARTICLES

HADRUT = (ARTICLES / "battle-of-hadrut" / TEXT_FILE).read_bytes().decode()

# Few letters, so that quotes recur; characters outside the BMP, because offsets count code points.
texts = st.text(alphabet="ab \u00a0\nՀ\U0001f6e1", min_size=1, max_size=60)


@st.composite
def quotes(draw: st.DrawFn) -> tuple[str, Span]:
    """Return a text and a stretch of it."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(quotes())
def test_a_quote_that_occurs_once_resolves_to_where_it_stands(quote: tuple[str, Span]) -> None:
    """Any stretch whose words occur nowhere else is found again by its words."""
    text, span = quote
    exact = text[span.start : span.end]
    assume(len(list(occurrences(text, exact))) == 1)
    assert resolve(text, exact) == span


@given(quotes())
def test_enough_context_resolves_every_quote(quote: tuple[str, Span]) -> None:
    """With all of the text before and after it, any stretch is unique, and its offsets leave the context out."""
    text, span = quote
    assert resolve(text, text[span.start : span.end], text[: span.start], text[span.end :]) == span


@given(quotes(), st.integers(0, 4), st.integers(0, 4))
def test_what_is_resolved_stands_there(quote: tuple[str, Span], before: int, after: int) -> None:
    """Whatever comes back as a place holds the words, between the context given; else the quote is refused."""
    text, span = quote
    exact = text[span.start : span.end]
    prefix, suffix = text[max(0, span.start - before) : span.start], text[span.end : span.end + after]
    try:
        found = resolve(text, exact, prefix, suffix)
    except AmbiguousQuote:
        assert len(list(occurrences(text, prefix + exact + suffix))) > 1
    else:
        assert found == span


@given(texts, texts)
def test_other_words_are_refused(text: str, words: str) -> None:
    """Words that the text does not hold never resolve, and the refusal says what to do."""
    assume(words not in text)
    with pytest.raises(MissingQuote) as refused:
        resolve(text, words)
    assert refused.value.remedy
    same_but_for_spaces = " ".join(words.split()) in " ".join(text.split())
    assert same_but_for_spaces or not isinstance(refused.value, WhitespaceDiffers)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "span"),
    [
        ("14 T-72s destroyed", "", "", Span(848, 866)),
        ("Hadrut", "advanced north, to ", "", Span(1910, 1916)),
        ("Per Azerbaijan:", "", "[4]", Span(754, 769)),
        ("Developed by StudentB", "\n\n", "", Span(4039, 4060)),
    ],
)
def test_offsets_count_code_points(exact: str, prefix: str, suffix: str, span: Span) -> None:
    """The Battle of Hadrut has Armenian letters and no-break spaces before most of these."""
    assert resolve(HADRUT, exact, prefix, suffix) == span


def test_a_quote_that_occurs_twice_shows_where() -> None:
    """The message lists each place with the words around it, so that the author can pick some as context."""
    with pytest.raises(AmbiguousQuote) as refused:
        resolve(HADRUT, "Per Azerbaijan:")
    assert "occurs 2 times" in str(refused.value)
    assert re.search(r"at 690-705: “….*Casualties and losses⏎⏎\|Per Azerbaijan:\|", str(refused.value))
    assert re.search(r"at 754-769: “….*\|Per Azerbaijan:\|\[4\]", str(refused.value))
    assert "bg:quoteInContext" in refused.value.remedy


def test_a_quote_that_occurs_often_shows_ten_places() -> None:
    """A message stays readable."""
    with pytest.raises(AmbiguousQuote, match="and 2 more") as refused:
        resolve(HADRUT, "Hadrut")
    assert str(refused.value).count("\n    at ") == 10


def test_a_quote_with_other_no_break_spaces_is_refused_for_that() -> None:
    """The author sees the spaces, which look alike, and how to write them."""
    with pytest.raises(WhitespaceDiffers) as refused:
        resolve(HADRUT, "7 October 2020")
    assert "only in no-break spaces" in str(refused.value)
    assert "at 282-296" in str(refused.value)
    assert "“7[U+00A0]October[U+00A0]2020”" in str(refused.value)
    assert "\\u00A0" in refused.value.remedy


def test_a_quote_with_other_white_space_is_refused_for_that() -> None:
    """A line break or a doubled space is not told as a missing quote."""
    with pytest.raises(WhitespaceDiffers, match="only in white space"):
        resolve(HADRUT, "Territorial changes")


def test_a_missing_quote_shows_the_nearest_words() -> None:
    """A slip is seen where it is."""
    with pytest.raises(
        MissingQuote, match=r"is not in the article; the nearest words are\n    at 848-\d+: .*\|14 T-72s"
    ):
        resolve(HADRUT, "14 T-72s captured")


def test_wrong_context_shows_where_the_words_do_stand() -> None:
    """Context must touch the words."""
    with pytest.raises(MissingQuote, match="never stands between that prefix and suffix:\n    at 848-866") as refused:
        resolve(HADRUT, "14 T-72s destroyed", suffix="\n  • 17 BM-21")
    assert "oa:suffix" in refused.value.remedy


def test_an_empty_quote_is_refused() -> None:
    """It would stand everywhere."""
    with pytest.raises(UnresolvedQuote, match="empty"):
        resolve(HADRUT, "")


@given(quotes())
def test_context_is_what_stands_beside(quote: tuple[str, Span]) -> None:
    """At most 32 code points on each side, fewer only at the ends of the text."""
    text, span = quote
    before, after = context(text, span)
    assert text.startswith(before + text[span.start : span.end] + after, span.start - len(before))
    assert len(before) == min(32, span.start)
    assert len(after) == min(32, len(text) - span.end)
