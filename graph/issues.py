"""What the sources hold that the build cannot accept, told to the person who wrote it.

An `Issue` is data: the file, the line where known, what was seen and what to do. A step
gathers all it finds and raises them together, so that a curator mends a file in one go.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.paths import ROOT


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing in one file that the build refuses."""

    file: Path
    line: int | None
    """From 1; None where the issue is not one of a line."""
    seen: str
    remedy: str

    def __str__(self) -> str:
        """Return the message a user reads: place and finding, then the remedy on a line of its own."""
        place = shown(self.file) if self.line is None else f"{shown(self.file)}, line {self.line}"
        return f"{place}: {self.seen}\n    {self.remedy}"


class Fault(ValueError):
    """Something wrong with the data, its sources or its shapes; the message tells a user what to do."""


class InvalidSources(Fault):
    """The sources hold issues; its text is all of them, in the order of files and lines."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        """Take at least one issue."""
        self.issues = tuple(sorted(issues, key=lambda issue: (issue.file, issue.line or 0, issue.seen)))
        super().__init__("\n".join(map(str, self.issues)))


class Issues(list[Issue]):
    """The issues of one step, gathered until the step can go no further."""

    @contextlib.contextmanager
    def gathering(self) -> Iterator[None]:
        """Take over the issues that the body raises, and go on after it."""
        try:
            yield
        except InvalidSources as invalid:
            self.extend(invalid.issues)

    def raise_any(self) -> None:
        """Raise `InvalidSources` where there is an issue."""
        if self:
            raise InvalidSources(self)


def shown(file: Path) -> str:
    """Return the path as a user would type it in the project's folder."""
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file)
