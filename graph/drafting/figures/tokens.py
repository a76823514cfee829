"""A token of a line: a number, a word, a mark of punctuation, or a stretch that was read before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

DASHES: Final = frozenset("-–—−‒")  # noqa: RUF001 - the dashes that articles write ranges with


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    POINT = "punctuation"
    BREAK = "a stretch that was read before"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of punctuation in a line."""

    kind: Kind
    start: int
    end: int
    text: str
    low: str
    value: int | None = None
    """The number that it is; None for a number that is no whole one."""


Tokens = tuple[Token, ...]
"""The tokens of a line, in their order."""
