"""The file that is served, as the build wrote it, whether or not it has been released.

It is the canonical N-Quads (RDFC-1.0) whose SHA-256 identifies the dataset. Only what the
manifest of a build speaks of is offered as a file: of any other file that a server was
given, each named graph can be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.releases import QUADS_FILE, Manifest, UnreadableDataset, read_manifest
from server.site import Site

PATH: Final = f"/dumps/current/{QUADS_FILE}"


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """The file, and what its build says of it."""

    manifest: Manifest
    size: int
    """Bytes."""

    @property
    def name(self) -> str:
        """The name that it is kept under."""
        return QUADS_FILE

    @property
    def path(self) -> str:
        """Its path below the root of the server."""
        return PATH


def find_built_file(site: Site) -> BuiltFile | None:
    """Return the file of what is served, None where none on the disk is just that."""
    manifest, file = site.dataset.manifest, site.config.dataset
    if manifest is None:
        return None
    try:
        # A build may have put another version in the place of the one that is served.
        there, size = read_manifest(file.parent), file.stat().st_size
    except (OSError, UnreadableDataset):
        return None
    if there is None or there.quads != site.dataset.digest:
        return None
    return BuiltFile(manifest, size)
