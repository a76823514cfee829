"""Figures while a line is read: what is known of each so far, and of the bracket that is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.counts import Quantity

Stretch = tuple[int, int]
"""Tokens [start, end) of a line."""


@dataclass(slots=True)
class Label:
    """What a heading inside the line says of the figures after it."""

    effect: str | None = None
    effect_at: Stretch | None = None
    object: Stretch | None = None
    scopes: tuple[Stretch, ...] = ()


@dataclass(slots=True, eq=False)
class Draft:
    """A figure as far as it is known."""

    start: int
    end: int
    quantity: Quantity | None
    """None where no word counts: "Su-25 downed"."""
    object: Stretch | None = None
    effect: str | None = None
    effect_at: Stretch | None = None
    scopes: list[Stretch] = field(default_factory=list)
    hedges: list[Stretch] = field(default_factory=list)
    label: Label | None = None
    parent: Draft | None = None
    """The figure that contains it."""
    joint: Part | None = None
    """What parts it from the figure before; None where nothing does."""
    full_object: str | None = None
    """Its object as a later figure completes it: "100 Azerbaijani and 85 Armenian civilians"."""
    is_total: bool = False
    is_verb_shared: bool = False
    """Its effect stands after a later figure of the list."""
    is_understood: bool = True
    """False where a verb that is not known says what became of it: "20 hostages rescued"."""


@dataclass(slots=True)
class Level:
    """The line, or a bracket of it, up to where it is read."""

    parent: Draft | None = None
    """The figure before the bracket."""
    begin: int = 0
    """Its first token."""
    first_chunk: int = 0
    first_draft: int = 0
    label: Label | None = None
    last: Draft | None = None
    pending: list[Draft] = field(default_factory=list)
    """Figures that wait for their effect: "26 tanks, 4 IFVs destroyed"."""
    noun: Chunk | None = None
    """Words that no figure has yet."""
    effect: Chunk | None = None
    """An effect that no figure has yet."""
    held: Stretch | None = None
    """The words before that effect: "infantry losses unknown"."""
    leading: list[Stretch] = field(default_factory=list)
    """Limits that stand before their figure."""
    later: Stretch | None = None
    """Words that say that the next figure, and no other, is of a later time."""
    is_parted: bool = True
    """Whether a comma or the like stands after the last figure."""
    joint: Part | None = None
    listed: Draft | None = None
    """The figure whose parts are listed after "including"."""
    names_first: bool = False
    """Whether names stand before their counts: "Army of Bohemia 34,000 Army of Silesia 12,000"."""
    is_totalled: bool = False

    def part(self, joint: Part | None) -> None:
        """Take a comma or the like."""
        self.is_parted, self.joint = True, joint
        self.noun, self.effect, self.held = None, None, None
