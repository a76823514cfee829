"""Which named graph holds what is said about a subject.

Decided by the subject alone, so that everything said of a thing stands together: claims
with their viewpoint, references with what only they speak of, and so on. Outside
knowledge goes by its file, because it is about things that have a place already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri, viewpoint_graph_iri
from graph.issues import InvalidSources, Issues
from graph.namespaces import BG, CANONICAL_BASE, RDF
from graph.turtle import TurtleFile, shown_iri
from graph.vocabulary import Vocabulary

CROSSLINKS_FILE: Final = "crosslinks.ttl"
DATASET_FILE: Final = "dataset.ttl"
_REFERENCES_FILE: Final = "references.ttl"

_TYPE: Final = ox.NamedNode(RDF + "type")
_ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")
_CLAIM: Final = BG + "Claim"

_GRAPHS_OF_FILES: Final = MappingProxyType({CROSSLINKS_FILE: "crosslinks", DATASET_FILE: "dataset"})
_GRAPHS_OF_CLASSES: Final = MappingProxyType(
    {BG + "Reference": "references", BG + "Note": "references", BG + "Gap": "gaps", BG + "Omission": "gaps"}
)
_GRAPHS_OF_KINDS: Final = MappingProxyType(
    {
        "equipment": "equipment",
        "reference": "references",
        "note": "references",
        "work": "references",
        "gap": "gaps",
        "omission": "gaps",
        "unread": "gaps",
    }
)


@dataclass(frozen=True, slots=True)
class Partition:
    """The graphs of the subjects of some files."""

    graphs: Mapping[str, ox.NamedNode]

    def graph_of(self, file: TurtleFile, subject: str) -> ox.NamedNode:
        """Return the graph of a triple that the file says of a subject."""
        whole = _GRAPHS_OF_FILES.get(file.path.name)
        return named_graph(whole) if whole else self.graphs[subject]


@dataclass(slots=True)
class _Subject:
    """What decides where a subject belongs."""

    iri: str
    files: list[TurtleFile] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    viewpoints: set[str] = field(default_factory=set)


def named_graph(name: str) -> ox.NamedNode:
    """Return a named graph of the canonical base, as `entities`."""
    return ox.NamedNode(graph_iri(name))


def partition(files: Iterable[TurtleFile], vocabulary: Vocabulary, equipment: Collection[str] = ()) -> Partition:
    """Return the graphs of the subjects that the files describe.

    `equipment` are the subjects of ontology/equipment.ttl. Raises `InvalidSources` where a
    claim's viewpoint is missing, doubled or none, because then its graph would be a guess.
    """
    subjects: dict[str, _Subject] = {}
    for file in files:
        if file.path.name not in _GRAPHS_OF_FILES:
            _collect(file, subjects)
    graphs: dict[str, ox.NamedNode] = {}
    issues = Issues()
    for subject in subjects.values():
        with issues.gathering():
            graphs[subject.iri] = _graph(subject, vocabulary, equipment)
    issues.raise_any()
    return Partition(graphs)


def _collect(file: TurtleFile, subjects: dict[str, _Subject]) -> None:
    for triple in file.triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        subject = subjects.setdefault(triple.subject.value, _Subject(triple.subject.value))
        if file not in subject.files:
            subject.files.append(file)
        if isinstance(triple.object, ox.NamedNode):
            if triple.predicate == _TYPE:
                subject.classes.add(triple.object.value)
            elif triple.predicate == _ACCORDING_TO:
                subject.viewpoints.add(triple.object.value)


def _graph(subject: _Subject, vocabulary: Vocabulary, equipment: Collection[str]) -> ox.NamedNode:
    if subject.iri in equipment:
        return named_graph("equipment")
    kind = subject.iri.removeprefix(CANONICAL_BASE + "id/").partition("/")[0]
    if kind == "claim" or subject.viewpoints or any(vocabulary.is_a(class_, _CLAIM) for class_ in subject.classes):
        return _viewpoint_graph(subject, vocabulary)
    for class_, name in _GRAPHS_OF_CLASSES.items():
        if any(vocabulary.is_a(own, class_) for own in subject.classes):
            return named_graph(name)
    if all(file.path.name == _REFERENCES_FILE for file in subject.files):
        return named_graph("references")
    return named_graph(_GRAPHS_OF_KINDS.get(kind, "entities"))


def _viewpoint_graph(subject: _Subject, vocabulary: Vocabulary) -> ox.NamedNode:
    shown = shown_iri(subject.iri)
    if not any(vocabulary.is_a(class_, _CLAIM) for class_ in subject.classes):
        seen = f"{shown} is written as a claim, but none of its types is bg:Claim or a subclass of it"
        raise _invalid(subject, seen, "Give it one, as `a bg:LossClaim`.")
    if len(subject.viewpoints) != 1:
        found = ", ".join(map(shown_iri, sorted(subject.viewpoints))) or "none"
        seen = f"the claim {shown} has {len(subject.viewpoints)} values of bg:accordingTo ({found})"
        remedy = "Give it exactly one viewpoint; what two viewpoints say alike is two claims."
        raise _invalid(subject, seen, remedy)
    (viewpoint,) = subject.viewpoints
    try:
        return ox.NamedNode(viewpoint_graph_iri(viewpoint))
    except ValueError as error:
        raise _invalid(
            subject, f"the claim {shown}: {error}", "Name a viewpoint, as …/id/viewpoint/azerbaijan."
        ) from error


def _invalid(subject: _Subject, seen: str, remedy: str) -> InvalidSources:
    return InvalidSources([subject.files[0].issue(seen, remedy, about=subject.iri)])
