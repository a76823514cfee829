"""The battle and what it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.anchors import Span
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english
from graph.drafting.authoring.places import point
from graph.drafting.authoring.scene import Scene, rules_at, single_spaced
from graph.drafting.authoring.things import Things
from graph.drafting.reading import FieldReading, Named

_ALTERNATIVE: Final = "name-alternative"
"""The rule by which the first sentence gives other names."""
_ROMANISED: Final = "-latn"
"""The end of the language tag of a name in Latin letters that is usually written in others."""


def battle_node(scene: Scene, readings: Sequence[FieldReading], actors: Sequence[Iri], things: Things) -> Node:
    """Return the battle, with its names and its wars; `actors` are those whose side the text does not tell.

    The title is its label; names in other languages are labels, further ones are alternative labels.
    """
    wars = [(war, rules_at(reading, war.words)) for reading in readings for war in reading.wars]
    names: list[tuple[Named, str | None]] = [(name, "en") for reading in readings for name in reading.names]
    names += scene.reading.alternative_names
    labels, others = _labels(scene.title, names)
    says: list[Says] = [("rdfs:label", tuple(labels))]
    if others:
        says.append(("skos:altLabel", tuple(others)))
    if wars:
        says.append(("sem:subEventOf", tuple(dict.fromkeys(things.of("War", war, rules=rules) for war, rules in wars))))
    if actors:
        says.append(("sem:hasActor", tuple(dict.fromkeys(actors))))
    if any(reading.positions for reading in readings):
        says.append(("geo:hasGeometry", point(scene)))
    rules = [
        rule
        for reading in readings
        for named in (*reading.names, *reading.wars)
        for rule in rules_at(reading, named.words)
    ]
    if scene.reading.alternative_names:
        rules.append(_ALTERNATIVE)
    if rules:
        says.append(("bg:readingRule", tuple(map(Text, dict.fromkeys(rules)))))
    return Node(scene.battle.value, "bg:Battle", tuple(says), tuple(_quotes(scene, names, [war for war, _ in wars])))


def _labels(title: str, names: Iterable[tuple[Named, str | None]]) -> tuple[list[Text], list[Text]]:
    labels, others = {"en": english(title)}, dict[Text, None]()
    for named, language in names:
        text = Text(single_spaced(named.name), language=(language or "en").lower())
        if text.language not in labels and not text.language.endswith(_ROMANISED):
            labels[text.language] = text
        elif text != labels.get(text.language):
            others[text] = None
    return list(labels.values()), list(others)


def _quotes(scene: Scene, names: Iterable[tuple[Named, str | None]], wars: Iterable[Named]) -> Iterator[Span]:
    document = scene.document
    if document.title_span is not None:
        yield document.title_span
    for named in (*(named for named, _ in names), *wars):
        yield scene.linked(named.words)
    if document.title_span is None:
        # The box as a whole is about the battle; what it begins with names it best.
        yield from (field.label or field.span for field in document.fields[:1])
