"""The step of a release that says what changed since the version before it.

The previous release is beside the one that is written (`server.releases.staging`).
Nothing is written where there is none: then there is nothing to compare with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from server.changes.changes_json import JSON_FILE, write_json
from server.changes.changes_text import TEXT_FILE, write_text
from server.changes.comparison import Edition, read_changes
from server.changes.differences import QuadFile, UnreadableQuads, find_difference
from server.changes.patch import PATCH_FILE, patch_lines
from server.releases.part import Content
from server.releases.record import UnreadableRelease
from server.releases.release import Release, read_release
from server.site import Site


def write_changes(_site: Site, release: Release) -> Iterator[tuple[str, Content]]:
    """Yield what changed since the previous version, as RDF Patch, as JSON and in words.

    Raises `UnreadableRelease` where the previous release is not whole or not what it was.
    """
    if release.record.previous is None:
        return
    previous = read_release(release.folder.parent / release.record.previous)
    old, new = _quads(previous), _quads(release)
    _require_digest(previous)
    try:
        difference = find_difference(old, new)
    except UnreadableQuads as error:
        raise UnreadableRelease(str(error)) from error
    yield PATCH_FILE, patch_lines(difference, previous.record.digest, release.record.digest)
    editions = [Edition(one.version, one.record.modified, one.record.digest) for one in (previous, release)]
    changes = read_changes(difference, (editions[0], old), (editions[1], new), release.record.base)
    yield JSON_FILE, write_json(changes)
    yield TEXT_FILE, write_text(changes)


def _quads(release: Release) -> QuadFile:
    file = release.folder / f"{release.stem}.nq"
    return QuadFile(str(file), file)


def _require_digest(release: Release) -> None:
    """Raise `UnreadableRelease` where the quads are not those that the patch would name."""
    file = release.folder / f"{release.stem}.nq"
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableRelease(f"{file}: {error.strerror}; fetch the release again") from error
    if digest != release.record.digest:
        raise UnreadableRelease(
            f"{file}: its SHA-256 is {digest}, and release.json says {release.record.digest}; fetch the release again"
        )
