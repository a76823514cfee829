"""The series of the releases in RDF: what they are versions of, and in which order.

The dataset is what all its versions have in common; each release is a dataset of its own,
a version of that one (DCAT 3, section 11) and a member of the series of releases (section
12).
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from graph.namespaces import DCAT, DCTERMS, RDF, RDFS
from server.description.publication import Publication
from server.description.statements import Triples, english, iri, says, typed
from server.releases.release import Release


def describe_series(publication: Publication, base: str, releases: Sequence[Release]) -> Triples:
    """Yield the series of these releases, the newest first, and each of them as a version of the dataset."""
    if not releases:
        return
    newest, oldest = iri(releases[0].iri), iri(releases[-1].iri)
    yield from describe_series_itself(publication, base)
    yield from says(
        iri(f"{base}dumps/"),
        (DCAT + "first", oldest),
        (DCAT + "last", newest),
        *((DCAT + "seriesMember", iri(release.iri)) for release in releases),
    )
    yield from says(iri(publication.iri), (DCAT + "hasCurrentVersion", newest))
    for release in releases:
        yield from describe_version(publication, release)


def describe_series_itself(publication: Publication, base: str) -> Triples:
    """Yield what the series is, whichever releases are in it."""
    title = f"{publication.title or 'Dataset'}: releases"
    yield from says(
        iri(f"{base}dumps/"),
        (RDF + "type", iri(DCAT + "DatasetSeries")),
        (RDFS + "label", english(title)),
        (DCTERMS + "title", english(title)),
        (DCTERMS + "description", english("The versions of the dataset, each as files that never change.")),
        (DCTERMS + "publisher", iri(publication.publisher.iri if publication.publisher else None)),
    )


def describe_version(publication: Publication, release: Release) -> Triples:
    """Yield that a release is a version of the dataset, of which day, and after which other."""
    dataset, node, record = iri(publication.iri), iri(release.iri), release.record
    previous = iri(record.previous_iri)
    title = f"{publication.title or 'Dataset'}, version {record.version}"
    yield from says(dataset, (DCAT + "hasVersion", node))
    yield from says(
        node,
        (RDF + "type", iri(DCAT + "Dataset")),
        (RDFS + "label", english(title)),
        (DCTERMS + "title", english(title)),
        (DCAT + "version", ox.Literal(record.version)),
        (DCTERMS + "issued", typed(record.modified, "date")),
        (DCTERMS + "modified", typed(record.modified, "date")),
        (DCAT + "isVersionOf", dataset),
        (DCAT + "inSeries", iri(f"{record.base}dumps/")),
        (DCAT + "prev", previous),
        (DCAT + "previousVersion", previous),
        (DCAT + "landingPage", node),
    )
