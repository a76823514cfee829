"""The losses of an article: its casualties fields, row by row, with the side and the claimant of each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.accounting import Taken, portions
from graph.drafting.actors.belligerents import roster
from graph.drafting.actors.columns import Placed, Roster
from graph.drafting.document import Document, Field, Line, Mark, Words
from graph.drafting.figures import objects, read_line
from graph.drafting.figures.line import Inherited
from graph.drafting.lists.claimants import name_in
from graph.drafting.lists.headings import Kind
from graph.drafting.lists.lexicon import EFFECTS, TOTALS
from graph.drafting.lists.strips import Strip
from graph.drafting.losses.asides import COPY, copied, with_asides
from graph.drafting.losses.attribution import attributed, claim_of, is_of_bound
from graph.drafting.losses.authors import surnames, with_authors
from graph.drafting.losses.cells import parted
from graph.drafting.losses.contexts import Entry, Outline
from graph.drafting.losses.doubtful import settled
from graph.drafting.losses.forces import names_force, rule_of
from graph.drafting.losses.parts import Wholes
from graph.drafting.losses.rows import LONGEST, Row, rows_of, taken
from graph.drafting.losses.siblings import Siblings
from graph.drafting.losses.sides import NOT_TOLD, sides_of
from graph.drafting.losses.tails import nations_in
from graph.drafting.reading import Disposal, FieldReading, Loss, Named, Portion

_UNREAD: Final = "The words of the casualties were not understood."
_UNPLACED: Final = "It is not told which figure the claimant gives."
_TOO_LONG: Final = "The line is too long for one of a casualties field."
_BLOCK: Final = 2
"""Headings that are repeated by chance no more."""
_REPEATED: Final = "The headings of the lists are printed once more, without the lists."


def read_losses(document: Document) -> tuple[tuple[Field, FieldReading], ...]:
    """Return the losses of each casualties field, with what became of every word of it."""
    members = roster(document)
    article = _Article(
        members,
        surnames(document),
        tuple(line for field in document.of("strength") for line in field.lines),
        Siblings(document, members),
    )
    return tuple((one, _FieldReader(one, article).read()) for one in document.of("casualties"))


@dataclass(frozen=True, slots=True)
class _Article:
    """What the rest of an article tells of the names and lines of its casualties fields."""

    members: Roster
    authors: frozenset[str]
    strengths: tuple[Line, ...]
    siblings: Siblings


@dataclass(frozen=True, slots=True)
class _Open:
    """What the headings above a row lend it."""

    entries: tuple[Entry, ...]

    def last(self, *kinds: Kind) -> Entry | None:
        return next((one for one in reversed(self.entries) if one.heading.kind in kinds), None)

    def inherited(self) -> Inherited:
        effect = next((one.heading.effect for one in reversed(self.entries) if one.heading.effect), None)
        civil = self.last(Kind.CIVILIAN)
        thing = self.last(Kind.OBJECT)
        named = civil or thing
        return Inherited(effect, _counted(named) if named else None, civilian=civil is not None)

    def claimant(self) -> Named | None:
        entry = self.last(Kind.CLAIMANT)
        if entry is None:
            return None
        heading = entry.heading
        named = name_in(entry.headed, heading.name, heading.name_start, heading.name_end)
        return replace(named, marks=_marks_of(entry))

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks of the claimant's heading: they say where the claim is, and so stand for each figure."""
        entry = self.last(Kind.CLAIMANT)
        return _marks_of(entry) if entry else ()

    def names(self, *kinds: Kind) -> str | None:
        found = [one.heading.name for one in self.entries if one.heading.kind in kinds]
        return ": ".join(found) or None

    def forces(self, members: Sequence[str]) -> tuple[str | None, str | None]:
        """Return the parts of a side that the headings name, and what else they limit the figures to."""
        found = [
            (names_force(one.heading, one.headed.line, members), one.heading.name)
            for one in self.entries
            if one.heading.kind is Kind.FORCE
        ]
        force = ": ".join(name for is_force, name in found if is_force)
        return force or None, "; ".join(name for is_force, name in found if not is_force) or None

    def heading(self) -> Words | None:
        entry = self.last(Kind.CLAIMANT) or self.last(Kind.PHASE, Kind.FORCE, Kind.CIVILIAN) or self.last(*Kind)
        return Words(entry.headed.line, entry.heading.start, entry.heading.stop) if entry else None


class _FieldReader:
    """Reads one field; its account grows as the rows go by."""

    def __init__(self, field: Field, article: _Article) -> None:
        self._field = field
        self._article = article
        self._members = article.members
        self._names = [name for name, _ in article.members.members]
        self._taken: dict[int, list[Taken]] = {}
        self._losses: list[Loss] = []
        self._wholes = Wholes()

    def read(self) -> FieldReading:
        rows = with_asides(with_authors(rows_of(self._lines()), self._article.authors, self._names))
        rows = self._article.siblings.named(self._without_repetition(rows))
        if self._field.columns_lost:
            rows = parted(rows)
            placed = sides_of(rows, self._members)
        else:
            placed = (Placed(self._field.side),) * len(rows)
        outline = Outline(self._names)
        last_side = placed[0].side if placed else None
        sides: dict[int, int | None] = {}
        for row, side in zip(rows, placed, strict=True):
            if side.side != last_side:
                outline.close()
                self._wholes.close()
                last_side = side.side
            entries = outline.row(row)
            if row.heading and entries:
                sides[id(entries[-1])] = side.side
            self._row(row, _Open(entries), side)
        outline.close()
        empty = [
            (entry, sides.get(id(entry)))
            for entry in outline.closed
            if entry.list_depth is None and not entry.first_child
        ]
        return FieldReading(
            portions=tuple(self._portions()),
            losses=tuple(self._losses),
            empty_headings=tuple(_empty(entry, side) for entry, side in empty),
        )

    def _lines(self) -> tuple[Line, ...]:
        """Return the lines of the field without those that are printed a second time."""
        copies = copied(self._field.lines, self._article.strengths) if self._field.columns_lost else frozenset()
        for place in copies:
            line = self._field.lines[place]
            self._taken[id(line)] = [Taken(0, len(line.text), Disposal.IGNORED, COPY)]
        return tuple(line for place, line in enumerate(self._field.lines) if place not in copies)

    def _without_repetition(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return the rows without headings at the end that only repeat, in order, all headings before them."""
        names = [row.heading.name for row in rows if row.heading]
        half = len(names) // 2
        if half < _BLOCK or names[:half] != names[half:] or any(row.strip for row in rows[-half:]):
            return rows
        for row in rows[-half:]:
            if row.heading and row.headed:
                self._take(row.headed, row.heading.start, row.heading.stop, Disposal.IGNORED, _REPEATED)
        return rows[:-half]

    def _row(self, row: Row, above: _Open, side: Placed) -> None:
        if row.heading and row.headed:
            self._take(
                row.headed,
                row.heading.start,
                row.heading.stop,
                Disposal.READ,
                row.heading.rule or rule_of(row.heading, row.headed.line, self._names),
            )
        whole = self._wholes.of(row)
        if row.strip is None:
            return
        if len(row.text) > LONGEST:
            self._take(row.strip, 0, len(row.text), Disposal.UNREAD, _TOO_LONG)
            return
        if row.aside is not None:
            self._take(row.strip, 0, len(row.text), Disposal.UNREAD, row.aside)
            return
        lent = above.inherited()
        if whole and whole.opens and lent.effect is None:
            lent = replace(lent, effect=whole.effect)
        figures = read_line(row.strip.line, taken(row.claims), lent)
        for start, end, rule in figures.read:
            self._take(row.strip, start, end, Disposal.READ, rule)
        for start, end, reason in figures.ignored:
            self._take(row.strip, start, end, Disposal.IGNORED, reason)
        self._take_claims(row, row.strip, figures.losses)
        shift = len(self._losses)
        for loss in figures.losses:
            placed = self._placed(attributed(loss, row, above.claimant()), row, above, side, shift)
            self._losses.append(settled(self._wholes.part(placed, whole), self._losses))
        self._wholes.after(row, shift, self._losses)

    def _take_claims(self, row: Row, strip: Strip, losses: Sequence[Loss]) -> None:
        """Take the words of claimants as read where it is told which figure they give."""
        spoken = [(loss, claim_of(loss, row)) for loss in losses]
        told = {id(claim) for loss, claim in spoken if claim is not None and not is_of_bound(loss, claim)}
        for one in row.claims:
            disposal, why = (Disposal.READ, one.rule) if id(one) in told else (Disposal.UNREAD, _UNPLACED)
            self._take(strip, one.start, one.end, disposal, why)

    def _placed(self, loss: Loss, row: Row, above: _Open, side: Placed, shift: int) -> Loss:
        """Return a loss with what its row and the headings say of it."""
        force, limit = above.forces(self._names)
        entry = above.last(Kind.FORCE)
        named = self._members.side_of(entry.heading.name) if entry and side.side is None else None
        side = named if named and named.side else side
        if (
            force is None
            and row.strip
            and (flags := [whose for at, whose in row.strip.line.flags if at <= loss.words.start])
        ):
            force = ", ".join(flags)
        heading = row.heading
        if heading and heading.kind is Kind.EFFECT and row.headed and row.strip and loss.effect_words is None:
            # "Killed: 169": the figure says what it means only with its heading.
            (*_, last) = row.strip.origins(loss.words.start, loss.words.end)
            loss = replace(loss, effect_words=Words(row.headed.line, heading.start, heading.stop))
            if last.line is row.headed.line:
                loss = replace(loss, words=Words(last.line, heading.start, last.end))
        civil = above.last(Kind.CIVILIAN)
        return replace(
            loss,
            civilian=loss.civilian or (civil is not None and loss.object in {None, _counted(civil)}),
            population=_names_people(loss, side),
            side=side.side,
            side_basis=side.basis,
            force=force,
            scope="; ".join(said for said in (limit, loss.scope) if said) or None,
            phase=above.names(Kind.PHASE),
            marks=(*loss.marks, *(mark for mark in above.marks() if mark not in loss.marks)),
            heading=above.heading(),
            included_in=None if loss.included_in is None else loss.included_in + shift,
        )

    def _take(self, strip: Strip, start: int, end: int, disposal: Disposal, why: str) -> None:
        for words in strip.origins(start, end):
            self._taken.setdefault(id(words.line), []).append(Taken(words.start, words.end, disposal, why))

    def _portions(self) -> Iterator[Portion]:
        for line in self._field.lines:
            yield from portions(self._field, line, _apart(self._taken.get(id(line), ())), _UNREAD)


def _names_people(loss: Loss, side: Placed) -> bool:
    """Tell whether a figure of neither side names who suffered by their nation."""
    is_of_neither = side.side is None and side.basis != NOT_TOLD and loss.object is not None
    return is_of_neither and objects.is_people(loss.object or "") and any(nations_in(loss.object or ""))


def _marks_of(entry: Entry) -> tuple[Mark, ...]:
    """Return the marks behind a heading, before or after its colon: of "Per A: [4]" as of "Per A[4]:"."""
    heading, line = entry.heading, entry.headed.line
    end = heading.end + len(line.text[heading.end :]) - len(line.text[heading.end :].lstrip())
    return tuple(one for one in line.marks if heading.start < one.at <= (end if end == len(line.text) else heading.end))


def _counted(entry: Entry) -> str:
    """Return what a heading says is counted: of "Civilian deaths", civilians."""
    words = entry.heading.name.split()
    return " ".join(word for word in words if word.lower() not in EFFECTS.keys() | TOTALS) or entry.heading.name


def _apart(stretches: Sequence[Taken]) -> Iterator[Taken]:
    """Yield stretches that do not overlap; of two that do, the first one keeps the words."""
    reached = 0
    for one in sorted(stretches):
        start = max(one.start, reached)
        if start < one.end:
            yield replace(one, start=start)
            reached = one.end


def _empty(entry: Entry, side: int | None) -> tuple[Words, Named | None, int | None]:
    return (Words(entry.headed.line, entry.heading.start, entry.heading.stop), _Open((entry,)).claimant(), side)
