"""Writing a release: its parts one after the other, then the checksums, then the step that makes it one.

Equal sources give equal bytes, so writing a version that is there already either finds
the same files or refuses: a release never changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from graph.workforce.force import ProcessKilled
from server.releases.check.listing import Listing, check_listing
from server.releases.part import Content, Part
from server.releases.release import Release, ReleaseFile, list_releases, read_release
from server.releases.staging import UnwritableRelease, publish, refusals, staged
from server.releases.succession import next_record
from server.releases.sums import SUMS_FILE, sum_line
from server.site import Site

_MOST_NAMED: Final = 20
"""Files that a message names."""


class DifferentRelease(ValueError):
    """The version is there with other content; the message says which files differ and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing a release."""

    release: Release
    is_new: bool
    """False: it was there already, with the same bytes."""


def write_release(site: Site, root: Path, parts: Sequence[Part], on_wait: Callable[[], None] = lambda: None) -> Written:
    """Write the release of the site's dataset under `root`, or find that it is there already.

    Raises `UnfitVersion` where its version cannot follow those there are, `DifferentRelease`
    where the version has other content, `UnwritableRelease` where the folder or disk refuses,
    `UnreadableRelease` where what has a version's name is no whole release. In each case,
    and where the process is killed, what was there is as it was.
    """
    with staged(root, on_wait) as folder:
        record = next_record(site, list_releases(root))
        target = root / record.version
        files: tuple[ReleaseFile, ...] = ()
        for part in parts:
            release = Release(folder, record, files)
            try:
                files = tuple(sorted((*files, *_write(release, part(site, release))), key=lambda file: file.name))
            except ProcessKilled as error:
                raise UnwritableRelease(
                    f"{target}: {error}; no release was written. Free memory, or take fewer --workers"
                ) from error
        sums = "".join(sum_line(file.sha256, file.name) for file in files)
        _write_file(folder, SUMS_FILE, sums.encode())
        if os.path.lexists(target):
            there = read_release(target)
            _require_whole(there)
            require_same(there, files)
            return Written(there, is_new=False)
        publish(folder, target, record.modified)
    return Written(read_release(target), is_new=True)


def require_same(there: Release, files: Sequence[ReleaseFile]) -> None:
    """Raise `DifferentRelease` unless the release has just these files."""
    now = {file.name: file for file in files}
    differing = sorted(name for name in {*there.by_name, *now} if there.by_name.get(name) != now.get(name))
    if differing:
        raise DifferentRelease(
            f"{there.folder}: version {there.version} is released with other content, and a release never changes. "
            f"{_counted(len(differing))} would differ: {', '.join(differing[:_MOST_NAMED])}"
            f"{f' and {more} more' if (more := len(differing) - _MOST_NAMED) > 0 else ''}\n"
            "    Raise dcat:version and dcterms:modified in graph/shared/dataset.ttl to release what there is now."
        )


def _require_whole(there: Release) -> None:
    """Raise `DifferentRelease` where the files are not those that its SHA256SUMS names."""
    found = [str(finding) for finding in islice(check_listing(Listing(there.folder)), _MOST_NAMED)]
    if found:
        raise DifferentRelease(
            f"{there.folder}: version {there.version} is released, and this copy of it does not hold:\n    "
            + "\n    ".join(found)
            + f"\n    `battlegraph release --check {there.folder}` tells all; move the folder away and release again."
        )


def _counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"


def _write(release: Release, contents: Iterator[tuple[str, Content]]) -> Iterator[ReleaseFile]:
    names = {SUMS_FILE, *release.by_name}
    for name, content in contents:
        if name in names:
            raise ValueError(f"{name}: two parts of the release have written it")
        names.add(name)
        sum_line("0" * 64, name)
        yield _write_file(release.folder, name, content)


def _write_file(folder: Path, name: str, content: Content) -> ReleaseFile:
    file, digest, size = folder / name, hashlib.sha256(), 0
    with refusals(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        out = file.open("xb")
    try:
        for piece in (content,) if isinstance(content, bytes) else content:
            digest.update(piece)
            size += len(piece)
            with refusals(file):
                out.write(piece)
    finally:
        with refusals(file):
            out.close()
    return ReleaseFile(name, size, digest.hexdigest())
