"""A release on the disk: a folder named by its version, which holds what `/dumps/<version>/` shows.

`SHA256SUMS` names every file but itself, `release.json` says what the release is of. A
folder without them is no release; one that is being written has a name that no version
has.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from semver import Version

from server.releases.known_file import AlteredFile, KnownFile, open_regular
from server.releases.record import RECORD_FILE, REMEDY, Record, UnreadableRelease, is_version, read_record
from server.releases.sums import SUMS_FILE, read_sum, sum_line
from server.terms.days import is_day


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
        return self.record.stem

    @property
    def path(self) -> str:
        """The path of its page on a server, which is that of its files too."""
        return f"/dumps/{self.version}/"

    @property
    def iri(self) -> str:
        """The IRI of the dataset as it is in this version."""
        return self.record.iri

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


def read_release(folder: Path) -> Release:
    """Return the release in this folder; raise `UnreadableRelease` where it is not whole.

    Looks at names and sizes and not into the files; `server.releases.check` does that.
    """
    file = folder / RECORD_FILE
    record = read_record(_read(file), file)
    if not is_day(record.modified):
        raise UnreadableRelease(f"{file}: {record.modified!r} is no day; {REMEDY}")
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
            raise UnreadableRelease(f"{sums}, line {number}: not a checksum and a file name; {REMEDY}")
        sha256, name = found
        try:
            there = (folder / name).stat()
        except OSError as error:
            raise UnreadableRelease(f"{folder / name}: not there; {REMEDY}") from error
        if not stat.S_ISREG(there.st_mode):
            raise UnreadableRelease(f"{folder / name}: no ordinary file; {REMEDY}")
        files.append(ReleaseFile(name, there.st_size, sha256))
    own = ReleaseFile(SUMS_FILE, len(content), hashlib.sha256(content).hexdigest())
    return Release(folder, record, tuple(sorted(files, key=lambda file: file.name)), own)


def _read(file: Path) -> bytes:
    """Return the content of what makes a folder a release."""
    try:
        with open_regular(file, file.parent) as opened:
            return opened.read()
    except (AlteredFile, OSError) as error:
        raise UnreadableRelease(f"{error}; without it {file.parent.name} is no release: {REMEDY}") from error
