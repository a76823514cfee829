"""What shapes/ holds: SHACL shapes, each for one kind of data, and whole-graph checks.

`terms.ttl` is for the ontology, `dataset.ttl` for the dataset's description, and
`crosslinks.ttl` for outside knowledge; every other file is for what articles say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

import pyoxigraph as ox

from graph.assemble import named_triples
from graph.checks import Check, read_checks
from graph.issues import Issues
from graph.partition import named_graph
from graph.shacl import Shapes
from graph.travelling import Travelling
from graph.turtle import TurtleFile, read_turtle
from graph.vocabulary import Vocabulary

Scope = Literal["article", "crosslinks", "dataset", "terms"]
"""The kinds of data that have shapes of their own."""

_SCOPES_OF_FILES: Final[Mapping[str, Scope]] = MappingProxyType(
    {"crosslinks.ttl": "crosslinks", "dataset.ttl": "dataset", "terms.ttl": "terms"}
)


@dataclass(frozen=True)
class Constraints(Travelling):
    """The shapes and checks of a folder, parsed once."""

    files: Mapping[TurtleFile, tuple[ox.Triple, ...]]
    """The triples of each file, without blank nodes."""
    checks: tuple[Check, ...]

    @cached_property
    def shapes(self) -> Shapes:
        """All shapes together, so that one may refer to another of any file."""
        return Shapes(triple for triples in self.files.values() for triple in triples)

    @cached_property
    def names(self) -> Mapping[Scope, frozenset[str]]:
        """The IRIs of the shapes for each kind of data."""
        names: dict[Scope, set[str]] = {scope: set() for scope in ("article", "crosslinks", "dataset", "terms")}
        for file, triples in self.files.items():
            scope = _SCOPES_OF_FILES.get(file.path.name, "article")
            names[scope].update(t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode))
        return {scope: frozenset(found) for scope, found in names.items()}

    def quads(self) -> frozenset[ox.Quad]:
        """Return the named graph `shapes`."""
        graph = named_graph("shapes")
        shapes = (
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for triples in self.files.values()
            for triple in triples
        )
        return frozenset((*shapes, *(quad for check in self.checks for quad in check.quads(graph))))


def read_constraints(folder: Path, vocabulary: Vocabulary) -> Constraints:
    """Return the shapes and checks of a folder; raise `InvalidSources` with all its issues."""
    issues = Issues()
    files: list[TurtleFile] = []
    for path in sorted(folder.glob("*.ttl")):
        with issues.gathering():
            files.append(read_turtle(path))
    named: Mapping[TurtleFile, tuple[ox.Triple, ...]] = {}
    with issues.gathering():
        named = named_triples(files, vocabulary)
    checks: Iterable[Check] = ()
    with issues.gathering():
        checks = read_checks(folder / "checks")
    issues.raise_any()
    return Constraints(named, tuple(checks))
