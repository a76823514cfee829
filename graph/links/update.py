"""What a check's findings change in the authored cross-links.

Each cross-link that was looked up gets what was seen as evidence, and the day. Something
gone is held back, something contradicted becomes a close match at most, and no confidence
is ever raised: that, and following a redirect, is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from graph.issues import Fault, Issues, shown
from graph.links.amendment import Change, amend
from graph.links.holdings import CLOSE, EXACT, Holdings
from graph.links.record import CONFIDENCE, EVIDENCE, RELATION
from graph.links.sighting import Sighting, same_but_for_the_day
from graph.links.verdict import Status, Verdict
from graph.links.whole_files import write_whole
from graph.links.wikibase import Unanswered
from graph.namespaces import BG, DCTERMS, XSD
from graph.turtle import TurtleFile, read_text

_DATE: Final = DCTERMS + "date"
# From the highest to the lowest; what is unconfirmed is not published at all.
_CONFIDENCES: Final = tuple(BG + name for name in ("Corroborated", "SingleSource", "Contradicted", "Unconfirmed"))


@dataclass(frozen=True, slots=True)
class Amended:
    """One cross-link that changes more than its evidence and date."""

    link: str
    told: str


@dataclass(frozen=True, slots=True)
class Update:
    """New texts of authored files, not yet written."""

    texts: Mapping[TurtleFile, str]
    amended: tuple[Amended, ...]

    def write(self) -> None:
        """Write all files, or none where one has changed meanwhile or cannot be written; then raise `Fault`."""
        for file in self.texts:
            if read_text(file.path) != file.text:
                raise Fault(f"{shown(file.path)} was changed while it was checked; nothing was written: check again")
        write_whole({file.path: text for file, text in self.texts.items()})


def plan(verdicts: Iterable[Verdict], holdings: Holdings, register: str, day: date) -> Update:
    """Return what the verdicts change; raise `InvalidSources` where a file is written too oddly to be amended."""
    changes: dict[TurtleFile, list[Change]] = {}
    amended: list[Amended] = []
    for verdict in verdicts:
        record = verdict.record
        if record.link is None or isinstance(verdict.answer, Unanswered):
            continue
        sighting = Sighting(register, day, record.entity, verdict.answer, verdict.against)
        own = changes.setdefault(record.file, [])
        own += _sighted(record.link, record.evidence, sighting, holdings)
        lowered = list(_lowered(verdict))
        own += lowered
        if lowered:
            told = " and ".join(f"{_name(c.old)} to {_name(c.new)}" for c in lowered)
            amended.append(Amended(record.link, f"lowered from {told}"))
    issues = Issues()
    texts: dict[TurtleFile, str] = {}
    for file, own in changes.items():
        with issues.gathering():
            texts[file] = amend(file, own)
    issues.raise_any()
    return Update({file: text for file, text in texts.items() if text != file.text}, tuple(amended))


def _sighted(link: str, evidence: Iterable[ox.Literal], sighting: Sighting, holdings: Holdings) -> Iterator[Change]:
    new = ox.Literal(str(sighting), language="en")
    # A check that sees what an earlier one saw takes its place, so that the evidence grows by what is new only.
    old = next((one for one in evidence if same_but_for_the_day(one.value, sighting)), None)
    if old != new:
        yield Change(link, EVIDENCE, new, old)
    day = ox.Literal(sighting.day.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    for written in holdings.literals(link, _DATE)[:1]:
        if written != day:
            yield Change(link, _DATE, day, written)


def _lowered(verdict: Verdict) -> Iterator[Change]:
    record = verdict.record
    lowest = next(
        (
            confidence
            for status, confidence in ((Status.MISSING, "Unconfirmed"), (Status.CONTRADICTED, "Contradicted"))
            if verdict.has(status)
        ),
        None,
    )
    if lowest is None or record.link is None or record.confidence not in _CONFIDENCES:
        return
    if _CONFIDENCES.index(record.confidence) < _CONFIDENCES.index(BG + lowest):
        old = ox.NamedNode(record.confidence)
        yield Change(record.link, CONFIDENCE, ox.NamedNode(BG + lowest), old)
    if verdict.has(Status.CONTRADICTED) and record.relation == EXACT:
        yield Change(record.link, RELATION, ox.NamedNode(CLOSE), ox.NamedNode(EXACT))


def _name(node: ox.NamedNode | ox.Literal | None) -> str:
    return node.value.rpartition("#")[2] if node is not None else ""
