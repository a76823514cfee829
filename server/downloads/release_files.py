"""The files of the releases as they are found by their addresses."""

from __future__ import annotations

import hashlib

from server.downloads.known_file import AlteredFile, KnownFile, open_regular
from server.releases.release import SUMS_FILE, Release, ReleaseFile, read_sum


def find_release(releases: tuple[Release, ...], version: str) -> Release | None:
    """Return the release of this version, None where there is none."""
    return next((release for release in releases if release.version == version), None)


def known_file(release: Release, name: str) -> KnownFile | None:
    """Return a file that `SHA256SUMS` names, or that one itself; None for anything else, whatever the folder holds.

    Raises `AlteredFile` where `SHA256SUMS` is no more what it was when the server started.
    """
    file = sums_entry(release) if name == SUMS_FILE else release.by_name.get(name)
    return KnownFile(release.folder / name, file.size, file.sha256, release.folder) if file is not None else None


def sums_entry(release: Release) -> ReleaseFile:
    """Return what there is to know of `SHA256SUMS`; raise `AlteredFile` as `known_file` does."""
    file = release.folder / SUMS_FILE
    with open_regular(file, release.folder) as opened:
        content = opened.read()
    lines = map(read_sum, content.decode(errors="replace").splitlines())
    if sorted(lines, key=str) != sorted(((one.sha256, one.name) for one in release.files), key=str):
        raise AlteredFile(f"{file}: it is no more what it was when the server started")
    return ReleaseFile(SUMS_FILE, len(content), hashlib.sha256(content).hexdigest())
