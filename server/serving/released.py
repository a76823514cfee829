"""Whether the releases of a folder are others than before, without reading them."""

from __future__ import annotations

from pathlib import Path

from server.releases.record import UnreadableRelease
from server.releases.release import release_names
from server.releases.sums import SUMS_FILE
from server.serving.stamp import stamp


def look_at_releases(root: Path | None) -> str:
    """Return a token that is another one when a release was added, removed or replaced, and raise nothing."""
    if root is None:
        return ""
    try:
        names = release_names(root)
    except UnreadableRelease as error:
        return str(error)
    return " ".join(f"{name}:{stamp((root / name, root / name / SUMS_FILE))}" for name in names)
