"""Data extension: the values of some properties of some things, as columns for a user's table (API 0.2, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from server.http.errors import Problem
from server.reconciliation.facts import MOST_READ, Facts
from server.reconciliation.identifiers import find_thing
from server.reconciliation.payload import kind_of, read_json, read_object, refuse
from server.reconciliation.properties import Properties
from server.site import Site

MOST_IDS: Final = 100
MOST_COLUMNS: Final = 25
_MOST_CHARACTERS: Final = 1_000
LIMIT_SETTING: Final = {
    "name": "limit",
    "label": "Limit",
    "type": "number",
    "default": 0,
    "help_text": f"Most values in one cell; 0: all there are, up to {MOST_READ}.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that is asked for."""

    id: str
    limit: int = MOST_READ


@dataclass(frozen=True, slots=True)
class Extension:
    """What a data extension query asks."""

    ids: tuple[str, ...]
    columns: tuple[Asked, ...]


def read_extension(text: str) -> Extension:
    """Return what a query asks; raise a 400 that names the place of what cannot be understood, or a 413."""
    asked = read_object(read_json(text, "extend"), "extend")
    ids, columns = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list):
        refuse("extend.ids", f"is {kind_of(ids)}, not an array of ids")
    if not isinstance(columns, list):
        refuse("extend.properties", f"is {kind_of(columns)}, not an array of properties")
    if len(ids) > MOST_IDS or len(columns) > MOST_COLUMNS:
        detail = f"Ask for at most {MOST_IDS} ids and {MOST_COLUMNS} properties at a time."
        raise Problem(413, "Too much at a time", detail)
    for identifier in ids:
        if not isinstance(identifier, str):
            refuse("extend.ids", f"has {kind_of(identifier)}. An id is a string")
    return Extension(tuple(ids), tuple(_read_column(each, f"extend.properties[{n}]") for n, each in enumerate(columns)))


def extend(site: Site, properties: Properties, asked: Extension) -> dict[str, Any]:
    """Return the columns and, for each id as it was sent, its values; none where there is no such id or property."""
    facts = Facts(site)
    things = {identifier: find_thing(site, identifier) for identifier in asked.ids}
    meta: list[dict[str, Any]] = []
    rows: dict[str, dict[str, list[dict[str, object]]]] = {identifier: {} for identifier in things}
    for column in asked.columns:
        found = properties.find(column.id)
        name = found.name if found is not None else f"{column.id[:80]} (there is no such property)"
        meta.append(
            {"id": column.id, "name": name}
            | ({"service": found.service} if found is not None and found.service else {})
        )
        for identifier, thing in things.items():
            values = islice(found.read(facts, thing), column.limit) if found is not None and thing is not None else ()
            rows[identifier][column.id] = [_shorten(value.cell()) for value in values]
    return {"meta": meta, "rows": rows}


def _read_column(value: object, place: str) -> Asked:
    column = read_object(value, place)
    identifier, settings = column.get("id"), column.get("settings")
    if not isinstance(identifier, str):
        refuse(place, "has no `id`")
    limit = settings.get("limit") if isinstance(settings, Mapping) else None
    # Forms send numbers as text.
    text = str(limit).removesuffix(".0") if limit is not None and not isinstance(limit, bool) else "0"
    if settings is not None and not isinstance(settings, Mapping):
        refuse(f"{place}.settings", f"is {kind_of(settings)}, not an object")
    if not text.isascii() or not text.isdigit():
        refuse(f"{place}.settings.limit", "must be a whole number")
    return Asked(identifier, min(int(text[:9]), MOST_READ) or MOST_READ)


def _shorten(cell: dict[str, object]) -> dict[str, object]:
    text = cell.get("str")
    if isinstance(text, str) and len(text) > _MOST_CHARACTERS:
        return {"str": f"{text[:_MOST_CHARACTERS]} …"}
    return cell
