"""What an article's fields were read to say, each with the words and the rule that it came from.

A reading holds what the text says and nothing else: a side that the text does not tell is
None, a claimant that it does not name is None, a figure that it does not give is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from graph.drafting.document import Document, Field, Line, Mark, Words


class Value(Enum):
    """Whether a text gives a value: the names of bg:valueStatus."""

    KNOWN = "Known"
    STATED_UNSPECIFIED = "StatedUnspecified"
    LOST_IN_SOURCE = "LostInSource"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the text names: a polity, a person, a unit, a place, a war, a claimant."""

    name: str
    """The words of the text, white space made single, without marks and brackets."""
    words: Words
    link: str | None = None
    """The page that the text links them to."""
    flag: str | None = None
    """Whose flag stands before them."""
    marks: tuple[Mark, ...] = ()
    note: str | None = None
    """What stands in brackets after them: "until 1620", "Hezbollah commander"."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many: exact where both bounds are equal, neither where no figure is given."""

    least: int | None
    most: int | None
    qualifier: str | None = None
    """The word that makes it vague or bounds it: "~", "c.", "at least", "+", "up to", "Several"."""
    stated: bool = True
    """False where the words only imply it: "Su-25 downed" is one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of something, as strengths and losses have it.

    `words` is what is quoted: the figure with what it counts and, where they touch, its
    qualifier, its effect and its marks.
    """

    words: Words
    count: Count
    value: Value
    rule: str
    """The name of the rule that read it, of `graph.drafting.rules`."""
    object: str | None = None
    """What is counted, in the words of the text; None where it is people and the text says no more."""
    object_words: Words | None = None
    link: str | None = None
    """The page that the text links the object to."""
    side: int | None = None
    side_basis: str | None = None
    """How the side is known where the column does not tell; a sentence."""
    claimant: Named | None = None
    scope: str | None = None
    """Words that limit it: "entire operation", "for 5-31 July"."""
    phase: str | None = None
    """The heading of the phase or group of units that it stands under."""
    force: str | None = None
    """The part of a side that it is of: "Russia", "Ministry of Defence"."""
    marks: tuple[Mark, ...] = ()
    civilian: bool = False
    heading: Words | None = None
    """The heading of the list that it stands in, which names its claimant, phase or force."""
    included_in: int | None = None
    """The place, in the same list of figures, of the figure that contains this one."""


@dataclass(frozen=True, slots=True)
class Loss(Figure):
    """A figure that says what was lost and how."""

    effect: str = "casualties"
    """`killed`, `wounded`, `captured`, …, or several joined as `killed_wounded_or_captured`; `lost` where a thing's
    effect is not stated, `casualties` where people's is not."""
    effect_words: Words | None = None
    population: bool = False
    """The object names people by their nation, where the line is of neither side: "1 Norlandian medical worker"."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date or a stretch of dates, of the battle or of a phase of it."""

    words: Words
    rule: str
    edtf: str | None = None
    """Extended Date/Time Format (ISO 8601-2:2019) of the date as the text gives it, in its `calendar`."""
    first: str | None = None
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, astronomical years (31 BC is -0030), where the text tells it so exactly."""
    last: str | None = None
    phase: Words | None = None
    """The heading or bracket that names the phase."""
    duration_days: int | None = None
    """Where the words state one in days, weeks and days."""
    calendar: str | None = None
    """"Julian" or "Gregorian" where the text says so, or where the date is before 15 October 1582 ("Julian")."""
    marks: tuple[Mark, ...] = ()
    is_calendar_assumed: bool = False
    """The text names no calendar: it is the one in which articles give dates of that time."""
    is_open: bool = False
    """The end is not there yet: "1 August 2022 - present"."""


@dataclass(frozen=True, slots=True)
class Position:
    """Coordinates that the text gives, in decimal degrees, with as many places as it has."""

    words: Words
    latitude: str
    longitude: str
    rule: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A line of a field whose words are its value: a result, a territorial change, a status, a place."""

    words: Words
    key: str
    rule: str
    marks: tuple[Mark, ...] = ()
    named: tuple[Named, ...] = ()
    """What the line links to or names, in its order."""


@dataclass(frozen=True, slots=True)
class Belligerent:
    """A member of a side."""

    named: Named
    side: int | None
    rule: str
    side_basis: str | None = None
    heading: str | None = None
    """"Co-belligerents:", "Supported by:"."""


@dataclass(frozen=True, slots=True)
class Commander:
    """A person named among the commanders and leaders."""

    named: Named
    side: int | None
    rule: str
    fate: str | None = None
    """`killed`, `wounded`, `captured`, `executed`, `died_of_wounds`, `surrendered`."""
    fate_words: Words | None = None
    side_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A military unit named among the units involved."""

    named: Named
    side: int | None
    rule: str
    side_basis: str | None = None


class Disposal(Enum):
    """What became of some words of a field."""

    READ = "read"
    IGNORED = "ignored"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Portion:
    """Some words of a field, and what became of them. The portions of a line do not overlap."""

    field: Field
    words: Words
    disposal: Disposal
    why: str
    """READ: the name of the rule. IGNORED: the reason, a sentence. UNREAD: what was not understood, a sentence."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What one field was read to say: any of its lists may be empty."""

    portions: tuple[Portion, ...] = ()
    losses: tuple[Loss, ...] = ()
    strengths: tuple[Figure, ...] = ()
    datings: tuple[Dating, ...] = ()
    positions: tuple[Position, ...] = ()
    stated: tuple[Stated, ...] = ()
    belligerents: tuple[Belligerent, ...] = ()
    commanders: tuple[Commander, ...] = ()
    units: tuple[Unit, ...] = ()
    names: tuple[Named, ...] = ()
    wars: tuple[Named, ...] = ()
    empty_headings: tuple[tuple[Words, Named | None, int | None], ...] = ()
    """Headings whose list was lost: their words, the claimant they name, the side."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article was read to say."""

    document: Document
    fields: tuple[tuple[Field, FieldReading], ...]
    alternative_names: tuple[tuple[Named, str | None], ...] = ()
    """Other names of the battle in its first sentence, with their language (BCP 47) where the text tells it."""
    unread: tuple[Line, ...] = field(default=())
    """Paragraphs of prose, which nobody has read."""
