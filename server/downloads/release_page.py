"""A release as a page shows it: what it is, what it says of itself, its files, how to verify and cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.description.catalogue import read_released
from server.description.licences import Licence, find_licence
from server.description.publication import Publication
from server.downloads.file_groups import Group, group_files
from server.downloads.known_file import AlteredFile
from server.downloads.release_files import sums_entry
from server.releases.release import Release, ReleaseFile, UnreadableRelease
from server.site import Site

_CHANGES: Final = "changes.json"


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release as a list shows it."""

    release: Release
    publication: Publication
    """What it says of itself."""
    is_served: bool
    """Whether the pages and the query service answer from just this data."""

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.release.files)

    @property
    def licence(self) -> Licence | None:
        """Its licence, where it states one."""
        return find_licence(self.publication.license) if self.publication.license else None

    @property
    def has_changes(self) -> bool:
        """Tell whether there is a page that says what changed since the one before."""
        return _CHANGES in self.release.by_name

    def dump(self, suffix: str) -> ReleaseFile | None:
        """Return the file of the whole in a format, None where there is none."""
        return self.release.by_name.get(f"{self.release.stem}.{suffix}")


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """All that the page of a release shows."""

    summary: ReleaseSummary
    groups: Sequence[Group]
    older: Release | None
    newer: Release | None
    lines: Sequence[str]
    """What to type in order to fetch and verify it."""


def summarise(site: Site, release: Release) -> ReleaseSummary:
    """Return a release as a list shows it; without its own words where what it says of itself is gone."""
    try:
        publication = read_released(site, release)
    except UnreadableRelease:
        # No reason for the list of all releases to fail: the address of the file that is gone tells it.
        publication = Publication()
    return ReleaseSummary(release, publication, is_served=release.record.digest == site.dataset.digest)


def read_page(site: Site, release: Release, address: str) -> ReleasePage:
    """Return what the page of a release shows; `address` is where the reader finds it."""
    place = site.releases.index(release)
    try:
        files = (*release.files, sums_entry(release))
    except AlteredFile:
        files = release.files
    return ReleasePage(
        summary=summarise(site, release),
        groups=group_files(files),
        older=next(iter(site.releases[place + 1 :]), None),
        newer=site.releases[place - 1] if place else None,
        lines=_lines(release, address),
    )


def _lines(release: Release, address: str) -> list[str]:
    dump = f"{release.stem}.nq"
    return [
        f"curl -fO {address}SHA256SUMS",
        f"curl -f --compressed -O {address}{dump}",
        "sha256sum -c --ignore-missing SHA256SUMS",
        f"echo '{release.record.digest}  {dump}' | sha256sum -c",
    ]
