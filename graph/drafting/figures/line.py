"""What one line of a casualties or strength field says: its figures, and what became of its words."""

from __future__ import annotations

from dataclasses import dataclass

from graph.drafting.reading import Figure, Loss


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a heading or an earlier line lends to a line that does not say it."""

    effect: str | None = None
    object: str | None = None
    civilian: bool = False


@dataclass(frozen=True, slots=True)
class LineFigures:
    """The losses of one line; `included_in` counts within `losses`, the stretches are of the visible text.

    The stretches do not overlap and together cover every letter and digit that was not taken
    before. Side, claimant, heading, phase and force are for the reader of the field to add.
    """

    losses: tuple[Loss, ...] = ()
    read: tuple[tuple[int, int, str], ...] = ()
    """[start, end) and the name of the rule."""
    ignored: tuple[tuple[int, int, str], ...] = ()
    """[start, end) and the reason, a sentence."""
    unread: tuple[tuple[int, int], ...] = ()
    continues: bool = False
    """The figures are a part of the figure before this line: "(inc. 47 generals)" on a line of its own."""


@dataclass(frozen=True, slots=True)
class LineStrengths:
    """The strengths of one line, as `LineFigures` has the losses."""

    strengths: tuple[Figure, ...] = ()
    read: tuple[tuple[int, int, str], ...] = ()
    ignored: tuple[tuple[int, int, str], ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    continues: bool = False
