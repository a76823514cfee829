"""Under which headings a row stands: the outline of a list whose levels are seldom printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.drafting.lists.headings import Heading, Kind
from graph.drafting.lists.strips import Strip
from graph.drafting.losses.cells import kinds
from graph.drafting.losses.rows import Row

_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}
_SAME_LEVEL: Final = frozenset({Kind.PHASE, Kind.FORCE, Kind.CIVILIAN})
"""Kinds that end each other's lists."""


@dataclass(slots=True)
class Entry:
    """A heading that is open."""

    heading: Heading
    headed: Strip
    depth: int
    blank_before: int
    inline: bool
    """Its first figures stand on its own line."""
    list_depth: int | None = None
    """The depth of the first row under it; None as long as there is none."""
    first_child: Kind | None = None
    """The kind of the heading that stands directly under it."""
    said: set[str] = field(default_factory=set)


class Outline:
    """The headings that are open, outermost first, as the rows of one column go by."""

    def __init__(self, members: Sequence[str] = ()) -> None:
        """Take the names of belligerents, of which none is a part of another."""
        self._members = frozenset(name.casefold() for name in members)
        self.entries: list[Entry] = []
        self.closed: list[Entry] = []
        self._ended: set[tuple[Kind, int]] = set()

    def close(self) -> None:
        """End all lists: a column ends here."""
        self._pop(0)

    def row(self, row: Row) -> tuple[Entry, ...]:
        """Take the next row, and return the headings that it stands under."""
        if row.heading and row.headed:
            self._open(Entry(row.heading, row.headed, row.depth, row.blank_before, inline=row.strip is not None))
        else:
            self._figures(row)
        if row.strip:
            said = {kind for loss in row.figures.losses if loss.included_in is None for kind in kinds(loss)}
            for entry in self.entries:
                entry.list_depth = row.depth if entry.list_depth is None else entry.list_depth
                entry.said |= said
        return tuple(self.entries)

    def _figures(self, row: Row) -> None:
        """End the lists that a row without heading is not of."""
        for place, entry in enumerate(self.entries):
            if row.depth < entry.depth or (entry.list_depth is not None and row.depth < entry.list_depth):
                self._pop(place)
                return
            if entry.inline and self._is_past(entry, row):
                self._pop(place)
                return

    @staticmethod
    def _is_past(entry: Entry, row: Row) -> bool:
        """Tell whether a row is no longer of a heading that has figures on its own line."""
        if row.depth > entry.depth:
            return False
        has_colon = entry.heading.end > entry.heading.stop
        if (
            entry.depth
            or row.blank_before
            or not has_colon
            or entry.heading.kind in {Kind.TOTAL, Kind.EFFECT, Kind.OBJECT}
        ):
            return True
        said = {kind for loss in row.figures.losses for kind in kinds(loss)}
        return bool(said & entry.said)

    def _open(self, new: Entry) -> None:
        self._pop(next((at for at, entry in enumerate(self.entries) if new.depth < entry.depth), len(self.entries)))
        for place in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[place]
            if (entry.depth == new.depth or entry.inline) and not self._contains(entry, new):
                self._pop(place)
        if self.entries and self.entries[-1].list_depth is None:
            self.entries[-1].first_child = self.entries[-1].first_child or new.heading.kind
        self.entries.append(new)

    def _contains(self, entry: Entry, new: Entry) -> bool:
        """Tell whether a heading of the same depth stays open above a new one."""
        old, kind = entry.heading.kind, new.heading.kind
        if kind is Kind.TOTAL and (old, entry.depth) in self._ended:
            return False
        if entry.first_child is kind:
            # "South Ossetia: / Ministry of Defence: … / Volunteers: …": the parts stand without blank lines.
            return old is not kind or not (new.blank_before or self._is_member(new))
        if entry.inline:
            return not entry.depth and kind not in {Kind.CLAIMANT, *_SAME_LEVEL} and _RANK[old] < _RANK[kind]
        if entry.list_depth is None and entry.first_child is None:
            if old is kind:
                return kind is Kind.FORCE and not self._is_member(new)
            return old is not Kind.TOTAL and (_RANK[old] < _RANK[kind] or kind is Kind.CLAIMANT)
        ends = old is kind or kind is Kind.CLAIMANT or {old, kind} <= _SAME_LEVEL
        return not ends and _RANK[old] < _RANK[kind]

    def _is_member(self, entry: Entry) -> bool:
        return entry.heading.name.casefold() in self._members

    def _pop(self, place: int) -> None:
        self.closed += self.entries[place:]
        self._ended |= {(entry.heading.kind, entry.depth) for entry in self.entries[place:]}
        del self.entries[place:]
