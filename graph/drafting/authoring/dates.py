"""When the battle and its phases were fought: all dates as claims, exact days of phases as theirs besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.claims import own_claim, triple
from graph.drafting.authoring.days import Bounds, alternatives, bounds, connected, day_text, edtf_text, outer_bounds
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, number
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.document import Words
from graph.drafting.reading import Dating, Disposal, FieldReading
from graph.namespaces import XSD

_VAGUE_EDTF = frozenset("?~%X")
_FIGURE: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,4}(?=\s?(?:a\.?m|p\.?m|hours|h)\b)", re.IGNORECASE)
"""Times of the day, which leave the day as it is."""
_JOINT: Final = re.compile(r"\s*[\u2013\u2014-]\s*|\s+(?:to|until|till|through)\s+", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_WHOLE_DATE: Final = re.compile(r"(?=[^\n]*[^\W\d_]{3})(?=[^\n]*(?<!\d)\d{3,4}(?!\d))[^\n]*")
"""A date with its month and its year."""
_ASSUMED: Final = (
    "The words name no calendar; the {} one is assumed, as articles give dates before 15 October 1582 in it."
)
_RANGE: Final = "date-range"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the battle, as one dating gives it."""

    iri: Iri
    name: str
    dating: Dating


def is_writable(dating: Dating) -> bool:
    """Tell whether a dating gives days between which it lies; words that give none stay unread."""
    return any(_bound(dating, is_begin=is_begin) for is_begin in (True, False))


def told_in_full(reading: FieldReading) -> tuple[Dating, ...]:
    """Return the datings of a field of which no other date of the field may change what they say.

    Where figures stay unread, a date is perhaps not the battle's first or last one.
    """
    unread = (one.words.text for one in reading.portions if one.disposal is Disposal.UNREAD)
    if any(_FIGURE.search(_CLOCK.sub("", words)) for words in unread):
        return tuple(dating for dating in reading.datings if dating.phase)
    return reading.datings


def phases_of(datings: Sequence[Dating], scene: Scene) -> tuple[Phase, ...]:
    """Return the phases that datings name, in the order of the text."""
    named = [(dating, single_spaced(dating.phase.text).strip(" :()")) for dating in datings if dating.phase]
    names = told_apart([(name, dating.words.text, str(dating.words.span.start)) for dating, name in named])
    return tuple(
        Phase(scene.own("event", slug), capitalised(name), dating)
        for (dating, name), slug in zip(named, names, strict=True)
    )


def phase_nodes(phases: Sequence[Phase], scene: Scene) -> tuple[Node, ...]:
    """Return a node for each phase, numbered in the order of their first days, else in that of the text."""
    in_order = sorted(phases, key=lambda phase: bounds(phase.dating.first or "") is None)
    if all(_is_day(phase.dating.first) for phase in phases):
        in_order = sorted(phases, key=lambda phase: _chronological(phase.dating.first or ""))
    return tuple(_phase_node(phase, order, scene) for order, phase in enumerate(in_order, 1))


def date_nodes(datings: Sequence[Dating], phases: Sequence[Phase], scene: Scene) -> Iterator[Node]:
    """Yield a claim for the beginning and one for the end, of the battle and of each of its phases."""
    by_dating = {id(phase.dating): phase for phase in phases}
    bounded = [
        (dating, by_dating.get(id(dating)), is_begin)
        for dating in datings
        for is_begin in (True, False)
        if _bound(dating, is_begin=is_begin)
    ]
    names = told_apart(
        [
            (
                f"{phase.name if phase else 'battle'} {'begin' if is_begin else 'end'}",
                dating.words.text,
                str(dating.words.span.start),
            )
            for dating, phase, is_begin in bounded
        ]
    )
    for (dating, phase, is_begin), name in zip(bounded, names, strict=True):
        yield _date_node(dating, phase, scene.own("claim", name), scene, is_begin=is_begin)


def _phase_node(phase: Phase, order: int, scene: Scene) -> Node:
    dating = phase.dating
    says: list[Says] = [("rdfs:label", english(phase.name)), ("sem:subEventOf", scene.battle)]
    if _is_exact(dating) and dating.first and dating.last:
        says.append(("sem:hasBeginTimeStamp", day_text(dating.first)))
        says.append(("sem:hasEndTimeStamp", day_text(dating.last)))
    says.append(("bg:phaseOrder", number(order)))
    if dating.duration_days is not None:
        says.append(("bg:statedDuration", Text(f"P{dating.duration_days}D", datatype=XSD + "duration")))
    if dating.calendar:
        says.append(("bg:calendar", Text(dating.calendar)))
    if dating.is_calendar_assumed:
        says.append(("bg:readingNote", english(_ASSUMED.format(dating.calendar))))
    says.append(("bg:readingRule", Text(dating.rule)))
    quotes = scene.quoted(dating.words, dating.marks)
    if dating.phase:
        quotes = (dating.phase.span, *quotes)
    return Node(phase.iri.value, "bg:Phase", tuple(says), quotes)


def _date_node(dating: Dating, phase: Phase | None, iri: Iri, scene: Scene, *, is_begin: bool) -> Node:
    found = _bound(dating, is_begin=is_begin)
    if found is None:
        raise ValueError(f"{dating.words.text!r} gives no such date")
    edtf = connected(_part(dating.edtf or "", is_begin=is_begin))
    open_days = alternatives(edtf)
    is_exact = found.earliest == found.latest
    property_ = "sem:hasBeginTimeStamp" if is_begin else "sem:hasEndTimeStamp"
    when = _when(dating, is_begin=is_begin)
    words = single_spaced(scene.copied(when))
    subject = phase.iri if phase else scene.battle
    middle: list[Says] = [
        *triple(subject, property_, day_text(found.earliest) if is_exact else None),
        ("bg:whenLexical", Text(scene.copied(when))),
    ]
    if edtf:
        middle.append(("bg:dateEdtf", edtf_text(edtf)))
    middle += [("bg:earliestDate", day_text(found.earliest)), ("bg:latestDate", day_text(found.latest))]
    if open_days:
        middle.append(("bg:possibleDate", tuple(map(day_text, open_days))))
    if dating.calendar:
        middle.append(("bg:calendar", Text(dating.calendar)))
    whose = f"“{phase.name}”" if phase else "the battle"
    says = own_claim(
        scene,
        f"{'Beginning' if is_begin else 'End'} of {whose}: {words}",
        *middle,
        marks=dating.marks,
        certainty=_certainty(edtf, is_exact=is_exact),
        notes=[_ASSUMED.format(dating.calendar)] if dating.is_calendar_assumed else [],
        rule=dating.rule,
        doubts=scene.doubts.behind(dating.words),
    )
    quotes = scene.quoted(dating.words, dating.marks)
    return Node(iri.value, "bg:DateClaim", says, (dating.phase.span, *quotes) if dating.phase else quotes)


def _certainty(edtf: str, *, is_exact: bool) -> str:
    if alternatives(edtf):
        return "Alternatives"
    return "Asserted" if is_exact and not _VAGUE_EDTF & set(edtf) else "Approximate"


def _bound(dating: Dating, *, is_begin: bool) -> Bounds | None:
    """Return the days between which the beginning or the end lies; None where the text does not tell."""
    if not is_begin and dating.is_open:
        return None
    edtf = _part(dating.edtf or "", is_begin=is_begin)
    if days := alternatives(edtf):
        return Bounds(days[0], days[-1])
    if exact := dating.first if is_begin else dating.last:
        return bounds(exact)
    return outer_bounds(edtf)


def _when(dating: Dating, *, is_begin: bool) -> Words:
    """Return the words that give the beginning or the end: all of them where one lends the other month or year."""
    words = dating.words
    if dating.rule != _RANGE:
        return words
    plain = _BRACKET.sub(lambda found: " " * len(found[0]), words.text)
    joints = list(_JOINT.finditer(plain))
    if len(joints) != 1:
        return words
    parts = ((0, joints[0].start()), (joints[0].end(), len(plain)))
    if not all(_WHOLE_DATE.fullmatch(plain[start:end].strip()) for start, end in parts):
        return words
    start, end = parts[0 if is_begin else 1]
    part = plain[start:end]
    start += len(part) - len(part.lstrip())
    return Words(words.line, words.start + start, words.start + start + len(part.strip()))


def _part(edtf: str, *, is_begin: bool) -> str:
    begin, separator, end = edtf.partition("/")
    return begin if is_begin or not separator else end


def _is_day(date: str | None) -> bool:
    found = bounds(date or "")
    return found is not None and found.earliest == found.latest


def _is_exact(dating: Dating) -> bool:
    return _is_day(dating.first) and _is_day(dating.last) and not _VAGUE_EDTF & set(dating.edtf or "")


def _chronological(day: str) -> tuple[int, str]:
    """Return what days of all eras sort by."""
    before_common_era = day.startswith("-")
    year, month_and_day = day[1:].split("-", 1) if before_common_era else day.split("-", 1)
    return (-int(year) if before_common_era else int(year), month_and_day)
