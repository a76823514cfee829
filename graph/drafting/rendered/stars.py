"""Footnotes that are marked by stars: `[**]` at the words, and a row "** …" below them with its text."""

from __future__ import annotations

import re
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Entry
from graph.drafting.rendered.rows import BLANK, Row
from graph.drafting.rendered.visible import line_of

_MARKED: Final = re.compile(r"\[(\*{1,5})\]")
_LONGEST: Final = 5


def stars_in(source: str) -> frozenset[str]:
    """Return the stars that are printed as marks in the text: without them a star is a bullet."""
    return frozenset(found[1] for found in _MARKED.finditer(source))


def starred(source: str, row: Row, names: frozenset[str]) -> Entry | None:
    """Return the footnote that a row is the text of: it begins with stars that are printed as a mark elsewhere."""
    if row.bullet:
        # Of one star the row has taken its beginning for a bullet.
        before = source[max(0, row.start - 2 * _LONGEST) : row.start].rstrip(BLANK)
        name, at = ("*", row.start) if before.endswith("*") else ("", row.start)
        start = row.start - len(source[max(0, row.start - 2 * _LONGEST) : row.start]) + len(before) - 1
    else:
        name = row.text[: len(row.text) - len(row.text.lstrip("*"))]
        start, at = row.start, row.start + len(name)
    if name not in names:
        return None
    line = line_of(source, at, row.end) if at < row.end else None
    return Entry(name, Span(start, row.end), line, is_note=line is not None)
