"""One line cut into tokens.

Numbers and words are told apart where they touch: `T-72`, `2S1` and `9th` are words, `46killed`
and `killed46` (items of a list whose break was lost) are a number and a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from graph.drafting.document import Line
from graph.drafting.figures.calendar import MONTHS
from graph.drafting.figures.effects import is_effect_word
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.tokens import Kind, Token, Tokens

# A group of thousands is parted by a comma or one space; a point could as well part decimals.
_GROUPED: Final = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![^\W_]|[,.]\d)|\d+", re.ASCII
)
_POINT_PART: Final = re.compile(r"(?:[.]\d+)+", re.ASCII)
_WORD: Final = re.compile(r"(?:[^\W\d_][.]){2,}|[^\W\d_]+(?:['\u2019][^\W\d_]+)*['\u2019]?")
_TAIL: Final = re.compile(r"(?:[-\u2011./]?[^\W_]+)+")
_HYPHENATED: Final = re.compile(r"(?:[-\u2011]['\u2019]?[^\W_]+(?:['\u2019][^\W\d_]+)*)+")
_ADDRESS: Final = re.compile(r"(?:https?://|www[.])\S+", re.IGNORECASE)
_GLUED: Final = re.compile(r"[^\W\d_](?=[A-Z]|https?$)")
_DASH_AND_DIGIT: Final = re.compile(r"[-\u2011]\d")
_HYPHENS: Final = "-\u2011"
_LONGEST_DESIGNATION: Final = 4
"""Letters before a digit: `BMP2`, `MiG29`, `Ural-4320`; longer ones are a word that lost its space."""


def tokenise(line: Line, without: Sequence[tuple[int, int]] = ()) -> Tokens:
    """Return the tokens of a line in their order; each stretch of `without` is one token of its own.

    A footnote mark inside a number parts it: `200[4] 300` are two numbers.
    """
    parted = {mark.at for mark in line.marks}
    stretches = sorted(stretch for stretch in without if stretch[0] < stretch[1])
    bounds = [(0, 0), *stretches, (len(line.text), len(line.text))]
    found: list[Token] = []
    for (begin, at), (end, _) in pairwise(bounds):
        if begin < at:
            found.append(Token(Kind.BREAK, begin, at, "", ""))
        found.extend(_tokens(line.text, at, end, parted))
    return tuple(found)


def _tokens(text: str, at: int, end: int, parted: Collection[int]) -> Iterator[Token]:
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        token = _token_at(text, at, end, parted)
        yield token
        at = token.end


def _token_at(text: str, at: int, end: int, parted: Collection[int]) -> Token:
    if address := _ADDRESS.match(text, at, end):
        return _word(text, at, address.end())
    if text[at].isascii() and text[at].isdigit():
        return _number_at(text, at, end, parted)
    if word := _WORD.match(text, at, end):
        return _word(text, at, _word_end(text, word, end))
    return Token(Kind.POINT, at, at + 1, text[at], text[at])


def _word_end(text: str, word: re.Match[str], end: int) -> int:
    """Return where a word ends that begins with letters: with its hyphens, and with its digits if it is a type."""
    letters, at = word[0], word.end()
    if is_effect_word(letters):
        return at
    # "woundedSeveral", "killedhttps": a list item whose break was lost.
    glued = _GLUED.search(letters)
    if glued and is_effect_word(letters[: glued.start() + 1]):
        return word.start() + glued.start() + 1
    designates = len(letters) <= _LONGEST_DESIGNATION or letters[0].isupper()
    if at < end and text[at].isdigit():
        if len(letters) > _LONGEST_DESIGNATION:
            return at
        tail = _TAIL.match(text, at, end)
        return tail.end() if tail else at
    if _DASH_AND_DIGIT.match(text, at, end) and not designates:
        return at
    tail = _HYPHENATED.match(text, at, end)
    return tail.end() if tail else at


def _number_at(text: str, at: int, end: int, parted: Collection[int]) -> Token:
    found = _GROUPED.match(text, at, end)
    stop = found.end() if found else at + 1
    cut = next((place for place in range(at + 1, stop) if place in parted), stop)
    stop = at + len(text[at:cut].rstrip()) if cut < stop else stop
    whole = stop
    if fraction := _POINT_PART.match(text, stop, end):
        stop = fraction.end()
    glued = _WORD.match(text, stop, end)
    if glued and stop == whole and not _is_word_of_its_own(glued[0]):
        tail = _TAIL.match(text, glued.start(), end)
        return _word(text, at, tail.end() if tail else glued.end())
    joined = _WORD.match(text, stop + 1, end) if stop < end and text[stop] in _HYPHENS else None
    if joined and joined[0].lower() not in MONTHS:
        tail = _TAIL.match(text, stop, end)
        return _word(text, at, tail.end() if tail else stop)
    digits = re.sub(r"\D", "", text[at:whole])
    value = int(digits) if stop == whole and len(digits) < _MOST_DIGITS else None
    return Token(Kind.NUMBER, at, stop, text[at:stop], text[at:stop], value)


_MOST_DIGITS: Final = 16


def _is_word_of_its_own(letters: str) -> bool:
    """Tell whether letters right after a number have lost a space: `100KIA`, `1Bushmaster`, not `9th`, `88mm`."""
    return is_effect_word(letters) or len(letters) > _LONGEST_DESIGNATION or letters.lower() in _SHORT_WORDS


_SHORT_WORDS: Final = words("men guns tank dead and or to ship")


def _word(text: str, at: int, end: int) -> Token:
    return Token(Kind.WORD, at, end, text[at:end], text[at:end].lower())
