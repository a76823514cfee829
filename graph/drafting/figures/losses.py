"""A line of a casualties field read as losses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.drafting.document import Line, Mark, Words
from graph.drafting.figures import effects, objects
from graph.drafting.figures.accounting import account, readable
from graph.drafting.figures.chunks import chunks_of
from graph.drafting.figures.clauses import Clauses
from graph.drafting.figures.counts import Sort
from graph.drafting.figures.drafts import Draft
from graph.drafting.figures.line import Inherited, LineFigures
from graph.drafting.figures.marks import marks_of
from graph.drafting.figures.naming import Counted, count_of, object_of, scope_of, spoken
from graph.drafting.figures.tokenising import tokenise
from graph.drafting.figures.tokens import Kind
from graph.drafting.reading import Loss, Value

NOTHING: Final = Inherited()
_RULES_OF_SORTS: Final = {
    Sort.NONE: "loss-none",
    Sort.UNKNOWN: "loss-unknown",
    Sort.VAGUE: "loss-vague",
    Sort.RANGE: "loss-range",
    Sort.LEAST: "loss-bounded",
    Sort.MOST: "loss-bounded",
    Sort.HEDGED: "loss-hedged",
    Sort.EXACT: "loss-exact",
}
_WITHOUT_NUMBER: Final = frozenset({Sort.NONE, Sort.UNKNOWN, Sort.VAGUE})


def read_line(line: Line, without: Sequence[tuple[int, int]] = (), inherited: Inherited = NOTHING) -> LineFigures:
    """Read the losses of one line; `without` are stretches of it that were read before.

    A line too long to be an item of a list is not read at all.
    """
    tokens = tokenise(line, readable(line, without))
    clauses = Clauses(tokens, chunks_of(tokens))
    losses = _Completion(line, clauses, inherited).losses()
    read, ignored, unread = account(line, clauses, losses, without)
    return LineFigures(losses, read, ignored, unread, continues=clauses.continues and bool(losses))


class _Completion:
    """What figures leave out, taken from headings, lists and earlier figures."""

    def __init__(self, line: Line, clauses: Clauses, inherited: Inherited) -> None:
        self.line = line
        self.clauses = clauses
        self.inherited = inherited
        self.subject: Loss | None = None
        """The figure whose people or things the next one may leave out: "9 civilians killed, 6 wounded"."""

    def losses(self) -> tuple[Loss, ...]:
        """Return the losses of the line."""
        kept = spoken(self.clauses, self._is_mute)
        places = {id(draft): place for place, draft in enumerate(kept)}
        marks = marks_of(self.line, [self.clauses.place((draft.start, draft.end)) for draft in kept])
        found: list[Loss] = []
        for draft, own in zip(kept, marks, strict=True):
            found.append(self._loss(draft, places.get(id(draft.parent)), found, own))
        return tuple(found)

    def _is_mute(self, draft: Draft, earlier: Draft | None) -> bool:
        """Tell whether a count says neither what nor how, after a figure that did: "…, 1,634 in combat"."""
        quantity = draft.quantity
        if draft.object is not None or draft.effect is not None or draft.is_total or quantity is None:
            return False
        if quantity.sort in _WITHOUT_NUMBER and not quantity.is_statement:
            return True
        if draft.start and self.clauses.tokens[draft.start - 1].kind is Kind.BREAK:
            return False  # "French estimates 23,000": words that were read before name its source
        is_headed = (draft.label is not None and draft.label.effect) or self.inherited.effect
        if draft.parent is not None or is_headed or earlier is None or earlier.effect is None:
            return False
        return draft.label is earlier.label and draft.joint is not None and quantity.is_number

    def _loss(self, draft: Draft, place: int | None, found: list[Loss], marks: tuple[Mark, ...]) -> Loss:
        whole = None if place is None else found[place]
        own = object_of(self.clauses, self.line, draft)
        effect, how = self._effect(draft, own.words, whole)
        counted = own if own.words is not None else self._left_out(draft, effect, whole)
        start, end = self.clauses.place((draft.start, draft.end))
        count = count_of(self.clauses, draft)
        is_given = count.least is not None or count.most is not None
        is_carried = own.words is None and whole is None and counted.where is not None
        loss = Loss(
            words=Words(self.line, start, end),
            count=count,
            value=Value.KNOWN if is_given else Value.STATED_UNSPECIFIED,
            rule=_rule(draft, how, is_carried=is_carried),
            object=counted.words,
            object_words=counted.where,
            link=counted.link,
            scope=scope_of(self.clauses, self.line, draft),
            marks=marks,
            civilian=self._is_civilian(counted, effect),
            included_in=None if own.words is not None and objects.is_measure(own.words) else place,
            effect=effect,
            effect_words=self._effect_words(draft),
        )
        if whole is None:
            self.subject = loss
        return loss

    def _effect(self, draft: Draft, said: str | None, whole: Loss | None) -> tuple[str, str | None]:
        """Return the effect of a figure, and the rule where it does not stand beside the figure."""
        label, how = draft.label, None
        if draft.effect is not None:
            effect, how = draft.effect, "loss-verb-of-list" if draft.is_verb_shared else None
        elif whole is not None:
            effect = whole.effect
        elif label is not None and label.effect is not None:
            effect, how = label.effect, "loss-verb-of-heading"
        elif self.inherited.effect is not None:
            effect, how = self.inherited.effect, "loss-verb-of-heading"
        else:
            effect, how = effects.UNSPLIT, "loss-without-verb"
        if effect == effects.UNSPLIT and said is not None and self._is_of_things(draft, said):
            effect = "lost"
        return effect, how

    def _is_of_things(self, draft: Draft, said: str) -> bool:
        """Tell whether things were lost: beside the words "casualties" or "losses" only what is known as a thing."""
        is_said = draft.effect == effects.UNSPLIT or (
            draft.effect is None and draft.label is not None and draft.label.effect
        )
        # "Loss of materiel" says of what; "materiel losses" might be losses of those who have it.
        is_behind = draft.object is not None and self.clauses.tokens[draft.object[0]].low == "of"
        return objects.is_thing(said) and (not is_said or is_behind or objects.is_known(said))

    def _left_out(self, draft: Draft, effect: str, whole: Loss | None) -> Counted:
        """Return what a figure counts that does not say it: what its whole, the figure before or a heading counts."""
        lender = whole if whole is not None else self.subject if self._may_carry(draft, effect) else None
        if lender is not None:
            return Counted(lender.object, lender.object_words, lender.link, lender.civilian)
        return Counted(self.inherited.object)

    def _may_carry(self, draft: Draft, effect: str) -> bool:
        subject = self.subject
        if subject is None or subject.object is None or draft.effect is None or draft.is_total or draft.joint is None:
            return False
        is_of_people = objects.is_people(subject.object)
        if effects.of_things(effect) and effect != "lost":
            return not is_of_people
        if not effects.OF_EITHER.isdisjoint(effects.members(effect)):
            return is_of_people or effects.of_things(subject.effect)
        return is_of_people

    def _is_civilian(self, counted: Counted, effect: str) -> bool:
        said = counted.words
        is_inherited = self.inherited.civilian and (said is None or objects.is_people(said))
        is_displaced = effect == "displaced" and not (said is not None and objects.is_military(said))
        return counted.civilian or is_inherited or is_displaced

    def _effect_words(self, draft: Draft) -> Words | None:
        of_label = draft.label.effect_at if draft.label is not None and draft.parent is None else None
        at = draft.effect_at or of_label
        return None if at is None else Words(self.line, *self.clauses.place(at))


def _rule(draft: Draft, how: str | None, *, is_carried: bool) -> str:
    if draft.quantity is None:
        return "loss-implied"
    if draft.parent is not None:
        return "loss-included"
    of_sort = _RULES_OF_SORTS[draft.quantity.sort]
    if draft.quantity.sort in _WITHOUT_NUMBER:
        return of_sort
    return how or ("loss-object-carried" if is_carried else of_sort)
