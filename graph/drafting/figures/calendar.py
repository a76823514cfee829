"""Dates among the tokens of a line, so that no day and no year is taken for a count."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.lexicon import words
from graph.drafting.figures.tokens import DASHES, Kind, Token, Tokens

MONTHS: Final = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec"
)
_WORDS_TOO: Final = words("may march")
_SEASONS: Final = words("spring summer autumn winter")
_PARTS: Final = words("early mid late end beginning") | _SEASONS
_BEFORE_YEAR: Final = words("in since by until till before after during from of on as years") | _PARTS
_JOINTS: Final = DASHES | words("/ to and")
_LONGEST: Final = 12
_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12
_YEARS: Final = range(1000, 2101)
_DIGITS_OF_YEAR: Final = 4


def date_end(tokens: Tokens, at: int) -> int | None:
    """Return where a date or stretch of dates ends that begins at a token, or None.

    "14 April", "5-31 July 1943", "10.08 - 30.09.43", "summer 1940", "(1937-1945)", "in 1943".
    """
    end, is_certain = at, False
    while end < min(len(tokens), at + _LONGEST):
        step = _month(tokens, at, end) or _season(tokens, end)
        if step:
            is_certain = True
        elif _is_day_of_month(tokens, end) or (is_certain and is_year(tokens[end])):
            step = 1
        elif _is_dotted_date(tokens, at, end):
            step, is_certain = 1, True
        elif end > at and tokens[end].low in _JOINTS | {","} and _goes_on(tokens, end + 1, is_certain=is_certain):
            step = 1
        if not step:
            break
        end += step
    return end if is_certain else _lone_year_end(tokens, at)


def is_year(token: Token) -> bool:
    """Tell whether a number could be a year of the last millennium: four digits without a comma."""
    return token.value in _YEARS and len(token.text) == _DIGITS_OF_YEAR


def _month(tokens: Tokens, at: int, end: int) -> int:
    token = tokens[end]
    if token.low.rpartition("-")[2] not in MONTHS:
        return 0
    # "may" and "march" in small letters are words, unless a day stands before them.
    if token.low in _WORDS_TOO and not token.text[0].isupper() and end == at:
        return 0
    has_point = end + 1 < len(tokens) and tokens[end + 1].low == "." and tokens[end + 1].start == token.end
    return 2 if has_point and token.low not in _WORDS_TOO else 1


def _season(tokens: Tokens, at: int) -> int:
    if tokens[at].low not in _PARTS or at + 1 >= len(tokens):
        return 0
    after = at + 2 if tokens[at + 1].low in DASHES | {"of"} and at + 2 < len(tokens) else at + 1
    is_one = tokens[after].low in MONTHS or (tokens[at].low in _SEASONS and is_year(tokens[after]))
    return after - at if is_one else 0


def _is_day(token: Token) -> bool:
    return token.value is not None and 1 <= token.value <= _LAST_DAY and len(token.text) <= 2  # noqa: PLR2004 - digits


def _is_day_of_month(tokens: Tokens, at: int) -> bool:
    """Tell whether a number is a day: `14 April`, `5-31 July`, `April 14`, `16 and 17 June`."""
    if not _is_day(tokens[at]):
        return False
    before = [token.low for token in tokens[max(0, at - 3) : at]]
    if before[-1:] and (
        before[-1] in MONTHS or (before[-1] in DASHES and at > 1 and _is_day_after_month(tokens, at - 2))
    ):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        return following is None or following.kind is not Kind.WORD or following.low in MONTHS | _JOINTS
    if before[-1:] == ["."] and before[-2:-1] and before[-2] in MONTHS:
        return True
    after = at + 1
    while after + 1 < min(len(tokens), at + 4) and tokens[after].low in _JOINTS | {"or"} and _is_day(tokens[after + 1]):
        after += 2
    return after < len(tokens) and tokens[after].low in MONTHS


def _is_day_after_month(tokens: Tokens, at: int) -> bool:
    return tokens[at].low in MONTHS or (_is_day(tokens[at]) and at > 0 and tokens[at - 1].low in MONTHS)


def _is_dotted_date(tokens: Tokens, at: int, end: int) -> bool:
    """Tell whether a number with points is a date: one with a year, or one beside another."""
    if not _is_dotted(tokens[end]):
        return False
    beside = tokens[end + 2] if end + 2 < len(tokens) and tokens[end + 1].low in DASHES else None
    return end > at or tokens[end].text.count(".") > 1 or (beside is not None and _is_dotted(beside))


def _is_dotted(token: Token) -> bool:
    parts = token.text.split(".") if token.kind is Kind.NUMBER else []
    if len(parts) not in (2, 3) or not all(part.isdigit() and len(part) <= _DIGITS_OF_YEAR for part in parts):
        return False
    return int(parts[0]) <= _LAST_DAY and 1 <= int(parts[1]) <= _LAST_MONTH


def _goes_on(tokens: Tokens, at: int, *, is_certain: bool) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.low in MONTHS or _is_day_of_month(tokens, at) or _is_dotted(token) or _season(tokens, at):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return is_certain and is_year(token) and (following is None or following.kind is not Kind.WORD)


def _lone_year_end(tokens: Tokens, at: int) -> int | None:
    """Return where a year ends that only its surroundings tell: "in 1943", "1942:", "(1937-1945)"."""
    first = at + 1 if tokens[at].low in _PARTS and at + 1 < len(tokens) else at
    if not is_year(tokens[first]):
        return None
    end = first + 1
    second = tokens[end + 1] if end + 1 < len(tokens) and tokens[end].low in DASHES else None
    if second is not None and second.value is not None and len(second.text) in (2, _DIGITS_OF_YEAR):
        end += 2
        # A second number of two digits abbreviates a year: "1648-59".
        if len(second.text) == 2 and second.start == tokens[first].end + 1:  # noqa: PLR2004 - digits
            return end
    before = tokens[at - 1].low if at else ""
    after = tokens[end] if end < len(tokens) else None
    if after is not None and after.low == ":":
        return end
    if before in _BEFORE_YEAR and (after is None or after.kind is not Kind.WORD):
        return end
    return end if before in ("(", "[") and after is not None and after.low in (")", "]") else None
