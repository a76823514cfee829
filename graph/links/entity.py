"""An item or property of a Wikibase, as far as links depend on it.

Read from the JSON of `wbgetentities` (Wikibase's JSON data model): labels and aliases by
language, and of the statements those that tell the type and the identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.links.wire import Misread, items, mapping, number, text

ENTITY_ID: Final = re.compile(r"[PQ][1-9][0-9]*")
"""An item's or a property's identifier."""

INSTANCE_OF: Final = "P31"
SUBCLASS_OF: Final = "P279"
COORDINATES: Final = "P625"
GEONAMES: Final = "P1566"


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the earth, in degrees."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        """Return latitude and longitude, as the report shows them."""
        return f"{self.latitude:.5g}, {self.longitude:.5g}"


@dataclass(frozen=True, slots=True)
class Entity:
    """What a Wikibase says of the entity that an identifier leads to."""

    id: str
    """Another one than was asked for where that redirects."""
    labels: Mapping[str, str]
    """By language."""
    aliases: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...] = ()
    """Items it is an instance of."""
    superclasses: tuple[str, ...] = ()
    geonames: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What a Wikibase has not, or no longer; the API does not tell which."""


def read_entity(asked: str, value: object) -> Entity | Missing:
    """Return what an answer says under an identifier; raise `Misread` where that is not Wikibase's JSON."""
    found = mapping(value, asked)
    if "missing" in found:
        return Missing()
    entity = text(found.get("id"), f"{asked}.id")
    if not ENTITY_ID.fullmatch(entity):
        raise Misread(f"{asked}.id is {entity!r}, not an identifier")
    redirects = mapping(found.get("redirects", {}), f"{asked}.redirects")
    if entity != asked and (redirects.get("from"), redirects.get("to")) != (asked, entity):
        raise Misread(f"{asked}.id is {entity}, and no redirect leads there")
    claims = mapping(found.get("claims", {}), f"{asked}.claims")
    return Entity(
        entity,
        {
            language: text(mapping(label, f"{asked}.labels").get("value"), f"{asked}.labels.{language}")
            for language, label in mapping(found.get("labels", {}), f"{asked}.labels").items()
        },
        {
            language: tuple(
                text(mapping(alias, f"{asked}.aliases").get("value"), f"{asked}.aliases.{language}")
                for alias in items(aliases, f"{asked}.aliases.{language}")
            )
            for language, aliases in mapping(found.get("aliases", {}), f"{asked}.aliases").items()
        },
        tuple(_entities(claims, INSTANCE_OF, asked)),
        tuple(_entities(claims, SUBCLASS_OF, asked)),
        tuple(text(value, f"{asked}.{GEONAMES}") for value in _values(claims, GEONAMES, asked)),
        tuple(_positions(claims, asked)),
    )


def _values(claims: Mapping[str, object], property_: str, asked: str) -> Iterator[object]:
    """Yield the values of a property, known ones only and without those the Wikibase has deprecated."""
    where = f"{asked}.claims.{property_}"
    for one in items(claims.get(property_, []), where):
        statement = mapping(one, where)
        snak = mapping(statement.get("mainsnak"), f"{where}.mainsnak")
        if statement.get("rank") != "deprecated" and snak.get("snaktype") == "value":
            yield mapping(snak.get("datavalue"), f"{where}.mainsnak.datavalue").get("value")


def _entities(claims: Mapping[str, object], property_: str, asked: str) -> Iterator[str]:
    for value in _values(claims, property_, asked):
        where = f"{asked}.{property_}.id"
        id_ = text(mapping(value, f"{asked}.{property_}").get("id"), where)
        if not ENTITY_ID.fullmatch(id_):
            raise Misread(f"{where} is {id_!r}, not an identifier")
        yield id_


def _positions(claims: Mapping[str, object], asked: str) -> Iterator[Position]:
    for value in _values(claims, COORDINATES, asked):
        point = mapping(value, f"{asked}.{COORDINATES}")
        latitude, longitude = (
            number(point.get(name), f"{asked}.{COORDINATES}.{name}") for name in ("latitude", "longitude")
        )
        yield Position(latitude, longitude)
