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
_OPEN: Final = re.compile(
    r"(?P<first>-?\d{4}(?:-\d\d){0,2}[?~%])|\[(?P<start>-?\d{4}(?:-\d\d){0,2}[?~%]?)"
    r"\.\.(?P<last>-?\d{4}(?:-\d\d){0,2}[?~%]?)\]"
)
"""A date that is about or perhaps so, or between two."""
_EITHER: Final = re.compile(r"\[(?P<year1>-?\d{4})(?:-(?P<month1>\d\d))?,(?P<year2>-?\d{4})(?:-(?P<month2>\d\d))?\]")
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
        return Bounds(date, date) if _is_on_calendar(int(year), int(month), int(day)) else None
    if month:
        return (
            Bounds(f"{date}-01", f"{date}-{_days_of(int(year), int(month)):02}")
            if 1 <= int(month) <= _LAST_MONTH
            else None
        )
    return Bounds(f"{year}-01-01", f"{year}-12-31")


def outer_bounds(edtf: str) -> Bounds | None:
    """Return the first and last day of a date that is about, either or between; None of other forms.

    >>> outer_bounds("[0251-07,0251-08]"), outer_bounds("1200~")
    (Bounds(earliest='0251-07-01', latest='0251-08-31'), Bounds(earliest='1200-01-01', latest='1200-12-31'))
    """
    found = _OPEN.fullmatch(connected(edtf))
    if found is None:
        return None
    ends = [bounds(found[name].strip("?~%")) for name in ("first", "start", "last") if found[name]]
    return Bounds(one.earliest, other.latest) if (one := ends[0]) and (other := ends[-1]) else None


def connected(edtf: str) -> str:
    """Return two months or years of which one holds, and that follow each other, as the time between them.

    >>> connected("[0251-07,0251-08]"), connected("[1999-05-03,1999-05-04]")
    ('[0251-07..0251-08]', '[1999-05-03,1999-05-04]')
    """
    found = _EITHER.fullmatch(edtf)
    if found is None:
        return edtf
    first, last = (12 * int(found[f"year{at}"]) + int(found[f"month{at}"] or 0) for at in (1, 2))
    months = (found["month1"], found["month2"])
    follows = last - first == (1 if all(months) else _LAST_MONTH)
    return edtf.replace(",", "..") if follows and all(months) is any(months) else edtf


def alternatives(edtf: str) -> tuple[str, ...]:
    """Return the days of which the date is one: those of “14 or 15 October”; none where it is no such date."""
    found = _SET.fullmatch(edtf)
    dates = tuple(found["dates"].split(",")) if found and edtf.startswith("[") else ()
    return dates if all((one := bounds(date)) and one.earliest == one.latest for date in dates) else ()


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


def _is_on_calendar(year: int, month: int, day: int) -> bool:
    """Tell whether xsd:date has such a day: it counts in the Gregorian calendar before there was one, too."""
    return 1 <= month <= _LAST_MONTH and 1 <= day <= _days_of(year, month)


def _days_of(year: int, month: int) -> int:
    return _DAYS[month - 1] + (month == _FEBRUARY and calendar.isleap(year))
