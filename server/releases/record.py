"""What a release is of: version, day, base and digest, as its file `release.json` says it.

Versions are those of the data, by Semantic Versioning 2.0.0.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from semver import Version

RECORD_FILE: Final = "release.json"
REMEDY: Final = "fetch the release again, or move its folder away"
"""What to do about a release that cannot be read."""

_LONGEST_VERSION: Final = 100
_FOREIGN: Final = "not the record of a release that this version of battlegraph reads"


class UnreadableRelease(ValueError):
    """A folder that is not a whole release; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a release is of, as `release.json` says it."""

    version: str
    """Version of the data."""
    modified: str
    """Date of that version, as xsd:date; every date in a release is this one."""
    base: str
    """The base of the data's IRIs."""
    vocabulary: str
    """Version of the ontology and shapes."""
    software: str
    """Version of battlegraph."""
    sources: str
    """SHA-256 over every file the build read."""
    digest: str
    """SHA-256 of the canonical N-Quads, which is the RDFC-1.0 hash of the dataset."""
    quads: int
    """How many quads the dataset has: the N-Quads and the TriG hold them."""
    triples: int
    """How many triples the merge of its graphs has: the other formats hold them."""
    previous: str | None = None
    """The version before this one, where it was there when this one was made."""

    @property
    def stem(self) -> str:
        """What the names of the dumps begin with, as `battlegraph-0.1.0`."""
        return dump_stem(self.version)

    @property
    def bag(self) -> str:
        """The name of the file that is the bag."""
        return f"{self.stem}.bag.zip"

    @property
    def iri(self) -> str:
        """The IRI of the dataset as it is in this version."""
        return f"{self.base}dumps/{self.version}/"

    @property
    def previous_iri(self) -> str | None:
        """The IRI of the dataset as it was in the version before."""
        return f"{self.base}dumps/{self.previous}/" if self.previous else None

    def to_json(self) -> bytes:
        """Return the content of `release.json`."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()


def dump_stem(version: str) -> str:
    """Return what the names of the dumps of this version begin with."""
    return f"battlegraph-{version}"


def is_version(text: str) -> bool:
    """Tell whether a release can have this version: one of Semantic Versioning, without build metadata (section 10)."""
    # Other scripts' digits and a line end would pass the pattern, and Python reads no number of any length.
    is_plain = text.isascii() and text.isprintable() and len(text) <= _LONGEST_VERSION
    return is_plain and Version.is_valid(text) and Version.parse(text).build is None


def read_record(content: bytes, file: Path) -> Record:
    """Return what the content of `release.json` says; raise `UnreadableRelease` where it says nothing of the kind."""
    try:
        record = Record(**json.loads(content))
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableRelease(f"{file}: {_FOREIGN}; {REMEDY}") from error
    if not all(_is_well_typed(field.type, getattr(record, field.name)) for field in fields(Record)):
        raise UnreadableRelease(f"{file}: {_FOREIGN}; {REMEDY}")
    if not is_version(record.version):
        raise UnreadableRelease(f"{file}: {record.version!r} is no version that a release can have; {REMEDY}")
    return record


def _is_well_typed(annotation: Any, value: object) -> bool:
    return {"str": isinstance(value, str), "int": type(value) is int}.get(
        annotation, value is None or isinstance(value, str)
    )
