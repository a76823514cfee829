"""An entry of an article's list of references in short, as a page shows it where something rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS
from server.site import Site
from server.terms.facts import read_facts, texts
from server.terms.labels import Label, Shown, foreign_language
from server.terms.rows import natural_key
from server.terms.taxonomy import TYPE
from server.terms.values import Value, show_day

_BLANK: Final = ox.NamedNode(BG + "BlankReference")


@dataclass(frozen=True, slots=True)
class Source:
    """What identifies a source at a glance; all but `shown` may be missing."""

    shown: Shown
    number: str | None
    """Its number in the list, as a mark in the text has it."""
    authors: tuple[str, ...]
    title: Label | None
    translation: Label | None
    publishers: tuple[str, ...]
    """Who published it, else the site that it stands on."""
    issued: Value | None
    """Day of publication; as the data has it where it is no day."""
    is_blank: bool
    """Whether the copy has nothing of it but its number."""


def read_source(site: Site, reference: Shown) -> Source:
    """Return the source that a reference names."""
    facts = read_facts(site.dataset.store, ox.NamedNode(reference.iri or ""))

    def label(iri: str) -> Label | None:
        found = (term for term in facts.get(iri, ()) if isinstance(term, ox.Literal))
        return next((Label(term.value, foreign_language(term)) for term in found), None)

    publishers = [site.labels.show(term).text for term in facts.get(DCTERMS + "publisher", ())]
    return Source(
        shown=reference,
        number=next(iter(texts(facts, BG + "refNumber")), None),
        authors=texts(facts, BG + "authorName"),
        title=label(DCTERMS + "title"),
        translation=label(BG + "translatedTitle"),
        publishers=tuple(sorted(publishers, key=natural_key)) or texts(facts, BG + "website"),
        issued=next(map(show_day, texts(facts, DCTERMS + "issued")), None),
        is_blank=_BLANK in facts.get(TYPE.value, ()),
    )
