"""Who fought: the sides by their columns, their members, their commanders and what became of them, their units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.authoring.claims import own_claim, triple
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, number
from graph.drafting.authoring.scene import Scene, single_spaced
from graph.drafting.authoring.slugs import slug_of, told_apart
from graph.drafting.authoring.things import Things
from graph.drafting.document import Words
from graph.drafting.reading import Belligerent, Commander, FieldReading, Named, Unit

_SHOWN: Final = 2
"""Members that the label of a side names."""
_FORCES: Final = frozenset(
    [
        "army",
        "armies",
        "navy",
        "force",
        "forces",
        "corps",
        "division",
        "divisions",
        "brigade",
        "brigades",
        "regiment",
        "regiments",
        "battalion",
        "battalions",
        "militia",
        "militias",
        "militiamen",
        "guard",
        "guards",
        "fleet",
        "squadron",
        "troops",
        "rebels",
        "insurgents",
        "partisans",
        "guerrillas",
        "legion",
        "group",
        "groups",
        "command",
        "police",
        "volunteers",
        "fighters",
        "mercenaries",
        "militants",
    ]
)
"""Last words of names that are a force's rather than a power's."""
_FATES: Final = MappingProxyType({"surrendered": "captured"})
"""Fates for which the ontology has another word."""

_Listed = Belligerent | Commander | Unit


@dataclass(frozen=True, slots=True)
class _Place:
    """An actor in a column, or in none that the text tells."""

    listed: _Listed
    actor: Iri
    quotes: tuple[Span, ...]


class Actors:
    """The actors of one article, by the columns of its box."""

    def __init__(self, readings: Sequence[FieldReading], scene: Scene, things: Things) -> None:
        """Name every belligerent, commander and unit that was read."""
        self._scene = scene
        listed: list[_Listed] = []
        for reading in readings:
            listed += (*reading.belligerents, *reading.commanders, *reading.units)
        on_both_sides = _on_both_sides(listed)
        self._places = [self._place(one, things, on_both_sides) for one in listed]

    def of_no_side(self) -> tuple[Iri, ...]:
        """Return the actors whose side the text does not tell."""
        return tuple(dict.fromkeys(place.actor for place in self._places if place.listed.side is None))

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
        return _Place(one, things.of(class_, one.named, rules=[one.rule], quotes=quotes, apart=apart), quotes)

    def _side_node(self, number_: int, grounds: Sequence[Span]) -> Node:
        own = [place for place in self._places if place.listed.side == number_]
        members = [place for place in own if isinstance(place.listed, Belligerent)]
        says: list[Says] = [
            ("rdfs:label", english(f"Side {number_} ({_named_after(members)})")),
            ("bg:sideOf", self._scene.battle),
            ("bg:sideNumber", number(number_)),
        ]
        for property_, class_ in (("bg:member", Belligerent), ("bg:commander", Commander), ("bg:unitInvolved", Unit)):
            if actors := tuple(dict.fromkeys(place.actor for place in own if isinstance(place.listed, class_))):
                says.append((property_, actors))
        notes = dict.fromkeys(place.listed.side_basis for place in own if place.listed.side_basis)
        says += [("bg:readingNote", english(note)) for note in notes]
        if rules := tuple(dict.fromkeys(place.listed.rule for place in own)):
            says.append(("bg:readingRule", tuple(map(Text, rules))))
        quotes = [span for place in members for span in place.quotes]
        quotes = quotes or list(grounds[:1]) or [span for place in own[:1] for span in place.quotes]
        return Node(self._scene.side(number_).value, "bg:Side", tuple(says), tuple(quotes))


def _class_of(named: Named) -> str:
    return (
        "ForceGroup"
        if named.name.casefold().split()[-1:] and named.name.casefold().split()[-1] in _FORCES
        else "Polity"
    )


def _named_after(members: Sequence[_Place]) -> str:
    names = list(dict.fromkeys(single_spaced(place.listed.named.name) for place in members))
    if not names:
        return "name not read"
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _on_both_sides(listed: Iterable[_Listed]) -> frozenset[str]:
    """Return the slugs of names that stand in several columns: they need not be one person or unit."""
    sides: dict[str, set[int | None]] = defaultdict(set)
    for one in listed:
        sides[slug_of(one.named.name)].add(one.side)
    return frozenset(name for name, columns in sides.items() if len(columns) > 1)
