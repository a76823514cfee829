"""The files of a release against its SHA256SUMS: which are there, which are missing, added or altered.

Nothing but regular files inside the folder is ever opened, and files are read piece by
piece: the folder may be somebody's trap.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from server.releases.check.finding import NOT_OURS, Finding
from server.releases.known_file import regular_descriptor
from server.releases.sums import SUMS_FILE, read_sum

_LEAST: Final = 1 << 20
_PER_FILE: Final = 1024
"""Bytes that an honest list has for each file at most: the crate, which says most of each, was seen to take 470."""
_LARGEST_UNLIKE: Final = 64 << 20
"""Bytes of the longest SHA256SUMS that is read where it is not of the files that are there."""
_REMOVE: Final = "move it out of the release"


class Unopenable(ValueError):
    """A file that cannot be opened or is larger than it may be; the text says why."""


@dataclass(slots=True)
class Listing:
    """What a release is said to hold and what it holds, as far as it was looked through."""

    folder: Path
    sums: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file by its name, as SHA256SUMS has it."""
    sound: dict[str, int] = field(default_factory=dict)
    """Sizes of the files that are what SHA256SUMS says."""

    @property
    def largest_list(self) -> int:
        """The most bytes that a file with a few words on each file of the release can need."""
        return _PER_FILE * len(self.sums) + _LEAST

    def path(self, name: str) -> Path:
        """Return where a file of the release is."""
        return self.folder / name

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a sound file; raise `Unopenable` where it is longer than that."""
        if self.sound[name] > most:
            raise Unopenable(f"has {self.sound[name]:,} bytes, more than the {most:,} it could need")
        with open_regular(self.path(name)) as file:
            return file.read(self.sound[name])


def open_regular(file: Path) -> io.BufferedReader:
    """Return a regular file opened for reading; raise `Unopenable` for a link, a device, a pipe."""
    try:
        descriptor = regular_descriptor(file)
    except OSError as error:
        raise Unopenable(f"cannot be opened ({error.strerror})") from error
    if descriptor is None:
        raise Unopenable("is not an ordinary file")
    return os.fdopen(descriptor, "rb")


def check_listing(listing: Listing) -> Iterator[Finding]:
    """Fill in the listing; yield what is missing, added, altered or no ordinary file."""
    there: set[str] = set()
    yield from _walk(listing.folder, there)
    if SUMS_FILE not in there:
        yield Finding(SUMS_FILE, "is not there", "the checksums of all files", "without it no file can be verified")
        return
    yield from _read_sums(listing, max(_LARGEST_UNLIKE, _PER_FILE * len(there)))
    for name in sorted(there - {SUMS_FILE, *listing.sums}):
        yield Finding(name, "is there", f"no file that {SUMS_FILE} does not list", _REMOVE)
    for name, sha256 in sorted(listing.sums.items()):
        if name not in there:
            yield Finding(name, "is not there", "the file that is listed")
            continue
        try:
            size, found = _hash(listing.path(name))
        except (Unopenable, OSError) as error:
            yield Finding(name, str(error), "a file that can be read")
            continue
        if found != sha256:
            yield Finding(name, f"is altered, its SHA-256 is {found}", f"{sha256} as in {SUMS_FILE}")
        else:
            listing.sound[name] = size


def _walk(folder: Path, there: set[str]) -> Iterator[Finding]:
    """Yield what is no file of a release; add the names of the ordinary files to `there`."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Finding(inside or ".", f"cannot be looked into ({error.strerror})", "a readable folder")
            continue
        if inside and not found:
            yield Finding(
                inside.removesuffix("/"), "is an empty folder", "nothing but the files that are listed", _REMOVE
            )
        for entry in found:
            name = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                there.add(name)
            else:
                kind = "a symbolic link" if entry.is_symlink() else "a device, pipe or socket"
                yield Finding(name, f"is {kind}", "nothing but ordinary files and folders", _REMOVE)


def _read_sums(listing: Listing, most: int) -> Iterator[Finding]:
    try:
        with open_regular(listing.path(SUMS_FILE)) as file:
            # Asked for more than there is, it would take the memory for all of that.
            content = file.read(min(most, os.fstat(file.fileno()).st_size) + 1)
    except (Unopenable, OSError) as error:
        yield Finding(SUMS_FILE, str(error), "a file that can be read")
        return
    if len(content) > most:
        yield Finding(SUMS_FILE, f"has more than {most:,} bytes", "a list of files", NOT_OURS)
        return
    if content and not content.endswith(b"\n"):
        yield Finding(SUMS_FILE, "its last line has no end", "a list of files that is whole")
    names: list[str] = []
    for number, line in enumerate(content.decode("utf-8", "surrogateescape").split("\n")[:-1], 1):
        found = read_sum(line)
        if found is None:
            seen = f"line {number} is {line[:120]!r}"
            yield Finding(SUMS_FILE, seen, "a SHA-256, two spaces and the name of a file", NOT_OURS)
            continue
        if found[1] in listing.sums or found[1] == SUMS_FILE:
            yield Finding(SUMS_FILE, f"line {number} lists {found[1]} again", "each file once", NOT_OURS)
            continue
        listing.sums[found[1]] = found[0]
        names.append(found[1])
    if names != sorted(names):
        yield Finding(SUMS_FILE, "its lines are in another order", "the files by name", NOT_OURS)


def _hash(file: Path) -> tuple[int, str]:
    with open_regular(file) as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return opened.tell(), digest
