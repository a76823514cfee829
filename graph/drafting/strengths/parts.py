"""Lines of strengths taken apart: their figures, with the claimants and headings that stand in the line itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.pointers import leads_away
from graph.drafting.document import Document, Field, Form, Line, Words
from graph.drafting.figures import read_strength_line
from graph.drafting.ledger import Ledger
from graph.drafting.lists.claimants import Claim, Reach, claims_in, name_in
from graph.drafting.lists.headings import Heading, Kind, classify, headings_in
from graph.drafting.lists.strips import whole
from graph.drafting.losses.forces import names_force, rule_of
from graph.drafting.reading import Figure, Named

_COUNT: Final = r"(?:[~\u2248]\s?|c\.\s?|at least |about |some |over |up to )?\d|unknown\b|several\b|unspecified\b"
# From the first white space of each run on, so that a run is looked at once.
_NEXT_CELL: Final = re.compile(rf"(?<!\s)\s++(?={_COUNT})", re.IGNORECASE)
_LONGEST_HEADING: Final = 120


@dataclass(frozen=True, slots=True)
class Over:
    """A heading: its words, what it names, and of a claimant who that is."""

    words: Words
    kind: Kind
    name: str
    claimant: Named | None = None
    is_force: bool = False
    """Whether it names a part of the side; one of `Kind.FORCE` that does not limits its figures."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or the part of it that is of one column."""

    line: Line
    gap: bool
    """Another part of the same line stands before it, which is of the first column."""
    figures: tuple[Figure, ...]
    headings: tuple[Over, ...]
    """Those that stand in it, before its figures."""


def parts_of(field: Field, document: Document, ledger: Ledger, members: Sequence[str] = ()) -> Iterator[Part]:
    """Yield the parts of a field's lines, and note in the ledger what was read of them."""
    for index, line in enumerate(field.lines):
        if (reason := leads_away(line.text)) and not any(letter.isdigit() for letter in line.text):
            ledger.ignore(index, 0, len(line.text), reason)
            continue
        cuts = _cells(line) if field.columns_lost and document.form is Form.RENDERED else ()
        edges = [0, *cuts, len(line.text)]
        for at, start in enumerate(edges[:-1]):
            yield _part(line, (start, edges[at + 1]), _Note(ledger, index), members)


@dataclass(frozen=True, slots=True)
class _Note:
    ledger: Ledger
    index: int

    def read(self, start: int, end: int, rule: str) -> None:
        self.ledger.read(self.index, start, end, rule)

    def ignore(self, start: int, end: int, reason: str) -> None:
        self.ledger.ignore(self.index, start, end, reason)


def _cells(line: Line) -> tuple[int, ...]:
    """Return where the second cell begins in a line: "~3,000[1] ~12,000[2]", "Unknown 500", "18,000 9,000".

    Of several such places none is known to be that of the columns.
    """
    text = line.text
    marked = {mark.at for mark in line.marks}
    begins = len(text) - len(text.lstrip())
    found: list[int] = []
    for space in _NEXT_CELL.finditer(text, begins):
        at = space.start()
        last = text[max(at - 12, begins) : at].split()[-1:]
        unknown = bool(last) and last[0].casefold() in {"unknown", "unspecified"}
        joined = text[at - 1].isdigit() and text[space.end()].isdigit()
        if at > begins and text[at - 1] not in ",;:(" and (at in marked or unknown or joined or len(space[0]) > 1):
            found.append(at)
    return tuple(found) if len(found) == 1 else ()


def _part(line: Line, stretch: tuple[int, int], note: _Note, members: Sequence[str]) -> Part:
    text, (start, end) = line.text, stretch
    headings = [_moved(one, start) for one in headings_in(text[start:end])] or _alone(line, start, end)
    claims = [one for one in claims_in(text) if start <= one.start < end and not _within(one, headings)]
    without = [(0, start), (end, len(text))]
    without += [(one.start, one.end) for one in headings]
    without += [(one.start, one.end) for one in claims]
    read = read_strength_line(line, sorted(one for one in without if one[0] < one[1]))
    for first, last, rule in read.read:
        note.read(first, last, rule)
    for first, last, reason in read.ignored:
        note.ignore(first, last, reason)
    for heading in headings:
        note.read(heading.start, heading.end, rule_of(heading, line, members))
    free, rivals = [one for one in claims if one.within is None], [one for one in claims if one.within]
    spoken = [_speaker(figure.words.start, free, rivals) for figure in read.strengths]
    for claim in claims:
        if any(one is claim for one in spoken):
            note.read(claim.start, claim.end, claim.rule)
    figures = tuple(_own(figure, claim, line, stretch) for figure, claim in zip(read.strengths, spoken, strict=True))
    return Part(line, start > 0, figures, tuple(_over(line, one, members) for one in headings))


def _alone(line: Line, start: int, end: int) -> list[Heading]:
    """Return the heading that a line is without a colon: "First wave", or whatever is printed as one."""
    if end - start > _LONGEST_HEADING or any(letter.isdigit() for letter in line.text[start:end]):
        return []
    heading = classify(line.text, start, end, end)
    return [heading] if heading and (line.heading or heading.kind is Kind.PHASE) else []


def _moved(heading: Heading, by: int) -> Heading:
    return replace(
        heading,
        start=heading.start + by,
        stop=heading.stop + by,
        end=heading.end + by,
        name_start=heading.name_start + by,
        name_end=heading.name_end + by,
    )


def _within(claim: Claim, headings: list[Heading]) -> bool:
    at = bisect_right(headings, claim.start, key=lambda heading: heading.start) - 1
    return at >= 0 and claim.start < headings[at].end


def _over(line: Line, heading: Heading, members: Sequence[str]) -> Over:
    words = Words(line, heading.start, heading.stop)
    if heading.kind is not Kind.CLAIMANT:
        return Over(words, heading.kind, heading.name, is_force=names_force(heading, line, members))
    claimant = name_in(whole(line), heading.name, heading.name_start, heading.name_end)
    return Over(words, heading.kind, heading.name, claimant)


def _speaker(at: int, free: list[Claim], rivals: list[Claim]) -> Claim | None:
    """Return the claimant whose reach a place is in; inside the bracket of a rival, that one."""
    place = bisect_left(rivals, at, key=lambda claim: claim.start)
    for claim in rivals[max(place - 1, 0) : place + 1]:
        if claim.within is not None and claim.within[0] <= at < claim.within[1]:
            return claim
    place = bisect_left(free, at, key=lambda claim: claim.start)
    behind = free[place] if place < len(free) and free[place].reach is Reach.BEFORE else None
    before = free[place - 1] if place and free[place - 1].reach is Reach.BEHIND else None
    return behind or before


def _own(figure: Figure, claim: Claim | None, line: Line, stretch: tuple[int, int]) -> Figure:
    """Return the figure with the claimant whose reach it is in, and without the marks of another cell."""
    marks = tuple(mark for mark in figure.marks if stretch[0] < mark.at <= stretch[1])
    figure = replace(figure, marks=marks, object=single_spaced(figure.object) if figure.object else None)
    if claim is None:
        return figure
    scope = single_spaced(line.text[slice(*claim.scope)]) if claim.scope else None
    inside = figure.included_in if claim.within is None else None
    return replace(figure, claimant=claim.named(whole(line)), scope=figure.scope or scope, included_in=inside)
