"""A dataset opened for reading: the store, and what identifies it.

The store's own default graph holds the RDF merge of all named graphs, because
pyoxigraph's union default graph counts a triple once for each graph it stands in
(SPARQL 1.1 section 13.1 asks for a merge). Nothing that holds a `Dataset` writes to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE
from graph.releases import QUADS_FILE, Manifest, UnreadableDataset, read_manifest, software_version


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
    merge: ox.Store | None = None
    """The default graph alone, where queries are answered: see `merge_alone`."""

    @property
    def base(self) -> str:
        """The base of the data's IRIs."""
        return self.manifest.base if self.manifest else CANONICAL_BASE


def open_dataset(file: Path) -> Dataset:
    """Return the dataset of an N-Quads or TriG file, told apart by the suffix.

    Raises `UnreadableDataset` where the file is missing, is neither, does not parse, is not
    the one that the manifest of its folder speaks of, or was built by another version.
    """
    formats = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
    if file.suffix not in formats:
        raise UnreadableDataset(f"{file}: a dataset is an N-Quads (.nq) or TriG (.trig) file")
    try:
        content = file.read_bytes()
        quads = list(ox.parse(content, format=formats[file.suffix]))
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}") from error
    except SyntaxError as error:
        raise UnreadableDataset(f"{file}, line {error.lineno}: {error.msg}") from error
    digest = hashlib.sha256(content).hexdigest()
    manifest = read_manifest(file.parent) if file.name == QUADS_FILE else None
    if manifest is not None and manifest.quads != digest:
        raise UnreadableDataset(f"{file}: altered since it was built (SHA-256 {digest}); run `battlegraph build`")
    if manifest is not None and manifest.software != (running := software_version()):
        built = f"built by battlegraph {manifest.software}, and this is {running}"
        raise UnreadableDataset(f"{file}: {built}; run `battlegraph build`, or serve a copy of the file alone")
    return Dataset(merged_store(quads), digest, manifest)


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
