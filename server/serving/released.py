"""Whether the releases of a folder are others than before, without reading them."""

from __future__ import annotations

from pathlib import Path

from server.releases.record import UnreadableRelease
from server.releases.release import release_names
from server.releases.sums import SUMS_FILE


def look_at_releases(root: Path | None) -> str:
    """Return a token that is another one when a release was added, removed or replaced, and raise nothing."""
    if root is None:
        return ""
    try:
        names = release_names(root)
    except UnreadableRelease as error:
        return str(error)
    return " ".join(f"{name}:{_state(root / name)}" for name in names)


def _state(folder: Path) -> str:
    states = []
    for path in (folder, folder / SUMS_FILE):
        try:
            found = path.stat()
        except OSError as error:
            states.append(str(error.errno))
        else:
            states.append(f"{found.st_ino}/{found.st_size}/{found.st_mtime_ns}")
    return "/".join(states)
