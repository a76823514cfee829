"""Words of a line that count nothing: shares, money, measures, pages, addresses, pointers elsewhere."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.counts import QUALIFIERS
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.number_words import number_at
from graph.drafting.figures.tokens import DASHES, Kind, Tokens

SHARE: Final = "A share in the hundred is no count."
FRACTION: Final = "A fraction is no count."
RATIO: Final = "A ratio or share is no count."
MONEY: Final = "A sum of money is no count of losses."
PAGE: Final = "The page of a source is no count."
ADDRESS: Final = "An address of the web says nothing of the battle."
COMPARISON: Final = "A multiple of something else is no count."
LENGTH: Final = "A length of time is no count of losses."
MEASURE: Final = "A distance or area is no count of losses."
POINTER: Final = "The words only lead to where the article tells more."
DIFFERENCE: Final = "How much more or less a figure would be is no count."
BASE: Final = "The number out of which a loss was is no loss."

_AFTER: Final = {
    "%": SHARE,
    "percent": SHARE,
    "times": COMPARISON,
    **dict.fromkeys(words("days day weeks week hours hour minutes years year months month"), LENGTH),
    **dict.fromkeys(words("dollars euros pounds roubles rubles livres florins ducats yen francs"), MONEY),
    **dict.fromkeys(words("km kilometres kilometers miles mi metres meters acres hectares km²"), MEASURE),
}
"""What a number counts that has one of these words after it."""
_CURRENCIES: Final = words("$ € £ ¥ ₽ us$ usd")
_SCALES: Final = words("million billion thousand bn m")
_PAGES: Final = words("p pp page pages")
_FRACTIONS: Final = words("one-third two-thirds one-half one-quarter three-quarters one-fifth one-tenth")
_VULGAR: Final = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒")
_SLASHES: Final = frozenset("/\u2044\u2215")
_DIGITS_OF_RATIO: Final = 3
_MOST_OF_SHARE: Final = 100
"""Of "6 in 10 men" the ten; "6 in 1943" is no share."""
_MORE: Final = words("details information")
_MOST_QUALIFIERS: Final = 3
_ADDRESSES: Final = ("http://", "https://", "www.")


def apart_at(tokens: Tokens, at: int) -> tuple[int, str] | None:
    """Return where something ends that begins at a token and counts nothing, and why it does not."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.low.startswith(_ADDRESSES):
        return at + 1, ADDRESS
    if share := _share(tokens, at):
        return share
    if token.low in _PAGES and (page := _page_end(tokens, at + 1)) is not None:
        return page, PAGE
    if token.low in _CURRENCIES and following is not None and following.kind is Kind.NUMBER:
        return at + 2 + (at + 2 < len(tokens) and tokens[at + 2].low in _SCALES), MONEY
    if (pointer := _pointer_end(tokens, at)) is not None:
        return pointer, POINTER
    return _measured(tokens, at)


def _page_end(tokens: Tokens, at: int) -> int | None:
    at += at < len(tokens) and tokens[at].low == "."
    return _range_end(tokens, at) if at < len(tokens) and tokens[at].kind is Kind.NUMBER else None


def _pointer_end(tokens: Tokens, at: int) -> int | None:
    """Read "see below", "See § Casualties", "for more details", "further information"."""
    low = [token.low for token in tokens[at : at + 3]]
    if low[0] == "see" or (low[0] == "for" and any(word in ("more", "further", *_MORE) for word in low[1:])):
        end = at
        while end < len(tokens) and tokens[end].low not in (";", ")", "]") and tokens[end].kind is not Kind.BREAK:
            end += 1
        return end
    return at + 2 if low[0] in ("further", "more") and low[1:] and low[1] in _MORE else None


def _measured(tokens: Tokens, at: int) -> tuple[int, str] | None:
    for _ in range(_MOST_QUALIFIERS):
        qualified = QUALIFIERS.named_at(tokens, at)
        if qualified is None or qualified[0] >= len(tokens):
            break
        at = qualified[0]
    number = (0, _range_end(tokens, at)) if tokens[at].kind is Kind.NUMBER else number_at(tokens, at)
    if number is None or number[1] >= len(tokens):
        return None
    end = number[1]
    low = tokens[end].low
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    if (fraction := _fraction_end(tokens, end - 1) or _fraction_end(tokens, end)) is not None:
        return fraction, FRACTION
    if low == "per" and following is not None and following.low == "cent":
        return end + 2, SHARE
    return (end + 1, _AFTER[low]) if low in _AFTER else None


def _share(tokens: Tokens, at: int) -> tuple[int, str] | None:
    if tokens[at].low in _FRACTIONS or tokens[at].text in _VULGAR:
        return at + 1, FRACTION
    ratio = _ratio_end(tokens, at)
    return None if ratio is None else (ratio, RATIO)


def _ratio_end(tokens: Tokens, at: int) -> int | None:
    """Read "4:3", "10:1" and "6 in 10": a colon touches both numbers, and a share is of more than it."""
    number = number_at(tokens, at)
    after = number[1] if number is not None else at
    if number is None or after + 1 >= len(tokens):
        return None
    joint = tokens[after]
    if joint.low == ":":
        second, short = tokens[after + 1], tokens[at]
        touches = short.end == joint.start and joint.end == second.start and second.kind is Kind.NUMBER
        return after + 2 if touches and len(short.text) <= _DIGITS_OF_RATIO else None
    of = number_at(tokens, after + 1) if joint.low == "in" else None
    return of[1] if of is not None and number[0] < of[0] <= _MOST_OF_SHARE else None


def _fraction_end(tokens: Tokens, at: int) -> int | None:
    """Read "5/6", with any slash that touches both numbers."""
    if at < 0 or at + 2 >= len(tokens):
        return None
    first, slash, second = tokens[at : at + 3]
    is_parted = first.end != slash.start or slash.end != second.start
    numbers = first.kind is Kind.NUMBER and second.kind is Kind.NUMBER
    return at + 3 if numbers and slash.low in _SLASHES and not is_parted else None


def _range_end(tokens: Tokens, at: int) -> int:
    is_range = at + 2 < len(tokens) and tokens[at + 1].low in DASHES | {"to"} and tokens[at + 2].kind is Kind.NUMBER
    return at + 3 if is_range else at + 1
