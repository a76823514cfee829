"""What the reader of a field of names took from its lines, noted while it reads.

Whatever letters and digits it did not take come out as unread, so that no reader can drop a
word by forgetting it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute

from graph.drafting.accounting import Taken, portions
from graph.drafting.document import Field
from graph.drafting.reading import Disposal, Portion


@dataclass(slots=True)
class Ledger:
    """The account of one field, which its reader fills."""

    field: Field
    otherwise: str = "The words were not understood."
    """Why words that nobody took are unread, where no better reason was noted."""
    _taken: dict[int, list[Taken]] = attribute(default_factory=dict)

    def read(self, line: int, start: int, end: int, rule: str) -> None:
        """Note that a rule read [start, end) of the line at this place of the field."""
        self._note(line, Taken(start, end, Disposal.READ, rule))

    def ignore(self, line: int, start: int, end: int, reason: str) -> None:
        """Note that [start, end) of this line says nothing that is wanted, and why."""
        self._note(line, Taken(start, end, Disposal.IGNORED, reason))

    def leave(self, line: int, start: int, end: int, reason: str) -> None:
        """Note what was not understood in [start, end) of this line."""
        self._note(line, Taken(start, end, Disposal.UNREAD, reason))

    def _note(self, line: int, taken: Taken) -> None:
        if taken.start < taken.end:
            self._taken.setdefault(line, []).append(taken)

    def portions(self) -> tuple[Portion, ...]:
        """Return the portions of all lines; words noted twice belong to the note that starts first."""
        found: list[Portion] = []
        for index, line in enumerate(self.field.lines):
            reached, apart = 0, []
            for one in sorted(self._taken.get(index, ()), key=lambda taken: (taken.start, taken.end)):
                start, end = max(one.start, reached), min(one.end, len(line.text))
                if start < end:
                    apart.append(Taken(start, end, one.disposal, one.why))
                    reached = end
            found += portions(self.field, line, apart, self.otherwise)
        return tuple(found)
