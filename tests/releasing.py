"""Releases for tests: written by the real parts, copied to be damaged, signed again as a forger would."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from graph.store import open_dataset
from server.config import Config
from server.releases.part import Part
from server.releases.parts import PARTS
from server.releases.record import RECORD_FILE
from server.releases.sums import SUMS_FILE, sum_line
from server.releases.writing import Written, write_release
from server.site import Site

SCRIPT: Final = """
import sys
from pathlib import Path
from releasing import release

written = release(Path(sys.argv[1]), Path(sys.argv[2]), on_wait=lambda: print("waits", flush=True))
print("new" if written.is_new else "same", flush=True)
"""
"""Writes a release in a process of its own."""
COMMAND: Final = [sys.executable, "-c", SCRIPT]
ENVIRON: Final = {"PYTHONPATH": str(Path(__file__).parent)}


def release(
    dataset: Path, root: Path, parts: Sequence[Part] = PARTS, on_wait: Callable[[], None] = lambda: None
) -> Written:
    """Release a dataset's file under a folder."""
    return write_release(site_of(dataset), root, parts, on_wait)


def site_of(dataset: Path) -> Site:
    """Return what is released of a dataset's file."""
    return Site(Config(dataset), open_dataset(dataset), None)


def sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def sign(folder: Path) -> None:
    """Write SHA256SUMS over what there is, so that no checksum tells of a change."""
    found = {name: sha256 for name, sha256 in sums(folder).items() if name != SUMS_FILE}
    (folder / SUMS_FILE).write_text("".join(sum_line(sha256, name) for name, sha256 in sorted(found.items())))


def one_of_each(names: Iterable[str]) -> list[str]:
    """Return one name for each folder and format, for tests of every kind of file and not of every file."""
    kept = {(name.rpartition("/")[0], name.partition(".")[2]): name for name in names}
    return sorted({RECORD_FILE, *kept.values()})


def copy(folder: Path, to: Path) -> Path:
    """Return a copy of a release, free to be damaged."""
    return Path(shutil.copytree(folder, to / folder.name))
