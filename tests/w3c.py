"""The W3C SPARQL 1.1 test suites, read from their manifests, and how their answers are compared.

The suites are no part of the project: they lie beside the checkout, and where they do not
the tests that need them are skipped.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from graph.namespaces import RDF, XSD
from graph.paths import ROOT

SUITES: Final = ROOT.parent / "shared" / "suites" / "rdf-tests" / "sparql" / "sparql11"
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
NEEDS_SUITES: Final = pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C suites are not beside the checkout")

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = tuple[tuple[str, Term], ...]
Answer = list[Row] | bool

_RELATIVE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s\"{}|^`\\]*>")
_DECIMALS: Final = frozenset(XSD + name for name in ("decimal", "double", "float", "integer"))
_RESULTS: Final = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a manifest whose action is a query."""

    name: str
    """As `aggregates/agg01`."""
    kind: str
    """As `QueryEvaluationTest`."""
    query: Path
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    result: Path | None

    @property
    def text(self) -> str:
        """The query, told its own address where it has IRIs relative to it."""
        text = self.query.read_text("utf-8")
        return f"BASE <{iri(self.query)}>\n{text}" if _RELATIVE.search(text) else text

    @property
    def is_ordered(self) -> bool:
        """Whether the order of the solutions is part of the answer."""
        return re.search(r"\border\s+by\b", self.text, re.IGNORECASE) is not None

    @property
    def states_dataset(self) -> bool:
        """Whether the query says itself, with FROM, what it is asked over."""
        return re.search(r"\bfrom\b", self.text, re.IGNORECASE) is not None


def iri(file: Path) -> str:
    """Return the address of a file of the suites."""
    return BASE + file.relative_to(SUITES).as_posix()


def read(file: Path) -> ox.Dataset:
    """Return what a Turtle file of the suites says."""
    syntax = ox.RdfFormat.from_extension(file.suffix[1:])
    return ox.Dataset(ox.parse(file.read_bytes(), format=syntax, base_iri=iri(file)))


def cases(*kinds: str) -> list[Case]:
    """Return the entries of these kinds of every manifest, none where the suites are absent."""
    return [case for file in sorted(SUITES.glob("*/manifest.ttl")) for case in _cases(file) if case.kind in kinds]


def _cases(file: Path) -> Iterator[Case]:
    manifest = read(file)
    for entry in entries(manifest, iri(file)):
        action = value(manifest, entry, MF + "action")
        parts = action if isinstance(action, ox.BlankNode) else None
        query = value(manifest, parts, QT + "query") if parts else action
        if not isinstance(query, ox.NamedNode):
            continue
        result = value(manifest, entry, MF + "result")
        yield Case(
            f"{file.parent.name}/{entry.value.partition('#')[2]}",
            _address(value(manifest, entry, RDF + "type")).partition("#")[2],
            _file(query),
            tuple(sorted(_address(graph) for graph in values(manifest, parts, QT + "data"))) if parts else (),
            tuple(sorted(_address(graph) for graph in values(manifest, parts, QT + "graphData"))) if parts else (),
            _file(result) if result is not None else None,
        )


def entries(manifest: ox.Dataset, document: str) -> list[ox.NamedNode]:
    """Return the tests a manifest lists, in its order."""
    return [
        entry
        for entry in items(manifest, value(manifest, ox.NamedNode(document), MF + "entries"))
        if isinstance(entry, ox.NamedNode)
    ]


def items(dataset: ox.Dataset, head: Term) -> Iterator[Term]:
    """Return the members of an RDF list."""
    while isinstance(head, ox.BlankNode):
        yield value(dataset, head, RDF + "first")
        head = value(dataset, head, RDF + "rest")


def values(dataset: ox.Dataset, subject: Term, predicate: str) -> list[Term]:
    """Return the objects of a property of a thing."""
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    return [quad.object for quad in dataset.quads_for_subject(subject) if quad.predicate.value == predicate]


def value(dataset: ox.Dataset, subject: Term, predicate: str) -> Term:
    """Return the only object of a property of a thing, None where there is none."""
    return next(iter(values(dataset, subject, predicate)), None)


def _address(term: Term) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def _file(term: Term) -> Path:
    return SUITES / _address(term).removeprefix(BASE)


def all_data(selected: Sequence[Case]) -> bytes:
    """Return one N-Quads document in which every file these tests are asked over is the graph of its address.

    No blank node is in two of the graphs, as none is in two files.
    """
    graphs = sorted(set(chain.from_iterable((*case.default_graphs, *case.named_graphs) for case in selected)))
    quads = (
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
        for graph in graphs
        for quad in read(SUITES / graph.removeprefix(BASE))
    )
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


# Answers.


def rows(content: bytes, syntax: ox.QueryResultsFormat) -> Answer:
    """Return solutions as pairs of variable and term, without the unbound; or a truth value."""
    results = ox.parse_query_results(content, format=syntax)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return [
        tuple((name, term) for name, term in sorted(zip(names, solution, strict=True)) if term is not None)
        for solution in results
    ]


def expected_rows(file: Path) -> Answer:
    """Return the solutions or the truth value of a result file, in any of the syntaxes the suites use."""
    if file.suffix in _RESULTS:
        return rows(file.read_bytes(), _RESULTS[file.suffix])
    graph = read(file)
    [head] = [quad.subject for quad in graph if quad.object == ox.NamedNode(RS + "ResultSet")]
    assert value(graph, head, RS + "boolean") is None
    found = []
    for solution in values(graph, head, RS + "solution"):
        bindings = values(graph, solution, RS + "binding")
        pairs = [(str(value(graph, b, RS + "variable")).strip('"'), value(graph, b, RS + "value")) for b in bindings]
        index = value(graph, solution, RS + "index")
        found.append((int(index.value) if isinstance(index, ox.Literal) else 0, tuple(sorted(pairs))))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def same_rows(found: Answer, expected: Answer, *, ordered: bool, by_value: bool = False) -> bool:
    """Tell whether two answers are the same, whatever their blank nodes are called.

    By value, 1.0 and 1.00 are the same; otherwise they are two terms, as in RDF.
    """
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if by_value:
        found, expected = ([_by_value(row) for row in answer] for answer in (found, expected))
    if not any(isinstance(term, ox.BlankNode) for row in (*found, *expected) for _, term in row):
        return found == expected if ordered else Counter(found) == Counter(expected)
    return same_graph(_as_graph(found, ordered=ordered), _as_graph(expected, ordered=ordered))


def same_graph(found: ox.Dataset, expected: ox.Dataset) -> bool:
    """Tell whether two graphs are isomorphic (RDF 1.1 section 3.6)."""
    for graph in (found, expected):
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found) == set(expected)


def _as_graph(answer: list[Row], *, ordered: bool) -> ox.Dataset:
    graph = ox.Dataset()
    for number, row in enumerate(answer):
        # A row is told from an equal one, as in a bag, by how many of its like came before.
        place = number if ordered else answer[:number].count(row)
        node = ox.BlankNode()
        graph.add(ox.Quad(node, ox.NamedNode("urn:x:place"), ox.Literal(place)))
        for name, term in row:
            assert term is not None
            graph.add(ox.Quad(node, ox.NamedNode(f"urn:x:{name}"), term))
    return graph


def _by_value(row: Row) -> Row:
    return tuple((name, _normal(term)) for name, term in row)


def _normal(term: Term) -> Term:
    """Return a number or truth value in one of the ways to write it."""
    if not isinstance(term, ox.Literal):
        return term
    if term.datatype.value in _DECIMALS:
        return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    if term.datatype.value == XSD + "boolean":
        return ox.Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    return term


def csv_rows(content: bytes, *, by_value: bool = False) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Return the columns of a CSV answer by name, and its rows, in which all blank nodes are called alike."""
    header, *body = csv.reader(io.StringIO(content.decode(), newline=""))
    order = sorted(range(len(header)), key=header.__getitem__)
    table = Counter(tuple(_cell(row[place], by_value=by_value) for place in order) for row in body)
    return sorted(header), table


def _cell(text: str, *, by_value: bool) -> str:
    if text.startswith("_:"):
        return "_:"
    try:
        return repr(float(text)) if by_value else text
    except ValueError:
        return text
