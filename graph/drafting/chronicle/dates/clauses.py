"""The dates of one line, with the brackets, labels and durations that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import Taken, marks_of
from graph.drafting.chronicle.dates.brackets import Bracket, Saying, read_bracket
from graph.drafting.chronicle.dates.durations import Duration
from graph.drafting.chronicle.dates.items import Calendar, Inside, Item, Label, items_of
from graph.drafting.chronicle.dates.stretches import Shape, Stretch
from graph.drafting.document import Line, Words
from graph.drafting.reading import Dating, Disposal

_OTHER_CALENDAR: Final = MappingProxyType({"Julian": "Gregorian", "Gregorian": "Julian"})
_NO_FIXED_LENGTH: Final = (
    "A duration in months, in years or until today has no fixed number of days; the dates tell it."
)
_FEAST: Final = "The feast of a day adds nothing to its date."


@dataclass(slots=True)
class Dated:
    """A date of a line while what belongs to it is gathered."""

    line: Line
    stretch: Stretch
    start: int
    end: int
    """Grows with the brackets that touch it."""
    label: Words | None
    """The words before a colon before it."""
    calendar: str | None = None
    days: int | None = None
    phase: Words | None = None
    """The words in a bracket that name its phase."""
    remark: Words | None = None
    """The words in a bracket after it, which name its phase if all dates of the field have such."""
    converted: list[tuple[Stretch, int, int, str]] = field(default_factory=list)
    """The same date in other calendars, and where."""
    until: int = 0
    """Where the next one begins: footnote marks before it are this one's."""

    printed_end: int = 0
    """Where the date itself ends."""

    def datings(self, heading: Words | None) -> Iterator[Dating]:
        """Yield it, and then itself in other calendars."""
        phase = self.phase or self.label or heading
        calendar, rule = self.calendar or self.stretch.calendar, self.stretch.shape.value
        words = Words(self.line, self.start, self.end)
        dating = _dating(self, self.stretch, words, rule=rule, calendar=calendar, phase=phase)
        yield replace(dating, is_calendar_assumed=calendar is not None and self.calendar is None)
        for stretch, start, end, other in self.converted:
            words = Words(self.line, start, end)
            yield _dating(self, stretch, words, rule="date-converted", calendar=other, phase=phase)


@dataclass(frozen=True, slots=True)
class Clauses:
    """What one line says; words in no stretch were not understood."""

    dated: tuple[Dated, ...] = ()
    taken: tuple[Taken, ...] = ()
    label: Words | None = None
    """The words before a colon that nothing follows: a heading of the lines after it."""
    days: int | None = None
    """A duration before any date of the line: that of the line before, in which `phase` may name its phase."""
    phase: Words | None = None


def read_clauses(line: Line) -> Clauses:
    """Return the dates of a line and what became of its words."""
    reading = _Reading(line)
    items = items_of(line.text)
    for item in items:
        reading.add(item)
    if line.heading and not items and line.text.strip():
        reading.add(Item(0, len(line.text), Label()))
    return reading.end()


class _Reading:
    """The reading of one line, item by item."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._dated = list[Dated]()
        self._taken = list[Taken]()
        self._label: Words | None = None
        self._days: int | None = None
        self._phase: Words | None = None
        self._inner = list[tuple[int, int]]()

    def add(self, item: Item) -> None:
        """Take the next item of the line."""
        match item.says:
            case Stretch() as stretch:
                self._dated.append(Dated(self._line, stretch, item.start, item.end, self._label, printed_end=item.end))
                self._label = None
            case Label():
                self._label = Words(self._line, item.start, item.end)
                self._take(item.start, item.end, "date-phase-heading")
            case Duration() as duration:
                self._last(duration, item.start, item.end)
            case Calendar(name) if self._dated:
                self._dated[-1].calendar = name
                self._take(item.start, item.end, "date-calendar")
            case Inside(tokens):
                self._add_bracket(item, read_bracket(tokens, self._dated[-1].stretch if self._dated else None))

    def end(self) -> Clauses:
        """Return what the line says."""
        ends = [*(one.start for one in self._dated), len(self._line.text)]
        for one, until in zip(self._dated, ends[1:], strict=True):
            one.until = until
            self._take_around(one)
        phase = self._phase or (self._label if self._days is not None and not self._dated else None)
        label = None if phase else self._label
        return Clauses(tuple(self._dated), tuple(self._taken), label, self._days, phase)

    def _take(self, start: int, end: int, rule: str) -> None:
        self._taken.append(Taken(start, end, Disposal.READ, rule))

    def _take_around(self, dated: Dated) -> None:
        """Take the words of a date itself, without the brackets inside them, which are accounted for as such."""
        at = dated.start
        for start, end in self._inner:
            if dated.start < start < dated.printed_end:
                self._take(at, start, dated.stretch.shape.value)
                at = end
        self._take(at, dated.printed_end, dated.stretch.shape.value)

    def _last(self, duration: Duration, start: int, end: int) -> None:
        """Give a duration to the date before it, in this line or the one before."""
        if self._dated:
            self._dated[-1].days = duration.days
        else:
            self._days = duration.days
        if duration.days is None:
            self._taken.append(Taken(start, end, Disposal.IGNORED, _NO_FIXED_LENGTH))
        else:
            self._take(start, end, "date-duration")

    def _add_bracket(self, item: Item, bracket: Bracket) -> None:
        self._inner.append((item.start, item.end))
        dated = self._dated[-1] if self._dated else None
        if bracket.saying is Saying.LENGTH:
            self._add_length(item, bracket, dated)
        elif dated is not None:
            self._add_remark(item, bracket, dated)
        elif bracket.stretch:
            # "10 Muharram 61 AH (10 October 680)": the bracket has the date in a calendar that is read.
            self.add(Item(item.start + 1, item.end - 1, bracket.stretch))
        is_read = bracket.saying not in {Saying.FEAST, Saying.WORDS, Saying.OTHER}
        if dated and is_read and not self._line.text[dated.end : max(dated.end, item.start)].strip():
            dated.end = max(dated.end, item.end)

    def _add_length(self, item: Item, bracket: Bracket, dated: Dated | None) -> None:
        phase = Words(self._line, *bracket.phase) if bracket.phase else None
        if phase:
            self._take(phase.start, phase.end, "date-phase-bracket")
        if bracket.duration:
            self._last(bracket.duration, phase.end + 1 if phase else item.start, item.end)
        if dated:
            dated.phase = phase or dated.phase
        else:
            self._phase = phase

    def _add_remark(self, item: Item, bracket: Bracket, dated: Dated) -> None:
        match bracket.saying:
            case Saying.ECHO:
                self._take(item.start, item.end, "date-repeated")
            case Saying.CALENDAR:
                dated.calendar = bracket.calendar
                self._take(item.start, item.end, "date-calendar")
            case Saying.CONVERTED if bracket.stretch and bracket.calendar:
                dated.calendar = dated.calendar or _OTHER_CALENDAR[bracket.calendar]
                dated.converted.append((bracket.stretch, item.start + 1, item.end - 1, bracket.calendar))
                self._take(item.start, item.end, "date-converted")
            case Saying.FEAST:
                self._taken.append(Taken(item.start, item.end, Disposal.IGNORED, _FEAST))
            case Saying.WORDS if bracket.phase:
                dated.remark = Words(self._line, *bracket.phase)
            case _:
                return


def _dating(
    dated: Dated, stretch: Stretch, words: Words, *, rule: str, calendar: str | None, phase: Words | None
) -> Dating:
    return Dating(
        words,
        rule,
        stretch.edtf,
        stretch.first,
        stretch.last,
        phase,
        dated.days,
        calendar,
        marks_of(words, dated.until),
        is_open=stretch.shape is Shape.OPEN,
    )
