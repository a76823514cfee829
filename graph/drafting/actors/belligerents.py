"""Who fought on which side, from the fields of belligerents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.columns import Placed, Roster, Sign, one_break, opposed, place, together
from graph.drafting.actors.entries import (
    Chunk,
    after_space,
    brackets,
    chunks,
    flag_before,
    link_over,
    marks_in,
    name_end,
)
from graph.drafting.actors.flags import flag_and_name, shows_flags
from graph.drafting.actors.mentions import mentions
from graph.drafting.actors.opponents import allies, opponents
from graph.drafting.actors.pointers import is_heading, pointer, role_end
from graph.drafting.actors.polities import roots
from graph.drafting.document import Document, Field, Form, Line, Words
from graph.drafting.ledger import Ledger
from graph.drafting.reading import Belligerent, FieldReading, Named

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "belligerent-line": "An entry of the belligerents is the name of a member of the side.",
        "belligerent-after-flag": "A belligerent's name after the same name, or a form of it, is preceded by its flag.",
        "belligerent-run-together": "Two names of polities with nothing between them are two belligerents.",
        "belligerent-heading": "Words with a colon over belligerents say in what role they take part.",
        "belligerent-note": "Words in brackets or after a comma say more of the belligerent before them.",
    }
)


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    chunk: Chunk
    name: tuple[int, int]
    flag: str | None
    rule: str
    heading: str | None
    gap: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    loose: bool
    """Cells may have become one line, and flags words."""
    flags: bool
    """Flags did become words, in this field."""


def read_belligerents(field: Field, document: Document) -> FieldReading:
    """Return the belligerents of a column, or of both where the columns are lost."""
    ledger = Ledger(field, "No name of a belligerent was recognised.")
    found = _entries(field, document, ledger)
    if field.columns_lost:
        sides = _placed(field, document, [entry for entry, _ in found])
    else:
        sides = (Placed(field.side),) * len(found)
    belligerents = tuple(
        Belligerent(named, side.side, entry.rule, side.basis, entry.heading)
        for (entry, named), side in zip(found, sides, strict=True)
    )
    return FieldReading(portions=ledger.portions(), belligerents=belligerents)


def roster(document: Document) -> Roster:
    """Return all belligerents of an article with their sides, for the fields that name them again."""
    named = [one for field in document.of("combatant") for one in read_belligerents(field, document).belligerents]
    members = [(one.named.name, one.side) for one in named]
    sides = {one.side for one in named}
    if len(sides) != 1 or None in sides:
        return Roster(members)
    # Only one column is left of the two, so an opponent of one of its members is of the other one.
    mine = {root for name, _ in members for root in roots(name)}
    other = 3 - (sides.pop() or 0)
    for one, two, _ in opponents(document):
        for friend, foe in ((one, two), (two, one)):
            if friend & mine and not foe & mine:
                members += [(root, other) for root in sorted(foe)]
    return Roster(members)


def _entries(field: Field, document: Document, ledger: Ledger) -> list[tuple[_Entry, Named]]:
    loose = document.form is Form.RENDERED
    forms = _Forms(loose, loose and shows_flags(field.lines))
    found: list[tuple[_Entry, Named]] = []
    heading: str | None = None
    for index, line in enumerate(field.lines):
        text = line.text
        if reason := pointer(text):
            ledger.ignore(index, 0, len(text), reason)
            continue
        end = len(text) if is_heading(line) and len(field.lines) > 1 else role_end(text)
        if end:
            heading = single_spaced(text[:end])
            ledger.read(index, 0, end, "belligerent-heading")
        bare = text.strip()
        if found and bare.startswith("(") and brackets(bare, 0, len(bare)) == ((0, len(bare)),):
            entry, named = found[-1]
            found[-1] = entry, replace(named, note=_joined(named.note, bare[1:-1]))
            ledger.read(index, 0, len(text), "belligerent-note")
            continue
        for chunk in chunks(line, end, loose=forms.loose):
            names = _names(line, index, chunk, heading, forms)
            found += [(entry, _named(line, entry, ledger)) for entry in names]
    return found


def _names(line: Line, index: int, chunk: Chunk, heading: str | None, forms: _Forms) -> Iterator[_Entry]:
    """Yield the entries of a chunk: one, or several polities that nothing parts."""
    text, at, gap = line.text, chunk.start, chunk.gap
    rule = "belligerent-line"
    while at < chunk.end:
        flag, name, end = (
            flag_and_name(text, at, chunk.end, shown=forms.flags) if forms.loose else (None, at, chunk.end)
        )
        ends = name_end(line, name, end)
        if flag is None:
            flag = flag_before(line, chunk.start, name)
        used = "belligerent-after-flag" if forms.loose and flag is not None and name > at else rule
        if name < ends:
            yield _Entry(index, Chunk(at, end, gap), (name, ends), flag, used, heading, gap)
        rule, gap = "belligerent-run-together", True
        at = after_space(text, end, chunk.end)


def _named(line: Line, entry: _Entry, ledger: Ledger) -> Named:
    start, end = entry.name
    last = entry.chunk.end
    flag_and_name = (entry.chunk.start, end)
    ledger.read(entry.index, *flag_and_name, entry.rule)
    ledger.read(entry.index, end, last, "belligerent-note")
    note = single_spaced(line.text[end:last].strip(" ,()")) or None
    words = Words(line, start, end)
    link = link_over(line, start, end)
    return Named(single_spaced(words.text), words, link, entry.flag, marks_in(line, start, last), note)


def _joined(note: str | None, more: str) -> str:
    return "; ".join(one for one in (note, single_spaced(more)) if one)


def _placed(field: Field, document: Document, entries: list[_Entry]) -> tuple[Placed, ...]:
    """Return the sides of entries in the order of the columns."""
    names = [
        roots(" ".join(filter(None, (entry.flag, field.lines[entry.index].text[slice(*entry.name)]))))
        for entry in entries
    ]
    starts: list[int] = []
    for at, entry in enumerate(entries):
        is_first = at == 0 or entries[at - 1].index != entry.index
        starts.append(field.lines[entry.index].blank_before if is_first else 0)
    signs = [
        *one_break([at for at, entry in enumerate(entries) if entry.gap], "One line holds the names of both columns."),
        *opposed(names, opponents(document)),
        *together(names, allies(document)),
        *_confirmed(starts, names, document),
    ]
    if len(entries) == 1:
        return (_alone(names[0], document),)
    otherwise = "Of the names of both columns, the first is of the first and the last of the second."
    return place(len(entries), signs, both=True, otherwise=otherwise)


def _confirmed(blanks: list[int], names: list[frozenset[str]], document: Document) -> Iterator[Sign]:
    """Yield the sign of a blank line that another field has before a line of the same polity.

    Alone it proves nothing: a list lost from under a name leaves one in the middle of a column.
    """
    confirmed = {root for lines in _lost_columns(document) for root in _after_blank(lines)}
    starts = [at for at, blank in enumerate(blanks) if at and blank and names[at] & confirmed]
    if len(starts) == 1:
        basis = "A blank line stands before the second column, here and in another field."
        yield Sign(frozenset(starts), basis)


def _alone(name: frozenset[str], document: Document) -> Placed:
    """Return the side of the only name that is left of two columns, by the order of another field."""
    for lines in _lost_columns(document):
        of_others = [not name & one.roots for line in lines for one in islice(mentions(line.text), 1)]
        if of_others and of_others == sorted(of_others) and len({*of_others}) > 1:
            return Placed(1, "In another field, those of this name stand before all others.")
        if of_others and of_others == sorted(of_others, reverse=True) and len({*of_others}) > 1:
            return Placed(2, "In another field, those of this name stand behind all others.")
    return Placed()


def _lost_columns(document: Document) -> Iterator[tuple[Line, ...]]:
    return (field.lines for field in document.of("commander", "units") if field.columns_lost)


def _after_blank(lines: tuple[Line, ...]) -> Iterator[str]:
    """Yield what the polities have in common with others of their names that a line after a blank one speaks of."""
    for line in lines[1:]:
        if line.blank_before:
            yield from (root for one in islice(mentions(line.text), 1) for root in one.roots)
