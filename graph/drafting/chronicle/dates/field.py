"""The date field: its lines, the phases that head them, and dates that a line break divides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import Taken, portions
from graph.drafting.chronicle.dates.clauses import Clauses, Dated, read_clauses
from graph.drafting.chronicle.dates.items import MOST_DATES
from graph.drafting.chronicle.dates.tokens import Kind, tokens_of
from graph.drafting.chronicle.dates.words import CALENDARS, RANGE_WORDS
from graph.drafting.chronicle.joining import as_one
from graph.drafting.document import Document, Field, Line, Words
from graph.drafting.reading import Dating, Disposal, FieldReading, Portion

_EDGE: Final = 20
"""Code points at the end of a line that show whether it goes on."""
_ALL_DATES: Final = re.compile(
    r"\bdates\b[^.;]{1,60}?\b(?:in|to)\s(?:the\s)?(?P<calendar>Gregorian|Julian)\scalendar", re.IGNORECASE
)
"""What a footnote says of the calendar: "All dates in the article are in the Gregorian calendar"."""
_NOT_UNDERSTOOD: Final = "The words are no date, duration or phase that could be told."

RULES: Final = MappingProxyType(
    {
        "date-single": "A date alone is both the beginning and the end.",
        "date-range": "Two dates joined by a dash or “to” are beginning and end; what one lacks, the other lends.",
        "date-open": "A date followed by “present”, or after “since”, is a beginning without an end.",
        "date-end-unknown": "A date with a dash and “?” or “unknown” is a beginning with an unknown end.",
        "date-alternatives": "Dates joined by “or” or a slash are alternatives, of which one holds.",
        "date-several": "Dates joined by “and” are meant each.",
        "date-within": "“Between” two dates is at some time from the one to the other.",
        "date-before": "“Before” a date is at some time up to it.",
        "date-after": "“After” a date is at some time from it on.",
        "date-repeated": "A date in brackets that equals the one before it repeats it, as templates do for programs.",
        "date-converted": "A date in brackets with “O.S.”, “N.S.” or a calendar's name is the one before it there.",
        "date-calendar": "“O.S.” or a calendar's name after a date, or a footnote there, tells the calendar.",
        "date-duration": "A number of days or weeks after a date is how long the article says that it lasted.",
        "date-phase-heading": "Words before a colon, or in a heading, name the phase of the dates after them.",
        "date-phase-bracket": "Words in brackets before a duration, or after each of several dates, name the phase.",
    }
)
"""What each rule takes which words to mean."""


def read_date(field: Field, document: Document) -> FieldReading:
    """Return the dates of the battle and of its phases, in their order; a date in two calendars is two datings."""
    datings, accounts = list[tuple[Dated, Words | None]](), list[Portion]()
    heading: Words | None = None
    pending = list[tuple[_Joined, Clauses]]()
    for joined in _joined(field.lines):
        clauses = read_clauses(joined.line) if len(datings) < MOST_DATES else Clauses()
        if not clauses.dated and datings:
            dated = datings[-1][0]
            dated.days = clauses.days if clauses.days is not None else dated.days
            dated.phase = clauses.phase or dated.phase
        heading = clauses.label or heading
        datings.extend((one, heading) for one in clauses.dated)
        pending.append((joined, clauses))
    are_phases = _remarks_are_phases([one for one, _ in datings])
    for joined, clauses in pending:
        taken = list(clauses.taken)
        if are_phases:
            taken += (
                Taken(one.remark.start, one.remark.end, Disposal.READ, "date-phase-bracket")
                for one in clauses.dated
                if one.remark
            )
        accounts += joined.portions(field, taken)
    return FieldReading(
        tuple(accounts), datings=tuple(_in_told_calendars(_datings(datings, are_phases=are_phases), document))
    )


def _remarks_are_phases(dated: Sequence[Dated]) -> bool:
    """Tell whether each of several dates has words after it in brackets; a single one may be of anything."""
    return len(dated) > 1 and all(one.remark or one.phase for one in dated)


def _datings(dated: Sequence[tuple[Dated, Words | None]], *, are_phases: bool) -> Iterator[Dating]:
    for one, heading in dated:
        if are_phases:
            one.phase = one.phase or one.remark
        yield from one.datings(heading)


def _in_told_calendars(datings: Iterable[Dating], document: Document) -> Iterator[Dating]:
    """Give datings the calendar that a footnote at them says the article's dates are in."""
    for dating in datings:
        names = {mark.name for mark in dating.marks} if dating.calendar is None else set[str]()
        told = {
            CALENDARS[match["calendar"].casefold()]
            for entry in document.entries
            if entry.name in names and entry.line and (match := _ALL_DATES.search(entry.line.text))
        }
        yield replace(dating, calendar=told.pop()) if len(told) == 1 else dating


@dataclass(frozen=True, slots=True)
class _Joined:
    """Lines of the field that one date runs through, as one line."""

    parts: tuple[Line, ...]
    line: Line

    def portions(self, field: Field, taken: Sequence[Taken]) -> Iterator[Portion]:
        """Yield the portions of the lines that it is joined from."""
        begins = 0
        for part in self.parts:
            ends = begins + len(part.text)
            shares = [
                replace(one, start=max(one.start, begins) - begins, end=min(one.end, ends) - begins)
                for one in taken
                if one.start < ends and begins < one.end
            ]
            yield from portions(field, part, shares, _NOT_UNDERSTOOD)
            begins = ends + 1


def _joined(lines: Sequence[Line]) -> Iterator[_Joined]:
    group = list[Line]()
    for line in lines:
        if group and not (_goes_on(group[-1]) or _continues(line)):
            yield _Joined(tuple(group), as_one(group))
            group = []
        group.append(line)
    if group:
        yield _Joined(tuple(group), as_one(group))


def _goes_on(line: Line) -> bool:
    """Tell whether a line ends with a dash or "to", so that the next one has the end of its range."""
    tokens = tokens_of(line.text[-_EDGE:])
    return bool(tokens) and (tokens[-1].kind is Kind.DASH or tokens[-1].text in RANGE_WORDS)


def _continues(line: Line) -> bool:
    tokens = tokens_of(line.text[:_EDGE])
    return bool(tokens) and (tokens[0].kind is Kind.DASH or tokens[0].text in RANGE_WORDS)
