"""How the data that a server answers from stands to the releases it has.

A number alone does not say: a build has the version that the next release will have, or
that of one that was made before the data changed. Only equal content is the release.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.releases.release import Release

if TYPE_CHECKING:
    from server.site import Site


@dataclass(frozen=True, slots=True)
class Standing:
    """Which release the served data is; templates/_version.html has the words for it."""

    release: Release | None
    """The release with this very content."""
    namesake: Release | None
    """The release that has its version number and other content."""


def read_standing(site: Site) -> Standing:
    """Return how the site's data stands to its releases."""
    release = next((one for one in site.releases if one.record.digest == site.dataset.digest), None)
    of_number = next((one for one in site.releases if one.version == site.publication.version), None)
    return Standing(release, None if release else of_number)
