"""Words that name people or things by what is counted beside them: "35 fighters" among aircraft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.figures.objects import head
from graph.drafting.lists.lexicon import words_of
from graph.drafting.reading import Loss

_DOUBTFUL: Final = words_of("fighter")
_AIRCRAFT: Final = words_of("aircraft airplane bomber drone glider helicopter jet plane transport uav")


def settled(loss: Loss, before: Sequence[Loss]) -> Loss:
    """Return a loss, of fighters that follow aircraft without a verb of their own as one of aircraft."""
    if loss.effect != "casualties" or not before or head(loss.object or "") not in _DOUBTFUL:
        return loss
    last = before[-1]
    is_beside = last.side == loss.side and last.included_in is None and head(last.object or "") in _AIRCRAFT
    return replace(loss, effect="lost") if is_beside else loss
