"""A table as text: as it is printed, and as Markdown writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Grid:
    """A title, the heads of the columns, and rows of as many cells; what is not known is an empty cell."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    """What is said below it."""

    def lines(self) -> Iterator[str]:
        """Yield the lines of the table in columns, the first to the left and the others to the right."""
        cells = [self.heads, *self.rows]
        widths = [max(len(line[place]) for line in cells) for place in range(len(self.heads))]
        yield self.title
        for first, *rest in cells:
            yield "  ".join((first.ljust(widths[0]), *map(str.rjust, rest, widths[1:]))).rstrip()
        yield from self.notes

    def markdown(self) -> Iterator[str]:
        """Yield the lines of a section of its own: heading, table, notes."""
        yield from (f"### {self.title}", "")
        yield _row(self.heads)
        yield _row(["---", *("---:" for _ in self.heads[1:])])
        yield from map(_row, self.rows)
        yield from chain.from_iterable(("", note) for note in self.notes)
        yield ""


def shown(number: float) -> str:
    """Return a number to three figures, and no more than two decimals, as 0.17, 12.3 or 1,230.

    >>> shown(0.1749), shown(12.3456)
    ('0.17', '12.3')
    """
    decimals = 2 if abs(number) < 10 else 1 if abs(number) < 100 else 0  # noqa: PLR2004 - three figures
    return f"{number:,.{decimals}f}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
