"""Dates and times as Memento writes them: IMF-fixdate (RFC 9110 section 5.6.7), always in GMT.

A release has a day and no time of day; it is of the first moment of that day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from server.releases.release import Release

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIXDATE: Final = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)


class UnreadableMoment(ValueError):
    """Words that are no date and time of HTTP; the message shows a right one."""


def read_moment(text: str) -> datetime:
    """Return the moment that an Accept-Datetime names; raise `UnreadableMoment` where it names none.

    >>> read_moment("Tue, 24 Nov 2026 00:00:00 GMT").isoformat()
    '2026-11-24T00:00:00+00:00'

    Which day of the week it says does not matter: nobody would mean another day by it.
    """
    found = _FIXDATE.fullmatch(text.strip(" \t"))
    if found is None:
        raise UnreadableMoment(_advice(text))
    day, month, year, hour, minute, second = found.groups()
    try:
        # Python has no leap second; the second before it is as good, for no release falls between them.
        seconds = 59 if second == "60" else int(second)
        return datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), seconds, tzinfo=UTC)
    except ValueError as error:
        raise UnreadableMoment(_advice(text)) from error


def write_moment(moment: datetime) -> str:
    """Return a moment as a header has it.

    >>> write_moment(datetime(2026, 11, 24, tzinfo=UTC))
    'Tue, 24 Nov 2026 00:00:00 GMT'
    """
    return format_datetime(moment, usegmt=True)


def moment_of(release: Release) -> datetime:
    """Return the moment of a release: its day at 00:00 GMT."""
    return datetime.fromisoformat(release.record.modified).replace(tzinfo=UTC)


def _advice(text: str) -> str:
    return (
        f"Accept-Datetime is {text!r}, which is no date and time as RFC 9110 section 5.6.7 has them. "
        "Write it as `Tue, 24 Nov 2026 00:00:00 GMT`."
    )
