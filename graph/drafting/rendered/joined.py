"""The items of a list that a renderer joined by commas, where it is clear that one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graph.drafting.rendered.rows import BULLETS, Row

_OPEN: Final = "([{"
_CLOSE: Final = ")]}"
_ENDS: Final = (":", ";", ",", ")", ".")
"""An item ends where the one before the comma ends in one of these."""
_STRAY: Final = " ,|\u00a0"
_TITLE: Final = re.compile(
    r"(?P<title>(?:\d{1,2}(?:st|nd|rd|th) )?(?:Archduke|Baron|Bishop|Count|Countess|Duke|Earl|Elector|Emperor|King|"
    r"Landgrave|Lord|Margrave|Marquess|Marquis|Prince|Princess|Queen|Viscount) of |Jr\.|Sr\.)"
)
"""With what a second part of one person's name begins."""
_FATES: Final = ("KIA", "WIA", "POW", "MIA", "DOW", "†")
"""With what a person's item ends."""


def items(row: Row, key: str) -> Iterator[Row]:
    """Yield the items of a row as rows of their own; `key` is the field that the row is of.

    Nothing is parted in brackets or before them. Of losses, "95 killed, 560 wounded" stays
    together, because editors write it so; of strengths, "8 carriers, 9 cruisers" are two items.
    """
    commas = list(_commas(row.text))
    start = 0
    for place, at in enumerate(commas):
        after = commas[place + 1] if place + 1 < len(commas) else len(row.text)
        if _parts(row.text, start, at, after, key):
            yield from _item(row, start, at)
            start = at + 1
    yield from _item(row, start, len(row.text))


def _commas(text: str) -> Iterator[int]:
    """Yield the commas with white space after them, outside brackets."""
    depth = 0
    for at, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character == "," and not depth and (at + 1 == len(text) or text[at + 1].isspace()):
            yield at


def _parts(text: str, start: int, comma: int, following: int, key: str) -> bool:
    """Tell whether an item ends at a comma."""
    before = text[max(start, comma - 4) : comma].rstrip()
    after = text[comma + 1 : comma + 40].lstrip()
    if not after or after[0] in _OPEN:
        return False
    title = _title(after) if key == "commander" and not before.endswith(_FATES) else None
    if title is not None:
        # "Earl of X, Earl of Y" are two persons.
        return title in (
            _title(text[start : start + 40].lstrip()),
            _title(text[following + 1 : following + 40].lstrip()),
        )
    if not before or before.endswith(_ENDS) or after[0] in BULLETS or after[0].isupper():
        return True
    return key != "casualties" and (after[0].isdecimal() or after[0] in "~<>")


def _title(words: str) -> str | None:
    found = _TITLE.match(words)
    return found["title"] if found else None


def _item(row: Row, start: int, end: int) -> Iterator[Row]:
    text = row.text[start:end].lstrip(_STRAY)
    bullet = text[:1] in BULLETS and bool(text)
    if bullet:
        text = text[1:].lstrip()
    at = row.start + end - len(text)
    text = text.rstrip(" |\u00a0")
    if end == len(row.text):
        # What the renderer lost at the end of a list leaves its commas: "Russia,", "Friev, ,".
        text = text.rstrip(_STRAY)
    if text:
        yield Row(text, at, bullet=bullet)
