"""The shapes as their page documents them: what is demanded of each kind of thing, in words.

It all follows from the dataset and the reader's language, so it is made once and kept.
Every shape and every cell of a list has its place under its fragment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from graph.iris import SHAPES_IRI, graph_iri
from graph.namespaces import DCTERMS, PREFIXES, RDFS, SH
from server.http.languages import Reading, present_reading
from server.site import Site
from server.terms.labels import Label, Shown
from server.terms.rows import Row
from server.terms.taxonomy import TYPE
from server.vocabularies.axioms import Axioms
from server.vocabularies.demands import PROPERTY
from server.vocabularies.shape import Shape, ShapeReader
from server.vocabularies.vocabulary import fragment_of, read_statements, words

_ABOUT: Final = tuple(ox.NamedNode(DCTERMS + name) for name in ("description", "abstract"))
_LABEL: Final = ox.NamedNode(RDFS + "label")
_NODE_SHAPE: Final = SH + "NodeShape"
_CHECK: Final = SH + "SPARQLSelectExecutable"
_OF_CLASS: Final = re.compile(r"(?<=\sa )([a-z]+):([A-Z]\w+)")


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Checks that are about one class first of all; None where they name no class."""

    about: Shown | None
    checks: tuple[Shape, ...]

    @property
    def size(self) -> int:
        """How many checks these are."""
        return len(self.checks)


@dataclass(frozen=True, slots=True)
class ShapesDocument:
    """What the page of the shapes shows."""

    label: Label
    about: tuple[Label, ...]
    rows: tuple[Row, ...]
    of_things: tuple[Shape, ...]
    """The main shape of each class, by name, with the shapes of its properties and the further ones of the class."""
    of_several: tuple[Shape, ...]
    """Shapes of things of several classes that have main shapes of their own."""
    shared: tuple[Shape, ...]
    """Shapes of properties that several of them have."""
    of_uses: tuple[Shape, ...]
    """Shapes of properties that look for what they are about by themselves."""
    helpers: tuple[Shape, ...]
    """Shapes that others are built from."""
    checks: tuple[CheckGroup, ...]
    results: int
    cells: tuple[str, ...]
    """Fragments of cells of lists that no demand shows."""
    fragments: frozenset[str]
    """The fragments under which a shape or a check is documented."""


def read_shapes(site: Site) -> ShapesDocument:
    """Return the documentation of the shapes in the present reader's language."""
    # A language of the reader's own choice goes along in the links: it is kept apart from the same one by itself.
    return site.kept(_read, present_reading())


def _read(site: Site, _reading: Reading) -> ShapesDocument:
    statements = read_statements(site, ox.NamedNode(graph_iri("shapes", site.dataset.base)))
    axioms = Axioms(site, statements)
    results: Counter[str] = Counter()
    for (_severity, source), number in site.results.items():
        results[source] += number
    reader = ShapeReader(site, statements, axioms, results)
    own = statements.of(ox.NamedNode(SHAPES_IRI))
    users: dict[str, list[str]] = {}
    for subject in statements.terms(SHAPES_IRI):
        for part in statements.iris(subject, PROPERTY):
            users.setdefault(part, []).append(subject.value)
    shapes = {subject.value: reader.read(subject) for subject in sorted(statements.terms(SHAPES_IRI), key=str)}
    for iri, plain in shapes.items():
        parts = [part for part in statements.iris(ox.NamedNode(iri), PROPERTY) if part in shapes]
        lone = tuple(shapes[part] for part in parts if len(users[part]) == 1)
        several = tuple(shapes[part] for part in parts if len(users[part]) > 1)
        shapes[iri] = replace(plain, own=lone, shared=several)
    checks = {iri for iri in shapes if _CHECK in statements.iris(ox.NamedNode(iri), TYPE)}
    of_nodes = {iri for iri in shapes if _NODE_SHAPE in statements.iris(ox.NamedNode(iri), TYPE)}
    targeted = {iri for iri, shape in shapes.items() if shape.targets}
    nested = {part for part, found in users.items() if len(found) == 1}
    shared = {part for part, found in users.items() if len(found) > 1 and part in shapes}
    rest = shapes.keys() - checks - targeted - nested - shared
    of_things, of_several = _sorted_out([shapes[iri] for iri in sorted((targeted & of_nodes) - nested)])
    placed = _placed(shapes.values())
    return ShapesDocument(
        label=site.labels.label(SHAPES_IRI),
        about=words(own, _ABOUT),
        rows=axioms.rest(own, frozenset((*_ABOUT, _LABEL))),
        of_things=of_things,
        of_several=of_several,
        shared=_by_name(shapes[iri] for iri in shared),
        of_uses=_by_name(shapes[iri] for iri in targeted - of_nodes - nested - shared),
        helpers=_by_name(shapes[iri] for iri in rest),
        checks=_grouped(site, [shapes[iri] for iri in sorted(checks)]),
        results=sum(results.values()),
        cells=tuple(sorted({fragment_of(cell.value) for cell in statements.lists} - placed)),
        fragments=frozenset(shape.fragment for shape in shapes.values()),
    )


def _sorted_out(shapes: Iterable[Shape]) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """Return the main shapes with the further ones of their class, and those that are about several such classes.

    The main shape of a class is the one of its shapes that has the most properties.
    """
    main: dict[str, Shape] = {}
    found = sorted(shapes, key=lambda shape: (-len(shape.own) - len(shape.shared), shape.fragment))
    further: dict[str, list[Shape]] = {}
    several = []
    for shape in found:
        about = [term.iri or term.text for _kind, terms in shape.targets for term in terms]
        taken = [main[iri].fragment for iri in about if iri in main]
        if len(about) == len(taken) == 1:
            further.setdefault(taken[0], []).append(shape)
        elif len(about) == len(taken):
            several.append(shape)
        else:
            main.update({iri: shape for iri in about if iri not in main})
    heads = {shape.fragment: shape for shape in main.values()}.values()
    of_things = (replace(shape, further=_by_name(further.get(shape.fragment, ()))) for shape in heads)
    return _by_name(of_things), _by_name(several)


def _placed(shapes: Iterable[Shape]) -> set[str]:
    return {part.cell for shape in shapes for demand in shape.demands for part in demand.parts if part.cell}


def _by_name(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    return tuple(sorted(shapes, key=lambda shape: (shape.label.text.casefold(), shape.fragment)))


def _grouped(site: Site, checks: Iterable[Shape]) -> tuple[CheckGroup, ...]:
    """Return the checks by the first class that their query asks for."""
    groups: dict[str, list[Shape]] = {}
    for check in checks:
        groups.setdefault(next(_classes(check.query or ""), ""), []).append(check)
    shown = {iri: site.labels.show_iri(iri) if iri else None for iri in groups}
    made = (CheckGroup(shown[iri], tuple(found)) for iri, found in groups.items())
    return tuple(sorted(made, key=lambda group: (group.about is None, group.about.text if group.about else "")))


def _classes(query: str) -> Iterator[str]:
    for prefix, name in _OF_CLASS.findall(query):
        if prefix in PREFIXES:
            yield PREFIXES[prefix] + name
