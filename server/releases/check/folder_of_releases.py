"""Whether a folder that is to be checked is one of releases, of which one was meant."""

from __future__ import annotations

import os
from pathlib import Path

from semver import Version

from server.releases.record import RECORD_FILE
from server.releases.sums import SUMS_FILE


def newest_inside(folder: Path) -> Path | None:
    """Return the newest release of a folder of releases, None where the folder is a release or neither.

    Looks at names only. A folder that cannot be looked into is neither, which the check itself tells.
    """
    try:
        with os.scandir(folder) as entries:
            names = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    except OSError:
        return None
    versions = [name for name, is_folder in names.items() if is_folder and Version.is_valid(name)]
    if not versions or {SUMS_FILE, RECORD_FILE} & names.keys():
        return None
    return folder / max(versions, key=Version.parse)
