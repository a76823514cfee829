"""What a copy on the disk holds, and what a host of files sends for an address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A copy, opened for looking."""

    folder: Path

    def names(self) -> Iterator[str]:
        """Yield the names of all files, in order, parts joined by `/`."""
        for place, folders, files in os.walk(self.folder):
            folders.sort()
            for name in sorted(files):
                yield Path(place, name).relative_to(self.folder).as_posix()

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return (self.folder / name).read_bytes()

    def find(self, path: str) -> str | None:
        """Return the name of the file that a host sends for this path, None where there is none."""
        name = unquote(path).strip("/")
        if ".." in name.split("/"):
            return None
        file = self.folder / name
        if file.is_dir():
            name, file = f"{name}/{INDEX}".removeprefix("/"), file / INDEX
        return name if file.is_file() else None
