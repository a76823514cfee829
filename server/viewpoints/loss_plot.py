"""The loss claims as a dot plot: where each mark stands, in records that a template draws as SVG.

One scale for all claimants, chosen from the data: linear, or logarithmic with zero kept
where the largest number is more than a hundred times the smallest. Distances across are
per cent of the plotting area, so that the drawing fits any screen; heights are pixels.
A value that is unspecified or missing has words in the place of a mark, never a zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import gettext as _

from server.terms.labels import Shown
from server.viewpoints.comparison import Group, Row, Table
from server.viewpoints.losses import Extent
from server.viewpoints.sayings import Saying

_WIDE: Final = 100
"""The largest number over the smallest, beyond which the scale is logarithmic."""
_SPAN: Final = 80
"""Per cent of the area that the scale covers; the rest is for words and arrows."""
_LINE, _HEADING, _TOP, _FOOT = 32, 32, 28, 22
_FULL_LINEAR_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers of 0 and more to per cent of the plotting area."""

    top: int
    ticks: tuple[int, ...]
    is_logarithmic: bool = False

    def at(self, number: int) -> float:
        """Return where a number stands."""
        share = math.log1p(number) / math.log1p(self.top) if self.is_logarithmic else number / self.top
        return round(share * _SPAN, 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on the scale, from `start` to `end` per cent; equal where it is one number."""

    extent: Extent
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Line:
    """One claim: its label, its mark if it has a figure, and its words at `at` per cent."""

    y: int
    label: tuple[Shown, ...]
    saying: Saying
    mark: Mark | None
    at: float = 0
    is_left: bool = False
    """Whether the words end there, to the left of the mark."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose losses (level 1), then what several speak of, or who alone speaks (level 2)."""

    y: int
    level: int
    parts: tuple[Shown, ...]
    is_claimant: bool = False
    """Whether it names who speaks."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing; `height` in pixels."""

    scale: Scale
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    height: int
    top: int = _TOP
    foot: int = _FOOT


def plot_losses(table: Table) -> Plot | None:
    """Return the plot of a table of losses, None where no figure is left to draw."""
    bounds = [bound for row in table.rows for s in row.sayings if s.figure for bound in s.figure.bounds]
    if not bounds:
        return None
    scale = choose_scale(bounds)
    headings: list[Heading] = []
    lines: list[Line] = []
    y = _TOP
    for item in _items(table.groups):
        height = _HEADING if isinstance(item, Heading) else _LINE
        middle = y + height // 2
        if isinstance(item, Heading):
            headings.append(replace(item, y=middle))
        else:
            lines.append(_line(middle, *item, scale))
        y += height
    return Plot(scale, tuple(headings), tuple(lines), y + _FOOT)


def choose_scale(numbers: Iterable[int]) -> Scale:
    """Return a scale with round ticks that holds all of these; there is at least one.

    >>> choose_scale([1, 38]).ticks
    (0, 10, 20, 30, 40)
    >>> choose_scale([3, 2783]).ticks
    (0, 1, 10, 100, 1000)
    """
    known = sorted(numbers)
    most, least = max(known[-1], 1), next((number for number in known if number), 1)
    if most > _WIDE * least:
        powers = range(int(math.log10(most)) + 1)
        return Scale(most, (0, *(10**power for power in powers)), is_logarithmic=True)
    rough = 10 ** int(math.log10(most))
    step = next(
        max(1, rough * part // 10)
        for part in (1, 2, 5, 10, 20)
        if most <= max(1, rough * part // 10) * _FULL_LINEAR_STEPS
    )
    top = -(-most // step) * step
    return Scale(top, tuple(range(0, top + 1, step)))


def _items(groups: Iterable[Group]) -> Iterator[Heading | tuple[tuple[Shown, ...], Saying]]:
    """Yield headings and labelled sayings: what several speak of side by side, then each one's own lines."""
    for group in groups:
        yield Heading(0, 1, (group.heading or Shown(_("not stated whose")),))
        shared = [row for row in group.rows if _voices(row) > 1]
        for row in shared:
            yield Heading(0, 2, row.subject)
            yield from (((saying.claim.viewpoint,), saying) for saying in row.sayings)
        alone = [(row.subject, saying) for row in group.rows if row not in shared for saying in row.sayings]
        for viewpoint in dict.fromkeys(saying.claim.viewpoint for _label, saying in alone):
            yield Heading(0, 2, (viewpoint,), is_claimant=True)
            yield from ((label, saying) for label, saying in alone if saying.claim.viewpoint == viewpoint)


def _voices(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.sayings)


def _line(y: int, label: tuple[Shown, ...], saying: Saying, scale: Scale) -> Line:
    figure = saying.figure
    if figure is None:
        return Line(y, label, saying, None)
    start, end = scale.at(figure.bounds[0]), scale.at(figure.bounds[-1])
    # "At most" has its arrow on the left.
    is_left = end > _SPAN / 2 and start > _SPAN / 4 and figure.extent is not Extent.AT_MOST
    return Line(y, label, saying, Mark(figure.extent, start, end), start if is_left else end, is_left=is_left)
