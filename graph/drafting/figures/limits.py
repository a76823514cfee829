"""Limits, hedges and headings inside a line: what they say of the figures before or after them."""

from __future__ import annotations

from graph.drafting.figures import objects
from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Label, Level
from graph.drafting.figures.sheet import Sheet


def take_scope(sheet: Sheet, at: int, chunk: Chunk, level: Level) -> None:
    """Take words that limit a figure: the one before them, or the one to come."""
    stretch = (chunk.start, chunk.end)
    following = sheet.next(at)
    leads = following is Part.COLON or (level.is_parted and following in (Part.COUNT, Part.NOUN))
    if level.last is None or leads:
        level.leading.append(stretch)
    else:
        level.last.scopes.append(stretch)
        sheet.mark(stretch)


def take_bound(sheet: Sheet, chunk: Chunk, level: Level) -> None:
    """Take the upper end of a range that a bracket parts: the figure goes on to it."""
    sheet.mark((chunk.start, chunk.end))
    if level.last is not None:
        level.last.end = chunk.end


def qualify(sheet: Sheet, at: int, chunk: Chunk, level: Level) -> None:
    """Take a hedge, or words for a total."""
    last, stretch = level.last, (chunk.start, chunk.end)
    is_total = chunk.part is Part.TOTAL
    if last is None or level.is_parted or sheet.next(at) is Part.COLON:
        if is_total:
            level.is_totalled = True
            sheet.mark(stretch)
        else:
            level.leading.append(stretch)
        return
    sheet.mark(stretch)
    last.end = chunk.end if last.end == chunk.start else last.end
    if is_total:
        last.is_total = True
    else:
        last.hedges.append(stretch)


def take_colon(sheet: Sheet, level: Level) -> None:
    """Take a colon: what stands before it heads the figures to come."""
    if level.noun is None and level.effect is None and not level.leading and not level.is_totalled:
        if level.last is not None and not level.is_parted and level.listed is None:
            level.listed = level.last
        level.part(None)
        return
    label, scopes = Label(), list(level.leading)
    if level.effect is not None:
        label.effect, label.effect_at = level.effect.effect, (level.effect.start, level.effect.end)
        sheet.mark(label.effect_at)
    if level.noun is not None:
        stretch = (level.noun.start, level.noun.end)
        if objects.is_known(sheet.text(stretch)):
            label.object = stretch
        else:
            scopes.append(stretch)
        sheet.mark(stretch)
    for scope in scopes:
        sheet.mark(scope)
    label.scopes = tuple(sorted(scopes))
    level.label, level.last, level.listed = label, None, None
    level.leading, level.pending = [], []
    level.part(None)
