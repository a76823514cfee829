"""A dataset opened for reading: the store, and what identifies it.

The store's own default graph holds the RDF merge of all named graphs, because
pyoxigraph's union default graph counts a triple once for each graph it stands in
(SPARQL 1.1 section 13.1 asks for a merge). Nothing that holds a `Dataset` writes to it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any, Final, Protocol, cast

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE
from graph.releases import QUADS_FILE, Manifest, UnreadableDataset, read_manifest, software_version

_FORMATS: Final = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_LINES_AT_ONCE: Final = 8192

STORE_FOLDER: Final = "store"
"""Beside a large dataset's quads: the same as a store on disk, which `graph.disk_store` writes."""


class Store(Protocol):
    """What pages need of a store, wherever its data is; pyoxigraph's own stores have it."""

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,  # noqa: A002  as pyoxigraph calls it
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern, None standing for anything, in no order."""

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer to a query over the default graph and the named graphs."""

    def contains_named_graph(self, graph_name: ox.NamedNode, /) -> bool:
        """Tell whether there is such a graph."""

    def __contains__(self, quad: Any, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dataset:
    """A store, the SHA-256 of the file it was read from, and its manifest where a build wrote it."""

    store: Store
    digest: str
    manifest: Manifest | None = None

    @property
    def base(self) -> str:
        """The base of the data's IRIs."""
        return self.manifest.base if self.manifest else CANONICAL_BASE


def open_dataset(file: Path) -> Dataset:
    """Return the dataset of an N-Quads or TriG file, told apart by the suffix.

    It is read into memory, or opened where it lies if a build wrote a store beside it. Raises
    `UnreadableDataset` where the file is missing, is neither, does not parse, is not the
    one that the manifest of its folder speaks of, or was built by another version.
    """
    require_format(file)
    digest = digest_of(file)
    manifest = manifest_beside(file)
    require_unaltered(file, digest, manifest)
    folder = store_beside(file, manifest)
    return Dataset(open_stored(folder) if folder else load(file, file), digest, manifest)


def load(content: Path, file: Path) -> ox.Store:
    """Return a store in memory of what is read at one place and known as this file.

    Its default graph is the merge of all graphs. Raises `UnreadableDataset` where it does not parse.
    """
    store = ox.Store()
    store.bulk_extend(read_quads(content, file))
    # Read twice: all quads at once would take more memory than the store, and more time.
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in read_quads(content, file))
    return store


def load_merge(file: Path) -> ox.Store:
    """Return the merge of all graphs and nothing else, in memory, from canonical N-Quads that a build wrote.

    Raises `UnreadableDataset` where the file cannot be read.
    """
    store = ox.Store()
    try:
        with file.open("rb") as lines:
            source = cast(IO[bytes], Stream(_merge(lines)))  # it has what the engine asks of one
            store.bulk_load(source, format=ox.RdfFormat.N_TRIPLES)
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise UnreadableDataset(f"{file}: {error.msg}") from error
    return store


def _merge(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield chunks of the lines without their graphs; where lines are sorted, equal ones follow each other."""
    triples = map(triple_line, lines)
    while some := list(islice(triples, _LINES_AT_ONCE)):
        yield b"".join(triple for triple, _ in groupby(some))


def triple_line(line: bytes) -> bytes:
    """Return a line of canonical N-Quads in a named graph, whose IRI has no space in it, as one of N-Triples."""
    return line[: line.rindex(b" <")] + b" .\n"


class Stream:
    """What a parser reads: chunks of whole lines, however much it asks for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Give these chunks, one after the other."""
        self._chunks, self._left = chunks, b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        if not self._left:
            self._left = next(self._chunks, b"")
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given


def open_store(folder: Path) -> ox.Store:
    """Return a store on disk, opened for reading; raise `OSError` where it is damaged or none."""
    return ox.Store.read_only(str(folder))


def open_stored(folder: Path) -> ox.Store:
    """Return a store on disk, opened for reading; raise `UnreadableDataset` where it is damaged or none."""
    try:
        return open_store(folder)
    except (OSError, RuntimeError) as error:
        raise _damaged(folder, error) from error


def try_stored(folder: Path) -> None:
    """End this process with one line where a store on disk is damaged: for a process started to see that."""
    try:
        next(iter(open_stored(folder).quads_for_pattern(None, None, None, ox.DefaultGraph())), None)
    except UnreadableDataset as error:
        sys.exit(str(error))
    except (OSError, RuntimeError) as error:
        sys.exit(str(_damaged(folder, error)))


def _damaged(folder: Path, error: Exception) -> UnreadableDataset:
    return UnreadableDataset(f"{folder}: {' '.join(str(error).split())}; run `battlegraph build`")


def read_quads(content: Path, file: Path) -> Iterator[ox.Quad]:
    """Yield the quads that are read at one place and known as this file; raise `UnreadableDataset` at a fault."""
    try:
        yield from ox.parse(path=str(content), format=require_format(file))
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise UnreadableDataset(f"{file}, line {error.lineno}: {error.msg}") from error


def require_format(file: Path) -> ox.RdfFormat:
    """Return the format that a file's suffix names; raise `UnreadableDataset` where it is no dataset's."""
    if file.suffix not in _FORMATS:
        raise UnreadableDataset(f"{file}: a dataset is an N-Quads (.nq) or TriG (.trig) file")
    return _FORMATS[file.suffix]


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file; raise `UnreadableDataset` where it cannot be read."""
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}") from error


def manifest_beside(file: Path) -> Manifest | None:
    """Return the manifest of the build that wrote this file, None where none did.

    Raises `UnreadableDataset` where that was another version of battlegraph.
    """
    manifest = read_manifest(file.parent) if file.name == QUADS_FILE else None
    if manifest is not None and manifest.software != (running := software_version()):
        built = f"built by battlegraph {manifest.software}, and this is {running}"
        raise UnreadableDataset(f"{file}: {built}; run `battlegraph build`, or serve a copy of the file alone")
    return manifest


def require_unaltered(file: Path, digest: str, manifest: Manifest | None) -> None:
    """Raise `UnreadableDataset` where a file has another SHA-256 than its manifest says."""
    if manifest is not None and manifest.quads != digest:
        raise UnreadableDataset(f"{file}: altered since it was built (SHA-256 {digest}); run `battlegraph build`")


def store_beside(file: Path, manifest: Manifest | None) -> Path | None:
    """Return the folder of the store that a build wrote beside this file, None where it wrote none."""
    folder = file.parent / STORE_FOLDER
    return folder if manifest is not None and folder.is_dir() else None


def merge_alone(store: Store) -> ox.Store:
    """Return a store of another one's default graph and nothing else.

    The engine finds a triple by going through all that is said with its subject, property or
    object, in whatever graph: where no graph is asked for, this one halves that.
    """
    alone = ox.Store()
    alone.bulk_extend(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return alone


def merged_store(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store of the quads whose default graph is the merge of all graphs."""
    quads = [*quads]
    store = ox.Store()
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return store
