"""What the page of a version's changes shows: sections by kind, capped, claims by who is said to make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.changes.comparison import Changes, OfKind
from server.changes.facts import Named
from server.changes.kinds import CONSEQUENT, Kind
from server.changes.thing import Change, Thing

TOLD: Final = (Change.CHANGED, Change.ADDED, Change.REMOVED)
"""Changes whose things are told one by one, in this order; of the others there is only a number."""
MOST_TOLD: Final = 15
"""Things of one group, and with one change, that the page tells."""
MOST_VIEWPOINTS: Final = 30


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; claims of one viewpoint."""

    viewpoint: Named | None
    things: tuple[Thing, ...]
    left: int
    """How many more have one of these changes."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind with what is told of it."""

    of_kind: OfKind
    groups: tuple[Group, ...]
    viewpoints_left: int = 0
    """Viewpoints with changed claims of which nothing is told."""

    @property
    def same_words(self) -> int:
        """Things that rest on the same words at another place, and are otherwise what they were."""
        return self.of_kind.things.get(Change.MOVED, 0)


def read_sections(changes: Changes) -> list[Section]:
    """Return the sections of the kinds that are written one by one and of which something is told."""
    sections = (_section(changes, one) for one in changes.kinds if one.kind not in CONSEQUENT)
    return [section for section in sections if section.groups]


def _section(changes: Changes, one: OfKind) -> Section:
    if one.kind is not Kind.CLAIMS:
        return Section(one, tuple(_group(None, one.listed, sum(one.things.get(change, 0) for change in TOLD))))
    groups: list[Group] = []
    is_whole = len(one.listed) == sum(one.things.values())
    for of_viewpoint in changes.viewpoints:
        own = [thing for thing in one.listed if of_viewpoint.viewpoint.iri in thing.voices]
        told = sum(thing.change in TOLD for thing in own)
        count = told if is_whole else sum(of_viewpoint.claims.get(change, 0) for change in TOLD)
        groups += _group(of_viewpoint.viewpoint, own, count)
    return Section(one, tuple(groups[:MOST_VIEWPOINTS]), max(len(groups) - MOST_VIEWPOINTS, 0))


def _group(viewpoint: Named | None, things: Sequence[Thing], count: int) -> Iterator[Group]:
    told = [thing for change in TOLD for thing in [one for one in things if one.change is change][:MOST_TOLD]]
    if count:
        yield Group(viewpoint, tuple(told), count - len(told))
