"""What a new build would change of the one before it, in the lines that a changelog takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.releases import QUADS_FILE, Manifest, read_manifest
from server.changes.changes_text import lines
from server.changes.comparison import Edition, read_changes
from server.changes.differences import QuadFile, find_difference


def lines_since(folder: Path, quads: bytes, manifest: Manifest) -> Iterator[str]:
    """Yield what changed from the build in a folder to these quads; nothing where that has another base or is equal."""
    last = read_manifest(folder)
    if last is None or last.base != manifest.base or last.quads == manifest.quads:
        return
    old, new = QuadFile(str(folder / QUADS_FILE), folder / QUADS_FILE), QuadFile("the new build", quads)
    editions = [Edition(one.version, one.modified, one.quads) for one in (last, manifest)]
    yield from lines(read_changes(find_difference(old, new), (editions[0], old), (editions[1], new), manifest.base))
