"""What became of a commander: the signs and words that stand behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from graph.drafting.actors.entries import brackets
from graph.drafting.document import Line

DAGGER: Final = "\u2020"
# Longer forms before those that begin them: "killed in action", "killed".
_FATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "killed in action": "killed",
        "killed": "killed",
        "kia": "killed",
        "assassinated": "killed",
        "died of wounds": "died_of_wounds",
        "died of his wounds": "died_of_wounds",
        "mortally wounded": "died_of_wounds",
        "dow": "died_of_wounds",
        "wounded in action": "wounded",
        "wounded": "wounded",
        "wia": "wounded",
        "prisoner of war": "captured",
        "captured": "captured",
        "pow": "captured",
        "missing in action": "missing",
        "missing": "missing",
        "mia": "missing",
        "executed": "executed",
        "surrendered": "surrendered",
    }
)
_CODES: Final = "KIA|WIA|POW|DOW|MIA"
_GLUED: Final = re.compile(rf"(?<=\w)\s?(?:{_CODES})$")
_CODE: Final = re.compile(_CODES)
_LONGEST_GLUED: Final = 5
_NATURAL: Final = re.compile(r"natural|illness|disease", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)[1-9]\d{2,3}(?!\d)")
_REMARK: Final = re.compile(rf"{DAGGER}|[^\s,{DAGGER}][^{DAGGER}]*")


def fate_of(words: str) -> str | None:
    """Return the fate that a sign or words tell: `†`, `(WIA)`, `(killed 3 May)`; None for other words."""
    if words == DAGGER:
        return "killed"
    said = words.strip(" ()[].,;").replace(".", "").casefold()
    for form, fate in _FATES.items():
        if said.startswith(form) and not said[len(form) : len(form) + 1].isalnum():
            return fate
    return None


def glued_fate(text: str, start: int, end: int) -> int:
    """Return where a code without brackets begins that ends the name [start, end), or `end`: "Jan RellKIA"."""
    found = _GLUED.search(text, max(start, end - _LONGEST_GLUED), end)
    return found.start() if found else end


def is_code(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) is nothing but a code."""
    return _CODE.fullmatch(text, start, end) is not None


def is_natural(line: Line, at: int) -> bool:
    """Tell whether the sign at this place is linked to a death that is not of the battle."""
    return any(link.start <= at < link.end and _NATURAL.search(link.target) for link in line.links)


def years_in(words: str) -> tuple[int, ...]:
    """Return the years that words name."""
    return tuple(int(year[0]) for year in _YEAR.finditer(words))


def is_of_other_years(words: str, years: tuple[int, ...]) -> bool:
    """Tell whether words name a year outside those from the first to the last: "(killed in 1920)"."""
    return bool(years) and any(not min(years) <= year <= max(years) for year in years_in(words))


def remarks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands behind a name: brackets, signs and other words, each for itself."""
    at = start
    for first, last in [*brackets(text, start, end), (end, end)]:
        for piece in _REMARK.finditer(text, at, first):
            yield piece.start(), piece.start() + len(piece[0].rstrip())
        if first < last:
            yield first, last
        at = last
