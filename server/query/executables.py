"""The competency questions in RDF: SHACL-AF executables, by the convention of the SIB's SPARQL examples.

Programs that know the convention (sib-swiss/sparql-examples) find question, query,
keywords and endpoint here. Every node has an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SH
from graph.queries import Question
from server.documents.prefixes import declare_prefixes, prefixes_node

# The convention takes the https form, unlike Wikidata and the rest of our data.
_SCHEMA: Final = "https://schema.org/"
_PREFIX: Final = re.compile(r"^PREFIX (\w+):", re.MULTILINE)


def question_node(question: Question, base: str) -> ox.NamedNode:
    """Return the node of a question."""
    return ox.NamedNode(f"{base}queries/{question.name}")


def describe_questions(asked: Iterable[Question], base: str, endpoint: str) -> list[ox.Quad]:
    """Return the questions as executables of this endpoint, with the prefixes that they use."""
    quads: list[ox.Quad] = []
    used: set[str] = set()
    for question in asked:
        used.update(_PREFIX.findall(question.text))
        quads += _describe(question, base, endpoint)
    return [*quads, *declare_prefixes(base, [name for name in PREFIXES if name in used])]


def _describe(question: Question, base: str, endpoint: str) -> list[ox.Quad]:
    values: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
        (RDF + "type", ox.NamedNode(SH + "SPARQLExecutable")),
        (RDF + "type", ox.NamedNode(SH + "SPARQLSelectExecutable")),
        (RDFS + "comment", ox.Literal(question.summary, language="en")),
        (DCTERMS + "description", ox.Literal(question.description, language="en")),
        (SH + "prefixes", prefixes_node(base)),
        (SH + "select", ox.Literal(question.text)),
        *((_SCHEMA + "keywords", ox.Literal(tag)) for tag in question.tags),
        (_SCHEMA + "target", ox.NamedNode(endpoint)),
    )
    return [ox.Quad(question_node(question, base), ox.NamedNode(name), value) for name, value in values]
