"""What a bracket after a date says: the date again, its length, its phase, or the date in another calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from graph.drafting.chronicle.dates.durations import Duration, read_duration
from graph.drafting.chronicle.dates.stretches import Stretch, read_stretch
from graph.drafting.chronicle.dates.tokens import Kind, Token
from graph.drafting.chronicle.dates.words import CALENDARS, FEASTS, STYLES

_BESIDE_CALENDARS: Final = frozenset({"calendar", "style", "in", "the", ":", ",", "."})


class Saying(Enum):
    """What kind of thing a bracket says."""

    ECHO = auto()
    """The date before it again."""
    LENGTH = auto()
    CALENDAR = auto()
    """In which calendar the date before it is."""
    CONVERTED = auto()
    """The date before it, in another calendar."""
    FEAST = auto()
    WORDS = auto()
    """Words and no figures: a phase, perhaps."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Bracket:
    """What a bracket says."""

    saying: Saying
    phase: tuple[int, int] | None = None
    """[start, end) in the text of the words that name a phase, or may."""
    duration: Duration | None = None
    stretch: Stretch | None = None
    calendar: str | None = None


def read_bracket(tokens: Sequence[Token], dated: Stretch | None) -> Bracket:
    """Return what the words between two brackets say after a date."""
    if not any(token.kind is not Kind.SIGN for token in tokens):
        return Bracket(Saying.OTHER)
    if (told := _calendar(tokens)) is not None:
        return _in_calendar(told[0], told[1], dated)
    if dated is not None and _repeats(tokens, dated):
        return Bracket(Saying.ECHO)
    if dated is None and (read := read_stretch(tokens, 0)) is not None and read[1] == len(tokens):
        return Bracket(Saying.OTHER, stretch=read[0])
    return _lasting(tokens) or _words(tokens)


def calendar_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return the calendar that is named at this place, and the place after its name."""
    word, after = (tokens[at + place].text if at + place < len(tokens) else "" for place in (0, 1))
    if word in STYLES and after == "style":
        return STYLES[word], at + 2
    if word in CALENDARS:
        return CALENDARS[word], at + 1 + (after == "calendar")
    return None


def _calendar(tokens: Sequence[Token]) -> tuple[str, list[Token]] | None:
    """Return the one calendar that is named, and the tokens beside its name."""
    rest, named, at = list[Token](), set[str](), 0
    while at < len(tokens):
        if (told := calendar_at(tokens, at)) is not None:
            named.add(told[0])
            at = told[1]
        else:
            rest.append(tokens[at])
            at += 1
    if len(named) != 1:
        return None
    while rest and rest[-1].text in _BESIDE_CALENDARS:
        rest.pop()
    begins = next((at for at, token in enumerate(rest) if token.text not in _BESIDE_CALENDARS), len(rest))
    return named.pop(), rest[begins:]


def _in_calendar(calendar: str, rest: Sequence[Token], dated: Stretch | None) -> Bracket:
    if dated is None:
        return Bracket(Saying.OTHER)
    if not rest:
        return Bracket(Saying.CALENDAR, calendar=calendar)
    read = read_stretch(rest, 0, dated.moments[-1])
    if read is None or read[1] != len(rest):
        return Bracket(Saying.OTHER)
    # The Julian calendar is behind the Gregorian one, so a lent year that puts its date ahead is the wrong year.
    earlier, later = (read[0], dated) if calendar == "Julian" else (dated, read[0])
    if earlier.moments[0].earliest > later.moments[0].earliest:
        return Bracket(Saying.OTHER)
    return Bracket(Saying.CONVERTED, stretch=read[0], calendar=calendar)


def _repeats(tokens: Sequence[Token], dated: Stretch) -> bool:
    """Tell whether the words are dates of the stretch, or the month or year of one."""
    if _is_its_month(tokens, dated):
        return True
    read = read_stretch(tokens, 0)
    if read is None or read[1] != len(tokens):
        return False
    days = {(moment.year, moment.month, moment.day) for moment in dated.moments}
    known = days | {(year, month, None) for year, month, _ in days} | {(year, None, None) for year, _, _ in days}
    return all((moment.year, moment.month, moment.day) in known for moment in read[0].moments)


def _is_its_month(tokens: Sequence[Token], dated: Stretch) -> bool:
    """Tell whether "1943-07" is the month of the date; elsewhere it would be years, 1943 to 1947."""
    if [(token.kind, len(token.text)) for token in tokens] != [(Kind.NUMBER, 4), (Kind.DASH, 1), (Kind.NUMBER, 2)]:
        return False
    return (tokens[0].number, tokens[2].number) in {(moment.year, moment.month) for moment in dated.moments}


def _lasting(tokens: Sequence[Token]) -> Bracket | None:
    """Take "1 week and 4 days" and "German offensive: 1 week and 4 days"."""
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), -1)
    read = read_duration(tokens, colon + 1)
    if read is None or read[1] != len(tokens):
        return None
    return Bracket(Saying.LENGTH, (tokens[0].start, tokens[colon - 1].end) if colon > 0 else None, read[0])


def _words(tokens: Sequence[Token]) -> Bracket:
    if not all(token.kind in {Kind.WORD, Kind.SIGN, Kind.DASH} for token in tokens):
        return Bracket(Saying.OTHER)
    if tokens[-1].text in FEASTS:
        return Bracket(Saying.FEAST)
    return Bracket(Saying.WORDS, phase=(tokens[0].start, tokens[-1].end))
