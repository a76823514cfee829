"""How much of a text is stated, left out or marked as missing, in code points, counted from its anchors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from server.terms.anchors import Anchor

_MISSING: Final = 1
_LEFT_OUT: Final = 2
_STATED: Final = 3


@dataclass(frozen=True, slots=True)
class Extent:
    """Each code point counts once; the four parts add up to the length."""

    length: int
    stated: int
    """Within a phrase that something is stated from."""
    left_out: int
    """Within a stretch that is left out with a reason, and nothing stated from it."""
    missing: int
    """Only in the heading or entry of a value that is missing."""
    rest: int
    """In none of them."""
    rest_words: int
    """Letters and digits of the rest; the others are spaces, ends of lines, bullets and punctuation."""


def measure(text: str, stated: Iterable[Anchor], left_out: Iterable[Anchor], missing: Iterable[Anchor]) -> Extent:
    """Return what these anchors cover of a text."""
    mask = bytearray(len(text))
    for anchors, value in ((missing, _MISSING), (left_out, _LEFT_OUT), (stated, _STATED)):
        for anchor in anchors:
            mask[anchor.start : anchor.end] = bytes((value,)) * (anchor.end - anchor.start)
    return Extent(
        length=len(text),
        stated=mask.count(_STATED),
        left_out=mask.count(_LEFT_OUT),
        missing=mask.count(_MISSING),
        rest=mask.count(0),
        rest_words=sum(1 for place, value in enumerate(mask) if not value and text[place].isalnum()),
    )
