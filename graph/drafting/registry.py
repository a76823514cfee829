"""What articles share, by the names under which an article may mean it.

Read from the curated files: graph/shared, ontology/equipment.ttl and ontology/concepts.ttl.
A page of Wikipedia or a distinctive name leads to a thing of a class; a label alone never does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from graph import paths
from graph.namespaces import BG, RDF, RDFS, SKOS

_PAGES: Final = re.compile(r"https://en\.wikipedia\.org/wiki/(?P<title>[^?#]+)")
_NAMES: Final = (RDFS + "label", SKOS + "altLabel", SKOS + "hiddenLabel")
_PLURALS: Final = (("men", "man"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", ""))
"""Endings of a plural, and of its singular. No name of a weapon ends otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of the registry, with its label in English."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A thing that may have a view, with its class."""

    entry: Entry
    class_: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Lookups of what articles share."""

    pages: Mapping[tuple[str, str], Entry]
    """By class, as `Polity`, and the title of its page."""
    names: Mapping[tuple[str, str], Entry]
    """By class and distinctive name."""
    viewpoints: Mapping[str, Entry]
    """By the IRI of the actor whose view it is."""
    actors: Mapping[str, Actor]
    """By the IRI of the viewpoint."""
    types: Mapping[str, Entry]
    """Types of losses by name, as `type_key` gives it."""
    effects: Mapping[frozenset[str], str]
    """IRIs of effects by the words of their names: `killed`, `wounded`."""
    iris: frozenset[str]
    """All that is described in it."""

    def thing(self, class_: str, name: str, page: str | None = None) -> Entry | None:
        """Return the thing of a class that a link leads to, or where there is no link, that the words name."""
        return self.pages.get((class_, page)) if page else self.names.get((class_, name))

    def viewpoint(self, name: str, page: str | None = None) -> Entry | None:
        """Return the view of whom words name, or a link leads to."""
        found = self.thing("Viewpoint", name, page)
        if found is None and page:
            actors = (self.pages.get((class_, page)) for class_ in ("Polity", "Organisation", "ForceGroup"))
            found = next(
                (self.viewpoints[actor.iri] for actor in actors if actor and actor.iri in self.viewpoints), None
            )
        return found

    def type_of(self, words: str) -> Entry | None:
        """Return the type that words name, in the singular or plural."""
        return next((self.types[key] for key in _type_keys(words) if key in self.types), None)

    def effect(self, name: str) -> str | None:
        """Return the IRI of an effect, as `killed_or_wounded`; None where the ontology has none for it.

        Of merged effects the order tells nothing: `wounded_or_killed` is the same.
        """
        return self.effects.get(_words_of_effect(name))


def page_iri(title: str) -> str:
    """Return the IRI of a page of the English Wikipedia.

    >>> page_iri("Battle of Łódź (1914)")
    'https://en.wikipedia.org/wiki/Battle_of_Łódź_(1914)'
    """
    return "https://en.wikipedia.org/wiki/" + re.sub(
        r"[\x00-\x20\"<>\\^`{|}%?#]",
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()),
        title.replace(" ", "_"),
    )


def page_title(iri: str) -> str | None:
    """Return the title of a page of the English Wikipedia; None for other addresses.

    >>> page_title("https://en.wikipedia.org/wiki/Battle_of_Hadrut")
    'Battle of Hadrut'
    """
    found = _PAGES.fullmatch(iri)
    return unquote(found["title"]).replace("_", " ") if found else None


@cache
def read_registry(root: Path = paths.ROOT) -> Registry:
    """Return the registry of the project in a folder. It is read once."""
    shared = _Things(sorted((root / "graph" / "shared").glob("*.ttl")))
    concepts = _Things([root / "ontology" / "concepts.ttl"])
    types = _Things([root / "ontology" / "equipment.ttl"])
    both = [shared, types]
    return Registry(
        pages=MappingProxyType(dict(_by_class(both, BG + "wikipediaPage"))),
        names=MappingProxyType(dict(_by_class(both, BG + "distinctiveName"))),
        viewpoints=MappingProxyType(
            {actor: shared.entry(iri) for iri in list(shared.said) for actor in shared.said[iri][BG + "viewpointOf"]}
        ),
        actors=MappingProxyType(
            {
                iri: Actor(shared.entry(actor), class_.removeprefix(BG))
                for iri in list(shared.said)
                for actor in shared.said[iri][BG + "viewpointOf"]
                for class_ in shared.said[actor][RDF + "type"]
            }
        ),
        types=MappingProxyType(
            {key: types.entry(iri) for iri in types.said for name in types.names(iri) if (key := type_key(name))}
        ),
        effects=MappingProxyType(
            {
                frozenset(re.findall("[A-Z][a-z]*", iri.removeprefix(BG))) - {"Or"}: iri
                for iri in concepts.said
                if BG + "Effect" in concepts.said[iri][RDF + "type"]
            }
        ),
        iris=frozenset((*shared.said, *types.said)),
    )


def type_key(words: str) -> str:
    """Return the name of a type in the one spelling that all its spellings share.

    >>> type_key("BM-21 “Grad” MLRS")
    'bm-21 grad mlrs'
    """
    return " ".join(re.sub(r"[\u2010-\u2013]", "-", re.sub(r"[\"'“”\u2018\u2019«»]", "", words)).casefold().split())


def _type_keys(words: str) -> Iterator[str]:
    key = type_key(words)
    yield key
    yield from (key.removesuffix(plural) + singular for plural, singular in _PLURALS if key.endswith(plural))


def _words_of_effect(name: str) -> frozenset[str]:
    return frozenset(word.capitalize() for word in name.split("_")) - {"Or"}


class _Things:
    """What some files say of each subject, by property."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for file in files:
            for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
                    self.said[quad.subject.value][quad.predicate.value].append(quad.object.value)

    def names(self, iri: str) -> Iterator[str]:
        yield from (name for naming in _NAMES for name in self.said[iri][naming])

    def entry(self, iri: str) -> Entry:
        return Entry(iri, next(self.names(iri), ""))


def _by_class(files: Iterable[_Things], naming: str) -> Iterator[tuple[tuple[str, str], Entry]]:
    for things in files:
        for iri, says in things.said.items():
            for name in says[naming]:
                for class_ in says[RDF + "type"]:
                    yield (class_.removeprefix(BG), page_title(name) or name), things.entry(iri)
