"""A store as the place where datasets come from: who serves looks here for the present one."""

from __future__ import annotations

from typing import Final

from server.remote.catalogue import find_served
from server.remote.endpoint import Endpoint
from server.remote.failures import StoreAway
from server.remote.names import CATALOGUE, SERIAL
from server.serving.origin import Finding, Found

_LATEST: Final = (
    f"SELECT ?version ?serial WHERE {{ GRAPH {CATALOGUE} {{ ?version {SERIAL} ?serial }} }} "
    "ORDER BY DESC(?serial) LIMIT 1"
)


class RemoteOrigin:
    """The store behind an endpoint; it never raises for the state of the store."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Look at this endpoint."""
        self._endpoint = endpoint

    def look(self) -> str:
        """Return a token that is another one when another version is served, or the store is away or back."""
        try:
            rows = self._endpoint.rows(_LATEST)
        except StoreAway as error:
            return f"away: {error}"
        return " ".join(str(term) for row in rows for term in row.values())

    def find(self) -> Finding:
        """Return the version that is served, or what is wrong, in one line."""
        try:
            whole = find_served(self._endpoint)
        except StoreAway as error:
            return Finding(None, str(error))
        # A dataset that is loaded once more is another version: its name is part of the address.
        address = f"{self._endpoint.name}#{whole.version.token}"
        return Finding(Found(address, whole.manifest.quads, self._endpoint.name))
