"""Lists of figures: what one of them says for the others, and which are parts of the one before them."""

from __future__ import annotations

from itertools import pairwise

from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.counts import bounded_like
from graph.drafting.figures.drafts import Draft, Level
from graph.drafting.figures.lists import completed, is_part, shares_effect
from graph.drafting.figures.sheet import Sheet


def spread(sheet: Sheet, last: Draft, level: Level) -> None:
    """Give the effect of the last figure to those before it that wait for theirs."""
    ends_list = level.listed is not None and level.listed.effect is None and last.parent is level.listed
    for place, draft in enumerate(level.pending):
        if draft is last or draft.effect is not None or draft.label is not last.label:
            continue
        following = level.pending[place + 1].joint if place + 1 < len(level.pending) else None
        said = sheet.text(draft.object) if draft.object is not None else None
        if shares_effect(draft, said, last, following):
            draft.effect, draft.effect_at, draft.is_verb_shared = last.effect, last.effect_at, True
            if said is not None and last.object is not None:
                draft.full_object = completed(said, sheet.text(last.object))
    level.pending = []
    if ends_list:
        level.listed = None
    else:
        check_part(sheet, last, level)


def check_part(sheet: Sheet, draft: Draft, level: Level) -> None:
    """End the list of parts that a figure cannot be one of."""
    said = sheet.text(draft.object) if draft.object is not None else None
    if level.listed is not None and draft.parent is level.listed and not is_part(draft, said, level.listed):
        draft.parent, level.listed = level.parent, None


def take_including(sheet: Sheet, chunk: Chunk, level: Level) -> None:
    """Begin the list of parts of the figure before "including"."""
    sheet.mark((chunk.start, chunk.end))
    if level.last is not None and level.last.end == chunk.start and sheet.tokens[chunk.start].low == "of":
        # "20 killed, 3 of whom were officers"
        earlier = (one for one in reversed(sheet.drafts[:-1]) if one.parent is None)
        level.last.parent = level.last.parent or next(earlier, None)
        level.is_parted = False
        return
    if level.last is not None and level.listed is None:
        level.listed = level.last
    elif level.last is None and level.parent is None:
        sheet.continues = True
    level.part(None)


def gather_parts(sheet: Sheet) -> None:
    """Take bare numbers behind a figure, each with a limit, as parts of it where together they make it up."""
    at = 0
    while at < len(sheet.drafts):
        whole, end = sheet.drafts[at], at + 1
        while end < len(sheet.drafts) and _is_bare(sheet.drafts[end], whole):
            end += 1
        parts = sheet.drafts[at + 1 : end]
        counts = [part.quantity.least for part in parts if part.quantity and part.quantity.least is not None]
        if len(parts) > 1 and whole.effect and whole.quantity and sum(counts) == whole.quantity.least:
            for part in parts:
                part.parent = whole
        at = end


def _is_bare(draft: Draft, whole: Draft) -> bool:
    is_number = draft.quantity is not None and draft.quantity.least == draft.quantity.most is not None
    says_no_more = draft.object is None and draft.effect is None and bool(draft.scopes)
    return is_number and says_no_more and draft.parent is None and draft.label is whole.label


def share_pairs(sheet: Sheet) -> None:
    """Give pairs joined by "and" what is said of both once: the noun, and the bound before the first."""
    for first, second in pairwise(sheet.drafts):
        if second.joint is not Part.JOINT or first.parent is not second.parent or first.label is not second.label:
            continue
        if first.object and second.object and first.effect is None and second.effect is None:
            first.full_object = completed(sheet.text(first.object), sheet.text(second.object))
        if first.quantity and second.quantity:
            second.quantity = bounded_like(first.quantity, second.quantity)
