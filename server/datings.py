"""When a statement says that something was: the days it may have been, and the words for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import BG, RDF
from server.days import Day, Span, read_span

Facts: TypeAlias = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]
"""What the data says of one thing, by the IRI of the property."""

WHEN_LEXICAL: Final = BG + "whenLexical"
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
    def earliest(self) -> Day:
        """The first day it has; that of the other bound where only that is known."""
        return self.first if self.first is not None else self.last or 0

    @property
    def latest(self) -> Day:
        """The last day it has; that of the other bound where only that is known."""
        return self.last if self.last is not None else self.first or 0


def of_day(written: str) -> Dating | None:
    """Return the dating that a single date gives; None where it is no date."""
    span = read_span(written)
    return Dating(span.first, span.last) if span else None


def read_dating(facts: Facts) -> Dating | None:
    """Return when the claim with these facts says that something was; None where no day is in them."""
    words = _texts(facts, WHEN_LEXICAL)
    possible = sorted({day for written in _texts(facts, BG + "possibleDate") for day in _ends(written)})
    firsts = [day for written in _texts(facts, BG + "earliestDate") for day in _ends(written)[:1]]
    lasts = [day for written in _texts(facts, BG + "latestDate") for day in _ends(written)[1:]]
    if not (firsts or lasts or possible):
        written = [*_texts(facts, RDF + "object"), *_texts(facts, BG + "dateEdtf")]
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


def _texts(facts: Facts, name: str) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in facts.get(name, ()) if isinstance(term, ox.Literal)))
