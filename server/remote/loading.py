"""Loading a built dataset into a store, beside the one that is served, and switching to it.

Graph by graph under names of the new version's own; then what the store has is counted, and
one triple in the catalogue makes it the version that is served. Until then nothing that is
served has changed, wherever this ends. What an interrupted load left, and all versions
before the last one, goes with the next load.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.releases import short_digest
from server.remote.catalogue import Listed, read_catalogue
from server.remote.endpoint import Endpoint
from server.remote.failures import StoreAway, UnfitForStore
from server.remote.names import (
    CATALOGUE,
    KEPT,
    KEPT_PREFIX,
    LOADING,
    MANIFEST,
    NAME_OF,
    ROOT,
    SERIAL,
    Version,
)
from server.remote.samples import Source
from server.remote.terms import Term, text
from server.remote.trial import find_changed
from server.remote.writing import Writer

_PART: Final = 2 << 20
"""Bytes of triples that are sent at once."""
_HELD: Final = 64 << 20
"""Bytes of triples that wait to be sent, of all graphs together."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to."""

    version: Version
    quads: int
    kept: frozenset[str]
    """Datatypes the store does not know what to do with, which it has under other names."""
    was_there: bool
    """It had been loaded before: only the switch was needed, or nothing."""


@dataclass(frozen=True, slots=True)
class Loading:
    """A store that is read and written."""

    endpoint: Endpoint
    writer: Writer
    tell: Tell

    def load(self, source: Source) -> Loaded:
        """Make a dataset the one that is served; raise `StoreAway` or `UnfitForStore`, and nothing has changed."""
        listed = read_catalogue(self.endpoint)
        whole = [one for one in listed if one.serial is not None]
        self._clean(keep=[one.version for one in whole[:2]])
        serial = 1 + max((one.serial or 0 for one in whole), default=0)
        for one in whole[:2]:
            if one.manifest == source.manifest:
                return self._return_to(one, serial, is_served=one is whole[0])
        version = Version(f"{short_digest(source.manifest.quads)}-{secrets.token_hex(4)}")
        kept = find_changed(self.writer, self.endpoint, version, source.samples)
        self._begin(version, source, kept)
        counts = self._send(version, source.file, kept)
        self._require_counts(version, counts)
        self._switch(version, serial)
        self._clean(keep=[version, *(one.version for one in whole[:1])])
        return Loaded(version, _quads(counts, version), kept, was_there=False)

    def _return_to(self, one: Listed, serial: int, *, is_served: bool) -> Loaded:
        rows = self.endpoint.rows(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {one.version.names} {{ ?physical {NAME_OF} ?name }} "
            "GRAPH ?physical { ?s ?p ?o } }"
        )
        if not is_served:
            self._switch(one.version, serial)
        return Loaded(one.version, int(text(rows[0]["n"])), one.kept, was_there=True)

    def _begin(self, version: Version, source: Source, kept: frozenset[str]) -> None:
        manifest = ox.Literal(json.dumps(asdict(source.manifest), sort_keys=True))
        now = ox.Literal(datetime.now(UTC).isoformat(timespec="seconds"))
        terms = "".join(f" ; {KEPT} <{iri}>" for iri in sorted(kept))
        self.writer.update(
            f"INSERT DATA {{ GRAPH {CATALOGUE} {{ {version.node} {MANIFEST} {manifest} ; {LOADING} {now}{terms} . }} }}"
        )

    def _send(self, version: Version, file: Path, kept: frozenset[str]) -> Counter[str]:
        """Send all graphs; return how many triples each has to have, by its physical name."""
        counts: Counter[str] = Counter()
        waiting: dict[str, list[bytes]] = {}
        sizes: Counter[str] = Counter()
        names: dict[bytes, str] = {}
        merged, last = version.merged.value, b""

        def add(graph: str, triple: bytes) -> None:
            waiting.setdefault(graph, []).append(triple)
            counts[graph] += 1
            sizes[graph] += len(triple)
            if sizes[graph] >= _PART:
                self._flush(graph, waiting, sizes)

        held = 0
        for triple, graph in _triples(file, kept):
            if graph not in names:
                iri = graph.decode()
                names[graph] = version.graph(iri).value
                add(version.names.value, f"<{names[graph]}> {NAME_OF} <{iri}> .\n".encode())
            add(names[graph], triple)
            # The file is in order, so what is said in several graphs stands together.
            if triple != last:
                add(merged, triple)
                last = triple
            held += 2 * len(triple)
            if held > _HELD:
                for name, _ in sizes.most_common():
                    self._flush(name, waiting, sizes)
                held = 0
            if counts[merged] % 500_000 == 0:
                self.tell(f"{counts[merged]:,} triples sent")
        for name in list(waiting):
            self._flush(name, waiting, sizes)
        return counts

    def _flush(self, graph: str, waiting: dict[str, list[bytes]], sizes: Counter[str]) -> None:
        self.writer.add(ox.NamedNode(graph), b"".join(waiting.pop(graph)))
        del sizes[graph]

    def _require_counts(self, version: Version, counts: Counter[str]) -> None:
        prefix = ox.Literal(version.prefix)
        rows = self.endpoint.stream(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f"FILTER(STRSTARTS(STR(?g), {prefix})) }} GROUP BY ?g"
        )
        found = {text(row["g"]): int(text(row["n"])) for row in rows}
        wrong = [name for name in counts if found.get(name) != counts[name]] + [n for n in found if n not in counts]
        if wrong:
            name = min(wrong)
            raise UnfitForStore(
                f"{self.endpoint.name} has {found.get(name, 0):,} of {counts[name]:,} triples of "
                f"{name.removeprefix(version.prefix)}: another load ran, or the store lost some; load again"
            )

    def _switch(self, version: Version, serial: int) -> None:
        """Make a version the one that is served, unless another load has taken it away."""
        self.writer.update(
            f"INSERT {{ GRAPH {CATALOGUE} {{ {version.node} {SERIAL} {serial} }} }} "
            f"WHERE {{ GRAPH {CATALOGUE} {{ {version.node} {LOADING} ?when }} }}"
        )
        there = self.endpoint.rows(f"SELECT ?n WHERE {{ GRAPH {CATALOGUE} {{ {version.node} {SERIAL} ?n }} }}")
        if not there:
            raise StoreAway(f"{self.endpoint.name}: another load has taken this one away; load again")

    def _clean(self, keep: list[Version]) -> None:
        """Take away all other versions, and what is left of loads that did not come to an end."""
        gone = {one.version.node for one in read_catalogue(self.endpoint) if one.version not in keep}
        for node in gone:
            # First it is no longer whole; only then is anything of it taken away.
            self.writer.update(f"DELETE WHERE {{ GRAPH {CATALOGUE} {{ {node} {SERIAL} ?n }} }}")
            self.writer.update(f"DELETE WHERE {{ GRAPH {CATALOGUE} {{ {node} {LOADING} ?when }} }}")
        for graph in self._graphs():
            if graph != CATALOGUE.value and not any(graph.startswith(version.prefix) for version in keep):
                self.writer.drop(ox.NamedNode(graph))
        for node in gone:
            self.writer.update(f"DELETE WHERE {{ GRAPH {CATALOGUE} {{ {node} ?p ?o }} }}")

    def _graphs(self) -> list[str]:
        rows = self.endpoint.stream(
            f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {ox.Literal(ROOT)})) }}"
        )
        return [text(row["g"]) for row in rows]


def _triples(file: Path, kept: frozenset[str]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the triples of an N-Quads file as the store is to have them, each with its graph's name."""
    terms = [f"<{iri}>".encode() for iri in kept]
    with file.open("rb") as lines:
        for line in lines:
            triple, graph, _ = line.rsplit(b" ", 2)
            if terms and any(term in triple for term in terms):
                triple = _renamed(triple, kept)
            yield triple + b" .\n", graph[1:-1]


def _renamed(triple: bytes, kept: frozenset[str]) -> bytes:
    quad = next(iter(ox.parse(triple + b" .", format=ox.RdfFormat.N_TRIPLES)))
    return " ".join(str(_hidden(term, kept)) for term in (quad.subject, quad.predicate, quad.object)).encode()


def _hidden(term: Term, kept: frozenset[str]) -> Term:
    if isinstance(term, ox.NamedNode) and term.value in kept:
        return ox.NamedNode(KEPT_PREFIX + term.value)
    if isinstance(term, ox.Literal) and term.datatype.value in kept:
        return ox.Literal(term.value, datatype=ox.NamedNode(KEPT_PREFIX + term.datatype.value))
    return term


def _quads(counts: Counter[str], version: Version) -> int:
    return sum(count for name, count in counts.items() if name.startswith(version.graphs))
