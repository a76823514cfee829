"""The built dataset on disk: one folder a version, and a link to the current one.

A build writes its version beside the others and then swaps the link `current`, which
is atomic (POSIX rename), so a reader finds a whole dataset or the last good one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from graph.paths import DATASET

QUADS_FILE: Final = "battlegraph.nq"
MANIFEST_FILE: Final = "manifest.json"
_CURRENT: Final = "current"
_SHORT: Final = 12
PIECES: Final = ".pieces"
"""The folder beside the versions in which builds keep what they have made of each article."""


class UnreadableDataset(ValueError):
    """The dataset is missing or damaged; the message names the file and the remedy."""


class UnwritableDataset(ValueError):
    """The dataset cannot be written; the last good one is what it was."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a built version is and what it was built from."""

    software: str
    """Version of battlegraph that built it."""
    version: str
    """Version of the data."""
    modified: str
    """Date of that version, as xsd:date."""
    base: str
    """The base of the data's IRIs."""
    sources: str
    """SHA-256 over every file the build read."""
    quads: str
    """SHA-256 of the canonical N-Quads."""


class Chunks(Protocol):
    """Bytes that are too many to be held at once."""

    def chunks(self) -> Iterator[bytes]:
        """Yield them from the first on."""
        ...


def software_version() -> str:
    """Return the version of battlegraph that runs."""
    return version("battlegraph")


def short_digest(digest: str) -> str:
    """Return the first hexadecimal digits of a digest, by which folders and the changelog name it."""
    return digest[:_SHORT]


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a built version, or None where the folder holds none.

    Raises `UnreadableDataset` where there is one that this version cannot read.
    """
    file = folder / MANIFEST_FILE
    try:
        return Manifest(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableDataset(
            f"{file}: not a manifest of this version of battlegraph; run `battlegraph build`"
        ) from error


def current(root: Path = DATASET) -> Path | None:
    """Return the folder of the current version, or None before the first build."""
    folder = root / _CURRENT
    return folder.resolve() if (folder / QUADS_FILE).is_file() else None


class Finish(Protocol):
    """What is written beside the quads of a version."""

    def is_there(self, folder: Path, /) -> bool:
        """Tell whether a folder of a version has all of it."""

    def __call__(self, folder: Path, /) -> None:
        """Write it into a folder that nobody reads yet, to the disk."""


@contextlib.contextmanager
def writing(root: Path | None) -> Iterator[None]:
    """Raise `UnwritableDataset` where the disk refuses what the body writes for a folder of datasets."""
    try:
        yield
    except OSError as error:
        place = error.filename or root or tempfile.gettempdir()
        raise UnwritableDataset(f"{place}: {error.strerror}; the dataset was not written") from error


def publish(
    files: Mapping[str, bytes | Chunks], manifest: Manifest, root: Path = DATASET, finish: Finish | None = None
) -> Path:
    """Write a version and make it the current one; the last good one stays until then.

    Returns its folder. Nothing is written where the current version holds just that.
    Versions older than the one replaced are removed; that one stays for who reads it.
    Raises `UnwritableDataset` where the folder or the disk refuses.
    """
    contents = {**files, MANIFEST_FILE: (json.dumps(asdict(manifest), indent=2) + "\n").encode()}
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        name = f"{short_digest(manifest.quads)}-{short_digest(manifest.sources)}"
        return _swap(contents, name, root.resolve(), finish)


def _swap(contents: Mapping[str, bytes | Chunks], version_name: str, root: Path, finish: Finish | None) -> Path:
    with _locked(root), tempfile.TemporaryDirectory(dir=root, prefix=".writing-") as scratch:
        previous = current(root)
        if (
            previous
            and all(_holds(previous / name, content) for name, content in contents.items())
            and (finish is None or finish.is_there(previous))
        ):
            return previous
        staged = Path(scratch) / "version"
        staged.mkdir()
        for name, content in contents.items():
            with (staged / name).open("wb") as out:
                out.writelines(_chunks(content))
                out.flush()
                os.fsync(out.fileno())
        if finish is not None:
            finish(staged)
        folder = root / version_name
        if folder == previous:
            # The current version was altered; a reader may hold it, so its folder is left alone.
            folder = root / f"{folder.name}-again"
        # A folder of this name that is not current is left from a killed build.
        shutil.rmtree(folder, ignore_errors=True)
        staged.rename(folder)
        link = Path(scratch) / _CURRENT
        link.symlink_to(folder.name)
        link.replace(root / _CURRENT)
        for other in root.iterdir():
            is_version = other.is_dir() and not other.is_symlink() and other.name != PIECES
            if is_version and other not in (folder, previous, Path(scratch)):
                shutil.rmtree(other, ignore_errors=True)
    return folder


def sync(place: Path) -> None:
    """Return when a file, or the list of a folder's files, is on the disk; raise `OSError` where it cannot be."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _holds(file: Path, content: bytes | Chunks) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as held:
        return all(held.read(len(chunk)) == chunk for chunk in _chunks(content)) and not held.read(1)


def _chunks(content: bytes | Chunks) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content.chunks()


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the folder for one build at a time; the lock goes with the process."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
