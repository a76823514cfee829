"""Things without an item in Wikidata, and candidates for them, for a person to accept or not.

Asked about are things that articles may share and others may have described: battles, wars,
places, polities, organisations and kinds of equipment. Left out, and counted with the reason:
what exists within one article only, several types counted as one, and persons, whom a name
alone must never tie to an item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.links.check import thing
from graph.links.holdings import CLOSE, EXACT, ITEM, Holdings
from graph.links.reconciliation import Candidate, Query, Reconciliation
from graph.links.record import CONFIDENCE, RELATION
from graph.namespaces import BG, CANONICAL_BASE, RDF

COLUMNS: Final = ("thing", "name", "type asked", "recorded", "candidate", "label", "score", "match", "types", "note")

_PERSON: Final = BG + "Person"
_CONSIDERED: Final = frozenset(
    (
        _PERSON,
        *(BG + name for name in ("Battle", "War", "Phase", "SubEvent")),
        *(BG + name for name in ("Place", "Polity", "Organisation", "LossType")),
    )
)
_DOUBTED: Final = frozenset(BG + name for name in ("Contradicted", "Unconfirmed"))
_ENTITIES: Final = CANONICAL_BASE + "id/"
_PERSONS_LEFT_OUT: Final = "persons, whom a name alone must not tie to an item"
_OF_ONE_ARTICLE: Final = "parts of one article, which nobody else describes"
_SEVERAL: Final = "several types that an article counts as one"
_KINDS_OF_PERSONS: Final = "kinds of persons"


@dataclass(frozen=True, slots=True)
class Wanting:
    """A thing that has no item, or one that is in doubt."""

    subject: str
    name: str
    type: str | None
    recorded: tuple[str, ...] = ()
    """Items that are recorded, and in doubt."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a service proposes for a thing."""

    wanting: Wanting
    candidates: tuple[Candidate, ...]
    trouble: str | None = None
    """Why there is no answer."""


def wanting(holdings: Holdings) -> tuple[tuple[Wanting, ...], Counter[str]]:
    """Return the things to ask about, in the order of their IRIs, and how many are left out for which reason."""
    found: list[Wanting] = []
    left_out: Counter[str] = Counter()
    for subject in sorted(set(holdings.subjects())):
        classes = holdings.classes(subject)
        name = holdings.english(subject)
        if name is None or not subject.startswith(_ENTITIES) or not classes & _CONSIDERED:
            continue
        items = tuple(_items(holdings, subject))
        if reason := _unfit(subject, classes):
            left_out[reason] += 1
        elif all(doubted for _, doubted in items):
            types = [item for class_ in sorted(classes) for item in holdings.items_of_class(class_)]
            recorded = tuple(item for item, _ in items)
            found.append(Wanting(subject, name, next(iter(types), None), recorded))
    return tuple(found), left_out


def suggest(things: Sequence[Wanting], service: Reconciliation) -> tuple[Suggestion, ...]:
    """Return what a service proposes for each thing; never raises for what the service does."""
    answers = service.candidates([Query(one.name, one.type) for one in things])
    return tuple(
        Suggestion(one, (), answer) if isinstance(answer, str) else Suggestion(one, answer)
        for one, answer in zip(things, answers, strict=True)
    )


def rows(suggestions: Sequence[Suggestion]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each candidate, and one for each thing without any."""
    for suggestion in suggestions:
        one = suggestion.wanting
        head = (thing(one.subject), one.name, one.type or "", " ".join(one.recorded))
        if not suggestion.candidates:
            note = f"not answered: {suggestion.trouble}" if suggestion.trouble else "no candidate"
            yield (*head, "", "", "", "", "", note)
        for candidate in suggestion.candidates:
            note = "already recorded, in doubt" if candidate.id in one.recorded else ""
            match = "yes" if candidate.match else "no"
            types = ", ".join(candidate.types)
            yield (*head, candidate.id, candidate.name, f"{candidate.score:g}", match, types, note)


def _unfit(subject: str, classes: Collection[str]) -> str | None:
    """Return why a thing is not asked about, or None."""
    kind, _, name = subject.removeprefix(_ENTITIES).partition("/")
    if _PERSON in classes:
        return _PERSONS_LEFT_OUT
    if "/" in name:
        return _OF_ONE_ARTICLE
    if kind == "category":
        return _KINDS_OF_PERSONS
    return _SEVERAL if BG + "UnionType" in classes else None


def _items(holdings: Holdings, subject: str) -> Iterator[tuple[str, bool]]:
    """Yield the items that stand for a thing itself, not for something wider, and whether they are in doubt."""
    for link in holdings.links(subject):
        if set(holdings.iris(link, RELATION)) & {EXACT, CLOSE}:
            for object_ in holdings.iris(link, RDF + "object"):
                if object_.startswith(ITEM):
                    yield object_.removeprefix(ITEM), bool(_DOUBTED & set(holdings.iris(link, CONFIDENCE)))
