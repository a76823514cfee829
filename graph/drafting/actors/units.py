"""Which units took part, from the fields of units involved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.belligerents import roster
from graph.drafting.actors.columns import Placed, Roster, blank_lines, known_sides, one_break, place
from graph.drafting.actors.entries import Chunk, chunks, flag_before, link_over, marks_in, name_end
from graph.drafting.actors.pointers import is_heading, pointer
from graph.drafting.actors.polities import polity_end
from graph.drafting.actors.polity_names import word_set
from graph.drafting.document import Document, Field, Form, Line, Words
from graph.drafting.ledger import Ledger
from graph.drafting.reading import FieldReading, Named, Unit

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unit-line": "An entry of the units involved is the name of a unit.",
        "unit-heading": "A heading over units that is itself the name of one is a unit too.",
        "unit-after-flag": "A polity's name before a unit's name is the flag that stands there.",
        "unit-run-together": "Where units run together, each number that is part of a name begins the next.",
        "unit-note": "Words in brackets or after a comma say more of the unit before them.",
    }
)
_HEADS: Final = word_set(
    "army armies division divisions brigade brigades corps regiment regiments battalion battalions fleet fleets "
    "squadron squadrons group front company companies legion legions wing command garrison militia flotilla"
)
# Words of headings that gather units and name none.
_GATHERING: Final = word_set(
    "ground land naval air sea army navy marine airborne support supporting additional other various several "
    "local allied coalition units unit forces force elements and armies main regular irregular"
)
_NUMBERED: Final = re.compile(r"(?<=\s)(?:\d{1,3}(?:st|nd|rd|th|d)|(?:Unit|Task Force|Task Group) \d{1,4})\b")
_COUNTED: Final = re.compile(r"(?:~|c\. )?\d[\d,.\u2013-]*\+?(?:\s+[a-z]|\s*$)|[^:]{1,40}:\s*(?:~|c\. )?\d")
_HEADING: Final = "The words are a heading over units and name none."
_NUMBER: Final = "A figure stands here where names should."
_MANY: Final = "Several units run together, and nothing tells where one ends."


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    named: Named
    rule: str
    gap: bool


def read_units(field: Field, document: Document) -> FieldReading:
    """Return the units of a column, or of both where the columns are lost."""
    ledger = Ledger(field, "No name of a unit was recognised.")
    entries = list(_entries(field, document, ledger))
    sides = (Placed(field.side),) * len(entries)
    if field.columns_lost:
        sides = _placed(field, roster(document), entries)
    units = tuple(
        Unit(entry.named, side.side, entry.rule, side.basis) for entry, side in zip(entries, sides, strict=True)
    )
    return FieldReading(portions=ledger.portions(), units=units)


def _entries(field: Field, document: Document, ledger: Ledger) -> Iterator[_Entry]:
    loose = document.form is Form.RENDERED
    for index, line in enumerate(field.lines):
        text = line.text
        if reason := pointer(text):
            ledger.ignore(index, 0, len(text), reason)
            continue
        heading = is_heading(line)
        if _gathers(text) or (heading and not _names_one(line)):
            ledger.ignore(index, 0, len(text), _HEADING)
            continue
        for chunk in chunks(line, loose=loose):
            parts = _parts(text, chunk) if loose and len(field.lines) == 1 else (chunk,)
            if not parts:
                ledger.leave(index, chunk.start, chunk.end, _MANY)
            for part in parts:
                rule = "unit-run-together" if len(parts) > 1 else "unit-heading" if heading else "unit-line"
                yield from _unit(index, line, part, rule, ledger, loose=loose)


def _gathers(text: str) -> bool:
    words = text.strip(" :").split()
    return all(word.casefold() in _GATHERING for word in words) and not any(word[:1].isupper() for word in words[1:])


def _names_one(line: Line) -> bool:
    """Tell whether a heading names a unit: it is linked or more than one of its words has a capital."""
    words = [word for word in line.text.split() if word.strip(":").casefold() not in _GATHERING]
    return bool(words) and (bool(line.links) or any(word[:1].isdigit() or word[:1].isupper() for word in words))


def _parts(text: str, chunk: Chunk) -> tuple[Chunk, ...]:
    """Return the units of a chunk in which a renderer may have joined several; none where nothing parts them."""
    words = text[chunk.start : chunk.end].casefold().split()
    heads = sum(
        word in _HEADS for word, following in zip(words, [*words[1:], ""], strict=True) if following not in _HEADS
    )
    if heads <= 1:
        return (chunk,)
    starts = [chunk.start, *(number.start() for number in _NUMBERED.finditer(text, chunk.start + 1, chunk.end))]
    ends = [*starts[1:], chunk.end]
    parts = tuple(
        Chunk(start, start + len(text[start:end].rstrip()), gap=at > 0 or chunk.gap)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    named = [{*text[one.start : one.end].casefold().split()} for one in parts]
    apart = len(parts) > 1 and all(_HEADS & words or "unit" in words or "task" in words for words in named)
    return parts if apart else ()


def _unit(index: int, line: Line, chunk: Chunk, rule: str, ledger: Ledger, *, loose: bool) -> Iterator[_Entry]:
    text = line.text
    if _COUNTED.match(text, chunk.start):
        ledger.leave(index, chunk.start, chunk.end, _NUMBER)
        return
    flag, start = _flag(text, chunk) if loose else (None, chunk.start)
    end = name_end(line, start, chunk.end)
    while end > start and text[end - 1] in " :":
        end -= 1
    name = text[start:end]
    if end <= start or not any(letter.isupper() or letter.isdigit() for letter in name):
        return
    if flag is None:
        flag = flag_before(line, chunk.start - 1, start)
    ledger.read(index, chunk.start, start, "unit-after-flag")
    ledger.read(index, start, end, rule)
    note = single_spaced(text[end : chunk.end].strip(" :,()")) or None
    ledger.read(index, end, chunk.end, "unit-note")
    words = Words(line, start, end)
    named = Named(single_spaced(name), words, link_over(line, start, end), flag, marks_in(line, start, chunk.end), note)
    yield _Entry(index, named, rule, chunk.gap)


def _flag(text: str, chunk: Chunk) -> tuple[str | None, int]:
    """Return the flag before a unit's name that has a number or a name of its own: "Russia 58th Army"."""
    end = polity_end(text, chunk.start, chunk.end)
    rest = text[end : chunk.end].lstrip() if end else ""
    if end and rest[:1].isdigit():
        return text[chunk.start : end], chunk.end - len(rest)
    return None, chunk.start


def _placed(field: Field, known: Roster, entries: list[_Entry]) -> tuple[Placed, ...]:
    """Return the sides of units in the order of the columns; the name of a belligerent in theirs tells their side."""
    told = [known.side_of(" ".join(filter(None, (entry.named.flag, entry.named.name)))) for entry in entries]
    starts = [
        field.lines[entry.index].blank_before if not at or entries[at - 1].index != entry.index else 0
        for at, entry in enumerate(entries)
    ]
    named = list(known_sides([one.side for one in told], "The columns keep their order, and names of units tell it."))
    signs = [
        *one_break([at for at, entry in enumerate(entries) if entry.gap], "One line holds units of both columns."),
        *named,
        *(blank_lines(starts) if named else ()),
    ]
    placed = place(len(entries), signs, both=False)
    return tuple(
        told_ if by_order.side is None and told_.side else by_order
        for told_, by_order in zip(told, placed, strict=True)
    )
