"""The validation report as the named graph `report` (SHACL, section 3.6).

Every result is named by a digest of what it says, so that it keeps its name as long as it
stays. As SHACL has it, data conforms only when there is no result at all, not even a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDF, RDFS, SH, XSD
from graph.partition import named_graph
from graph.results import Result, Term

GRAPH: Final = named_graph("report")
_BOOLEAN: Final = ox.NamedNode(XSD + "boolean")


def report_quads(results: Collection[Result]) -> Iterator[ox.Quad]:
    """Yield the report on these results."""
    report = ox.NamedNode(f"{GRAPH.value}#report")
    yield _quad(report, RDF + "type", ox.NamedNode(SH + "ValidationReport"))
    yield _quad(report, RDFS + "label", ox.Literal("Validation report", language="en"))
    yield _quad(report, SH + "conforms", ox.Literal("false" if results else "true", datatype=_BOOLEAN))
    for result in results:
        node = ox.NamedNode(f"{GRAPH.value}#{result.name}")
        yield _quad(report, SH + "result", node)
        yield _quad(node, RDF + "type", ox.NamedNode(SH + "ValidationResult"))
        yield _quad(node, SH + "focusNode", result.focus)
        yield _quad(node, SH + "sourceShape", ox.NamedNode(result.shape))
        yield _quad(node, SH + "sourceConstraintComponent", ox.NamedNode(result.component))
        yield _quad(node, SH + "resultSeverity", ox.NamedNode(SH + result.severity))
        yield _quad(node, SH + "resultMessage", ox.Literal(result.message, language="en"))
        if result.path is not None:
            yield _quad(node, SH + "resultPath", ox.NamedNode(result.path))
        if result.value is not None:
            yield _quad(node, SH + "value", result.value)


def _quad(subject: ox.NamedNode, predicate: str, object_: Term) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), object_, GRAPH)
