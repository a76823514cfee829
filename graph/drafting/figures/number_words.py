"""Numbers in digits and in words: `1,029`, `three`, `twenty-five`, `two thousand five hundred`, `1.5 million`."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from graph.drafting.figures.tokens import Kind, Token, Tokens

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"  # noqa: SIM905 - a table to read
        " seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)  # noqa: SIM905 - a table to read
}
_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_SCALES: Final = {"dozen": 12, "hundred": _HUNDRED, "thousand": _THOUSAND, "million": _THOUSAND * _THOUSAND}
_MOST_WORDS: Final = 8
_LONGEST: Final = 12


def number_at(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Return the number that begins at a token, in digits or words, and where it ends."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind is Kind.WORD:
        return _worded(tokens, at)
    if token.kind is not Kind.NUMBER:
        return None
    if at + 1 < len(tokens) and tokens[at + 1].low in _SCALES:
        value = scaled(token, tokens[at + 1])
        return None if value is None else (value, at + 2)
    return None if token.value is None else (token.value, at + 1)


def scaled(token: Token, scale: Token) -> int | None:
    """Return a number in digits times the scale named by a word, if that is whole: `1.5 million`."""
    digits = token.text.replace(",", "")
    is_plain = len(digits) <= _LONGEST and digits.replace(".", "", 1).isdecimal()
    if scale.low not in _SCALES or not is_plain:
        return None
    value = Decimal(digits) * _SCALES[scale.low]
    return int(value) if value == int(value) else None


def _worded(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Read words of numbers: hundreds scale what stands before them, thousands and millions close it."""
    closed, open_, end = 0, 0, at
    while end < min(len(tokens), at + _MOST_WORDS):
        low = tokens[end].low
        plain, scale = _plain(low), _SCALES.get(low, 0)
        if plain is not None and _fits(plain, open_):
            open_ += plain
        elif open_ > 0 and 0 < scale < _THOUSAND and open_ < scale:
            open_ *= scale
        elif open_ and scale >= _THOUSAND:
            closed, open_ = closed + open_ * scale, 0
        elif low == "a" and end == at and end + 1 < len(tokens) and tokens[end + 1].low in _SCALES:
            open_ = 1
        else:
            break
        end += 1
    return (closed + open_, end) if end > at else None


def _fits(plain: int, before: int) -> bool:
    """Tell whether a word goes on a number: units after tens, anything after hundreds."""
    return before % _HUNDRED == 0 or (plain < 10 and before % 10 == 0 and before % _HUNDRED > 10)  # noqa: PLR2004 - decimal


def _plain(low: str) -> int | None:
    if low in _UNITS or low in _TENS:
        return _UNITS.get(low, _TENS.get(low))
    tens, _, unit = low.partition("-")
    return _TENS[tens] + _UNITS[unit] if tens in _TENS and unit in _UNITS else None
