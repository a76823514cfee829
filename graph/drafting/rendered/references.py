"""The list of references or notes under an article: its entries, their numbers, how often each is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Entry
from graph.drafting.rendered.citation import fields_of, is_explanation
from graph.drafting.rendered.rows import Row
from graph.drafting.rendered.visible import line_of

_HEAD: Final = 3000
"""Code points in which number and back-links of an entry stand."""
_NUMBER: Final = re.compile(r"(?P<name>\d{1,4}|[a-z]{1,2}|[ivxl]{1,7})\.\s+")
_CARET: Final = re.compile(r"(?:Jump up\s*)?(?:\^|↑)\s*(?:Jump up(?: to)?:?\s*)?")
# Simple skins number the back-links themselves: "2.0 2.1 2.2".
_COUNTED: Final = re.compile(r"(?P<list>\d{1,4})\.(?P<link>\d{1,2})\s+")


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What stands before the words of an entry."""

    name: str | None
    carets: int
    length: int


def is_entry(row: Row) -> bool:
    """Tell whether a row begins an entry: "4. ^ …", "^ …", "2. 2.0 2.1 …"."""
    return _beginning(row.text[:_HEAD]) is not None


def read_entry(source: str, rows: Sequence[Row], ordinal: int) -> Entry:
    """Read an entry that takes these rows and is the `ordinal`th of its list; its uses are not known here.

    Raises `ValueError` for rows that begin with neither a number nor a back-link.
    """
    beginning = _beginning(rows[0].text[:_HEAD]) or _numbered(rows[0].text)
    if beginning is None:
        raise ValueError(f"no entry begins with {rows[0].text[:40]!r}")
    start = rows[0].start + beginning.length
    end = rows[-1].end
    line = line_of(source, start, end) if start < end else None
    printed = beginning.name
    return Entry(
        name=printed or f"ref-{ordinal}",
        span=Span(rows[0].start, end),
        line=line,
        number=int(printed) if printed and printed.isdecimal() else None,
        is_note=line is not None and (bool(printed and printed.isalpha()) or is_explanation(line.text)),
        fields=fields_of(line) if line else (),
        carets=beginning.carets,
    )


def _beginning(text: str) -> _Beginning | None:
    number = _NUMBER.match(text)
    at = number.end() if number else 0
    name = number["name"] if number else None
    caret = _CARET.match(text, at)
    if caret is not None:
        carets, at = _letters(text, caret.end())
        return _Beginning(name, carets, at)
    # "1.0 1.1" are back-links; "1.0 million" is none.
    carets, at = _counted(text, at, name)
    return _Beginning(name, carets, at) if carets > 1 else None


def _numbered(text: str) -> _Beginning | None:
    """Read a beginning that has lost its back-link: "4. "."""
    number = _NUMBER.match(text)
    return _Beginning(number["name"], 0, number.end()) if number else None


def _counted(text: str, at: int, name: str | None) -> tuple[int, int]:
    """Count "2.0 2.1 2.2": all of one list number, from 0 on."""
    links = 0
    while (found := _COUNTED.match(text, at)) and int(found["link"]) == links and name in (None, found["list"]):
        name, links, at = found["list"], links + 1, found.end()
    return links, at


def _letters(text: str, at: int) -> tuple[int, int]:
    """Count "a b c": two or more in the order of the alphabet; a single one is the article "a"."""
    links, end = 0, at
    while True:
        letter = _letter(links)
        if not text.startswith(letter, end) or not text[end + len(letter) : end + len(letter) + 1].isspace():
            break
        links += 1
        end += len(letter)
        end += len(text) - end - len(text[end:].lstrip())
    return (links, end) if links > 1 else (1, at)


def _letter(place: int) -> str:
    """Name a place as back-links are named: a to z, aa, ab."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("a") + rest) + name
    return name
