"""A nanopublication: four named graphs about one claim, under a name that is a hash of them.

As https://nanopub.net/guidelines/working_draft/ has it: a head, which says what the
others are; the assertion; its provenance; and publication info. Equal datasets and keys
give equal quads.
"""

# ruff: noqa: PLC0415  see `trusty`

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.namespaces import NP, NPX
from server.nanopublications.content import assertion, names, origin, publication_info
from server.nanopublications.names import stem_of
from server.site import Site
from server.terms.taxonomy import TYPE

if TYPE_CHECKING:
    from server.nanopublications.keys import SigningKey

GRAPHS: Final = ("Head", "assertion", "provenance", "pubinfo")
"""The fragments by which the graphs are named, in the order in which they are written."""
_PARTS: Final = {"assertion": "hasAssertion", "provenance": "hasProvenance", "pubinfo": "hasPublicationInfo"}


@dataclass(frozen=True, slots=True)
class Nanopublication:
    """The nanopublication of one claim."""

    claim: str
    """IRI of the claim."""
    iri: str
    """Its own IRI, a trusty URI."""
    code: str
    """The artifact code at its end."""
    quads: tuple[ox.Quad, ...]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a nanopublication says, before it has its name, which is a hash of that."""

    claim: str
    stem: str
    """What its IRI begins with."""
    quads: tuple[ox.Quad, ...]


def make_nanopublication(site: Site, claim: str, key: SigningKey | None = None) -> Nanopublication:
    """Return the nanopublication of a claim, signed where there is a key."""
    return name_nanopublication(read_nanopublication(site, claim), key)


def read_nanopublication(site: Site, claim: str) -> Unnamed:
    """Return what the nanopublication of a claim says."""
    stem = stem_of(site.dataset.base, claim)
    return Unnamed(claim, stem, tuple(_quads(site, ox.NamedNode(claim), stem)))


def name_nanopublication(unnamed: Unnamed, key: SigningKey | None = None) -> Nanopublication:
    """Return it under its name, signed where there is a key; the dataset is not needed for that."""
    from server.nanopublications.trusty import artifact_code, with_code

    stem = unnamed.stem
    quads = sorted(set(unnamed.quads), key=str)
    if key is not None:
        quads += _signature(quads, stem, key)
    code = artifact_code(quads, stem)
    return Nanopublication(unnamed.claim, stem + code, code, tuple(with_code(quads, stem, code)))


def _quads(site: Site, claim: ox.NamedNode, stem: str) -> Iterator[ox.Quad]:
    own = ox.NamedNode(stem)
    head, stated, source, info = (ox.NamedNode(f"{stem}#{name}") for name in GRAPHS)
    yield ox.Quad(own, TYPE, ox.NamedNode(NP + "Nanopublication"), head)
    for name, part in _PARTS.items():
        yield ox.Quad(own, ox.NamedNode(NP + part), ox.NamedNode(f"{stem}#{name}"), head)
    said, read = [*assertion(site.dataset.store, claim)], [*origin(site, claim, stated)]
    yield from _in(stated, said)
    yield from _in(source, read)
    yield from _in(info, publication_info(site, claim, own))
    yield from _in(info, names(site.dataset.store, (*said, *read)))


def _in(graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    for triple in triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _signature(quads: list[ox.Quad], stem: str, key: SigningKey) -> list[ox.Quad]:
    """Return the element that signs all the rest, itself but for the signature included."""
    from server.nanopublications.trusty import normalise

    element, info = ox.NamedNode(f"{stem}#sig"), ox.NamedNode(f"{stem}#pubinfo")

    def said(name: str, term: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(element, ox.NamedNode(NPX + name), term, info)

    element_quads = [
        said("hasAlgorithm", ox.Literal("RSA")),
        said("hasPublicKey", ox.Literal(key.public)),
        said("hasSignatureTarget", ox.NamedNode(stem)),
    ]
    signature = key.sign(normalise([*quads, *element_quads], stem))
    return [*element_quads, said("hasSignature", ox.Literal(signature))]
