"""The validation report as a page shows it, read from the named graph `report`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import SH
from server.labels import Label, Shown, foreign_language
from server.site import Site
from server.taxonomy import TYPE

_RESULT: Final = ox.NamedNode(SH + "ValidationResult")
_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_SEVERITIES: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found."""

    fragment: str
    severity: str
    message: Label | None
    focus: Shown | None
    path: Shown | None
    shape: Shown | None
    value: Shown | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that validation found, the gravest first."""

    conforms: bool | None
    """None where the dataset has no report."""
    results: tuple[Result, ...]


def read_report(site: Site) -> Report:
    """Return the validation report that was published with the data."""
    store, graph = site.dataset.store, ox.NamedNode(graph_iri("report", site.dataset.base))
    conforms = None
    for quad in store.quads_for_pattern(None, _CONFORMS, None, graph):
        conforms = isinstance(quad.object, ox.Literal) and quad.object.value == "true"
    results = [
        _result(site, quad.subject, graph)
        for quad in store.quads_for_pattern(None, TYPE, _RESULT, graph)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    return Report(conforms, tuple(sorted(results, key=_gravity)))


def _result(site: Site, node: ox.NamedNode, graph: ox.NamedNode) -> Result:
    found: dict[str, ox.NamedNode | ox.Literal] = {}
    for quad in site.dataset.store.quads_for_pattern(node, None, None, graph):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.predicate.value.removeprefix(SH)] = quad.object

    def show(name: str) -> Shown | None:
        return site.labels.show(found[name]) if name in found else None

    message, severity = found.get("resultMessage"), found.get("resultSeverity")
    return Result(
        fragment=node.value.partition("#")[2],
        severity=severity.value.removeprefix(SH) if severity is not None else "",
        message=Label(message.value, foreign_language(message)) if isinstance(message, ox.Literal) else None,
        focus=show("focusNode"),
        path=show("resultPath"),
        shape=show("sourceShape"),
        value=show("value"),
    )


def _gravity(result: Result) -> tuple[int, str, str]:
    known = result.severity in _SEVERITIES
    grade = _SEVERITIES.index(result.severity) if known else len(_SEVERITIES)
    return grade, result.focus.text if result.focus else "", result.fragment
