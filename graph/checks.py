"""Whole-graph checks: SPARQL queries that must return no rows.

They say what SHACL says badly or slowly: what must be unique, agree or hang together
across the dataset. A row's first variable is the focus node, its second, where there is
one, the value; the header says what is wrong, why that matters and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from graph.namespaces import BGSH, CANONICAL_BASE, RDF, RDFS, SH
from graph.query_file import read_query
from graph.results import Result, Severity
from graph.turtle import shown_iri

_COMPONENT: Final = SH + "SPARQLConstraintComponent"
_SEVERITIES: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Check:
    """One query, and the words for what it finds."""

    name: str
    problem: str
    why: str
    fix: str
    severity: Severity
    query: str

    @property
    def iri(self) -> str:
        """The check's name as a shape."""
        return f"{BGSH}check-{self.name}"

    def results(self, store: ox.Store) -> Iterator[Result]:
        """Yield a result for each row that the query gives on the store's default graph."""
        solutions = cast(ox.QuerySolutions, store.query(self.query))
        names = [variable.value for variable in solutions.variables]
        for row in solutions:
            focus, *others = (row[name] for name in names)
            # A row about no node, as an aggregate over nothing gives, is about the dataset.
            focus = focus or ox.NamedNode(CANONICAL_BASE + "dataset")
            told = "; ".join(f"{name}: {_shown(term)}" for name, term in zip(names[1:], others, strict=True) if term)
            yield Result(
                focus=focus,
                shape=self.iri,
                component=_COMPONENT,
                path=None,
                value=others[0] if others else None,
                severity=self.severity,
                message=f"{self.problem} {self.fix}" + (f" ({told})" if told else ""),
            )

    def quads(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the check's description, so that a result's shape leads somewhere."""
        node = ox.NamedNode(self.iri)
        yield ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(SH + "SPARQLSelectExecutable"), graph)
        yield ox.Quad(node, ox.NamedNode(SH + "select"), ox.Literal(self.query), graph)
        for property_, words in (
            (RDFS + "label", self.problem),
            (SH + "description", self.why),
            (SH + "message", self.fix),
        ):
            yield ox.Quad(node, ox.NamedNode(property_), ox.Literal(words, language="en"), graph)


def read_checks(folder: Path) -> tuple[Check, ...]:
    """Return the checks of a folder, in the order of their names.

    Raises `InvalidSources` where one lacks a header line or is no SELECT query.
    """
    return tuple(_read_check(path) for path in sorted(folder.glob("*.rq")))


def _read_check(path: Path) -> Check:
    query = read_query(path, ox.QuerySolutions)
    missing = [name for name in ("problem", "why", "fix") if not query.header.get(name)]
    if missing:
        seen = "a check has no header line for " + ", ".join(missing)
        raise query.refusal(seen, "Start it with `# Problem:`, `# Why:` and `# Fix:`.")
    severity = query.header.get("severity", "Violation")
    if severity not in _SEVERITIES:
        raise query.refusal(f"{severity!r} is no severity", f"Write one of {', '.join(_SEVERITIES)}.")
    problem, why, fix = (query.header[name] for name in ("problem", "why", "fix"))
    return Check(path.stem, problem, why, fix, cast(Severity, severity), query.text)


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return shown_iri(term.value) if isinstance(term, ox.NamedNode) else str(term)
