"""A dataset that was found, opened in a process that answers requests."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graph.store import Dataset, load, open_stored
from server.config import Config
from server.query.pool import Queries, QueryPool
from server.remembering import RememberingStore
from server.serving.announcement import Announcement
from server.serving.origin import Found

ENDPOINT: Final = "sparql:"


def open_announced(announced: Announcement, found: Found, config: Config) -> tuple[Dataset, Queries | None]:
    """Return the dataset that was announced, and where queries about it are answered.

    Raises `UnreadableDataset` where it is no longer there, OSError where its endpoint is away.
    """
    if found.address.startswith(ENDPOINT):
        from server.remote.opening import open_remote  # noqa: PLC0415  most servers have no endpoint to ask

        return open_remote(found, config)
    return open_local(found), queries_of(announced, config)


def open_local(found: Found) -> Dataset:
    """Return the dataset of files; raise `UnreadableDataset` where they are no longer there."""
    address = Path(found.address)
    store = open_stored(address) if found.is_stored else load(address, Path(found.name))
    return Dataset(RememberingStore(store), found.digest, found.manifest)


def queries_of(announced: Announcement, config: Config) -> QueryPool | None:
    """Return the query service that was announced, None where there is none."""
    if announced.query_socket is None:
        return None
    return QueryPool(Path(announced.query_socket), deadline=config.query_deadline, engine=announced.engine)
