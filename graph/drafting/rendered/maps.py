"""Words on and under a locator map, which renderers print where the map stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.rows import Row

ON_A_MAP: Final = "Words on a locator map."
_LONGEST: Final = 200
_SAYS_WHERE: Final = re.compile(r"(?P<subject>.{1,100}) is located in .{1,100}")
_UNDER: Final = re.compile(r"Location (?:within|in|of) .{1,100}|Show map of .{1,100}|Show all|.{1,80} \(.{1,80}\)")


def without_maps(rows: Iterable[Row], parts: Parts) -> list[Row]:
    """Return the rows of a field that are not on a map: "Kursk is located in Russia", "Kursk", "Location in Russia"."""
    kept: list[Row] = []
    subject: str | None = None
    for row in rows:
        said = _SAYS_WHERE.fullmatch(row.text) if len(row.text) <= _LONGEST else None
        subject = said["subject"] if said else subject
        if said or (subject is not None and _belongs(row, subject)) or _is_under(row):
            parts.set_apart([row], ON_A_MAP)
        else:
            subject = None
            kept.append(row)
    return kept


def _belongs(row: Row, subject: str) -> bool:
    return row.text == subject or (row.text.startswith(subject) and _is_under(row, bracketed=True))


def _is_under(row: Row, *, bracketed: bool = False) -> bool:
    """Tell whether a row stands under a map; "Kursk (Russia)" does only where the map's subject is known."""
    if len(row.text) > _LONGEST or not _UNDER.fullmatch(row.text):
        return False
    return bracketed or row.text.startswith(("Location ", "Show map of ", "Show all"))
