"""A date as a claim states it: the days it may be, the bounds read from it, and the text's own words.

The words stay in front where the text names no single day: "early October 2020" is not
the month that its bounds span.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _

from server.terms.days import name_day_before, read_span
from server.terms.values import show_day


@dataclass(frozen=True, slots=True)
class StatedDate:
    """When something is said to have been; days are `xsd:date`, as they are written."""

    earliest: str | None = None
    latest: str | None = None
    possible: tuple[str, ...] = ()
    """The days between which the words leave it open."""
    lexical: tuple[str, ...] = ()
    """The words of the text."""

    @property
    def is_one_day(self) -> bool:
        """Tell whether the bounds are those of a single day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_dated(self) -> bool:
        """Tell whether there is a day in it, be it a bound."""
        return bool(self.earliest or self.latest or self.possible)

    @property
    def value(self) -> Hashable:
        """What two claims must share for their dates to be the same; None where nothing is said."""
        if not self.is_dated and not self.lexical:
            return None
        is_exact = self.is_one_day or self.possible
        words = () if is_exact else tuple(sorted(text.casefold() for text in self.lexical))
        return (self.earliest, self.latest, tuple(sorted(self.possible)), words)

    @property
    def words(self) -> str:
        """The date as a reader says it, as "14 or 15 October 2020" or "early October 2020"."""
        if self.is_one_day:
            return show_day(self.earliest or "").text
        if len(self.possible) > 1:
            *first, last = sorted(self.possible)
            days = ", ".join(_shorten(day, last) for day in first)
            return str(_("%(first)s or %(last)s", first=days, last=show_day(last).text))
        return "; ".join(self.lexical) or self.bounds or ", ".join(show_day(day).text for day in self.possible)

    @property
    def bounds(self) -> str:
        """The bounds in words; empty where there are none."""
        if self.earliest and self.latest:
            first, last = _shorten(self.earliest, self.latest), show_day(self.latest).text
            return str(_("%(first)s to %(last)s", first=first, last=last))
        if self.earliest:
            return str(_("not before %(day)s", day=show_day(self.earliest).text))
        return str(_("not after %(day)s", day=show_day(self.latest).text)) if self.latest else ""

    def may_coincide(self, other: StatedDate) -> bool:
        """Tell whether nothing in the bounds keeps the two apart; where one has none, nothing does."""
        return not (_is_before(self.latest, other.earliest) or _is_before(other.latest, self.earliest))


def _shorten(text: str, beside: str) -> str:
    """Return a day without the month and year that it shares with the one beside it."""
    day, other = read_span(text), read_span(beside)
    return name_day_before(day.first, other.first, get_locale()) if day and other else show_day(text).text


def _is_before(text: str | None, other: str | None) -> bool:
    first, second = read_span(text or ""), read_span(other or "")
    return first is not None and second is not None and first.last < second.first
