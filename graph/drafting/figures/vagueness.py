"""How many without a number: none, unknown, several, heavy."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.counts import QUALIFIERS, Quantity, Sort, number_quantity_at
from graph.drafting.figures.lexicon import Forms, words
from graph.drafting.figures.tokens import Kind, Tokens

_NONE: Final = Forms("none reported|none known|none recorded|none|nil|no|zero")
_UNKNOWN: Final = Forms(
    "unknown number of|an unknown number of|unknown numbers of|unknown amount of|undisclosed number of"
    "|an undisclosed number of|unspecified number of|an unspecified number of|unconfirmed number of"
    "|uncertain number of|unknown|undisclosed|unspecified|uncertain|unclear|unrecorded|undetermined|not known"
    "|not specified|not reported|not recorded|not available|n/a|n / a|?|unknown if any|unavailable|disputed"
)
_VAGUE: Final = Forms(
    "several|many|few|a few|some|numerous|multiple|various|most|nearly all|almost all|all|a couple of|a couple"
    "|couple of|couple|a handful of|handful of|handful|majority of|the majority of|a majority of|a number of"
    "|a large number of|large numbers of|a small number of|dozens|scores|hundreds|thousands|tens|millions|much"
    "|countless|entire|the entire|both|half|half of|the rest|the rest of|too many|very few|a lot of"
    "|large quantities of|unknown thousands of|1000s|1000s of|100s|100s of|10s of"
)
_SCALES: Final = Forms(
    "thousands of|hundreds of|hundred of|hundred|thousand|hundreds|thousands|dozens of|dozen|dozens|more|of"
)
_UNTOLD_SIZES: Final = words("hundreds thousands dozens")
_SIZES: Final = ("hundred", "thousand", "dozen", "few", "many", "score", "million")
_DEGREES: Final = words(
    "heavy light minimal minor low moderate severe negligible insignificant significant substantial considerable"
    " massive slight high enormous huge great medium limited catastrophic small large serious tremendous trivial"
)
_AROUND_DEGREES: Final = words(
    "very extremely relatively fairly presumed likely probably possibly presumably but and or to not quite"
    " comparatively estimated believed be rather almost moderately reportedly , ;"
)
_AFTER_DEGREES: Final = words("casualties losses loss human material casualty personnel")
_LONGEST_DEGREE: Final = 8


def quantity_at(tokens: Tokens, at: int) -> Quantity | None:
    """Return the quantity that begins at a token, with or without a number, or None."""
    return (
        number_quantity_at(tokens, at)
        or _none(tokens, at)
        or _unknown(tokens, at)
        or _vague(tokens, at)
        or _degree(tokens, at)
    )


def _without_number(at: int, end: int, sort: Sort, *, is_statement: bool = True) -> Quantity:
    return Quantity(at, end, sort, None, None, ((at, end),), is_statement)


def _none(tokens: Tokens, at: int) -> Quantity | None:
    end = _NONE.end_at(tokens, at)
    return None if end is None else Quantity(at, end, Sort.NONE, 0, 0, ((at, end),), tokens[at].low != "no")


def _unknown(tokens: Tokens, at: int) -> Quantity | None:
    end = _UNKNOWN.end_at(tokens, at)
    if end is None:
        return None
    # "unknown thousands of other infantry" is one figure.
    if end < len(tokens) and tokens[end].low in _UNTOLD_SIZES:
        return _without_number(at, _SCALES.end_at(tokens, end) or end, Sort.VAGUE)
    return _elaborated(tokens, at, end) or _without_number(at, end, Sort.UNKNOWN)


def _degree(tokens: Tokens, at: int) -> Quantity | None:
    end = _degree_end(tokens, at)
    return None if end is None else _elaborated(tokens, at, end) or _without_number(at, end, Sort.VAGUE)


def _elaborated(tokens: Tokens, at: int, end: int) -> Quantity | None:
    """Read "Unknown, presumed heavy" and "Minimal; estimated 300", which say one thing."""
    if end + 1 >= len(tokens) or tokens[end].low not in (",", ";", "but"):
        return None
    after = end + 1 + (tokens[end + 1].low == "but")
    if (degree := _degree_end(tokens, after)) is not None:
        return _without_number(at, degree, Sort.UNKNOWN)
    if after >= len(tokens) or not tokens[after].low.startswith("est"):
        return None
    if (estimate := number_quantity_at(tokens, after)) is not None:
        qualifier = ((at, end), *estimate.qualifier)
        return Quantity(at, estimate.end, estimate.sort, estimate.least, estimate.most, qualifier)
    vague = _vague(tokens, after)
    return None if vague is None else _without_number(at, vague.end, Sort.VAGUE)


def _vague(tokens: Tokens, at: int) -> Quantity | None:
    qualified = QUALIFIERS.named_at(tokens, at)
    end = _VAGUE.end_at(tokens, qualified[0]) if qualified is not None else None
    if end is None:
        end = _VAGUE.end_at(tokens, at)
    if end is None:
        return None
    for _ in range(2):
        end = _SCALES.end_at(tokens, end) or end
    sized = any(token.low.startswith(_SIZES) for token in tokens[at:end])
    return _without_number(at, end, Sort.VAGUE, is_statement=sized)


def _degree_end(tokens: Tokens, at: int) -> int | None:
    """Return where "very heavy", "light to moderate" ends: a degree for a count, not one of a thing ("heavy gun")."""
    end, last = at, at
    while end < min(len(tokens), at + _LONGEST_DEGREE):
        is_degree = _DEGREES.issuperset(tokens[end].low.split("-"))
        if not is_degree and tokens[end].low not in _AROUND_DEGREES:
            break
        end += 1
        last = end if is_degree else last
    if last == at or tokens[at].kind is not Kind.WORD or tokens[at].low in ("and", "or", "to", "but"):
        return None
    after = tokens[last] if last < len(tokens) else None
    if after is not None and after.kind in (Kind.WORD, Kind.NUMBER) and after.low not in _AFTER_DEGREES:
        return None
    return last
