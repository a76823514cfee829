"""A release on the disk: a folder named by its version, which holds what `/dumps/<version>/` shows.

`SHA256SUMS` names every file but itself, `release.json` says what the release is of. A
folder without them is no release; one that is being written has a name that no version
has. Versions are those of the data, by Semantic Versioning 2.0.0.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from semver import Version

from server.releases.known_file import AlteredFile, KnownFile, open_regular
from server.terms.days import is_day

if TYPE_CHECKING:
    from server.site import Site

SUMS_FILE: Final = "SHA256SUMS"
RECORD_FILE: Final = "release.json"

# A part of a name is no `.` or `..` and no hidden file, and no shell or address has to escape it.
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
# The format of sha256sum (GNU coreutils), for names that need no escape; ours never do.
_SUM: Final = re.compile(rf"([0-9a-f]{{64}})  ({_NAME}(?:/{_NAME})*)")


_LONGEST_VERSION: Final = 100
_REMEDY: Final = "fetch the release again, or move its folder away"
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

    def to_json(self) -> bytes:
        """Return the content of `release.json`."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release."""

    name: str
    """Its path in the release, parts joined by `/`."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True)
class Release:
    """A release, or what there is of one so far while it is written."""

    folder: Path
    record: Record
    files: tuple[ReleaseFile, ...]
    """By name, `SHA256SUMS` not among them."""
    sums: ReleaseFile | None = None
    """`SHA256SUMS` itself as it was when the release was read; None while it is not written."""

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.record.version

    @property
    def stem(self) -> str:
        """What the names of the dumps begin with, as `battlegraph-0.1.0`."""
        return f"battlegraph-{self.version}"

    @property
    def path(self) -> str:
        """The path of its page on a server, which is that of its files too."""
        return f"/dumps/{self.version}/"

    @property
    def iri(self) -> str:
        """The IRI of the dataset as it is in this version."""
        return f"{self.record.base}dumps/{self.version}/"

    @cached_property
    def by_name(self) -> Mapping[str, ReleaseFile]:
        """The files by their names."""
        return {file.name: file for file in self.files}

    @property
    def file_count(self) -> int:
        """How many files it has, `SHA256SUMS` among them."""
        return len(self.files) + 1

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(file.size + len(sum_line(file.sha256, file.name)) for file in self.files)

    def known(self, name: str) -> KnownFile | None:
        """Return a file that `SHA256SUMS` names, or that one itself; None for whatever else the folder holds."""
        file = self.sums if name == SUMS_FILE else self.by_name.get(name)
        return KnownFile(self.folder / name, file.size, file.sha256, self.folder) if file is not None else None

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading; raise `AlteredFile` where it is not what it was when it was released."""
        known = self.known(name)
        if known is None:
            raise AlteredFile(f"{self.folder / name}: not among the files of the release")
        return known.open()

    def file_iri(self, name: str) -> str:
        """Return the IRI of a file, which is where it is downloaded from too."""
        return f"{self.iri}{name}"


Content: TypeAlias = "bytes | Iterator[bytes]"
"""What is in a file: whole, or piece by piece where it would not fit into memory."""

Part: TypeAlias = "Callable[[Site, Release], Iterator[tuple[str, Content]]]"
"""A step of writing a release: from what there is so far, further files, each with its name and content."""


def sum_line(sha256: str, name: str) -> str:
    """Return the line that `sha256sum -c` checks a file by; raise ValueError for a name that none of ours has."""
    line = f"{sha256}  {name}"
    if _SUM.fullmatch(line) is None:
        raise ValueError(f"{name!r} is no name for a file of a release")
    return f"{line}\n"


def read_sum(line: str) -> tuple[str, str] | None:
    """Return the SHA-256 and the name that such a line gives, None where it is none; its line end is off."""
    found = _SUM.fullmatch(line)
    return (found[1], found[2]) if found else None


def is_version(text: str) -> bool:
    """Tell whether a release can have this version: one of Semantic Versioning, without build metadata (section 10)."""
    # Other scripts' digits and a line end would pass the pattern, and Python reads no number of any length.
    is_plain = text.isascii() and text.isprintable() and len(text) <= _LONGEST_VERSION
    return is_plain and Version.is_valid(text) and Version.parse(text).build is None


def read_release(folder: Path) -> Release:
    """Return the release in this folder; raise `UnreadableRelease` where it is not whole.

    Looks at names and sizes and not into the files; `server.releases.check` does that.
    """
    file = folder / RECORD_FILE
    record = read_record(_read(file), file)
    if not is_day(record.modified):
        raise UnreadableRelease(f"{file}: {record.modified!r} is no day; {_REMEDY}")
    if folder.name != record.version:
        raise UnreadableRelease(
            f"{folder}: it holds release {record.version}, so its name has to be {record.version}; rename it"
        )
    return _with_files(folder, record)


def release_names(root: Path) -> list[str]:
    """Return the names of the folders in this one that are versions, the newest first; none where it is not there.

    Raises `UnreadableRelease` where it cannot be looked into.
    """
    try:
        names = [entry.name for entry in root.iterdir() if entry.is_dir() and is_version(entry.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableRelease(f"{root}: {error.strerror}; choose another folder of releases") from error
    return sorted(names, key=Version.parse, reverse=True)


def list_releases(root: Path) -> tuple[Release, ...]:
    """Return the releases under this folder, the newest first; none where there is no such folder.

    Folders whose name is no version are passed over. Raises `UnreadableRelease` for one
    that has a version's name and is not whole.
    """
    return tuple(read_release(root / name) for name in release_names(root))


def _with_files(folder: Path, record: Record) -> Release:
    sums = folder / SUMS_FILE
    content, files = _read(sums), []
    for number, line in enumerate(content.decode("ascii", "replace").splitlines(), 1):
        found = read_sum(line)
        if found is None:
            raise UnreadableRelease(f"{sums}, line {number}: not a checksum and a file name; {_REMEDY}")
        sha256, name = found
        try:
            there = (folder / name).stat()
        except OSError as error:
            raise UnreadableRelease(f"{folder / name}: not there; {_REMEDY}") from error
        if not stat.S_ISREG(there.st_mode):
            raise UnreadableRelease(f"{folder / name}: no ordinary file; {_REMEDY}")
        files.append(ReleaseFile(name, there.st_size, sha256))
    own = ReleaseFile(SUMS_FILE, len(content), hashlib.sha256(content).hexdigest())
    return Release(folder, record, tuple(sorted(files, key=lambda file: file.name)), own)


def read_record(content: bytes, file: Path) -> Record:
    """Return what the content of `release.json` says; raise `UnreadableRelease` where it says nothing of the kind."""
    try:
        record = Record(**json.loads(content))
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableRelease(f"{file}: {_FOREIGN}; {_REMEDY}") from error
    if not all(_is_well_typed(field.type, getattr(record, field.name)) for field in fields(Record)):
        raise UnreadableRelease(f"{file}: {_FOREIGN}; {_REMEDY}")
    if not is_version(record.version):
        raise UnreadableRelease(f"{file}: {record.version!r} is no version that a release can have; {_REMEDY}")
    return record


def _read(file: Path) -> bytes:
    """Return the content of what makes a folder a release."""
    try:
        with open_regular(file, file.parent) as opened:
            return opened.read()
    except (AlteredFile, OSError) as error:
        raise UnreadableRelease(f"{error}; without it {file.parent.name} is no release: {_REMEDY}") from error


def _is_well_typed(annotation: Any, value: object) -> bool:
    return {"str": isinstance(value, str), "int": type(value) is int}.get(
        annotation, value is None or isinstance(value, str)
    )
