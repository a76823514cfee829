"""From a stretch of the source to the quote that names it and no other stretch.

Words that stand once are quoted alone; others with the shortest run of whole words after
or before them that tells them apart. One pass over the source finds where all the words
stand that will be quoted, so the cost grows with the source and not with source times quotes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graph.anchors import Span, occurrences
from graph.drafting.document import UnreadableArticle

_HEADS: Final = (8, 3)
"""Lengths of beginnings by which words are looked up; shorter words are searched for."""
_CONTEXTS: Final = (64, 2048)
"""How much of the text beside words is looked at; what repeats for longer is no article's text."""
_LONG: Final = 4096
"""Longer words are so few that each is compared by itself."""
_WORD: Final = 24
"""A context ends with its word, unless the word goes on for longer than this."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the source with as much before or after them as tells them apart."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Quotations:
    """The quotes of one source: made once, with all the stretches that will be asked for."""

    def __init__(self, source: str, spans: Iterable[Span]) -> None:
        """Find where the words of the spans stand."""
        self._source = source
        self._places = _places(source, {source[span.start : span.end] for span in spans})
        self._contexts: dict[str, dict[int, tuple[str, str]]] = {}

    def of(self, span: Span) -> Quotation:
        """Return the quote of one of the stretches.

        Raises `UnreadableArticle` where the text beside the words repeats for so long that
        nothing tells them from the same words elsewhere.
        """
        exact = self._source[span.start : span.end]
        starts = self._places[exact]
        if len(starts) == 1:
            return Quotation(exact)
        if exact not in self._contexts:
            self._contexts[exact] = _contexts(self._source, exact, starts)
        return Quotation(exact, *self._contexts[exact][span.start])


def _places(source: str, quoted: Collection[str]) -> dict[str, Sequence[int]]:
    """Return where each of the words starts, in order."""
    by_head: dict[int, dict[str, list[int]]] = {size: {} for size in _HEADS}
    heads: dict[str, tuple[int, str]] = {}
    for words in quoted:
        size = next((size for size in _HEADS if len(words) >= size), 0)
        if size:
            heads[words] = (size, words[:size])
            by_head[size].setdefault(words[:size], [])
    for size, found in by_head.items():
        if found:
            for start in range(len(source) - size + 1):
                if (head := source[start : start + size]) in found:
                    found[head].append(start)
    places: dict[str, Sequence[int]] = {
        words: list(occurrences(source, words)) for words in quoted if words not in heads
    }
    alike: dict[tuple[int, str], list[str]] = defaultdict(list)
    for words, (size, head) in heads.items():
        if len(words) > _LONG:
            places[words] = [start for start in by_head[size][head] if source.startswith(words, start)]
        else:
            alike[size, head].append(words)
    for (size, head), several in alike.items():
        places |= _places_of(source, several, by_head[size][head])
    return places


def _places_of(source: str, several: Sequence[str], starts: Sequence[int]) -> dict[str, list[int]]:
    """Return at which of the starts each of several words stands.

    Of words in alphabetical order, those that a text begins with are the one before the text, or
    those that this one begins with: so a text is compared with few, however many begin alike.
    """
    in_order = sorted(several)
    within: dict[str, str | None] = {}
    open_: list[str] = []
    for words in in_order:
        while open_ and not words.startswith(open_[-1]):
            open_.pop()
        within[words] = open_[-1] if open_ else None
        open_.append(words)
    found: dict[str, list[int]] = {words: [] for words in several}
    longest = max(map(len, several))
    for start in starts:
        at = bisect_right(in_order, source[start : start + longest])
        next_: str | None = in_order[at - 1] if at else None
        while next_ is not None:
            if source.startswith(next_, start):
                found[next_].append(start)
            next_ = within[next_]
    return found


def _contexts(source: str, exact: str, starts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the prefix and suffix of each occurrence: the shorter one of the two that tell it from the others."""
    contexts: dict[int, tuple[str, str]] = {}
    for reach in _CONTEXTS:
        after = {at: source[at + len(exact) : at + len(exact) + reach] for at in starts}
        before = {at: source[max(0, at - reach) : at][::-1] for at in starts}
        least_after, least_before = _least(after), _least(before)
        for at in starts:
            if at in contexts:
                continue
            if at in least_after and least_after[at] <= least_before.get(at, reach):
                contexts[at] = ("", _whole_words(after[at], least_after[at]))
            elif at in least_before:
                contexts[at] = (_whole_words(before[at], least_before[at])[::-1], "")
        if len(contexts) == len(starts):
            return contexts
    raise UnreadableArticle(
        f"“{exact[:60]}” stands {len(starts)} times in the text, with the same {_CONTEXTS[-1]} characters around it: "
        "text that repeats itself like this is no article"
    )


def _least(texts: dict[int, str]) -> dict[int, int]:
    """Return how much of each text tells it from all the others; without those that are the beginning of another."""
    least: dict[int, int] = defaultdict(lambda: 1)
    in_order = sorted(texts, key=texts.__getitem__)
    for one, next_ in pairwise(in_order):
        shared = _shared(texts[one], texts[next_])
        for at in (one, next_):
            least[at] = max(least[at], shared + 1)
    return {at: size for at, size in least.items() if size <= len(texts[at])}


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _whole_words(text: str, least: int) -> str:
    """Return the beginning of a text, at least so much of it, to the end of the word."""
    end = least
    while end < min(len(text), least + _WORD) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return text[:end]
