"""The battle and what it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english
from graph.drafting.authoring.places import point
from graph.drafting.authoring.scene import Scene, rules_at
from graph.drafting.authoring.things import Things
from graph.drafting.chronicle.alternative_names import CODE_NAME
from graph.drafting.chronicle.lead import subject
from graph.drafting.document import Words
from graph.drafting.reading import FieldReading, Named

_ALTERNATIVE: Final = "name-alternative"
"""The rule by which the first sentence gives other names."""
_WITHIN: Final = re.compile(r" (?:of|in|during) (?:the )?")
"""Words between an event and the wider one that it is part of."""
_LONGEST: Final = 300
_ROMANISED: Final = "-latn"
"""The end of the language tag of a name in Latin letters that is usually written in others."""


def battle_node(scene: Scene, readings: Sequence[FieldReading], actors: Sequence[Iri], things: Things) -> Node:
    """Return the battle, with its names and its wars; `actors` are those whose side the text does not tell.

    The title is its label; names in other languages are labels, further ones are alternative labels.
    """
    wars = [(war, rules_at(reading, war.words)) for reading in readings for war in reading.wars]
    names: list[tuple[Named, str | None]] = [(name, "en") for reading in readings for name in reading.names]
    names += scene.reading.alternative_names
    wars = [(one, rules) for war, rules in wars for one in _apart(war, scene)]
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
        if named.note != CODE_NAME and text.language not in labels and not text.language.endswith(_ROMANISED):
            labels[text.language] = text
        elif text != labels.get(text.language):
            others[text] = None
    return list(labels.values()), list(others)


def _quotes(scene: Scene, names: Sequence[tuple[Named, str | None]], wars: Iterable[Named]) -> Iterator[Span]:
    document = scene.document
    if document.title_span is not None:
        yield document.title_span
    for named in (*(named for named, _ in names), *wars):
        yield scene.linked(named.words)
    if document.title_span is None:
        yield from islice(_naming(scene), 0 if names else 1)


def _apart(war: Named, scene: Scene) -> Iterator[Named]:
    """Yield a war; and the war of the registry that it ends with: "Reed campaign of the Reed War" is part of both."""
    words = war.words
    for match in _WITHIN.finditer(words.text[:_LONGEST]) if war.link is None else ():
        start = words.start + match.end()
        tail = single_spaced(words.line.text[start : words.end])
        if scene.registry.thing("War", tail) is not None:
            head = Words(words.line, words.start, words.start + match.start())
            yield replace(war, name=single_spaced(head.text), words=head)
            yield replace(war, name=tail, words=Words(words.line, start, words.end))
            return
    yield war


def _naming(scene: Scene) -> Iterator[Span]:
    """Yield words that name the battle where no title stands over them: its title in the prose, or how that begins."""
    document, title = scene.document, scene.title.casefold()
    for line in document.prose:
        text = line.text.casefold()
        if title and len(text) == len(line.text) and (at := text.find(title)) >= 0:
            yield line.span(at, at + len(title))
    for line in document.prose[:1]:
        end, _ = subject(line.text)
        yield line.span(0, end or len(line.text))
    yield from (line.span() for field in document.fields for line in field.lines[:1])
