"""The axis of a timeline: where a moment stands, and the days, months or years that it is counted in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from babel import Locale

from server.terms.days import Day, name_month, name_short_day, name_year, number, parts

_MOST_TICKS: Final = 7
_PADDING: Final = 0.02
_DAY_STEPS: Final = (1, 2, 5, 7, 14)
_MONTH_STEPS: Final = (1, 3, 6)
_DAYS_TOLD_APART: Final = 62
_TEN: Final = 10
_WIDEST_DAYS: Final = _MOST_TICKS * 14
_MONTH: Final = 30.44


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot; one without a label only counts the days."""

    x: float
    label: str = ""

    @property
    def anchor(self) -> str:
        """The `text-anchor` that keeps the label within the plot."""
        return "start" if self.x < 1 else "end" if self.x > 99 else "middle"  # noqa: PLR2004  percent


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time, in days, the end exclusive."""

    begin: float
    end: float

    def x(self, day: float) -> float:
        """Return the place of a moment, in percent."""
        return round(100 * (day - self.begin) / (self.end - self.begin), 2)


def axis_of(first: Day, last: Day) -> Axis:
    """Return the axis that shows these days and a little around them."""
    padding = max(0.5, _PADDING * (last + 1 - first))
    return Axis(first - padding, last + 1 + padding)


def ticks_of(axis: Axis, locale: Locale) -> tuple[str, tuple[Tick, ...]]:
    """Return what the labels of the ticks leave out, empty where they leave out nothing, and the ticks."""
    length = axis.end - axis.begin
    if length <= _WIDEST_DAYS:
        return _day_ticks(axis, locale)
    for step in _MONTH_STEPS:
        if length <= _MOST_TICKS * step * _MONTH:
            return "", tuple(
                Tick(axis.x(number(year, month, 1)), name_month(year, month, locale))
                for year, month in _months(axis)
                if (month - 1) % step == 0
            )
    years = parts(int(axis.begin))[0], parts(int(axis.end))[0]
    step = next(s for s in _year_steps() if (years[1] - years[0]) / s <= _MOST_TICKS)
    shown = (year for year in range(years[0] - years[0] % step, years[1] + 1, step))
    ticks = (Tick(axis.x(number(year, 1, 1)), name_year(year, locale)) for year in shown)
    return "", tuple(tick for tick in ticks if tick.x >= 0)


def _day_ticks(axis: Axis, locale: Locale) -> tuple[str, tuple[Tick, ...]]:
    first, last = int(-(-axis.begin // 1)), int(axis.end // 1) - 1
    step = next(s for s in _DAY_STEPS if (last - first) / s <= _MOST_TICKS)
    years = parts(first)[0], parts(last)[0]
    caption = name_year(years[0], locale)
    if years[0] != years[1]:
        caption += f" \N{EN DASH} {name_year(years[1], locale)}"
    labelled = set(range(first, last + 1, step))
    every = range(first, last + 1) if last - first <= _DAYS_TOLD_APART else sorted(labelled)
    return caption, tuple(
        Tick(axis.x(day + 0.5), name_short_day(day, locale) if day in labelled else "") for day in every
    )


def _months(axis: Axis) -> Iterator[tuple[int, int]]:
    year, month, _ = parts(int(axis.begin))
    while number(year, month, 1) < axis.end:
        if number(year, month, 1) >= axis.begin:
            yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004  months


def _year_steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= _TEN
