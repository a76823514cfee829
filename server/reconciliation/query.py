"""A reconciliation query as it was asked, and the batch it came in (API 0.2, sections 4.1 and 4.3).

What cannot be understood is refused with its place; what can be left out is left out and
told in `notes`, which the answer carries beside its candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.http.errors import Problem
from server.reconciliation.payload import kind_of, read_json, read_object, refuse

BATCH_SIZE: Final = 50
"""Queries in one batch; more are refused."""
LONGEST_NAME: Final = 300
"""Characters of a name; nothing has a longer one, so nothing is looked for."""
MOST_CANDIDATES: Final = 50
DEFAULT_CANDIDATES: Final = 10
_MOST_TYPES: Final = 20
_MOST_PROPERTIES: Final = 16
_MOST_VALUES: Final = 20
_MEMBERS: Final = frozenset(("query", "type", "limit", "properties", "type_strict"))


class Strictness(StrEnum):
    """What becomes of a candidate that is not of the types asked for."""

    ANY = "any"
    """It must be of one of them: what a query means that does not say."""
    SHOULD = "should"
    """It comes with a lower score, and never as a match."""
    ALL = "all"
    """It must be of each of them."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a candidate should have: the id of a thing, or a text that names one or is the value itself."""

    text: str
    is_id: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that a candidate should have with one of these values."""

    pid: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What one cell of a user's table asks."""

    name: str = ""
    types: tuple[str, ...] = ()
    strictness: Strictness = Strictness.ANY
    limit: int = DEFAULT_CANDIDATES
    wanted: tuple[Wanted, ...] = ()
    notes: tuple[str, ...] = ()
    """What of it was left out, in words."""


def read_batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch under their keys; raise a 400 or, where there are too many, a 413."""
    batch = read_object(read_json(text, "queries"), "queries")
    if len(batch) > BATCH_SIZE:
        detail = f"The batch has {len(batch)} queries. Send at most {BATCH_SIZE} at a time, as the manifest says."
        raise Problem(413, "Batch too large", detail, extra={"batchSize": BATCH_SIZE})
    return {key: read_query(query, f"queries.{key}") for key, query in batch.items()}


def read_single(text: str) -> Query:
    """Return the query of a `query` field as API 0.1 has it: a JSON object, or the name alone."""
    is_object = text.lstrip().startswith("{")
    return read_query(read_json(text, "query") if is_object else {"query": text}, "query")


def read_query(value: object, place: str) -> Query:
    """Return one query; raise a 400 that names the place of what cannot be understood."""
    asked = read_object(value, place)
    if "query" not in asked and not asked.get("properties"):
        refuse(place, "has neither `query` nor `properties`: give a name, or a property that the thing has")
    name = asked.get("query", "")
    if not isinstance(name, str):
        refuse(f"{place}.query", f"is {kind_of(name)}. A name is a string, be it of digits")
    name = " ".join(name.split())
    notes = [
        f"`{member[:40]}` is not a member of a query and was ignored." for member in sorted(asked.keys() - _MEMBERS)
    ]
    if len(name) > LONGEST_NAME:
        notes.append(f"The name has more than {LONGEST_NAME} characters: nothing was looked for.")
    return Query(
        name=name,
        types=tuple(_types(asked.get("type"), f"{place}.type")),
        strictness=_strictness(asked.get("type_strict"), f"{place}.type_strict"),
        limit=_limit(asked.get("limit"), f"{place}.limit"),
        wanted=tuple(_wanted(asked.get("properties"), f"{place}.properties")),
        notes=tuple(notes[:_MOST_PROPERTIES]),
    )


def _types(value: object, place: str) -> Iterator[str]:
    for each in _list(value, place, _MOST_TYPES):
        # The manifest gives types as objects, and some clients hand them back so.
        found = each.get("id") if isinstance(each, dict) else each
        if not isinstance(found, str):
            refuse(place, f"has {kind_of(found)}. A type is the id of one")
        if found.strip():
            yield found.strip()


def _strictness(value: object, place: str) -> Strictness:
    if value is None:
        return Strictness.ANY
    if value not in [*Strictness]:
        refuse(place, f"is none of {', '.join(f'`{each}`' for each in Strictness)}")
    return Strictness(str(value))


def _limit(value: object, place: str) -> int:
    if value is None:
        return DEFAULT_CANDIDATES
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 1 or value != int(value):
        refuse(place, "must be a whole number above 0")
    return min(int(value), MOST_CANDIDATES)


def _wanted(value: object, place: str) -> Iterator[Wanted]:
    for number, each in enumerate(_list(value, place, _MOST_PROPERTIES)):
        here = f"{place}[{number}]"
        mapping: Mapping[str, object] = read_object(each, here)
        pid = mapping.get("pid")
        if not isinstance(pid, str) or "v" not in mapping:
            refuse(here, "must have a property's id as `pid` and a value as `v`")
        found = [_value(one, f"{here}.v") for one in _list(mapping["v"], f"{here}.v", _MOST_VALUES)]
        yield Wanted(pid.strip(), tuple(one for one in found if one.text))


def _value(value: object, place: str) -> Value:
    if isinstance(value, dict):
        identifier = value.get("id")
        if not isinstance(identifier, str):
            refuse(place, "is an object without an `id`")
        return Value(identifier.strip(), is_id=True)
    if isinstance(value, bool):
        return Value("true" if value else "false")
    if isinstance(value, float) and value == int(value):
        return Value(str(int(value)))
    if not isinstance(value, str | int | float):
        refuse(place, f"is {kind_of(value)}. A value is a string, a number, a boolean or an object with an `id`")
    return Value(" ".join(str(value).split())[:LONGEST_NAME])


def _list(value: object, place: str, most: int) -> list[object]:
    """Return the members of an array, or the one value that stands for an array of one."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    if len(values) > most:
        refuse(place, f"has {len(values)} members; at most {most} are read")
    return values
