"""The media type of each file of a release, told from its name.

The formats of the server name most of them; the others are of no use but in a release.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from server.http.formats import CSVM, GEOJSON, JSON, QUERY, RDF_FORMATS, RESULTS_CSV, SHEX, TEXT

GZIP: Final = "application/gzip"
_UNKNOWN: Final = "application/octet-stream"
_WHOLE: Final = MappingProxyType(
    {
        "claims.csv-metadata.json": CSVM.media_type,
        "datacite.json": "application/vnd.datacite.datacite+json",
        "schema-org.jsonld": "application/ld+json",
        "SHA256SUMS": TEXT.media_type,
    }
)
_BY_SUFFIX: Final = MappingProxyType(
    {
        **{x.name: x.media_type for x in (*RDF_FORMATS, RESULTS_CSV, GEOJSON, JSON, QUERY, SHEX, TEXT)},
        # RFC 9512; CFF is YAML and has no type of its own.
        "cff": "application/yaml",
        "gz": GZIP,
        "html": "text/html",
        "md": "text/markdown",
        "rdfp": "application/rdf-patch",
        "sha256": TEXT.media_type,
        "zip": "application/zip",
    }
)


def media_type(name: str) -> str:
    """Return the media type of the file of this name; `application/octet-stream` where nothing tells.

    >>> media_type("battlegraph-0.1.0.ttl"), media_type("battlegraph-0.1.0.ttl.gz")
    ('text/turtle', 'application/gzip')
    """
    own = name.rpartition("/")[2]
    return _WHOLE.get(own) or _BY_SUFFIX.get(own.rpartition(".")[2], _UNKNOWN)
