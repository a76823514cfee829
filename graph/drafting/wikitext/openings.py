"""Opening brackets that wait for their partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.anchors import Span
from graph.drafting.wikitext.extensions import TRANSPARENT


@dataclass(slots=True)
class Opening:
    """A run of braces, the start of a link or table, or a tag; what is left of it to be closed."""

    kind: str
    """`{`, `[`, `|` of a table, or the name of an extension tag."""
    start: int
    length: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + self.length)


@dataclass(slots=True)
class Openings:
    """A stack of them.

    A link is not closed from within a template, nor anything from within a footnote. What lies above
    one that closes is dropped, and one that never opened is not searched for, so that all searches
    together are linear.
    """

    stack: list[Opening] = field(default_factory=list)
    _waiting: Counter[str] = field(default_factory=Counter)
    """How many of each kind are open since the innermost footnote opened."""
    _outside: list[Counter[str]] = field(default_factory=list)
    """The same of the footnotes around it."""
    _tags: list[int] = field(default_factory=list)
    """Where in the stack the tags are."""

    def push(self, kind: str, start: int, length: int) -> None:
        """Open one more."""
        self.stack.append(Opening(kind, start, length))
        if kind in TRANSPARENT:
            self._tags.append(len(self.stack) - 1)
            self._outside.append(self._waiting)
            self._waiting = Counter()
        else:
            self._waiting[kind] += 1

    def pop(self) -> Opening:
        """Close the innermost."""
        opened = self.stack.pop()
        if opened.kind in TRANSPARENT:
            self._waiting = self._outside.pop()
            self._tags.pop()
        else:
            self._waiting[opened.kind] -= 1
        return opened

    def innermost(self, kind: str) -> int | None:
        """Return the place in the stack of the innermost of this kind that may be closed now."""
        if not self._waiting[kind]:
            return None
        for place in range(len(self.stack) - 1, -1, -1):
            found = self.stack[place].kind
            if found == kind:
                return place
            if found in TRANSPARENT or (kind != "{" and found == "{"):
                return None
        return None

    def tag_at(self, start: int) -> int | None:
        """Return the place in the stack of the tag that starts there."""
        return next((place for place in self._tags if self.stack[place].start == start), None)

    def drop_to(self, height: int) -> Iterator[Opening]:
        """Take everything above this height off the stack, and yield it."""
        while len(self.stack) > height:
            yield self.pop()
