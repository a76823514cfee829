"""Which claimant speaks for which figure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from graph.drafting.lists.claimants import Claim, Reach
from graph.drafting.lists.lexicon import EFFECTS
from graph.drafting.losses.cells import kinds
from graph.drafting.losses.rows import Row
from graph.drafting.reading import Loss, Named

_SENTENCE: Final = re.compile(r"[.!?]\s+(?=[A-Z\d~])")


def attributed(loss: Loss, row: Row, otherwise: Named | None) -> Loss:
    """Return a loss with its claimant: the one of its line, else the one of the heading."""
    claim = claim_of(loss, row)
    if claim is None or row.strip is None:
        return replace(loss, claimant=otherwise)
    if is_of_bound(loss, claim):
        return replace(loss, claimant=None)
    scope = loss.scope or (row.text[slice(*claim.scope)] if claim.scope else None)
    included_in = loss.included_in if claim.within is None else None
    return replace(loss, claimant=claim.named(row.strip), scope=scope, included_in=included_in)


def claim_of(loss: Loss, row: Row) -> Claim | None:
    """Return the claimant of a line that speaks for a loss."""
    at, before, text = loss.words.start, None, row.text
    for claim in row.claims:
        if claim.within is not None:
            if claim.within[0] <= at < claim.within[1]:
                return claim
            continue
        if claim.end <= at:
            before = claim
            continue
        if (
            claim.reach is Reach.BEFORE
            and not _SENTENCE.search(text, at, claim.start)
            and not _is_cut_off(loss, claim, row)
        ):
            return claim
        break
    if before and before.reach is Reach.BEHIND and not _SENTENCE.search(text, before.end, at + 1):
        return before
    return None


def _is_cut_off(loss: Loss, claim: Claim, row: Row) -> bool:
    """Tell whether a lost break stands between: "350 killed 2,000 killed (per X)" has two sources."""
    run = [one for one in row.figures.losses if loss.words.start <= one.words.start < claim.start]
    tops = [one for one in run if one.included_in is None]
    said: set[str] = set()
    for one, following in pairwise(tops):
        said |= kinds(one)
        between = row.text[one.words.end : following.words.start]
        if (not between or between.isspace()) and said & kinds(following):
            return True
    return False


def is_of_bound(loss: Loss, claim: Claim) -> bool:
    """Tell whether a claimant gives only the upper end of a range: "77,166 killed to 110,000 killed (US estimate)"."""
    if loss.count.least is None or loss.count.most is None or loss.count.least == loss.count.most:
        return False
    numbers = list(re.finditer(r"\d[\d,.]*", loss.words.text))
    if len(numbers) < 2:  # noqa: PLR2004 - a range has two ends
        return False
    between = loss.words.text[numbers[0].end() : numbers[-1].start()].lower().split()
    return claim.reach is Reach.BEFORE and any(word in EFFECTS for word in between)
