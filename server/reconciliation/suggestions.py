"""What a client offers while somebody types: things, types and properties (API 0.2, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from server.reconciliation.identifiers import find_thing, identifier_of
from server.reconciliation.kinds import SPOKEN_OF, UNTYPED, EntityType, is_offered
from server.reconciliation.properties import Property
from server.reconciliation.reconciler import Reconciler
from server.search.folding import fold
from server.search.search_index import Kind

PAGE: Final = 10
"""Suggestions in one answer."""
LONGEST_PREFIX: Final = 300


def suggest_entities(
    reconciler: Reconciler, prefix: str, cursor: int, kind: EntityType | None = None
) -> list[dict[str, Any]]:
    """Return things whose name or id begins so, the nearest first; without a type nothing of the bookkeeping."""
    found: dict[str, Kind] = {}
    thing = find_thing(reconciler.site, prefix)
    if thing is not None:
        found[thing] = reconciler.kind_of(thing)
    hits = reconciler.index.find(prefix, kind.filter if kind else "").hits if fold(prefix) else ()
    usual = sorted(hits, key=lambda hit: not hit.kind.filters & SPOKEN_OF)
    found |= {hit.iri: hit.kind for hit in usual if hit.iri not in found}
    offered = [
        (iri, its)
        for iri, its in found.items()
        if is_offered(its)
        and (its.filters & UNTYPED or iri == thing if kind is None else kind.filter in its.filters)
        and identifier_of(reconciler.site, iri)
    ]
    return [
        {
            "id": identifier_of(reconciler.site, iri),
            "name": reconciler.site.english.label(iri).text,
            "description": reconciler.describe(iri, its),
            "notable": reconciler.types.told(its),
        }
        for iri, its in offered[cursor : cursor + PAGE]
    ]


def tell_types(types: Iterable[EntityType], all_types: Mapping[str, EntityType]) -> list[dict[str, Any]]:
    """Return types as suggestions, each with those directly above it."""
    told = []
    for each in types:
        broader = [{"id": all_types[iri].id, "name": all_types[iri].name} for iri in each.broader]
        one: dict[str, Any] = {"id": each.id, "name": each.name, "description": each.description}
        told.append(one | ({"broader": broader} if broader else {}))
    return told


def tell_properties(properties: Iterable[Property]) -> list[dict[str, Any]]:
    """Return properties as suggestions and proposals."""
    return [{"id": each.id, "name": each.name, "description": each.description} for each in properties]
