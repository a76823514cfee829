"""Nanopublications as text, in the formats that keep graphs apart.

Each is whole by itself, its prefixes included, so that it can be cut out of a file of
many; files of them are TriG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from graph.namespaces import NP, NPX
from server.http.formats import JSON_LD, N_QUADS, TRIG, Format
from server.nanopublications.nanopublication import GRAPHS, Nanopublication
from server.terms.short_names import ShortNames
from server.terms.taxonomy import TYPE

FORMATS: Final = (TRIG, N_QUADS, JSON_LD)
"""The formats in which a nanopublication can be had."""
_WRITERS: Final = {N_QUADS.name: ox.RdfFormat.N_QUADS, JSON_LD.name: ox.RdfFormat.JSON_LD}


def write_nanopublication(nanopublication: Nanopublication, target: Format) -> str:
    """Return a nanopublication in one of `FORMATS`, the same bytes each time."""
    if target is TRIG:
        return _trig(nanopublication)
    written = ox.serialize(_ordered(nanopublication), format=_WRITERS[target.name]) or b""
    if target is JSON_LD:
        return json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n"
    return written.decode()


def _trig(nanopublication: Nanopublication) -> str:
    quads = _ordered(nanopublication)
    own = {"this": nanopublication.iri, "sub": f"{nanopublication.iri}#"}
    prefixes = {**own, "np": NP, "npx": NPX, **_prefixes(quads)}
    lines = (ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"").decode().split("\n")
    # The engine writes the prefixes first, in an order of its own.
    head = [f"@prefix {name}: <{namespace}> ." for name, namespace in prefixes.items()]
    return "\n".join([*head, *lines[len(head) :]])


def _prefixes(quads: Iterable[ox.Quad]) -> Mapping[str, str]:
    """Return those of our prefixes that shorten an IRI of these quads, in their usual order."""
    names = ShortNames()
    for quad in quads:
        # The engine writes `a` for rdf:type.
        for term in (quad.subject, quad.object, *(() if quad.predicate == TYPE else (quad.predicate,))):
            if isinstance(term, ox.NamedNode):
                names.of(term.value)
            elif isinstance(term, ox.Literal):
                names.of(term.datatype.value)
    return names.prefixes()


def _ordered(nanopublication: Nanopublication) -> list[ox.Quad]:
    """Return the quads by graph, then what each graph is about first, then by subject; `a` before other predicates."""
    names = {f"{nanopublication.iri}#{name}": place for place, name in enumerate(GRAPHS)}
    about = {nanopublication.iri, nanopublication.claim, f"{nanopublication.iri}#assertion"}

    def place(quad: ox.Quad) -> tuple[int, bool, str, bool, str, str]:
        subject, graph = str(quad.subject), quad.graph_name
        is_first = isinstance(quad.subject, ox.NamedNode) and quad.subject.value in about
        number = names[graph.value] if isinstance(graph, ox.NamedNode) else -1
        return number, not is_first, subject, quad.predicate != TYPE, quad.predicate.value, str(quad.object)

    return sorted(nanopublication.quads, key=place)


def comment(text: str | None) -> Iterator[str]:
    """Yield a text as comment lines of TriG, whatever it holds; nothing where there is none."""
    for line in (text or "").splitlines():
        yield f"# {line}\n"
