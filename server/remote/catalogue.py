"""Which versions a store has and which of them is served, read from its catalogue.

A version is whole from the moment it has a serial to the moment that is taken away, before
anything of it is; so an answer is of a whole version where the version had its serial
afterwards. The version with the highest serial is the one that is served.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from graph.releases import Manifest, software_version
from server.remote.endpoint import Endpoint
from server.remote.failures import StoreAway, VersionGone
from server.remote.names import CATALOGUE, KEPT, MANIFEST, ROOT, SERIAL, Version
from server.remote.terms import text

_STATED: Final = f"SELECT ?version ?term ?value WHERE {{ GRAPH {CATALOGUE} {{ ?version ?term ?value }} }}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the catalogue."""

    version: Version
    serial: int | None
    """None: it is not whole, or is about to go."""
    manifest: Manifest | None
    """None: this version of battlegraph cannot read it."""
    kept: frozenset[str]
    """The IRIs that stand in the store behind a prefix: see `trial`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A version that can be served."""

    version: Version
    manifest: Manifest
    kept: frozenset[str]


def read_catalogue(endpoint: Endpoint) -> list[Listed]:
    """Return the versions of a store, the one that is served first; those that are not whole last."""
    stated: dict[str, dict[str, list[str]]] = {}
    for row in endpoint.rows(_STATED):
        terms = stated.setdefault(text(row["version"]), {})
        terms.setdefault(text(row["term"]), []).append(text(row["value"]))
    found = [_read(iri.removeprefix(ROOT), terms) for iri, terms in stated.items()]
    return sorted(found, key=lambda one: -1 if one.serial is None else one.serial, reverse=True)


def find_served(endpoint: Endpoint) -> Whole:
    """Return the version that is to be served.

    Raises `StoreAway` where there is none, or where another version of battlegraph built it.
    """
    whole = [listed for listed in read_catalogue(endpoint) if listed.serial is not None]
    if not whole:
        raise StoreAway(f"{endpoint.name} has no dataset of battlegraph: run `battlegraph load {endpoint.name}`")
    return _require_own(endpoint, whole[0])


def find_whole(endpoint: Endpoint, token: str) -> Whole:
    """Return the version of this token; raise `VersionGone` where it is not there whole."""
    for listed in read_catalogue(endpoint):
        if listed.version.token == token and listed.serial is not None:
            return _require_own(endpoint, listed)
    raise VersionGone(f"{endpoint.name} no longer has the version {token}")


def require_whole(endpoint: Endpoint, version: Version) -> None:
    """Raise `VersionGone` where a version is no longer whole: then nothing read from it before counts."""
    rows = endpoint.rows(f"SELECT ?serial WHERE {{ GRAPH {CATALOGUE} {{ {version.node} {SERIAL} ?serial }} }}")
    if not rows:
        raise VersionGone(f"{endpoint.name} no longer has the version {version.token}")


def _require_own(endpoint: Endpoint, listed: Listed) -> Whole:
    running = software_version()
    if listed.manifest is None:
        raise StoreAway(f"{endpoint.name} was loaded by another version than battlegraph {running}; load it again")
    if (built := listed.manifest.software) != running:
        raise StoreAway(
            f"{endpoint.name}: its dataset was built by battlegraph {built}, and this is {running}; "
            "build and load it again with this version, or serve it with that one"
        )
    return Whole(listed.version, listed.manifest, listed.kept)


def _read(token: str, terms: dict[str, list[str]]) -> Listed:
    serials = [int(serial) for serial in terms.get(SERIAL.value, ()) if serial.isdecimal()]
    try:
        manifest = Manifest(**json.loads(terms[MANIFEST.value][0]))
    except (KeyError, ValueError, TypeError):
        manifest = None
    return Listed(Version(token), max(serials, default=None), manifest, frozenset(terms.get(KEPT.value, ())))
