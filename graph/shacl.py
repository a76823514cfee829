"""SHACL shapes, parsed once, and what they find in a graph.

The border to pyshacl and rdflib: quads come in, results go out, and nothing else of the
project knows either. Only SHACL core and SPARQL constraints are on (no advanced features,
no JavaScript, no imports), so nothing is fetched. Spec: SHACL, sections 2 to 5.
"""

from __future__ import annotations

import contextlib
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, cast

import pyoxigraph as ox
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shape import Shape
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from graph.issues import Fault
from graph.namespaces import SH, XSD
from graph.results import Result, Severity, Term

# rdflib logs a traceback for each ill-typed literal; the shapes report those as results.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

_Node = URIRef | BNode | Literal

_MOST_USES: Final = 50
"""Of a graph with a backdrop, before it is made anew."""

_TARGETS: Final = tuple(URIRef(SH + f"target{name}") for name in ("Class", "Node", "ObjectsOf", "SubjectsOf"))
_PROPERTY, _PROPERTY_SHAPE, _PATH, _CLOSED, _IGNORED = (
    URIRef(SH + name) for name in ("property", "PropertyShape", "path", "closed", "ignoredProperties")
)


class UnusableShapes(Fault):
    """Shapes that the SHACL engine refuses; the message is the engine's."""

    def __init__(self, told: object) -> None:
        """Take what the engine told."""
        super().__init__(f"shapes/ holds a shape that cannot be used: {told}")


class _Refusal(logging.Handler):
    """Raises what pyshacl would only log: that it leaves a constraint out."""

    def emit(self, record: logging.LogRecord) -> None:
        raise UnusableShapes(record.getMessage())


_LOGGER: Final = logging.getLogger(__name__)
_LOGGER.addHandler(_Refusal())


class Shapes:
    """Shapes that are parsed, ready for any number of graphs."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Take the triples of a shapes graph; raise `UnusableShapes` where they are no shapes."""
        self._graph = to_rdflib(triples)
        self._properties = _set_apart(self._graph)
        self._shapes_graph = ShapesGraph(self._graph, logger=_LOGGER)
        with _refusals():
            self._shapes = tuple(self._shapes_graph.shapes)

    def results(
        self, data: Graph, *, focus: Collection[str] | None = None, only: Collection[str] | None = None
    ) -> Iterator[Result]:
        """Yield what the shapes, or only some of them, find in a graph, on these focus nodes or on all.

        Focus nodes are IRIs, or blank nodes written `_:label`; shapes are IRIs.

        pyshacl's own option for focus nodes also skips the values that `sh:node` leads to,
        so the targets are narrowed down here.
        """
        wanted = None if focus is None else {_focus_node(name) for name in focus}
        of_properties: defaultdict[Node, set[_Node]] = defaultdict(set)
        for shape in self._shapes:
            if only is not None and str(shape.node) not in only:
                continue
            targets = shape.focus_nodes(data)
            chosen = targets if wanted is None else targets & wanted
            if not chosen:
                continue
            for property_ in self._properties.get(shape.node, ()):
                of_properties[property_] |= chosen
            yield from self._found(shape, data, chosen)
        for property_, chosen in of_properties.items():
            yield from self._found(self._shapes_graph.lookup_shape_from_node(property_), data, chosen)

    def _found(self, shape: Shape, data: Graph, focus: Iterable[_Node]) -> Iterator[Result]:
        with _refusals():
            _, reports = shape.validate(SHACLExecutor(), data, focus=list(focus))
        for _, node, triples in reports:
            # A result of `sh:node` carries the triples of the results below it, too.
            yield self._result([(p, o[1] if isinstance(o, tuple) else o) for s, p, o in triples if s == node])

    def _result(self, properties: Iterable[tuple[URIRef, _Node]]) -> Result:
        found: dict[str, list[_Node]] = {}
        for predicate, value in properties:
            found.setdefault(predicate.removeprefix(SH), []).append(value)
        shape = found["sourceShape"][0]
        path = found.get("resultPath", [None])[0]
        return Result(
            focus=from_rdflib(found["focusNode"][0]),
            shape=str(shape),
            component=str(found["sourceConstraintComponent"][0]),
            path=None if path is None else str(path),
            value=from_rdflib(found["value"][0]) if "value" in found else None,
            severity=cast(Severity, str(found["resultSeverity"][0]).removeprefix(SH)),
            message=" ".join(sorted(str(message) for message in found.get("resultMessage", []))),
        )


def _set_apart(shapes: Graph) -> Mapping[Node, tuple[Node, ...]]:
    """Take the property shapes off those shapes that only have targets, and return them by these shapes.

    A property shape says the same of a node whichever shape leads to it. pyshacl asks it
    about one node at a time; set apart it is asked about all its nodes at once, which takes
    two thirds of the time. What closes a shape knows their paths then as ignored properties.
    """
    apart: dict[Node, tuple[Node, ...]] = {}
    for shape in {shape for target in _TARGETS for shape in shapes.subjects(target)}:
        properties = tuple(shapes.objects(shape, _PROPERTY))
        if not properties or (None, None, shape) in shapes:
            continue
        apart[shape] = properties
        for property_ in properties:
            shapes.add((property_, RDF.type, _PROPERTY_SHAPE))
        shapes.remove((shape, _PROPERTY, None))
        if (shape, _CLOSED, None) in shapes:
            paths = [path for property_ in properties for path in shapes.objects(property_, _PATH)]
            ignored = [item for listed in shapes.objects(shape, _IGNORED) for item in shapes.items(listed)]
            node = BNode()
            RdfList(shapes, node, [*ignored, *(path for path in paths if isinstance(path, URIRef))])
            shapes.set((shape, _IGNORED, node))
    return apart


def to_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """Return an in-memory graph of the triples, lexical forms kept.

    Never an oxrdflib graph: pyshacl ran 65 times slower on one and reported violations
    that were not there.
    """
    graph = Graph(bind_namespaces="none")
    for triple in _to_triples(triples):
        graph.add(triple)
    return graph


class Backdrop:
    """Triples that stand beside those of one thing after the other; not for several threads."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Take the triples."""
        self._triples = list(_to_triples(triples))
        self._uses = 0
        self._graph = Graph(bind_namespaces="none")

    @contextlib.contextmanager
    def beside(self, triples: Iterable[ox.Triple]) -> Iterator[Graph]:
        """Give a graph of these triples and the backdrop, as long as the body runs."""
        if self._uses % _MOST_USES == 0:
            # rdflib's store keeps something of all that was ever in it.
            self._graph = Graph(bind_namespaces="none")
            for triple in self._triples:
                self._graph.add(triple)
        self._uses += 1
        added = [triple for triple in _to_triples(triples) if triple not in self._graph]
        for triple in added:
            self._graph.add(triple)
        try:
            yield self._graph
        finally:
            for triple in added:
                self._graph.remove(triple)


def _to_triples(triples: Iterable[ox.Triple]) -> Iterator[tuple[_Node, _Node, _Node]]:
    terms: dict[Term, _Node] = {}
    for triple in triples:
        yield (
            _to_node(triple.subject, terms),
            _to_node(triple.predicate, terms),
            _to_node(triple.object, terms),
        )


def from_rdflib(node: _Node) -> Term:
    """Return rdflib's term as pyoxigraph's."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD + "string")))


def _focus_node(name: str) -> URIRef | BNode:
    return BNode(name.removeprefix("_:")) if name.startswith("_:") else URIRef(name)


def _to_node(term: Term, known: dict[Term, _Node]) -> _Node:
    node = known.get(term)
    if node is None:
        node = known[term] = _new_node(term)
    return node


def _new_node(term: Term) -> _Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError(f"{term}: triple terms are not RDF 1.1")
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (ReportableRuntimeError, ParseException) as error:
        raise UnusableShapes(error) from error
