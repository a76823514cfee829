"""Turtle and TriG to be read (RDF 1.1 Turtle, RDF 1.1 TriG): prefixes, then the subjects in their reading order.

The engine writes each term, which escapes what a line cannot hold; here terms get their
short names and lines their order. A line that a property begins has a tab before it in
Turtle, so that `grep` finds properties.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import RDF, RDFS, XSD
from server.terms.reading_order import ReadingOrder, Section, graph_place
from server.terms.short_names import ShortNames
from server.terms.taxonomy import TYPE

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph

_WIDTH: Final = 120
_LABEL: Final = ox.NamedNode(RDFS + "label")
# Turtle's own ways to write numbers and truth values (section 2.5.2), where they keep the digits as they are.
_BARE: Final = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
CLOSING: Final = "}\n"
_PLAIN: Final = frozenset((XSD + "string", RDF + "langString", RDF + "dirLangString"))


def write_turtle(quads: Collection[ox.Quad], order: ReadingOrder, comments: Iterable[str]) -> str:
    """Return the merge of the quads' graphs as Turtle, with comments before it, each of one line."""
    writer = TurtleWriter()
    body = [*writer.sections([*order.sections({quad.triple for quad in quads}, parts_apart=True)], "")]
    return writer.document(comments, body)


def write_trig(quads: Collection[ox.Quad], order: ReadingOrder, comments: Iterable[str]) -> str:
    """Return the quads as TriG, with comments before it; each graph under its label, where the quads give one."""
    graphs: dict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    named = {graph: [*order.sections(triples, parts_apart=True)] for graph, triples in graphs.items()}
    labels = english_labels(quads, named)
    writer = TurtleWriter()
    body = [*writer.sections(named.pop(ox.DefaultGraph(), []), "")]
    first = {graph: order.section_of(sections[0].subjects[0][0]) for graph, sections in named.items()}
    for graph in sorted(named, key=lambda graph: (graph_place(_text(graph)), first[graph], _text(graph))):
        body += [writer.opening(graph, labels.get(graph)), *writer.sections(named[graph], "\t"), CLOSING]
    return writer.document(comments, body)


def head_of_turtle(comments: Iterable[str], prefixes: Mapping[str, str]) -> str:
    """Return what stands at the top of a document."""
    head = "".join(f"# {comment}".rstrip() + "\n" for comment in comments)
    declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    return "\n".join(filter(None, (head, declared)))


def _text(graph: _Term) -> str:
    return graph.value if isinstance(graph, ox.NamedNode) else str(graph)


def english_labels(quads: Iterable[ox.Quad], graphs: Collection[_Term]) -> dict[_Term, str]:
    """Return the label of each graph that has one in English, as a line."""
    found: dict[_Term, str] = {}
    for quad in quads:
        if quad.predicate != _LABEL or quad.subject not in graphs:
            continue
        if isinstance(quad.object, ox.Literal) and quad.object.language == "en":
            words = " ".join(quad.object.value.split())
            found[quad.subject] = min(words, found.get(quad.subject, words))
    return found


class TurtleWriter:
    """The words of one document, or of a part of one."""

    def __init__(self) -> None:
        self._names = ShortNames()
        self._terms: dict[_Term, str] = {}

    def document(self, comments: Iterable[str], body: Iterable[str]) -> str:
        """Return the whole, once the body is written and its prefixes are known."""
        return head_of_turtle(comments, self.prefixes()) + "".join(body)

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that what was written so far has used, each with its namespace."""
        return self._names.prefixes()

    def opening(self, graph: _Term, label: str | None) -> str:
        """Return what stands before the subjects of a named graph; `CLOSING` stands after them."""
        comment = "" if label is None else f"# {label}\n"
        return f"\n{comment}{self.term(graph)} {{\n"

    def sections(self, sections: Collection[Section], indent: str) -> Iterator[str]:
        """Yield the subjects; what kind they are of is said where there are several kinds."""
        for section in sections:
            if section.heading and len(sections) > 1:
                yield f"\n{indent}# {section.heading}\n"
            for subject, triples in section.subjects:
                said = f" ;\n{indent}\t".join(self._said(triples, indent))
                yield f"\n{indent}{self.term(subject)} {said} .\n"

    def term(self, term: _Term) -> str:
        """Return a term as it is written."""
        try:
            return self._terms[term]
        except KeyError:
            written = self._terms[term] = self._write(term)
            return written

    def _said(self, triples: Iterable[ox.Triple], indent: str) -> Iterator[str]:
        for predicate, found in groupby(triples, key=lambda triple: triple.predicate):
            verb = "a" if predicate == TYPE else self.term(predicate)
            values = [self.term(triple.object) for triple in found]
            line = f"{verb} {' , '.join(values)}"
            if len(values) > 1 and len(line) > _WIDTH:
                line = f"{verb}\n{indent}\t\t" + f" ,\n{indent}\t\t".join(values)
            yield line

    def _write(self, term: _Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self._names.of(term.value) or str(term)
        if isinstance(term, ox.Triple):
            return f"<<( {' '.join(map(self.term, term))} )>>"
        if not isinstance(term, ox.Literal) or term.datatype.value in _PLAIN:
            return str(term)
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
        return f"{ox.Literal(term.value)}^^{self.term(term.datatype)}"
