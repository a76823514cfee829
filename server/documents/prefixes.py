"""The prefixes in RDF: SHACL declarations (SHACL section 5.2.1), each with an IRI of its own."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.namespaces import OWL, PREFIXES, RDF, SH, XSD


def prefixes_node(base: str) -> ox.NamedNode:
    """Return the node that declares the prefixes of a dataset's queries."""
    return ox.NamedNode(f"{base}prefixes")


def declare_prefixes(base: str, names: Iterable[str] = PREFIXES) -> list[ox.Quad]:
    """Return the declarations of these prefixes, all of them unless told which."""
    subject = prefixes_node(base)
    quads = [ox.Quad(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Ontology"))]
    for prefix in names:
        declaration = ox.NamedNode(f"{subject.value}#{prefix}")
        namespace = ox.Literal(PREFIXES[prefix], datatype=ox.NamedNode(XSD + "anyURI"))
        quads += [
            ox.Quad(subject, ox.NamedNode(SH + "declare"), declaration),
            ox.Quad(declaration, ox.NamedNode(SH + "prefix"), ox.Literal(prefix)),
            ox.Quad(declaration, ox.NamedNode(SH + "namespace"), namespace),
        ]
    return quads
