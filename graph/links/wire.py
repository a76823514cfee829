"""JSON from elsewhere, read as what it ought to be.

Each reader names the place where something else was found, so that a lying service gets a
line in a report. Text loses control characters: it goes to terminals and into files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LONGEST: Final = 250
"""Characters of a text that are kept; Wikibase allows labels of 250."""
_LARGEST: Final = 1e300
"""JSON allows numbers that no float holds."""


class Misread(ValueError):
    """An answer that does not have the shape that its API describes."""


def mapping(value: object, where: str) -> Mapping[str, object]:
    """Return a JSON object; PHP writes an empty one as `[]`."""
    if value == []:
        return {}
    if not isinstance(value, dict):
        raise Misread(f"{where} is {_kind(value)}, not an object")
    return value


def items(value: object, where: str) -> list[object]:
    """Return a JSON array."""
    if not isinstance(value, list):
        raise Misread(f"{where} is {_kind(value)}, not an array")
    return value


def text(value: object, where: str) -> str:
    """Return a string on one line, without control characters, and not endless."""
    if not isinstance(value, str):
        raise Misread(f"{where} is {_kind(value)}, not a string")
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def number(value: object, where: str) -> float:
    """Return a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        raise Misread(f"{where} is {_kind(value)}, not a number")
    return float(value)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), "a number")
