"""Points in time as texts give them, and their form in the Extended Date/Time Format.

EDTF is that of ISO 8601-2:2019 as the Library of Congress publishes it; years are
astronomical there, so 1 BC is 0000 and 31 BC is -0030.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edtf import EDTFParseException, parse_edtf

_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
GREGORIAN_REFORM: Final = (1582, 10, 15)
"""The first day of the Gregorian calendar. Articles give days before it in the Julian one."""


JULIAN_REFORM: Final = (-44, 1, 1)
"""The first day of the Julian calendar, in 45 BC."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, season, year, decade or century."""

    year: int
    """Astronomical; of a decade or century, its first year."""
    month: int | None = None
    day: int | None = None
    season: int | None = None
    span: int = 1
    """How many years: 1, 10 or 100."""
    is_approximate: bool = False
    is_uncertain: bool = False

    @property
    def edtf(self) -> str:
        """It in EDTF."""
        qualifier = {(True, False): "~", (False, True): "?", (True, True): "%"}.get(
            (self.is_approximate, self.is_uncertain), ""
        )
        return self._written + qualifier

    @property
    def exact(self) -> str | None:
        """It as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; a season as its year; None where the text is not so exact."""
        if self.is_approximate or self.is_uncertain or self.span > 1:
            return None
        return self._year if self.season else self._written

    @property
    def earliest(self) -> tuple[int, int, int]:
        """The first day that it can mean; a season can be anywhere in its year."""
        return self.year, self.month or 1, self.day or 1

    @property
    def latest(self) -> tuple[int, int, int]:
        """The last day that it can mean, February taken with 29 days."""
        month = self.month or 12
        return self.year + self.span - 1, month, self.day or _DAYS[month - 1]

    @property
    def is_possible(self) -> bool:
        """Whether there is such a day in the calendar that it is written in."""
        if self.month is None or self.day is None:
            return True
        leaps = self.year % 4 == 0 and (
            self.earliest < GREGORIAN_REFORM or self.year % 100 != 0 or self.year % 400 == 0
        )
        days = 28 if self.month == _FEBRUARY and not leaps else _DAYS[self.month - 1]
        return 1 <= self.day <= days

    @property
    def _year(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}"

    @property
    def _written(self) -> str:
        if self.span > 1:
            blank = len(str(self.span)) - 1
            return self._year[:-blank] + "X" * blank
        parts = (self.season or self.month, self.day)
        return self._year + "".join(f"-{part:02}" for part in parts if part is not None)


def valid(edtf: str) -> str | None:
    """Return the expression if it is Extended Date/Time Format, otherwise None."""
    try:
        parse_edtf(edtf)
    except EDTFParseException:
        return None
    return edtf
