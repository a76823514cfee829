"""Where a list of losses starts again with what it has said: the commonest sign of a second column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.drafting.actors.columns import Roster
from graph.drafting.lists.headings import Kind
from graph.drafting.losses.cells import kinds
from graph.drafting.losses.rows import Row


def again(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the one row that starts again what was said already and parts the list with the fewest repetitions.

    Where several do, people of different names are told apart: "1,237 soldiers killed" and "648 partisans killed".
    """
    return _again(rows, by_object=False) or _again(rows, by_object=True)


def _again(rows: Sequence[Row], *, by_object: bool) -> tuple[int, str] | None:
    said, is_detail = list(_said(rows, by_object=by_object)), details(rows)
    first, second = _Column(), _Column()
    for row in said:
        second.add(row)
    places: list[tuple[int, int, str]] = []
    for at, row in enumerate(said):
        repeated = sorted(kind for kind, _ in row if kind in first.rows)
        if repeated and not is_detail[at] and not _is_under(rows, said, at):
            places.append((first.repetitions + second.repetitions, at, repeated[0]))
        first.add(row)
        second.drop(row)
    # Where a blank line stands before some of them, a place inside a list is none.
    places = [place for place in places if rows[place[1]].blank_before] or places
    least = min((repetitions for repetitions, _, _ in places), default=0)
    fewest = [(at, kind) for repetitions, at, kind in places if repetitions == least]
    if len(fewest) > 1:
        fewest = [(at, kind) for at, kind in fewest if rows[at].blank_before]
    if len(fewest) != 1:
        return None
    ((at, kind),) = fewest
    return (
        at,
        f"The list starts again with “{kind.rpartition(': ')[2]}”, which it has given already for the first column.",
    )


def _is_under(rows: Sequence[Row], said: Sequence[frozenset[tuple[str, str | None]]], at: int) -> bool:
    """Tell whether a row is an item under the one before it, and says of a part what that one says of all."""
    return at > 0 and rows[at].depth > rows[at - 1].depth and bool(said[at] & said[at - 1])


class _Column:
    """What the rows of a column have said, and how often they have said the same."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[str | None]] = {}
        self.repetitions = 0

    def add(self, row: frozenset[tuple[str, str | None]]) -> None:
        for kind, claimant in row:
            before = self._of(kind)
            self.rows.setdefault(kind, Counter())[claimant] += 1
            self.repetitions += self._of(kind) - before

    def drop(self, row: frozenset[tuple[str, str | None]]) -> None:
        for kind, claimant in row:
            before = self._of(kind)
            self.rows[kind][claimant] -= 1
            self.rows[kind] += Counter()
            self.repetitions += self._of(kind) - before

    def _of(self, kind: str) -> int:
        """Return how often the same is said: different claimants who are named do not say the same."""
        claimants = self.rows.get(kind)
        if not claimants:
            return 0
        return claimants.total() - (1 if None in claimants else len(claimants))


def _said(rows: Sequence[Row], *, by_object: bool) -> Iterator[frozenset[tuple[str, str | None]]]:
    """Yield what each row says, with the headings that it stands under, and the claimant of its line."""
    under = ""
    for row in rows:
        if row.heading and row.heading.kind in {Kind.CLAIMANT, Kind.FORCE, Kind.PHASE, Kind.CIVILIAN}:
            under = f"{row.heading.name}: "
        flags = "".join(whose for _, whose in row.strip.line.flags) if row.strip else ""
        here = {kind for loss in row.figures.losses if loss.included_in is None for kind in _kinds(row, kinds(loss))}
        named = next((loss.object for loss in row.figures.losses if by_object and loss.object), None)
        claimant = row.claims[0].name if row.claims else named
        yield frozenset((f"{under}{flags}: {kind}", claimant) for kind in here)


def details(rows: Sequence[Row]) -> tuple[bool, ...]:
    """Tell of each row whether it is in a list under the row before it, and others as high as that one follow."""
    found = [False] * len(rows)
    lowest: int | None = None
    for at in range(len(rows) - 1, 0, -1):
        above = rows[at - 1].depth
        found[at] = lowest is not None and rows[at].depth > above >= lowest
        if rows[at].strip:
            lowest = rows[at].depth if lowest is None else min(lowest, rows[at].depth)
    return tuple(found)


def _kinds(row: Row, of_loss: frozenset[str]) -> frozenset[str]:
    """Return the kinds with the effect that a heading on the same line lends: "Killed: 169"."""
    if row.heading and row.heading.effect and of_loss == {"casualties"}:
        return frozenset(row.heading.effect.split("_")) - {"or"}
    return of_loss
