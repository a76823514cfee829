"""The prefixes of everything the project writes, in the order it writes them.

One map serves Turtle, JSON-LD, the query page, `/prefixes` and the documentation, so
that a reader meets the same names everywhere. `schema:` is the http form, which
Wikidata's own RDF uses; Wikidata entities are http too, never https.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

CANONICAL_BASE: Final = "https://w3id.org/battlegraph/"
"""The base of the data's IRIs unless a build is told another one."""

BG: Final = "https://w3id.org/battlegraph/ontology#"
BGSH: Final = "https://w3id.org/battlegraph/shapes#"
"""The vocabulary and the shapes keep these names whatever the base of the data is."""

ADMS: Final = "http://www.w3.org/ns/adms#"
BIRO: Final = "http://purl.org/spar/biro/"
CITO: Final = "http://purl.org/spar/cito/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FABIO: Final = "http://purl.org/spar/fabio/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
ISO639_1: Final = "http://id.loc.gov/vocabulary/iso639-1/"
"""Languages, each named by its code."""
NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
"""The two of nanopublications, which only they use."""
OA: Final = "http://www.w3.org/ns/oa#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "http://schema.org/"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SPDX: Final = "http://spdx.org/rdf/terms#"
VANN: Final = "http://purl.org/vocab/vann/"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = MappingProxyType(
    {
        "adms": ADMS,
        "bg": BG,
        "bgsh": BGSH,
        "biro": BIRO,
        "cc": "http://creativecommons.org/ns#",
        "cito": CITO,
        "crm": "http://www.cidoc-crm.org/cidoc-crm/",
        "dcat": DCAT,
        "dcterms": DCTERMS,
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "fabio": FABIO,
        "foaf": FOAF,
        "geo": GEO,
        "gn": "https://sws.geonames.org/",
        "oa": OA,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sd": SD,
        "sem": SEM,
        "sf": "http://www.opengis.net/ont/sf#",
        "sh": SH,
        "skos": SKOS,
        "spdx": SPDX,
        "time": "http://www.w3.org/2006/time#",
        "vann": VANN,
        "void": VOID,
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "xsd": XSD,
    }
)

# A local name that needs no escaping in Turtle and SPARQL alike.
_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|[0-9]+")


def curie(iri: str) -> str | None:
    """Return the IRI as `prefix:local`, or None where no prefix fits without escaping.

    >>> curie("https://w3id.org/battlegraph/ontology#LossClaim")
    'bg:LossClaim'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return None


def sparql_prologue() -> str:
    """Return the PREFIX lines that make every prefix usable in a query."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
