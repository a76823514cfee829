"""What is worth a look before a release is passed on, and no reason to refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from semver import Version

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from server.releases.release import Release, read_release
from server.releases.succession import vocabulary_version
from server.site import Site

_VOCABULARY: Final = ("ontology/", "shapes/")
_RAISE: Final = "raise owl:versionInfo and owl:versionIRI in ontology/battlegraph.ttl and shapes/shapes.ttl"


def read_doubts(site: Site, release: Release) -> Iterator[str]:
    """Yield what does not fit: versions of the vocabulary, and what the release before had."""
    ontology, shapes = (vocabulary_version(site, iri) for iri in (ONTOLOGY_IRI, SHAPES_IRI))
    if ontology is None or ontology != shapes:
        yield f"the ontology is version {ontology or 'unknown'} and the shapes are {shapes or 'unknown'}; {_RAISE}"
    if release.record.previous is None:
        return
    previous = read_release(release.folder.parent / release.record.previous)
    if previous.record.digest == release.record.digest:
        yield f"the data is the same as that of version {previous.version}, to the byte"
    now, before = release.record.vocabulary, previous.record.vocabulary
    changed = sorted({name for name, _ in _vocabulary(release).items() ^ _vocabulary(previous).items()})
    if now == before and changed:
        yield f"the vocabulary is version {now} as before, and has changed ({', '.join(changed)}); {_RAISE}"
    if _is_older(now, before):
        yield f"the vocabulary is version {now}, and was {before} in the data's version {previous.version}; {_RAISE}"


def _vocabulary(release: Release) -> Mapping[str, str]:
    return {file.name: file.sha256 for file in release.files if file.name.startswith(_VOCABULARY)}


def _is_older(now: str, before: str) -> bool:
    both = (now, before)
    return all(map(Version.is_valid, both)) and Version.parse(now) < Version.parse(before)
