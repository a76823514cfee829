"""The questions that pages ask of a store, in SPARQL, and their answers as quads of the names clients know.

Each question asks for the version's serial as well, in the same answer: where that is
missing, the version is being taken away, and nothing in the answer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast
from urllib.parse import unquote

import pyoxigraph as ox

from server.remote.endpoint import Endpoint
from server.remote.failures import VersionGone
from server.remote.mapping import Mapping
from server.remote.names import CATALOGUE, KEPT_PREFIX, NAME_OF, SERIAL
from server.remote.terms import Row, text

Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Graph: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_DEFAULT: Final = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quad with what is not given left open."""

    subject: ox.NamedNode | None
    predicate: ox.NamedNode | None
    object: ox.NamedNode | ox.Literal | None
    graph: ox.NamedNode | ox.DefaultGraph | None
    """None: any graph, the default graph included."""


_OPEN: Final = Pattern(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Lookups:
    """A version in a store, asked for parts of it."""

    endpoint: Endpoint
    mapping: Mapping

    def describe(self, subjects: Sequence[str]) -> dict[str, list[ox.Quad]]:
        """Return for each of these IRIs the quads that it is the subject of, in named graphs."""
        values = " ".join(self._iri(iri) for iri in subjects)
        found: dict[str, list[ox.Quad]] = {iri: [] for iri in subjects}
        for quad in self._quads(f"VALUES ?s {{ {values} }} {self._in_any_graph()}", None):
            found.setdefault(text(quad.subject), []).append(quad)
        return found

    def pointing(self, predicate: ox.NamedNode, objects: Sequence[str], most: int) -> dict[str, list[ox.Quad]] | None:
        """Return for each of these IRIs the triples with it as the object, None where there are more than so many."""
        values = " ".join(self._iri(iri) for iri in objects)
        given = Pattern(None, predicate, None, _DEFAULT)
        found: dict[str, list[ox.Quad]] = {iri: [] for iri in objects}
        quads = list(self._quads(f"VALUES ?o {{ {values} }} {self._written(given)}", most + 1, given))
        for quad in quads:
            found.setdefault(text(quad.object), []).append(quad)
        return found if len(quads) <= most else None

    def match(self, pattern: Pattern, most: int) -> list[ox.Quad] | None:
        """Return the quads of a pattern, None where there are more than so many."""
        quads = list(self._quads(self._written(pattern), most + 1, pattern))
        return quads if len(quads) <= most else None

    def stream(self, pattern: Pattern) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern as they come in."""
        return self._quads(self._written(pattern), None, pattern, is_stream=True)

    def has_graph(self, iri: str) -> bool:
        """Tell whether the version has a graph that clients know by this IRI."""
        version = self.mapping.version
        pattern = f"GRAPH {version.names} {{ {version.graph(iri)} {NAME_OF} ?o }}"
        return any(True for _ in self._rows(pattern, None))

    def _in_any_graph(self) -> str:
        prefix = ox.Literal(self.mapping.version.graphs)
        return f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {prefix}))"

    def _written(self, pattern: Pattern) -> str:
        terms = (("s", pattern.subject), ("p", pattern.predicate), ("o", pattern.object))
        triple = " ".join(f"?{name}" if term is None else self._term(term) for name, term in terms)
        if pattern.graph is None:
            return self._in_any_graph().replace("?s ?p ?o", triple)
        version = self.mapping.version
        graph = version.merged if pattern.graph == _DEFAULT else version.graph(cast(ox.NamedNode, pattern.graph).value)
        return f"GRAPH {graph} {{ {triple} }}"

    def _quads(
        self, written: str, most: int | None, given: Pattern = _OPEN, *, is_stream: bool = False
    ) -> Iterator[ox.Quad]:
        prefix = self.mapping.version.graphs
        for row in self._rows(written, most, is_stream=is_stream):
            place = given.graph or _DEFAULT
            if "g" in row:
                place = ox.NamedNode(unquote(text(row["g"]).removeprefix(prefix)))
            yield ox.Quad(
                cast(Subject, row.get("s", given.subject)),
                cast(ox.NamedNode, row.get("p", given.predicate)),
                cast(Object, row.get("o", given.object)),
                place,
            )

    def _rows(self, pattern: str, most: int | None, *, is_stream: bool = False) -> Iterator[Row]:
        version = self.mapping.version
        seal = f"GRAPH {CATALOGUE} {{ {version.node} {SERIAL} ?serial }}"
        limited = f"{{ SELECT * WHERE {{ {pattern} }} LIMIT {most} }}" if most is not None else f"{{ {pattern} }}"
        query = f"SELECT * WHERE {{ {limited} UNION {{ {seal} }} }}"
        is_whole = False
        rows: Iterable[Row] = self.endpoint.stream(query) if is_stream else self.endpoint.rows(query)
        for row in rows:
            if "serial" in row:
                is_whole = True
            else:
                yield row
        if not is_whole:
            raise VersionGone(f"{self.endpoint.name} no longer has the version {version.token}")

    def _term(self, term: ox.NamedNode | ox.Literal) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if term.language is None and term.datatype.value in self.mapping.kept:
            return str(ox.Literal(term.value, datatype=ox.NamedNode(KEPT_PREFIX + term.datatype.value)))
        return str(term)

    def _iri(self, iri: str) -> str:
        return f"<{self.mapping.in_store(iri)}>"
