"""The things that an article names: which of them are shared with other articles, and under what name.

Shared is what a wikilink leads to, and what the registry knows by a page or a distinctive
name, if the words and the page name the same thing; everything else belongs to the article.
A label alone never makes two things one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.identity import digest, names_page, shared_slug
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, entity
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.slugs import slug_of
from graph.drafting.reading import Named
from graph.drafting.registry import Entry, page_iri

_KINDS: Final = MappingProxyType(
    {
        "ForceGroup": "force-group",
        "Organisation": "organisation",
        "Person": "person",
        "Place": "place",
        "Polity": "polity",
        "Population": "population",
        "War": "event",
    }
)
"""The part of an IRI that tells the class."""


@dataclass(slots=True)
class _Thing:
    """What is gathered of one thing while its mentions are read."""

    class_: str
    label: str | None
    """None of a thing whose label the registry has."""
    known_as: str
    """The name that it has in the registry or by its label."""
    page: str | None = None
    forms: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    quotes: list[Span] = field(default_factory=list)
    says: tuple[Says, ...] = ()


class Things:
    """The things of one article; gathered mention by mention, then written as nodes."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._things: dict[str, _Thing] = {}

    def of(
        self,
        class_: str,
        named: Named,
        *,
        rules: Iterable[str],
        quotes: Iterable[Span] = (),
        apart: str = "",
        note: str = "",
        says: Iterable[Says] = (),
        is_page: bool = True,
    ) -> Iri:
        """Return the thing that words name, and keep the mention.

        `apart` tells two things of one name in this article from each other, as their sides do;
        `note` says how the words are read, `says` what the text says of the thing besides. Not
        `is_page` where the page that they lead to is known to be of another class.
        """
        link = named.link if is_page and self._is_identity(class_, named) else None
        iri, thing = self._identify(class_, single_spaced(named.name), link, apart, is_linked=named.link is not None)
        thing = self._things.setdefault(iri.value, thing)
        if named.link and not link:
            thing.notes[f"The text links these words to the page “{named.link}”."] = None
        thing.rules |= dict.fromkeys(rules)
        if note:
            thing.notes[note] = None
        name = single_spaced(named.name)
        if name.casefold() != thing.known_as.casefold():
            thing.forms[name] = None
        thing.says = tuple(says) or thing.says
        thing.quotes.extend(quotes or [self._scene.linked(named.words)])
        return iri

    def mention(self, entry: Entry, class_: str, quotes: Iterable[Span]) -> None:
        """Keep that words speak of a thing of the registry."""
        thing = self._things.setdefault(entry.iri, _Thing(class_, None, entry.label))
        thing.quotes.extend(quotes)

    def nodes(self, *classes: str) -> tuple[Node, ...]:
        """Return the nodes of all things of some classes, by their first words in the text."""
        found = [(min(one.quotes), iri, one) for iri, one in self._things.items() if one.class_ in classes]
        return tuple(self._node(iri, one) for _, iri, one in sorted(found, key=lambda one: one[:2]))

    def _is_identity(self, class_: str, named: Named) -> bool:
        """Tell whether the words of a link name what its page is about."""
        if named.link is None:
            return False
        name, registry = single_spaced(named.name), self._scene.registry
        entry = registry.pages.get((class_, named.link))
        known = entry is not None and (
            registry.names.get((class_, name)) == entry or entry.label.casefold() == name.casefold()
        )
        return known or names_page(class_, name, named.link)

    def _identify(self, class_: str, name: str, link: str | None, apart: str, *, is_linked: bool) -> tuple[Iri, _Thing]:
        registry, kind = self._scene.registry, _KINDS[class_]
        # What is linked to another page is not what the same words mean where they are not linked.
        entry = registry.thing(class_, name, link) if link or not is_linked else None
        if entry is not None:
            return Iri(entry.iri), _Thing(class_, None, entry.label)
        if link:
            # Folders of articles name their battles after /id/event/ too.
            slug = shared_slug(link, is_place=class_ == "Place")
            slug = f"war-{slug}" if class_ == "War" else slug
            iri = entity(kind, slug)
            if iri.value in registry.iris:
                iri = entity(kind, f"{slug}-{digest(link)}")
            return iri, _Thing(class_, link, link, page_iri(link))
        slug = slug_of(f"{name} {apart}".strip())
        # Wars have one slug after /id/event/, so the article's own is part of it.
        own = self._scene.own
        iri = own(kind, slug) if class_ != "War" else entity(kind, f"war-{self._scene.slug}-{slug}")
        if iri.value in self._things and self._things[iri.value].label != name:
            slug = f"{slug}-{digest(name)}"
            iri = own(kind, slug) if class_ != "War" else entity(kind, f"war-{self._scene.slug}-{slug}")
        return iri, _Thing(class_, name, name)

    def _node(self, iri: str, thing: _Thing) -> Node:
        says: list[Says] = []
        if thing.label is not None:
            says.append(("rdfs:label", english(thing.label)))
        if thing.forms:
            says.append(("skos:hiddenLabel", tuple(map(english, thing.forms))))
        if thing.page:
            says.append(("bg:wikipediaPage", Iri(thing.page)))
        says += thing.says
        says += [("bg:readingNote", english(note)) for note in thing.notes]
        if thing.rules:
            says.append(("bg:readingRule", tuple(map(Text, thing.rules))))
        return Node(iri, f"bg:{thing.class_}", tuple(says), tuple(thing.quotes))
