"""The words of README.txt on what a release has: each kind of file, and each named graph.

For a reader who has nothing but the files, in thirty years: standards by name and number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FILES: Final[Mapping[str, str]] = {
    "{stem}.nq": "N-Quads 1.1 (W3C Recommendation, 2014): every statement with its graph, one on a line, UTF-8, "
    "sorted. The file to keep if only one can be kept.",
    "{stem}.trig": "TriG (W3C Recommendation, 2014): the same, written for people.",
    "{stem}.nt": "N-Triples (W3C Recommendation, 2014): the graphs merged, one triple on a line, sorted. What rules "
    "derived stands among the rest in this and the next three.",
    "{stem}.ttl": "Turtle (W3C Recommendation, 2014): the same triples, written for people.",
    "{stem}.jsonld": "JSON-LD 1.1 (W3C Recommendation, 2020): the same triples.",
    "{stem}.rdf": "RDF/XML (W3C Recommendation, 2014): the same triples.",
    "*.gz": "The file of that name without .gz, compressed by gzip (RFC 1952).",
    "graphs/": "Each named graph alone, as Turtle. graphs/viewpoint/ has what each viewpoint is said to assert, as "
    "N-Triples too.",
    "claims.csv": "A row for each claim: who says what, on which source, in which words (CSV, RFC 4180).",
    "claims.csv-metadata.json": "What the columns of claims.csv are (CSV on the Web, W3C Recommendation, 2015).",
    "nanopubs.trig": "Each claim as a nanopublication (nanopub.net) of its own: what is said, on what it rests, who "
    "published it, as TriG.",
    "places.geojson": "The places, with the coordinates of those that have any, which come from outside the articles "
    "(GeoJSON, RFC 7946).",
    "ontology/": "The vocabulary as it was written; questions/ has queries (SPARQL 1.1) and says what they ask.",
    "shapes/": "What the data is checked against (SHACL); checks/ has checks in SPARQL.",
    "sources/": "What the data is built from, as it was written: articles/ has the text of each article as it was "
    "read and what was stated of it, shared/ what several articles share and the description of the dataset, "
    "rules/ the rules that derive statements (SPARQL 1.1).",
    "validation-report.ttl": "What validation found in this version (SHACL).",
    "description.ttl, description.jsonld": "The release described by DCAT 3, VoID and PROV.",
    "schema-org.jsonld, datacite.json, CITATION.cff": "The same for schema.org, for DataCite and for those who cite it "
    "(Citation File Format).",
    "ro-crate-metadata.json": "The files described; with it this folder is an RO-Crate (1.2).",
    "release.json": "What this is a release of, for programs.",
    "RDFC-1.0.sha256": "SHA-256 of the dataset in canonical form (W3C Recommendation RDF Dataset Canonicalization, "
    "RDFC-1.0), which is that of {stem}.nq.",
}
"""What is in every release, by name; `{stem}` stands for what the dumps are called."""
CHANGES: Final[Mapping[str, str]] = {
    "changes.rdfp, changes.json, changes.md": "What changed since version {previous}: as an RDF Patch, for programs, "
    "and to read.",
}
"""What is in a release that has one before it, `{previous}`."""
BESIDE: Final[Mapping[str, str]] = {
    "SHA256SUMS": "SHA-256 of every file of the release but itself.",
    "{stem}.bag.zip": "All of the above as a bag (BagIt 1.0, RFC 8493) in one ZIP file, for a repository that takes "
    "one file.",
}
"""What is written after all others and so is in no bag."""
GRAPHS: Final[Mapping[str, str]] = {
    "entities": "The articles and what they speak of: battles, phases, places, people, sides. Names and kinds; what "
    "is said of them is in the claims.",
    "viewpoint/*": "What each viewpoint is said to assert: the claims, a graph for each viewpoint.",
    "gaps": "What the articles leave blank, and what was left out of them.",
    "references": "The articles' references.",
    "derived": "What the rules in sources/rules/ conclude, as the outcome of a battle (bg:result) or its first day "
    "(sem:hasBeginTimeStamp). None of these has a claimant of its own: a rule drew it from claims and entities, and "
    "what an article says in its own voice only where no rival claim is recorded. Go back to the claims before you "
    "quote one.",
    "crosslinks": "What is known from outside the articles: links to Wikidata and GeoNames, coordinates, names. Each "
    "has its evidence and how sure it is; LICENSE.txt names the registers.",
    "anchors": "The words of the articles that statements rest on, and the texts themselves.",
    "equipment": "Kinds of persons and things in which losses are counted.",
    "ontology": "The vocabulary.",
    "shapes": "The shapes and checks.",
    "dataset": "The dataset's description of itself.",
    "report": "What validation found.",
}
"""The named graphs in the order in which to read them."""
