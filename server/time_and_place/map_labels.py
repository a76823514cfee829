"""Labels on a map: where words may stand beside a spot without covering anything.

They are placed for letters of LETTER units, the size they have on a narrow phone; a wide
screen may show them smaller, which needs less room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

from server.time_and_place.projection import HEIGHT, WIDTH

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

LETTER: Final = 13.0
_WIDE: Final = 0.56
"""Width of a letter as a share of its height; a little more than most have."""
_OFF: Final = 8.0


@dataclass(frozen=True, slots=True)
class Text:
    """Words on the sheet."""

    x: float
    y: float
    anchor: str
    """SVG's `text-anchor`."""
    text: str
    lang: str | None = None


def around(words: Text, x: float, y: float) -> Iterator[Text]:
    """Yield the words beside a spot, in the order in which maps prefer the places."""
    for dx, dy, anchor in (
        (_OFF, 4, "start"), (-_OFF, 4, "end"), (_OFF, -6, "start"), (_OFF, 15, "start"), (-_OFF, -6, "end"),
        (-_OFF, 15, "end"), (0, -11, "middle"), (0, 20, "middle"),
    ):  # fmt: skip
        yield replace(words, x=round(x + dx, 1), y=round(y + dy, 1), anchor=anchor)


def box_of(text: Text, letter: float = LETTER) -> Box:
    """Return the room that words in letters of this height take."""
    wide = len(text.text) * letter * _WIDE
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, text.y - letter * 0.8, left + wide, text.y + letter * 0.25


def is_crossed(box: Box, lines: Iterable[Sequence[tuple[float, float]]]) -> bool:
    """Tell whether a line comes near enough to a box to run through words in it."""
    left, top, right, bottom = box
    return any(
        max(x1, x2) >= left and min(x1, x2) <= right and max(y1, y2) >= top and min(y1, y2) <= bottom
        for line in lines
        for (x1, y1), (x2, y2) in pairwise(line)
    )


def fits(box: Box, taken: Iterable[Box]) -> bool:
    """Tell whether a box lies on the sheet and on nothing else."""
    left, top, right, bottom = box
    if left < 2 or top < 2 or right > WIDTH - 2 or bottom > HEIGHT - 2:  # noqa: PLR2004  a little off the edge
        return False
    return all(right < l or left > r or bottom < t or top > b for l, t, r, b in taken)  # noqa: E741
