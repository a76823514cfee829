"""What dates that stand together lend each other: months, years and eras.

What one lacks is the next one's, as in "19-20 September 2023", otherwise the one's before, as
in "April 1-11, 2002".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.chronicle.dates.moments import Moment
from graph.drafting.chronicle.dates.years import Fragment

_FULL_YEAR: Final = 3
"""Digits that a year has at least where nothing else tells that it is one."""


def moments_of(fragments: Sequence[Fragment], lent: Moment | None = None) -> tuple[Moment, ...]:
    """Return the dates with what their neighbours lend them; nothing where one stays incomplete.

    `lent` is a date before them, of which the last one has the month and year that it lacks.
    """
    known = list(fragments)
    if lent is not None and known:
        known[-1] = _borrowed(known[-1], lent)
    for at in reversed(range(len(known) - 1)):
        known[at] = _from_next(known[at], known[at + 1])
    for at in range(len(known)):
        known[at] = _from_before(known[at], known[at - 1] if at else Fragment())
    # "April 1-11, 2002": the year of what was a bare number is known only now.
    for at in reversed(range(len(known) - 1)):
        known[at] = _from_next(known[at], known[at + 1])
    moments = tuple(moment for one in known if (moment := _moment(one)) is not None)
    return moments if len(moments) == len(known) else ()


def _borrowed(fragment: Fragment, lent: Moment) -> Fragment:
    if fragment.bare is not None and len(fragment.bare) < _FULL_YEAR:
        fragment = replace(fragment, day=int(fragment.bare), month=lent.month, bare=None)
    if fragment.year is None:
        fragment = replace(fragment, year=lent.year if lent.year > 0 else 1 - lent.year)
        fragment = replace(fragment, era="AD" if lent.year > 0 else "BC")
    return fragment


def _from_next(fragment: Fragment, following: Fragment) -> Fragment:
    if (bare := fragment.bare) is not None:
        is_year = following.year is not None and not _needs_year(following) and following.span == 1
        if following.day is not None and len(bare) < _FULL_YEAR:
            fragment = replace(fragment, day=int(bare), month=following.month, bare=None)
        elif is_year or len(bare) >= _FULL_YEAR:
            fragment = replace(fragment, year=int(bare), bare=None)
    if fragment.year is None and _needs_year(fragment):
        fragment = replace(fragment, year=following.year, era=following.era)
    if fragment.year is not None and fragment.era is None:
        fragment = replace(fragment, era=following.era)
    return fragment


def _from_before(fragment: Fragment, before: Fragment) -> Fragment:
    if (bare := fragment.bare) is not None:
        if before.day is not None and len(bare) < _FULL_YEAR:
            fragment = replace(fragment, day=int(bare), month=fragment.month or before.month, bare=None)
        elif len(bare) >= _FULL_YEAR:
            fragment = replace(fragment, year=int(bare), bare=None)
        elif before.year is not None and before.month is None and before.era != "BC":
            fragment = replace(fragment, year=_completed(bare, before.year), bare=None)
    if fragment.year is None and _needs_year(fragment):
        fragment = replace(fragment, year=before.year, era=before.era)
    if fragment.year is not None and fragment.era is None and before.era == "AD":
        fragment = replace(fragment, era="AD")
    return fragment


def _needs_year(fragment: Fragment) -> bool:
    return fragment.month is not None or fragment.season is not None


def _completed(digits: str, year: int) -> int:
    """Return the year that "48" means after 1643: the first digits are those of the year before."""
    size = 10 ** len(digits)
    return int(digits) if size > year else year - year % size + int(digits)


def _moment(fragment: Fragment) -> Moment | None:
    if fragment.year is None or fragment.bare is not None:
        return None
    year = 1 - fragment.year if fragment.era == "BC" else fragment.year
    moment = Moment(
        year,
        fragment.month,
        fragment.day,
        fragment.season,
        fragment.span,
        fragment.is_approximate,
        fragment.is_uncertain,
    )
    return moment if moment.is_possible else None
