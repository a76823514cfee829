"""Whether the folder is an RO-Crate 1.2 whose metadata agrees with its files.

Looks at what the specification asks of an attached crate (sections "Root Data Entity" and
"Data Entities"), and at sizes and sums. What a crate may be is for a validator to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from server.releases.check.description import Described, compare
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable
from server.releases.check.reader import Reader, Unreadable
from server.releases.record import Record
from server.releases.sums import SUMS_FILE

CRATE_FILE: Final = "ro-crate-metadata.json"
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_ROOT_PROPERTIES: Final = ("name", "description", "datePublished", "license")
_EXPECTED: Final = "RO-Crate metadata as flat JSON-LD"
_Entities = Mapping[str, Mapping[str, Any]]


def check_crate(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    """Yield where the crate is none, or says something else than the release is."""
    if CRATE_FILE not in listing.sums:
        yield Finding(CRATE_FILE, "is not listed", "the RO-Crate that the release is")
    if CRATE_FILE not in listing.sound:
        return
    try:
        yield from reader.call(listing.sound[CRATE_FILE], look_into, listing, record)
    except Unreadable as error:
        yield Finding(CRATE_FILE, f"cannot be understood ({error})", _EXPECTED)


def look_into(listing: Listing, record: Record) -> list[Finding]:
    """Return what is wrong with the crate; a large release has one that takes gigabytes to read."""
    return list(_compare(listing, record))


def _compare(listing: Listing, record: Record) -> Iterator[Finding]:
    try:
        entities = _entities(json.loads(listing.read(CRATE_FILE, listing.largest_list)))
    except (Unopenable, ValueError, TypeError, KeyError, RecursionError) as error:
        yield Finding(CRATE_FILE, f"cannot be understood ({error})", _EXPECTED)
        return
    descriptor, root = entities.get(CRATE_FILE, {}), entities.get("./", {})
    if _PROFILE not in _references(descriptor.get("conformsTo")) or _references(descriptor.get("about")) != ["./"]:
        yield Finding(CRATE_FILE, "its descriptor is not that of this folder", f"one about ./ as {_PROFILE}", NOT_OURS)
    for property_ in _ROOT_PROPERTIES:
        if not root.get(property_):
            yield Finding(CRATE_FILE, f"./ has no {property_}", "what RO-Crate 1.2 requires of its root", NOT_OURS)
    for property_, expected in (("version", record.version), ("datePublished", record.modified)):
        if root.get(property_, expected) != expected:
            seen = f"./ has the {property_} {root[property_]!r}"
            yield Finding(CRATE_FILE, seen, f"{expected} as in release.json", NOT_OURS)
    files = {id_: entity for id_, entity in entities.items() if "File" in _texts(entity.get("@type"))}
    local = {unquote(id_).removeprefix("./"): entity for id_, entity in files.items() if "://" not in id_}
    described = (_described(name, entity) for name, entity in sorted(local.items()) if name != CRATE_FILE)
    yield from compare(CRATE_FILE, tuple(described), listing)
    # Neither the bag nor the checksums are there yet when the crate is written.
    later = {CRATE_FILE, SUMS_FILE, record.bag}
    for name in sorted(set(listing.sums) - set(local) - later):
        yield Finding(CRATE_FILE, f"describes no {name}", "every file of the release", NOT_OURS)


def _described(name: str, entity: Mapping[str, Any]) -> Described:
    size, sha256 = entity.get("contentSize"), entity.get("sha256")
    return Described(name, None if size is None else str(size), None if sha256 is None else str(sha256))


def _entities(crate: Any) -> _Entities:
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    if not all(isinstance(id_, str) for id_ in entities):
        raise ValueError("an @id is no text")
    return entities


def _references(value: Any) -> list[str]:
    """Return what a property refers to; a value that is no reference is passed over."""
    values = value if isinstance(value, list) else [value]
    return [one["@id"] for one in values if isinstance(one, dict) and isinstance(one.get("@id"), str)]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
