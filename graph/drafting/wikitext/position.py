"""Coordinates as a page shows them, from the arguments of {{coord}} and from the old parameters of the box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

_SIGNS: Final = "°\N{PRIME}\N{DOUBLE PRIME}"
_OF_PART: Final = MappingProxyType(
    {
        name: part
        for part, names in (
            (("lat", 0), "latitude lat latd lat_d lat_deg lat_degrees"),
            (("lat", 1), "latm lat_m lat_min"),
            (("lat", 2), "lats lat_s lat_sec"),
            (("lat", 3), "latns lat_ns lat_dir"),
            (("long", 0), "longitude long lon longd long_d long_deg lon_deg lon_d"),
            (("long", 1), "longm long_m long_min lon_min lon_m"),
            (("long", 2), "longs long_s long_sec lon_sec lon_s"),
            (("long", 3), "longew long_ew long_dir lon_dir"),
        )
        for name in names.split()
    }
)
_HEMISPHERE: Final = 3
PARTS: Final = frozenset(_OF_PART)
"""Parameters that give a part of the coordinates."""


def from_parts(given: Mapping[str, str]) -> str | None:
    """Return the coordinates that parameters of the box give in parts, or None where they do not give them."""
    axes: dict[str, dict[int, str]] = {"lat": {}, "long": {}}
    for name, value in given.items():
        axis, part = _OF_PART[name]
        axes[axis][part] = value
    if not all(0 in parts for parts in axes.values()):
        return None
    return f"{_axis(axes['lat'], 'NS')} {_axis(axes['long'], 'EW')}"


def _axis(parts: Mapping[int, str], letters: str) -> str:
    hemisphere = parts.get(_HEMISPHERE, "").upper()
    if not hemisphere and len(parts) == 1:
        return decimal(parts[0], letters)
    return degrees([parts[number] for number in range(_HEMISPHERE) if number in parts]) + (hemisphere or letters[0])


def decimal(value: str, letters: str) -> str:
    """Return signed degrees as a page shows them: "4.667°W"."""
    bare = value.strip().replace("\N{MINUS SIGN}", "-")
    return f"{bare.lstrip('+-')}°{letters[bare.startswith('-')]}"


def degrees(parts: Sequence[str]) -> str:
    """Return degrees, minutes and seconds as a page shows them, each with its sign."""
    return "".join(part + sign for part, sign in zip(parts, _SIGNS, strict=False))


def from_coord(given: Sequence[str]) -> str | None:
    """Return the coordinates of the arguments of {{coord}}, or None where they are none."""
    values = []
    for one in given:
        if not one or ":" in one or "_" in one:
            break
        values.append(one)
    hemispheres = [place for place, one in enumerate(values) if one.upper() in {"N", "S", "E", "W"}]
    match hemispheres:
        case [] if len(values) > 1:
            return f"{decimal(values[0], 'NS')} {decimal(values[1], 'EW')}"
        case [first, second]:
            north, east = values[:first], values[first + 1 : second]
            return f"{degrees(north)}{values[first].upper()} {degrees(east)}{values[second].upper()}"
    return None
