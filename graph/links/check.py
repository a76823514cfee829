"""All links to Wikidata, looked up and told: one row for each thing that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from graph.issues import shown
from graph.links.holdings import Holdings
from graph.links.record import records
from graph.links.verdict import Status, Verdict, judge
from graph.links.wikibase import Wikibase
from graph.namespaces import CANONICAL_BASE, SKOS
from graph.turtle import shown_iri

COLUMNS: Final = ("entity", "thing", "relation", "found", "detail", "place")


def check(holdings: Holdings, wikibase: Wikibase) -> tuple[Verdict, ...]:
    """Return what a Wikibase says of all that is recorded; never raises for what the service does."""
    recorded = tuple(records(holdings))
    answers = wikibase.entities({record.entity for record in recorded})
    register = register_of(wikibase)
    return tuple(judge(record, answers[record.entity], register, wikibase.is_below) for record in recorded)


def register_of(wikibase: Wikibase) -> str:
    """Return the name under which evidence speaks of a Wikibase: its host."""
    return urlsplit(wikibase.client.endpoint).netloc.rpartition("@")[2]


def rows(verdicts: Iterable[Verdict]) -> list[tuple[str, ...]]:
    """Return the rows of the report, what needs somebody first."""
    found = [
        (
            verdict.record.entity,
            thing(verdict.record.subject),
            verdict.record.relation.removeprefix(SKOS),
            str(finding.status),
            finding.detail,
            _place(verdict),
        )
        for verdict in verdicts
        for finding in verdict.findings
    ]
    return sorted(found, key=lambda row: row[3] == Status.HOLDS)


def table(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table of tab-separated values; no value has a tab or a line end of its own."""
    return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in (columns, *lines))


def summary(verdicts: Iterable[Verdict]) -> str:
    """Return the counts of the report on one line."""
    counted = Counter(finding.status for verdict in verdicts for finding in verdict.findings)
    return ", ".join(f"{status}: {counted[status]}" for status in Status if counted[status]) or "nothing to check"


def thing(iri: str) -> str:
    """Return a thing of ours as a row names it: its path, or a term with its prefix."""
    return iri.removeprefix(CANONICAL_BASE + "id/") if iri.startswith(CANONICAL_BASE + "id/") else shown_iri(iri)


def _place(verdict: Verdict) -> str:
    record = verdict.record
    line = record.file.line_of(record.link or record.subject)
    return f"{shown(record.file.path)}:{line}" if line else shown(record.file.path)
