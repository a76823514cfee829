"""Words on and under a locator map, which renderers print where the map stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.rows import Row

ON_A_MAP: Final = "Words on a locator map."
_LONGEST: Final = 200
_SAYS_WHERE: Final = re.compile(r"(?P<subject>.{1,100}) is located in .{1,100}")
_LOCATES: Final = re.compile(
    r"(?:Battle |Siege )?[Ll]ocation (?:shown )?(?:within|in|on|of) .{1,100}|Show map of .{1,100}|Show all"
)
_BRACKETED: Final = re.compile(r".{1,80} \(.{1,80}\)")
_ON_IT: Final = re.compile(r"\d{1,3}|\d{1,4}(?:\.\d)? ?(?:km|kilomet(?:er|re)s?|mi|miles?|m|ft|feet|nmi)")
"""What an interactive map shows: the numbers of its pins, its scale."""
_WORDS: Final = 6
"""Words of the longest name on a map, or in its key."""


def without_maps(rows: Sequence[Row], parts: Parts) -> list[Row]:
    """Return the rows of a field that are not on a map: "Kursk is located in Russia", "Kursk", "Location in Russia".

    Under such a row the pins of an interactive map and its scale are on it too, with the
    names between them; and in the same block, after the last of several pins, its key.
    """
    kept: list[Row] = []
    subject: str | None = None
    is_under = False
    pins = _pins(rows)
    at = 0
    while at < len(rows):
        row = rows[at]
        said = _SAYS_WHERE.fullmatch(row.text) if len(row.text) <= _LONGEST else None
        subject = said["subject"] if said else subject
        end = at + 1
        if said or _locates(row) or (subject is not None and _belongs(row, subject)):
            is_under = True
        elif is_under and pins[at] > at:
            end = pins[at]
        else:
            subject, is_under = None, False
            kept.append(row)
            at = end
            continue
        parts.set_apart(rows[at:end], ON_A_MAP)
        at = end
    return kept


def _pins(rows: Sequence[Row]) -> list[int]:
    """Return for each row where the block of pins, scale and names ends that it begins; itself where it begins none."""
    ends = [0] * len(rows)
    block = run = len(rows)
    several = 0
    for at in range(len(rows) - 1, -1, -1):
        row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
        if below is None or below.blank_before or not _may_be_on_it(below):
            block, several = at + 1, 0
        if _is_pin(row):
            several += 1
            run = run if below is not None and _is_pin(below) and not below.blank_before else at + 1
            ends[at] = block if several > 1 and _may_be_on_it(row) else run
        else:
            # A name begins nothing: it is on the map only between pins, or in the key below them.
            ends[at] = at
    return ends


def _is_pin(row: Row) -> bool:
    return not row.bullet and len(row.text) <= _LONGEST and _ON_IT.fullmatch(row.text) is not None


def _may_be_on_it(row: Row) -> bool:
    text = row.text
    if row.bullet or len(text) > _LONGEST or text.endswith(":"):
        return False
    return _is_pin(row) or (len(text.split()) <= _WORDS and not any(sign.isdecimal() for sign in text))


def _belongs(row: Row, subject: str) -> bool:
    if row.text == subject:
        return True
    return len(row.text) <= _LONGEST and row.text.startswith(subject) and _BRACKETED.fullmatch(row.text) is not None


def _locates(row: Row) -> bool:
    return len(row.text) <= _LONGEST and _LOCATES.fullmatch(row.text) is not None
