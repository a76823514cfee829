"""The check of the RDF in a copy: it parses, all formats of one thing say the same, and IRIs of ours lead to something."""

from __future__ import annotations

from collections.abc import Iterator
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


def data_problems(copy: Holdings, base: str) -> Iterator[str]:
    """Yield what is wrong with the RDF files, a line each."""
    dead: set[str] = set()
    for stem, suffixes in _documents(copy):
        first: tuple[str, frozenset[object]] | None = None
        quads: tuple[str, frozenset[object]] | None = None
        for suffix in suffixes:
            name = f"{stem}.{suffix}"
            try:
                found = list(ox.parse(copy.read(name), format=_PARSERS[suffix], base_iri=f"{base}{name}"))
            except (SyntaxError, ValueError) as error:
                yield f"{name}: not {RDF_BY_NAME[suffix].label}: {error}"
                continue
            triples = frozenset(quad.triple for quad in found)
            if first is None:
                first = name, triples
                for iri in sorted(_iris(triples, base) - dead):
                    if not _is_there(copy, iri, base):
                        dead.add(iri)
                        yield f"{name}: names <{iri}>, and there is nothing at its address"
            elif triples != first[1]:
                yield f"{name}: holds other triples than {first[0]}"
            if suffix in _QUADS:
                if quads is not None and frozenset(found) != quads[1]:
                    yield f"{name}: holds other quads than {quads[0]}"
                quads = quads or (name, frozenset(found))


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


def _iris(triples: frozenset[object], base: str) -> set[str]:
    found = set()
    for triple in triples:
        for term in triple:  # type: ignore[attr-defined]
            if isinstance(term, ox.NamedNode) and term.value.startswith(base):
                found.add(term.value.partition("#")[0])
    return found


def _is_there(copy: Holdings, iri: str, base: str) -> bool:
    path = f"/{urlsplit(iri).path.removeprefix(urlsplit(base).path)}"
    return needs_server(path) or copy.find(path) is not None
