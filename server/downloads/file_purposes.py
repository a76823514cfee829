"""What each file of a release is for, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import gettext as _

# By the whole name.
_FILES: Final[Mapping[str, Callable[[], str]]] = {
    "CITATION.cff": lambda: _("How to cite it, in the Citation File Format."),
    "LICENSE.txt": lambda: _("The licence, and whom to credit."),
    "README.txt": lambda: _("What the files are, for a reader who has nothing else."),
    "RDFC-1.0.sha256": lambda: _("The RDFC-1.0 hash of the dataset, which is the SHA-256 of the N-Quads."),
    "SHA256SUMS": lambda: _("The SHA-256 of every other file, as sha256sum checks it."),
    "changes.json": lambda: _("What changed, for programs."),
    "changes.md": lambda: _("What changed, to read."),
    "changes.rdfp": lambda: _("What changed, as an RDF Patch that makes this version of the one before."),
    "claims.csv": lambda: _("A row for each claim: who says what, on which source, in which words."),
    "claims.csv-metadata.json": lambda: _("What the columns of claims.csv are, for programs (CSV on the Web)."),
    "datacite.json": lambda: _("For a repository that registers DOIs (DataCite)."),
    "description.jsonld": lambda: _("The release and its files in DCAT, VoID and PROV, as JSON-LD."),
    "description.ttl": lambda: _("The release and its files in DCAT, VoID and PROV, as Turtle."),
    "graphs/anchors.ttl": lambda: _("The words of the articles that statements rest on."),
    "graphs/crosslinks.ttl": lambda: _("Identifiers elsewhere, with their evidence."),
    "graphs/dataset.ttl": lambda: _("What the dataset says of itself."),
    "graphs/derived.ttl": lambda: _("What follows from the statements."),
    "graphs/entities.ttl": lambda: _("What the articles name."),
    "graphs/equipment.ttl": lambda: _("Kinds of persons and things that losses are counted in."),
    "graphs/gaps.ttl": lambda: _("What the articles leave blank, and what was left out of them."),
    "graphs/ontology.ttl": lambda: _("The vocabulary as part of the dataset."),
    "graphs/references.ttl": lambda: _("The articles' references."),
    "graphs/report.ttl": lambda: _("What validation found."),
    "graphs/shapes.ttl": lambda: _("The shapes as part of the dataset."),
    "nanopubs.trig": lambda: _("Each claim as a nanopublication, which can be cited and passed on alone."),
    "ontology/alignments.ttl": lambda: _("Our terms and those of Wikidata, CIDOC CRM, SEM and schema.org."),
    "ontology/battle.shex": lambda: _("A battle with attributed losses as a Wikidata item, in ShEx."),
    "ontology/battlegraph.ttl": lambda: _("Classes and properties, each with its definition."),
    "ontology/borrowed.ttl": lambda: _("Terms of other vocabularies that the data uses, in our words."),
    "ontology/concepts.ttl": lambda: _("Statuses, effects and degrees of certainty."),
    "ontology/context.jsonld": lambda: _("Short names for JSON-LD."),
    "ontology/equipment.ttl": lambda: _("Kinds of equipment."),
    "places.geojson": lambda: _("The places, and coordinates where there are any."),
    "release.json": lambda: _("What this release is of, for programs."),
    "ro-crate-metadata.json": lambda: _("Makes the folder of these files an RO-Crate."),
    "schema-org.jsonld": lambda: _("The dataset in schema.org's words, for search engines."),
    "sources/shared/dataset.ttl": lambda: _("What the dataset says of itself, as it was written."),
    "validation-report.ttl": lambda: _("What validation found in this version."),
}
# By the last part, for files named by an article or by the version.
_OF_ARTICLE: Final[Mapping[str, Callable[[], str]]] = {
    "/article.txt": lambda: _("The text of the article as it was read, to the byte."),
    "/article.wiki": lambda: _("The wikitext of the article as it was read, to the byte."),
    "/source.ttl": lambda: _("Which article it is, and how its copy came here."),
}
_OF_VERSION: Final[Mapping[str, Callable[[], str]]] = {
    ".bag.zip": lambda: _("All other files but SHA256SUMS, as a bag (BagIt 1.0) in one ZIP file."),
    ".jsonld": lambda: _("The same triples, for programs that read JSON."),
    ".nq": lambda: _("Every statement with its graph, sorted: the canonical form. If you keep one file, keep this."),
    ".nt": lambda: _("The graphs merged, one triple a line, sorted."),
    ".rdf": lambda: _("The same triples, for programs that read XML."),
    ".trig": lambda: _("The same quads, written for people."),
    ".ttl": lambda: _("The same triples as in the N-Triples, written for people."),
}
_ENDS: Final = {"sources/articles/": _OF_ARTICLE, "battlegraph-": _OF_VERSION}


def purpose(name: str) -> str | None:
    """Return what the file of this name is for, None where its name says all that we know."""
    words = _FILES.get(name)
    if words is None:
        ends = next((ends for start, ends in _ENDS.items() if name.startswith(start)), {})
        words = next((said for suffix, said in ends.items() if name.endswith(suffix)), None)
    return words() if words else None
