"""A version in a store, opened: the dataset that pages read, and the way of queries to it."""

from __future__ import annotations

import os
from typing import Final

from graph.releases import short_digest
from graph.store import Dataset
from server.config import Config
from server.remote.asking import Asking
from server.remote.catalogue import find_whole
from server.remote.credentials import find_credentials
from server.remote.endpoint import Endpoint, Limits, read_address
from server.remote.failures import StoreAway
from server.remote.lookups import Lookups
from server.remote.mapping import Mapping
from server.remote.pool import RemotePool
from server.remote.store import RemoteStore
from server.serving.origin import Found

_LOOKUP_SECONDS: Final = 5.0
"""How long a page waits for one of the answers it needs."""


def open_endpoint(address: str, config: Config) -> Endpoint:
    """Return the query endpoint at `sparql:URL`; raise `UnusableStore` where that is none."""
    url = read_address(address)
    limits = Limits(min(_LOOKUP_SECONDS, config.query_deadline), config.result_bytes)
    return Endpoint(url, find_credentials(url, "STORE", os.environ), limits)


def open_remote(found: Found, config: Config) -> tuple[Dataset, RemotePool]:
    """Return the dataset that was found in a store; raise `StoreAway` where it is no longer the one there."""
    endpoint = open_endpoint(found.address, config)
    whole = find_whole(endpoint, found.address.partition("#")[2])
    if whole.manifest.quads != found.digest:
        raise StoreAway(f"{endpoint.name} has other data than the dataset {short_digest(found.digest)} that was found")
    mapping = Mapping(whole.version, f"{whole.manifest.base}sparql", whole.kept)
    asking = Asking(endpoint, mapping)
    store = RemoteStore(Lookups(endpoint, mapping), asking)
    return Dataset(store, whole.manifest.quads, whole.manifest), RemotePool(asking, config)
