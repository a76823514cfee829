"""A release as a page shows it: what it is, what it says of itself, its files, how to verify and cite it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.description.licences import Licence, find_licence
from server.description.publication import Publication
from server.downloads.file_groups import Group, group_files
from server.releases.known_file import AlteredFile
from server.releases.release import Release, ReleaseFile
from server.releases.sums import SUMS_FILE
from server.site import Site

_CHANGES: Final = "changes.json"
_VIEWPOINT: Final = re.compile(r"graphs/viewpoint/[^/]+\.ttl")


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release as a list shows it."""

    release: Release
    publication: Publication
    """What it says of itself."""
    is_served: bool
    """Whether the pages and the query service answer from just this data."""

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
    """What to type in order to fetch the whole and one viewpoint, and to verify them."""


def summarise(site: Site, release: Release) -> ReleaseSummary:
    """Return a release as a list shows it; without its own words where what it says of itself is gone."""
    try:
        publication = site.archive.publication(release)
    except AlteredFile:
        # No reason for the list of all releases to fail: the address of the file that is gone tells it.
        publication = Publication()
    return ReleaseSummary(release, publication, is_served=release is site.standing.release)


def read_page(site: Site, release: Release, address: str) -> ReleasePage:
    """Return what the page of a release shows; `address` is where the reader finds it."""
    place = site.releases.index(release)
    return ReleasePage(
        summary=summarise(site, release),
        groups=group_files((*release.files, release.sums) if release.sums else release.files),
        older=next(iter(site.releases[place + 1 :]), None),
        newer=site.releases[place - 1] if place else None,
        lines=_lines(release, address),
    )


def _lines(release: Release, address: str) -> list[str]:
    """Return lines for a shell, which make a folder of their own, so that no file of another version is in the way."""
    quads = f"{release.stem}.nq"
    dumps = [name for name in (quads, f"{release.stem}.ttl") if name in release.by_name]
    alone = next((file.name for file in release.files if _VIEWPOINT.fullmatch(file.name)), None)
    return [
        f"mkdir -p {release.stem} && cd {release.stem}",
        f"curl -fO {address}{SUMS_FILE}",
        *(f"curl -f --compressed -O {address}{name}" for name in dumps),
        *([f"curl -f --compressed --create-dirs -o {alone} {address}{alone}"] if alone else []),
        f"sha256sum -c --ignore-missing {SUMS_FILE}",
        f"echo '{release.record.digest}  {quads}' | sha256sum -c",
    ]
