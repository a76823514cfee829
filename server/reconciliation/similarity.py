"""How alike a name that was asked for and a name of ours are: a rung, and a score from 0 to 100.

The rungs, each with its scores; a thing's own label stands above its other names:

    EXACT           100, other names 95   the same text
    FOLDED           98, other names 94   but for case, marks and punctuation
    TRANSLITERATED   90                   in another script or spelling, or the words in another order
    NEAR             80 to 88             a letter of a word of five letters or more is another, missing, too many
                                          swapped; two such words at most, no first letter, ending, number, short word
    BARE             78                   the same but for a style before one of them or brackets behind it, as in
                                          "Republic of Armenia" and "Jabrayil (city)"
    PART             70 to 75             all that was asked for are words of ours, next to each other: "D-30"
    FUZZY            below 75             anything less

A name in NEAR may be a misspelling; one below it is a suggestion for a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Indel

from server.reconciliation.styles import bare, telling
from server.search.folding import fold, spellings

_REMEMBERED: Final = 50_000
_SHORTEST_MISSPELT: Final = 5
_MOST_EDITS: Final = 2
_NEAR: Final = (80.0, 8.0)
_BARE: Final = 78.0
_PART: Final = (70.0, 4.9)
_FUZZY: Final = 75.0
_FEWEST_CHARACTERS: Final = 2
_FEWEST_LETTERS: Final = 7
_TRANSLITERATED: Final = 90.0
_OTHER_NAME: Final = (95.0, 94.0)
_LABEL: Final = (100.0, 98.0)


class Rung(IntEnum):
    """In what way two names agree, the least first."""

    FUZZY = 0
    PART = 1
    BARE = 2
    NEAR = 3
    TRANSLITERATED = 4
    FOLDED = 5
    EXACT = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are."""

    rung: Rung
    score: float


@dataclass(frozen=True, slots=True)
class Forms:
    """What of a name is compared."""

    text: str
    folded: str
    others: tuple[str, ...]
    """Its folded spellings in Latin letters."""
    bare: tuple[str, ...]
    """All folded forms without a style before it and brackets behind it; none where it has neither."""

    @property
    def is_short(self) -> bool:
        """Whether it has too few letters for a misspelling to be told from another name."""
        return sum(map(str.isalpha, self.folded)) < _FEWEST_LETTERS

    @property
    def all(self) -> tuple[str, ...]:
        """All folded forms."""
        return (self.folded, *self.others)


@lru_cache(maxsize=_REMEMBERED)
def forms_of(name: str) -> Forms:
    """Return what is compared of a name."""
    core = bare(name)
    cores = (fold(core), *spellings(core)) if core else ()
    return Forms(unicodedata.normalize("NFC", " ".join(name.split())), fold(name), spellings(name), cores)


def compare(asked: Forms, name: Forms, *, is_label: bool) -> Likeness:
    """Return how alike a name that was asked for and one of ours are; `is_label`: ours is the thing's own label.

    The same for both ways round but for that, and for PART.
    """
    exact, folded = _LABEL if is_label else _OTHER_NAME
    if asked.text == name.text:
        return Likeness(Rung.EXACT, exact)
    if asked.folded == name.folded:
        return Likeness(Rung.FOLDED, folded)
    if not {*asked.all}.isdisjoint(name.all) or sorted(asked.folded.split()) == sorted(name.folded.split()):
        return Likeness(Rung.TRANSLITERATED, _TRANSLITERATED)
    pairs = [(one, other) for one in asked.all for other in name.all]
    likeness = max(OSA.normalized_similarity(one, other) for one, other in pairs)
    if any(is_misspelt(one.split(), other.split()) for one, other in pairs):
        least, more = _NEAR
        return Likeness(Rung.NEAR, least + more * likeness)
    if not {*asked.bare}.isdisjoint(name.all) or not {*asked.all}.isdisjoint(name.bare):
        return Likeness(Rung.BARE, _BARE)
    return _suggestion(pairs, likeness)


def _suggestion(pairs: Sequence[tuple[str, str]], likeness: float) -> Likeness:
    shares = [len(one) / len(other) for one, other in pairs if is_part(one, other)]
    if shares:
        least, more = _PART
        return Likeness(Rung.PART, least + more * max(shares))
    ordered = max(Indel.normalized_similarity(_in_order(one), _in_order(other)) for one, other in pairs)
    return Likeness(Rung.FUZZY, _FUZZY * max(likeness, ordered))


def is_misspelt(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether words may be others misspelt, word by word.

    A number, a short word, an ending and the first letter of a word are what tells names apart: Su-25 is
    no misspelt Su-27, and Baku none of Daku.
    """
    if len(words) != len(others):
        return False
    edits = 0
    for one, other in zip(words, others, strict=True):
        if one == other:
            continue
        is_name = min(len(one), len(other)) >= _SHORTEST_MISSPELT and not any(map(str.isdigit, one + other))
        if not is_name or one[0] != other[0] or OSA.distance(one, other, score_cutoff=1) != 1 or _is_ending(one, other):
            return False
        edits += 1
    return 0 < edits <= _MOST_EDITS


def is_part(words: str, of: str) -> bool:
    """Tell whether folded words stand in a name as they are, next to each other; a number alone tells nothing.

    >>> is_part("d 30", "d 30 howitzer"), is_part("d 3", "d 30 howitzer")
    (True, False)
    """
    own = "".join(telling(words))
    tells = len(own) >= _FEWEST_CHARACTERS and any(map(str.isalpha, own))
    return tells and words != of and f" {words} " in f" {of} "


def _is_ending(one: str, other: str) -> bool:
    """Tell whether one word is the other with an ending: Armenian is no misspelt Armenia, but Armeniaa may be."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and longer[-1:] != shorter[-1:]


def _in_order(form: str) -> str:
    return " ".join(sorted(form.split()))
