"""The geometry of a timeline: where each mark stands, in records that a template draws as SVG.

Places along the axis are in percent of its width, so that the drawing has the reader's
width while its letters keep their size. Heights are in pixels. A day is as wide as a day:
a mark stands in its middle, a bar ends at its end. Words such as "early October" have no end: what
is drawn of them fades out well before the bounds that they were written with.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from babel import Locale

from server.terms.days import Day
from server.time_and_place.datings import Dating
from server.time_and_place.entries import Entry
from server.time_and_place.time_axis import Axis, Tick, axis_of, ticks_of

LINE: Final = 16
"""Height of a line of a label."""
TOP: Final = 30
"""Height of the axis above the rows."""

_ROW: Final = 42
"""Height of a row without the lines of its name: the line of its date, and its marks where they stand below."""
_LABEL: Final = 44
"""Letters of a name that fit in a line."""
_FADING: Final = 0.4
"""The part of its bounds in which what words call early or late is drawn."""
_OPEN: Final = 12.0
"""Width of what fades out where the data has no bound, in percent."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days.

    `span`, `within`, `early`, `late`, `computed`, `opening` (no end given) or `closing` (no
    beginning given).
    """

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A day: `day`, or `possible` where it is one of several."""

    kind: str
    x: float


@dataclass(frozen=True, slots=True)
class Row:
    """What is drawn of one entry."""

    number: int
    entry: Entry
    y: int
    label: tuple[str, ...]
    """Its name, in lines."""
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]

    @property
    def height(self) -> int:
        """Its height."""
        return _ROW + LINE * len(self.label)

    @property
    def possible(self) -> tuple[Mark, ...]:
        """The days of which it was one; the template joins them."""
        return tuple(mark for mark in self.marks if mark.kind == "possible")


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole timeline."""

    height: int
    caption: str
    """The month or year that the labels of the ticks leave out; empty where they leave out none."""
    ticks: tuple[Tick, ...]
    phases: tuple[Bar, ...]
    rows: tuple[Row, ...]


def plot_entries(entries: Sequence[Entry], locale: Locale) -> Plot | None:
    """Return the drawing of these entries, numbered as they come; None where none of them is dated."""
    dated = [entry for entry in entries if entry.datings]
    if not dated:
        return None
    reaches = [_reach(dating) for entry in dated for dating in entry.datings]
    axis = axis_of(min(first for first, _ in reaches), max(last for _, last in reaches))
    phases = (e for e in dated if e.is_phase and e.begin and e.end)
    caption, ticks = ticks_of(axis, locale)
    rows: list[Row] = []
    for entry in entries:
        rows.append(_row(axis, len(rows) + 1, entry, rows[-1].y + rows[-1].height if rows else TOP))
    return Plot(
        height=rows[-1].y + rows[-1].height,
        caption=caption,
        ticks=ticks,
        phases=tuple(_bar(axis, "phase", entry.first, entry.last) for entry in phases),
        rows=tuple(rows),
    )


def _row(axis: Axis, place: int, entry: Entry, y: int) -> Row:
    drawn: list[Bar | Mark] = []
    if entry.at:
        drawn += _draw(axis, entry.at)
    if entry.begin or entry.end:
        drawn += _draw_bounds(axis, entry)
    bars = tuple(item for item in drawn if isinstance(item, Bar))
    label = textwrap.wrap(entry.shown.text, _LABEL, max_lines=2, placeholder="…") or [""]
    return Row(place, entry, y, tuple(label), bars, tuple(item for item in drawn if isinstance(item, Mark)))


def _reach(dating: Dating) -> tuple[Day, Day]:
    """Return the first and the last day that a dating is drawn on."""
    first, last = dating.earliest, dating.latest
    length = int(_FADING * (last - first))
    return (last - length if dating.fades == "late" else first, first + length if dating.fades == "early" else last)


def _draw(axis: Axis, dating: Dating) -> Iterator[Bar | Mark]:
    if dating.possible:
        yield from (Mark("possible", axis.x(day + 0.5)) for day in dating.possible)
    elif dating.is_one_day:
        yield Mark("day", axis.x(dating.earliest + 0.5))
    elif dating.fades:
        yield _bar(axis, dating.fades, *_reach(dating))
    elif dating.first is not None and dating.last is not None:
        yield _bar(axis, "within", dating.first, dating.last)
    elif dating.first is not None:
        yield _opening(axis, dating.first)
    else:
        yield _closing(axis, dating.latest)


def _draw_bounds(axis: Axis, entry: Entry) -> Iterator[Bar | Mark]:
    begin, end = entry.begin, entry.end
    kind = "computed" if entry.is_computed else "span"
    if begin and end:
        sure = begin.latest, end.earliest
        if sure[0] <= sure[1]:
            yield _bar(axis, kind, *sure)
        for bound in (begin, end):
            if not bound.is_one_day:
                yield from _draw(axis, bound)
        return
    if begin:
        yield from _draw(axis, begin)
        if begin.is_one_day:
            yield _opening(axis, begin.latest)
    elif end:
        yield from _draw(axis, end)
        if end.is_one_day:
            yield _closing(axis, end.earliest)


def _opening(axis: Axis, first: Day) -> Bar:
    x = axis.x(first + 0.5)
    return Bar("opening", x, round(min(_OPEN, 100 - x), 2))


def _closing(axis: Axis, last: Day) -> Bar:
    x = axis.x(last + 0.5)
    width = min(_OPEN, x)
    return Bar("closing", round(x - width, 2), round(width, 2))


def _bar(axis: Axis, kind: str, first: Day, last: Day) -> Bar:
    """Return the bar from the beginning of one day to the end of another."""
    return Bar(kind, axis.x(first), round(axis.x(last + 1) - axis.x(first), 2))
