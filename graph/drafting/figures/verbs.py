"""Effects and the figures that they belong to: the one beside them, or one that only they imply."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures import effects
from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Draft, Level
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.sheet import Sheet
from graph.drafting.figures.spreading import spread

_ADJECTIVES: Final = words("non-combat noncombat combat battle accidental non-hostile hostile military")
"""Before an effect, or alone after a number, these limit it rather than say what was lost."""


def take_effect(sheet: Sheet, at: int, chunk: Chunk, level: Level) -> None:
    """Take an effect, for the figure beside it or for those to come."""
    last = level.last
    heads = sheet.next(at) is Part.COLON and (level.is_parted or last is None)
    if last is not None and last.effect is None and not heads and (not level.is_parted or level.noun is None):
        touches = not level.is_parted and last.end == chunk.start
        _name_by_effect(sheet, last, chunk)
        sheet.give(last, chunk)
        last.end = chunk.end if touches else last.end
        spread(sheet, last, level)
    elif last is not None and last.effect_at is not None and last.effect_at[1] == chunk.start == last.end:
        _second_effect(sheet, last, chunk)
    elif last is not None and not level.is_parted and _is_attribute(last, chunk):
        # "200 captured knights executed"
        last.object = ((last.effect_at or (chunk.start, 0))[0], chunk.start)
        sheet.give(last, chunk)
        last.end = chunk.end
    elif level.noun is not None and level.noun.end == chunk.start and not heads:
        _effect_of_noun(sheet, at, level.noun, chunk, level)
    else:
        level.effect = chunk


def _is_attribute(draft: Draft, chunk: Chunk) -> bool:
    """Tell whether the effect of a figure stands before what it counts, and another one right behind that."""
    return (
        draft.object is not None
        and draft.effect_at is not None
        and draft.effect_at[1] == draft.object[0]
        and draft.object[1] == chunk.start == draft.end
    )


def _name_by_effect(sheet: Sheet, draft: Draft, chunk: Chunk) -> None:
    """Count "battle casualties" and "noble prisoners" as what the words name together."""
    before = draft.object or (draft.scopes[-1] if draft.scopes else None)
    if before is None or before[1] != chunk.start or chunk.end != chunk.start + 1:
        return
    if draft.object is None and chunk.effect == effects.UNSPLIT and sheet.text(before).lower() in _ADJECTIVES:
        draft.scopes.pop()
    elif draft.object is None or sheet.tokens[chunk.start].low not in effects.NOUNS_OF_PEOPLE:
        return
    draft.object, draft.end = (before[0], chunk.end), chunk.end


def _second_effect(sheet: Sheet, draft: Draft, chunk: Chunk) -> None:
    """Take "200 prisoners executed", and "killed wounded and missing" with its comma lost."""
    begin, end = draft.effect_at or (chunk.start, chunk.start)
    if sheet.tokens[end - 1].low in effects.NOUNS_OF_PEOPLE:
        draft.object = (draft.object[0] if draft.object is not None else begin, end)
        sheet.give(draft, chunk)
    elif "_or_" in (chunk.effect or ""):
        together = effects.merged([draft.effect or "", *(chunk.effect or "").replace("_or_", " ").split()])
        sheet.give(draft, Chunk(Part.EFFECT, begin, chunk.end, effect=together))
    else:
        draft.is_understood = False
    draft.end = chunk.end


def _effect_of_noun(sheet: Sheet, at: int, noun: Chunk, chunk: Chunk, level: Level) -> None:
    """Take words with an effect and no number before them: "Su-25 downed", "infantry losses unknown"."""
    stretch = (noun.start, noun.end)
    level.noun = None
    if sheet.next(at) is Part.COUNT and sheet.is_headed(at + 1):
        level.effect, level.held = chunk, stretch
    elif not _can_imply(sheet, noun, chunk):
        level.effect = chunk
    else:
        draft = Draft(noun.start, chunk.end, None, object=stretch, label=level.label, joint=level.joint)
        draft.parent = level.listed or level.parent
        sheet.give(draft, chunk)
        sheet.mark(stretch)
        sheet.add(draft, level)
        spread(sheet, draft, level)


def _can_imply(sheet: Sheet, noun: Chunk, chunk: Chunk) -> bool:
    """Tell whether words and an effect say that something was lost, and are no heading or damaged figure."""
    first, last = sheet.tokens[noun.start], sheet.tokens[noun.end - 1]
    if sheet.tokens[chunk.start].low in effects.NOUNS or first.low == "of" or noun.start - 1 in sheet.ignored:
        return False
    # "Unit16 killed" has lost the break between two items of a list.
    effect = chunk.effect or ""
    return effects.of_things(effect) or effect == "captured" or not last.text[-1].isdigit()
