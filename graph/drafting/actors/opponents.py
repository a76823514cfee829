"""Who an article says fought whom, in its title, its box and the beginning of its prose.

Only a few forms of words say so without doubt; each pair comes with the words that say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.mentions import Mention, mentions
from graph.drafting.document import Document

Pair = tuple[frozenset[str], frozenset[str], str]
"""What the names of one and of the other have in common with their adjectives, and the words."""

_WAR: Final = re.compile(r"\s+(?:border\s+)?(?:war|conflict|clashes|skirmishes|fighting|crisis)\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\bbetween\s+(?P<one>[^.;]{1,200}?)\s+and\s+(?P<other>[^.;]{1,200})")
_AGAINST: Final = re.compile(r"\bagainst\b")
_ON_ONE_SIDE: Final = re.compile(r"\bon (?:the )?one side,? and\b")
_VICTORY: Final = re.compile(r"\bvictory\b(?! claim)", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s*(?:,|&|and|[\u2013-])\s*(?:and\s+)?")
_PEACE: Final = re.compile(r"\b(?:border|treaty|alliance|pact|agreement|located|relations|cooperation)\s*$")
_FIGHT: Final = re.compile(
    r"\b(?:fought|battle|engagement|war|conflict|clash\w*|fighting|campaign|offensive|operation)\b"
)
_BEGINNING: Final = 3000
_NEAR: Final = 160


def opponents(document: Document) -> tuple[Pair, ...]:
    """Return the pairs that the article puts against each other."""
    fields = ("conflict", "partof")
    titles = [document.title, *(line.text for one in document.of(*fields) for line in one.lines)]
    found = [pair for title in titles for pair in _named_after_both(title[:_BEGINNING])]
    for sentence in _first_sentences(document):
        found += [*_between(sentence), *_against(sentence), *_on_one_side(sentence)]
    return tuple(found)


def allies(document: Document) -> tuple[Pair, ...]:
    """Return the pairs to which the box gives one victory: "Russian and South Ossetian victory"."""
    found: list[Pair] = []
    for field in document.of("result"):
        for line in field.lines:
            victory = _VICTORY.search(line.text, 0, _NEAR)
            if victory:
                words = line.text[: victory.end()]
                named = list(mentions(words))
                joined = ((one, two) for one, two in pairwise(named) if _JOINT.fullmatch(words, one.end, two.start))
                found += [_pair(one, two, words) for one, two in joined]
    return tuple(found)


def _first_sentences(document: Document) -> Iterator[str]:
    length = 0
    for line in document.prose:
        yield from re.split(r"(?<=[.!?])\s+", line.text[: _BEGINNING - length])
        length += len(line.text)
        if length >= _BEGINNING:
            return


def _named_after_both(title: str) -> Iterator[Pair]:
    """Yield the two of "Russo-Georgian War": a compound of two adjectives before a word for fighting."""
    named = list(mentions(title))
    for one, other in pairwise(named):
        if other.start == one.end + 1 and title[one.end] in "-\u2013" and _WAR.match(title, other.end):
            yield _pair(one, other, title[one.start : other.end])


def _between(sentence: str) -> Iterator[Pair]:
    if not _FIGHT.search(sentence):
        return
    for match in _BETWEEN.finditer(sentence):
        one, other = next(mentions(match["one"]), None), next(mentions(match["other"]), None)
        if one and other and not _PEACE.search(sentence[max(match.start() - 40, 0) : match.start()]):
            yield _pair(one, other, match[0])


def _against(sentence: str) -> Iterator[Pair]:
    for match in _AGAINST.finditer(sentence):
        before, after = (
            sentence[max(match.start() - _NEAR, 0) : match.start()],
            sentence[match.end() : match.end() + _NEAR],
        )
        one, other = [*mentions(before)][-1:], next(mentions(after), None)
        if one and other:
            yield _pair(one[0], other, before[one[0].start :] + match[0] + after[: other.end])


def _on_one_side(sentence: str) -> Iterator[Pair]:
    for match in _ON_ONE_SIDE.finditer(sentence):
        before, after = (
            sentence[max(match.start() - _NEAR, 0) : match.start()],
            sentence[match.end() : match.end() + _NEAR],
        )
        other = next(mentions(after), None)
        for one in mentions(before):
            if other:
                yield _pair(one, other, before[one.start :] + match[0] + after[: other.end])


def _pair(one: Mention, other: Mention, words: str) -> Pair:
    return one.roots, other.roots, single_spaced(words)
