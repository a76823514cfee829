"""All claims of the dataset as a table for spreadsheets and data frames (RFC 4180), one row a claim.

Beside `/viewpoints/{slug}.csv`, which sorts one article's claims into what they speak of,
this is the plain record of each: nothing is compared, and a claim without a figure has an
empty one, of which `value_status` says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, RDF
from graph.store import Store
from server.terms.anchors import anchors_of, read_anchor
from server.terms.labels import Labels
from server.wikidata.claim_columns import SEPARATOR
from server.wikidata.mapping import property_of
from server.wikidata.records import Record, read_record
from server.wikidata.rows import csv_row

_CLAIM: Final = BG + "Claim"


def claim_rows(store: Store, labels: Labels, claims: Iterable[str]) -> Iterator[str]:
    """Yield a row for each claim, without the head, with line ends."""
    for iri in claims:
        yield csv_row(_fields(store, labels, read_record(store, iri)))


def short_name(claim: str) -> str:
    """Return what the IRI of a claim has after `/id/claim/`; of one that is named in another way, the whole IRI.

    >>> short_name("https://e.org/id/claim/battle/result")
    'battle/result'
    """
    return claim.partition("/id/claim/")[2] or claim


def _fields(store: Store, labels: Labels, claim: Record) -> tuple[object, ...]:
    def name(property_: str) -> str:
        return SEPARATOR.join(labels.label(iri).text for iri in claim.iris(property_))

    kinds = [iri for iri in claim.iris(RDF + "type") if iri.startswith(BG) and iri != _CLAIM]
    objects = (*map(labels.label, claim.iris(RDF + "object")),)
    subject = claim.iris(RDF + "subject") or claim.iris(BG + "inEvent")
    references = claim.iris(BG + "citesReference")
    titles = (title for iri in references for title in read_record(store, iri).texts(DCTERMS + "title"))
    found = (read_anchor(store, iri) for iri in anchors_of(store, ox.NamedNode(claim.iri)))
    anchors = sorted((anchor for anchor in found if anchor is not None), key=lambda anchor: (anchor.start, anchor.end))
    return (
        claim.iri,
        labels.label(claim.iri).text,
        SEPARATOR.join(iri.removeprefix(BG) for iri in kinds),
        claim.first(BG + "inArticle"),
        claim.first(BG + "accordingTo"),
        name(BG + "accordingTo"),
        SEPARATOR.join(labels.label(iri).text for iri in subject),
        SEPARATOR.join(subject),
        name(RDF + "predicate"),
        next(filter(None, map(property_of, (*claim.iris(RDF + "predicate"), *claim.iris(BG + "effect")))), ""),
        SEPARATOR.join((*(one.text for one in objects), *claim.texts(RDF + "object"))),
        SEPARATOR.join(claim.iris(RDF + "object")),
        name(BG + "lossOf"),
        name(BG + "lossType"),
        SEPARATOR.join(claim.iris(BG + "lossType")),
        name(BG + "effect"),
        claim.text(BG + "minCount"),
        claim.text(BG + "maxCount"),
        claim.text(BG + "earliestDate"),
        claim.text(BG + "latestDate"),
        name(BG + "certainty"),
        name(BG + "valueStatus"),
        name(BG + "sourceStatus"),
        SEPARATOR.join(references),
        SEPARATOR.join(titles),
        SEPARATOR.join(anchor.quote for anchor in anchors),
        SEPARATOR.join(f"{anchor.start}-{anchor.end}" for anchor in anchors),
        SEPARATOR.join(map(short_name, claim.iris(BG + "mayOverlapWith"))),
        SEPARATOR.join(map(short_name, claim.iris(BG + "incompatibleWith"))),
        SEPARATOR.join(claim.texts(BG + "readingNote")),
        name(BG + "reportedClaimant"),
        SEPARATOR.join(claim.texts(BG + "whenLexical")),
        claim.text(BG + "countStated"),
        name(BG + "reviewStatus"),
    )
