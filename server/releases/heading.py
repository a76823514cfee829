"""What a file of a release says at its top, where its format has comments: what it is and under which terms."""

from __future__ import annotations

from server.description.publication import Publication
from server.releases.release import Release


def heading(publication: Publication, release: Release, *, graph: str | None = None) -> tuple[str, ...]:
    """Return the lines: title, version, date, licence, attribution, where to find more; one graph's name before."""
    lines = (
        publication.title,
        f"Version {release.version}, {release.record.modified}",
        f"The named graph <{graph}> alone" if graph else None,
        f"Licence: {publication.license}" if publication.license else None,
        publication.rights,
        f"More: {release.iri}",
    )
    # A line break in an authored text must not end the comment.
    return tuple(" ".join(line.split()) for line in lines if line)
