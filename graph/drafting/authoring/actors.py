"""Who fought: the sides by their columns, their members, their commanders and what became of them, their units."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.claims import own_claim, triple
from graph.drafting.authoring.identity import FORCES
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, number
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.slugs import slug_of, told_apart
from graph.drafting.authoring.things import Things
from graph.drafting.document import Words
from graph.drafting.reading import Belligerent, Commander, Disposal, FieldReading, Named, Unit

_SHOWN: Final = 2
"""Members that the label of a side names."""
_ASIDE: Final = re.compile(
    r"\b(?:support|aid(?:ed|ing)?\b|assist|back(?:ed|ing)\b|diploma|politic|material|logisti|suppl|arms?\b|alleged|claimed|"
    r"denied|disputed|suspected|neutral|observ|mediat|non-combat|non-belligerent|advis)",
    re.IGNORECASE,
)
"""Headings and brackets that say of those they are about that they took another part, or may have taken none."""
_NOTES: Final = frozenset({"belligerent-note", "commander-role"})
"""The rules that read what stands in brackets after a name."""
_YEAR: Final = re.compile(r"\d{3,4}")
_FATES: Final = MappingProxyType({"surrendered": "captured"})
"""Fates for which the ontology has another word."""

_Listed = Belligerent | Commander | Unit


@dataclass(frozen=True, slots=True)
class _Place:
    """An actor in a column, or in none that the text tells."""

    listed: _Listed
    actor: Iri
    quotes: tuple[Span, ...]

    @property
    def is_member(self) -> bool:
        """It is told among the belligerents, with nothing that sets it aside: "Supported by:", "(denied)"."""
        one = self.listed
        return isinstance(one, Belligerent) and not _ASIDE.search(f"{one.heading or ''} {one.named.note or ''}")


class Actors:
    """The actors of one article, by the columns of its box."""

    def __init__(self, readings: Sequence[FieldReading], scene: Scene, things: Things) -> None:
        """Name every belligerent, commander and unit that was read."""
        self._scene = scene
        listed: list[_Listed] = []
        for reading in readings:
            listed += (*reading.belligerents, *reading.commanders, *reading.units)
        on_both_sides = _on_both_sides(listed)
        self._pages = {
            class_: {one.named.link for one in listed if isinstance(one, class_)} for class_ in (Belligerent, Commander)
        }
        self._notes = _notes(readings)
        self._places = [self._place(one, things, on_both_sides) for one in listed]

    def of_no_side(self) -> tuple[Iri, ...]:
        """Return the actors whose side the text does not tell, or whom it tells to be no members of theirs."""
        return tuple(
            dict.fromkeys(
                place.actor
                for place in self._places
                if place.listed.side is None or (isinstance(place.listed, Belligerent) and not place.is_member)
            )
        )

    def side_nodes(self, others: Iterable[tuple[int, Span]]) -> Iterator[Node]:
        """Yield the sides from the first to the last; `others` are columns and words that are in them besides."""
        grounds: dict[int, list[Span]] = defaultdict(list)
        for number_, span in others:
            grounds[number_].append(span)
        numbers = {*grounds, *(place.listed.side for place in self._places if place.listed.side)}
        for number_ in range(1, max(numbers, default=0) + 1):
            yield self._side_node(number_, grounds[number_] or [span for spans in grounds.values() for span in spans])

    def fate_nodes(self) -> Iterator[Node]:
        """Yield a claim for each commander of whom the box tells what became of them."""
        fallen = [
            (place, place.listed, effect)
            for place in self._places
            if isinstance(place.listed, Commander)
            and place.listed.fate
            and (effect := self._scene.registry.effect(_FATES.get(place.listed.fate, place.listed.fate)))
        ]
        names = told_apart(
            [
                (f"{one.named.name} {one.fate}", f"side {one.side}", str(one.named.words.span.start))
                for _, one, _ in fallen
            ]
        )
        for (place, one, effect), name in zip(fallen, names, strict=True):
            fate = (one.fate or "").replace("_", " ")
            says = own_claim(
                self._scene,
                f"{single_spaced(one.named.name)}: {fate}",
                *triple(place.actor, "bg:fate", Iri(effect)),
                marks=one.named.marks,
                rule=one.rule,
            )
            apart = [
                mark.span
                for mark in one.named.marks
                if not place.quotes[0].start <= mark.span.start < place.quotes[0].end
            ]
            yield Node(self._scene.own("claim", name).value, "bg:StatusClaim", says, (*place.quotes, *apart))

    def _place(self, one: _Listed, things: Things, on_both_sides: frozenset[str]) -> _Place:
        class_ = (
            "Person"
            if isinstance(one, Commander)
            else _class_of(one.named)
            if isinstance(one, Belligerent)
            else "ForceGroup"
        )
        words = one.named.words
        if isinstance(one, Commander) and one.fate_words and one.fate_words.line is words.line:
            start, end = min(words.start, one.fate_words.start), max(words.end, one.fate_words.end)
            words = Words(words.line, start, end)
        quotes = (self._scene.named(words, one.named.marks),)
        is_ambiguous = slug_of(one.named.name) in on_both_sides and not isinstance(one, Belligerent)
        apart = f"side {one.side}" if is_ambiguous and one.named.link is None else ""
        other = Belligerent if isinstance(one, Commander) else Commander
        # A page that is a person's for the box is no power's.
        is_page = one.named.link not in self._pages[other]
        actor = things.of(class_, one.named, rules=[one.rule], quotes=quotes, apart=apart, is_page=is_page)
        return _Place(one, actor, quotes)

    def _side_node(self, number_: int, grounds: Sequence[Span]) -> Node:
        own = [place for place in self._places if place.listed.side == number_]
        members = [place for place in own if place.is_member]
        listed = [place for place in own if isinstance(place.listed, Belligerent)]
        lost = [p for p in self._places if isinstance(p.listed, Belligerent) and p.listed.side is None]
        says: list[Says] = [
            ("rdfs:label", english(f"Side {number_}" if lost else f"Side {number_} ({_named_after(members)})")),
            ("bg:sideOf", self._scene.battle),
            ("bg:sideNumber", number(number_)),
        ]
        for property_, class_ in (("bg:member", Belligerent), ("bg:commander", Commander), ("bg:unitInvolved", Unit)):
            found = members if class_ is Belligerent else [one for one in own if isinstance(one.listed, class_)]
            if actors := tuple(dict.fromkeys(place.actor for place in found)):
                says.append((property_, actors))
        notes = dict.fromkeys(place.listed.side_basis for place in own if place.listed.side_basis)
        notes |= dict.fromkeys(note for place in own for note in _remarks(place))
        if lost:
            notes[_half_known(members, lost)] = None
        says += [("bg:readingNote", english(note)) for note in notes]
        if rules := tuple(dict.fromkeys(place.listed.rule for place in own)):
            says.append(("bg:readingRule", tuple(map(Text, rules))))
        quotes = [span for place in listed for span in (*place.quotes, *self._quoted_note(place))]
        quotes += [span for place in own if _is_dated(place) for span in self._quoted_note(place)]
        quotes = quotes or list(grounds[:1]) or [span for place in own[:1] for span in place.quotes]
        return Node(self._scene.side(number_).value, "bg:Side", tuple(says), tuple(dict.fromkeys(quotes)))

    def _quoted_note(self, place: _Place) -> Iterator[Span]:
        """Yield where the words in brackets after a name stand."""
        for note in (place.listed.named.note or "").split("; "):
            spans = self._notes.get(note, [])
            if (at := bisect_right(spans, place.listed.named.words.span)) < len(spans):
                yield spans[at]


def _class_of(named: Named) -> str:
    return (
        "ForceGroup" if named.name.casefold().split()[-1:] and named.name.casefold().split()[-1] in FORCES else "Polity"
    )


def _named_after(members: Sequence[_Place]) -> str:
    names = list(dict.fromkeys(single_spaced(place.listed.named.name) for place in members))
    if not names:
        return "name not read"
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _is_dated(place: _Place) -> bool:
    return isinstance(place.listed, Commander) and bool(_YEAR.search(place.listed.named.note or ""))


def _remarks(place: _Place) -> Iterator[str]:
    """Yield what the box says of the part that someone took: a heading over them, a bracket after them."""
    one = place.listed
    name = single_spaced(one.named.name)
    if isinstance(one, Belligerent) and one.heading:
        yield f"{name}: under “{one.heading.rstrip(' :')}”."
    if one.named.note and (isinstance(one, Belligerent) or _is_dated(place)):
        yield f"{name}: “{one.named.note}”."


def _half_known(members: Sequence[_Place], lost: Sequence[_Place]) -> str:
    def names(places: Sequence[_Place]) -> str:
        return ", ".join(f"“{name}”" for name in dict.fromkeys(single_spaced(one.listed.named.name) for one in places))

    read = f"Read for this side: {names(members)}." if members else "No name was read for this side."
    return f"{read} The text does not tell the column of {names(lost)}."


def _notes(readings: Iterable[FieldReading]) -> dict[str, list[Span]]:
    """Return where the words in brackets after names stand, by the words, in their order."""
    found: dict[str, list[Span]] = defaultdict(list)
    for reading in readings:
        for portion in reading.portions:
            if portion.disposal is Disposal.READ and portion.why in _NOTES:
                found[single_spaced(portion.words.text.strip(" ,()"))].append(portion.words.span)
    return {words: sorted(spans) for words, spans in found.items()}


def _on_both_sides(listed: Iterable[_Listed]) -> frozenset[str]:
    """Return the slugs of names that stand in several columns: they need not be one person or unit."""
    sides: dict[str, set[int | None]] = defaultdict(set)
    for one in listed:
        sides[slug_of(one.named.name)].add(one.side)
    return frozenset(name for name, columns in sides.items() if len(columns) > 1)
