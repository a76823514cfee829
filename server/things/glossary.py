"""What the terms on a page mean: the definitions of the vocabulary, for readers who do not know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import SKOS
from server.http.languages import PAGE_LANGUAGE
from server.site import Site
from server.terms.labels import Shown

_DEFINITION: Final = ox.NamedNode(SKOS + "definition")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its definition."""

    shown: Shown
    definition: str


def define(site: Site, iri: str) -> str | None:
    """Return the definition of a term, in English where it has several; None where the data has none."""
    found = [
        quad.object
        for quad in site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _DEFINITION, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.Literal)
    ]
    return min(found, key=lambda x: (x.language != PAGE_LANGUAGE, x.value)).value if found else None


def gloss(site: Site, iris: Iterable[str]) -> tuple[Entry, ...]:
    """Return those of these terms that are defined, by name."""
    defined = ((iri, define(site, iri)) for iri in set(iris))
    entries = (Entry(site.labels.show_iri(iri), text) for iri, text in defined if text is not None)
    return tuple(sorted(entries, key=lambda entry: (entry.shown.text.lower(), entry.shown.iri or "")))
