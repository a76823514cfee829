"""Result, status and territorial changes, line by line; what the battle is part of; and its name in the box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import Taken, marks_of, portions, single_spaced, trimmed
from graph.drafting.chronicle.places import stripped
from graph.drafting.chronicle.strays import own_lines, strayed
from graph.drafting.document import Document, Field, Line, Link, Words
from graph.drafting.reading import Disposal, FieldReading, Named, Portion, Stated

_POINTER: Final = re.compile(
    r"(?:[\s(\u2013\u2014,;-]{0,4})(?:for (?:more )?details,?\s+)?\bsee:?\s(?=[^\n]{0,200}$)", re.IGNORECASE
)
"""Words that send the reader on: "See: § Analysis", "- see § Result", "(see Aftermath)"."""
_POINTING: Final = "The words only send the reader to another section or article."
_EVENTS: Final = frozenset(
    {
        "battle",
        "battles",
        "blitzkrieg",
        "campaign",
        "campaigns",
        "clashes",
        "conflict",
        "conflicts",
        "counteroffensive",
        "conquest",
        "conquests",
        "crises",
        "crisis",
        "crusade",
        "crusades",
        "expedition",
        "front",
        "incursions",
        "insurgency",
        "intervention",
        "intifada",
        "invasion",
        "invasions",
        "mutiny",
        "offensive",
        "offensives",
        "operation",
        "operations",
        "raid",
        "raids",
        "rebellion",
        "rebellions",
        "revolt",
        "revolution",
        "revolutions",
        "siege",
        "theater",
        "theatre",
        "unrest",
        "uprising",
        "war",
        "wars",
    }
)
_AND: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*|\band\s+|&\s*)(?=(?:the\s|[A-Z0-9]))")
_ARTICLE: Final = re.compile(r"\s*(?:Part of\s+)?(?:the\s+)?", re.IGNORECASE)
_MOST_TEXT: Final = 2000
"""Code points of a phrase that is taken apart."""
_RELATION: Final = re.compile(r"\s(?:of|in|on|for|during|against|between)\s")
_NO_EVENT: Final = "The words name no war, campaign or the like."
_NOT_UNDERSTOOD: Final = "The words could not be read."

RULES: Final = MappingProxyType(
    {
        "result-line": "Each line of the result is a statement of how the battle ended.",
        "status-line": "Each line of the status is a statement of how the battle stands.",
        "territory-line": "Each line of the territorial changes is one of them.",
        "part-of": "What the box says that the battle is part of are wars, campaigns and the like that contain it.",
        "conflict-name": "The heading of the box is the battle's name.",
    }
)
"""What each rule takes which words to mean."""


def read_outcome(field: Field, _document: Document) -> FieldReading:
    """Return one statement for each line of a result, status or territorial change."""
    accounts, stated = list[Portion](), list[Stated]()
    rule = f"{field.key}-line"
    lines, strays = own_lines(field.lines, may_have_list=True)
    for line in lines:
        start, end = stripped(line.text, 0, len(line.text))
        taken = list[Taken]()
        if (pointer := _POINTER.search(line.text, start, end)) is not None:
            taken.append(Taken(pointer.start(), len(line.text), Disposal.IGNORED, _POINTING))
            end = stripped(line.text, start, pointer.start())[1]
        if (words := trimmed(line, start, end)) is not None:
            if words.text.endswith(":"):
                words = Words(line, words.start, words.end - 1)
            stated.append(Stated(words, field.key, rule, line.marks, tuple(_linked(words, line.links))))
            taken.append(Taken(words.start, words.end, Disposal.READ, rule))
        accounts += portions(field, line, taken, _NOT_UNDERSTOOD)
    accounts += strayed(field, strays)
    return FieldReading(tuple(accounts), stated=tuple(stated))


def read_part_of(field: Field, _document: Document) -> FieldReading:
    """Return the wars that contain the battle: those that the line links to, otherwise those that it names.

    `stated` has the whole phrase, without "the" before it.
    """
    accounts, stated, wars = list[Portion](), list[Stated](), list[Named]()
    for line in field.lines:
        words = trimmed(line, *stripped(line.text, _past_article(line.text, 0), len(line.text)))
        taken = list[Taken]()
        if words is not None:
            named = tuple(one for start, end in _events(words) for one in _named(line, start, end))
            unknown = [one for one in named if not one.link and not _is_event(one.name)]
            named = tuple(one for one in named if one not in unknown)
            wars += named
            stated.append(Stated(words, "partof", "part-of", line.marks, named))
            at = 0
            for one in unknown:
                taken.append(Taken(at, one.words.start, Disposal.READ, "part-of"))
                taken.append(Taken(one.words.start, one.words.end, Disposal.UNREAD, _NO_EVENT))
                at = one.words.end
            taken.append(Taken(at, len(line.text), Disposal.READ, "part-of"))
            taken = [one for one in taken if one.start < one.end]
        accounts += portions(field, line, taken, _NOT_UNDERSTOOD)
    return FieldReading(tuple(accounts), stated=tuple(stated), wars=tuple(wars))


def read_conflict(field: Field, _document: Document) -> FieldReading:
    """Return the names of the battle in the heading of the box, one for each line."""
    accounts, names = list[Portion](), list[Named]()
    for line in field.lines:
        taken = list[Taken]()
        if (words := trimmed(line, *stripped(line.text, 0, len(line.text)))) is not None:
            names.append(_with_note(words))
            taken.append(Taken(words.start, words.end, Disposal.READ, "conflict-name"))
        accounts += portions(field, line, taken, _NOT_UNDERSTOOD)
    return FieldReading(tuple(accounts), names=tuple(names))


def _linked(words: Words, links: Sequence[Link]) -> Iterator[Named]:
    for link in links:
        if words.start <= link.start < link.end <= words.end:
            linked = Words(words.line, link.start, link.end)
            yield Named(single_spaced(linked.text), linked, link.target, marks=marks_of(linked))


def _with_note(words: Words) -> Named:
    """Return a name, and what stands in brackets at its end as its note."""
    text, note = words.text, None
    if text.endswith(")") and (opens := text.rfind("(")) > 0:
        note = single_spaced(text[opens + 1 : -1])
        name = single_spaced(text[:opens])
    else:
        name = single_spaced(text)
    return Named(name, words, marks=marks_of(words), note=note)


def _past_article(text: str, at: int) -> int:
    match = _ARTICLE.match(text, at)
    return match.end() if match else at


def _events(words: Words) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the phrase that name one event each.

    "and" and commas part two events only where both sides name one: "the French and Indian War" is one.
    """
    line, at = words.line, words.start
    if len(words.text) > _MOST_TEXT:
        yield at, words.end
        return
    for match in _AND.finditer(line.text, words.start, words.end):
        if any(link.start < match.end() and match.start() < link.end for link in line.links):
            continue
        if _has_event(line.text[at : match.start()]) and _has_event(line.text[match.end() : words.end]):
            yield at, match.start()
            at = match.end()
    yield at, words.end


def _has_event(text: str) -> bool:
    return not _EVENTS.isdisjoint(re.findall(r"[^\W\d_]+", text.casefold()))


def _is_event(name: str) -> bool:
    """Tell whether what a phrase is about is an event: "Reed campaign of 1702", and not "Reed"."""
    return _has_event(_RELATION.split(name[:_MOST_TEXT], maxsplit=1)[0])


def _named(line: Line, start: int, end: int) -> Iterator[Named]:
    """Yield the links of a stretch; without any, the stretch itself."""
    words = trimmed(line, _past_article(line.text, start), end)
    if words is None:
        return
    linked = list(_linked(words, line.links))
    if linked:
        yield from linked
    else:
        yield Named(single_spaced(words.text), words, marks=marks_of(words))
