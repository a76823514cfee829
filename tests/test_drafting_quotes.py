"""Quotes of drafts: every stretch gets the quote that names it and no other, at a cost that grows with the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span, resolve
from graph.drafting.authoring.quoting import Quotation, Quotations
from graph.drafting.document import UnreadableArticle


def _quote(source: str, start: int, end: int) -> Quotation:
    return Quotations(source, [Span(start, end)]).of(Span(start, end))


def test_words_that_stand_once_are_quoted_alone() -> None:
    assert _quote("10 killed, 20 wounded", 0, 9) == Quotation("10 killed")


def test_words_that_stand_twice_get_the_shortest_run_of_whole_words_that_tells_them_apart() -> None:
    text = "Per Norland: 10 killed\nPer Sudland: 10 killed each"
    assert _quote(text, 13, 22) == Quotation("10 killed", suffix="\n")
    assert _quote(text, 36, 45) == Quotation("10 killed", suffix=" ")
    text = "the town fell. Later the town burned."
    assert _quote(text, 0, 8) == Quotation("the town", suffix=" fell")


def test_the_end_of_the_text_is_told_apart_by_what_stands_before() -> None:
    text = "10 killed, 10 killed"
    assert _quote(text, 11, 20) == Quotation("10 killed", prefix=" ")


def test_a_word_inside_another_counts_as_an_occurrence() -> None:
    text = "Norlandic forces in Norland"
    assert _quote(text, 20, 27).prefix or _quote(text, 20, 27).suffix


def test_words_over_several_lines_are_quoted_as_they_stand() -> None:
    assert _quote("Territorial\nchanges none", 0, 19) == Quotation("Territorial\nchanges")


def test_text_that_repeats_itself_without_end_is_no_article() -> None:
    text = "9 men " * 2000
    with pytest.raises(UnreadableArticle, match="repeats itself"):
        _quote(text, 6000, 6005)


@given(st.text("ab \n", min_size=1, max_size=60), st.data())
def test_a_quote_resolves_to_its_stretch(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(source))))
    quotations = Quotations(source, [span])
    try:
        quote = quotations.of(span)
    except UnreadableArticle:
        return
    assert resolve(source, quote.exact, quote.prefix, quote.suffix) == span


def test_many_quotes_of_a_long_text_take_little_time() -> None:
    """A quarter of a million characters with thousands of quotes: a search for each would take a minute."""
    source = "".join(f"{number} men of company {number % 97} fell there.\n" for number in range(7000))
    starts = list(range(0, len(source) - 40, 60))
    spans = [Span(at, at + 25) for at in starts]
    begun = time.perf_counter()
    quotations = Quotations(source, spans)
    found = [quotations.of(span) for span in spans]
    assert time.perf_counter() - begun < 3
    assert all(quote.exact == source[span.start : span.end] for quote, span in zip(found, spans, strict=True))
