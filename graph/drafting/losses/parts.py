"""Lists under a figure: their figures are parts of it and never added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.drafting.lists.headings import Kind
from graph.drafting.losses.rows import Row
from graph.drafting.reading import Loss

_PARTS = frozenset({Kind.FORCE, Kind.PHASE, Kind.EFFECT})
"""Headings on the line of a figure that name a part: "Army of the North 4,000"."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure under which a list may stand."""

    place: int
    """Its place among the losses of the field."""
    effect: str
    depth: int
    opens: bool
    """A colon behind it says that a list follows."""


class Wholes:
    """The figure that the next rows may be parts of, as the rows go by."""

    def __init__(self) -> None:
        """Begin without one."""
        self._whole: Whole | None = None

    def close(self) -> None:
        """End all lists: a column ends here."""
        self._whole = None

    def of(self, row: Row) -> Whole | None:
        """Return the figure that those of a row may be parts of."""
        whole = self._whole
        if whole is None:
            return None
        deeper, level = row.depth > whole.depth, row.depth == whole.depth and not row.blank_before
        headed = row.heading is not None and (row.strip is None or row.heading.kind not in _PARTS)
        if headed or not (deeper or (whole.opens and level)):
            self._whole = None
        return self._whole

    def part(self, loss: Loss, whole: Whole | None) -> Loss:
        """Return a loss as a part of the figure above its list, where what became of it agrees."""
        if whole is None or self._whole is None or loss.included_in is not None:
            return loss
        if not _members(loss.effect) <= _members(whole.effect) or (loss.effect == "lost" and not whole.opens):
            self._whole = None
            return loss
        return replace(loss, included_in=whole.place)

    def after(self, row: Row, first: int, losses: Sequence[Loss]) -> None:
        """Note the figures of a row, which are the losses from the place `first` on."""
        tops = [place for place in range(first, len(losses)) if losses[place].included_in is None]
        if tops:
            last = tops[-1]
            self._whole = Whole(last, losses[last].effect, row.depth, row.text.rstrip().endswith(":"))


def _members(effect: str) -> frozenset[str]:
    return frozenset(effect.split("_")) - {"or"}
