"""The infobox as a list of its parameters: `- Casualties1: …` with joined values, or `Casualties1:` with rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.rendered.heads import read_above, read_head
from graph.drafting.rendered.joined import items
from graph.drafting.rendered.labels import COLUMNS
from graph.drafting.rendered.lead import is_lead, names_of
from graph.drafting.rendered.parts import Parts, rest_of
from graph.drafting.rendered.rows import Row

_KEY: Final = re.compile(r"(?P<dash>-\s+)?(?P<name>[A-Za-z][A-Za-z _-]{0,30}?)(?P<number>\d?)(?P<part>[a-e]?):")
_FEWEST: Final = 3
_TWO: Final = 2
"""Columns of most infoboxes, also where the combatants are lost."""
_LISTS: Final = COLUMNS | {"result", "territory"}
_ALIASES: Final = MappingProxyType(
    {"part_of": "partof", "location": "place", "unit": "units", "combatants": "combatant"}
)
_KNOWN: Final = COLUMNS | {
    *("conflict", "partof", "campaign", "date", "place", "coordinates", "action"),
    *("result", "status", "territory", "casus", "notes", "campaignbox", "width"),
    *("image", "image_size", "alt", "caption"),
    *("map_type", "map_relief", "map_size", "map_marksize", "map_caption", "map_label"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """The name of a parameter at the beginning of a row."""

    key: str
    side: int | None
    length: int
    dash: bool


def key_at(row: Row) -> Key | None:
    """Return the parameter that a row gives; without a dash before it, only one that the template has."""
    found = _KEY.match(row.text)
    if found is None:
        return None
    key = "_".join(found["name"].casefold().replace("-", " ").split())
    key = _ALIASES.get(key, key)
    if key not in COLUMNS and (found["number"] or found["part"]):
        key += found["number"] + found["part"]
    dash = bool(found["dash"]) or row.bullet
    if not dash and key not in _KNOWN:
        return None
    return Key(key, int(found["number"]) if found["number"] and key in COLUMNS else None, found.end(), dash)


def read_keyed(source: str, rows: Sequence[Row], title: str, parts: Parts) -> int | None:
    """Read the list of parameters and what stands before it; return the row after it, or None where there is none."""
    run = _run(rows, title)
    if run is None:
        return None
    first, last = run
    given = [(key, _value(source, own, key), own[0]) for key, own in _given(rows[first:last])]
    conflict = next((value[0].text for key, value, _ in given if key.key == "conflict" and value), "")
    _above(source, rows[:first], title, conflict, parts)
    # Without third combatants a third cell is as wide as the box: it is of no side.
    sides = max((key.side for key, value, _ in given if key.key == "combatant" and key.side and value), default=0)
    for key, value, row in given:
        side = key.side if key.side is None or key.side <= max(sides, _TWO) else None
        head = row.text[: key.length]
        label = Span(row.start + len(head) - len(head.lstrip("- ")), row.start + key.length - 1)
        joined = [item for part in value for item in _items(part, key)]
        parts.add_field(source, key.key, joined, label=label, side=side)
    return last


def _items(row: Row, key: Key) -> list[Row]:
    return list(items(row, key.key)) if key.dash and key.key in _LISTS else [row]


def _run(rows: Sequence[Row], title: str) -> tuple[int, int] | None:
    """Return the rows of the list: from the first of its parameters to the article's prose."""
    names = names_of([title])
    keys = [at for at, row in enumerate(rows) if (key := key_at(row)) and key.key in _KNOWN]
    if len(keys) < _FEWEST:
        return None
    first = keys[0]
    last = first + 1
    while last < len(rows) and not is_lead(rows[last], names, last=last == len(rows) - 1):
        last += 1
    return (first, last) if keys[_FEWEST - 1] < last else None


def _given(rows: Sequence[Row]) -> Iterator[tuple[Key, list[Row]]]:
    """Yield each parameter with the rows that it takes."""
    found: tuple[Key, list[Row]] | None = None
    for row in rows:
        key = key_at(row)
        if key is not None:
            if found:
                yield found
            found = (key, [row])
        elif found:
            found[1].append(row)
    if found:
        yield found


def _value(source: str, rows: Sequence[Row], key: Key) -> list[Row]:
    return [*rest_of(source, rows[0].start + key.length, rows[0].end), *rows[1:]]


def _above(source: str, rows: Sequence[Row], title: str, conflict: str, parts: Parts) -> None:
    """Read what stands above the list: the page's title between signs of equality, the name of the box."""
    above: list[Row] = []
    for row in rows:
        text = row.text.strip("= ")
        if row is rows[-1] and text.casefold() == "infobox":
            parts.set_apart([row], "The name of the box.")
        elif text:
            above.append(Row(text, row.start + row.text.find(text), blank_before=row.blank_before))
    if conflict:
        read_above(source, above, title, conflict, parts)
    else:
        read_head(source, above, title, parts)
