"""Where viewpoints meet: the rows in which they name the same, differ or are rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.terms.labels import Shown
from server.viewpoints.comparison import Row, Table
from server.viewpoints.sayings import Section
from server.viewpoints.verdicts import Relation, Verdict

_TELLING: Final = (Relation.RIVALS, Relation.DIFFER, Relation.ALIKE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A row in which viewpoints name the same, differ or are rivals."""

    section: Section
    about: Shown | None
    row: Row
    verdict: Verdict


def find_meetings(tables: Sequence[Table]) -> list[Meeting]:
    """Return the meetings in these tables: rivals first, then differences, then what is named alike."""
    found = [
        Meeting(table.section, group.heading, row, verdict)
        for table in tables
        for group in table.groups
        for row in group.rows
        for verdict in row.verdicts
        if verdict.relation in _TELLING
    ]
    # Rivals that stand in two rows are told of in each of them, and here once.
    once = {(m.verdict.relation, frozenset(s.claim.iri for s in m.verdict.sayings)): m for m in reversed(found)}
    return sorted(once.values(), key=lambda m: (_TELLING.index(m.verdict.relation), found.index(m)))
