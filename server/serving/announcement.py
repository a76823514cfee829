"""What the process that looks at the origin tells those that answer requests: what to serve now.

An announcement is written whole into memory and then made the present one by a rename, so
a reader finds a whole one. It is told apart from the one before without being read.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from server.serving.memory_file import MemoryFile
from server.serving.origin import Found

_PRESENT: Final = "present"
_NEXT: Final = "next"
_KEPT: Final = 2
"""The present one, and the one before for who is about to read it."""
_FOLLOWER: Final = "follower-"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is to be served, and what is wrong."""

    generation: int
    """Counts the announcements that wanted another application than the one before."""
    found: Found | None
    """None: nothing has been found whole yet."""
    query_socket: str | None
    """Where queries about just this dataset are answered by this engine; None: they are not."""
    engine: str
    """From where they are answered: the order of rows that no query asked for depends on it."""
    offered: Mapping[str, str]
    """The releases, as `Config.offered` has them."""
    fault: str | None
    """What is wrong and what to do, in one line."""


class Board:
    """Where announcements are made: a folder that only this server's processes can read."""

    def __init__(self, folder: Path) -> None:
        """Announce in this folder."""
        self._folder = folder
        self._files: deque[MemoryFile] = deque()

    def put(self, announcement: Announcement) -> None:
        """Make this the present announcement; raise OSError where there is no memory or no room for a link."""
        file = MemoryFile("battlegraph-announcement", [json.dumps(asdict(announcement)).encode()])
        self._files.append(file)
        link = self._folder / _NEXT
        link.unlink(missing_ok=True)
        link.symlink_to(file.path)
        link.replace(self._folder / _PRESENT)
        while len(self._files) > _KEPT:
            self._files.popleft().close()

    def oldest_followed(self) -> int | None:
        """Return the oldest generation that a living process still answers from, None where there is no process."""
        followed = []
        for link in self._folder.glob(f"{_FOLLOWER}*"):
            pid = int(link.name.removeprefix(_FOLLOWER))
            try:
                followed.append(int(os.readlink(link)))  # noqa: PTH115 - a number, and not the path of anything
                os.kill(pid, 0)
            except (ProcessLookupError, PermissionError):  # it has ended; its number may be somebody else's
                followed.pop()
                link.unlink(missing_ok=True)
        return min(followed, default=None)


class Reader:
    """The present announcement, as a process sees it that answers requests."""

    def __init__(self, folder: Path) -> None:
        """Read in this folder, where there is an announcement."""
        self._folder = folder
        self._seen: tuple[int, int] | None = None

    def has_changed(self) -> bool:
        """Tell whether there is another announcement than at the last question."""
        found = os.lstat(self._folder / _PRESENT)
        state = (found.st_ino, found.st_ctime_ns)
        is_new, self._seen = state != self._seen, state
        return is_new

    def read(self) -> Announcement:
        """Return the present announcement."""
        content = json.loads((self._folder / _PRESENT).read_bytes())
        found = content["found"]
        return Announcement(**{**content, "found": Found.from_json(found) if found else None})

    def follow(self, generation: int) -> None:
        """Let the process that announces know that this one answers from a generation, and no more from older ones."""
        link = self._folder / f"{_NEXT}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(str(generation))
        link.replace(self._folder / f"{_FOLLOWER}{os.getpid()}")
