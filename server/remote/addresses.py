"""Where a store is written to, if nobody says: beside its query endpoint, as its makers have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from server.remote.failures import UnusableStore

_BESIDE: Final = {
    "query": ("update", "store"),  # Oxigraph
    "sparql": ("sparql-auth", "sparql-graph-crud-auth"),  # Virtuoso
}


@dataclass(frozen=True, slots=True)
class WritingAddresses:
    """Addresses of SPARQL 1.1 Update and of the Graph Store Protocol."""

    update: str
    graph_store: str


def writing_addresses(query_url: str, update_url: str | None, graph_store_url: str | None) -> WritingAddresses:
    """Return the addresses given, and those beside the query endpoint for what is not; raise `UnusableStore`."""
    parts = urlsplit(query_url)
    folder, _, last = parts.path.rpartition("/")
    beside = _BESIDE.get(last)
    if beside is None and not (update_url and graph_store_url):
        raise UnusableStore(f"where {query_url} takes data is not known: give --update-url and --graph-store")
    for url in (update_url, graph_store_url):
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or "@" in urlsplit(url).netloc):
            raise UnusableStore(
                f"{urlsplit(url)._replace(netloc='…').geturl()} is not an address of http(s) without a user"
            )
    update, graph_store = (
        urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", "")) for name in beside or ("", "")
    )
    return WritingAddresses(update_url or update, graph_store_url or graph_store)
