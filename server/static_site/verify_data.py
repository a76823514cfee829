"""The check of the RDF in a copy: it parses, the formats of one thing say the same, IRIs of ours lead to something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from server.http.formats import RDF_BY_NAME
from server.static_site.holdings import Holdings
from server.static_site.places import needs_server

_PARSERS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_QUADS: Final = frozenset(("nq", "trig"))
_SOURCES: Final = re.compile(r"^dumps/[^/]+/(?:ontology/equipment\.ttl$|sources/)")
"""What a release is built from knows more kinds and names than its articles speak of, and those have no address."""


def data_problems(copy: Holdings, base: str) -> Iterator[str]:
    """Yield what is wrong with the RDF files, a line each."""
    dead: set[str] = set()
    for stem, suffixes in _documents(copy):
        read: dict[str, list[ox.Quad]] = {}
        for suffix in suffixes:
            name = f"{stem}.{suffix}"
            try:
                read[name] = list(ox.parse(copy.read(name), format=_PARSERS[suffix], base_iri=f"{base}{name}"))
            except (SyntaxError, ValueError) as error:
                # Nobody's context is fetched; that the file is JSON is looked at with the others.
                if "LoadDocumentCallback" not in str(error):
                    yield f"{name}: not {RDF_BY_NAME[suffix].label}: {error}"
        yield from _disagreements(read)
        for name, quads in list(read.items())[:1]:
            if _SOURCES.search(name):
                continue
            for iri in sorted(_iris(quads, base) - dead):
                if not _is_there(copy, iri, base):
                    dead.add(iri)
                    yield f"{name}: names <{iri}>, and there is nothing at its address"


def _disagreements(read: Mapping[str, list[ox.Quad]]) -> Iterator[str]:
    """Yield which of these files of one document hold other triples, or other quads, than the first of them."""
    triples = {name: frozenset(quad.triple for quad in quads) for name, quads in read.items()}
    quads = {name: frozenset(found) for name, found in read.items() if name.rpartition(".")[2] in _QUADS}
    for kind, sets in (("triples", triples), ("quads", quads)):
        first = next(iter(sets), "")
        yield from (f"{name}: holds other {kind} than {first}" for name, held in sets.items() if held != sets[first])


def _documents(copy: Holdings) -> Iterator[tuple[str, list[str]]]:
    """Yield each document that is there in some RDF format, and which; what goes together stands together."""
    stem, suffixes = "", list[str]()
    for name in copy.names():
        own, _, suffix = name.rpartition(".")
        if suffix not in _PARSERS:
            continue
        if own != stem:
            if suffixes:
                yield stem, suffixes
            stem, suffixes = own, []
        suffixes.append(suffix)
    if suffixes:
        yield stem, suffixes


def _iris(quads: list[ox.Quad], base: str) -> set[str]:
    terms = (term for quad in quads for term in (quad.subject, quad.predicate, quad.object))
    values = (term.value for term in terms if isinstance(term, ox.NamedNode))
    return {value.partition("#")[0] for value in values if value.startswith(base)}


def _is_there(copy: Holdings, iri: str, base: str) -> bool:
    path = f"/{urlsplit(iri).path.removeprefix(urlsplit(base).path)}"
    return needs_server(path) or copy.find(path) is not None
