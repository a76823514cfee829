"""Names and choices for made-up articles: a pure function of a seed and an article's number.

Choices come from a hash of what is chosen, not from `random`, whose methods may change
between versions of Python. Names are nobody's: two syllables and an ending for a power,
three syllables for a place, no name twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

_SYLLABLES: Final = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou")
MOST_NAMES: Final = len(_SYLLABLES) ** 3
"""Places that can be named."""

# Prime to 70, so that multiples of it name every place once and neighbours do not sound alike.
_STRIDE: Final = 123_457

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Draw:
    """The choices made for one thing; the same question has the same answer each time."""

    seed: str
    thing: int

    def number(self, question: str, least: int, most: int) -> int:
        """Return a number from least to most, both included, each as likely as the other."""
        asked = f"{self.seed}\n{self.thing}\n{question}".encode()
        return least + int.from_bytes(hashlib.blake2b(asked, digest_size=8).digest()) % (most - least + 1)

    def is_one_in(self, question: str, many: int) -> bool:
        """Tell whether what happens to one thing in so many happens to this one."""
        return self.number(question, 1, many) == 1

    def low(self, question: str, least: int, most: int) -> int:
        """Return a number from least to most of which the lower ones are likelier."""
        return min(self.number(f"{question}, {turn}", least, most) for turn in range(3))

    def some(self, question: str, items: Sequence[_Item], count: int) -> list[_Item]:
        """Return so many of the items, none twice."""
        order = sorted(range(len(items)), key=lambda place: self.number(f"{question} {place}", 0, 1 << 32))
        return [items[place] for place in order[:count]]


def place_name(number: int) -> str:
    """Return the name of a place; raise ValueError where the numbers that can be named are exceeded.

    >>> place_name(0), place_name(1)
    ('Bababa', 'Lopevu')
    """
    if not 0 <= number < MOST_NAMES:
        raise ValueError(f"there are names for {MOST_NAMES:,} articles; number {number:,} has none")
    rest, last = divmod(number * _STRIDE % MOST_NAMES, len(_SYLLABLES))
    first, middle = divmod(rest, len(_SYLLABLES))
    return (_SYLLABLES[first] + _SYLLABLES[middle] + _SYLLABLES[last]).capitalize()


def power_name(number: int) -> str:
    """Return the name of one of some thousand powers that wage wars."""
    first, last = divmod(number * 37 % len(_SYLLABLES) ** 2, len(_SYLLABLES))
    return (_SYLLABLES[last] + _SYLLABLES[first] + "nia").capitalize()


def war_name(number: int) -> str:
    """Return the name of a war, after the place where it broke out."""
    return f"{place_name(number)}n War"
