"""The parts of a printed citation between its stops or commas."""

from __future__ import annotations

import re
from collections.abc import Iterator


def segments(text: str, start: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts between stops, or between commas where one stands after the title; without told fields."""
    sign = "," if text[start : start + 1] == "," else "."
    begin, depth = start, 0
    for at in range(start, len(text) + 1):
        character = text[at : at + 1]
        depth += (character in "([") - (character in ")]") if character else 0
        ends = not character or (character == sign and depth <= 0 and text[at + 1 : at + 2] in ("", " ", "\u00a0"))
        if not ends or (character == "." and at + 1 < len(text) and _is_abbreviation(text, begin, at)):
            continue
        first, last = _cut(text, begin, at, taken)
        if first < last:
            yield first, last
        begin, depth = at + 1, 0


def _cut(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    """Leave out of a part what begins with a told field: "Work (in French)", "Retrieved 3 May 2004"."""
    inside = [first for first, last in taken if start <= first and last <= end]
    if inside:
        stop = min(inside)
        head = text[start:stop]
        bracket = head.rfind("(")
        told = re.search(
            r"(?:Archived|Retrieved|Accessed|Access date|ISBN|ISSN|OCLC|JSTOR|doi:|pp?\.|[\u2013\u2014-] via)", head
        )
        end = start + min(told.start() if told else len(head), bracket if bracket >= 0 else len(head))
    return trimmed(text, start, end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without white space and punctuation at its ends."""
    words = text[start:end]
    kept = words.strip(" .,;:\u2013\u2014\u00a0")
    begins = start + (words.find(kept) if kept else 0)
    return begins, begins + len(kept)


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    """Tell whether a stop ends an initial or a short form: "U.S. News", "St. Petersburg Times", "Vol. 3"."""
    word = text[max(begin, stop - 6) : stop].rsplit(" ", 1)[-1].rsplit(".", 1)[-1]
    return (len(word) == 1 and word.isupper()) or word in ("St", "Mr", "Dr", "Gen", "Col", "Vol", "No", "vs", "p", "pp")
