"""States and peoples that running text speaks of, by name or adjective."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.drafting.actors.polities import FARTHEST, SHORTEST_STEM, polity_end, roots, stem
from graph.drafting.actors.polity_names import DEMONYMS, DIRECTIONS, known_names, word_set

_GIVEN_NAMES_ALIKE: Final = word_set("chad francis george georges israel jordan")
"""Given names with the stem of a state."""
_CAPITAL_WORD: Final = re.compile(r"\b[A-Z][\w.'\u2019]*(?:[\u2013-]\w+){0,3}")
_NEXT_WORD: Final = re.compile(r" [A-Z]\w{1,40}")
_NOT_IN_NAMES: Final = re.compile(r"[.,;:()\[\]\u2014\"\u201c\u201d\n]|\s\u2013\s")
_COMPOUND_PART: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A polity spoken of in running text, by name or adjective: [start, end), and what its name has in common."""

    start: int
    end: int
    roots: frozenset[str]


def mentions(text: str) -> Iterator[Mention]:
    """Yield the polities that a text speaks of, in its order; of `Anglo-French`, both."""
    reached = 0
    for match in _CAPITAL_WORD.finditer(text):
        start, end = match.span()
        if start < reached:
            continue
        stop = min(end + FARTHEST, len(text))
        found = _mention(text, start, stop) or (_mention(text, start, end) if end < stop else None)
        if found:
            reached = found.end
            yield found
        elif (directed := _NEXT_WORD.match(text, end)) and _is_directed(text[start : directed.end()]):
            reached = directed.end()
            yield Mention(start, reached, roots(text[start:reached]))
        elif _is_adjective(match[0]):
            yield Mention(start, end, roots(match[0]))
        else:
            yield from _compound(match[0], start)


def _mention(text: str, start: int, stop: int) -> Mention | None:
    """Return the longest name of a polity at `start`; punctuation ends it."""
    edge = _NOT_IN_NAMES.search(text, start, stop)
    end = polity_end(text, start, edge.start() if edge else stop)
    return None if end is None else Mention(start, end, roots(text[start:end]))


def _compound(word: str, start: int) -> Iterator[Mention]:
    parts = [match.span() for match in _COMPOUND_PART.finditer(word)]
    if len(parts) == 1 or not all(_is_adjective(word[slice(*part)]) for part in parts):
        return
    for first, last in parts:
        yield Mention(start + first, start + last, roots(word[first:last]))


def _is_adjective(word: str) -> bool:
    """Tell whether a word shares its stem with the name of a state of one word, and is no given name that does."""
    if word.casefold() in _GIVEN_NAMES_ALIKE:
        return False
    return word.casefold() in DEMONYMS or (len(word) >= SHORTEST_STEM and stem(word.casefold()) in _stems())


def _is_directed(words: str) -> bool:
    """Tell whether words are the adjective of a state with a direction in its name: "South Ossetian"."""
    return words.split(maxsplit=1)[0].casefold() in DIRECTIONS and roots(words) <= _directed_roots()


@cache
def _directed_roots() -> frozenset[str]:
    directed = (name for name in known_names() if name.split()[0] in DIRECTIONS)
    return frozenset(root for name in directed for root in roots(name))


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(name) for name in known_names() if " " not in name)
