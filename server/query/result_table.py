"""An answer as a page shows it: a table, a word, or lines of Turtle. Never shorter without saying so.

IRIs stand as CURIEs where a prefix fits; things of our own by their label, with their
name beside it, and lead to their page here; literals have their language or datatype
beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from graph.namespaces import XSD, curie
from server.http.languages import PAGE_LANGUAGE
from server.query.wire import Answer
from server.site import Site

MOST_ROWS: Final = 1000
"""Rows or lines a page shows; the rest is a link away."""

_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
        "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong",
    )
)  # fmt: skip
# Datatypes that go without saying: what is written shows them.
_PLAIN: Final = frozenset(
    XSD + name for name in ("string", "integer", "nonNegativeInteger", "boolean", "date", "decimal")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One term of a row."""

    text: str
    lang: str | None = None
    """Language of the text, where it is not the page's."""
    href: str | None = None
    """Where it leads, where it leads anywhere."""
    tag: str | None = None
    """Language of a literal."""
    hint: str | None = None
    """Datatype of a literal that does not show it, name of a thing shown by its label."""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A variable, and whether all it is bound to are numbers."""

    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: a row each, a cell for each variable, None where it is unbound."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    count: int
    """Rows there are; more than shown where there are more than `MOST_ROWS`."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Triples as lines of Turtle."""

    text: str
    shown: int
    count: int
    """Lines there are."""


def read_answer(answer: Answer, site: Site) -> Table | Lines | bool:
    """Return what a page shows of an answer that was written as JSON or Turtle."""
    if answer.kind == "triples":
        lines = answer.body.decode().splitlines()
        return Lines("\n".join(lines[:MOST_ROWS]), min(len(lines), MOST_ROWS), len(lines))
    content = json.loads(answer.body)
    if answer.kind == "boolean":
        return bool(content["boolean"])
    variables, bindings = content["head"]["vars"], content["results"]["bindings"]
    rows = tuple(
        tuple(_show(row[name], site) if name in row else None for name in variables) for row in bindings[:MOST_ROWS]
    )
    columns = (Column(name, is_number=_are_numbers(row[place] for row in rows)) for place, name in enumerate(variables))
    return Table(tuple(columns), rows, len(bindings))


def _are_numbers(cells: Iterable[Cell | None]) -> bool:
    bound = [cell for cell in cells if cell is not None]
    return bool(bound) and all(cell.is_number for cell in bound)


def _show(term: dict[str, Any], site: Site) -> Cell:
    value = term["value"]
    if term["type"] == "uri":
        return _show_iri(value, site)
    if term["type"] == "bnode":
        return Cell(f"_:{value}")
    if term["type"] == "triple":
        return Cell(json.dumps(value, ensure_ascii=False))
    language, datatype = term.get("xml:lang"), term.get("datatype", XSD + "string")
    if language is not None:
        return Cell(value, lang=language if language != PAGE_LANGUAGE else None, tag=language)
    hint = None if datatype in _PLAIN else curie(datatype) or datatype
    return Cell(value, hint=hint, is_number=datatype in _NUMBERS)


def _show_iri(iri: str, site: Site) -> Cell:
    href, short = site.links.href(iri), curie(iri)
    if short is not None or not iri.startswith(site.dataset.base):
        return Cell(short or iri, href=href)
    name = site.links.entity_name(iri) or iri.removeprefix(site.dataset.base)
    label = site.labels.label(iri)
    return Cell(label.text, lang=label.lang, href=href, hint=name if name != label.text else None)
