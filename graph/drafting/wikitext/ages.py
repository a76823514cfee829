"""Templates that show how long something lasted, from its first and last day.

After Module:Age: whole years first, then whole months, then weeks where the name has them, then days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

UNITS: Final = MappingProxyType(
    {
        name: tuple(re.findall(r"years|months|weeks|days", name))
        for name in (
            "age in years, months, weeks and days",
            "age in years, months and days",
            "age in years, weeks and days",
            "age in years and months",
            "age in years and days",
            "age in months, weeks and days",
            "age in months and days",
            "age in weeks and days",
            "age in years",
            "age in months",
            "age in days",
        )
    }
)
"""The units that each shows."""
_PARTS: Final = 6
_WEEK: Final = 7
_YEAR: Final = 12


def duration(units: Sequence[str], given: Sequence[str], named: Mapping[str, str]) -> str | None:
    """Return the time between two dates in these units, or None where both are not given.

    >>> duration(("months", "weeks", "days"), ["1942", "8", "23", "1943", "2", "2"], {})
    '5 months, 1 week and 3 days'
    """
    parts = [named.get(f"{part}{which}", "") for which in "12" for part in ("year", "month", "day")]
    written = parts if all(parts) else list(given[:_PARTS])
    if len(written) < _PARTS or not all(one.isdecimal() and len(one) < _PARTS for one in written):
        return None
    year, month, day, *end = map(int, written)
    try:
        first, last = date(year, month, day), date(*end)
    except ValueError:
        return None
    if first > last:
        return None
    counts: dict[str, int] = {}
    whole = (last.year - first.year) * _YEAR + last.month - first.month - (last.day < first.day)
    if "years" in units:
        counts["years"] = whole // _YEAR
    if "months" in units:
        counts["months"] = whole - counts.get("years", 0) * _YEAR
    taken = counts.get("months", 0) + counts.get("years", 0) * _YEAR
    days = (last - _later(first, taken)).days
    if "weeks" in units:
        counts["weeks"], days = divmod(days, _WEEK)
    if "days" in units:
        counts["days"] = days
    shown = [f"{count} {unit if count != 1 else unit[:-1]}" for unit, count in counts.items() if count]
    if not shown:
        return None
    *others, least = shown
    return f"{', '.join(others)} and {least}" if others else least


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
