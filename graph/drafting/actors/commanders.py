"""Who commanded, and what became of them, from the fields of commanders and leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.belligerents import roster
from graph.drafting.actors.columns import Placed, Roster, Sign, blank_lines, known_sides, one_break, place
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
from graph.drafting.actors.fates import (
    DAGGER,
    fate_of,
    glued_fate,
    is_code,
    is_natural,
    is_of_other_years,
    remarks,
    years_in,
)
from graph.drafting.actors.pointers import is_heading, pointer
from graph.drafting.actors.polities import is_given_name, polity_end
from graph.drafting.actors.polity_names import word_set
from graph.drafting.actors.run_together import parted
from graph.drafting.document import Document, Field, Form, Line, Words
from graph.drafting.ledger import Ledger
from graph.drafting.reading import Commander, FieldReading, Named

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "commander-line": "An entry of the commanders is the name of a person.",
        "commander-after-flag": "A polity's name before a commander's name is the flag that stands there.",
        "commander-run-together": "Names with nothing between are parted where the article's prose has them apart.",
        "commander-two-names": "Four words of name on the one line of two columns are two names of two words.",
        "commander-role": "Words in brackets or after a comma say who the commander before them was.",
        "commander-fate": "A sign or words of the kind of † or (WIA) after a name say what became of the commander.",
    }
)

_KINGS_NUMBER: Final = re.compile(r"[IVX]{1,6}")
_FIGURE: Final = re.compile(r"[~\u2248]?\d")
_PARTICLES: Final = word_set("de da di du von van der den of the la le el al bin ibn ap y and zu")
_HEADING: Final = "The words are a heading over names and name no commander."
_MANY: Final = "Several names run together, and nothing tells where one ends."
_FIGURES: Final = "Figures stand here where names should."
_NAMELESS: Final = "A commander's fate stands here without a name."
_MOST_FLAGS: Final = 4
_SURE: Final = 4
"""So many words are sure to be one name where cells may have run together; from there on they may be two."""


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    named: Named
    rule: str
    gap: bool
    fate: str | None = None
    fate_words: Words | None = None


def read_commanders(field: Field, document: Document) -> FieldReading:
    """Return the persons of a column, or of both where the columns are lost."""
    ledger = Ledger(field, "No name of a commander was recognised.")
    known = roster(document)
    entries = _entries(field, document, known, ledger)
    sides = _placed(field, known, entries) if field.columns_lost else (Placed(field.side),) * len(entries)
    commanders = tuple(
        Commander(entry.named, side.side, entry.rule, entry.fate, entry.fate_words, side.basis)
        for entry, side in zip(entries, sides, strict=True)
    )
    return FieldReading(portions=ledger.portions(), commanders=commanders)


def _entries(field: Field, document: Document, known: Roster, ledger: Ledger) -> list[_Entry]:
    loose = document.form is Form.RENDERED
    flags = _repeated_flags(field) if loose else frozenset()
    before = _Known(known, flags, loose)
    years = years_in(" ".join(line.text for one in document.of("date") for line in one.lines))
    found: list[_Entry] = []
    for index, line in enumerate(field.lines):
        text = line.text
        at = _At(ledger, index, line, text, years)
        if reason := pointer(text):
            ledger.ignore(index, 0, len(text), reason)
        elif is_heading(line):
            ledger.ignore(index, 0, len(text), _HEADING)
        elif found and text.strip().startswith("(") and not text[_after_brackets(text) :].strip():
            found[-1] = _with_brackets(found[-1], at, 0, len(text))
        else:
            for chunk in chunks(line, loose=loose):
                for one, rule in _persons(field, document, line, chunk, loose=loose):
                    found += _enter(at, one, rule, before)
    return found


@dataclass(frozen=True, slots=True)
class _At:
    """A line that is read, its text, and where to note what was read."""

    ledger: Ledger
    index: int
    line: Line
    text: str
    years: tuple[int, ...] = ()
    """The years that the battle's date names."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What may stand before a person's name: belligerents, and polities that begin several lines."""

    roster: Roster
    flags: frozenset[str]
    loose: bool


def _repeated_flags(field: Field) -> frozenset[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for line in field.lines:
        text = line.text.strip()
        if end := polity_end(text):
            (twice if text[:end] in seen else seen).add(text[:end])
    return frozenset(twice)


def _persons(field: Field, document: Document, line: Line, chunk: Chunk, *, loose: bool) -> Iterator[tuple[Chunk, str]]:
    """Yield the chunk, or the persons in it where a renderer ran their names together."""
    end = name_end(line, chunk.start, chunk.end)
    words = [match.span() for match in re.finditer(r"\S+", line.text[chunk.start : end])]
    names = [word for word in words if _counts(line.text[chunk.start + word[0] : chunk.start + word[1]])]
    if not loose or len(field.lines) > 1 or len(names) < _SURE or polity_end(line.text, chunk.start, end):
        yield chunk, "commander-line"
        return
    cuts = parted(line.text[chunk.start : end], words, document)
    rule = "commander-run-together"
    if not cuts and field.columns_lost and len(words) == _SURE and (chunk.start, chunk.end) == _whole(line):
        cuts, rule = (2,), "commander-two-names"
    if not cuts:
        yield chunk, ""
        return
    starts = [chunk.start, *(chunk.start + words[cut][0] for cut in cuts)]
    for at, start in enumerate(starts):
        last = starts[at + 1] if at + 1 < len(starts) else chunk.end
        yield Chunk(start, last - (at + 1 < len(starts)), gap=bool(at) or chunk.gap), rule


def _counts(word: str) -> bool:
    """Tell whether a word is a given name or a family name rather than a particle, a rank or a number of a king."""
    return word.casefold() not in _PARTICLES and not word.endswith(".") and not _KINGS_NUMBER.fullmatch(word)


def _whole(line: Line) -> tuple[int, int]:
    text = line.text
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _enter(at: _At, chunk: Chunk, rule: str, known: _Known) -> Iterator[_Entry]:
    """Yield the person of a chunk, with whatever stands behind the name; none where no name can be told."""
    line, index, ledger = at.line, at.index, at.ledger
    flag, start = _flag(at.text, chunk, known) if known.loose else (None, chunk.start)
    end = name_end(line, start, chunk.end)
    if unread := _unread(at.text, (chunk.start, start, end), rule):
        ledger.leave(index, chunk.start, chunk.end, unread)
        return
    end = glued_fate(at.text, start, end)
    if flag is None:
        flag = flag_before(line, chunk.start - 1, start)
    if start > chunk.start:
        ledger.read(index, chunk.start, start, "commander-after-flag")
    ledger.read(index, start, end, rule)
    words = Words(line, start, end)
    link = link_over(line, start, end, after_titles=True)
    named = Named(single_spaced(words.text), words, link, flag, marks_in(line, start, chunk.end))
    yield _with_brackets(_Entry(index, named, rule, chunk.gap), at, end, chunk.end)


def _unread(text: str, places: tuple[int, int, int], rule: str) -> str | None:
    """Return why the words of a chunk are no name, or None."""
    first, start, end = places
    if _FIGURE.match(text, first):
        return _FIGURES
    if is_code(text, start, end) or not any(letter.isalpha() for letter in text[start:end]):
        return _NAMELESS
    return None if rule else _MANY


def _flag(text: str, chunk: Chunk, known: _Known) -> tuple[str | None, int]:
    """Return whose flags stand before a person's name, and where the name begins."""
    flags: list[str] = []
    start = chunk.start
    while len(flags) < _MOST_FLAGS and (end := polity_end(text, start, chunk.end)) and end < chunk.end:
        next_ = after_space(text, end, chunk.end)
        name = text[start:end]
        proven = name in known.flags or known.roster.side_of(name).side or " " in name
        if not text[next_ : next_ + 1].isupper() or (is_given_name(name) and not proven):
            break
        flags.append(name)
        start = next_
    return (flags[0] if flags else None), start


def _after_brackets(text: str) -> int:
    return max((closed for _, closed in brackets(text, 0, len(text))), default=0)


def _with_brackets(entry: _Entry, at: _At, start: int, end: int) -> _Entry:
    """Return the entry with the fate and the role that [start, end) of a line tells."""
    line, index, ledger = at.line, at.index, at.ledger
    for first, last in remarks(line.text, start, end):
        fate = fate_of(line.text[first:last])
        if line.text[first] == DAGGER and is_natural(line, first):
            ledger.leave(index, first, last, "The sign is linked to a natural death, which is not of the battle.")
        elif fate and is_of_other_years(line.text[first:last], at.years):
            ledger.leave(index, first, last, "The words tell of another year than the battle's.")
        elif fate and entry.fate is None:
            ledger.read(index, first, last, "commander-fate")
            entry = replace(entry, fate=fate, fate_words=Words(line, first, last))
        elif not fate:
            ledger.read(index, first, last, "commander-role")
            said = single_spaced(line.text[first:last].strip(" ,()"))
            note = "; ".join(one for one in (entry.named.note, said) if one)
            entry = replace(entry, named=replace(entry.named, note=note or None))
    return entry


def _placed(field: Field, known: Roster, entries: list[_Entry]) -> tuple[Placed, ...]:
    """Return the sides of persons in the order of the columns; a flag of a belligerent tells its side."""
    told = [known.side_of(entry.named.flag) if entry.named.flag else Placed() for entry in entries]
    starts = [
        field.lines[entry.index].blank_before if not at or entries[at - 1].index != entry.index else 0
        for at, entry in enumerate(entries)
    ]
    signs = [
        *one_break([at for at, entry in enumerate(entries) if entry.gap], "One line holds names of both columns."),
        *known_sides(
            [one.side for one in told], "The columns keep their order, and flags tell where the second begins."
        ),
        *(blank_lines(starts) if any(one.side for one in told) else ()),
    ]
    if len(entries) == 2:  # noqa: PLR2004 - a box has two columns
        signs.append(Sign(frozenset({1}), "Two names stand for the two columns."))
    placed = place(len(entries), signs, both=False)
    return tuple(
        flagged if by_order.side is None and flagged.side else by_order
        for flagged, by_order in zip(told, placed, strict=True)
    )
