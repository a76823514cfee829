"""The validation report as a page shows it: what was checked, what was found by severity and shape, the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import SH
from server.site import Site
from server.terms.labels import Label, Shown, foreign_language

MOST_RESULTS: Final = 100
"""Results of one severity that the page lists."""

_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_SEVERITY: Final = ox.NamedNode(SH + "resultSeverity")
_SEVERITIES: Final = ("Violation", "Warning", "Info")
_PROPERTY_SHAPE: Final = SH + "PropertyShape"
_NODE_SHAPE: Final = SH + "NodeShape"
_CHECK: Final = SH + "SPARQLSelectExecutable"
# Derived by rules from what was checked, or no data (graph/validation.py).
_UNCHECKED: Final = ("derived", "report", "shapes")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found."""

    fragment: str
    message: Label | None
    focus: Shown | None
    path: Shown | None
    shape: Shown | None
    value: Shown | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The results of one severity."""

    severity: str
    """`Violation`, `Warning`, `Info`, or the IRI of another one."""
    count: int
    shapes: tuple[tuple[Shown, int], ...]
    """The shapes they come from, those that found most first."""
    results: tuple[Result, ...]
    """At most `MOST_RESULTS` of them."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found, the gravest first."""

    conforms: bool | None
    """None where the dataset has no report."""
    node_shapes: int
    property_shapes: int
    checks: int
    checked: int
    """Quads of the graphs that were checked."""
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """Results of all severities together."""
        return sum(finding.count for finding in self.findings)


def read_report(site: Site) -> Report:
    """Return the validation report that was published with the data."""
    store, graph = site.dataset.store, ox.NamedNode(graph_iri("report", site.dataset.base))
    conforms = None
    for quad in store.quads_for_pattern(None, _CONFORMS, None, graph):
        conforms = isinstance(quad.object, ox.Literal) and quad.object.value == "true"
    severities = sorted({severity for severity, _ in site.results}, key=_gravity)
    classes = site.counts.classes
    unchecked = {graph_iri(name, site.dataset.base) for name in _UNCHECKED}
    return Report(
        conforms,
        classes.get(_NODE_SHAPE, 0),
        classes.get(_PROPERTY_SHAPE, 0),
        classes.get(_CHECK, 0),
        sum(number for iri, number in site.counts.graphs.items() if iri not in unchecked),
        tuple(_finding(site, severity, graph) for severity in severities),
    )


def _finding(site: Site, severity: str, graph: ox.NamedNode) -> Finding:
    counts = {shape: number for (grade, shape), number in site.results.items() if grade == severity}
    shapes = [(site.labels.show_iri(shape), number) for shape, number in counts.items()]
    results = [_result(site, node, graph) for node in islice(_nodes(site, severity, graph), MOST_RESULTS)]
    return Finding(
        severity.removeprefix(SH),
        sum(counts.values()),
        tuple(sorted(shapes, key=lambda item: (-item[1], item[0].text))),
        tuple(sorted(results, key=lambda result: (result.focus.text if result.focus else "", result.fragment))),
    )


def _nodes(site: Site, severity: str, graph: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for quad in site.dataset.store.quads_for_pattern(None, _SEVERITY, ox.NamedNode(severity), graph):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _result(site: Site, node: ox.NamedNode, graph: ox.NamedNode) -> Result:
    found: dict[str, ox.NamedNode | ox.Literal] = {}
    for quad in site.dataset.store.quads_for_pattern(node, None, None, graph):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.predicate.value.removeprefix(SH)] = quad.object

    def show(name: str) -> Shown | None:
        return site.labels.show(found[name]) if name in found else None

    message = found.get("resultMessage")
    return Result(
        fragment=node.value.partition("#")[2],
        message=Label(message.value, foreign_language(message)) if isinstance(message, ox.Literal) else None,
        focus=show("focusNode"),
        path=show("resultPath"),
        shape=show("sourceShape"),
        value=show("value"),
    )


def _gravity(severity: str) -> tuple[int, str]:
    name = severity.removeprefix(SH)
    return (_SEVERITIES.index(name) if name in _SEVERITIES else len(_SEVERITIES), name)
