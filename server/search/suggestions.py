"""What else to search for where nothing was found: fewer words, fewer letters, the words of an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from server.search.folding import fold
from server.search.search_index import Hit, SearchIndex

_SHORTEST: Final = 3
_MOST_WORDS: Final = 8
_MOST_TRIES: Final = 16
_SUFFIX: Final = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,6}$")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
# The folders that addresses of ours begin with say nothing about what is looked for.
_FOLDERS: Final = frozenset(("article", "data", "graph", "id", "page", "ontology", "shapes", "static", "queries"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that finds something."""

    query: str
    count: int
    is_all: bool
    """False where there is more than was counted."""


def words_of_path(path: str) -> str:
    """Return the words that the last telling part of an address seems to be made of; may be empty.

    >>> words_of_path("/page/event/Battle_of-Hadrutt.html")
    'Battle of Hadrutt'
    """
    for part in reversed(path.split("/")):
        words = _BETWEEN_WORDS.sub(" ", _SUFFIX.sub("", part[:200])).strip()
        if fold(words):
            return "" if words in _FOLDERS else " ".join(words.split()[:_MOST_WORDS])[:80].strip()
    return ""


def shorter(query: str) -> Iterator[str]:
    """Yield what is left of a query when it asks for less, the nearest first; the query itself is not among it."""
    words = fold(query[:200]).split()[:_MOST_WORDS]
    seen = {" ".join(words)}
    without_one = (words[:place] + words[place + 1 :] for place in reversed(range(len(words))) if len(words) > 1)
    alone = ([word] for word in sorted(words, key=len, reverse=True))
    longest = max(words, key=len, default="")
    begun = ([longest[:size]] for size in range(len(longest) - 1, _SHORTEST - 1, -1))
    for fewer in (*without_one, *alone, *begun):
        text = " ".join(fewer)
        if len(text) >= _SHORTEST and text not in seen:
            seen.add(text)
            yield text


def suggest(index: SearchIndex, query: str, most: int) -> list[Suggestion]:
    """Return a few shorter queries that find something."""
    suggestions: list[Suggestion] = []
    for _, text in zip(range(_MOST_TRIES), shorter(query), strict=False):
        found = index.find(text)
        # What a shorter beginning finds is told once.
        if found.hits and len(found.hits) not in {each.count for each in suggestions}:
            suggestions.append(Suggestion(text, len(found.hits), found.is_all))
        if len(suggestions) == most:
            break
    return suggestions


def near(index: SearchIndex, query: str, most: int) -> list[Hit]:
    """Return the best hits of a query, or of the nearest shorter one that has some; words taken out are none.

    Less than half of a word is like too many others.
    """
    words = fold(query).split()
    longest = max(words, key=len, default="")
    texts = (text for text in (query, *shorter(query)) if 2 * len(text) > len(longest) or not longest.startswith(text))
    for _, text in zip(range(_MOST_TRIES), texts, strict=False):
        if found := [hit for hit in index.find(text).hits if not hit.kind.is_part]:
            return found[:most]
    return []
