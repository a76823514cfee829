"""What a gap is, in words that claim no more than the copy shows.

A copy tells that a heading or an entry has no value with it. Whether the article ever had
one there, it does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from server.site import Site
from server.terms.anchors import anchors_of, read_anchor
from server.terms.facts import nodes
from server.terms.labels import Shown
from server.terms.rows import natural_key
from server.terms.taxonomy import TYPE
from server.things.assertion import gather

_GAP: Final = ox.NamedNode(BG + "Gap")
_REFERENCE: Final = ox.NamedNode(BG + "Reference")
_BLANK: Final = ox.NamedNode(BG + "BlankReference")
SHOWN: Final = frozenset(BG + name for name in ("field", "gapIn", "valueStatus", "sourceStatus", "inArticle"))
"""The properties of a gap that its page has told before its table."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, and from where."""

    fields: tuple[str, ...]
    """What there is no value for, as the field is called."""
    words: tuple[str, ...]
    """The words of the copy that the value would stand with."""
    places: tuple[Shown, ...]
    """The things in whose description it is missing."""
    articles: tuple[Shown, ...]
    status: Shown | None
    is_of_entry: bool
    """Whether it is a part of an entry in the list of references, which prints no names of its fields."""
    is_blank_entry: bool
    """Whether it is all of an entry but its number."""


def read_missing(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad]) -> Missing | None:
    """Return what is missing by the gap whose statements these are, None where the thing is no gap."""
    said = gather(quad for quad in own if quad.subject == thing)
    if _GAP not in said.get(TYPE.value, ()):
        return None

    def shown(name: str) -> tuple[Shown, ...]:
        found = [site.labels.show(term) for term in said.get(BG + name, ())]
        return tuple(sorted(found, key=lambda term: natural_key(term.text)))

    def is_a(place: ox.NamedNode, kind: ox.NamedNode) -> bool:
        return kind in nodes(store, place, TYPE)

    store = site.dataset.store
    anchors = (read_anchor(store, iri) for iri in anchors_of(store, thing))
    whole = sorted((anchor for anchor in anchors if anchor is not None), key=lambda anchor: anchor.start)
    places = [term for term in said.get(BG + "gapIn", ()) if isinstance(term, ox.NamedNode)]
    return Missing(
        fields=tuple(term.text for term in shown("field")),
        words=tuple(" / ".join(filter(None, map(str.strip, anchor.quote.splitlines()))) for anchor in whole),
        places=shown("gapIn"),
        articles=shown("inArticle"),
        status=next(iter(shown("valueStatus")), None),
        is_of_entry=any(is_a(place, _REFERENCE) for place in places),
        is_blank_entry=any(is_a(place, _BLANK) for place in places),
    )
