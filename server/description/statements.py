"""Statements of a description in RDF, of whatever is known.

Every node has an IRI: that of a file, with a fragment where the node is not the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import DCAT, DCTERMS, RDF, SPDX, XSD

Triples: TypeAlias = Iterator[ox.Triple]
_Value: TypeAlias = ox.NamedNode | ox.Literal | None

_RANGES: Final = MappingProxyType(
    {
        DCAT + "compressFormat": DCTERMS + "MediaType",
        DCAT + "mediaType": DCTERMS + "MediaType",
        DCTERMS + "conformsTo": DCTERMS + "Standard",
        DCTERMS + "format": DCTERMS + "MediaTypeOrExtent",
        DCTERMS + "language": DCTERMS + "LinguisticSystem",
        DCTERMS + "license": DCTERMS + "LicenseDocument",
        SPDX + "algorithm": SPDX + "ChecksumAlgorithm",
    }
)
"""What the values of a property are, said of each so that DCAT-AP's shapes need no other vocabulary at hand."""


def says(subject: ox.NamedNode | None, *statements: tuple[str, _Value]) -> Triples:
    """Yield what is known of a subject; None stands for what is not."""
    for predicate, value in statements:
        if subject is not None and value is not None:
            yield ox.Triple(subject, ox.NamedNode(predicate), value)
            if predicate in _RANGES and isinstance(value, ox.NamedNode):
                yield ox.Triple(value, ox.NamedNode(RDF + "type"), ox.NamedNode(_RANGES[predicate]))


def iri(value: str | None) -> ox.NamedNode | None:
    """Return the node of an IRI."""
    return ox.NamedNode(value) if value is not None else None


def english(text: str | None) -> ox.Literal | None:
    """Return a text as English."""
    return ox.Literal(text, language="en") if text is not None else None


def typed(text: str, datatype: str) -> ox.Literal:
    """Return a value of a datatype of XML Schema, `date` or another."""
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
