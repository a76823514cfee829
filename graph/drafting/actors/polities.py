"""Names of states, realms and peoples, as far as reading needs them: where one ends, and whether two are the same.

A text that lost its columns and flags writes `Kingdom of Prussia Prussia` (a flag and a name),
`Republic of Artsakh Arkady Ter-Tadevosyan` (a flag and a person) and `United Kingdom United States`
(two belligerents). What tells them apart is where a polity's name ends. Three things say that: the
territories of the Common Locale Data Repository, which Babel brings; a list of states that are no
more; and the forms of such names (`Republic of X`, `X Empire`). Nothing here says who fought whom.
"""

from __future__ import annotations

import re
from typing import Final

from graph.drafting.actors.polity_names import (
    DEMONYMS,
    DIRECTIONS,
    DISAMBIGUATIONS,
    ENDINGS,
    GENERIC,
    GIVEN_NAMES,
    HEADS,
    TAILS,
    known_names,
)

SHORTEST_STEM: Final = 4
_LONGEST_NAME: Final = 8
_LONGEST_TAILED: Final = 4
FARTHEST: Final = 200
_WORD: Final = re.compile(r"\S+")


def polity_end(text: str, start: int = 0, end: int | None = None) -> int | None:
    """Return where the longest name of a polity that begins at `start` ends, or None where none begins there.

    A bracket after the name that is a part of a page's title (`Georgia (country)`) belongs to it.
    """
    end = len(text) if end is None else end
    words = [match.span() for match in _WORD.finditer(text, start, min(end, start + FARTHEST))][:_LONGEST_NAME]
    if not words or words[0][0] != start:
        return None
    known = _known_length(text, words)
    formed = max(_headed_length(text, words), _tailed_length(text, words))
    rest = words[known:formed]
    if known and _is_specific(text, rest) and (_headed_length(text, rest) or _tailed_length(text, rest)):
        formed = 0  # "France French Empire", "Cuba Republic of Haiti": two names
    length = max(known, formed)
    if not length:
        return None
    if length < len(words) and text[slice(*words[length])].casefold() in DISAMBIGUATIONS:
        length += 1
    return words[length - 1][1]


def _known_length(text: str, words: list[tuple[int, int]]) -> int:
    for length in range(len(words), 0, -1):
        if text[words[0][0] : words[length - 1][1]].casefold() in known_names():
            return length
    return 0


def _headed_length(text: str, words: list[tuple[int, int]]) -> int:
    """Return the length of a name of the form `[Adjectives] Republic of [the] X`."""
    folded = [text[slice(*word)].casefold() for word in words]
    for at in range(1, len(words) - 1):
        if folded[at] != "of" or folded[at - 1] not in HEADS:
            continue
        if not all(_is_capital(text[slice(*word)]) for word in words[:at]):
            return 0
        first = at + 2 if folded[at + 1] == "the" else at + 1
        if first >= len(words) or not _is_capital(text[slice(*words[first])]):
            return 0
        known = _known_length(text, words[first:])
        directed = folded[first] in DIRECTIONS and first + 1 < len(words)
        return first + max(known, 2 if directed else 1)
    return 0


def _tailed_length(text: str, words: list[tuple[int, int]]) -> int:
    """Return the length of a name of the form `X Empire`."""
    for at, word in enumerate(words[: _LONGEST_TAILED + 1]):
        written = text[slice(*word)]
        if not _is_capital(written):
            return 0
        if at and written.casefold() in TAILS:
            return at + 1
    return 0


def _is_specific(text: str, words: list[tuple[int, int]]) -> bool:
    return any(text[slice(*word)].casefold() not in GENERIC for word in words)


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def is_generic(words: str) -> bool:
    """Tell whether words say only what kind of thing is meant: "Armed Forces"."""
    return all(word.casefold() in GENERIC for word in words.split())


def is_given_name(name: str) -> bool:
    """Tell whether a polity's name is also a common given name, so that it proves no flag."""
    return name.casefold() in GIVEN_NAMES


def roots(name: str) -> frozenset[str]:
    """Return what a polity's name has in common with its adjective and with its other forms.

    >>> roots("Kingdom of Prussia") == roots("Prussian forces")
    True
    >>> roots("North Korea") & roots("South Korea")
    frozenset()
    """
    words = [word.strip(".,:;()[]'\"\u2019") for word in name.casefold().replace("\u2019s", "").split()]
    words = [word.removesuffix("'s") for word in words if word]
    found: set[str] = set()
    direction = ""
    for word in words:
        if word in DIRECTIONS and not direction:
            direction = f"{word.removesuffix('ern')} "
        elif word not in GENERIC:
            found.add(direction + stem(word))
            direction = ""
    if found:
        return frozenset(found)
    # "United States", "Soviet Union", "United Nations": nothing but generic words, so only the whole says which.
    whole = " ".join(word for word in words if word not in {"the", "forces", "army", "troops"})
    return frozenset({stem(whole)} if whole else ())


def stem(word: str) -> str:
    """Return the part of a country's name that it shares with its adjective: `armen` of Armenia and Armenian."""
    word = DEMONYMS.get(word, word)
    if " " in word:
        return word
    shortened = True
    while shortened:
        shortened = False
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                word, shortened = word.removesuffix(ending), True
                break
    return word
