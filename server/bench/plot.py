"""Figures of cost against size, both on logarithmic axes, as SVG that reads in light and dark.

Written by hand: a figure is a few lines and words, and every library that draws them is
larger than this project. Series differ by the shape of their marks as well as by colour,
and the figure has a title and a description for those who do not see it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH, _HEIGHT = 230, 170
"""Of the area between a panel's axes."""
_LEFT, _ABOVE, _BELOW, _GAP = 62, 34, 40, 18
_LABELS: Final = 220
"""Room for names at the ends of lines."""
_LINE: Final = 14
_LETTER: Final = 6.6
_MARGIN: Final = 16
_MARKS: Final = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    "M-3.5,-3.5H3.5V3.5H-3.5Z",
    "M0,-4.6L4.4,3.4H-4.4Z",
    "M0,-5L5,0L0,5L-5,0Z",
    "M0,4.6L4.4,-3.4H-4.4Z",
    "M-4.5,-1.3H-1.3V-4.5H1.3V-1.3H4.5V1.3H1.3V4.5H-1.3V1.3H-4.5Z",
    "M-5,-2.5H5V2.5H-5Z",
)
# Colours of Okabe and Ito, told apart by people who see few of them; on dark ground their lighter kin.
_STYLE: Final = """
svg { --paper: #ffffff; --ink: #1a1a1a; --faint: #d8d8d8;
  --c0: #b3261e; --c1: #00609c; --c2: #a35200; --c3: #00725a; --c4: #9a4478; --c5: #5a5a5a; --c6: #6b6b00; }
@media (prefers-color-scheme: dark) { svg { --paper: #16181c; --ink: #ececec; --faint: #3b3f46;
  --c0: #ff8a80; --c1: #6fbdf0; --c2: #ffb45c; --c3: #4fd1ac; --c4: #f0a3cf; --c5: #b5b5b5; --c6: #d6d65c; } }
text { font: 11px system-ui, sans-serif; fill: var(--ink); }
.name { font-weight: 600; }
.paper { fill: var(--paper); }
.axis { stroke: var(--ink); fill: none; }
.grid { stroke: var(--faint); fill: none; }
.line { fill: none; stroke-width: 1.4; }
.ours { stroke-width: 2.6; }
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a panel: at each size its cost, all of them above 0."""

    name: str
    points: Mapping[int, float]
    label: str = ""
    """What stands at the end of the line; without one the name stands in a legend."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A pair of axes and what is drawn between them."""

    title: str
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Figure:
    """Panels side by side, either with one legend for all of them or with labels in each; the first name is bold."""

    title: str
    description: str
    sizes: str
    """What is counted along the horizontal axes."""
    panels: Sequence[Panel]
    columns: int

    def svg(self) -> str:
        """Return the figure as a document of its own."""
        names = list(dict.fromkeys(one.name for panel in self.panels for one in panel.series))
        is_labelled = any(one.label for panel in self.panels for one in panel.series)
        across = _LEFT + _WIDTH + (_LABELS if is_labelled else _GAP)
        down = _ABOVE + _HEIGHT + _BELOW
        width = 2 * _MARGIN + self.columns * across
        legend = [] if is_labelled else list(_legend(names, width))
        top = 2 * _MARGIN + _LINE + (legend[-1][1] + _LINE if legend else 0)
        height = top + math.ceil(len(self.panels) / self.columns) * down + _MARGIN
        body = [f'<text class="name" x="{_MARGIN}" y="{_MARGIN + _LINE / 2}">{escape(self.title)}</text>']
        for name, (x, y) in zip(names, legend, strict=False):
            body.append(_mark(names.index(name), x, y + 2 * _MARGIN + _LINE / 2))
            body.append(f'<text x="{x + 9}" y="{y + 2 * _MARGIN + _LINE / 2 + 4}">{escape(name)}</text>')
        for place, panel in enumerate(self.panels):
            x, y = _MARGIN + place % self.columns * across, top + place // self.columns * down
            body.append(f'<g transform="translate({x + _LEFT},{y + _ABOVE})">')
            body += _panel(panel, [one.name for one in panel.series] if is_labelled else names, self.sizes)
            body.append("</g>")
        area = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {area} role="img" aria-labelledby="title description">',
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="description">{escape(self.description)}</desc>',
                f"<style>{_STYLE}</style>",
                f'<rect class="paper" width="{width}" height="{height}"/>',
                *body,
                "</svg>\n",
            )
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic axis from one power to another of ten, along so many pixels."""

    least: float
    most: float
    length: float

    @classmethod
    def over(cls, values: Sequence[float], length: float) -> _Scale:
        """Return an axis that begins and ends with whole powers, with these values, all above 0, between them."""
        least, most = (edge(math.log10(end(values))) for edge, end in ((math.floor, min), (math.ceil, max)))
        return cls(least, max(most, least + 1), length)

    @classmethod
    def within(cls, values: Sequence[float], length: float) -> _Scale:
        """Return an axis that begins and ends with these values."""
        least, most = (math.log10(end(values)) for end in (min, max))
        return cls(least, max(most, least + 1), length)

    def at(self, value: float) -> float:
        """Return how far from the axis's beginning a value stands."""
        return (math.log10(value) - self.least) / (self.most - self.least) * self.length

    def ticks(self) -> Iterator[float]:
        """Yield powers of ten, no more than the axis has room for."""
        first, last = math.ceil(self.least), math.floor(self.most)
        return (10.0**power for power in range(first, last + 1, math.ceil((last - first + 1) / 7)))


def _panel(panel: Panel, names: Sequence[str], sizes: str) -> Iterator[str]:
    yield f'<text class="name" x="0" y="-10">{escape(panel.title)}</text>'
    series = [one for one in panel.series if one.points]
    if not series:
        return
    across = _Scale.within([size for one in series for size in one.points], _WIDTH)
    up = _Scale.over([cost for one in series for cost in one.points.values()], _HEIGHT)
    for tick in across.ticks():
        x = _number(across.at(tick))
        yield f'<path class="grid" d="M{x},0V{_HEIGHT}"/>'
        yield f'<text x="{x}" y="{_HEIGHT + 16}" text-anchor="middle">{tick:,.0f}</text>'
    for tick in up.ticks():
        y = _number(_HEIGHT - up.at(tick))
        yield f'<path class="grid" d="M0,{y}H{_WIDTH}"/>'
        yield f'<text x="-6" y="{float(y) + 4:.1f}" text-anchor="end">{_tick(tick)}</text>'
    yield f'<path class="axis" d="M0,0V{_HEIGHT}H{_WIDTH}"/>'
    yield f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT + 31}" text-anchor="middle">{escape(sizes)}</text>'
    # Ours comes last, and so lies on top.
    for one in reversed(series):
        place = names.index(one.name)
        points = [(across.at(size), _HEIGHT - up.at(cost)) for size, cost in sorted(one.points.items())]
        way = "L".join(f"{_number(x)},{_number(y)}" for x, y in points)
        bold = " ours" if place == 0 else ""
        yield f'<path class="line{bold}" style="stroke: var(--c{place % len(_MARKS)})" d="M{way}"/>'
        yield from (_mark(place, x, y) for x, y in points)
    ends = [(one, _HEIGHT - up.at(one.points[max(one.points)])) for one in series if one.label]
    for one, height in _apart(ends):
        yield _mark(names.index(one.name), _WIDTH + 16, height)
        yield f'<text x="{_WIDTH + 25}" y="{_number(height + 4)}">{escape(one.label)}</text>'


def _apart(ends: Sequence[tuple[Series, float]]) -> Iterator[tuple[Series, float]]:
    """Yield where labels stand, from above, each a line below the one before where they would else overlap."""
    lowest = -math.inf
    for one, y in sorted(ends, key=lambda end: end[1]):
        lowest = max(y, lowest + _LINE)
        yield one, lowest


def _legend(names: Sequence[str], width: float) -> Iterator[tuple[float, float]]:
    x, y = float(_MARGIN + 6), 0.0
    for name in names:
        room = 24 + _LETTER * len(name)
        if x + room > width and x > _MARGIN + 6:
            x, y = _MARGIN + 6, y + _LINE + 4
        yield x, y
        x += room


def _mark(place: int, x: float, y: float) -> str:
    place %= len(_MARKS)
    moved = f"translate({_number(x)},{_number(y)})"
    return f'<path d="{_MARKS[place]}" transform="{moved}" style="fill: var(--c{place})"/>'


def _tick(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:.{-round(math.log10(value))}f}"


def _number(value: float) -> str:
    return f"{value:.1f}"
