"""The things that may be the one a query names, with their scores, and whether one of them clearly is it.

A score is the name's (`server.reconciliation.similarity`), lowered by 15 for what the dataset itself
makes where no type is asked for, by 25 for a type that is only preferred and not the
thing's, and by 30 and 10 parts in a hundred for properties that say otherwise or nothing. A query without a name
finds things by their properties; it scores at most 75 and matches nothing.

One candidate matches where its name agrees in the rung NEAR or above, no type or property
speaks against it, and no other thing's score comes within six of its own. A misspelt name of
fewer than seven letters matches only where a type or a property speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.reconciliation.similarity import Rung
from server.search.search_index import Kind

MARGIN: Final = 6.0
"""Points that keep two candidates apart."""
LEAST: Final = 30.0
"""A lower score says nothing."""
_OUT_OF_THE_WAY: Final = 15.0
_OTHER_TYPE: Final = 25.0
_CONTRADICTED: Final = 0.30
_SILENT: Final = 0.10
_BY_PROPERTIES: Final = 75.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the properties asked for agree with a thing's."""

    agreeing: int = 0
    contradicting: int = 0
    silent: int = 0
    """Of which it has no value."""

    @property
    def total(self) -> int:
        """How many properties were asked for."""
        return self.agreeing + self.contradicting + self.silent

    @property
    def factor(self) -> float:
        """What the score of a name is multiplied by."""
        lost = _CONTRADICTED * self.contradicting + _SILENT * self.silent
        return 1 - lost / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant."""

    iri: str
    kind: Kind
    name: str
    """Its name that answers best; empty where none was asked for."""
    rung: Rung = Rung.FUZZY
    likeness: float = 0.0
    """Score of the name alone."""
    is_of_type: bool = True
    is_usual: bool = True
    """Whether it is of a kind that is meant where no type is asked for, or a type was."""
    is_typed: bool = False
    """Whether a type was asked for."""
    is_short: bool = False
    """Whether the name asked for has too few letters for a misspelling to be told from another name."""
    agreement: Agreement = Agreement()
    matches: bool = False

    @property
    def score(self) -> float:
        """How likely it is meant, from 0 to 100."""
        score = self.likeness if self.name else _BY_PROPERTIES
        score -= 0.0 if self.is_of_type else _OTHER_TYPE
        score -= 0.0 if self.is_usual else _OUT_OF_THE_WAY
        if not self.name and self.agreement.total:
            return round(max(0.0, score * self.agreement.agreeing / self.agreement.total), 1)
        return round(max(0.0, score * self.agreement.factor), 1)

    @property
    def features(self) -> Mapping[str, float | bool]:
        """What the score is made of, for clients that weigh it themselves."""
        features: dict[str, float | bool] = {
            "name": round(self.likeness, 1),
            "exact": self.rung is Rung.EXACT,
            "type": self.is_of_type,
        }
        if self.agreement.total:
            features["properties"] = round(100 * self.agreement.agreeing / self.agreement.total, 1)
        return features


def decide(candidates: Iterable[Candidate]) -> Sequence[Candidate]:
    """Return the candidates that say something, the best first, and the first one as a match where it clearly is."""
    ordered = sorted((each for each in candidates if each.score >= LEAST), key=_order)
    if ordered and _is_right(ordered[0]) and all(ordered[0].score - each.score >= MARGIN for each in ordered[1:]):
        ordered[0] = replace(ordered[0], matches=True)
    return ordered


def _is_right(best: Candidate) -> bool:
    if not best.name or best.rung < Rung.NEAR or not best.is_of_type or best.agreement.contradicting:
        return False
    is_backed = best.is_typed or best.agreement.agreeing > 0
    return best.rung > Rung.NEAR or not best.is_short or is_backed


def _order(candidate: Candidate) -> tuple[float, int, str]:
    return (-candidate.score, candidate.kind.merit, candidate.iri)
