"""The dataset in schema.org's words, for search engines: in a release as in the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.description.file_kind import kind_of
from server.description.json_nodes import Node, compact, known
from server.description.publication import Agent, Publication
from server.http.formats import GZIP
from server.releases.release import Release

CONTEXT: Final = "https://schema.org"


def describe_dataset(publication: Publication, release: Release | None, files: Sequence[Node] = ()) -> Node:
    """Return the dataset as a node of JSON-LD, with the files of a release, else with these."""
    return compact(
        {
            "@type": "Dataset",
            # Of a release the node is that version, which is part of the dataset that goes on.
            "@id": release.iri if release else publication.iri,
            "identifier": release.iri if release else None,
            "name": publication.title,
            "description": publication.description,
            "url": release.iri if release else publication.landing_page,
            "isPartOf": _describe_whole(publication) if release and publication.iri else None,
            "license": publication.license,
            "creditText": publication.attribution,
            "version": publication.version,
            "datePublished": release.record.modified if release else publication.issued,
            "dateModified": publication.modified,
            "creator": [_describe_agent(agent) for agent in publication.creators],
            "publisher": _describe_agent(publication.publisher) if publication.publisher else None,
            "inLanguage": list(publication.languages),
            "isBasedOn": [*publication.sources, *(register.iri for register in publication.registers)],
            "keywords": list(publication.keywords),
            "distribution": _describe_files(release) if release else list(files),
        }
    )


def _describe_whole(publication: Publication) -> Node:
    return known(
        {
            "@type": "Dataset",
            "@id": publication.iri,
            "name": publication.title,
            # What a search engine asks of any dataset.
            "description": publication.description,
            "url": publication.landing_page,
            "license": publication.license,
            "datePublished": publication.issued,
        }
    )


def _describe_agent(agent: Agent) -> Node:
    # Groups of people are organisations in schema.org, whose makers of a dataset are those or persons.
    return {"@type": "Organization", "@id": agent.iri, "name": agent.name}


def _describe_files(release: Release) -> list[Node]:
    found: list[Node] = []
    for file in release.files:
        kind = kind_of(release, file.name)
        # Each graph apart would be a list without end in the page of a large dataset.
        if kind.is_data and not kind.is_graph:
            found.append(
                {
                    "@type": "DataDownload",
                    "name": kind.title,
                    "contentUrl": release.file_iri(file.name),
                    "encodingFormat": GZIP.media_type if kind.is_compressed else kind.media_type,
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
            )
    return found
