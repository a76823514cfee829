"""What one claim says, as a cell beside other viewpoints' cells shows it.

One record for every kind of claim: what it speaks of, so that viewpoints which speak of
the same meet in one row, and what it says of it, so that they can be told to agree.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.namespaces import BG
from server.terms.claims import Claim
from server.terms.labels import Shown
from server.viewpoints.losses import Figure
from server.viewpoints.stated_dates import StatedDate

LOST_IN_SOURCE: Final = BG + "LostInSource"


class Section(StrEnum):
    """The tables of a comparison, in their order on the page."""

    LOSSES = "losses"
    CONTROL = "control"
    DATES = "dates"
    OUTCOMES = "outcome"
    EVENTS = "events"
    TITLES = "titles"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim with what it speaks of and what it says; terms are shown in the reader's language."""

    claim: Claim
    section: Section
    fragment: str
    """The place of the claim on the page."""
    subject: tuple[Shown, ...] = ()
    """What it speaks of: the head of its row."""
    key: tuple[Hashable, ...] = ()
    """The same for claims that speak of the same."""
    group: Shown | None = None
    """What several rows have in common: whose loss, which event."""
    value: Hashable = None
    """Equal for claims that say the same; None where the value is unspecified or missing."""
    lead: str | None = None
    """The figure or the date."""
    parts: tuple[Shown, ...] = ()
    """What else it says, in this order."""
    when: StatedDate | None = None
    figure: Figure | None = None
    is_whole: bool = False
    """Whether it is about all losses of somebody, of whatever type."""
    is_single: bool = False
    """Whether different values for it are rivals, as two figures are and two places of one event are not."""
    rivals: tuple[str, ...] = ()
    """IRIs of the claims that are read as incompatible with it."""
    overlaps: tuple[str, ...] = ()
    """IRIs of the claims that may count some of the same."""
    contained_in: tuple[str, ...] = ()
    """IRIs of the claims whose count already contains its own."""
    reported: Shown | None = None
    """Whose words it reports, where a cited title does."""
    lists: tuple[str, ...] = ()
    """IRIs of the lists of the article in which it stands."""
    notes: tuple[str, ...] = ()
    """How whoever read the article understood the words."""

    @property
    def is_lost(self) -> bool:
        """Tell whether the heading is there and the value is gone."""
        return self.claim.value_status is not None and self.claim.value_status.iri == LOST_IN_SOURCE

    @property
    def is_led_by_words(self) -> bool:
        """Tell whether the article's words say all of it, so that they may stand for it."""
        quotes = self.claim.quotes
        if not quotes or not self.claim.is_valued:
            return False
        return self.section is Section.LOSSES or quotes[0].text.casefold() == self.text.casefold()

    @property
    def text(self) -> str:
        """What it says, on one line and without marks."""
        words = " ".join(filter(None, (self.lead, " · ".join(part.text for part in self.parts))))
        if self.claim.is_valued or self.claim.value_status is None:
            return words
        return ": ".join(filter(None, (self.claim.value_status.text, words)))
