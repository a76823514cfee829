"""What the class diagram shows: boxes of classes, and the properties that lead from one to another.

The rule, so that nobody has to choose: our classes that have members, concepts aside; the
classes of others that a property leads from or to; each with what is below it in one box.
A property is drawn that is used and leads to a class that is drawn, from one or from
anything. A box that no property joins to another is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ANYTHING: Final = ""
"""In the place of a class: a property without a domain may lead from anything."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that leads from members of a class, or from anything, to members of another."""

    iri: str
    domain: str
    range: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a box: a class, or a property of the class above it."""

    iri: str
    depth: int
    relation: Relation | None = None
    """The property, where the line is one."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class with all that is below it and the properties that lead from them."""

    root: str
    rows: tuple[Row, ...]

    @property
    def classes(self) -> frozenset[str]:
        """The classes in the box."""
        return frozenset(row.iri for row in self.rows if row.relation is None)


def make_boxes(
    parents: Mapping[str, Collection[str]], relations: Iterable[Relation], used: Collection[str], ours: Collection[str]
) -> tuple[Box, ...]:
    """Return the boxes, by the IRI of their roots; the one of anything comes last.

    `parents` are the direct superclasses of each class, `used` the classes that have members
    and the properties that have triples, `ours` the classes that may be drawn for their own sake.
    """
    relations = sorted((x for x in relations if x.iri in used), key=lambda relation: relation.iri)
    drawn = {class_ for class_ in ours if class_ in used}
    drawn |= {class_ for x in relations for class_ in (x.domain, x.range) if class_ and class_ not in ours}
    kept = [x for x in relations if x.range in drawn and (x.domain == ANYTHING or x.domain in drawn)]
    below: dict[str, list[str]] = {class_: [] for class_ in sorted(drawn)}
    roots = []
    for class_ in below:
        above = sorted(parent for parent in parents.get(class_, ()) if parent in drawn and parent != class_)
        if above:
            below[above[0]].append(class_)
        else:
            roots.append(class_)
    boxes = [Box(root, tuple(_rows(root, below, kept, 0, set()))) for root in (*roots, ANYTHING)]
    home = {class_: box.root for box in boxes for class_ in box.classes}
    joined = {(home.get(x.domain, ANYTHING), home[x.range]) for x in kept if x.range in home}
    ends = {root for pair in joined if pair[0] != pair[1] for root in pair}
    return tuple(box for box in boxes if box.root in ends)


def _rows(
    class_: str, below: Mapping[str, list[str]], relations: list[Relation], depth: int, seen: set[str]
) -> Iterable[Row]:
    seen.add(class_)
    yield Row(class_, depth)
    for relation in relations:
        if relation.domain == class_:
            yield Row(relation.iri, depth, relation)
    for child in below.get(class_, ()):
        if child not in seen:
            yield from _rows(child, below, relations, depth + 1, seen)
