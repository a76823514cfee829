"""Names that may answer a query: a few out of very many, from the index of names.

The index finds names by whole words; words that nothing has, and those that may be
misspelt, are widened to the words of the index next to them. What is read for one query
is bounded, however many names there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from server.reconciliation.similarity import Forms
from server.search.search_index import Name, SearchIndex

_MOST_EXACT: Final = 50
_MOST_WIDENED: Final = 40
_MOST_PARTIAL: Final = 20
_MOST_WORDS: Final = 8
_MOST_NEIGHBOURS: Final = 12
_ENOUGH: Final = 5
# A word of more names than this tells nothing about which of them is meant.
_COMMON: Final = 2_000
_SHORTEST: Final = 4
_LONGEST: Final = 40
_REMEMBERED: Final = 20_000


class Retrieval:
    """What is asked of one index; safe to use from many threads."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._counts = dict(index.words())
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._counts):
            if _SHORTEST - 1 <= len(word) <= _LONGEST and not any(map(str.isdigit, word)):
                self._by_length.setdefault(len(word), []).append(word)
        self.neighbours: Final = lru_cache(maxsize=_REMEMBERED)(self._neighbours)
        """The words of the index next to a word, the nearest first, itself not among them."""

    def names(self, asked: Forms, kinds: Collection[str]) -> list[Name]:
        """Return names that may answer, those in full first, each once.

        Only those of things that have one of these filters, where some are given.
        """
        found: dict[Name, None] = {}
        for form in (*asked.all, *asked.bare):
            found.update(dict.fromkeys(self._index.named(form, _MOST_EXACT, kinds)))
        for words in self._worded(asked, is_filtered=bool(kinds)):
            found.update(dict.fromkeys(self._index.holding(words, _MOST_WIDENED, kinds)))
        if len(found) < _ENOUGH:
            for words in self._partial(asked):
                found.update(dict.fromkeys(self._index.holding(words, _MOST_PARTIAL, kinds)))
        return list(found)

    def _worded(self, asked: Forms, *, is_filtered: bool) -> Iterator[Sequence[Collection[str]]]:
        """Yield what to ask the index for: all words, then all words or those next to them."""
        for form in asked.all:
            words = form.split()[:_MOST_WORDS]
            # Half the names have these, and hardly any of them is of the kind that is asked for.
            if is_filtered and all(self._counts.get(word, 0) > _COMMON for word in words):
                continue
            yield [(word,) for word in words]
            widened = [(word, *self.neighbours(word)) for word in words]
            if any(len(group) > 1 for group in widened):
                yield widened

    def _partial(self, asked: Forms) -> Iterator[Sequence[Collection[str]]]:
        """Yield each telling word alone."""
        for word in dict.fromkeys(word for form in asked.all for word in form.split()[:_MOST_WORDS]):
            near = [each for each in (word, *self.neighbours(word)) if 0 < self._counts.get(each, 0) <= _COMMON]
            if near:
                yield [near]

    def _neighbours(self, word: str) -> tuple[str, ...]:
        if not _SHORTEST <= len(word) <= _LONGEST or any(map(str.isdigit, word)):
            return ()
        most = 1 + (len(word) > 5) + (len(word) > 9)  # noqa: PLR2004  # edits that leave a word of this length itself
        pool = [
            each for size in range(len(word) - most, len(word) + most + 1) for each in self._by_length.get(size, ())
        ]
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEIGHBOURS + 1)
        return tuple(found for found, distance, _place in near if distance)[:_MOST_NEIGHBOURS]
