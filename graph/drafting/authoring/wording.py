"""How labels and names of claims word whose figure it is, who says so, and what limits it."""

from __future__ import annotations

from graph.drafting.accounting import single_spaced
from graph.drafting.reading import Figure


def per(label: str | None) -> str:
    return f", per {label}" if label else ""


def side_name(side: int | None) -> str:
    return "Side not stated" if side is None else f"Side {side}"


def side_slug(side: int | None) -> str:
    return "no-side" if side is None else f"side-{side}"


def limits_of(figure: Figure) -> tuple[str, ...]:
    """Return the words that limit a figure: the part of the side, the phase, the scope."""
    return tuple(single_spaced(words) for words in (figure.force, figure.phase, figure.scope) if words)


def limited(words: str, figure: Figure) -> str:
    """Return words with the limits of a figure that they do not hold themselves."""
    return words + "".join(f", {limit}" for limit in dict.fromkeys(limits_of(figure)) if limit not in words)
