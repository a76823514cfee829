"""A release as an RO-Crate 1.2: its root is the folder, and every file is told with size, checksum and type.

By hand, because the crate is a list of nodes in JSON, and the libraries for it put the
present time and the newest version of the specification in.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from server.description.file_kind import kind_of
from server.description.json_nodes import Node, compact, known, write_graph
from server.description.licences import find_licence
from server.description.making import BUILD_ALGORITHM
from server.description.publication import Agent, Publication, Register
from server.releases.media_types import media_type
from server.releases.release import Release, ReleaseFile

CRATE_FILE: Final = "ro-crate-metadata.json"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"
_ROOT: Final = "./"
_BUILD: Final = "#build"
_SOFTWARE: Final = "#software"
_IDENTIFIER: Final = "#identifier"
_MOST: Final = 20
"""Articles of which the provenance is told at the root."""
_BESIDE: Final = (
    "Two files lie beside these that are written after them and so are not described here: SHA256SUMS, with the "
    "SHA-256 of every file but itself, and the BagIt bag (.bag.zip), which holds every file but itself and SHA256SUMS."
)


def describe_crate(publication: Publication, release: Release) -> Iterator[bytes]:
    """Yield ro-crate-metadata.json, which lists every file of the release that is there so far."""
    licences = {
        publication.license,
        *(kind_of(release, file.name).license for file in release.files),
        *(register.license for register in publication.registers),
    }
    agents = {agent.iri: agent for agent in (*publication.creators, publication.publisher) if agent}
    nodes = chain(
        (_describe_descriptor(), _describe_root(publication, release)),
        (_describe_file(release, file) for file in release.files),
        (_describe_identifier(release), *_describe_build(release, publication)),
        (_describe_licence(iri) for iri in sorted(filter(None, licences))),
        (_describe_agent(agent, release) for _, agent in sorted(agents.items())),
        _describe_sources(publication),
        _describe_texts(publication),
        (_describe_register(register) for register in publication.registers),
    )
    return write_graph(f"{_SPECIFICATION}/context", nodes)


def _describe_descriptor() -> Node:
    return {
        "@id": CRATE_FILE,
        "@type": "CreativeWork",
        "about": {"@id": _ROOT},
        "conformsTo": {"@id": _SPECIFICATION},
    }


def _describe_root(publication: Publication, release: Release) -> Node:
    return compact(
        {
            "@id": _ROOT,
            "@type": "Dataset",
            "name": f"{publication.title or 'Dataset'}, version {release.version}",
            # Mandatory in a crate (section "Root Data Entity").
            "description": " ".join(filter(None, (publication.description, *publication.provenance[:_MOST], _BESIDE))),
            "identifier": {"@id": _IDENTIFIER},
            "url": release.iri,
            "version": release.version,
            "datePublished": release.record.modified,
            "dateModified": release.record.modified,
            "license": {"@id": publication.license} if publication.license else None,
            "creditText": publication.attribution,
            "author": [{"@id": agent.iri} for agent in publication.creators],
            "publisher": {"@id": publication.publisher.iri} if publication.publisher else None,
            "keywords": ", ".join(publication.keywords),
            "inLanguage": list(publication.languages),
            "isBasedOn": [
                {"@id": iri} for iri in (*publication.sources, *(register.iri for register in publication.registers))
            ],
            "hasPart": [{"@id": file.name} for file in release.files],
            "mentions": {"@id": _BUILD},
        }
    )


def _describe_identifier(release: Release) -> Node:
    return {"@id": _IDENTIFIER, "@type": "PropertyValue", "name": "URL", "propertyID": "URL", "value": release.iri}


def _describe_file(release: Release, file: ReleaseFile) -> Node:
    kind = kind_of(release, file.name)
    return compact(
        {
            "@id": file.name,
            "@type": "File",
            "name": file.name.rpartition("/")[2],
            "description": kind.title,
            "contentSize": str(file.size),
            "encodingFormat": media_type(file.name),
            "sha256": file.sha256,
            "license": {"@id": kind.license} if kind.license else None,
        }
    )


def _describe_build(release: Release, publication: Publication) -> list[Node]:
    """Return the provenance of the data: what was made, from what, by which version of the software."""
    return [
        compact(
            {
                "@id": _BUILD,
                "@type": "CreateAction",
                "name": "Build of the dataset",
                "description": BUILD_ALGORITHM,
                "instrument": {"@id": _SOFTWARE},
                "object": [{"@id": source.text} for source in publication.texts if source.text],
                "result": {"@id": _ROOT},
            }
        ),
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": "battlegraph",
            "version": release.record.software,
            "url": release.record.base,
        },
    ]


def _describe_sources(publication: Publication) -> Iterator[Node]:
    titles = {source.page: source.title for source in publication.texts}
    for source in publication.sources:
        yield {"@id": source, "@type": "CreativeWork", "name": titles.get(source) or source, "url": source}


def _describe_texts(publication: Publication) -> Iterator[Node]:
    """Yield each text as it was read, which its hash tells from every other."""
    for source in publication.texts:
        yield known(
            {
                "@id": source.text,
                "@type": "CreativeWork",
                "name": f"The text of {source.title or source.article} as it was read",
                "description": source.provenance,
                "sha256": source.digest,
                "isBasedOn": {"@id": source.page} if source.page in publication.sources else None,
            }
        )


def _describe_register(register: Register) -> Node:
    return known(
        {
            "@id": register.iri,
            "@type": "CreativeWork",
            "name": register.name,
            "url": register.iri,
            "creditText": register.rights,
            "license": {"@id": register.license} if register.license else None,
        }
    )


def _describe_licence(iri: str) -> Node:
    licence = find_licence(iri)
    return compact(
        {
            "@id": iri,
            "@type": "CreativeWork",
            "name": licence.name,
            "description": f"SPDX licence {licence.spdx}" if licence.spdx else None,
            "url": iri,
        }
    )


def _describe_agent(agent: Agent, release: Release) -> Node:
    return {"@id": agent.iri, "@type": "Organization", "name": agent.name, "url": release.record.base}
