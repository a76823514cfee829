"""The headings of a casualties list, and what each one says of the figures under it.

Most headings with a colon look alike; only the words tell a claimant ("Per Azerbaijan:") from
a part of a side ("Russia:"), a phase ("Operation Citadel:") or an effect ("Killed:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from graph.drafting.lists.claimants import claimant_phrase
from graph.drafting.lists.lexicon import CIVIL, EFFECTS, GRADES, MONTHS, NEUTRAL, OBJECTS, PERIODS, TOTALS, WHOLE_CELL

RULES: Final = {
    "heading-claimant": 'A heading with "per" or "according to", or of a name and "claim" or the like, names '
    "who gives the figures of the list under it.",
    "heading-phase": "A heading that names a date, a battle, an operation or another part of the time says when the "
    "losses under it fell.",
    "heading-effect": "A heading of nothing but effects says what became of those counted under it.",
    "heading-civilian": "A heading that speaks of civilians says that the list under it counts civilians.",
    "heading-total": "A heading that speaks of a total says that its figure is a sum that the article gives.",
    "heading-object": "A heading that names a kind of thing says what the bare numbers under it count.",
    "heading-gathering": 'A heading such as "Units", "Personnel" or "Material" gathers what stands under it and says '
    "nothing more.",
    "heading-force": "A heading with a flag or link, with the name of a belligerent, country or people, or with a word "
    "for a body of men names the part of a side whose figures stand under it, and no claimant.",
    "heading-limit": "Any other heading limits the figures under it to what its words say.",
}


class Kind(Enum):
    """What a heading names, by the name of its rule; the order is that in which one usually contains the next."""

    CLAIMANT = "heading-claimant"
    PHASE = "heading-phase"
    CIVILIAN = "heading-civilian"
    FORCE = "heading-force"
    GATHERING = "heading-gathering"
    OBJECT = "heading-object"
    EFFECT = "heading-effect"
    TOTAL = "heading-total"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the visible text of a line: its words [start, stop), and `end`, behind its colon."""

    start: int
    stop: int
    end: int
    kind: Kind
    name: str
    """The claimant, or the words of the heading, white space made single."""
    name_start: int
    name_end: int
    effect: str | None = None
    civilian: bool = False
    rule: str = ""
    """The rule that read it, where it is not the one of its kind."""


_COLON: Final = re.compile(r":(?=[\s,;(~]|$|[^\W_/])")
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*[^\W\d_]*|[^\W_]+(?:[-'\u2019./][^\W_]+)*\.?|[~≈&?]")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_YEAR_OR_DAY: Final = re.compile(r"[12]?\d{1,3}|\d{1,2}[.]\d{1,2}[.]?(?:\d{2,4})?")
_OPENERS: Final = frozenset({"including", "included", "inc", "incl", "whom", "which", "namely"})
"""Before a colon, these open a list of parts of the figure before them."""
_LONGEST: Final = 100
_SAYS_ALL: Final = frozenset({"none", "nil", "unknown", "unspecified"})
_CONNECTORS: Final = frozenset({"or", "and", "&"})


def headings_in(text: str) -> tuple[Heading, ...]:
    """Return the headings with a colon in a line, in their order."""
    found: list[Heading] = []
    at = 0
    for colon in _COLON.finditer(text):
        before, after = text[colon.start() - 1 : colon.start()], text[colon.end() : colon.end() + 1]
        dated = any(word.lower() in MONTHS for word in text[max(colon.start() - 16, 0) : colon.start()].split())
        if before.isdigit() and after.isdigit() and not dated:  # a time of day, a ratio
            continue
        for start in _starts(text, at, colon.start()):
            if (heading := classify(text, start, colon.start(), colon.end())) and not _ends_figure(text, heading):
                found.append(heading)
                at = colon.end()
                break
    return tuple(found)


def classify(text: str, start: int, stop: int, end: int) -> Heading | None:
    """Return the heading that the words [start, stop) are, or None where they are figures or nothing."""
    shown = text[start:stop]
    start, stop = start + len(shown) - len(shown.lstrip(" :•·-\u2013*,;.\t\xa0")), start + len(shown.rstrip())
    shown = text[start:stop]
    words = [word[0].lower().strip(".") for word in _WORD.finditer(shown)]
    if not words or len(shown) > _LONGEST or words[-1] in _OPENERS or _counts(words):
        return None
    if shown.count("(") != shown.count(")") or shown.startswith("(") or _runs_on(shown, words):
        return None
    if phrase := claimant_phrase(shown):
        name, first, last = phrase
        return Heading(start, stop, end, Kind.CLAIMANT, name, start + first, start + last)
    if not {*words} - _CONNECTORS - WHOLE_CELL - {"very"}:
        return None
    kind, effect, civilian = _kind(words)
    if kind in {Kind.FORCE, Kind.PHASE} and any(EFFECTS.get(word, "casualties") != "casualties" for word in words):
        return None
    name = " ".join(shown.split())
    return Heading(start, stop, end, kind, name, start, stop, effect, civilian)


def _runs_on(shown: str, words: list[str]) -> bool:
    """Tell whether words begin with another cell's or figure's: "None South Korean claim", "UnknownSecond phase"."""
    glued = any(part.lower() in EFFECTS.keys() | _SAYS_ALL for part in re.findall(r"([A-Za-z]+?)(?=[A-Z][a-z])", shown))
    return glued or (len(words) > 1 and words[0] in _SAYS_ALL) or re.search(r"\d[A-Z][a-z]", shown) is not None


def _ends_figure(text: str, heading: Heading) -> bool:
    """Tell whether the effects are the last ones of a figure: "54,000 dead, wounded or missing:"."""
    before = _WORD.findall(text[max(heading.start - 40, 0) : heading.start])
    return heading.kind is Kind.EFFECT and bool(before) and before[-1].lower() in EFFECTS


def _kind(words: list[str]) -> tuple[Kind, str | None, bool]:
    known = set(words)
    effect, civilian = _effect(words), bool(known & CIVIL)
    rest = known - _CONNECTORS
    if rest & TOTALS and rest <= TOTALS | EFFECTS.keys() | NEUTRAL | CIVIL | OBJECTS:
        return Kind.TOTAL, effect, civilian
    if civilian:
        return Kind.CIVILIAN, effect, True
    if rest <= EFFECTS.keys() and effect is not None:
        return Kind.EFFECT, effect, False
    if any(_is_time(word) for word in words) or rest & (PERIODS | GRADES):
        return Kind.PHASE, None, False
    if rest <= NEUTRAL | OBJECTS | EFFECTS.keys():
        return Kind.OBJECT if rest & OBJECTS else Kind.GATHERING, effect, False
    return Kind.FORCE, None, False


def _effect(words: list[str]) -> str | None:
    """Return the effects that the words name, joined as the text joins them; "losses" alone says nothing."""
    effects: list[str] = []
    for word in words:
        effect = EFFECTS.get(word)
        if effect and effect not in {"casualties", *effects}:
            effects.append(effect)
    if not effects:
        return None
    return "_or_".join(["_".join(effects[:-1]), effects[-1]]) if len(effects) > 1 else effects[0]


def _counts(words: list[str]) -> bool:
    """Tell whether there is a number that is neither an ordinal nor of a date."""
    run: list[str] = []
    for word in [*words, "."]:
        if word in MONTHS or (word[:1].isdigit() and not _ORDINAL.fullmatch(word)):
            run.append(word)
            continue
        if run and not any(_is_time(one) for one in run) and not all(one[-1].isalpha() for one in run):
            return True
        if any(not _YEAR_OR_DAY.fullmatch(one) and one not in MONTHS and not one[-1].isalpha() for one in run):
            return True
        run = []
    return False


def _is_time(word: str) -> bool:
    return word in MONTHS or re.fullmatch(r"1[0-9]{3}|20[0-9]{2}|\d{1,2}[.]\d{1,2}(?:[.]\d{2,4})?", word) is not None


def _starts(text: str, at: int, colon: int) -> Iterator[int]:
    """Yield the places where the words before a colon may begin, the likeliest first."""
    first = max(at, colon - _LONGEST)
    if at == first == 0:
        yield 0
    shown = text[first:colon]
    for stop in reversed([one.end() for one in re.finditer(r"[.;,:)\]](?=\s)", shown)]):
        yield first + stop
    if first == at:
        yield at
    # Where a break was lost: behind the last number or effect, or where a capital touches what is before it.
    joints = [one.start() for one in re.finditer(r"(?<=[a-z)\d])(?=[A-Z])", shown)]
    words = list(_WORD.finditer(shown))
    ends = [
        word.end()
        for word, following in pairwise(words)
        if (word[0].lower() in EFFECTS.keys() | _SAYS_ALL or word[0][-1:].isdigit())
        and following[0].lower() not in _CONNECTORS
        and following[0][:1].isupper()
    ]
    for place in sorted({*joints, *ends}, reverse=True):
        yield first + place
