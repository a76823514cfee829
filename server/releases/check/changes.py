"""Whether what a release says of its changes is so: its RDF Patch, undone, gives the version before it.

So the other files of changes can be made again without that version. Where it lies beside
the release, it has to be the one that comes out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.changes.changes_json import JSON_FILE, write_json
from server.changes.changes_text import TEXT_FILE, write_text
from server.changes.comparison import Edition, read_changes
from server.changes.differences import Difference, QuadFile, UnreadableQuads, read_quads
from server.changes.patch import PATCH_FILE, name_of_content, patch_lines
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable, open_regular
from server.releases.check.self_description import read_self_description
from server.releases.part import Content
from server.releases.record import Record, dump_stem, is_version

CHANGES: Final = (PATCH_FILE, JSON_FILE, TEXT_FILE)
_PREVIOUS: Final = re.compile(rb"H prev <([^<>]*)> \.\n")
_REMOVED: Final = b"D "
_ADDED: Final = b"A "


class UnfitPatch(ValueError):
    """A patch that did not lead to the dataset; `finding` says why."""

    def __init__(self, seen: str, expected: str) -> None:
        """Take what was seen of the patch, and what should have been."""
        super().__init__(seen)
        self.finding: Final = Finding(PATCH_FILE, seen, expected, NOT_OURS)


@dataclass(frozen=True, slots=True)
class Undone:
    """The version before, as the patch says it was."""

    difference: Difference
    content: bytes
    """Its canonical N-Quads."""
    edition: Edition


def undo(listing: Listing, record: Record, content: bytes) -> Undone:
    """Return the version that the patch of a release was made from; raise `UnfitPatch` where that is none.

    `content` is the release's own N-Quads.
    """
    try:
        patch = listing.read(PATCH_FILE, _most(listing, content)).splitlines(keepends=True)
    except Unopenable as error:
        raise UnfitPatch(str(error), "the changes as an RDF Patch") from error
    removed, added = ({line[2:] for line in patch if line.startswith(mark)} for mark in (_REMOVED, _ADDED))
    own = set(content.splitlines(keepends=True))
    _require_none(removed & own, "deletes", "holds")
    _require_none(added - own, "adds", "does not hold")
    before = b"".join(sorted((own - added) | removed))
    digest = hashlib.sha256(before).hexdigest()
    said = [found[1].decode("utf-8", "replace") for line in patch if (found := _PREVIOUS.fullmatch(line))]
    if said != [name_of_content(digest)]:
        seen = f"undone, gives the dataset {name_of_content(digest)}"
        raise UnfitPatch(seen, f"{' and '.join(said) or 'the one'} that it says it is from")
    try:
        old = read_self_description(read_quads(before.splitlines(keepends=True)))
    except UnreadableQuads as error:
        raise UnfitPatch(f"undone, gives no dataset ({error})", "the version before") from error
    if old.version != record.previous:
        named = f"{record.previous}, which release.json names as the one before"
        raise UnfitPatch(f"undone, gives version {old.version!r}", named)
    in_order = Difference(tuple(sorted(removed)), tuple(sorted(added)))
    return Undone(in_order, before, Edition(old.version, old.modified, digest))


def remake(undone: Undone, record: Record, content: bytes, base: str) -> Iterator[tuple[str, Content]]:
    """Yield the files of changes as they are made of the two versions."""
    yield PATCH_FILE, b"".join(patch_lines(undone.difference, undone.edition.digest, record.digest))
    own = Edition(record.version, record.modified, record.digest)
    old, new = QuadFile("the version before", undone.content), QuadFile("the version", content)
    changes = read_changes(undone.difference, (undone.edition, old), (own, new), base)
    yield JSON_FILE, write_json(changes)
    yield TEXT_FILE, write_text(changes)


def compare_with_previous(listing: Listing, undone: Undone) -> Iterator[Finding | str]:
    """Yield where the version before that lies beside the release is another; or, in words, that none lies there."""
    version = undone.edition.version
    file = listing.folder.resolve().parent / version / f"{dump_stem(version)}.nq"
    if not is_version(version) or not file.parent.is_dir():
        yield f"whether {', '.join(CHANGES)} tell of the true version {version}, which is not beside this release"
        return
    try:
        digest = _hash(file)
    except (Unopenable, OSError) as error:
        yield Finding(PATCH_FILE, f"the version before it, ../{version}, {error}", "a release that can be read")
        return
    if digest != undone.edition.digest:
        seen = f"is from a dataset of the SHA-256 {undone.edition.digest}"
        yield Finding(PATCH_FILE, seen, f"{digest}, which version {version} beside it has", NOT_OURS)


def _hash(file: Path) -> str:
    with open_regular(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _most(listing: Listing, content: bytes) -> int:
    """Return the bytes that a patch can have: it deletes and adds everything, and the version before was no giant."""
    return 4 * len(content) + listing.largest_list


def _require_none(lines: Collection[bytes], does: str, holds: str) -> None:
    if lines:
        first = min(lines).decode("utf-8", "replace").strip()
        seen = f"{does} {len(lines):,} statements that the dataset {holds}, as {first}"
        raise UnfitPatch(seen, "the changes that led to this dataset")
