"""Why a viewpoint has nothing in a row of a comparison, as far as the text shows it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from server.terms.labels import Shown
from server.viewpoints.sayings import Saying


class Absence(StrEnum):
    """Why a viewpoint has no saying in a row."""

    SILENT = "silent"
    """The text gives nothing of the kind for it."""
    LIST_LOST = "list-lost"
    """Its whole list is missing from the copy, so what it said of this is not known."""
    UNSPECIFIED = "unspecified"
    """The losses are unspecified on the whole, by its account."""
    LINE_BY_LINE = "line-by-line"
    """It gives no figure for the whole, but lines of single types."""


def find_absence(viewpoint: Shown, row: Sequence[Saying], group: Sequence[Saying]) -> Absence:
    """Return why a viewpoint is not in a row; `group` has every saying about the same losses or the same event."""
    others = [saying for saying in group if saying.claim.viewpoint == viewpoint]
    if row[0].is_whole:
        return Absence.LINE_BY_LINE if others else Absence.SILENT
    whole = [saying for saying in others if saying.is_whole and saying.value is None]
    if not whole:
        return Absence.SILENT
    return Absence.LIST_LOST if any(saying.is_lost for saying in whole) else Absence.UNSPECIFIED
