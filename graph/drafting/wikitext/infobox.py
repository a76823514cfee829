"""The box of a battle: its parameters as fields."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from mwparserfromhell.nodes import Template

from graph.anchors import Span
from graph.drafting.document import Apart, Field, Line, Piece, Trouble
from graph.drafting.wikitext.covers import COVER
from graph.drafting.wikitext.display import written
from graph.drafting.wikitext.located import Argument, arguments
from graph.drafting.wikitext.position import PARTS, from_parts
from graph.drafting.wikitext.templates import canonical
from graph.drafting.wikitext.visible import Visible

_BOXES: Final = (
    "infobox military conflict",
    "infobox battle",
    "infobox conflict",
    "infobox military engagement",
    "warbox",
    "battlebox",
    "#invoke:infobox military conflict",
)
"""The template, its older names, and the module behind it."""

_ALIASES: Final = MappingProxyType(
    {
        **dict.fromkeys(("location", "places"), "place"),
        **dict.fromkeys(("coords", "coordinate"), "coordinates"),
        **dict.fromkeys(("battle name", "name"), "conflict"),
        **dict.fromkeys(("territorial changes", "territory changes", "territorial", "territories"), "territory"),
        **dict.fromkeys(("polstrength", "milstrength"), "strength"),
        **dict.fromkeys(("leader", "leaders", "commanders"), "commander"),
        "part of": "partof",
        "combatants": "combatant",
        "unit": "units",
        "losses": "casualties",
        "outcome": "result",
        "dates": "date",
        "image size": "image_size",
        "map size": "map_size",
    }
)
_COLUMNS: Final = frozenset(("combatant", "commander", "units", "strength", "casualties"))
_KNOWN: Final = _COLUMNS | {"conflict", "partof", "date", "place", "coordinates", "result", "territory", "campaign"}
_NUMBERED: Final = re.compile(r"([a-z ]{1,40}?) ?(\d) ?[a-z]?")
_INVOKED: Final = "#invoke"
"""Before the name of a module, whose first argument is a function of it."""
_SIDES_OF_A_BOX: Final = 2


def is_box(name: str) -> bool:
    """Tell whether a template of this name is the box of a battle."""
    return canonical(name.replace(COVER, "")).startswith(_BOXES)


def parameter(name: str) -> tuple[str, int | None]:
    """Return the key of a parameter, and its column where its field has columns.

    >>> parameter("Combatant1a"), parameter("part of")
    (('combatant', 1), ('partof', None))
    """
    bare = " ".join(name.replace(COVER, "").lower().replace("_", " ").split())
    if found := _NUMBERED.fullmatch(bare):
        key = _ALIASES.get(found.group(1), found.group(1))
        if key in _COLUMNS:
            return key, int(found.group(2))
    return _ALIASES.get(bare, bare.replace(" ", "_")), None


def names_a_field(name: str) -> bool:
    """Tell whether a parameter of this name is one that only the box has."""
    return parameter(name)[0] in _KNOWN


def read_box(box: Template, span: Span, visible: Visible, apart: list[Apart]) -> tuple[Field, ...]:
    """Return the fields of a box: each parameter, also one that shows nothing."""
    given = list(arguments(box, span.start))
    last = {one.name: one for one in given if one.named}
    filled = {parameter(one.name) for one in last.values() if written(one)}
    fields: list[Field] = []
    parts: list[tuple[Argument, Field]] = []
    apart.append(Apart(Span(span.start, span.start + 2 + len(str(box.name).rstrip())), "The name of the box."))
    for one in given:
        if not one.named:
            if not (one is given[0] and _INVOKED in str(box.name)):
                _unnamed(one, visible)
            continue
        whole = _trimmed(visible.balanced.source, one.span)
        if last[one.name] is not one:
            apart.append(Apart(whole, "A parameter that is given again further on: of several only the last counts."))
            continue
        key, side = parameter(one.name)
        # A third cell without a third side is as wide as the box.
        if key == "casualties" and side and side > _SIDES_OF_A_BOX and ("combatant", side) not in filled:
            side = None
        label = _trimmed(visible.balanced.source, Span(one.span.start, one.code.start - 1))
        lines = visible.cell().lines(one.code)
        read = Field(key, lines, whole, side, label=label)
        if key in PARTS and lines:
            parts.append((one, read))
        else:
            fields.append(read)
    return tuple(sorted((*fields, *_positions(parts, visible.balanced.source)), key=lambda one: one.span))


def _unnamed(one: Argument, visible: Visible) -> None:
    if any(map(str.isalnum, written(one))):
        visible.troubles.append(
            Trouble(
                _trimmed(visible.balanced.source, one.span), "this stands in the box without the name of a parameter"
            )
        )


def _positions(parts: list[tuple[Argument, Field]], source: str) -> list[Field]:
    """Return latitude and longitude given in parts as one field, if they stand together and make one."""
    if not parts:
        return []
    fields = [field for _, field in parts]
    text = from_parts({field.key: field.lines[0].text for field in fields})
    whole = Span(min(one.span.start for one in fields), max(one.span.end for one in fields))
    between = re.sub(r"[\s|]", "", source[whole.start : whole.end])
    together = sum(len(re.sub(r"[\s|]", "", source[one.span.start : one.span.end])) for one in fields) == len(between)
    if text is None or not together:
        return fields
    values = Span(fields[0].lines[0].span().start, fields[-1].lines[0].span().end)
    line = Line((Piece(text, values, verbatim=False),))
    return [replace(fields[0], key="coordinates", lines=(line,), span=whole)]


def _trimmed(source: str, span: Span) -> Span:
    text = source[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))
