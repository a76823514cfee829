"""Dates as the graph has them: the first and the last day that words allow, and their EDTF with its level."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Final

from graph.drafting.authoring.nodes import Text
from graph.namespaces import PREFIXES, XSD

_FORM: Final = re.compile(r"(?P<year>-?\d{4,})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_LEVEL_0: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
_SET: Final = re.compile(r"[\[{](?P<dates>[-\d]+(?:,[-\d]+)+)[\]}]")
_LAST_MONTH: Final = 12
_FEBRUARY: Final = 2
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day of a date."""

    earliest: str
    latest: str


def bounds(date: str) -> Bounds | None:
    """Return the first and last day of a day, a month or a year; None of other forms.

    >>> bounds("1356-02"), bounds("-0030")
    (Bounds(earliest='1356-02-01', latest='1356-02-29'), Bounds(earliest='-0030-01-01', latest='-0030-12-31'))
    """
    found = _FORM.fullmatch(date)
    if found is None:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    if day:
        return Bounds(date, date)
    if month:
        return (
            Bounds(f"{date}-01", f"{date}-{_days_of(int(year), int(month)):02}")
            if 1 <= int(month) <= _LAST_MONTH
            else None
        )
    return Bounds(f"{year}-01-01", f"{year}-12-31")


def alternatives(edtf: str) -> tuple[str, ...]:
    """Return the days of which the date is one: those of “14 or 15 October”; none where it is no such date."""
    found = _SET.fullmatch(edtf)
    return tuple(found["dates"].split(",")) if found and edtf.startswith("[") else ()


def edtf_text(edtf: str) -> Text:
    """Return an EDTF date as a literal of the lowest level that has it."""
    level = (
        0
        if _LEVEL_0.fullmatch(edtf)
        else 2
        if re.search(r"[\[{,]|\.\.(?!$)|[?~%][^/]|-(2[5-9]|3\d|4[01])$", edtf)
        else 1
    )
    return Text(edtf, datatype=f"{PREFIXES['edtf']}EDTF-level{level}")


def day_text(day: str) -> Text:
    """Return a day as a literal."""
    return Text(day, datatype=XSD + "date")


def partial_text(date: str) -> Text:
    """Return a day, a month or a year as a literal of the type that fits."""
    found = _FORM.fullmatch(date)
    if found is None:
        raise ValueError(f"{date} is no day, month or year")
    type_ = "date" if found["day"] else "gYearMonth" if found["month"] else "gYear"
    return Text(date, datatype=XSD + type_)


def _days_of(year: int, month: int) -> int:
    return _DAYS[month - 1] + (month == _FEBRUARY and calendar.isleap(year))
