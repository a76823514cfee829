"""The table of claims described for programs: its columns, licence and version, as CSV on the Web has it.

Metadata Vocabulary for Tabular Data (W3C Recommendation, 2015). Where the file lies beside
the table under the table's name and `-metadata.json`, programs find it without being told
(Model for Tabular Data and Metadata, section 5.3).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from server.site import Site
from server.wikidata.claim_columns import CLAIM_COLUMNS, SEPARATOR, Column

SCHEMA_FILE: Final = "claims.csv-metadata.json"
_TABLE: Final = "claims.csv"
_TITLE: Final = "Claims, one on a row"
_WORDS: Final = (
    "Each row is a claim with the viewpoint that is said to assert it; rows contradict each other where viewpoints do, "
    "and some count the same twice, so that no column of numbers has a sum. An apostrophe stands before text that a "
    "spreadsheet would run as a formula."
)


def claim_schema(site: Site) -> str:
    """Return the description of the table; equal datasets give equal text."""
    publication = site.publication
    licence, modified = publication.license, publication.modified
    stated = {
        "dc:license": {"@id": licence} if licence else None,
        "dc:rights": publication.attribution,
        "dc:modified": {"@value": modified, "@type": "xsd:date"} if modified else None,
        "dc:isPartOf": {"@id": publication.iri} if publication.iri else None,
        "dcat:version": publication.version,
    }
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": _TABLE,
        "dc:title": _TITLE,
        "dc:description": _WORDS,
        **{name: value for name, value in stated.items() if value is not None},
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [_column(column) for column in CLAIM_COLUMNS],
            "primaryKey": CLAIM_COLUMNS[0].name,
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _column(column: Column) -> Mapping[str, object]:
    is_key = column is CLAIM_COLUMNS[0]
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": column.datatype,
        **({"separator": SEPARATOR} if column.has_many else {}),
        **({"required": True} if is_key else {}),
    }
