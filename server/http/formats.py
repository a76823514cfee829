"""The formats the server answers in, with their names, labels and media types.

The only place where a media type is written down. A format's name is its file suffix
and its `?format=` value at once. The first media type is the registered one; the
others are aliases that clients still send and that stay true of the body (Turtle is
N3, JSON-LD is JSON), so an answer may be labelled with the one that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer down."""

    name: str
    """Suffix and `?format=` value, as `ttl`."""
    label: str
    """What a person calls it, as "Turtle"."""
    media_types: tuple[str, ...]
    """The registered media type, then its aliases."""

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return self.media_types[0]


TURTLE: Final = Format(
    "ttl",
    "Turtle",
    ("text/turtle", "application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3", "application/n3"),
)
# text/plain is what N-Triples was registered as before 2014; old clients still ask for it.
N_TRIPLES: Final = Format("nt", "N-Triples", ("application/n-triples", "text/plain", "text/ntriples"))
N_QUADS: Final = Format("nq", "N-Quads", ("application/n-quads", "text/x-nquads", "text/nquads"))
TRIG: Final = Format("trig", "TriG", ("application/trig", "application/x-trig"))
JSON_LD: Final = Format("jsonld", "JSON-LD", ("application/ld+json", "application/json"))
RDF_XML: Final = Format("rdf", "RDF/XML", ("application/rdf+xml", "application/xml", "text/xml"))
HTML: Final = Format("html", "HTML", ("text/html",))

RDF_FORMATS: Final = (TURTLE, N_TRIPLES, N_QUADS, TRIG, JSON_LD, RDF_XML)

RESULTS_JSON: Final = Format("json", "JSON", ("application/sparql-results+json", "application/json"))
RESULTS_XML: Final = Format("xml", "XML", ("application/sparql-results+xml", "application/xml", "text/xml"))
RESULTS_CSV: Final = Format("csv", "CSV", ("text/csv",))
RESULTS_TSV: Final = Format("tsv", "TSV", ("text/tab-separated-values",))

RESULT_FORMATS: Final = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)

QUERY: Final = Format("rq", "SPARQL", ("application/sparql-query",))
PYTHON: Final = Format("py", "Python", ("text/x-python",))
SHEX: Final = Format("shex", "ShEx", ("text/shex",))

JSON: Final = Format("json", "JSON", ("application/json",))
CSVM: Final = Format("json", "CSV on the Web metadata", ("application/csvm+json", "application/json"))
GEOJSON: Final = Format("geojson", "GeoJSON", ("application/geo+json", "application/json"))
ATOM: Final = Format("atom", "Atom", ("application/atom+xml",))
OPENSEARCH: Final = Format("xml", "OpenSearch description", ("application/opensearchdescription+xml",))
LINKSET: Final = Format("json", "Link set", ("application/linkset+json", "application/json"))
TIMEMAP: Final = Format("link", "TimeMap", ("application/link-format",))
PROBLEM: Final = Format("json", "Problem details", ("application/problem+json", "application/json"))
TEXT: Final = Format("txt", "plain text", ("text/plain",))
MARKDOWN: Final = Format("md", "Markdown", ("text/markdown",))
RDF_PATCH: Final = Format("rdfp", "RDF Patch", ("application/rdf-patch",))
DATACITE: Final = Format("json", "DataCite metadata", ("application/vnd.datacite.datacite+json",))
# RFC 9512; CFF is YAML and has no type of its own.
CFF: Final = Format("cff", "Citation File Format", ("application/yaml",))
GZIP: Final = Format("gz", "gzip", ("application/gzip",))
ZIP: Final = Format("zip", "ZIP", ("application/zip",))
OCTETS: Final = Format("bin", "bytes", ("application/octet-stream",))

RDF_BY_NAME: Final = MappingProxyType({x.name: x for x in RDF_FORMATS})
RESULTS_BY_NAME: Final = MappingProxyType({x.name: x for x in RESULT_FORMATS})


def split_suffix(name: str, formats: Iterable[Format] = RDF_FORMATS) -> tuple[str, Format | None]:
    """Return what an address names without the suffix of one of these formats, and that format; None without one."""
    stem, _dot, suffix = name.rpartition(".")
    fixed = next((x for x in formats if x.name == suffix), None) if stem else None
    return (stem, fixed) if fixed else (name, None)


def content_type(media_type: str) -> str:
    """Return the Content-Type for a body of ours, which is always UTF-8.

    Only text types and XML carry the parameter: JSON, N-Quads, N-Triples and TriG are
    UTF-8 by definition and their registrations have no charset.
    """
    if media_type.startswith("text/") or media_type.endswith("/xml"):
        return f"{media_type}; charset=utf-8"
    return media_type
