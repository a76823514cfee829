"""The companion of the command file: each claim that is not in it, with the reason (tab-separated values)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graph.namespaces import BG
from server.terms.labels import Labels
from server.terms.links import Links
from server.terms.spreadsheets import guard
from server.wikidata.items import Items
from server.wikidata.mapping import NOT_EXPORTED
from server.wikidata.reasons import EXPLANATIONS
from server.wikidata.records import read_record
from server.wikidata.rows import tsv_row
from server.wikidata.statements import Held

COLUMNS: Final = (
    "claim",
    "label",
    "according_to",
    "words",
    "reason",
    "meaning",
    "detail",
    "remedy",
    "needs_item_of",
    "recorded_candidate",
)


def review_rows(items: Items, labels: Labels, links: Links, held: Iterable[Held]) -> Iterator[str]:
    """Yield a row for each claim, without the head and without line ends."""
    for one in held:
        claim, explanation = read_record(items.store, one.claim), EXPLANATIONS[one.reason]
        # It is read in spreadsheets, and the words are anybody's.
        yield tsv_row(
            [
                guard(field)
                for field in (
                    one.claim,
                    labels.label(one.claim).text,
                    labels.label(claim.first(BG + "accordingTo") or "").text,
                    " | ".join(claim.texts(BG + "lexical")),
                    one.reason.value,
                    str(explanation.meaning),
                    " | ".join(_detail(labels, iri) for iri in one.cites),
                    str(explanation.remedy),
                    " | ".join(links.entity_name(thing) or thing for thing in one.things),
                    " | ".join(candidate.words for thing in one.things for candidate in items.candidates(thing)),
                )
            ]
        )


def _detail(labels: Labels, iri: str) -> str:
    """Return what a reason speaks of: why a property is not used, a term's label, or a claim with its IRI."""
    if iri in NOT_EXPORTED:
        return str(NOT_EXPORTED[iri])
    return f"{labels.label(iri).text} <{iri}>" if "/id/" in iri else labels.label(iri).text
