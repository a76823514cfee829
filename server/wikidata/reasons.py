"""Why a claim is not exported: a closed list, each reason with what it means and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _


class Reason(StrEnum):
    """What keeps a claim out of the command file. A claim has the first that applies, in this order."""

    UNREVIEWED = "unreviewed"
    TITLE_CLAIM = "title-claim"
    PRESENCE_OR_CONTROL = "presence-or-control"
    VALUE_LOST = "value-lost"
    VALUE_UNSPECIFIED = "value-unspecified"
    CONTESTED = "contested"
    NOT_PLAIN = "not-plain"
    NO_PROPERTY = "no-property"
    NOT_MAPPED = "not-mapped"
    EFFECT = "effect"
    EFFECT_NOT_STATED = "effect-not-stated"
    OVERLAP = "may-overlap"
    PART_OF_COUNT = "part-of-a-count"
    OPEN_COUNT = "open-count"
    RANGE = "range"
    NO_COUNT = "no-count"
    DATE = "date"
    UNATTRIBUTED = "unattributed"
    LINK_CONTRADICTED = "link-contradicted"
    LINK_UNCONFIRMED = "link-unconfirmed"
    SUBJECT_WITHOUT_ITEM = "subject-without-item"
    DESCRIBED = "only-described"
    VALUE_WITHOUT_ITEM = "value-without-item"
    SIDE_WITHOUT_ITEM = "side-without-item"
    PART_OF_PEOPLE = "part-of-people"
    CLAIMANT_WITHOUT_ITEM = "claimant-without-item"
    UNKNOWN_CLAIMANT = "unknown-claimant"
    WORDS = "words"
    SAME_VALUE = "same-value"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason in words."""

    meaning: str
    remedy: str
    """What a contributor can do; empty where nothing would be honest."""


_ITEM: Final = _(
    "Give the items that you found, as item=kind/name=Q1234; if Wikidata has none, nothing can be exported."
)
_LOOK: Final = _("Look the link up in Wikidata and give the right item, as item=kind/name=Q1234.")

EXPLANATIONS: Final = MappingProxyType(
    {
        Reason.UNREVIEWED: Explanation(
            _("A program read it from the article, and nobody has compared it with the text."),
            _("Compare it with the article, and add it by hand; or correct the draft, so that it is reviewed."),
        ),
        Reason.TITLE_CLAIM: Explanation(
            _("Only the title of a cited work says it, and not necessarily of this battle."), ""
        ),
        Reason.PRESENCE_OR_CONTROL: Explanation(
            _("Wikidata has no agreed way to say who was in a place or held it, according to whom."), ""
        ),
        Reason.VALUE_LOST: Explanation(
            _("The heading is there and the value is missing from the copy; it is not zero."),
            _("Read it in the article's history, and add it with its own source."),
        ),
        Reason.VALUE_UNSPECIFIED: Explanation(_("The text itself says that the figure is unspecified."), ""),
        Reason.CONTESTED: Explanation(_("The article sets a rival claim against it, or doubts it."), ""),
        Reason.NOT_PLAIN: Explanation(
            _("How sure it is has no qualifier that is agreed on; the detail says how sure."), ""
        ),
        Reason.NO_PROPERTY: Explanation(_("No property whose meaning was verified says this."), ""),
        Reason.NOT_MAPPED: Explanation(_("A property comes near, and is not used; the detail says which and why."), ""),
        Reason.EFFECT: Explanation(
            _("Killed, wounded, destroyed and undivided casualties have a property; other effects have none."), ""
        ),
        Reason.EFFECT_NOT_STATED: Explanation(
            _("The words do not say what became of them: the effect is not stated."), ""
        ),
        Reason.OVERLAP: Explanation(
            _("It may count some of the same as another line of the article; the detail names it."), ""
        ),
        Reason.PART_OF_COUNT: Explanation(
            _("It is part of another count, or about another stretch of time than the battle."), ""
        ),
        Reason.OPEN_COUNT: Explanation(
            _("“At least” or “at most”: a quantity has no open bound, and no qualifier is agreed."), ""
        ),
        Reason.RANGE: Explanation(_("The figure is a range, which QuickStatements 2 cannot write."), ""),
        Reason.NO_COUNT: Explanation(_("The words give no number, or only imply it."), ""),
        Reason.DATE: Explanation(
            _("The dates are open at one end, more than a year apart, or older than the Gregorian calendar."), ""
        ),
        Reason.UNATTRIBUTED: Explanation(_("A loss for which nobody is named and no source is given."), ""),
        Reason.LINK_CONTRADICTED: Explanation(_("The item found for it is contradicted by another source."), _LOOK),
        Reason.LINK_UNCONFIRMED: Explanation(_("The item proposed for it was never checked."), _LOOK),
        Reason.SUBJECT_WITHOUT_ITEM: Explanation(_("No item is known for what it is about."), _ITEM),
        Reason.DESCRIBED: Explanation(
            _("It is about something that the article only describes, without a name, and that no item stands for."), ""
        ),
        Reason.VALUE_WITHOUT_ITEM: Explanation(_("No item is known for its value."), _ITEM),
        Reason.SIDE_WITHOUT_ITEM: Explanation(
            _("One side's figure: without that side, of which no item is known, it would seem the whole battle's."),
            _ITEM,
        ),
        Reason.PART_OF_PEOPLE: Explanation(
            _("Some people's figure: without them, of whom no item is known, it would seem the battle's total."),
            _("Give the item of these people, as item=category/civilian=Q…; it goes along as P518 (applies to part)."),
        ),
        Reason.CLAIMANT_WITHOUT_ITEM: Explanation(
            _("No item is known for who says it, and without that it would seem a fact."), _ITEM
        ),
        Reason.UNKNOWN_CLAIMANT: Explanation(
            _("Who says it is not named, and QuickStatements 2 cannot write an unknown value into an item just made."),
            _("Make the item first, then give it, as item=kind/name=Q1234."),
        ),
        Reason.WORDS: Explanation(
            _("Its words are too long to quote, or hold characters that one of the two versions would change."), ""
        ),
        Reason.SAME_VALUE: Explanation(
            _("Another claim has this value too: QuickStatements would make one statement of both."),
            _("Enter each by hand, with its own qualifiers and source."),
        ),
    }
)  # fmt: skip
