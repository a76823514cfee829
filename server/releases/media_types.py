"""The media type of each file of a release, told from its name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from server.http.formats import (
    CFF,
    CSVM,
    DATACITE,
    GEOJSON,
    GZIP,
    HTML,
    JSON,
    MARKDOWN,
    OCTETS,
    PYTHON,
    QUERY,
    RDF_FORMATS,
    RDF_PATCH,
    RESULTS_CSV,
    SHEX,
    TEXT,
    ZIP,
)

_WHOLE: Final = MappingProxyType({"claims.csv-metadata.json": CSVM, "datacite.json": DATACITE, "SHA256SUMS": TEXT})
_NAMED_BY_SUFFIX: Final = (
    CFF,
    GEOJSON,
    GZIP,
    HTML,
    JSON,
    MARKDOWN,
    PYTHON,
    QUERY,
    RDF_PATCH,
    RESULTS_CSV,
    SHEX,
    TEXT,
    ZIP,
)
_PLAIN: Final = dict.fromkeys(("sha256", "wiki"), TEXT)
_BY_SUFFIX: Final = MappingProxyType({x.name: x for x in (*RDF_FORMATS, *_NAMED_BY_SUFFIX)} | _PLAIN)


def media_type(name: str) -> str:
    """Return the media type of the file of this name; `application/octet-stream` where nothing tells.

    >>> media_type("battlegraph-0.1.0.ttl"), media_type("battlegraph-0.1.0.ttl.gz")
    ('text/turtle', 'application/gzip')
    """
    own = name.rpartition("/")[2]
    return (_WHOLE.get(own) or _BY_SUFFIX.get(own.rpartition(".")[2], OCTETS)).media_type
