"""What every article stands on: the terms, what articles share, the shapes and the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.assemble import Part, assemble_shared, assemble_terms
from graph.constraints import Constraints, read_constraints
from graph.issues import Issues
from graph.query_file import unknown_terms
from graph.rules import Rule, read_rules
from graph.sources import Sources
from graph.travelling import Travelling
from graph.turtle import TurtleFile, read_turtle
from graph.vocabulary import Vocabulary, read_vocabulary

SHARED_PARTS: Final = ("equipment", "shared")
"""The parts that hold what articles share: kinds of losses, and the registry with what is known of its things."""

_EQUIPMENT_FILE: Final = "equipment.ttl"


@dataclass(frozen=True)
class Ground(Travelling):
    """The part of the sources that belongs to no article."""

    vocabulary: Vocabulary
    parts: tuple[Part, ...]
    constraints: Constraints
    rules: tuple[Rule, ...]
    equipment: frozenset[str]
    """The subjects of ontology/equipment.ttl."""

    @property
    def terms(self) -> frozenset[ox.Quad]:
        """The ontology, without the kinds of losses."""
        return frozenset().union(*(part.quads for part in self.parts if part.name not in SHARED_PARTS))

    @property
    def shared(self) -> frozenset[ox.Quad]:
        """What articles share, whether or not one speaks of it."""
        return frozenset().union(*(part.quads for part in self.parts if part.name in SHARED_PARTS))

    @cached_property
    def files(self) -> Mapping[str, TurtleFile]:
        """The file that describes each node, as N-Triples writes it."""
        return {
            str(triple.subject): file for part in self.parts for file in reversed(part.files) for triple in file.triples
        }

    @property
    def quads(self) -> frozenset[ox.Quad]:
        """The quads of all of it."""
        return frozenset().union(*(part.quads for part in self.parts), self.constraints.quads())


def lay_ground(sources: Sources) -> Ground:
    """Return what the articles stand on; raise `InvalidSources` with the issues of all its files."""
    issues = Issues()
    ontology = _read_folder(sources.ontology, issues)
    shared = _read_folder(sources.shared, issues)
    issues.raise_any()
    vocabulary = read_vocabulary(ontology)
    terms = [file for file in ontology if file.path.name != _EQUIPMENT_FILE]
    kinds = [file for file in ontology if file.path.name == _EQUIPMENT_FILE]
    equipment = frozenset(
        t.subject.value for file in kinds for t in file.triples if isinstance(t.subject, ox.NamedNode)
    )
    parts: list[Part] = []
    with issues.gathering():
        parts.append(assemble_terms("ontology", terms, vocabulary))
    with issues.gathering():
        parts.append(assemble_shared("equipment", kinds, vocabulary, equipment))
    with issues.gathering():
        parts.append(assemble_shared("shared", shared, vocabulary, equipment))
    constraints = Constraints({}, ())
    with issues.gathering():
        constraints = read_constraints(sources.shapes, vocabulary)
    rules: tuple[Rule, ...] = ()
    with issues.gathering():
        rules = read_rules(sources.rules)
    for path in sorted((*sources.rules.glob("*.rq"), *(sources.shapes / "checks").glob("*.rq"))):
        issues.extend(unknown_terms(path, vocabulary))
    issues.raise_any()
    return Ground(vocabulary, tuple(parts), constraints, rules, equipment)


def _read_folder(folder: Path, issues: Issues) -> list[TurtleFile]:
    files: list[TurtleFile] = []
    for path in sorted(folder.glob("*.ttl")):
        with issues.gathering():
            files.append(read_turtle(path))
    return files
