"""Datasets in files: one that was named, or the versions that builds write into a folder.

A file is copied into memory before it is looked into, and what was found good is what
every process reads: who overwrites the file meanwhile, or removes it, disturbs nobody. Of
a dataset with a store on disk only the manifest is read and the store tried, because
the file may be gigabytes; `altered` reads it when there is time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from graph.paths import python_path
from graph.releases import MANIFEST_FILE, QUADS_FILE, Manifest, UnreadableDataset, current
from graph.store import (
    STORE_FOLDER,
    digest_of,
    manifest_beside,
    read_quads,
    require_format,
    require_unaltered,
    store_beside,
)
from server.serving.memory_file import MemoryFile
from server.serving.origin import Finding, Found
from server.serving.stamp import stamp

_CHUNK: Final = 1 << 20
_TRY: Final = "import sys; from graph.store import try_stored; from pathlib import Path; try_stored(Path(sys.argv[1]))"
_MISSING: Final = "there is no dataset; run `battlegraph build`"
_COPIES: Final = 2
"""The last copy is what is served; who just read that the one before is may still open it."""


def find_file(file: Path) -> Found:
    """Return the dataset of a file, as it lies there; raise `UnreadableDataset` where it is not whole.

    Whether the file parses is seen by whoever opens it.
    """
    manifest, folder = _described(file)
    if folder is not None and manifest is not None:
        return Found(str(folder), manifest.quads, str(file), manifest, is_stored=True)
    digest = digest_of(file)
    require_unaltered(file, digest, manifest)
    return Found(str(file), digest, str(file), manifest)


def altered(found: Found) -> str | None:
    """Return what is wrong with the file beside a dataset's store, None where it is what was built."""
    file = Path(found.name)
    try:
        require_unaltered(file, digest_of(file), found.manifest)
    except UnreadableDataset as error:
        return _told(error, file.parent)
    return None


class Copies:
    """The files that are in memory because they are served, or were just before."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._held: deque[tuple[Found, MemoryFile]] = deque()

    def find(self, file: Path) -> Found:
        """Return the dataset of a file that was found whole; raise `UnreadableDataset` where it is not."""
        manifest, folder = _described(file)
        if folder is not None and manifest is not None:
            _try_store(folder)
            return Found(str(folder), manifest.quads, str(file), manifest, is_stored=True)
        copy = _copy(file)
        try:
            found = Found(str(copy.path), digest_of(copy.path), str(file), manifest)
            require_unaltered(file, found.digest, manifest)
            for held in self._held:
                if replace(found, address=held[0].address) == held[0]:
                    # Found again. It is the last that was, so it is the last to be let go.
                    self._held.remove(held)
                    self._held.append(held)
                    copy.close()
                    return held[0]
            for _ in read_quads(copy.path, file):
                continue  # it parses to its end
        except UnreadableDataset:
            copy.close()
            raise
        self._held.append((found, copy))
        while len(self._held) > _COPIES:
            self._held.popleft()[1].close()
        return found


class NamedFile:
    """One file, whatever is written there."""

    def __init__(self, file: Path) -> None:
        """Look at this file; raise `UnreadableDataset` where by its suffix it can never be a dataset."""
        require_format(file)
        self._file = file
        self._copies = Copies()

    def look(self) -> str:
        """Return the identity, the size and the time of what is there."""
        return _state(self._file)

    def find(self) -> Finding:
        """Return the file's dataset, or what is wrong with it."""
        try:
            return Finding(self._copies.find(self._file))
        except UnreadableDataset as error:
            return Finding(None, _told(error, self._file.parent))


class BuiltVersions:
    """The versions in a folder of datasets: the current one, and where that is not whole the one before."""

    def __init__(self, root: Path) -> None:
        """Look at this folder."""
        self._root = root
        self._copies = Copies()

    def look(self) -> str:
        """Return what the current version is, and the state of its files."""
        folder = current(self._root)
        return f"{folder} {_state(folder / QUADS_FILE)}" if folder else ""

    def find(self) -> Finding:
        """Return the current version; where it is not whole, the newest whole one and what is wrong."""
        folder = current(self._root)
        fault = _MISSING
        if folder is not None:
            try:
                return Finding(self._copies.find(folder / QUADS_FILE))
            except UnreadableDataset as error:
                fault = _told(error, self._root)
        for other in self._others(folder):
            try:
                found = self._copies.find(other / QUADS_FILE)
            except UnreadableDataset:
                continue  # the fault of the current one is the one to mend
            return Finding(found, f"{fault}; the version built before it is served: {other.name}")
        return Finding(None, fault)

    def _others(self, folder: Path | None) -> list[Path]:
        """Return the folders of the other versions, the newest first."""
        found = {file.parent: file.stat().st_mtime_ns for file in self._root.glob(f"[!.]*/{QUADS_FILE}")}
        return sorted((other for other in found if other.resolve() != folder), key=lambda other: -found[other])


def _told(error: UnreadableDataset, folder: Path) -> str:
    """Return what is wrong without the folder, which is nobody's business who asks over HTTP."""
    return str(error).replace(f"{folder}{os.sep}", "").replace(f"{folder.resolve()}{os.sep}", "")


def _described(file: Path) -> tuple[Manifest | None, Path | None]:
    require_format(file)
    manifest = manifest_beside(file)
    return manifest, store_beside(file, manifest)


def _copy(file: Path) -> MemoryFile:
    try:
        with file.open("rb") as content:
            return MemoryFile("battlegraph-dataset", _chunks(content))
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}") from error


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    while chunk := content.read(_CHUNK):
        yield chunk


def _try_store(folder: Path) -> None:
    """Open a store in a process of its own: the engine's threads would not survive the forks of this one."""
    done = subprocess.run(
        [sys.executable, "-c", _TRY, str(folder)],
        env={**os.environ, "PYTHONPATH": python_path()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2] or f"opening it ended with status {done.returncode}"
        raise UnreadableDataset(said)


def _state(file: Path) -> str:
    return stamp((file, file.parent / MANIFEST_FILE, file.parent / STORE_FOLDER))
