"""What figures count: types of the controlled vocabulary where it has the words, else types of the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.actors.polity_names import word_set
from graph.drafting.authoring.identity import FORCES, names_page, shared_slug
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, entity
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.slugs import slug_of
from graph.drafting.figures.objects import head, is_known, is_people
from graph.drafting.reading import Figure, Loss
from graph.drafting.registry import page_iri

_SCHEME: Final = entity("scheme", "loss-types")
_JOINT: Final = re.compile(r", and |, or | and | or |, |/")
_OF_A_PEOPLE: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_NATIONALS: Final = word_set(
    "arab bashkir boer bosniak briton bulgar celt chechen copt croat czech dane dutchman englishman finn frank "
    "frenchman gaul georgian goth greek hessian hun irishman kurd lett magyar mongol moor norman pole saxon "
    "scot serb sikh slav slovak slovene spaniard swede swiss tajik tatar turk turkmen uzbek vandal viking "
    "welshman zulu kazakh"
)
"""Peoples whose names end in no syllable that would tell them from things."""
_BODIES: Final = FORCES | word_set("unit units legions reinforcement reinforcements cohort company companies platoon")
"""Words for bodies of people."""
_OF_PEOPLE: Final = word_set("wounded deserted defected executed deported displaced interned sick")
"""Effects that only people suffer."""


@dataclass(frozen=True, slots=True)
class _Kind:
    class_: str
    says: tuple[Says, ...]
    rule: str


class Kinds:
    """The types of one article's figures, gathered figure by figure."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._own: dict[str, _Kind] = {}

    def of(self, figure: Figure) -> Iri:
        """Return the type that a figure counts in; people, where the text says no more."""
        words = single_spaced(figure.object or "")
        if not words:
            return self._known("civilians" if figure.civilian else "people") or entity("category", "person")
        figure = _linked_whole(figure, words)
        if figure.link and (entry := self._scene.registry.thing("LossType", words, figure.link)):
            return Iri(entry.iri)
        if (
            figure.link
            and entity(self._kind(words, figure), shared_slug(figure.link)).value not in self._scene.registry.iris
        ):
            return self._new(words, figure)
        known = self._known(words) or self._together(words, figure)
        # Of “Norlanders” under a heading of civilians the text says that they are civilians.
        if known is None and figure.civilian:
            known = self._known("civilians")
        return known or self._new(words, replace(figure, link=None))

    def nodes(self) -> tuple[Node, ...]:
        """Return the types that are the article's own, or that it links to, by their names."""
        return tuple(
            Node(iri, kind.class_, (*kind.says, ("bg:readingRule", Text(kind.rule))))
            for iri, kind in sorted(self._own.items())
        )

    def _known(self, words: str) -> Iri | None:
        """Return the type that words name, with or without the people whose it is: “Armenian civilians”."""
        registry = self._scene.registry
        entry = registry.type_of(words)
        first, _, rest = words.partition(" ")
        if entry is None and rest and first[0].isupper() and _OF_A_PEOPLE.fullmatch(first) and rest[0].islower():
            entry = registry.type_of(rest)
        return Iri(entry.iri) if entry else None

    def _together(self, words: str, figure: Figure) -> Iri | None:
        """Return the union of types that are counted together, where the vocabulary has each of them."""
        parts = [self._known(part) for part in _JOINT.split(words)]
        members = tuple(dict.fromkeys(part for part in parts if part))
        if len(members) < 2 or None in parts:  # noqa: PLR2004  one type is no union
            return None
        iri = self._scene.own(self._kind(words, figure), slug_of(words))
        says: tuple[Says, ...] = (
            ("rdfs:label", english(f"{words}, counted together")),
            ("skos:altLabel", english(words)),
            ("bg:unionMember", members),
            ("skos:inScheme", _SCHEME),
        )
        self._own.setdefault(iri.value, _Kind("bg:UnionType", says, figure.rule))
        return iri

    def _new(self, words: str, figure: Figure) -> Iri:
        kind, link = self._kind(words, figure), figure.link
        iri = entity(kind, shared_slug(link)) if link else self._scene.own(kind, slug_of(words))
        says: list[Says] = [("rdfs:label", english(link or words))]
        if link and link.casefold() != words.casefold():
            says.append(("skos:hiddenLabel", english(words)))
        if link:
            says.append(("bg:wikipediaPage", Iri(page_iri(link))))
        says.append(("skos:inScheme", _SCHEME))
        self._own.setdefault(iri.value, _Kind("bg:LossType", tuple(says), figure.rule))
        return iri

    @staticmethod
    def _kind(words: str, figure: Figure) -> str:
        """Return "category" for people: by the word that says who, or by an effect that only people suffer.

        Of words that tell neither, a thing is the wider sense.
        """
        last = head(words)
        # “Hiwis” says less than its page, “Hiwi (volunteer)”.
        kind = (figure.link or "").rpartition("(")[2].rstrip(")") if "(" in (figure.link or "") else words
        is_group = is_people(words) or is_people(kind) or last in _NATIONALS or last in _BODIES or f"{last}s" in _BODIES
        effects = figure.effect.split("_") if isinstance(figure, Loss) and not is_known(words) else []
        suffers = not _OF_PEOPLE.isdisjoint(effects)
        return "category" if is_group or suffers else "equipment"


def _linked_whole(figure: Figure, words: str) -> Figure:
    """Return a figure with its link only where all words of what is counted are linked, and name what the page does."""
    if figure.link is None:
        return figure
    at = figure.object_words or figure.words
    covering = [
        link
        for link in at.line.links
        if link.target == figure.link
        and link.start < at.end
        and at.start < link.end
        and words.casefold() in single_spaced(at.line.text[link.start : link.end]).casefold()
    ]
    is_whole = bool(covering) and names_page("LossType", words, figure.link)
    return figure if is_whole else replace(figure, link=None)
