"""The claims of a comparison as a table for spreadsheets and data frames (RFC 4180).

One row a claim, in English, with the figures as plain numbers and the days as ISO 8601.
A claim without a figure has empty counts: `value_status` says why. An apostrophe goes
before text that a spreadsheet would run as a formula (see `server.terms.spreadsheets`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from server.terms.labels import Shown
from server.terms.spreadsheets import guard
from server.viewpoints.comparison import Table
from server.viewpoints.sayings import Saying

COLUMNS: Final = (
    "section", "about", "subject", "viewpoint", "says", "min_count", "max_count", "earliest", "latest", "when",
    "certainty", "value_status", "source_status", "references", "quotes", "may_overlap_with", "incompatible_with",
    "claim",
)  # fmt: skip


def write_csv(tables: Iterable[Table]) -> str:
    """Return the CSV of these tables; several values in one field are separated by ` | `."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for table in tables:
        for group in table.groups:
            for row in group.rows:
                for saying in row.sayings:
                    record = _record(table, group.heading, saying)
                    writer.writerow([guard(field) if isinstance(field, str) else field for field in record])
    return out.getvalue()


def _record(table: Table, about: Shown | None, saying: Saying) -> tuple[object, ...]:
    claim, figure, when = saying.claim, saying.figure, saying.when
    return (
        table.section.value,
        _text(about),
        ", ".join(part.text for part in saying.subject),
        claim.viewpoint.text,
        saying.text,
        figure.least if figure else None,
        figure.most if figure else None,
        when.earliest if when else None,
        when.latest if when else None,
        _join(when.lexical if when else ()),
        _text(claim.certainty),
        _text(claim.value_status),
        _text(claim.source_status),
        _join(reference.text for reference in claim.references),
        _join(quote.text for quote in claim.quotes),
        _join(saying.overlaps),
        _join(saying.rivals),
        claim.iri,
    )


def _text(shown: Shown | None) -> str:
    return shown.text if shown else ""


def _join(values: Iterable[str]) -> str:
    return " | ".join(values)
