"""Counts and what is counted: a number takes the words before or after it."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures import effects, objects
from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Draft, Level
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.sheet import Sheet
from graph.drafting.figures.spreading import check_part

_ADJECTIVES: Final = words("non-combat noncombat combat battle accidental non-hostile hostile military")
"""Before an effect, or alone after a number, these limit it rather than say what was lost."""
_LOOK_AHEAD: Final = 40
"""Chunks of a clause that are looked through for its verb."""


def take_count(sheet: Sheet, at: int, chunk: Chunk, level: Level) -> None:
    """Begin a figure with a count."""
    draft = Draft(chunk.start, chunk.end, chunk.quantity, label=level.label, joint=level.joint)
    draft.parent = level.listed or level.parent
    draft.is_total, level.is_totalled = level.is_totalled, False
    if level.noun is not None and level.noun.end == chunk.start:
        _name_before(sheet, at, draft, level.noun, level)
    if level.effect is not None and level.effect.end == chunk.start and sheet.is_headed(at):
        sheet.give(draft, level.effect)
        draft.start = level.effect.start
        if level.held is not None:
            draft.object, draft.start = level.held, level.held[0]
            sheet.mark(level.held)
    level.noun, level.effect, level.held = None, None, None
    draft.scopes.extend(level.leading)
    for scope in level.leading:
        sheet.mark(scope)
    if level.later is not None:
        draft.scopes.append(level.later)
        sheet.mark(level.later)
        level.later = None
    sheet.mark((chunk.start, chunk.end))
    sheet.add(draft, level)
    if level.listed is None or level.listed.effect in (None, effects.UNSPLIT):
        level.pending.append(draft)


def _name_before(sheet: Sheet, at: int, draft: Draft, noun: Chunk, level: Level) -> None:
    """Take "Army of Bohemia 34,000 Army of Silesia 12,000", but not "John II 17 lords 13 counts"."""
    run = at
    while run < min(len(sheet.chunks), at + _LOOK_AHEAD) and sheet.chunks[run].part in (Part.COUNT, Part.NOUN):
        run += 1
    stretch = (noun.start, noun.end)
    is_known = objects.is_known(sheet.text(stretch))
    if sheet.chunks[run - 1].part is not Part.COUNT or not (is_known or sheet.tokens[noun.start].text[0].isupper()):
        return
    if is_known:
        draft.object, draft.start = stretch, noun.start
    else:
        draft.scopes.append(stretch)
    sheet.mark(stretch)
    level.names_first = True


def take_noun(sheet: Sheet, chunk: Chunk, level: Level) -> None:
    """Take words for what is counted."""
    last, stretch = level.last, (chunk.start, chunk.end)
    said = sheet.text(stretch)
    is_verb = objects.is_participle(said) or effects.is_damaged_word(said)
    if last is not None and not level.is_parted and last.end == chunk.start and is_verb:
        last.is_understood = False
    if last is None or level.is_parted or last.object is not None or level.names_first:
        level.noun = chunk
    elif said.lower() in _ADJECTIVES:
        last.scopes.append(stretch)
        sheet.mark(stretch)
    elif last.effect is None or (
        last.effect_at is not None
        and last.effect_at[1] == chunk.start
        and (objects.is_known(said) or (last.effect == effects.UNSPLIT and sheet.tokens[chunk.start].low == "of"))
    ):
        last.object, last.end = stretch, chunk.end
        sheet.mark(stretch)
        check_part(sheet, last, level)
    else:
        level.noun = chunk
