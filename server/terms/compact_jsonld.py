"""Compact JSON-LD (JSON-LD 1.1): subjects in their reading order, under a context that stands in the document.

Nothing is remote, so a file read in thirty years means what it means now. The context
holds the prefixes, and tells of a property whose values are all IRIs, all of one datatype
or all words in a language that they are; such values are strings, or strings by language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import PREFIXES, RDF, XSD
from server.terms.reading_order import ReadingOrder, Subject
from server.terms.short_names import ShortNames, in_usual_order
from server.terms.taxonomy import TYPE

_Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Made once: with a setting of its own, json.dumps makes an encoder at each call.
_dump: Final = json.JSONEncoder(ensure_ascii=False).encode
_WIDTH: Final = 120
_ID: Final = "@id"
_LANGUAGE: Final = "@language"
_MIXED: Final = ""
OPENING: Final = "[\n  "
"""What stands before the nodes, of which there is one at least."""
BETWEEN: Final = ",\n  "
CLOSING: Final = "\n ]"
# JSON's own words for what its readers give back as it was; a double holds this many digits (RFC 8259, section 6).
_BARE: Final[dict[str, tuple[re.Pattern[str], Callable[[str], object]]]] = {
    XSD + "boolean": (re.compile(r"true|false"), "true".__eq__),
    XSD + "integer": (re.compile(r"0|-?[1-9][0-9]{0,14}"), int),
}


def write_jsonld(quads: Collection[ox.Quad], order: ReadingOrder) -> str:
    """Return the merge of the quads' graphs as a JSON-LD document; none of the values may be a triple."""
    triples = {quad.triple for quad in quads}
    writer = JsonLdWriter(forms_of(triples), schemes_of(triples))
    nodes = [writer.node(subject, said) for section in order.sections(triples) for subject, said in section.subjects]
    graph = OPENING + BETWEEN.join(nodes) + CLOSING if nodes else "[]"
    return head_of_jsonld(writer.context()) + f"{graph}\n}}\n"


def head_of_jsonld(context: Mapping[str, object]) -> str:
    """Return what stands before the graph of a document."""
    return f'{{\n "@context": {_lay_out(context, " ")},\n "@graph": '


def forms_of(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, set[str]]:
    """Return the forms that the values of each property have: `@id`, `@language`, a datatype, or none to tell of."""
    forms: dict[ox.NamedNode, set[str]] = {}
    for triple in triples:
        forms.setdefault(triple.predicate, set()).add(_form(triple.object))
    return forms


def schemes_of(triples: Iterable[ox.Triple]) -> set[str]:
    """Return what is before the colon of any IRI: a prefix of that name misleads, `geo:47,39` being an IRI itself."""
    schemes = set()
    for triple in triples:
        for term in triple:
            iri = term.datatype.value if isinstance(term, ox.Literal) else term.value
            schemes.add(iri.partition(":")[0])
    return schemes


def _lay_out(members: Mapping[str, object], indent: str) -> str:
    """Return an object with a line for each of its members, as Turtle has one for each property."""
    lines = []
    for name, value in members.items():
        line = f"{_dump(name)}: {_dump(value)}"
        if isinstance(value, list) and len(line) > _WIDTH:
            line = f"{_dump(name)}: [\n{indent}  " + f",\n{indent}  ".join(map(_dump, value)) + f"\n{indent} ]"
        lines.append(line)
    return f"{{\n{indent} " + f",\n{indent} ".join(lines) + f"\n{indent}}}" if lines else "{}"


class JsonLdWriter:
    """The words of one document, or of a part of one."""

    def __init__(self, forms: Mapping[ox.NamedNode, Collection[str]], schemes: AbstractSet[str]) -> None:
        """Take the forms and schemes of the whole document."""
        self._names = ShortNames(without=schemes & PREFIXES.keys())
        # A name written in full is no term of ours, so the context says nothing of it.
        self._forms = {
            predicate: next(iter(found))
            for predicate, found in forms.items()
            if len(found) == 1 and predicate != TYPE and self._names.of(predicate.value)
        }

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that what was written so far has used, each with its namespace."""
        return self._names.prefixes()

    def context(self, used: Collection[str] = ()) -> dict[str, object]:
        """Return the context, once all nodes are written; `used` are the prefixes of parts that others wrote."""
        terms: dict[str, object] = {}
        for predicate, form in self._forms.items():
            if form == _LANGUAGE:
                terms[self._name(predicate.value)] = {"@container": form}
            elif form != _MIXED:
                terms[self._name(predicate.value)] = {"@type": form if form == _ID else self._name(form)}
        return {**in_usual_order({*self.prefixes(), *used}), **dict(sorted(terms.items()))}

    def node(self, subject: Subject, triples: Iterable[ox.Triple]) -> str:
        """Return what is said of one subject, in the order given, as an object."""
        return _lay_out(self._node(subject, triples), "  ")

    def _node(self, subject: Subject, triples: Iterable[ox.Triple]) -> dict[str, object]:
        node: dict[str, object] = {_ID: self._refer(subject)}
        for predicate, found in groupby(triples, key=lambda triple: triple.predicate):
            values: list[_Value] = [triple.object for triple in found]
            if predicate == TYPE:
                kinds = [self._refer(value) for value in values if not isinstance(value, ox.Literal)]
                values = [value for value in values if isinstance(value, ox.Literal)]
                if kinds:
                    node["@type"] = _one_or_all(kinds)
            if values:
                node[self._name(predicate.value)] = self._say(values, self._forms.get(predicate, _MIXED))
        return node

    def _say(self, values: Iterable[_Value], form: str) -> object:
        if form == _ID:
            return _one_or_all([self._refer(value) for value in values])
        if form == _LANGUAGE:
            words: dict[str, list[str]] = {}
            for value in values:
                if isinstance(value, ox.Literal):
                    words.setdefault(value.language or "", []).append(value.value)
            return {language: _one_or_all(words[language]) for language in sorted(words)}
        return _one_or_all([self._write(value, form) for value in values])

    def _write(self, value: _Value, form: str) -> object:
        if not isinstance(value, ox.Literal):
            return {_ID: self._refer(value)}
        datatype = value.datatype.value
        if datatype in _BARE and _BARE[datatype][0].fullmatch(value.value):
            return _BARE[datatype][1](value.value)
        if datatype in (form, XSD + "string"):
            return value.value
        written = {"@value": value.value}
        if value.language is None:
            return {**written, "@type": self._name(datatype)}
        direction = {} if value.direction is None else {"@direction": str(value.direction)}
        return {**written, "@language": value.language, **direction}

    def _refer(self, term: _Value) -> str:
        return self._name(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def _name(self, iri: str) -> str:
        return self._names.of(iri) or iri


def _form(value: _Value) -> str:
    """Return what the context may say of a value: `@id`, `@language` or a datatype."""
    if not isinstance(value, ox.Literal):
        return _ID
    datatype = value.datatype.value
    if datatype == RDF + "langString":
        return _LANGUAGE
    return _MIXED if datatype in (XSD + "string", RDF + "dirLangString") else datatype


def _one_or_all(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else values
