"""A release for DataCite: its metadata schema 4.5 as JSON, without a DOI, because none was registered."""

from __future__ import annotations

from typing import Final

from server.description.file_kind import kind_of
from server.description.json_nodes import known, write_json
from server.description.licences import find_licence
from server.description.publication import Publication
from server.releases.release import Release

_SCHEMA: Final = "http://datacite.org/schema/kernel-4"
_SPDX: Final = "https://spdx.org/licenses/"
_UNKNOWN: Final = "(:unkn)"
"""What the schema (appendix 3) wants in the place of a mandatory value that nobody knows."""
_MOST_TOLD: Final = 20
"""Articles of which the provenance is told."""
_NO_DOI: Final = "No DOI has been registered for this version. It is identified by its address."


def describe_for_datacite(publication: Publication, release: Release) -> bytes:
    """Return datacite.json, to which whoever deposits the release adds the DOI that it gets."""
    record = release.record
    licence = find_licence(publication.license) if publication.license else None
    files = [(file, kind) for file in release.files if (kind := kind_of(release, file.name)).is_data]
    node = {
        "schemaVersion": _SCHEMA,
        "types": {"resourceType": "RDF dataset", "resourceTypeGeneral": "Dataset"},
        "url": release.iri,
        "alternateIdentifiers": [{"alternateIdentifier": release.iri, "alternateIdentifierType": "URL"}],
        "titles": [_english("title", publication.title or _UNKNOWN)],
        "creators": [{"name": agent.name, "nameType": "Organizational"} for agent in publication.creators]
        or [{"name": _UNKNOWN}],
        "publisher": {"name": publication.publisher.name if publication.publisher else _UNKNOWN},
        "publicationYear": record.modified[:4],
        "dates": [
            {"date": record.modified, "dateType": "Issued"},
            {"date": record.modified, "dateType": "Updated"},
        ],
        "language": publication.languages[0] if publication.languages else None,
        "version": record.version,
        "subjects": [_english("subject", keyword) for keyword in publication.keywords],
        "rightsList": [
            known(
                {
                    "rights": licence.name,
                    "rightsUri": licence.iri,
                    "rightsIdentifier": licence.spdx,
                    "rightsIdentifierScheme": "SPDX" if licence.spdx else None,
                    "schemeUri": _SPDX if licence.spdx else None,
                }
            )
        ]
        if licence
        else None,
        "descriptions": [
            {**_english("description", text), "descriptionType": kind}
            for text, kind in (
                (publication.description, "Abstract"),
                (publication.version_notes, "Other"),
                (publication.attribution, "Other"),
                *((told, "TechnicalInfo") for told in publication.provenance[:_MOST_TOLD]),
                (_NO_DOI, "TechnicalInfo"),
            )
            if text
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": iri, "relatedIdentifierType": "URL", "relationType": relation}
            for iri, relation in (
                (publication.iri, "IsVersionOf"),
                (record.previous_iri, "IsNewVersionOf"),
                *((source, "IsDerivedFrom") for source in publication.sources),
                *((register.iri, "References") for register in publication.registers),
            )
            if iri
        ],
        "formats": sorted({kind.media_type for _, kind in files}),
        # Of the data, not of the deposit: how many files and bytes that is, is for whoever holds it to count, because
        # this file is among them, and so are some that are written after it.
        "sizes": [f"{record.quads} statements (RDF quads)", f"{record.triples} different triples in the merged graphs"],
    }
    return write_json(known(node))


def _english(key: str, text: str) -> dict[str, str]:
    return {key: text, "lang": "en"}
