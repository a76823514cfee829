"""A reference as a bibliography prints it, with what is missing from its entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS
from server.site import Site
from server.terms.labels import Label, Shown, foreign_language
from server.terms.rows import natural_key
from server.terms.taxonomy import TYPE
from server.terms.values import Value, show_day, show_language
from server.things.assertion import gather

_REFERENCE: Final = ox.NamedNode(BG + "Reference")
_BLANK: Final = ox.NamedNode(BG + "BlankReference")
SHOWN: Final = frozenset(
    (
        *(
            BG + name
            for name in (
                "refNumber", "authorName", "authorHandle", "translatedTitle", "website", "platform", "accessDate",
                "archiveDate", "lostField", "doubt", "readingNote", "anchoredInText", "sourceStatus", "valueStatus",
            )
        ),
        *(DCTERMS + name for name in ("title", "publisher", "issued", "language")),
    )
)  # fmt: skip
"""The properties of a reference that its entry tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference of an article's list, in the parts in which it is printed; any of them may be missing."""

    number: str | None
    authors: tuple[str, ...]
    handles: tuple[str, ...]
    titles: tuple[Label, ...]
    translations: tuple[Label, ...]
    websites: tuple[str, ...]
    publishers: tuple[Shown, ...]
    platforms: tuple[str, ...]
    languages: tuple[Shown, ...]
    issued: tuple[Value, ...]
    archived: tuple[Value, ...]
    accessed: tuple[Value, ...]
    lost: tuple[Shown, ...]
    """The gaps of the entry."""
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    is_blank: bool
    """Whether the copy has nothing of it but its number."""
    is_cited: bool | None
    """Whether the article's text carries a mark for it; None where the data does not say."""


def read_entry(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad]) -> Entry | None:
    """Return the entry of the reference whose statements these are, None where the thing is no reference."""
    said = gather(quad for quad in own if quad.subject == thing)
    kinds = said.get(TYPE.value, ())
    if _REFERENCE not in kinds:
        return None

    def labels(iri: str) -> tuple[Label, ...]:
        found = [Label(x.value, foreign_language(x)) for x in said.get(iri, ()) if isinstance(x, ox.Literal)]
        return tuple(sorted(found, key=lambda label: (label.lang or "", label.text)))

    def texts(iri: str) -> tuple[str, ...]:
        return tuple(label.text for label in labels(iri))

    def terms(iri: str) -> tuple[Shown, ...]:
        shown = [site.labels.show(term) for term in said.get(iri, ())]
        return tuple(sorted(shown, key=lambda term: natural_key(term.text)))

    def languages(iri: str) -> tuple[Shown, ...]:
        return tuple(show_language(site.labels.show(term)) for term in said.get(iri, ()))

    def days(iri: str) -> tuple[Value, ...]:
        return tuple(show_day(text) for text in texts(iri))

    cited = texts(BG + "anchoredInText")
    return Entry(
        number=next(iter(texts(BG + "refNumber")), None),
        authors=texts(BG + "authorName"),
        handles=texts(BG + "authorHandle"),
        titles=labels(DCTERMS + "title"),
        translations=labels(BG + "translatedTitle"),
        websites=texts(BG + "website"),
        publishers=terms(DCTERMS + "publisher"),
        platforms=texts(BG + "platform"),
        languages=languages(DCTERMS + "language"),
        issued=days(DCTERMS + "issued"),
        archived=days(BG + "archiveDate"),
        accessed=days(BG + "accessDate"),
        lost=terms(BG + "lostField"),
        doubts=texts(BG + "doubt"),
        notes=texts(BG + "readingNote"),
        is_blank=_BLANK in kinds,
        is_cited=cited[0] in ("true", "1") if cited else None,
    )
