"""What a gap is: a field that the copy of an article shows empty, or a stretch left out, said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from server.assertion import gather
from server.glossary import define
from server.labels import Shown
from server.rows import natural_key
from server.site import Site
from server.taxonomy import TYPE

_GAP: Final = ox.NamedNode(BG + "Gap")
SHOWN: Final = frozenset(BG + name for name in ("field", "gapIn", "valueStatus", "sourceStatus", "inArticle"))
"""The properties of a gap that its page has told before its table."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, and from where."""

    fields: tuple[str, ...]
    """The field, as the article names it."""
    places: tuple[Shown, ...]
    """The things in whose description it is missing."""
    articles: tuple[Shown, ...]
    status: Shown | None
    meaning: str | None
    """What the status means."""


def read_missing(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad]) -> Missing | None:
    """Return what is missing by the gap whose statements these are, None where the thing is no gap."""
    said = gather(quad for quad in own if quad.subject == thing)
    if _GAP not in said.get(TYPE.value, ()):
        return None

    def shown(name: str) -> tuple[Shown, ...]:
        found = [site.labels.show(term) for term in said.get(BG + name, ())]
        return tuple(sorted(found, key=lambda term: natural_key(term.text)))

    status = next(iter(shown("valueStatus")), None)
    return Missing(
        fields=tuple(term.text for term in shown("field")),
        places=shown("gapIn"),
        articles=shown("inArticle"),
        status=status,
        meaning=define(site, status.iri) if status and status.iri else None,
    )
