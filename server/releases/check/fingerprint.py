"""What a dataset comes down to in canonical form: as a whole, merged, and each of its graphs.

Two documents hold the same graph if, and only if, their fingerprints are equal. What has
no blank nodes is canonical (RDFC-1.0 section 4.4) as its sorted N-Quads, so canonical
N-Quads are read piece by piece; every other format is read whole and sorted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from server.releases.check.reader import Unreadable
from server.terms.serialise import WRITERS

_BATCH: Final = 20_000
_LONGEST_LINE: Final = 16 << 20
"""As long as the engine's parser reads a term."""
_UNWANTED: Final = (ox.BlankNode, ox.Triple)


@dataclass(frozen=True, slots=True)
class Sum:
    """The SHA-256 over canonical lines, how many there were, and of how many bytes."""

    count: int = 0
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A dataset in short."""

    quads: Sum
    merged: Sum
    """Of the merge of its graphs, as canonical N-Triples."""
    graphs: dict[str, Sum] = field(default_factory=dict)
    """Of each graph by its IRI, the default graph by the empty text."""


class _Running:
    __slots__ = ("_digest", "count", "size")

    def __init__(self) -> None:
        self._digest, self.count, self.size = hashlib.sha256(), 0, 0

    def add(self, line: bytes) -> None:
        self._digest.update(line)
        self.count += 1
        self.size += len(line)

    def end(self) -> Sum:
        return Sum(self.count, self._digest.hexdigest(), self.size)


def of_canonical_file(file: Path) -> Fingerprint:
    """Return the fingerprint of canonical N-Quads, in memory that does not grow with them.

    Raises `Unreadable` where the file is none: not N-Quads, another way to write a
    term, not sorted, or with a blank node.
    """
    with file.open("rb") as lines:
        return of_lines(iter(lambda: lines.readline(_LONGEST_LINE), b""))


def of_file(file: Path, most: int | None = None) -> Fingerprint:
    """Return the fingerprint of a file in any format; raise `Unreadable` where it has many more quads."""
    return of_lines(sorted_lines(file, most))


def difference(file: Path, other: Path, graph: str) -> str:
    """Return in words how a file's triples differ from those of a graph of another; of all, where none is named."""
    found, expected = set(sorted_lines(file)), set()
    for _, triple, name in _triples(sorted_lines(other)):
        if graph in ("", name):
            expected.add(triple)
    missing, added = sorted(expected - found), sorted(found - expected)
    told = [f"lacks {len(missing):,} statements, as {missing[0].decode().strip()}"] if missing else []
    told += [f"adds {len(added):,} statements, as {added[0].decode().strip()}"] if added else []
    return " and ".join(told)


def sorted_lines(file: Path, most: int | None = None) -> list[bytes]:
    """Return the canonical N-Quads lines of a file in the format of its suffix, sorted, each once."""
    format_ = WRITERS[file.suffix.removeprefix(".")]
    try:
        quads = ox.parse(path=file, format=format_)
        lines: set[bytes] = set()
        while batch := list(islice(quads, _BATCH)):
            lines.update((ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
            if most is not None and len(lines) > most + _BATCH:
                raise Unreadable(f"has more than {len(lines):,} statements")
    except SyntaxError as error:
        raise Unreadable(f"is no {format_.name}: {error.msg}") from error
    except (OSError, MemoryError) as error:
        raise Unreadable(f"cannot be read: {error}") from error
    return sorted(lines)


def of_lines(lines: Iterable[bytes]) -> Fingerprint:
    """Return the fingerprint of canonical N-Quads lines; raise `Unreadable` where they are none."""
    whole, merged = _Running(), _Running()
    graphs: dict[str, _Running] = {}
    last = last_triple = b""
    for line, triple, graph in _triples(lines):
        if line <= last:
            raise Unreadable(f"line {whole.count + 1} is not after the one before it by code point")
        last = line
        whole.add(line)
        graphs.setdefault(graph, _Running()).add(triple)
        # Sorted by subject, property and value before the graph, so equal triples are neighbours.
        if triple != last_triple:
            merged.add(triple)
            last_triple = triple
    return Fingerprint(whole.end(), merged.end(), {name: running.end() for name, running in graphs.items()})


def _triples(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield each line, its triple as a line, and the IRI of its graph."""
    rest, number = iter(lines), 0
    while batch := list(islice(rest, _BATCH)):
        try:
            quads = list(ox.parse(b"".join(batch), format=ox.RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise Unreadable(f"line {number + (error.lineno or 1)} is no N-Quads: {error.msg}") from error
        written = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        for index, line in enumerate(batch):
            if index >= len(written) or written[index] != line:
                raise Unreadable(f"line {number + index + 1} is not a statement in canonical form")
        triples = (ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b"").splitlines(
            keepends=True
        )
        for line, triple, quad in zip(batch, triples, quads, strict=True):
            if any(isinstance(term, _UNWANTED) for term in (quad.subject, quad.object, quad.graph_name)):
                raise Unreadable(f"{line.decode().strip()} has a blank node or a quoted triple")
            yield line, triple, quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        number += len(batch)
