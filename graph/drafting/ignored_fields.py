"""Fields that say nothing which a draft states: pictures, maps, layout; and those that a person has to read."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import whole
from graph.drafting.document import Document, Field
from graph.drafting.reading import Disposal, FieldReading

_PICTURE: Final = "The parameter is about the picture."
_MAP: Final = "The parameter is about the map of the box."
_LAYOUT: Final = "The parameter is about how the box looks."
_NAVIGATION: Final = "The box of the campaign leads to other articles."
_HEADER: Final = "The parameter is the heading of a row."

_REASONS: Final = MappingProxyType(
    {
        "action": "The parameter only says which words stand for a missing value.",
        "alt": _PICTURE,
        "campaignbox": _NAVIGATION,
        "caption": "The caption tells what the picture shows, not what the article states of the battle.",
        "image": _PICTURE,
        "mark": _MAP,
        "no-location-property": _LAYOUT,
        "params": _LAYOUT,
        "style": _LAYOUT,
        "width": _LAYOUT,
    }
)
_REASONS_BY_START: Final = (("image", _PICTURE), ("map", _MAP), ("colo", _LAYOUT), ("body", _LAYOUT))
_TO_READ: Final = MappingProxyType(
    {
        "casus": "The cause of the conflict is told in free words, which are for a person to read.",
        "notes": "The notes below the box are free words, which are for a person to read.",
    }
)
_UNKNOWN: Final = "The parameter is none of those that a draft reads."

RULES: Final = MappingProxyType[str, str]({})
"""Nothing is stated from these fields, so there is no rule."""


def read_other(field: Field, _document: Document) -> FieldReading:
    """Return no statement: the words are ignored where their parameter is of the box alone, otherwise unread."""
    reason = _reason(field.key)
    disposal = Disposal.IGNORED if reason else Disposal.UNREAD
    why = reason or _TO_READ.get(field.key, _UNKNOWN)
    return FieldReading(tuple(portion for line in field.lines for portion in whole(field, line, disposal, why)))


def _reason(key: str) -> str | None:
    if key in _REASONS:
        return _REASONS[key]
    if key.endswith("_header"):
        return _HEADER
    return next((reason for start, reason in _REASONS_BY_START if key.startswith(start)), None)
