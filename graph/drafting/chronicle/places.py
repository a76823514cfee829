"""The place field and the coordinates: names of places from the narrow to the wide, and positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import Taken, marks_of, portions, single_spaced, trimmed, whole
from graph.drafting.chronicle.coordinates import COORDINATE_RULES, positions_of
from graph.drafting.chronicle.latlong import LATLONG_RULES, is_part, position_of
from graph.drafting.chronicle.strays import own_lines, strayed
from graph.drafting.document import Document, Field, Line, Words
from graph.drafting.reading import Disposal, FieldReading, Named, Portion, Position, Stated

_RELATIONS: Final = (
    "near present-day", "in present-day", "near", "around", "off", "outside", "between", "close to", "in and around",
    "along", "at", "in", "on", "north of", "south of", "east of", "west of", "northeast of", "northwest of",
    "southeast of", "southwest of", "vicinity of", "present-day", "present day", "modern-day", "modern day", "modern",
    "now", "today", "currently", "today's", "then", "the", "by", "and",
)  # fmt: skip
_RELATION: Final = re.compile(
    r"(?:" + "|".join(sorted(map(re.escape, _RELATIONS), key=len, reverse=True)) + r")(?=\s|:)[\s:]*"
    r"|[^\W\d_]{1,20}\.?:\s+",
    re.IGNORECASE,
)
"""How a place lies to the one that is named, or whose or which time's name it is: "near", "today:", "Engl.:"."""
_WORDS_AFTER: Final = re.compile(r"(?:\s[a-z]{1,20}){1,4}$")
"""Words after a name that relate it to the next one: "in" of "Oldham in [[Shire]]"."""
_SAYING_NOTHING: Final = frozenset({"the", "and"})
_ENOUGH_RELATIONS: Final = 4
_MOST_TEXT: Final = 2000
"""Code points of a line in which places are looked for; a longer line is a text, which a person reads."""
_BULLETS: Final = " \t\u00a0\u2022*\u00b7-\u2013\u2014,;/"
_HALF_A_POSITION: Final = "The other angle of the position is not given, or not as a number."
_NOT_UNDERSTOOD: Final = "The words are no name of a place that could be told."

RULES: Final = MappingProxyType(
    {
        "place-named": "Each line of the place is one place, named from the narrow to the wide with commas between.",
        "place-beside-coordinates": "Words in brackets after coordinates name the place that they are of.",
        **COORDINATE_RULES,
        **LATLONG_RULES,
    }
)
"""What each rule takes which words to mean."""


def read_place(field: Field, _document: Document) -> FieldReading:
    """Return the places that the lines name, and the positions that stand among them.

    A line in brackets, and one after a line that ends with a comma, go on with the place before them.

    A part of a place keeps in `note` how the text relates to its name ("near", "modern-day")
    and what it adds in brackets.
    """
    return _read(field, "place-named")


def read_coordinates(field: Field, document: Document) -> FieldReading:
    """Return the positions of the field, and the names that stand beside them.

    Of parameters that make up one position together, the first has it.
    """
    if not is_part(field, document):
        return _read(field, "place-beside-coordinates")
    position = position_of(document)
    if position is None:
        return FieldReading(whole(field, field.lines[0], Disposal.UNREAD, _HALF_A_POSITION))
    first = next(one for one in document.of("coordinates") if is_part(one, document))
    return FieldReading(
        whole(field, field.lines[0], Disposal.READ, position.rule), positions=(position,) if field is first else ()
    )


def _read(field: Field, rule: str) -> FieldReading:
    accounts, positions, stated = list[Portion](), dict[tuple[str, str], Position](), list[_Place]()
    goes_on = False
    lines, strays = own_lines(field.lines)
    for line in lines:
        if len(line.text) > _MOST_TEXT:
            accounts += whole(field, line, Disposal.UNREAD, _NOT_UNDERSTOOD)
            continue
        located = positions_of(line)
        for one in located.positions:
            positions.setdefault((one.latitude, one.longitude), one)
        taken = [Taken(start, end, Disposal.READ, name) for start, end, name in located.read]
        for start, end in _gaps(located.read, len(line.text)):
            name = "place-beside-coordinates" if located.read and _in_brackets(line.text, start, end) else rule
            if (words := _place(line, start, end)) is None:
                continue
            if not stated or not (goes_on or _in_brackets(line.text, start, end)):
                stated.append(_Place(words, name))
            stated[-1].named.extend(_names(words))
            taken.append(Taken(words.start, words.end, Disposal.READ, name))
        goes_on = line.text.rstrip().endswith(",")
        accounts += portions(field, line, taken, _NOT_UNDERSTOOD)
    accounts += strayed(field, strays)
    places = tuple(Stated(one.words, "place", one.rule, marks_of(one.words), tuple(one.named)) for one in stated)
    return FieldReading(tuple(accounts), positions=tuple(positions.values()), stated=places)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place while the lines that go on with it are read."""

    words: Words
    rule: str
    named: list[Named] = attribute(default_factory=list)


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Tell whether words stand in brackets: they say more of the place before them."""
    return text[start:end].strip().startswith("(")


def _gaps(read: tuple[tuple[int, int, str], ...], size: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end, _ in read:
        yield at, start
        at = end
    yield at, size


def _place(line: Line, start: int, end: int) -> Words | None:
    words = trimmed(line, *stripped(line.text, start, end))
    return words if words is not None and any(map(str.isalpha, words.text)) else None


def _names(words: Words) -> Iterator[Named]:
    for begin, stop in _parts(words.line.text, words.start, words.end):
        yield from _named(words.line, begin, stop)


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without bullets and separators around it, and without a bracket around all of it."""
    while start < end and text[start] in _BULLETS:
        start += 1
    while start < end and text[end - 1] in _BULLETS:
        end -= 1
    if end - start > 1 and text[start] == "(" and text.find(")", start, end) == end - 1:
        return start + 1, end - 1
    return start, end


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas and brackets."""
    at = start
    for place in range(start, end):
        if text[place] in "()[],;":
            yield at, place
            at = place + 1
    yield at, end


def _named(line: Line, start: int, end: int) -> Iterator[Named]:
    """Yield the places of a part: those that it links to, and between them what begins with a capital.

    Words before a name that only relate to it, "near the promontory of", are its note.
    """
    for link in line.links:
        if start <= link.start < link.end <= end:
            begin, note = _past_relations(line.text, start, link.start)
            before = trimmed(line, begin, link.start)
            if before is not None and before.text[0].isupper():
                own = Words(line, before.start, before.start + len(_WORDS_AFTER.sub("", before.text)))
                yield _name(line, own, note=note)
                note = single_spaced(line.text[own.end : link.start]) or None
            elif before is not None:
                note = single_spaced(line.text[start : link.start])
            yield _name(line, Words(line, link.start, link.end), link.target, note)
            start = link.end
    begin, note = _past_relations(line.text, start, end)
    rest = trimmed(line, begin, end)
    if rest is not None and any(map(str.isalpha, rest.text)):
        yield _name(line, rest, note=note)


def _past_relations(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Return where the name begins, and the words before it; "the" and "and" say nothing."""
    found = list[str]()
    while start < end and text[start].isspace():
        start += 1
    while len(found) < _ENOUGH_RELATIONS and (match := _RELATION.match(text, start, end)):
        found.append(single_spaced(match[0].rstrip(": ")))
        start = match.end()
    return start, " ".join(word for word in found if word.casefold() not in _SAYING_NOTHING) or None


def _name(line: Line, words: Words, link: str | None = None, note: str | None = None) -> Named:
    return Named(single_spaced(words.text), words, link, _flag(line, words), marks_of(words), note)


def _flag(line: Line, words: Words) -> str | None:
    return next((flag for at, flag in line.flags if at == words.start), None)
