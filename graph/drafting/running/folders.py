"""A draft put where articles are, whole or not at all, and never over a person's work."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Final

from graph.article import SOURCE_FILE
from graph.issues import InvalidSources, shown
from graph.namespaces import BG
from graph.turtle import read_turtle

_STAGING: Final = ".drafting"
"""A name with a dot in front is no article to `battlegraph build`."""


class DraftInTheWay(ValueError):
    """Something stands where a draft should go; the message says what to do."""


class Standing(Enum):
    """What stands where a draft should go."""

    NOTHING = "nothing"
    DRAFT = "an unreviewed draft already"
    REVIEWED = "an article that is not marked as an unreviewed draft"
    FOREIGN = "something else than an article"


def standing_at(folder: Path) -> Standing:
    """Return what stands at a place; what cannot be told for certain to be an unreviewed draft is none."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return Standing.NOTHING
    source = folder / SOURCE_FILE
    if not source.is_file():
        return Standing.FOREIGN
    try:
        triples = read_turtle(source).triples
    except InvalidSources:
        return Standing.REVIEWED
    said = {triple.object for triple in triples if triple.predicate.value == BG + "reviewStatus"}
    return Standing.DRAFT if [str(one) for one in said] == [f"<{BG}Unreviewed>"] else Standing.REVIEWED


def place_draft(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Put a draft's files in their place, whole or not at all, also where the process is killed.

    Raises `DraftInTheWay` where something is there already: a draft gives way to `force`,
    nothing else ever does. Raises `OSError` where the place cannot be written to.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _staged(folder.parent) as staging:
        check_free(folder, force=force)
        new = staging / "new"
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(staging / "old")
        new.rename(folder)


def place_file(content: str, file: Path) -> None:
    """Write a file whole or not at all, over one that is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _staged(file.parent) as staging:
        new = staging / file.name
        new.write_text(content, "utf-8")
        new.rename(file)


def check_free(folder: Path, *, force: bool = False) -> None:
    """Raise `DraftInTheWay` where a draft may not go; to be asked before the work is done, too."""
    standing = standing_at(folder)
    if standing is Standing.NOTHING:
        return
    if standing is not Standing.DRAFT:
        raise DraftInTheWay(f"{shown(folder)} is {standing.value}; take it away yourself, if that is meant")
    if not force:
        raise DraftInTheWay(f"{shown(folder)} is {standing.value}; --force drafts it anew")


@contextlib.contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """Give an empty folder beside the drafts to write in, to one process at a time.

    The lock is on the folder of the drafts and ends with the process; what a killed one left is removed.
    """
    lock = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    staging = root / _STAGING
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    finally:
        os.close(lock)
