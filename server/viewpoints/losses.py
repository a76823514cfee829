"""A loss claim's figure: how many, as far as its words go.

A count has a least and a most; equal ones are exact, and a missing one is open ("at
least 38"). A claim whose value is unspecified or missing from the copy has no figure at
all, and nothing here makes a zero of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask_babel import gettext as _

from server.terms.values import name_count

_COUNT: Final = re.compile(r"\+?[0-9]{1,18}")


class Extent(StrEnum):
    """What kind of count a figure is."""

    EXACT = "exact"
    IMPLIED = "implied"
    RANGE = "range"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its bounds, of which at least one is there."""

    least: int | None
    most: int | None
    is_stated: bool = True
    """Whether the words give the count, rather than imply it."""

    @property
    def extent(self) -> Extent:
        """What kind of count it is."""
        if self.least is None:
            return Extent.AT_MOST
        if self.most is None:
            return Extent.AT_LEAST
        if self.least != self.most:
            return Extent.RANGE
        return Extent.EXACT if self.is_stated else Extent.IMPLIED

    @property
    def bounds(self) -> tuple[int, ...]:
        """The numbers it has, the smaller first."""
        return tuple(sorted({bound for bound in (self.least, self.most) if bound is not None}))

    @property
    def words(self) -> str:
        """The figure in the reader's language, as "14", "at least 38" or "1 (implied)"."""
        number = name_count(self.least, self.most) or ""
        return number if self.is_stated else str(_("%(number)s (implied)", number=number))


def read_figure(least: Sequence[str], most: Sequence[str], stated: Sequence[str]) -> Figure | None:
    """Return the figure of a claim's literals, None where no bound can be read."""
    low, high = _read_count(least), _read_count(most)
    if low is None and high is None:
        return None
    return Figure(low, high, is_stated="false" not in stated and "0" not in stated)


def split_at_figure(words: str, figure: Figure) -> tuple[str, str, str]:
    """Return what stands before a figure in the words, the figure and what stands behind it.

    The first two are empty where the words do not have the number.

    >>> split_at_figure("5 2S1 howitzers", Figure(5, 5))
    ('', '5', ' 2S1 howitzers')
    """
    number = figure.bounds[0]
    found = re.search(rf"(?<![\w,.-])(?:{number}|{number:,})(?![\w]|[,.]\w)", words)
    return (words[: found.start()], found.group(), words[found.end() :]) if found else ("", "", words)


def _read_count(texts: Sequence[str]) -> int | None:
    return next((int(text) for text in texts if _COUNT.fullmatch(text)), None)
