"""What may be said of claims about one matter without taking sides.

Pure. A verdict compares values and names the viewpoints it holds between; it never says
who is right, and whether rivals could both hold is left open. That two claims are rivals
is how the article was read, and no word of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from server.terms.labels import Shown
from server.terms.rows import natural_key
from server.viewpoints.absences import Absence
from server.viewpoints.sayings import Saying

_T = TypeVar("_T")


class Relation(StrEnum):
    """What may be said of a row without taking sides."""

    RIVALS = "rivals"
    """Their claims are read as rivals; whether both could hold is left open."""
    DIFFER = "differ"
    """They give different values, and are not read as rivals."""
    ALIKE = "alike"
    """They name the same value, which is no proof of it."""
    SEVERAL = "several"
    """More than one speaks of it, of things that do not compare."""
    ONE_VOICE = "one-voice"
    """One viewpoint alone gives a value, and nothing of another one is known to be missing."""
    ONE_LEFT = "one-left"
    """One viewpoint alone gives a value in this copy; the list of another one is missing from it."""
    NO_WHOLE = "no-whole"
    """Nobody gives a figure for the whole, and one at least gives lines of single types."""
    NO_VALUE = "no-value"
    """Nobody's value is there; one at least is stated as unspecified."""
    MISSING = "missing"
    """The heading is there, and every value is missing from the copy."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with the sayings it holds between."""

    relation: Relation
    sayings: tuple[Saying, ...]

    @property
    def viewpoints(self) -> tuple[Shown, ...]:
        """Whose sayings they are, by name."""
        return voices_of(self.sayings)

    @property
    def on(self) -> tuple[Shown, ...]:
        """What they agree on, where the row has room for more than one such thing."""
        is_shared = self.relation is Relation.ALIKE and not self.sayings[0].is_single
        return self.sayings[0].parts if is_shared else ()


def judge(
    sayings: Sequence[Saying], by_iri: Mapping[str, Saying], absences: Collection[Absence] = ()
) -> tuple[Verdict, ...]:
    """Return what may be said of a row.

    `by_iri` has every saying of the article, for rivals in other rows; `absences` tells why
    those who say nothing in the row do so.
    """
    valued = tuple(saying for saying in sayings if saying.value is not None)
    if not valued:
        return (Verdict(_without_value(sayings, absences), tuple(sayings)),)
    rivals = _rivals(sayings, by_iri)
    verdicts = [Verdict(Relation.RIVALS, members) for members in rivals.values()]
    for _value, same in gather(valued, lambda saying: saying.value):
        if len(voices_of(same)) > 1 and _may_coincide(same):
            verdicts.append(Verdict(Relation.ALIKE, tuple(same)))
    differing = _differing(valued, rivals) if valued[0].is_single else ()
    if differing:
        apart = tuple(saying for saying in valued if saying.claim.viewpoint in differing)
        verdicts.append(Verdict(Relation.DIFFER, apart))
    if not verdicts:
        alone = Relation.ONE_LEFT if Absence.LIST_LOST in absences else Relation.ONE_VOICE
        verdicts.append(Verdict(Relation.SEVERAL if len(voices_of(valued)) > 1 else alone, valued))
    return tuple(verdicts)


def _without_value(sayings: Sequence[Saying], absences: Collection[Absence]) -> Relation:
    if Absence.LINE_BY_LINE in absences:
        return Relation.NO_WHOLE
    return Relation.MISSING if all(saying.is_lost for saying in sayings) else Relation.NO_VALUE


def by_name(viewpoint: Shown) -> tuple[list[str | int], str]:
    """Return the key that sorts viewpoints: none of them comes first by rank."""
    return (natural_key(viewpoint.text.casefold()), viewpoint.iri or "")


def voices_of(sayings: Iterable[Saying]) -> tuple[Shown, ...]:
    """Return whose sayings these are, by name."""
    return tuple(sorted({saying.claim.viewpoint for saying in sayings}, key=by_name))


def gather(sayings: Iterable[Saying], key: Callable[[Saying], _T]) -> list[tuple[_T, list[Saying]]]:
    """Return the sayings of each key, in the order in which the keys first come."""
    grouped: dict[_T, list[Saying]] = {}
    for saying in sayings:
        grouped.setdefault(key(saying), []).append(saying)
    return list(grouped.items())


def _rivals(sayings: Iterable[Saying], by_iri: Mapping[str, Saying]) -> dict[frozenset[Shown], tuple[Saying, ...]]:
    """Return the claims that are read as rivals, for each pair of viewpoints."""
    found: dict[frozenset[Shown], dict[str, Saying]] = {}
    for saying in sayings:
        for rival in (by_iri[iri] for iri in saying.rivals if iri in by_iri):
            pair = frozenset((saying.claim.viewpoint, rival.claim.viewpoint))
            found.setdefault(pair, {}).update({x.claim.iri: x for x in (saying, rival)})
    return {
        pair: tuple(sorted(members.values(), key=lambda x: (by_name(x.claim.viewpoint), x.claim.iri)))
        for pair, members in found.items()
    }


def _differing(valued: Sequence[Saying], rivals: Collection[frozenset[Shown]]) -> tuple[Shown, ...]:
    """Return the viewpoints that share no value with another one, who is not read as its rival."""
    said = {voice: {s.value for s in valued if s.claim.viewpoint == voice} for voice in voices_of(valued)}
    apart = [
        pair
        for pair in combinations(said, 2)
        if said[pair[0]].isdisjoint(said[pair[1]]) and frozenset(pair) not in rivals
    ]
    return tuple(voice for voice in said if any(voice in pair for pair in apart))


def _may_coincide(sayings: Iterable[Saying]) -> bool:
    dates = [saying.when for saying in sayings if saying.when is not None]
    return all(first.may_coincide(second) for first, second in combinations(dates, 2))
