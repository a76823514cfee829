"""An answer as a page shows it: a table, a word, or lines of Turtle. Never shorter without saying so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from graph.namespaces import XSD, curie
from server.labels import PAGE_LANGUAGE, Shown
from server.links import Links
from server.wire import Answer

MOST_ROWS: Final = 1000
"""Rows or lines a page shows; the rest is a link away."""

_PLAIN: Final = frozenset(
    XSD + name for name in ("string", "integer", "nonNegativeInteger", "boolean", "date", "decimal")
)


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: a row each, a cell for each variable, None where it is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Shown | None, ...], ...]
    count: int
    """Rows there are; more than shown where there are more than `MOST_ROWS`."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Triples as lines of Turtle."""

    text: str
    shown: int
    count: int
    """Lines there are."""


def read_answer(answer: Answer, links: Links) -> Table | Lines | bool:
    """Return what a page shows of an answer that was written as JSON or Turtle."""
    if answer.kind == "triples":
        lines = answer.body.decode().splitlines()
        return Lines("\n".join(lines[:MOST_ROWS]), min(len(lines), MOST_ROWS), len(lines))
    content = json.loads(answer.body)
    if answer.kind == "boolean":
        return bool(content["boolean"])
    variables, bindings = content["head"]["vars"], content["results"]["bindings"]
    rows = (
        tuple(_show(row[name], links) if name in row else None for name in variables) for row in bindings[:MOST_ROWS]
    )
    return Table(tuple(variables), tuple(rows), len(bindings))


def _show(term: dict[str, Any], links: Links) -> Shown:
    """Return a term as itself: a table of results shows names as the data has them, not labels."""
    value = term["value"]
    if term["type"] == "uri":
        return Shown(curie(value) or links.entity_name(value) or value, href=links.href(value), iri=value)
    if term["type"] == "bnode":
        return Shown(f"_:{value}")
    if term["type"] == "triple":
        return Shown(json.dumps(value, ensure_ascii=False))
    language, datatype = term.get("xml:lang"), term.get("datatype")
    return Shown(
        value,
        lang=language if language != PAGE_LANGUAGE else None,
        hint=None if datatype is None or datatype in _PLAIN else curie(datatype) or datatype,
    )
