"""Which figures of a list share the verb after its last one, and which are parts of the figure that heads it."""

from __future__ import annotations

from graph.drafting.figures import effects, objects
from graph.drafting.figures.chunks import Part
from graph.drafting.figures.drafts import Draft


def shares_effect(draft: Draft, words: str | None, last: Draft, following: Part | None) -> bool:
    """Tell whether a figure without a verb takes that of the last figure of its list.

    `words` are what it counts; `following` is what parts it from the next figure of the list.
    """
    effect = last.effect or ""
    if words is None:
        # "4,300, 18 guns captured": a bare number before a comma is one of people; "80 and 100 killed" share a verb.
        return (following is Part.JOINT and not draft.scopes) or (following is Part.COMMA and last.object is None)
    if effects.of_things(effect) and effect != "lost":
        return not objects.is_people(words) or last.object is None
    if not effects.OF_EITHER.isdisjoint(effects.members(effect)):
        return True
    return objects.is_people(words) or not objects.is_known(words)


def completed(words: str, last_words: str) -> str | None:
    """Return an adjective completed by the object of a later figure, "Azerbaijani" by "Armenian civilians"."""
    mine, theirs = words.split(), last_words.split()
    if len(mine) != 1 or len(theirs) < 2 or objects.is_known(words) or not mine[0].isalpha():  # noqa: PLR2004 - an adjective and its noun
        return None
    is_name = mine[0].istitle() and not mine[0].endswith("s") and theirs[0][0].isupper()
    # "12 fleet and 7 auxiliary ships": a word that is no object of its own before one that is.
    is_attribute = words.islower() and theirs[0].islower() and not objects.is_plural(words)
    if not is_name and not (is_attribute and objects.is_known(last_words)):
        return None
    return " ".join([mine[0], *theirs[1:]])


def is_part(draft: Draft, words: str | None, whole: Draft) -> bool:
    """Tell whether a figure listed after "including" can be a part of the figure before it.

    "91 killed including 3 officers, 123 wounded": the wounded are none of the killed.
    """
    if whole.effect is None or effects.UNSPLIT in whole.effect:
        return True
    if words is not None and whole.object is None and not effects.of_things(whole.effect):
        return objects.is_people(words)
    return words is not None or draft.effect is None or effects.members(draft.effect) <= effects.members(whole.effect)
