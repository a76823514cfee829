"""A line of a strength field read as figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.drafting.document import Line, Words
from graph.drafting.figures.accounting import account, readable
from graph.drafting.figures.chunks import chunks_of
from graph.drafting.figures.clauses import Clauses
from graph.drafting.figures.counts import Sort
from graph.drafting.figures.drafts import Draft
from graph.drafting.figures.line import Inherited, LineStrengths
from graph.drafting.figures.marks import marks_of
from graph.drafting.figures.naming import count_of, object_of, scope_of, spoken
from graph.drafting.figures.tokenising import tokenise
from graph.drafting.reading import Figure, Value

NOTHING: Final = Inherited()


def read_strength_line(
    line: Line, without: Sequence[tuple[int, int]] = (), inherited: Inherited = NOTHING
) -> LineStrengths:
    """Read the strengths of one line; `without` are stretches of it that were read before."""
    tokens = tokenise(line, readable(line, without))
    clauses = Clauses(tokens, chunks_of(tokens))
    kept = spoken(clauses, _is_mute)
    places = {id(draft): place for place, draft in enumerate(kept)}
    marks = marks_of(line, [clauses.place((draft.start, draft.end)) for draft in kept])
    figures: list[Figure] = []
    for draft, own in zip(kept, marks, strict=True):
        said = object_of(clauses, line, draft)
        start, end = clauses.place((draft.start, draft.end))
        count = count_of(clauses, draft)
        is_given = count.least is not None or count.most is not None
        figures.append(
            Figure(
                words=Words(line, start, end),
                count=count,
                value=Value.KNOWN if is_given else Value.STATED_UNSPECIFIED,
                rule=_rule(draft),
                object=said.words or inherited.object,
                object_words=said.where,
                link=said.link,
                scope=scope_of(clauses, line, draft),
                marks=own,
                civilian=said.civilian or (inherited.civilian and said.words is None),
                included_in=places.get(id(draft.parent)) if draft.parent is not None else None,
            )
        )
    read, ignored, unread = account(line, clauses, figures, without)
    return LineStrengths(tuple(figures), read, ignored, unread, continues=clauses.continues and bool(figures))


def _is_mute(draft: Draft, _earlier: Draft | None) -> bool:
    """Tell whether a count says nothing of a strength: a verb without a number, "all" of nothing."""
    quantity = draft.quantity
    if quantity is None:
        return True
    return draft.object is None and quantity.sort is Sort.VAGUE and not quantity.is_statement


def _rule(draft: Draft) -> str:
    if draft.parent is not None:
        return "strength-included"
    quantity = draft.quantity
    if quantity is None or not quantity.is_number:
        return "strength-without-number"
    return "strength-counted"
