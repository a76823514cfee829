"""Coordinates in several parameters of a box: `latitude` and `longitude`, `latd`, `latm`, `latNS` and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from graph.drafting.chronicle.coordinates import degrees
from graph.drafting.chronicle.joining import as_one
from graph.drafting.document import Document, Field, Words
from graph.drafting.reading import Position

LATLONG_RULES: Final = MappingProxyType(
    {"coordinates-parameters": "Parameters of the box for latitude and longitude make up one position together."}
)

_PARAMETER: Final = re.compile(
    r"(?P<axis>lat|lon)(?:g?(?:itude)?)?_?(?P<unit>d|deg|degrees|m|min|minutes|s|sec|seconds|ns|ew|dir|direction)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_HEMISPHERE: Final = re.compile(r"[NSEW]", re.IGNORECASE)
_UNITS: Final = MappingProxyType({"n": "h", "e": "h", "": "d"})
"""Units whose first letter is not their own: the hemispheres "ns" and "ew", and none at all."""


@dataclass(frozen=True, slots=True)
class _Part:
    axis: str
    unit: str
    """`d`, `m`, `s`, or `h` for the hemisphere."""
    field: Field


def is_part(field: Field, document: Document) -> bool:
    """Tell whether a field is a parameter for one part of a position."""
    return _part(field, document) is not None


def position_of(document: Document) -> Position | None:
    """Return the position that the parameters of a box make up; None where one of the two angles is missing."""
    parts = [part for field in document.of("coordinates") if (part := _part(field, document))]
    values = {(part.axis, part.unit): part.field.lines[0].text.strip() for part in parts}
    latitude, longitude = (_angle(values, axis) for axis in ("lat", "lon"))
    if latitude is None or longitude is None:
        return None
    line = as_one([part.field.lines[0] for part in sorted(parts, key=lambda part: part.field.span)])
    return Position(Words(line, 0, len(line.text)), str(latitude), str(longitude), "coordinates-parameters")


def _part(field: Field, document: Document) -> _Part | None:
    if field.label is None or len(field.lines) != 1:
        return None
    match = _PARAMETER.fullmatch(document.source[field.label.start : field.label.end].strip(" :\t\n"))
    if match is None:
        return None
    unit = (match["unit"] or "").casefold()
    kind = "h" if unit.startswith("dir") else _UNITS.get(unit[:1], unit[:1])
    pattern = _HEMISPHERE if kind == "h" else _NUMBER
    return _Part(match["axis"].casefold(), kind, field) if pattern.fullmatch(field.lines[0].text.strip()) else None


def _angle(values: Mapping[tuple[str, str], str], axis: str) -> Decimal | None:
    """Return an angle; without the name of a hemisphere its sign tells it."""
    given = {unit: values[axis, unit].replace("\u2212", "-").lstrip("+") for unit in "dms" if (axis, unit) in values}
    hemisphere = values.get((axis, "h"), "").upper()
    if "d" not in given or any(value.startswith("-") for unit, value in given.items() if unit != "d"):
        return None
    is_negative = given["d"].startswith("-") or hemisphere in {"S", "W"}
    value = degrees(given["d"].lstrip("-"), given.get("m"), given.get("s"))
    return -value if is_negative else value
