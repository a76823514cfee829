"""Who is said to say so: viewpoints that articles share, those of one article, and its own voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.identity import shared_slug
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, entity
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import slug_of
from graph.drafting.authoring.things import Things
from graph.drafting.document import Words
from graph.drafting.reading import Named
from graph.drafting.registry import page_iri

_TAKEN: Final = ("article", "reference-")
"""Names of voices that are no claimant's."""


@dataclass(slots=True)
class _Voice:
    label: str
    says: tuple[Says, ...]
    forms: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    quotes: list[Span] = field(default_factory=list)


class Voices:
    """The claimants of one article, gathered mention by mention."""

    def __init__(self, scene: Scene, things: Things) -> None:
        self._scene, self._things = scene, things
        self._voices: dict[str, _Voice] = {}

    def of(self, claimant: Named | None, heading: Words | None, rules: Iterable[str]) -> Iri:
        """Return the viewpoint of a claimant, and keep the words that name it; the article's own where none is."""
        if claimant is None:
            return self._scene.voice
        name = capitalised(single_spaced(claimant.name))
        iri, voice = self._identify(name, claimant.link)
        voice = self._voices.setdefault(iri.value, voice)
        voice.rules |= dict.fromkeys(rules)
        if name.casefold() not in voice.label.casefold():
            voice.forms[name] = None
        span = self._scene.linked(naming_words(claimant, heading))
        voice.quotes.append(span)
        if actor := self._scene.registry.actors.get(iri.value):
            self._things.mention(actor.entry, actor.class_, [span])
        return iri

    def label(self, voice: Iri) -> str | None:
        """Return what a claimant is called; None for the article's own voice."""
        return self._voices[voice.value].label if voice.value in self._voices else None

    def nodes(self) -> tuple[Node, ...]:
        """Return the viewpoints of the article: its own, then the claimants' by their first words in the text."""
        own = Node(
            self._scene.voice.value,
            "bg:Viewpoint",
            (
                ("rdfs:label", english(f"The article's own voice ({self._scene.title})")),
                ("bg:voiceOf", self._scene.article),
            ),
        )
        found = sorted(self._voices.items(), key=lambda one: (min(one[1].quotes), one[0]))
        return (own, *(self._node(iri, voice) for iri, voice in found))

    def _identify(self, name: str, link: str | None) -> tuple[Iri, _Voice]:
        if entry := self._scene.registry.viewpoint(name, link):
            return Iri(entry.iri), _Voice(entry.label, ())
        if link and entity("viewpoint", shared_slug(link)).value not in self._scene.registry.iris:
            says: tuple[Says, ...] = (
                ("rdfs:label", english(link)),
                ("bg:wikipediaPage", Iri(page_iri(link))),
            )
            return entity("viewpoint", shared_slug(link)), _Voice(link, says)
        slug = slug_of(name)
        if slug.startswith(_TAKEN):
            slug = f"claimant-{slug}"
        return (
            self._scene.own("viewpoint", slug),
            _Voice(name, (("rdfs:label", english(f"{name} ({self._scene.title})")),)),
        )

    @staticmethod
    def _node(iri: str, voice: _Voice) -> Node:
        says = list(voice.says)
        if voice.forms:
            says.append(("skos:hiddenLabel", tuple(map(english, voice.forms))))
        if voice.rules:
            says.append(("bg:readingRule", tuple(map(Text, voice.rules))))
        return Node(iri, "bg:Viewpoint", tuple(says), tuple(voice.quotes))


def naming_words(claimant: Named, heading: Words | None) -> Words:
    """Return the words by which the text gives a claimant the word: “Per X:”, “(per X)”, or the name alone.

    The name alone would name the actor, of whom the article speaks in other places too.
    """
    words, line = claimant.words, claimant.words.line
    if heading is not None and heading.line is line and heading.start <= words.start and words.end <= heading.end:
        return heading
    opened = line.text.rfind("(", 0, words.start)
    closed = line.text.find(")", words.end)
    if (
        opened >= 0
        and closed >= 0
        and ")" not in line.text[opened : words.start]
        and "(" not in line.text[words.end : closed]
    ):
        return Words(line, opened, closed + 1)
    return words
