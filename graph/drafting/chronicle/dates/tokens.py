"""Visible text to the tokens of dates: numbers, words, dashes, brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a token is."""

    ISO = auto()
    """`2020-10-07`, which templates print beside a date for programs."""
    TIME = auto()
    ORDINAL = auto()
    DECADE = auto()
    NUMBER = auto()
    WORD = auto()
    DASH = auto()
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and its place [start, end) in the text."""

    kind: Kind
    text: str
    """Casefolded; words that are written with full stops are without them: `bc`, `os`."""
    start: int
    end: int

    @property
    def number(self) -> int:
        """The value of a number, an ordinal or a decade."""
        return int("".join(filter(str.isdecimal, self.text)))


# Each alternative begins with another kind of character or is a bounded prefix of the next, so nothing is tried twice.
_TOKEN: Final = re.compile(
    r"(?P<ISO>(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"|(?P<TIME>(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9]))"
    r"|(?P<ORDINAL>(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<DECADE>(?<![0-9])[0-9]{3,4}s\b)"
    r"|(?P<NUMBER>[0-9]+)"
    r"|(?P<STOPPED>\b(?:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|C\.\s?E\.|A\.\s?H\.|[ON]\.\s?S\b\.?))"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?P<DASH>[-\u2010-\u2015\u2212])"
    r"|(?P<SIGN>\S)",
    re.IGNORECASE,
)
_CLOSING: Final = {")": "(", "]": "["}


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in their order; white space is none."""
    return tuple(map(_token, _TOKEN.finditer(text)))


def brackets_of(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where the outermost brackets open and close; one that is never closed is none."""
    pairs, opened = {}, list[int]()
    for at, token in enumerate(tokens):
        if token.text in {"(", "["}:
            opened.append(at)
        elif token.text in _CLOSING and opened and tokens[opened[-1]].text == _CLOSING[token.text]:
            pairs[opened.pop()] = at
    inside, outermost = -1, {}
    for opens in sorted(pairs):
        if opens > inside:
            outermost[opens] = inside = pairs[opens]
    return outermost


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "", match[0].casefold()
    if kind == "STOPPED":
        kind, text = "WORD", "".join(filter(str.isalpha, text))
    return Token(Kind[kind], text, match.start(), match.end())
