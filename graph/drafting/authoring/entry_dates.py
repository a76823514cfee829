"""Dates as citations print them: “3 December 2020”, “December 3, 2020”, “Dec 2020”, “2020-12-03”, “2020”."""

from __future__ import annotations

import re
from typing import Final

from graph.literals import is_well_formed
from graph.namespaces import XSD

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?P<month>[A-Za-z]{3,9})\.?"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})(?:-(?P<number>\d{2})(?:-(?P<day>\d{2}))?)?[a-z]?",
        rf"(?P<day>\d{{1,2}})\s{_MONTH},?\s(?P<year>\d{{4}})[a-z]?",
        rf"{_MONTH}\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}})[a-z]?",
        rf"{_MONTH},?\s(?P<year>\d{{4}})[a-z]?",
    )
)


def entry_date(printed: str) -> str | None:
    """Return the day, month or year of a printed date; None where it is none of these forms.

    >>> entry_date("December 3, 2020"), entry_date("Sept. 1999"), entry_date("1999a"), entry_date("Spring 1999")
    ('2020-12-03', '1999-09', '1999', None)
    """
    for form in _FORMS:
        if found := form.fullmatch(printed.strip()):
            said = found.groupdict()
            month = said.get("number") or _number(said.get("month"))
            if said.get("month") and not month:
                return None
            parts = [said["year"], month, said.get("day", "") and f"{int(said['day']):02}"]
            date = "-".join(part for part in parts if part)
            type_ = ("gYear", "gYearMonth", "date")[date.count("-")]
            return date if is_well_formed(date, XSD + type_) else None
    return None


def _number(month: str | None) -> str:
    short = (month or "")[:3].lower()
    return f"{_MONTHS.index(short) + 1:02}" if short in _MONTHS else ""
