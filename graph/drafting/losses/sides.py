"""Which side the rows of a field are of, where a renderer lost its columns.

The rows of the first column come first, then those of the second, then what was printed under
both. So two places are looked for: where the rows of no side begin, and where the second column
does. For the second one the signs are tried in a fixed order, and the first that finds exactly
one place decides; where none does, no row has a side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.drafting.actors.columns import Placed, Roster
from graph.drafting.losses.rows import Row
from graph.drafting.losses.signs import SIGNS
from graph.drafting.losses.tails import tail

NOT_TOLD: Final = "Nothing in the text tells which lines are of which column."
_NO_SIDE: Final = "The line stands after the lists of both columns, as what was printed under both does."


def sides_of(rows: Sequence[Row], roster: Roster) -> tuple[Placed, ...]:
    """Return the side of each row of a field that lost its columns, and the sign that tells it."""
    end = tail(rows, roster)
    found = next((found for sign in SIGNS if (found := sign(rows[:end], roster))), None)
    if found is None:
        placed = [Placed(None, NOT_TOLD)] * end
    else:
        start, basis = found
        placed = [Placed(1, basis)] * start + [Placed(2, basis)] * (end - start)
    return (*placed, *[Placed(None, _NO_SIDE)] * (len(rows) - end))
