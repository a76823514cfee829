"""A query about a version's graphs, sent to the store, and its answer as results or triples.

What a store answered counts where the version was still whole afterwards.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.query.gate import prologue_end, query_form
from server.query.scope import Scope, named_nodes, stated_scope
from server.query.tokens import tokens
from server.remote.catalogue import require_whole
from server.remote.describing import take_apart
from server.remote.endpoint import Endpoint, Limits
from server.remote.failures import LargerThanAsked, StoreAway, StoreSlow
from server.remote.lookups import Lookups
from server.remote.mapping import HIDDEN, Mapping, visible

_HEAD: Final = re.compile(rb'"vars"\s*:\s*(\[[^\]]*\])')
_TOGETHER: Final = 100
_OWN: Final = Limits(120, 1 << 30)
_HIDDEN: Final = HIDDEN.encode()


@dataclass(frozen=True, slots=True)
class Asking:
    """A version in a store, asked in SPARQL."""

    endpoint: Endpoint
    mapping: Mapping

    def results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return the answer to a SELECT or ASK query of our own, which may go through all of the data."""
        return read_results(self.json(query, None, _OWN), self.endpoint.name)

    def json(self, query: str, scope: Scope | None, limits: Limits) -> bytes:
        """Return the answer to a SELECT or ASK query in SPARQL 1.1's JSON; the columns of SELECT * by the alphabet."""
        question = self.mapping.map(query, scope or self._stated(query))
        body = self.endpoint.results(question, limits)
        require_whole(self.endpoint, self.mapping.version)
        return _arranged(body) if _selects_all(query) else body

    def triples(self, query: str, scope: Scope | None, limits: Limits) -> bytes:
        """Return the answer to a CONSTRUCT or DESCRIBE query in N-Triples, in any order."""
        stated = scope or self._stated(query)
        if query_form(query) == "DESCRIBE":
            graphs = None if stated is None else frozenset(named_nodes(stated.default_graphs))
            return self._describe(self._wanted(query, stated, limits), graphs, limits)
        lines = self.endpoint.triples(self.mapping.map(query, stated), limits)
        require_whole(self.endpoint, self.mapping.version)
        return lines

    def _stated(self, query: str) -> Scope | None:
        return stated_scope(query, self.mapping.base)

    def _wanted(self, query: str, scope: Scope | None, limits: Limits) -> list[str]:
        """Return the IRIs that a DESCRIBE query wants described."""
        described = take_apart(query)
        wanted: dict[str, None] = {}
        is_solved = described.selecting is None
        if described.selecting is not None:
            rows = json.loads(self.json(described.selecting, scope, limits))["results"]["bindings"]
            is_solved = bool(rows)
            wanted.update((term["value"], None) for row in rows for term in row.values() if term["type"] == "uri")
        if described.named is not None and is_solved:
            solutions = ox.Store().query(described.named, base_iri=self.mapping.base)
            wanted.update((row["term"].value, None) for row in solutions)  # type: ignore[union-attr]  # a SELECT query
        return list(wanted)

    def _describe(self, wanted: Sequence[str], graphs: frozenset[ox.NamedNode] | None, limits: Limits) -> bytes:
        until = time.monotonic() + limits.seconds
        lookups = Lookups(self.endpoint, self.mapping)
        parts: list[bytes] = []
        size = 0
        for start in range(0, len(wanted), _TOGETHER):
            found = lookups.describe(wanted[start : start + _TOGETHER])
            quads = (quad for quads in found.values() for quad in quads)
            triples = [quad.triple for quad in quads if graphs is None or quad.graph_name in graphs]
            parts.append("".join(f"{triple} .\n" for triple in triples).encode())
            size += len(parts[-1])
            if size > limits.most_bytes:
                raise LargerThanAsked(f"descriptions of more than {limits.most_bytes:,} bytes")
            if time.monotonic() > until:
                raise StoreSlow(f"{self.endpoint.name} did not answer within {limits.seconds:g} s")
        return b"".join(parts)


def read_results(body: bytes, name: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return what an answer in JSON says; raise `StoreAway` where it cannot be read."""
    try:
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise StoreAway(f"{name} did not answer with results in JSON") from error


def _selects_all(query: str) -> bool:
    first = prologue_end(query)
    if first is None:
        return False
    after = [token.text.upper() for token in tokens(query) if token.start >= first.start][1:3]
    return after[:1] == ["*"] or (after[:1] in (["DISTINCT"], ["REDUCED"]) and after[1:] == ["*"])


def _arranged(body: bytes) -> bytes:
    """Put the columns into the order of the alphabet, and leave out those that nobody asked for."""
    head = _HEAD.search(body)
    if head is None:
        return body
    columns = sorted(visible(json.loads(head[1])))
    body = body[: head.start(1)] + json.dumps(columns).encode() + body[head.end(1) :]
    if _HIDDEN not in body:
        return body
    answer = json.loads(body)
    for row in answer["results"]["bindings"]:
        for name in [name for name in row if name.startswith(HIDDEN)]:
            del row[name]
    return json.dumps(answer, ensure_ascii=False).encode()
