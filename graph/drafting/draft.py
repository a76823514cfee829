"""From an article's text to the draft of its authored form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from graph.article import TEXT_FILE, WIKITEXT_FILE
from graph.drafting.actors.belligerents import read_belligerents
from graph.drafting.actors.commanders import read_commanders
from graph.drafting.actors.units import read_units
from graph.drafting.authoring.pages import pages
from graph.drafting.authoring.slugs import slug_of
from graph.drafting.chronicle.alternative_names import alternative_names
from graph.drafting.chronicle.dates import read_date
from graph.drafting.chronicle.outcomes import read_conflict, read_outcome, read_part_of
from graph.drafting.chronicle.places import read_coordinates, read_place
from graph.drafting.document import Document, Field, Form, UnreadableArticle
from graph.drafting.ignored_fields import read_other
from graph.drafting.losses import read_losses
from graph.drafting.reading import Disposal, FieldReading, Reading
from graph.drafting.registry import Registry, read_registry
from graph.drafting.rendered import read_rendered
from graph.drafting.strengths import read_strength
from graph.drafting.wikitext import read_wikitext

__all__ = ["Draft", "draft", "read_article", "slug_of"]

_LONGEST: Final = 4_000_000
"""Code points of a text. MediaWiki stores no page of more than 2 MiB."""
_WIKITEXT: Final = re.compile(r"\{\{\s*(?:infobox|warbox)|\[\[[^\[\]\n]+\]\]|\{\{[^{}\n]+\}\}", re.IGNORECASE)
_LOSSES: Final = "casualties"

_Reader = Callable[[Field, Document], FieldReading]

_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "combatant": read_belligerents,
        "commander": read_commanders,
        "conflict": read_conflict,
        "coordinates": read_coordinates,
        "date": read_date,
        "milstrength": read_strength,
        "partof": read_part_of,
        "place": read_place,
        "polstrength": read_strength,
        "result": read_outcome,
        "status": read_outcome,
        "strength": read_strength,
        "territory": read_outcome,
        "units": read_units,
    }
)
"""What reads the fields of each key; losses are read together, because their columns tell of each other."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The authored form of an article as a program drafts it."""

    slug: str
    title: str
    reading: Reading
    files: Mapping[str, bytes]
    """By name: the text as it came, and the Turtle beside it."""

    @property
    def summary(self) -> tuple[str, ...]:
        """What was read, and how many of its words were not: a line for each kind of statement."""
        readings = [reading for _, reading in self.reading.fields]
        portions = [portion for reading in readings for portion in reading.portions]
        words = {
            disposal: sum(len(portion.words.text.split()) for portion in portions if portion.disposal is disposal)
            for disposal in Disposal
        }
        kinds = {
            "losses": sum(len(reading.losses) for reading in readings),
            "strengths": sum(len(reading.strengths) for reading in readings),
            "belligerents": sum(len(reading.belligerents) for reading in readings),
            "commanders": sum(len(reading.commanders) for reading in readings),
            "units": sum(len(reading.units) for reading in readings),
            "dates": sum(len(reading.datings) for reading in readings),
            "references": sum(not entry.is_note for entry in self.reading.document.entries),
        }
        return (
            self.title,
            ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count) or "nothing was read",
            "words of the fields: " + ", ".join(f"{count} {disposal.value}" for disposal, count in words.items()),
        )


def read_article(source: str, title: str | None = None) -> Reading:
    """Return what the text of an article says, wikitext or rendered text alike.

    Every letter and digit of every field is read, ignored for a reason, or unread. Raises
    `UnreadableArticle` where nothing can be drafted from the text.
    """
    if len(source) > _LONGEST:
        raise UnreadableArticle(
            f"the text has {len(source):,} characters; no article has more than {_LONGEST:,}, so this is something else"
        )
    if not source.strip():
        raise UnreadableArticle("the text is empty")
    read = read_wikitext if _WIKITEXT.search(source) else read_rendered
    document = read(source, title or "")
    together = {id(field): reading for field, reading in read_losses(document)}
    fields = tuple(
        (field, together[id(field)] if id(field) in together else _READERS.get(field.key, read_other)(field, document))
        for field in document.fields
    )
    return Reading(document, fields, tuple(alternative_names(document)), document.prose)


def draft(
    source: str,
    slug: str,
    title: str | None = None,
    source_url: str | None = None,
    registry: Registry | None = None,
) -> Draft:
    """Return the draft of an article's text; equal arguments give equal bytes.

    `source_url` is the page that the text is from. Raises `UnreadableArticle` where nothing can be drafted.
    """
    reading = read_article(source, title)
    name = reading.document.title or _conflict(reading) or slug.replace("-", " ").capitalize()
    reading = replace(reading, document=replace(reading.document, title=name))
    text_file = WIKITEXT_FILE if reading.document.form is Form.WIKITEXT else TEXT_FILE
    files = {text_file: source.encode()}
    written = pages(reading, slug, registry or read_registry(), page=source_url)
    return Draft(slug, name, reading, MappingProxyType(files | {name: text.encode() for name, text in written.items()}))


def _conflict(reading: Reading) -> str | None:
    return next((named.name for _, one in reading.fields for named in one.names), None)
