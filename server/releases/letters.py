"""The texts of a release for people: what the files are, and under which licence the data is.

Written for a reader who has nothing but the files, in thirty years: plain text that needs
no software of ours, and standards by name and number.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

from server.description.licences import find_licence
from server.description.publication import Publication
from server.releases.release import Release

_WIDTH: Final = 78
_INDENT: Final = "    "

_README: Final = """\
{title}
Version {version}, {modified}

WHAT THIS IS

{description}

A statement is a claim (bg:Claim) with exactly one viewpoint that asserts it
(bg:accordingTo), the article it was taken from, and the words it rests on
(bg:quote, bg:anchor). Claims contradict each other where the article's
viewpoints do; none of them is endorsed by being here. A figure that the
article leaves blank is said to be blank, which is not zero. Nothing is added
up, averaged or guessed.

The data is {quads} statements (quads, in named graphs), which are {triples}
different triples when the graphs are merged. Everything said by one viewpoint
is in the graph of its name. ontology/battlegraph.ttl (vocabulary version
{vocabulary}) defines every term.

THE FILES

{files}
HOW TO VERIFY

The files, with GNU coreutils or anything that computes SHA-256 (FIPS 180-4):

    sha256sum -c SHA256SUMS

The data, whether read from N-Quads or TriG: there are no blank nodes, so
write each quad as a line of canonical N-Quads (one space between terms,
literals escaped as RDFC-1.0 prescribes), sort the lines by code point, leave
out repeated ones, and take the SHA-256. It has to be

    {digest}

Read from any other format, the triples give, written in the same way as
canonical N-Triples, the SHA-256 of {stem}.nt.

The bag, after unpacking: every line of manifest-sha256.txt, or any program
that validates BagIt.

The compressed bytes of *.gz and of the bag depend on the version of the
compression library; what is in them does not.

Dates are those of the data's version, not of the computer that wrote the
files. The same sources and software give the same files: battlegraph
{software}, and sources whose SHA-256, as battlegraph computes it, is

    {sources}

TERMS OF USE

Licence: {license}
{rights}
See LICENSE.txt.

Where this release was published: {iri}
"""
_FILES: Final[Mapping[str, str]] = {
    "{stem}.nq": "N-Quads 1.1 (W3C Recommendation, 2014): every statement with its graph, one on a line, UTF-8, "
    "sorted. The file to keep if only one can be kept.",
    "{stem}.trig": "TriG (W3C Recommendation, 2014): the same, written for people.",
    "{stem}.nt": "N-Triples (W3C Recommendation, 2014): the graphs merged, one triple on a line, sorted.",
    "{stem}.ttl": "Turtle (W3C Recommendation, 2014): the same triples, written for people.",
    "{stem}.jsonld": "JSON-LD 1.1 (W3C Recommendation, 2020): the same triples.",
    "{stem}.rdf": "RDF/XML (W3C Recommendation, 2014): the same triples.",
    "*.gz": "The file of that name without .gz, compressed by gzip (RFC 1952).",
    "graphs/": "Each named graph alone, as Turtle. graphs/viewpoint/ has what each viewpoint is said to assert, as "
    "N-Triples too.",
    "claims.csv": "A row for each claim: who says what, on which source, in which words (CSV, RFC 4180).",
    "places.geojson": "The places, with the coordinates of those that have any, which come from outside the articles "
    "(GeoJSON, RFC 7946).",
    "ontology/": "The vocabulary as it was written; questions/ has queries (SPARQL 1.1) and says what they ask.",
    "shapes/": "What the data had to conform to (SHACL); checks/ has checks in SPARQL.",
    "validation-report.ttl": "What validation found in this version (SHACL).",
    "description.ttl, description.jsonld": "The release described by DCAT 3, VoID and PROV.",
    "schema-org.jsonld, datacite.json, CITATION.cff": "The same for schema.org, for DataCite and for those who cite it "
    "(Citation File Format).",
    "ro-crate-metadata.json": "Every file described; with it this folder is an RO-Crate (1.2).",
    "release.json": "What this is a release of, for programs.",
    "{stem}.bag.zip": "All other files as a bag (BagIt 1.0, RFC 8493) in one ZIP file, for a repository that takes one "
    "file.",
    "RDFC-1.0.sha256": "SHA-256 of the dataset in canonical form (W3C Recommendation RDF Dataset Canonicalization, "
    "RDFC-1.0), which is that of {stem}.nq.",
    "SHA256SUMS": "SHA-256 of every file but itself.",
}
_CHANGES: Final[Mapping[str, str]] = {
    "changes.rdfp, changes.json, changes.md": "What changed since version {previous}: as an RDF Patch, for programs, "
    "and to read.",
}
_LICENCE: Final = """\
{title}
Version {version}

DATA

Everything in this release except ontology/ and shapes/ is under

    {name}
    {license}

{rights}

Whoever passes it on credits as above, links the licence, says what was
changed, and keeps the same licence for what is derived from it.

VOCABULARY

ontology/ and shapes/ are dedicated to the public domain:

    Creative Commons CC0 1.0 Universal
    https://creativecommons.org/publicdomain/zero/1.0/
"""


def readme_text(publication: Publication, release: Release) -> str:
    """Return the text that explains the release."""
    record = release.record
    files = {**_FILES, **(_CHANGES if record.previous else {})}
    values = {"stem": release.stem, "previous": record.previous}
    return _README.format(
        title=_wrapped(publication.title or "A dataset without a title"),
        description=_wrapped(publication.description or "It has no description of itself."),
        license=publication.license or "none stated",
        rights=_wrapped(publication.rights or ""),
        version=record.version,
        modified=record.modified,
        vocabulary=record.vocabulary,
        software=record.software,
        sources=record.sources,
        digest=record.digest,
        stem=release.stem,
        quads=f"{record.quads:,}",
        triples=f"{record.triples:,}",
        iri=release.iri,
        files="".join(_entry(name.format(**values), text.format(**values)) for name, text in files.items()),
    )


def licence_text(publication: Publication, release: Release) -> str:
    """Return the text that says who may do what with the data, and whom to credit."""
    license_ = publication.license or "none stated"
    return _LICENCE.format(
        title=_wrapped(publication.title or "A dataset without a title"),
        version=release.version,
        name=find_licence(license_).name,
        license=license_,
        rights=_wrapped(publication.rights or ""),
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _entry(name: str, text: str) -> str:
    told = textwrap.fill(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)
    return f"{name}\n{told}\n"
