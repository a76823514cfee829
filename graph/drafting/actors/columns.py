"""Which column a line belongs to, where the text lost its columns.

The entries of such a field stand in the order of the columns: all of the first, then all of the
second. So there is one place where the second column begins, and each sign of the text leaves
some places possible: a gap in the middle of a line, a blank line, a flag, a list that starts
again, a sentence that says who fought whom. Where the signs leave one place, every entry has
its side; where they leave several, only the entries before the first of them and after the
last one do. Nothing else decides: what the text does not tell stays without a side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.drafting.actors.polities import roots


@dataclass(frozen=True, slots=True)
class Sign:
    """What one sign of the text leaves possible: places, from 0, of the first entry of the second column."""

    places: frozenset[int]
    basis: str
    """The sign, as a sentence."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The side of an entry, and how it is known; both None where the text does not tell."""

    side: int | None = None
    basis: str | None = None


def place(count: int, signs: Iterable[Sign], *, both: bool, otherwise: str | None = None) -> tuple[Placed, ...]:
    """Return the sides of `count` entries in the order of the columns, from the signs, strongest first.

    With `both`, neither column is empty, so that the first entry is of the first and the last of the
    second one, for which `otherwise` is the basis. A sign that contradicts stronger ones decides
    nothing and leaves the entries between its place and theirs without a side.
    """
    low, high = (1, count - 1) if both else (0, count)
    if low > high:
        return (Placed(),) * count
    possible: range | frozenset[int] = range(low, high + 1)
    bases = [otherwise] if both and otherwise and low == high else []
    doubted: set[int] = set()
    for sign in signs:
        left = sign.places.intersection(possible)
        if not left:
            if sign.places:
                doubted.add(min(sign.places, key=lambda at: min(abs(at - possible_) for possible_ in (low, high))))
        elif len(left) < len(possible):
            possible, low, high = left, min(left), max(left)
            bases.append(sign.basis)
    low, high = min([low, *doubted]), max([high, *doubted])
    basis = " ".join(bases) or otherwise
    if basis is None:
        return (Placed(),) * count
    return tuple(Placed(1, basis) if at < low else Placed(2, basis) if at >= high else Placed() for at in range(count))


def one_break(breaks: Sequence[int], basis: str) -> Iterable[Sign]:
    """Yield the sign of the one place where a line holds two columns; of several, none is the one."""
    if len(breaks) == 1:
        yield Sign(frozenset(breaks), basis)


def blank_lines(blanks: Sequence[int]) -> Iterable[Sign]:
    """Yield the sign of blank lines before entries other than the first."""
    if starts := frozenset(at for at, blank in enumerate(blanks) if at and blank):
        yield Sign(starts, "A blank line stands before the second column.")


def known_sides(sides: Sequence[int | None], basis: str) -> Iterable[Sign]:
    """Yield the sign of entries that tell their own side; none where they contradict the order of the columns."""
    ones = [at for at, side in enumerate(sides) if side == 1]
    twos = [at for at, side in enumerate(sides) if side == 2]  # noqa: PLR2004 - a box has two columns
    first, last = (ones[-1] + 1 if ones else 0), (twos[0] if twos else len(sides))
    if (ones or twos) and first <= last:
        yield Sign(frozenset(range(first, last + 1)), basis)


def starting_again(kinds: Sequence[str | None]) -> Iterable[Sign]:
    """Yield the sign of a list that starts again with what it started with: `men`, `guns`, `men`, `guns`."""
    again = [at for at, kind in enumerate(kinds) if at and kind is not None and kind == kinds[0]]
    if len(again) == 1:
        yield Sign(frozenset(again), f"What stands first, “{kinds[0]}”, is given once more for the second column.")


def opposed(
    names: Sequence[frozenset[str]], pairs: Iterable[tuple[frozenset[str], frozenset[str], str]]
) -> Iterable[Sign]:
    """Yield the signs of words that put two of the named on different sides; each pair comes with its words."""
    for one, other, words in pairs:
        here = [at for at, name in enumerate(names) if name & one]
        there = [at for at, name in enumerate(names) if name & other]
        if not here or not there:
            continue
        first, second = (here, there) if here[0] < there[0] else (there, here)
        if first[-1] < second[0]:
            places = frozenset(range(first[-1] + 1, second[0] + 1))
            yield Sign(places, f"The text has them against each other: “{words}”.")


def together(
    names: Sequence[frozenset[str]], allies: Iterable[tuple[frozenset[str], frozenset[str], str]]
) -> Iterable[Sign]:
    """Yield the signs of words that put two of the named on one side."""
    for one, other, words in allies:
        here = [at for at, name in enumerate(names) if name & one]
        there = [at for at, name in enumerate(names) if name & other]
        if here and there:
            first, last = min(here + there), max(here + there)
            places = frozenset(at for at in range(1, len(names)) if not first < at <= last)
            yield Sign(places, f"The text has them together: “{words}”.")


class Roster:
    """The belligerents by side, as far as the article tells, to be found by any form of their names."""

    def __init__(self, members: Iterable[tuple[str, int | None]] = ()) -> None:
        self.members = tuple(members)
        self._by_name: dict[str, set[int | None]] = {}
        self._by_root: dict[str, set[int | None]] = {}
        for name, side in self.members:
            self._by_name.setdefault(name.casefold(), set()).add(side)
            for root in roots(name):
                self._by_root.setdefault(root, set()).add(side)

    def side_of(self, name: str) -> Placed:
        """Return the side of the only belligerent that this name, adjective or flag speaks of."""
        sides = self._by_name.get(name.casefold(), set())
        if len(sides) != 1:
            sides = {side for root in roots(name) for side in self._by_root.get(root, ())}
        side = next(iter(sides)) if len(sides) == 1 else None
        return Placed(side, f"\u201c{name}\u201d is a belligerent of that side.") if side else Placed()
