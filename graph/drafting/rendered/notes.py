"""Which list under an article the marks in it lead to, and where each of its entries is used.

A list of notes is numbered by itself: its first entry is "1" or "a" like that of the
references, and only the marks tell the group: "[lower-alpha 1]", "[note 1]".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Entry, Line
from graph.drafting.rendered.references import read_entry
from graph.drafting.rendered.rows import Row

_ALPHABET: Final = 26


@dataclass(slots=True)
class Listed:
    """A list under a heading; each entry as its rows."""

    heading: str
    entries: list[Sequence[Row]] = field(default_factory=list)


def entries_of(
    source: str, lists: Iterable[Listed], lines: Iterable[Line], others: Sequence[Entry] = ()
) -> list[Entry]:
    """Return the entries of all lists, and others that were read already, with their uses in lines and each other."""
    read = [part for one in lists for part in _parted(source, one)]
    listed = [entry for _, entries in read for entry in entries]
    marks = [mark for line in lines for mark in line.marks]
    own = [mark for entry in [*others, *listed] if entry.line for mark in entry.line.marks]
    named = list(others)
    named += _named(read, {mark.name for mark in [*marks, *own]})
    used: dict[str, list[Span]] = defaultdict(list)
    for mark in sorted([*marks, *own], key=lambda mark: mark.span):
        used[mark.name].append(mark.span)
    # Where two entries have one name, the marks lead to the first, as they do in a page.
    return [replace(entry, uses=_without_own(entry, used.pop(entry.name, []))) for entry in named]


def _without_own(entry: Entry, used: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in used if not entry.span.start <= span.start < entry.span.end)


def _parted(source: str, listed: Listed) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the lists that stand under one heading: a new one begins where the numbers or letters do."""
    found: list[Entry] = []
    for ordinal, rows in enumerate(listed.entries, start=1):
        entry = read_entry(source, rows, ordinal)
        if found and _begins_anew(found[-1], entry):
            yield listed.heading, found
            found = []
        found.append(entry)
    if found:
        yield listed.heading, found


def _begins_anew(before: Entry, entry: Entry) -> bool:
    if (before.number is None) != (entry.number is None):
        return True
    if before.number is not None and entry.number is not None:
        return entry.number <= before.number
    return entry.name == "a"


def _named(read: Sequence[tuple[str, list[Entry]]], marks: set[str]) -> Iterator[Entry]:
    """Yield the entries by the names that the marks of their list have."""
    groups = {name.rpartition(" ")[0] for name in marks if name.rpartition(" ")[2].isdecimal() and " " in name}
    numbered = sum(entries[0].number is not None for _, entries in read)
    for heading, entries in read:
        first = entries[0]
        lettered = first.number is None and first.name.isalpha()
        apart = first.number is not None and (numbered > 1 and heading.casefold() in ("notes", "footnotes"))
        group = _group(groups, lettered=lettered) if lettered or apart else None
        for place, entry in enumerate(entries, start=1):
            if lettered and (group is None or entry.name in marks):
                yield entry
            elif group is not None:
                number = entry.number or _ordinal(entry.name) or place
                yield replace(entry, name=f"{group} {number}", is_note=entry.line is not None)
            else:
                yield entry


def _group(groups: set[str], *, lettered: bool) -> str | None:
    """Return the one group of marks that a list can have; None where there is none, or several."""
    fitting = [group for group in groups if not lettered or group.endswith(("alpha", "roman", "greek"))]
    return fitting[0] if len(fitting) == 1 else None


def _ordinal(letters: str) -> int:
    """Return the place of "a", "z", "aa" among letters that count."""
    place = 0
    for letter in letters:
        place = place * _ALPHABET + ord(letter) - ord("a") + 1
    return place if letters.isascii() and letters.islower() else 0
