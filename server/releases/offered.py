"""The releases that a server offers: read once, before it serves, and the same in each of its processes.

What is no whole release keeps nobody from the others: it is told of instead of offered.
The process that starts the others looks at the disk and hands them what it found, so that
all of them lead to one newest release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from server.config import Config, InvalidSetting
from server.releases.record import RECORD_FILE, UnreadableRelease
from server.releases.release import Release, read_release, release_names

_CHANGED: Final = "its SHA256SUMS is not what it was when the server started; start the server again"


@dataclass(frozen=True, slots=True)
class Offered:
    """The releases, and what has the name of one."""

    releases: tuple[Release, ...] = ()
    """The newest first."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """By the names of the folders, what is wrong in each and what to do."""

    @property
    def handed(self) -> Mapping[str, str]:
        """What another process needs in order to offer the same, for `Config.offered`."""
        sums = {release.version: release.sums.sha256 for release in self.releases if release.sums}
        return {**sums, **self.refused}


def read_offered(config: Config) -> Offered:
    """Return what the configured folder holds, or of that what the process before has found.

    Raises `InvalidSetting` where the folder is a release itself, `UnreadableRelease` where
    it cannot be looked into.
    """
    root = config.releases
    if root is None:
        return Offered()
    if (root / RECORD_FILE).is_file():
        raise InvalidSetting(
            f"releases is {root}: that is a release itself; name the folder that holds it, {root.absolute().parent}"
        )
    handed = config.offered if config.offered is not None else dict.fromkeys(release_names(root), "")
    releases, refused = [], {}
    for version, found in handed.items():
        if found and not found.isalnum():
            refused[version] = found
            continue
        try:
            release = read_release(root / version)
        except UnreadableRelease as error:
            refused[version] = str(error).removeprefix(f"{root}/")
            continue
        if found and (release.sums is None or release.sums.sha256 != found):
            refused[version] = f"{version}: {_CHANGED}"
        else:
            releases.append(release)
    return Offered(tuple(releases), refused)
