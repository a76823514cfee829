"""What the next release is of: a version that is newer than all that are there, and no earlier by its date.

By Semantic Versioning 2.0.0 (section 11). A version with build metadata (section 10) is
refused, because that gives it no place in the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox
from semver import Version

from graph.iris import ONTOLOGY_IRI
from graph.namespaces import OWL
from server.releases.layout.lines import count_statements
from server.releases.record import Record, is_version
from server.releases.release import Release
from server.site import Site
from server.terms.days import is_day

_VERSION: Final = ox.NamedNode(OWL + "versionInfo")


class UnfitVersion(ValueError):
    """A version or date that no release can have, or not after those there are; the message says where to write it."""


def next_record(site: Site, releases: Sequence[Release]) -> Record:
    """Return what a release of the site's dataset would be of, after those there are, the newest first.

    What it has is counted, whatever it says of itself. Raises `UnfitVersion` as `find_previous` does, and where the
    dataset is none that a build of ours wrote; `UnreadableDataset` where its file cannot be read.
    """
    manifest = site.dataset.manifest
    if manifest is None:
        raise UnfitVersion("the dataset says no version, date and sources of itself; release one that we have built")
    quads, triples = count_statements(site.config.dataset)
    return Record(
        version=manifest.version,
        modified=manifest.modified,
        base=manifest.base,
        vocabulary=vocabulary_version(site, ONTOLOGY_IRI) or "",
        software=manifest.software,
        sources=manifest.sources,
        digest=site.dataset.digest,
        quads=quads,
        triples=triples,
        previous=find_previous(releases, manifest.version, manifest.modified),
    )


def vocabulary_version(site: Site, iri: str) -> str | None:
    """Return the version that the data gives of the ontology or shapes of this IRI."""
    found = site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _VERSION, None, ox.DefaultGraph())
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), None)


def find_previous(releases: Sequence[Release], version: str, modified: str) -> str | None:
    """Return the version before this one; `releases` are the newest first.

    Raises `UnfitVersion` where this is neither one of them nor newer than all, where its
    date is before that of the previous, or where either is not what a release can have.
    """
    if not is_version(version):
        raise UnfitVersion(
            f"the data's version {version!r} is not MAJOR.MINOR.PATCH as Semantic Versioning has it; "
            "write another dcat:version in graph/shared/dataset.ttl"
        )
    if not is_day(modified):
        raise UnfitVersion(
            f"the data's date {modified!r} is no day as YYYY-MM-DD; "
            "write another dcterms:modified in graph/shared/dataset.ttl"
        )
    is_there = any(release.version == version for release in releases)
    if not is_there and releases and Version.parse(version) <= Version.parse(releases[0].version):
        raise UnfitVersion(
            f"version {version} is not newer than {releases[0].version}, which is released; "
            "raise dcat:version in graph/shared/dataset.ttl"
        )
    previous = next((one for one in releases if Version.parse(one.version) < Version.parse(version)), None)
    if previous is not None and modified < previous.record.modified:
        raise UnfitVersion(
            f"version {version} is of {modified}, and version {previous.version} before it of "
            f"{previous.record.modified}; correct dcterms:modified in graph/shared/dataset.ttl"
        )
    return previous.version if previous else None
