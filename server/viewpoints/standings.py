"""How surely and on what source something is said, so that what many lines share is told once.

Pure. Only what at least three sayings of one viewpoint have alike is shared; a line that
stands otherwise tells so itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from server.terms.claims import Claim
from server.terms.labels import Shown
from server.viewpoints.sayings import Saying

_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands behind a claim, its words aside."""

    certainty: Shown | None
    hedges: tuple[str, ...]
    references: tuple[Shown, ...]
    source_status: Shown | None


def standing_of(claim: Claim) -> Standing:
    """Return how surely and on what source a claim is made."""
    return Standing(claim.certainty, claim.hedges, claim.references, claim.source_status)


def share_standings(sayings: Iterable[Saying]) -> Mapping[Shown, Standing]:
    """Return, for each viewpoint, the standing that most of its sayings have; none where they are too few."""
    counts: dict[Shown, Counter[Standing]] = {}
    for saying in sayings:
        counts.setdefault(saying.claim.viewpoint, Counter())[standing_of(saying.claim)] += 1
    most = ((viewpoint, counter.most_common(1)[0]) for viewpoint, counter in counts.items())
    return {viewpoint: standing for viewpoint, (standing, count) in most if count >= _FEWEST}
