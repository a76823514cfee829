"""README.txt: what a release holds and what it does not, where that comes from, and how to verify it.

Plain text that needs no software of ours. What can be counted is counted from the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from server.description.making import SOURCES_ALGORITHM
from server.description.publication import Publication
from server.releases.inventory import BESIDE, CHANGES, FILES, GRAPHS
from server.releases.lettering import entry, wrapped
from server.releases.release import Release

_VIEWPOINT: Final = "viewpoint/"
_MOST_TEXTS: Final = 20
"""Articles that the text tells one by one."""

_README: Final = """\
{title}
Version {version}, {modified}

WHAT THIS IS

{description}

WHERE THE TEXT COMES FROM

{provenance}
WHAT IT HOLDS

{holdings}

A claim (bg:Claim) has exactly one viewpoint that asserts it (bg:accordingTo),
the article it was taken from, and the words it rests on (bg:quote in the
sources, bg:anchor here). Claims contradict each other where the article's
viewpoints do; none of them is endorsed by being here. A figure that the
article leaves blank is said to be blank, which is not zero. Nothing is added
up, averaged or guessed.

Where the curators had to decide how to read the words, bg:readingNote says
what they decided; such a reading is theirs, not the claimant's.

The graphs, with the statements in each:

{graphs}
ontology/battlegraph.ttl (vocabulary version {vocabulary}) defines every term.

THE FILES

{files}
{beside}
HOW TO VERIFY

The files, with GNU coreutils or anything that computes SHA-256 (FIPS 180-4),
in the folder of SHA256SUMS:

    sha256sum -c SHA256SUMS

or, where this file lies in an unpacked bag, in the folder of bagit.txt:

    sha512sum -c manifest-sha512.txt
    sha256sum -c manifest-sha256.txt

The data, whether read from N-Quads or TriG: there are no blank nodes, so
write each quad as a line of canonical N-Quads (one space between terms,
literals escaped as RDFC-1.0 prescribes), sort the lines by code point, leave
out repeated ones, and take the SHA-256. It has to be

    {digest}

Read from any other format, the triples give, written in the same way as
canonical N-Triples, the SHA-256 of {stem}.nt.

The compressed bytes of *.gz and of the bag depend on the version of the
compression library; what is in them does not.

HOW IT WAS MADE

Dates are those of the data's version, not of the computer that wrote the
files. The same sources and software give the same files: battlegraph
{software}, and the sources in sources/, ontology/ and shapes/. The SHA-256
of both is

    {sources}

{algorithm}

Validation against shapes/: {verdict}

TERMS OF USE

Licence: {license}
{rights}
What comes from elsewhere, and what has another licence: LICENSE.txt.

The identifier of this release: {iri}
"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much of what a dataset holds."""

    graphs: Mapping[str, int]
    """The statements of each named graph, by its name, as `viewpoint/azerbaijan`."""
    claims: int

    @property
    def viewpoints(self) -> Mapping[str, int]:
        """Those of the graphs that hold what one viewpoint asserts."""
        return {name: count for name, count in self.graphs.items() if name.startswith(_VIEWPOINT)}


def readme_text(publication: Publication, release: Release, holdings: Holdings) -> str:
    """Return the text that explains the release."""
    record = release.record
    files = {**FILES, **(CHANGES if record.previous else {})}
    values = {"stem": release.stem, "previous": record.previous}
    return _README.format(
        title=wrapped(publication.title or "A dataset without a title"),
        description=wrapped(publication.description or "It has no description of itself."),
        provenance=_provenance(publication),
        holdings=wrapped(_tell(holdings, record.quads, record.triples)),
        graphs="".join(_each_graph(holdings)),
        license=publication.license or "none stated",
        rights=wrapped(publication.rights or ""),
        version=record.version,
        modified=record.modified,
        vocabulary=record.vocabulary,
        software=record.software,
        sources=record.sources,
        algorithm=wrapped(SOURCES_ALGORITHM),
        digest=record.digest,
        stem=release.stem,
        verdict="it conforms." if publication.conforms_to else "there are results; see validation-report.ttl.",
        iri=release.iri,
        files="".join(entry(name.format(**values), text.format(**values)) for name, text in files.items()),
        beside="Not in the bag, but beside it:\n\n"
        + "".join(entry(name.format(**values), text.format(**values)) for name, text in BESIDE.items()),
    )


def _provenance(publication: Publication) -> str:
    told = [(source.title or source.article, source) for source in publication.texts]
    texts = [
        entry(title, f"{source.provenance or 'Not told.'} SHA-256 of the text as it was read: {source.digest}.")
        for title, source in told[:_MOST_TEXTS]
    ]
    if len(told) > _MOST_TEXTS:
        texts.append(f"and {len(told) - _MOST_TEXTS:,} more: the graph dataset says it of each.\n")
    return "".join(texts) or "It does not say.\n"


def _tell(holdings: Holdings, quads: int, triples: int) -> str:
    asserted = sum(holdings.viewpoints.values())
    return (
        f"The data is {quads:,} statements (quads, in named graphs), which are {triples:,} different triples when the "
        f"graphs are merged. {asserted:,} of the statements make up the {holdings.claims:,} claims of the "
        f"{len(holdings.viewpoints):,} viewpoints, each with what it says, its words and its source. The other "
        f"{quads - asserted:,} are not asserted by any viewpoint: they are what claims speak of and rest on, what "
        "follows from them, and what describes the data."
    )


def _each_graph(holdings: Holdings) -> Iterator[str]:
    counts = {"viewpoint/*": sum(holdings.viewpoints.values()), **holdings.graphs}
    for name, text in GRAPHS.items():
        if counts.get(name):
            yield entry(f"{name} ({counts[name]:,})", text)
