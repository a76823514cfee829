"""A release by the version that an address names, or a refusal that leads to what there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.http.errors import Problem
from server.http.formats import N_QUADS
from server.releases.built_file import BuiltFile, find_built_file
from server.releases.release import Release
from server.site import Site

_MOST_OFFERED: Final = 5


def require_release(site: Site, version: str, ways: Sequence[dict[str, str]] = ()) -> Release:
    """Return the release of this version; raise a 404 where there is none, `UnreadableRelease` for one not whole.

    The 404 offers these `ways`, else the releases there are, and always the list of all downloads.
    """
    release = site.find_release(version)
    if release is not None:
        return release
    # Who wants a version wants what is kept; the data that is served is second best.
    built = None if site.releases else find_built_file(site)
    available = [*ways, *offer_downloads(site, () if ways else site.releases, built)]
    raise Problem(404, "No such version", f"There is no version {version} here.", extra={"available": available})


def offer_downloads(
    site: Site, releases: Sequence[Release] = (), built: BuiltFile | None = None
) -> list[dict[str, str]]:
    """Return the first of these releases, the file that is served, and the list of all, as a problem offers them."""
    root = site.links.root
    return [
        *(
            {"href": f"{root}{one.path}", "title": f"Version {one.version}, {one.record.modified}"}
            for one in releases[:_MOST_OFFERED]
        ),
        *([{"href": root + built.path, "type": N_QUADS.media_type, "title": built.name}] if built else []),
        {"href": f"{root}/dumps/", "title": "All downloads"},
    ]
