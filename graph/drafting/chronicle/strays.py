"""Lines at the end of a field that may be of the next one, of which a renderer lost the label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.drafting.accounting import whole
from graph.drafting.document import Field, Line
from graph.drafting.reading import Disposal, Portion

_STRAY: Final = "The lines after a gap, a list or a flag may be of a field that lost its label."


def own_lines(lines: Sequence[Line], *, may_have_list: bool = False) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the lines that are the field's own, and those from the first one that may not be.

    A field of one value goes on without a gap, and without a list unless it may have one.
    """
    for at, line in enumerate(lines):
        if at and (line.flags or _starts_anew(lines[0], line, may_have_list=may_have_list)):
            return lines[:at], lines[at:]
    return lines, ()


def strayed(field: Field, lines: Sequence[Line]) -> Iterator[Portion]:
    """Yield the portions of lines that may be of another field."""
    for line in lines:
        yield from whole(field, line, Disposal.UNREAD, _STRAY)


def _starts_anew(first: Line, line: Line, *, may_have_list: bool) -> bool:
    if line.depth > first.depth:
        return not may_have_list
    return line.blank_before > 0 and line.depth == 0
