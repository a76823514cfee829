"""The folder of a copy: written beside its place, and put there in one step when it is whole.

A copy is known by `copy.json`, which says what it is of. A folder without it is somebody
else's and is never touched. Whatever ends the writing, the copy that was there stays.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

RECORD: Final = "copy.json"
_KIND: Final = "battlegraph copy"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_AN_HOUR: Final = 3600


class UnusableFolder(ValueError):
    """The folder is not one that a copy may take the place of; the message says what to do."""


class UnwritableCopy(ValueError):
    """The disk or a folder refuses; the copy that was there, if any, is as it was."""


class UnreadableCopy(ValueError):
    """The folder holds no copy of ours; the message says so."""


def read_record(folder: Path) -> dict[str, object]:
    """Return what a copy says of itself; raise `UnreadableCopy` where the folder holds none."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError) as error:
        raise UnreadableCopy(f"{folder}: no copy of a site, as {RECORD} in it would tell") from error
    if not isinstance(record, dict) or record.get("kind") != _KIND:
        raise UnreadableCopy(f"{folder / RECORD}: not the record of a copy of a site")
    return record


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write a copy into, which takes the place of `folder` when the block ends well.

    Raises `UnusableFolder` before anything is written, where something else has the place.
    """
    _require_place(folder)
    place = folder.parent / f".{folder.name}.writing"
    with _refusals(place):
        folder.parent.mkdir(parents=True, exist_ok=True)
        # What a killed export has left.
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    try:
        with _refusals(place):
            yield place
            _swap(place, folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def write_record(folder: Path, record: dict[str, object]) -> None:
    """Write what the copy is of."""
    (folder / RECORD).write_text(json.dumps({"kind": _KIND, **record}, indent=2) + "\n", "utf-8")


def write_file(folder: Path, name: str, content: bytes) -> None:
    """Write a file of the copy, which must not be there yet."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        out.write(content)


def date_files(folder: Path, modified: str | None, edition: str) -> None:
    """Give all files the day of the data, at a time in its first hour that tells the edition.

    Hosts of files make entity tags from the time and the size; with the edition in the time, a page
    that changed while its size and the day of the data did not has another tag.
    """
    day = datetime.combine(date.fromisoformat(modified or "1970-01-02"), datetime.min.time(), UTC).timestamp()
    time = day + int(edition[:12], 16) % _AN_HOUR
    for place, _, names in os.walk(folder):
        for name in names:
            os.utime(Path(place, name), (time, time))


def _require_place(folder: Path) -> None:
    if not os.path.lexists(folder) or (folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise UnusableFolder(f"{folder}: not a folder; name another place, or move it away")
    try:
        read_record(folder)
    except UnreadableCopy as error:
        raise UnusableFolder(
            f"{folder}: holds something that is no copy of a site; name a new or an empty folder"
        ) from error


def _swap(place: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, which is then removed."""
    _require_place(folder)
    if not folder.exists():
        place.rename(folder)
        return
    if not _exchange(place, folder):
        # Where a file system cannot exchange two names, there is a moment without a copy.
        old = folder.parent / f".{folder.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        place.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and not renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )


@contextlib.contextmanager
def _refusals(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritableCopy(
            f"{error.filename or place}: {error.strerror}; no copy was written. Make room, or name another folder"
        ) from error
