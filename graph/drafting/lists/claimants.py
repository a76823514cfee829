"""Who a line says its figures come from: "(per Russia)", "according to the UN", "rebels claim 4 dead"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from graph.drafting.document import Words
from graph.drafting.lists.lexicon import (
    BARE_CLAIM_NOUNS,
    CLAIM_NOUNS,
    CLAIM_VERBS,
    DEMONYMS,
    EFFECTS,
    GRADES,
    MEASURES,
    MONTHS,
)
from graph.drafting.lists.strips import Strip
from graph.drafting.reading import Named

RULES: Final = {
    "claimant-in-brackets": 'Brackets with "per", "acc.", "according to", "claimed by" and a name, or with a name and '
    '"claim", "estimate", "sources", "data" name who gives the figures before them, back to the claimant before.',
    "claimant-behind": 'A name behind "per", "according to" or "claimed by" names who gives the figures before it in '
    "the sentence, back to the claimant before.",
    "claimant-before": 'A name behind "according to" at the beginning of a sentence, or before "claims", "says", names '
    "who gives the figures that follow in the sentence.",
    "claimant-of-a-rival": "Brackets that hold a claimant and a figure of their own give another figure for the same, "
    "which is no part of the one before them.",
}

_LEAD: Final = re.compile(
    r"(?:per|acc\.?(?: to)?|according to|(?:as )?(?:claimed|estimated|reported|stated) by|based on)(?=\s)",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(
    r"\(([^()]{1,160})\)|\(([^()\d]{1,80}(?:claims?|estimates?|sources))(?=\s*[\d(])|\(([^()]{1,160})$|^([^()]{1,80})\)",
    re.IGNORECASE,
)
"""A pair of them, one never closed before the next figure or at all, or one opened in a line that is lost."""
_COUNT: Final = re.compile(
    r"(?:at least|at most|more than|less than|fewer than|up to|about|around|approximately|approx|over|nearly|almost|"
    r"some|between|from|an estimated|estimated|c\.|circa|no|none|unknown|several|many|dozens|scores|hundreds|thousands|"
    r"tens of|a few|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|[~≈≥≤><+\u2013-]?\s?\d",
    re.IGNORECASE,
)
"""What begins a figure, and so ends a name."""
_WORD: Final = re.compile(r"[^\W_][\w.&'\u2019/-]*|&")
_NAME_STOPS: Final = frozenset({"as", "since", "till", "until", "while", "with"})
_LONGEST_NAME: Final = 9
"""Words: "the Syrian Observatory for Human Rights in London and Amman" is long enough."""
_REACH: Final = 160
"""Code points in which a name ends."""
_YEAR: Final = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_SENTENCE_END: Final = re.compile(r"[;!?]|\.(?=\s+[A-Z\d~])|\.$")


_NAMED_NOUN: Final = re.compile(r"\b([A-Z][a-z]{2,20})\s([a-z]{4,12})\s+")
"""Perhaps a name and what its bearer gives: "French estimates" before a figure."""


_NAME_ALONE: Final = re.compile(r"\(([A-Z][^\W\d_]{1,30}(?: [A-Z][^\W\d_]{0,30}){0,3})\)")
"""Brackets with nothing but a name."""


class Reach(Enum):
    """Which figures a claimant speaks for."""

    BEFORE = "the figures before it"
    BEHIND = "the figures behind it"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimant in the visible text of a line; [start, end) is the whole phrase, the name stands in it."""

    start: int
    end: int
    name: str
    name_start: int
    name_end: int
    reach: Reach
    rule: str
    scope: tuple[int, int] | None = None
    """What else stands in its brackets and limits the figures."""
    within: tuple[int, int] | None = None
    """The part of a bracket whose figures alone it speaks for: they rival the one before the bracket."""

    def named(self, strip: Strip) -> Named:
        """Return the claimant with the words, link and flag that the line gives it."""
        return name_in(strip, self.name, self.name_start, self.name_end)


def name_in(strip: Strip, name: str, start: int, end: int) -> Named:
    """Return a name of a line with its link and flag."""
    line = strip.line
    links = [one.target for one in line.links if one.start < end and one.end > start]
    flags = [whose for place, whose in line.flags if start - 2 <= place <= start]
    return Named(name, Words(line, start, end), links[0] if len(links) == 1 else None, flags[0] if flags else None)


def begins_figure(text: str) -> bool:
    """Tell whether words begin with a count or with what bounds or hedges one."""
    return _COUNT.match(text.lstrip()) is not None


def claims_in(text: str) -> tuple[Claim, ...]:
    """Return the claimants of a line in their order; none overlaps another."""
    found: list[Claim] = []
    covered: list[tuple[int, int]] = []
    for brackets in _BRACKETS.finditer(text):
        inner = brackets.span(brackets.lastindex or 0)
        if rivals := _rivals(text, inner):
            found += rivals
        elif claim := _in_brackets(text, brackets.span(), inner):
            found.append(claim)
            if covered and (other := _alternative(text, covered[-1], brackets.start())):
                found.append(other)
        covered.append(brackets.span())
    for start, end in _outside(text, covered):
        found += _in_sentence(text, start, end)
    return tuple(sorted(found, key=lambda one: one.start))


def claimant_phrase(text: str) -> tuple[str, int, int] | None:
    """Return the name in words that do nothing but name a claimant, and where it stands; None for other words."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if lead := _LEAD.match(text, start):
        return _led(text, lead.end(), end)
    words = list(_WORD.finditer(text, start, end))
    if len(words) < 2 or words[-1].end() != end or words[-1][0].lower() not in CLAIM_NOUNS:  # noqa: PLR2004 - a name and its noun
        return None
    if all(word[0].lower() in GRADES | CLAIM_NOUNS | EFFECTS.keys() for word in words):
        return None
    last = words[-2].end() if words[-1][0].lower() in BARE_CLAIM_NOUNS else end
    return _name(text, start, last, country=last != end)


def _led(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the name behind a "per": of "per Azerbaijani claims", the country."""
    last = text[:end].rstrip()
    head, _, noun = last[start:].rpartition(" ")
    if noun.lower() in BARE_CLAIM_NOUNS and head.strip():
        return _name(text, start, len(last) - len(noun), country=True)
    return _name(text, start, end)


def _name(text: str, start: int, end: int, *, country: bool = False) -> tuple[str, int, int] | None:
    """Return the words of a name without its article; of a claim by an adjective, the country."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    article = re.match(r"the\s+", text[start:end], re.IGNORECASE)
    start += article.end() if article else 0
    shown = text[start:end].rstrip(" ,:'\u2019" if country else " ,:")
    words = shown.split()
    if not words or len(words) > _LONGEST_NAME or re.search(r"\d", _YEAR.sub("", shown)):
        return None
    if words[0].lower() in MEASURES or not any(char.isalpha() for char in shown):
        return None
    name = " ".join(words)
    if country:
        name = DEMONYMS.get(name.lower(), name)
    return name, start, start + len(shown)


def _in_brackets(text: str, outer: tuple[int, int], inner: tuple[int, int]) -> Claim | None:
    """Read brackets of which one part, between commas or semicolons, names a claimant."""
    parts = [(inner[0] + one.start(), inner[0] + one.end()) for one in re.finditer(r"[^,;]+", text[slice(*inner)])]
    for start, end in parts:
        if (phrase := claimant_phrase(text[start:end])) is None:
            continue
        name, first, last = phrase[0], start + phrase[1], start + phrase[2]
        rest = [other for other in parts if other != (start, end)]
        if not rest:
            return Claim(*outer, name, first, last, Reach.BEFORE, "claimant-in-brackets")
        if len(rest) == 1 and _limits(text[slice(*rest[0])]):
            return Claim(*outer, name, first, last, Reach.BEFORE, "claimant-in-brackets", _trimmed(text, *rest[0]))
        return Claim(start, end, name, first, last, Reach.BEFORE, "claimant-in-brackets")
    return None


def _rivals(text: str, inner: tuple[int, int]) -> list[Claim]:
    """Read "(German claim: 90)" and "(according to Plutarch; 2,000 according to Livy)"."""
    rivals: list[Claim] = []
    own: list[Claim] = []
    for one in re.finditer(r"[^;]+", text[slice(*inner)]):
        start, end = inner[0] + one.start(), inner[0] + one.end()
        colon = text.find(":", start, end)
        lead = _LEAD.search(text, start, end)
        if colon > start and begins_figure(text[colon + 1 : end]) and (phrase := claimant_phrase(text[start:colon])):
            name, first, last = phrase[0], start + phrase[1], start + phrase[2]
            rivals.append(_rival(start, colon, (name, first, last), Reach.BEHIND, (start, end)))
        elif lead and _is_bare(text[start : lead.start()]) and (phrase := _led(text, lead.end(), end)):
            rivals.append(_rival(lead.start(), end, phrase, Reach.BEFORE, (start, end)))
        elif phrase := claimant_phrase(text[start:end]):
            name, first, last = phrase[0], start + phrase[1], start + phrase[2]
            own.append(Claim(start, end, name, first, last, Reach.BEFORE, "claimant-in-brackets"))
    return [*own, *rivals] if rivals else []


def _is_bare(before: str) -> bool:
    """Tell whether words are a figure, with no comma that parts them from the claimant behind."""
    return begins_figure(before) and not before.rstrip().endswith(",")


def _rival(start: int, end: int, phrase: tuple[str, int, int], reach: Reach, within: tuple[int, int]) -> Claim:
    return Claim(start, end, *phrase, reach, "claimant-of-a-rival", within=within)


def _alternative(text: str, bracket: tuple[int, int], end: int) -> Claim | None:
    """Read the name in "100 men (Ruhl) or 50 men (modern estimates)": it stands where the other claimant does."""
    name = _NAME_ALONE.fullmatch(text, *bracket)
    if name is None or not re.match(r"\s+(?:or|to)\s", text[bracket[1] : end]):
        return None
    if not begins_figure(text[bracket[1] : end].lstrip()[2:]):
        return None
    return Claim(*bracket, name[1], *name.span(1), Reach.BEFORE, "claimant-in-brackets")


def _limits(words: str) -> bool:
    """Tell whether words beside a claimant are a limit rather than figures: no number, or a date."""
    lower = words.lower().split()
    return not any(char.isdigit() for char in words) or any(word.strip(".") in MONTHS for word in lower)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())


def _outside(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences outside brackets."""
    at = 0
    for start, end in [*covered, (len(text), len(text))]:
        first = at
        for stop in _SENTENCE_END.finditer(text, at, start):
            yield first, stop.start()
            first = stop.end()
        yield first, start
        at = end


def _in_sentence(text: str, start: int, end: int) -> Iterator[Claim]:
    for lead in re.finditer(r"(?<!\w)" + _LEAD.pattern, text[start:end], re.IGNORECASE):
        first, after = start + lead.start(), start + lead.end()
        stop = _name_end(text, after, min(end, after + _REACH))
        if (phrase := _led(text, after, stop)) is None:
            continue
        leads = not text[start:first].strip(" ,") and _COUNT.search(text, stop, end) is not None
        reach, rule = (Reach.BEHIND, "claimant-before") if leads else (Reach.BEFORE, "claimant-behind")
        yield Claim(first, stop, *phrase, reach, rule)
    for noun in _NAMED_NOUN.finditer(text, start, end):
        if noun[1].lower() in GRADES or noun[1].lower() in EFFECTS or noun[2].lower() not in CLAIM_NOUNS:
            continue
        if (phrase := claimant_phrase(text[noun.start() : noun.end(2)])) and _COUNT.match(text, noun.end()):
            name, first, last = phrase
            at = noun.start()
            yield Claim(at, noun.end(2), name, at + first, at + last, Reach.BEHIND, "claimant-before")
    for clause in re.finditer(r"[^,;]+", text[start:end]):
        yield from _by_verb(text, start + clause.start(), start + clause.end())


def _name_end(text: str, start: int, end: int) -> int:
    """Return where a name ends that begins at `start`: before a comma, a figure or an effect."""
    for word in re.finditer(r"\S+", text[start:end]):
        place = start + word.start()
        bare = word[0].strip(",:").lower()
        if _COUNT.match(text, place) or bare in EFFECTS or bare in _NAME_STOPS:
            return place
        if word[0].endswith((",", ":")):
            return start + word.end() - 1
    return end


def _by_verb(text: str, start: int, end: int) -> Iterator[Claim]:
    """Read "rebels claim 4 dead": a name, a verb of saying, a figure."""
    words = list(_WORD.finditer(text, start, min(end, start + 120)))[: _LONGEST_NAME + 1]
    for number, word in enumerate(words):
        lower = word[0].lower()
        if lower in EFFECTS or any(char.isdigit() for char in text[start : word.start()]):
            return
        if lower not in CLAIM_VERBS or not number:
            continue
        behind = re.compile(r"\s+(?:that\s+|for\s+|to\s+have\s+)?").match(text, word.end())
        if behind and _COUNT.match(text, behind.end()) and not _COUNT.match(text, words[0].start()):
            if phrase := _name(text, words[0].start(), word.start(), country=True):
                yield Claim(words[0].start(), word.end(), *phrase, Reach.BEHIND, "claimant-before")
            return
