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
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from graph.paths import DATASET

QUADS_FILE: Final = "battlegraph.nq"
_MANIFEST_FILE: Final = "manifest.json"
_CURRENT: Final = "current"
_SHORT: Final = 12


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
    file = folder / _MANIFEST_FILE
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


def publish(files: Mapping[str, bytes], manifest: Manifest, root: Path = DATASET) -> Path:
    """Write a version and make it the current one; the last good one stays until then.

    Returns its folder. Nothing is written where the current version holds just that.
    Versions older than the one replaced are removed; that one stays for who reads it.
    Raises `UnwritableDataset` where the folder or the disk refuses.
    """
    contents = {**files, _MANIFEST_FILE: (json.dumps(asdict(manifest), indent=2) + "\n").encode()}
    try:
        root.mkdir(parents=True, exist_ok=True)
        return _swap(contents, f"{short_digest(manifest.quads)}-{short_digest(manifest.sources)}", root.resolve())
    except OSError as error:
        raise UnwritableDataset(f"{error.filename or root}: {error.strerror}; the dataset was not written") from error


def _swap(contents: Mapping[str, bytes], version_name: str, root: Path) -> Path:
    with _locked(root), tempfile.TemporaryDirectory(dir=root, prefix=".writing-") as scratch:
        previous = current(root)
        if previous and all(_holds(previous / name, content) for name, content in contents.items()):
            return previous
        staged = Path(scratch) / "version"
        staged.mkdir()
        for name, content in contents.items():
            with (staged / name).open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
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
            if other.is_dir() and not other.is_symlink() and other not in (folder, previous, Path(scratch)):
                shutil.rmtree(other, ignore_errors=True)
    return folder


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the folder for one build at a time; the lock goes with the process."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
