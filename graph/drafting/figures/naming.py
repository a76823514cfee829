"""The parts of a figure in the words of its line: its count, object, link and scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.drafting.document import Line, Words
from graph.drafting.figures import objects
from graph.drafting.figures.calendar import is_year
from graph.drafting.figures.clauses import Clauses
from graph.drafting.figures.drafts import Draft
from graph.drafting.figures.lexicon import words
from graph.drafting.reading import Count

_BEFORE: Final = words("of the a an and also were was \" “ ' ’s")  # noqa: RUF001 - the quotation marks of articles
_AFTER: Final = words("of the a an also “ ' /")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts."""

    words: str | None = None
    where: Words | None = None
    link: str | None = None
    civilian: bool = False


def spoken(clauses: Clauses, is_mute: Callable[[Draft, Draft | None], bool]) -> list[Draft]:
    """Return the drafts that say something; the words of the others are no longer counted as read.

    `is_mute` tells of a draft and the one before it that was kept.
    """
    kept: list[Draft] = []
    for draft in clauses.drafts:
        if not draft.is_understood or _is_year_alone(clauses, draft) or is_mute(draft, kept[-1] if kept else None):
            clauses.forget(draft)
        else:
            kept.append(draft)
    return kept


def _is_year_alone(clauses: Clauses, draft: Draft) -> bool:
    """Tell whether a number in a bracket is rather a year: "(since 1997)" is one, "(1,997 officers)" is not."""
    is_alone = draft.object is None and draft.effect is None and draft.parent is not None
    return is_alone and draft.end == draft.start + 1 and is_year(clauses.tokens[draft.start])


def count_of(clauses: Clauses, draft: Draft) -> Count:
    """Return how many: where no word counts, one of a thing named in the singular, else nothing."""
    quantity = draft.quantity
    if quantity is None:
        said = clauses.text(draft.object or (draft.start, draft.end))
        one = 1 if _is_single(said) else None
        return Count(one, one, stated=said.lower().startswith(("a ", "an ")))
    qualifier = " ".join(clauses.text(stretch) for stretch in (*quantity.qualifier, *draft.hedges))
    return Count(quantity.least, quantity.most, qualifier or None)


def _is_single(said: str) -> bool:
    """Tell whether words name one thing: by name, by type, or of a kind that is counted."""
    if objects.is_plural(said):
        return False
    return objects.is_known(said) or said[0].isupper() or any(sign.isupper() or sign.isdigit() for sign in said)


def object_of(clauses: Clauses, line: Line, draft: Draft) -> Counted:
    """Return what a figure counts, by its own words or its heading's."""
    stretch = draft.object or (draft.label.object if draft.label is not None else None)
    if stretch is None:
        return Counted()
    start, end = stretch
    while start < end and clauses.tokens[start].low in _BEFORE:
        start += 1
    while start < end and clauses.tokens[end - 1].low in _AFTER:
        end -= 1
    if start == end:
        return Counted()
    said = draft.full_object or clauses.text((start, end))
    where = Words(line, *clauses.place((start, end)))
    links = [link.target for link in line.links if where.start <= link.start and link.end <= where.end]
    return Counted(said, where, links[-1] if links else None, objects.is_civilian(said))


def scope_of(clauses: Clauses, line: Line, draft: Draft) -> str | None:
    """Return the words that limit a figure, its heading's first."""
    scopes = (*(draft.label.scopes if draft.label is not None else ()), *draft.scopes)
    found = [Words(line, *clauses.place(scope)).text for scope in scopes]
    return "; ".join(" ".join(said.split()) for said in found) or None
