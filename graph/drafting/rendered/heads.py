"""What stands above the names of an infobox's fields: title, war, picture, caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Apart
from graph.drafting.rendered.parts import Parts, rest_of
from graph.drafting.rendered.rows import Row
from graph.drafting.rendered.surroundings import why_apart
from graph.drafting.rendered.visible import MARKUP, blank_entities, line_of

_PART_OF: Final = re.compile(r"Part of (?!a series\b)(?=\S)")
_LONGEST: Final = 300
"""Code points of a printed title or a war's name."""
_NEAR: Final = 40
"""Rows above the first name of a field among which the head of the box is."""
_IMAGE: Final = re.compile(r"[^\n]{1,200}\.(?:png|jpe?g|svg|gif|tiff?|webp)", re.IGNORECASE)
_COORDINATES: Final = re.compile(r"(?:Coordinates:?\s*)?-?\d{1,3}(?:[.,]\d{1,9})?°")


def read_head(source: str, rows: Sequence[Row], title: str, parts: Parts) -> None:
    """Read what stands above the first name of a field of an infobox."""
    part_of = _part_of(rows)
    name = _name(rows, title, part_of)
    read_above(
        source, rows[:name] if name is not None else (), title, rows[name].text if name is not None else "", parts
    )
    below = 0
    if name is not None:
        row = rows[name]
        parts.add_field(source, "conflict", [row])
        if parts.title_span is None and parts.fields[-1].lines:
            parts.title_span = parts.fields[-1].lines[0].span()
        below = name + 1
    if part_of is not None:
        row = rows[part_of]
        begins = row.start + len("Part of ")
        own = rest_of(source, begins, row.end)
        read_caption(source, rows[below:part_of], parts)
        below = part_of + 1
        while below < len(rows) and rows[below].text.startswith("and ") and not rows[below].blank_before:
            own.append(rows[below])
            below += 1
        parts.add_field(source, "partof", own, label=Span(row.start, begins - 1))
    read_caption(source, rows[below:], parts)


def read_above(source: str, rows: Sequence[Row], title: str, name: str, parts: Parts) -> None:
    """Read what stands above a box: the page's title, navigation, notes to the reader, at times its first words."""
    alike = (title.casefold(), name.casefold())
    first = next((at for at, row in enumerate(rows) if row.text.casefold() in alike), None)
    if first is None:
        first = next((at for at, row in enumerate(rows) if _may_be_title(row)), None)
    for at, row in enumerate(rows):
        if at == first and (line := line_of(source, row.start, row.end)) is not None:
            parts.title_span = line.span()
            marks = [mark.span for mark in line.marks if not mark.span.start < parts.title_span.end]
            parts.apart += [Apart(span, "A footnote mark at the title.") for span in marks]
            parts.apart += [Apart(span, MARKUP) for span in blank_entities(source, row.start, row.end, line)]
        elif row.text.casefold() in alike:
            parts.set_apart([row], "The title once more.")
        elif are_coordinates(row):
            parts.add_field(source, "coordinates", [row])
        elif reason := why_apart(row.text):
            parts.set_apart([row], reason)
        else:
            parts.prose += parts.lines(source, [row])


def printed_names(rows: Sequence[Row], first: int) -> list[str]:
    """Return the names that the battle may have, of the last rows above the first field: of the page, of the box."""
    near = rows[max(0, first - _NEAR) : first]
    part_of = _part_of(near)
    named = [*rows[: min(1, first)], *(near[part_of - 1 : part_of] if part_of else ())]
    return [row.text for row in named if len(row.text) <= _LONGEST]


def are_coordinates(row: Row) -> bool:
    """Tell whether a row begins with coordinates, as the top of a page prints them."""
    return len(row.text) <= _LONGEST and _COORDINATES.match(row.text) is not None


def _part_of(rows: Sequence[Row]) -> int | None:
    return next((at for at in range(len(rows) - 1, -1, -1) if _names_a_war(rows[at])), None)


def _may_be_title(row: Row) -> bool:
    return len(row.text) <= _LONGEST and why_apart(row.text) is None and row.text[-1] not in ".!?"


def _names_a_war(row: Row) -> bool:
    return len(row.text) <= _LONGEST and _PART_OF.match(row.text) is not None


def _name(rows: Sequence[Row], title: str, part_of: int | None) -> int | None:
    """Return the row of the battle's name on the box."""
    if part_of is not None:
        return part_of - 1 if part_of and len(rows[part_of - 1].text) <= _LONGEST else None
    wanted = {title.casefold(), title.partition(" (")[0].casefold()}
    alike = [at for at, row in enumerate(rows) if row.text.casefold() in wanted]
    if alike:
        return alike[-1]
    short = [at for at, row in enumerate(rows) if len(row.text) <= _LONGEST and why_apart(row.text) is None]
    return short[0] if short else None


def read_caption(source: str, rows: Sequence[Row], parts: Parts) -> None:
    """Read the rows around a picture: its caption, or only the name of its file."""
    words: list[Row] = []
    for row in rows:
        if _IMAGE.fullmatch(row.text):
            parts.add_field(source, "image", [row])
        else:
            words.append(row)
    if words:
        parts.add_field(source, "caption", words)
