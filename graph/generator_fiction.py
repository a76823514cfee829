"""What is made up for one article, and the text that tells it.

Of the shape of the real ones, only shorter: an infobox with a phase, belligerents and two
claimants' losses, a lead, and references of which some are blank. Powers, places and
figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from graph.generator_names import Draw, place_name, power_name, war_name

_POWERS: Final = 24
_BATTLES_OF_A_WAR: Final = 20
_FIRST_DAY: Final = date(1990, 1, 1)
_DAYS: Final = 30 * 365
# Not strftime, which speaks the machine's language.
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_KINDS: Final = (
    ("category/serviceman", "serviceman", "servicemen", "Killed"),
    ("category/medical-worker", "medical worker", "medical workers", "Wounded"),
    ("equipment/t-72", "T-72", "T-72s", "Destroyed"),
    ("equipment/bmp-2", "BMP-2", "BMP-2s", "Destroyed"),
    ("equipment/artillery-piece", "artillery piece", "artillery pieces", "Destroyed"),
    ("equipment/command-post", "command post", "command posts", "Destroyed"),
    ("equipment/radar-station", "radar station", "radar stations", "Damaged"),
    ("equipment/ammunition-truck", "ammunition truck", "ammunition trucks", "Captured"),
    ("equipment/air-defense-system", "air defense system", "air defense systems", "Destroyed"),
    ("equipment/su-25", "Su-25", "Su-25s", "Downed"),
    ("equipment/uav", "UAV", "UAVs", "Downed"),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One line of a loss list; without a kind it is a line that leaves the loss unspecified."""

    words: str
    kind: str = ""
    """Path of the loss type's IRI."""
    effect: str = ""
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class LossList:
    """What one power says that the other side lost."""

    claimant: str
    sufferer: int
    """Number of the side."""
    reference: int | None
    losses: tuple[Loss, ...]

    @property
    def heading(self) -> str:
        """The line over the list, with its citation mark."""
        return f"Per {self.claimant}:" + (f"[{self.reference}]" if self.reference else "")


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the reference list; a blank one prints none of its fields."""

    number: int
    is_blank: bool
    title: str
    site: str
    published: date
    retrieved: date

    @property
    def entry(self) -> str:
        """The entry as the list prints it."""
        if self.is_blank:
            return f"{self.number}. ^"
        dates = f"{shown_day(self.published)}. Retrieved {shown_day(self.retrieved)}."
        return f'{self.number}. ^ "{self.title}". {self.site}. {dates}'


@dataclass(frozen=True, slots=True)
class Fiction:
    """What is made up for one article; all of it follows from seed and number."""

    place: str
    war: str
    powers: tuple[str, str]
    """Those of side 1 and side 2."""
    first: date
    last: date
    other: date | None
    """The day before the last one where the words leave open which of the two it was."""
    lists: tuple[LossList, LossList]
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        """The article's title."""
        return f"Battle of {self.place}"

    @property
    def slug(self) -> str:
        """The article's slug, which is its battle's too."""
        return f"battle-of-{self.place.lower()}"

    @property
    def phase(self) -> str:
        """The lines of the box that name and date the battle's one phase."""
        days = (self.last - self.first).days
        dates = f"{shown_day(self.first)} \u2013 {shown_day(self.last)}"
        return f"Assault on {self.place}:\n{dates}\n({days} {'day' if days == 1 else 'days'})"

    @property
    def beginning(self) -> str:
        """The words that say when and where the battle began."""
        return f"The {self.title} began on {shown_day(self.first)} in {self.place}"

    @property
    def when_held(self) -> str:
        """The words that say when the place was held."""
        last = shown_day(self.last)
        return f"on {self.other.day} or {last}" if self.other else f"on {last}"

    @property
    def holding(self) -> str:
        """The words that say who held the place, with their citation mark."""
        return f"{self.place} was under the control of {self.powers[0]} {self.when_held}.[1]"

    @property
    def text(self) -> str:
        """The article's text."""
        lists = (
            f"{one.heading}\n\n" + "".join(f"  • {loss.words}\n" for loss in one.losses) + "\n" for one in self.lists
        )
        entries = (f"  {source.entry}\n" for source in self.sources)
        return (
            f"{self.title}\n\n{self.title}\nPart of the {self.war}\n\nDate{self.phase}\n"
            f"Result victory for {self.powers[0]}\nBelligerents\n {self.powers[0]}\n {self.powers[1]}\n"
            f"Casualties and losses\n\n{''.join(lists)}{self.beginning}. {self.holding}\n\n{''.join(entries)}"
        )


def invent(seed: str, number: int) -> Fiction:
    """Return what is made up for the article of this number; equal arguments give equal fictions anywhere."""
    draw = Draw(seed, number)
    place = place_name(number)
    one = draw.low("first power", 0, _POWERS - 1)
    other = (one + draw.number("second power", 1, _POWERS - 1)) % _POWERS
    powers = power_name(one), power_name(other)
    first = _FIRST_DAY + timedelta(draw.number("first day", 0, _DAYS))
    last = first + timedelta(draw.low("days", 1, 20))
    # The words are "8 or 9 May", so both days are of one month.
    is_open = draw.is_one_in("alternatives", 3) and last.day > 1 and (last - first).days > 1
    lists = _loss_lists(draw, powers)
    sources = tuple(
        Source(
            number=one.reference,
            is_blank=draw.is_one_in(f"blank reference {one.reference}", 8),
            title=f"Figures from {place}, {one.reference}",
            site=f"{one.claimant.lower()}.example",
            published=last + timedelta(one.reference),
            retrieved=last + timedelta(30 + one.reference),
        )
        for one in lists
        if one.reference
    )
    return Fiction(
        place=place,
        war=war_name(number // _BATTLES_OF_A_WAR),
        powers=powers,
        first=first,
        last=last,
        other=last - timedelta(1) if is_open else None,
        lists=lists,
        sources=sources,
    )


def shown_day(day: date) -> str:
    """Return a day as the text writes it.

    >>> shown_day(date(1994, 5, 3))
    '3 May 1994'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _loss_lists(draw: Draw, powers: tuple[str, str]) -> tuple[LossList, LossList]:
    """Return two lists without a common kind, so that every line stands once in the text."""
    few, many = draw.low("lines on side 1", 1, 3), draw.low("lines on side 2", 1, 6)
    kinds = [_loss(draw, kind) for kind in draw.some("kinds", _KINDS, few + many)]
    on_first = (Loss("Unspecified"),) if draw.is_one_in("unspecified", 4) else tuple(kinds[:few])
    return (
        LossList(powers[0], 2, 1, tuple(kinds[few:])),
        LossList(powers[1], 1, 2 if draw.is_one_in("second mark", 2) else None, on_first),
    )


def _loss(draw: Draw, kind: tuple[str, str, str, str]) -> Loss:
    path, singular, plural, effect = kind
    count = draw.low(f"count of {path}", 1, 60)
    words = f"{count} {singular if count == 1 else plural} {effect.lower()}"
    if draw.is_one_in(f"bound of {path}", 6):
        return Loss(f"At least {words}", path, effect, count)
    return Loss(words, path, effect, count, count)
