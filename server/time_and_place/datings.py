"""When a statement says that something was: the days it may have been, and the words for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from graph.namespaces import BG, RDF
from server.terms.days import Day, Span, days_of, parts, read_span
from server.terms.facts import Facts, texts

WHEN_LEXICAL: Final = BG + "whenLexical"
_EARLY: Final = re.compile(r"\b(?:early|beginning of|start of)\b", re.IGNORECASE)
_LATE: Final = re.compile(r"\b(?:late|end of)\b", re.IGNORECASE)
_QUALIFIERS: Final = re.compile(r"[~?%]")


@dataclass(frozen=True, slots=True)
class Dating:
    """Bounds in days; at least one of them is known."""

    first: Day | None
    """The day before which it cannot have been."""
    last: Day | None
    """The day after which it cannot have been."""
    possible: tuple[Day, ...] = ()
    """The days, two or more, one of which it was."""
    words: tuple[str, ...] = field(default=())
    """The words of the text."""

    @property
    def is_one_day(self) -> bool:
        """Tell whether it is a single day."""
        return self.first is not None and self.first == self.last

    @property
    def whole(self) -> str | None:
        """What calendar unit words that name no day are written as, `month` or `year`; None where as neither."""
        return whole_of(self.first, self.last) if self.words and not self.possible and not self.is_one_day else None

    @property
    def fades(self) -> str | None:
        """Which part of the bounds the words speak of without an edge, `early` or `late`; None where of neither."""
        if self.possible or self.is_one_day or self.first is None or self.last is None:
            return None
        words = " ".join(self.words)
        return "early" if _EARLY.search(words) else "late" if _LATE.search(words) else None

    @property
    def earliest(self) -> Day:
        """The first day it has; that of the other bound where only that is known."""
        return self.first if self.first is not None else self.last or 0

    @property
    def latest(self) -> Day:
        """The last day it has; that of the other bound where only that is known."""
        return self.last if self.last is not None else self.first or 0


def whole_of(first: Day | None, last: Day | None) -> str | None:
    """Return what calendar unit two bounds are those of, `month` or `year`; None where they are those of neither.

    >>> whole_of(18_536, 18_566)
    'month'
    """
    if first is None or last is None:
        return None
    (year, month, day), (last_year, last_month, last_day) = parts(first), parts(last)
    if year != last_year or day != 1 or last_day != days_of(year, last_month):
        return None
    return "month" if month == last_month else "year" if (month, last_month) == (1, 12) else None


def of_day(written: str) -> Dating | None:
    """Return the dating that a single date gives; None where it is no date."""
    span = read_span(written)
    return Dating(span.first, span.last) if span else None


def read_dating(facts: Facts) -> Dating | None:
    """Return when the claim with these facts says that something was; None where no day is in them."""
    words = texts(facts, WHEN_LEXICAL)
    possible = sorted({day for written in texts(facts, BG + "possibleDate") for day in _ends(written)})
    firsts = [day for written in texts(facts, BG + "earliestDate") for day in _ends(written)[:1]]
    lasts = [day for written in texts(facts, BG + "latestDate") for day in _ends(written)[1:]]
    if not (firsts or lasts or possible):
        written = [*texts(facts, RDF + "object"), *texts(facts, BG + "dateEdtf")]
        spans = [span for text in written if (span := _read_edtf(text))]
        firsts, lasts = [span.first for span in spans[:1]], [span.last for span in spans[:1]]
    days = [*firsts, *lasts, *possible]
    if not days:
        return None
    return Dating(
        first=min(firsts, default=possible[0] if possible else None),
        last=max(lasts, default=possible[-1] if possible else None),
        possible=tuple(possible) if len(possible) > 1 else (),
        words=words,
    )


def _read_edtf(text: str) -> Span | None:
    """Return the days of a plain EDTF date or interval; its sets are told by bg:possibleDate."""
    first, slash, last = _QUALIFIERS.sub("", text).partition("/")
    spans = read_span(first), read_span(last) if slash else read_span(first)
    return Span(spans[0].first, spans[1].last) if spans[0] and spans[1] else None


def _ends(written: str) -> tuple[Day, ...]:
    span = read_span(written)
    return (span.first, span.last) if span else ()
