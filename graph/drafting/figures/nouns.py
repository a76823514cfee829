"""Where the words for what is counted end: one object, or several that share a figure."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.apart import apart_at
from graph.drafting.figures.calendar import date_end
from graph.drafting.figures.counts import number_quantity_at
from graph.drafting.figures.effects import ATTRIBUTES, effect_at
from graph.drafting.figures.lexicon import Forms, words
from graph.drafting.figures.tokens import Kind, Token, Tokens
from graph.drafting.figures.vagueness import quantity_at

INCLUDING: Final = Forms(
    "number includes|including|includes|include|included|incl.|incl|inc.|inc|among them|amongst them|among which"
    "|amongst which|of whom|of which|of them|of these|of those|out of which|out of whom|consisting of|comprising|namely"
)
TOTAL: Final = Forms(
    "in total|grand total|general total|overall total|total of|total|totals|overall|altogether|all told|combined"
    "|in all|all causes|from all causes"
)
PREPOSITIONS: Final = words(
    "in during at by before after near on under due since until till through throughout against while when where"
    " within between around across for as along into via following prior from to who whose except excluding only"
    " mostly mainly primarily without with not over because aboard"
)
JOINING: Final = words("and or plus nor but")
REPORTED: Final = words("reported reportedly confirmed allegedly claimed likely possibly probably presumably")

_LATER: Final = Forms(
    "rising to|growing to|increasing to|increased to|rose to|grew to|expanding to|swelling to|later|then"
)
_NUMBERED: Final = words(
    "type mark mk model class no number boeing airbus panzer hill route camp unit brigade battalion regiment division"
    " point day wave group phase army corps operation task highway"
)
"""After these a number is a name: "Hill 60", "Type 45"."""
_UNITS: Final = words("army division brigade regiment battalion fleet front squadron")
"""Before these, in the singular, a small number is a name: "4 Army"."""
_MOST_UNITS: Final = 1000
_ARTICLES: Final = words("of a an the")
_QUOTES: Final = frozenset("\"'“”‘’")  # noqa: RUF001 - the quotation marks of "Grad"
_LIST_JOINTS: Final = words(", and or & /")
_MOST_LISTED: Final = 8
_SHORT: Final = 5
_DIGITS_OF_TYPE: Final = 3


def noun_end(tokens: Tokens, at: int) -> int:
    """Return where the words of one figure's object end, which begin at a token.

    "D-1, D-20, and D-30 howitzers" is one object: a list without numbers in it that "and" or "or" closes.
    """
    end = _words_end(tokens, at + 1)
    for _ in range(_MOST_LISTED):
        joint = _past_joint(tokens, end)
        if joint == end or not is_noun(tokens, joint):
            break
        following = _words_end(tokens, joint)
        if tokens[joint - 1].low == "," and not _closes(tokens, following):
            break
        end = following
    return end


def is_noun(tokens: Tokens, at: int) -> bool:
    """Tell whether a token is a word of an object: none of a count, an effect, a date, a limit."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return False
    low = tokens[at].low
    if low in JOINING or low in PREPOSITIONS or low in REPORTED:
        return False
    if (
        later_end(tokens, at)
        or TOTAL.end_at(tokens, at)
        or INCLUDING.end_at(tokens, at)
        or apart_at(tokens, at)
        or date_end(tokens, at)
    ):
        return False
    return not effect_of(tokens, at) and (low in _ARTICLES or quantity_at(tokens, at) is None)


def later_end(tokens: Tokens, at: int) -> int | None:
    """Return where words end after which a side has grown to the figure behind them: "rising to 250,000"."""
    end = _LATER.end_at(tokens, at)
    return end if end is not None and end < len(tokens) and number_quantity_at(tokens, end) is not None else None


def effect_of(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the effect that begins at a token, unless its word belongs to a noun: "1 refugee ship sunk"."""
    found = effect_at(tokens, at)
    if found is None or tokens[at].low not in ATTRIBUTES or found[1] != at + 1 or found[1] >= len(tokens):
        return found
    if tokens[found[1]].low == "of":
        return found  # "loss of materiel": what is lost stands behind
    is_parted = tokens[found[1]].start > tokens[at].end and effect_at(tokens, found[1]) is None
    return None if is_parted and is_noun(tokens, found[1]) else found


def is_name_number(tokens: Tokens, at: int) -> bool:
    """Tell whether a number is part of a name: "Hill 60", "4 Army"."""
    if tokens[at].kind is not Kind.NUMBER:
        return False
    before = tokens[at - 1] if at else None
    return is_unit_number(tokens, at) or (before is not None and before.kind is Kind.WORD and before.low in _NUMBERED)


def is_unit_number(tokens: Tokens, at: int) -> bool:
    """Tell whether a number says which unit it is: "4 Army", but not "1 division"."""
    value = tokens[at].value
    low = [token.low for token in tokens[at + 1 : at + 3]]
    is_small = value is not None and 1 < value < _MOST_UNITS
    if not is_small or not low or low[0] not in _UNITS or low[1:] == ["of"]:
        return False
    # "3 fleet carriers" counts carriers: only a capital makes a name of a unit before another noun.
    after = at + 2
    is_last = not is_noun(tokens, after) and not (after < len(tokens) and tokens[after].low in JOINING)
    return tokens[at + 1].text[0].isupper() or is_last


def _words_end(tokens: Tokens, at: int) -> int:
    while at < len(tokens):
        token = tokens[at]
        goes_on = token.low in _ARTICLES or token.low in _QUOTES or is_noun(tokens, at)
        if not goes_on and not _is_tight(tokens, at) and not _is_type_number(tokens, at):
            break
        at += 1
    return at


def _past_joint(tokens: Tokens, at: int) -> int:
    joint = at
    while joint < min(len(tokens), at + 2) and tokens[joint].low in _LIST_JOINTS:
        joint += 1
    return joint


def _closes(tokens: Tokens, at: int) -> bool:
    """Tell whether a list of objects goes on to its last one, which "and" or "or" joins."""
    for _ in range(_MOST_LISTED):
        joint = _past_joint(tokens, at)
        if joint == at or not is_noun(tokens, joint):
            return False
        if tokens[joint - 1].low != ",":
            return True
        at = _words_end(tokens, joint)
    return False


def _is_tight(tokens: Tokens, at: int) -> bool:
    """Tell whether a slash, or the number after it, stands inside a word: `Mi-8/17`, `F/A-18`."""
    if not 0 < at < len(tokens):
        return False
    before, token = tokens[at - 1], tokens[at]
    if before.end != token.start:
        return False
    if before.low == "/":
        return token.kind is Kind.NUMBER
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    touches = following is not None and following.start == token.end
    return token.low == "/" and touches and effect_at(tokens, at + 1) is None


def _is_type_number(tokens: Tokens, at: int) -> bool:
    """Tell whether a number names a type: `2 Bf 109`, `4 Type 45`; the word before it is short and capital."""
    token, before = tokens[at], tokens[at - 1]
    if token.kind is not Kind.NUMBER or before.kind is not Kind.WORD or "," in token.text or date_end(tokens, at):
        return False
    is_short = len(before.text) < _SHORT and before.text[0].isupper() and len(token.text) <= _DIGITS_OF_TYPE
    return before.low in _NUMBERED or (is_short and _follows_number(tokens, at - 1))


def _follows_number(tokens: Tokens, at: int) -> bool:
    before: Token | None = tokens[at - 1] if at else None
    return before is not None and before.kind is Kind.NUMBER
