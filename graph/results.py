"""What validation finds: results as SHACL has them (section 3.6), whoever found them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph.issues import Fault, Issue
from graph.turtle import TurtleFile, shown_iri

Severity = Literal["Violation", "Warning", "Info"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Result:
    """One node that does not meet one shape or check."""

    focus: Term
    shape: str
    """IRI of the shape, or of the check."""
    component: str
    """IRI of the kind of constraint."""
    path: str | None
    value: Term | None
    severity: Severity
    message: str
    """What a curator should do."""
    file: Path | None = field(default=None, compare=False)
    """The authored file that describes the focus node, where there is one."""
    line: int | None = field(default=None, compare=False)
    """Where in it, from 1, where that is known."""

    @property
    def name(self) -> str:
        """Twelve hexadecimal digits that tell this result from every other."""
        parts = (str(self.focus), self.shape, self.path or "", str(self.value or ""), self.message)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]

    def __str__(self) -> str:
        """Return the result as a user reads it."""
        about = self.focus.value if isinstance(self.focus, ox.NamedNode) else str(self.focus)
        seen = f"{shown_iri(about)}: {self.message}"
        remedy = f"{self.severity} of {shown_iri(self.shape)}"
        if self.path:
            remedy += f", on {shown_iri(self.path)}"
        if self.value is not None:
            value = self.value
            remedy += f", value {shown_iri(value.value) if isinstance(value, ox.NamedNode) else value}"
        if self.file is None:
            return f"{seen}\n    {remedy}"
        return str(Issue(self.file, self.line, seen, remedy))

    def placed(self, files: Mapping[str, TurtleFile]) -> Result:
        """Return it with its place, given the files that describe the nodes of these names."""
        file = files.get(str(self.focus))
        if file is None:
            return self
        about = self.focus.value if isinstance(self.focus, ox.NamedNode) else str(self.focus)
        return replace(self, file=file.path, line=file.line_of(about))


class InvalidDataset(Fault):
    """A dataset with violations; its text is all of them."""

    def __init__(self, results: Iterable[Result]) -> None:
        """Take the violations."""
        self.results = tuple(results)
        super().__init__("\n".join(map(str, self.results)))


def ordered(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results, each once, violations first and then in an order that never varies."""
    rank = {"Violation": 0, "Warning": 1, "Info": 2}
    found = dict.fromkeys(results)
    return tuple(
        sorted(found, key=lambda r: (rank[r.severity], str(r.focus), r.shape, r.path or "", str(r.value), r.message))
    )


def violations(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results that stop a build."""
    return tuple(result for result in results if result.severity == "Violation")
